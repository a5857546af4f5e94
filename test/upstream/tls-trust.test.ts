import { readFileSync } from 'node:fs'
import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { findProblem } from '../../src/domain/errors.ts'
import type { TlsTrust } from '../../src/upstream/http-client.ts'
import { createHttpClient } from '../../src/upstream/undici-http-client.ts'
import { startTinyServer } from './tiny-server.ts'

const pem = (name: string): string => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), 'utf8')
const pinOf = (name: string): string => `SHA-256:${new X509Certificate(pem(name)).fingerprint256}`

const key = pem('trusted-key')

/** What comes of one sign-in against a server that shows `certificate`, and how much of it the server saw. */
const signIn = async (certificate: string, tls: TlsTrust) => {
  await using server = await startTinyServer((_request, response) => response.end('in'), {
    key,
    cert: pem(certificate),
  })
  await using client = createHttpClient({ siteName: 'site-a', url: server.url, tls })
  const request = { method: 'POST', path: '/sessions', body: 'password', signal: new AbortController().signal } as const
  const outcome = await client.request({ effect: 'WRITE', ...request }).then(
    (reply) => reply.body,
    (error: unknown) => findProblem(error)?.code ?? 'UNEXPECTED',
  )
  return { outcome, seen: server.seen.length }
}

const accepted = { outcome: 'in', seen: 1 }
const refused = { outcome: 'VENDOR_UNAVAILABLE', seen: 0 }

describe('the certificate of a site', () => {
  it('is accepted when it is the pinned one, whoever signed it and whatever its name', async () => {
    expect(await signIn('trusted-cert', { pin: pinOf('trusted-cert') })).toEqual(accepted)
    expect(await signIn('wrong-name-cert', { pin: pinOf('wrong-name-cert') })).toEqual(accepted)
  })

  it('is refused before any byte of the request leaves when it is another one', async () => {
    // N12
    expect(await signIn('trusted-cert', { pin: pinOf('expired-cert') })).toEqual(refused)
  })

  it('is refused when it has expired, although it is the pinned one', async () => {
    // N12
    expect(await signIn('expired-cert', { pin: pinOf('expired-cert') })).toEqual(refused)
  })

  it('is accepted when the given authority signed it', async () => {
    expect(await signIn('trusted-cert', { ca: pem('trusted-cert') })).toEqual(accepted)
  })

  it('is refused when it is expired, has another name, or nobody known has signed it', async () => {
    // N12
    expect(await signIn('expired-cert', { ca: pem('expired-cert') })).toEqual(refused)
    expect(await signIn('wrong-name-cert', { ca: pem('wrong-name-cert') })).toEqual(refused)
    expect(await signIn('trusted-cert', {})).toEqual(refused)
  })

  it('must satisfy both where an authority and a pin are given', async () => {
    const pin = pinOf('trusted-cert')
    expect(await signIn('trusted-cert', { pin, ca: pem('trusted-cert') })).toEqual(accepted)
    expect(await signIn('trusted-cert', { pin, ca: pem('wrong-name-cert') })).toEqual(refused)
    expect(await signIn('trusted-cert', { pin: pinOf('expired-cert'), ca: pem('trusted-cert') })).toEqual(refused)
  })
})

describe('trust that cannot be checked', () => {
  it.for([
    { url: 'https://vcda.example', tls: { pin: 'SHA-256:AB:CD' } },
    { url: 'https://vcda.example', tls: { pin: 'SHA-1:AB' } },
    { url: 'http://vcda.example', tls: { pin: pinOf('trusted-cert') } },
    { url: 'http://vcda.example', tls: { ca: pem('trusted-cert') } },
  ])('is refused when the client is made: $url $tls.pin', ({ url, tls }) => {
    expect(() => createHttpClient({ siteName: 'site-a', url, tls })).toThrowError(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    )
  })
})
