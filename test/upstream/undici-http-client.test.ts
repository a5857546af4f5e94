import { once } from 'node:events'
import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { findProblem } from '../../src/domain/errors.ts'
import type { UpstreamOptions, UpstreamRequest } from '../../src/upstream/http-client.ts'
import { createHttpClient } from '../../src/upstream/undici-http-client.ts'
import { portOf, startTinyServer } from './tiny-server.ts'

const open = (url: string, more: Partial<UpstreamOptions> = {}) =>
  createHttpClient({ siteName: 'site-a', url, tls: {}, ...more })

const never = new AbortController().signal

const read = (path = '/thing', signal = never): UpstreamRequest => ({ effect: 'READ', method: 'GET', path, signal })

const write = (path = '/thing', signal = never): UpstreamRequest => ({
  effect: 'WRITE',
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json' },
  body: '{"powerOn":true}',
  signal,
})

const problemOf = async (promise: Promise<unknown>) => {
  const problem = findProblem(
    await promise.then(
      () => null,
      (error: unknown) => error,
    ),
  )
  if (problem === null) throw new Error('expected a DomainError')
  return problem
}

describe('a read', () => {
  it('gives status, lower-case headers, body and the difference of the clocks', async () => {
    // N13
    await using server = await startTinyServer((_request, response) => {
      response.setHeader('Date', new Date(Date.now() + 3_600_000).toUTCString())
      response.setHeader('X-Word', 'yes')
      response.end('hello')
    })
    await using client = open(server.url)
    const reply = await client.request(read())
    expect(reply).toMatchObject({ status: 200, body: 'hello', headers: { 'x-word': 'yes' } })
    expect(Math.abs((reply.clockSkewMs ?? 0) - 3_600_000)).toBeLessThan(2000)
    expect(client.lastSuccessAt).toBeInstanceOf(Date)
  })

  it.for([502, 503, 504, 429])('is tried again after %i and gives the answer that comes then', async (status) => {
    // N7
    await using server = await startTinyServer((_request, response, count) => {
      response.statusCode = count < 3 ? status : 200
      response.end(String(count))
    })
    await using client = open(server.url)
    expect((await client.request(read())).body).toBe('3')
    expect(server.seen).toHaveLength(3)
  })

  it('is tried again after a reset, at most twice', async () => {
    // N7
    await using server = await startTinyServer((request) => request.socket.destroy())
    await using client = open(server.url)
    expect((await problemOf(client.request(read()))).code).toBe('VENDOR_UNAVAILABLE')
    expect(server.seen).toHaveLength(3)
  })

  it('is not tried again after a 500, a 404 or a 401', async () => {
    await using server = await startTinyServer((_request, response, count) => {
      response.statusCode = [500, 404, 401][count - 1] ?? 200
      response.end()
    })
    await using client = open(server.url)
    const statuses = [await client.request(read()), await client.request(read()), await client.request(read())]
    expect(statuses.map((reply) => reply.status)).toEqual([500, 404, 401])
    expect(server.seen).toHaveLength(3)
  })

  it('hands a Retry-After that is too long to the caller instead of waiting for it', async () => {
    // N6
    await using server = await startTinyServer((_request, response) => {
      response.writeHead(429, { 'Retry-After': '86400' })
      response.end()
    })
    await using client = open(server.url)
    expect((await client.request(read())).status).toBe(429)
    expect(server.seen).toHaveLength(1)
  })

  it('is repeated for less than a fifth of the requests when everything fails', async () => {
    // N7: the budget alone, because 429 does not open the breaker
    await using server = await startTinyServer((_request, response) => {
      response.statusCode = 429
      response.end()
    })
    await using client = open(server.url, { maxConcurrent: 8 })
    await Promise.all(Array.from({ length: 100 }, () => client.request(read())))
    expect(server.seen.length).toBeLessThanOrEqual(120)
  })

  it('ends at the deadline when the site accepts and never answers', async () => {
    // N9
    await using server = await startTinyServer(() => {})
    await using client = open(server.url, { deadlineMs: 200 })
    expect((await problemOf(client.request(read()))).code).toBe('TIMEOUT')
    expect(server.seen).toHaveLength(1)
  })

  it('ends at the deadline when the answer drips, however lively it looks', async () => {
    // N9
    await using server = await startTinyServer((_request, response) => {
      const drip = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(drip))
    })
    await using client = open(server.url, { deadlineMs: 300 })
    expect((await problemOf(client.request(read()))).code).toBe('TIMEOUT')
  })

  it('ends with CANCELLED as soon as the caller goes away, also while it waits for its turn', async () => {
    // H10
    const arrived = Promise.withResolvers<void>()
    await using server = await startTinyServer(() => arrived.resolve())
    await using client = open(server.url, { maxConcurrent: 1 })
    const first = new AbortController()
    const second = new AbortController()
    const running = problemOf(client.request(read('/running', first.signal)))
    const waiting = problemOf(client.request(read('/waiting', second.signal)))
    await arrived.promise
    second.abort()
    expect((await waiting).code).toBe('CANCELLED')
    first.abort()
    expect((await running).code).toBe('CANCELLED')
    expect(server.seen).toEqual(['GET /running'])
  })

  it('takes a compressed answer and refuses one that grows over the cap, is cut short, or lies', async () => {
    // N9
    const plain = Buffer.alloc(100_000, 'a')
    const zipped = gzipSync(plain)
    const lie = Buffer.from('no gzip at all')
    const bodies = [zipped, zipped.subarray(0, zipped.length - 12), lie, gzipSync(Buffer.alloc(3_000_000))]
    await using server = await startTinyServer((_request, response, count) => {
      response.setHeader('Content-Encoding', 'gzip')
      response.end(bodies[count - 1])
    })
    await using client = open(server.url, { maxBodyBytes: 1_000_000 })
    expect((await client.request(read())).body).toHaveLength(100_000)
    expect((await problemOf(client.request(read()))).code).toBe('VENDOR_PROTOCOL')
    expect((await problemOf(client.request(read()))).code).toBe('VENDOR_PROTOCOL')
    expect((await problemOf(client.request(read()))).code).toBe('VENDOR_PROTOCOL')
    expect(server.seen).toHaveLength(4)
  })

  it('stops reading an answer without end at the cap', async () => {
    // N9
    const closed = Promise.withResolvers<void>()
    await using server = await startTinyServer((_request, response) => {
      const chunk = Buffer.alloc(65_536, 'x')
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk)) continue
      }
      response.on('drain', pour)
      response.on('close', () => closed.resolve())
      pour()
    })
    await using client = open(server.url, { maxBodyBytes: 1_000_000 })
    expect((await problemOf(client.request(read()))).code).toBe('VENDOR_PROTOCOL')
    await closed.promise
  })

  it('calls an answer that is not HTTP what it is', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n')))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    await using client = open(`http://127.0.0.1:${portOf(server)}`)
    expect((await problemOf(client.request(read()))).code).toBe('VENDOR_PROTOCOL')
    server.close()
  })

  it('does not follow a redirect', async () => {
    // N11
    await using other = await startTinyServer((_request, response) => response.end('wrong place'))
    await using server = await startTinyServer((_request, response) => {
      response.writeHead(302, { Location: other.url })
      response.end()
    })
    await using client = open(server.url)
    expect((await client.request(read())).status).toBe(302)
    expect(other.seen).toHaveLength(0)
  })

  it('goes to the configured base path', async () => {
    await using server = await startTinyServer((_request, response) => response.end())
    await using client = open(`${server.url}/vcda/`)
    await client.request(read('/sites?x=1'))
    expect(server.seen).toEqual(['GET /vcda/sites?x=1'])
  })
})

