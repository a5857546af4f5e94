import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { generate } from 'selfsigned'
import type { TlsIdentity } from './http-service.ts'

/** A certificate that has signed itself, with its key. */
export interface SelfSigned extends TlsIdentity {
  /** `SHA-256:AA:BB:…`, by which the certificate can be pinned. */
  readonly pin: string
}

const dayMs = 86_400_000

/**
 * Makes a certificate for a server, good for a year unless told otherwise, with a fresh key on P-256.
 *
 * @param options.hosts Names and addresses that it stands for; the first one is its subject.
 * @param options.validFrom @default an hour ago, for clocks that are behind
 */
export const createSelfSigned = async (options: {
  readonly hosts: readonly string[]
  readonly validFrom?: Date
  readonly validTo?: Date
}): Promise<SelfSigned> => {
  const { hosts, validFrom = new Date(Date.now() - dayMs / 24), validTo = new Date(Date.now() + 365 * dayMs) } = options
  const altNames = hosts.map((host) =>
    isIP(host) === 0 ? { type: 2 as const, value: host } : { type: 7 as const, ip: host },
  )
  const { private: key, cert } = await generate([{ name: 'commonName', value: hosts[0] ?? 'simulator' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: validFrom,
    notAfterDate: validTo,
    extensions: [
      // It is its own authority, so that it can be given as a CA file too.
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  })
  return { key, cert, pin: `SHA-256:${new X509Certificate(cert).fingerprint256}` }
}
