import { X509Certificate } from 'node:crypto'
import { request } from 'node:https'
import { connect } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { startHttpService } from '../../src/simulator/http-service.ts'
import { createSelfSigned, type SelfSigned } from '../../src/simulator/self-signed.ts'
import { exchange } from './admin-rig.ts'

const local = { host: '127.0.0.1', port: 0 }

describe('a service', () => {
  it('keeps the case of header names and makes repeated slashes one', async () => {
    await using service = await startHttpService({
      ...local,
      now: () => 0,
      handle: ({ path }) => ({ status: 200, headers: { 'X-VCAV-Auth': 'a', 'x-zerto-session': 'b' }, body: path }),
    })
    const { rawHeaders, body } = await exchange(`${service.url}//v1///tasks?x=//`)
    expect(body.toString()).toBe('/v1/tasks')
    expect(rawHeaders).toEqual(expect.arrayContaining(['X-VCAV-Auth', 'x-zerto-session', 'Date', 'Content-Length']))
    expect(rawHeaders).toContain('Thu, 01 Jan 1970 00:00:00 GMT')
  })

  it('sends an empty body as one of no length, and none with 204', async () => {
    await using service = await startHttpService({
      ...local,
      handle: ({ path }) => ({ status: path === '/none' ? 204 : 200 }),
    })
    expect((await exchange(`${service.url}/empty`)).headers['content-length']).toBe('0')
    expect((await exchange(`${service.url}/none`)).headers['content-length']).toBeUndefined()
  })

  it('answers 500 where the simulator itself is wrong, and goes on', async () => {
    await using service = await startHttpService({
      ...local,
      handle: ({ path }) => {
        if (path === '/bad') throw new Error('a mistake')
        return { status: 200, body: 'fine' }
      },
    })
    expect(await exchange(`${service.url}/bad`)).toMatchObject({ status: 500 })
    expect(await exchange(`${service.url}/good`)).toMatchObject({ status: 200 })
  })
})

/** Over TLS, trusting only `ca`. */
const read = (url: string, ca: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { ca, agent: false }, (incoming) => {
      let body = ''
      incoming.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      incoming.on('end', () => resolve(`${incoming.rawHeaders.includes('X-Odd-CASE')} ${body}`))
    })
    outgoing.on('error', reject)
    outgoing.end()
  })

const startSecure = (tls: SelfSigned) =>
  startHttpService({ ...local, tls, handle: () => ({ status: 200, headers: { 'X-Odd-CASE': '1' }, body: 'secret' }) })

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '?')

/** The code with which a client refuses, or what it has read. */
const outcome = async (shown: SelfSigned, trusted: SelfSigned): Promise<string> => {
  await using service = await startSecure(shown)
  return await read(service.url, trusted.cert).catch(codeOf)
}

describe('a service over TLS', () => {
  it('is trusted by its own certificate, for each name and address it stands for', async () => {
    const tls = await createSelfSigned({ hosts: ['127.0.0.1', 'localhost'] })
    await using service = await startSecure(tls)
    expect(service.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(await read(service.url, tls.cert)).toBe('true secret')
    expect(await read(service.url.replace('127.0.0.1', 'localhost'), tls.cert)).toBe('true secret')
  })

  it('is not trusted by another certificate, under another name, or out of its time', async () => {
    const good = await createSelfSigned({ hosts: ['127.0.0.1'] })
    const other = await createSelfSigned({ hosts: ['127.0.0.1'] })
    const named = await createSelfSigned({ hosts: ['vcda.example', '10.0.0.1', '::1'] })
    const past = await createSelfSigned({ hosts: ['127.0.0.1'], validFrom: new Date(0), validTo: new Date(86_400_000) })
    const future = await createSelfSigned({
      hosts: ['127.0.0.1'],
      validFrom: new Date(Date.now() + 86_400_000),
      validTo: new Date(Date.UTC(2099, 0)),
    })
    expect(await outcome(good, other)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
    expect(await outcome(named, named)).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
    expect(await outcome(past, past)).toBe('CERT_HAS_EXPIRED')
    expect(await outcome(future, future)).toBe('CERT_NOT_YET_VALID')
  })

  it('does not speak plain HTTP', async () => {
    await using service = await startSecure(await createSelfSigned({ hosts: ['127.0.0.1'] }))
    expect((await exchange(service.url.replace('https', 'http'))).status).not.toBe(200)
    expect(service.exchanges).toEqual([])
  })
})

describe('a certificate made at start', () => {
  it('has signed itself and says for whom, from when and how long', async () => {
    const { cert } = await createSelfSigned({
      hosts: ['sim.example', '192.0.2.7', '2001:db8::7'],
      validFrom: new Date('2049-12-31T23:59:59Z'),
      validTo: new Date('2050-01-01T00:00:00Z'),
    })
    const parsed = new X509Certificate(cert)
    expect(parsed.verify(parsed.publicKey)).toBe(true)
    expect(parsed.subject).toBe('CN=sim.example')
    expect(parsed.subjectAltName).toBe('DNS:sim.example, IP Address:192.0.2.7, IP Address:2001:DB8:0:0:0:0:0:7')
    expect(parsed.validFromDate).toEqual(new Date('2049-12-31T23:59:59Z'))
    expect(parsed.validToDate).toEqual(new Date('2050-01-01T00:00:00Z'))
  })

  it('is told by its pin, and is another one each time', async () => {
    const tls = await createSelfSigned({ hosts: ['127.0.0.1'] })
    expect(tls.pin).not.toBe((await createSelfSigned({ hosts: ['127.0.0.1'] })).pin)
    await using service = await startSecure(tls)
    const { port } = new URL(service.url)
    const socket = connect({ host: '127.0.0.1', port: Number(port), ca: tls.cert })
    await new Promise((resolve) => {
      socket.once('secureConnect', resolve)
    })
    expect(`SHA-256:${socket.getPeerX509Certificate()?.fingerprint256}`).toBe(tls.pin)
    socket.destroy()
  })
})
