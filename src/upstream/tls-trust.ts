import type { LookupFunction } from 'node:net'
import { TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'
import { DomainError } from '../domain/errors.ts'
import type { TlsTrust } from './http-client.ts'

const pinPattern = /^SHA-256:((?:[0-9A-F]{2}:){31}[0-9A-F]{2})$/i

const connectTimeoutMs = 10_000

// An error without a code on purpose: undici tries again for ever where a connector fails with a code of its own.
const refuse = (why: string): Error => new Error(`TLS refused: ${why}`)

/** Codes by which Node says that no authority which it was told to trust vouches for the certificate. */
const mistrustPattern = /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_|PATH_LENGTH_|ERR_TLS_CERT_ALTNAME_)/
/** Node's words end with how to start Node otherwise. */
const adviceOfNode = /; if the root CA is installed locally.*$/s

const toRefusal = (error: Error): Error => {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return mistrustPattern.test(code) ? refuse(error.message.replace(adviceOfNode, '')) : error
}

/** Why the peer's certificate is not the pinned one, or null where it is and where it is still valid. */
const findRefusal = (socket: TLSSocket, fingerprint: string): string | null => {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return 'the peer showed no certificate'
  if (certificate.fingerprint256 !== fingerprint) {
    return `the peer's certificate is SHA-256:${certificate.fingerprint256}, which is not the pinned one`
  }
  return certificate.validToDate.getTime() < Date.now() ? 'the pinned certificate has expired' : null
}

/**
 * Makes the function that opens connections to one site. A connection whose certificate is not trusted is closed
 * before the first byte of any request, so no credential ever travels on it.
 *
 * With a pin alone the pinned certificate is the whole trust: vendor appliances ship certificates that no authority
 * has signed. An authority given beside the pin must have signed it as well.
 *
 * @param lookup Finds where the url's name is.
 * @param onTrusted Told when the certificate of a connection that is trusted ends.
 * @throws INVALID_INPUT for a pin that is not `SHA-256:` and 32 hexadecimal octets, and for trust without TLS.
 */
export const makeConnector = (
  url: URL,
  trust: TlsTrust,
  lookup: LookupFunction,
  onTrusted: (expiresAt: Date) => void,
): buildConnector.connector => {
  const connect = makeTrustingConnector(url, trust, lookup)
  return (options, callback) => {
    connect(options, (...result) => {
      const [error, socket] = result
      if (error !== null) return callback(toRefusal(error), null)
      const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
      if (certificate !== undefined) onTrusted(new Date(certificate.validTo))
      return callback(null, socket)
    })
  }
}

const makeTrustingConnector = (url: URL, trust: TlsTrust, lookup: LookupFunction): buildConnector.connector => {
  if (url.protocol !== 'https:' && (trust.pin !== undefined || trust.ca !== undefined)) {
    throw DomainError.invalidInput('url', 'certificates can only be checked on https')
  }
  const authority = trust.ca === undefined ? {} : { ca: trust.ca }
  const base = { allowH2: false, timeout: connectTimeoutMs, lookup, ...authority }
  if (trust.pin === undefined) return buildConnector(base)

  const fingerprint = pinPattern.exec(trust.pin)?.[1]?.toUpperCase()
  if (fingerprint === undefined)
    throw DomainError.invalidInput('tls.pin', 'expected SHA-256: and 32 hexadecimal octets')
  // Resumed sessions would show no certificate to compare.
  const connect = buildConnector({ ...base, rejectUnauthorized: trust.ca !== undefined, maxCachedSessions: 0 })
  return (options, callback) => {
    connect(options, (...result) => {
      const [error, socket] = result
      if (error !== null) return callback(error, null)
      const refusal = socket instanceof TLSSocket ? findRefusal(socket, fingerprint) : 'the connection has no TLS'
      if (refusal === null) return callback(null, socket)
      socket.destroy()
      return callback(refuse(refusal), null)
    })
  }
}