describe('a write', () => {
  it.for([500, 502, 503, 429])('arrives exactly once when it is answered with %i', async (status) => {
    // A1, N8
    await using server = await startTinyServer((_request, response) => {
      response.statusCode = status
      response.end()
    })
    await using client = open(server.url)
    expect((await client.request(write())).status).toBe(status)
    expect(server.seen).toHaveLength(1)
  })

  it('is OUTCOME_UNKNOWN, and arrived exactly once, when the connection breaks', async () => {
    // N8
    await using server = await startTinyServer((request) => request.socket.destroy())
    await using client = open(server.url)
    expect((await problemOf(client.request(write()))).code).toBe('OUTCOME_UNKNOWN')
    expect(server.seen).toHaveLength(1)
  })

  it('is OUTCOME_UNKNOWN when no answer comes in time', async () => {
    // N8
    await using server = await startTinyServer(() => {})
    await using client = open(server.url, { deadlineMs: 200 })
    expect((await problemOf(client.request(write()))).code).toBe('OUTCOME_UNKNOWN')
    expect(server.seen).toHaveLength(1)
  })

  it('is OUTCOME_UNKNOWN when the caller goes away after it was sent', async () => {
    const caller = new AbortController()
    await using server = await startTinyServer(() => caller.abort())
    await using client = open(server.url)
    expect((await problemOf(client.request(write('/thing', caller.signal)))).code).toBe('OUTCOME_UNKNOWN')
  })

  it('is OUTCOME_UNKNOWN when its answer cannot be read', async () => {
    await using server = await startTinyServer((_request, response) => {
      response.setHeader('Content-Encoding', 'gzip')
      response.end('no gzip')
    })
    await using client = open(server.url)
    expect((await problemOf(client.request(write()))).code).toBe('OUTCOME_UNKNOWN')
  })

  it('is VENDOR_UNAVAILABLE when nobody listens: nothing can have arrived', async () => {
    const server = await startTinyServer((_request, response) => response.end())
    const { url } = server
    await server[Symbol.asyncDispose]()
    await using client = open(url)
    const problem = await problemOf(client.request(write()))
    expect(problem).toMatchObject({ code: 'VENDOR_UNAVAILABLE', siteName: 'site-a' })
    expect(problem.message).toContain('nothing was sent')
  })

  it('is VENDOR_UNAVAILABLE when the name does not resolve', async () => {
    await using client = open('http://no-such-host.invalid')
    expect((await problemOf(client.request(write()))).code).toBe('VENDOR_UNAVAILABLE')
  })

  it('is CANCELLED and not sent when the caller had gone away before', async () => {
    await using server = await startTinyServer((_request, response) => response.end())
    await using client = open(server.url)
    expect((await problemOf(client.request(write('/thing', AbortSignal.abort())))).code).toBe('CANCELLED')
    expect(server.seen).toHaveLength(0)
  })

  it('never travels on a connection that was kept open, where it could meet an idle close', async () => {
    await using server = await startTinyServer((_request, response) => response.end())
    await using client = open(server.url)
    await client.request(read())
    const kept = server.connections
    await client.request(write())
    await client.request(write())
    await client.request(write())
    expect(server.connections).toBe(kept + 3)
  })
})

describe('a site that keeps failing', () => {
  it('is left alone after five failures in a row, for reads and writes alike', async () => {
    await using server = await startTinyServer((_request, response) => {
      response.statusCode = 500
      response.end()
    })
    await using client = open(server.url)
    for (let failure = 0; failure < 5; failure += 1) await client.request(read())
    expect(client.breaker).toBe('OPEN')
    const refusals = [await problemOf(client.request(read())), await problemOf(client.request(write()))]
    expect(refusals).toMatchObject([
      { code: 'VENDOR_UNAVAILABLE', retryAfterSeconds: 5 },
      { code: 'VENDOR_UNAVAILABLE', retryAfterSeconds: 5 },
    ])
    expect(server.seen).toHaveLength(5)
  })

  it('is left alone too when its answers are reported as nonsense', async () => {
    // N1
    await using server = await startTinyServer((_request, response) => response.end('<html>'))
    await using client = open(server.url)
    for (let failure = 0; failure < 5; failure += 1) {
      await client.request(read())
      client.reportNonsense()
    }
    expect(client.breaker).toBe('OPEN')
  })

  it('is not counted as failing because a write was answered with 500', async () => {
    await using server = await startTinyServer((_request, response) => {
      response.statusCode = 500
      response.end()
    })
    await using client = open(server.url)
    for (let failure = 0; failure < 6; failure += 1) await client.request(write())
    expect(client.breaker).toBe('CLOSED')
  })
})
