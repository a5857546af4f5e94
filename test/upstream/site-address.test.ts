import type { LookupAddress } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { findProblem } from '../../src/domain/errors.ts'
import { findAddressRefusal, type Resolve } from '../../src/upstream/site-address.ts'
import { createHttpClient } from '../../src/upstream/undici-http-client.ts'
import { startTinyServer, type TinyServer } from './tiny-server.ts'

const never = new AbortController().signal

/** A name service that gives these addresses, one list for each time it is asked, the last one from then on. */
const resolving = (...lists: readonly (readonly string[])[]): Resolve => {
  let count = 0
  return (_name, _options, callback) => {
    const list = lists[Math.min(count, lists.length - 1)] ?? []
    count += 1
    const addresses = list.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }))
    callback(null, addresses)
  }
}

const answering = (): Promise<TinyServer> => startTinyServer((_request, response) => response.end('in'))

/** What comes of one request to `host`, at the port of the server. */
const ask = async (server: TinyServer, host: string, resolve?: Resolve, allowLocalAddresses = false) => {
  const url = server.url.replace('127.0.0.1', host)
  await using client = createHttpClient({ siteName: 'site-a', url, tls: {}, allowLocalAddresses }, resolve)
  return await client.request({ effect: 'WRITE', method: 'POST', path: '/sessions', body: 'x', signal: never }).then(
    ({ body }) => body,
    (error: unknown) => {
      const problem = findProblem(error)
      return `${problem?.code ?? 'UNEXPECTED'} ${problem?.message ?? ''}`
    },
  )
}

const refused = expect.stringMatching(/^VENDOR_UNAVAILABLE .*allowLocalAddresses/)

describe('an address that is written in the configuration', () => {
  it.for(['127.0.0.1', '127.1', '2130706433', '0x7f.0.0.1', '127.8.8.8', '[::1]', '[::ffff:127.0.0.1]', 'localhost'])(
    'may be the machine itself: %s',
    (host) => {
      // S2: who writes it there has configured it so
      expect(findAddressRefusal(new URL(`https://${host}:8443`), false)).toBeNull()
    },
  )

  it.for(['169.254.1.1', '0xa9fe0101', '[fe80::1]', '[::ffff:169.254.1.1]', '[64:ff9b::169.254.1.1]'])(
    'is refused where it is link-local, unless the site says so: %s',
    (host) => {
      const url = new URL(`https://${host}`)
      expect(findAddressRefusal(url, false)).toContain('link-local')
      expect(findAddressRefusal(url, true)).toBeNull()
    },
  )

  it.for([
    '169.254.169.254',
    '[::ffff:169.254.169.254]',
    '[fd00:ec2::254]',
    '100.100.100.200',
    '168.63.129.16',
    '0.0.0.0',
    '0',
    '[::]',
    '224.0.0.1',
    '255.255.255.255',
    '[ff02::1]',
  ])('is refused whatever the site says where no vendor can be: %s', (host) => {
    const url = new URL(`https://${host}`)
    expect(findAddressRefusal(url, false)).not.toBeNull()
    expect(findAddressRefusal(url, true)).not.toBeNull()
    expect(() => createHttpClient({ siteName: 'site-a', url: url.href, tls: {} })).toThrowError(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    )
  })

  it.for(['10.1.2.3', '192.168.0.7', '172.16.1.1', '203.0.113.9', '[fd12:3456::1]', '[2001:db8::1]', 'vcda.example'])(
    'is taken where a vendor can well be: %s',
    (host) => {
      expect(findAddressRefusal(new URL(`https://${host}`), false)).toBeNull()
    },
  )
})

describe('a name', () => {
  it.for(['127.0.0.1', '127.0.1.1', '::1', '::ffff:127.0.0.1', '169.254.1.1', 'fe80::1', '64:ff9b::7f00:1'])(
    'that is found at %s gets no connection, and nothing is sent',
    async (address) => {
      // S2
      await using server = await answering()
      expect(await ask(server, 'vcda.example', resolving([address]))).toEqual(refused)
      expect(server.connections).toBe(0)
    },
  )

  it.for(['169.254.169.254', '0.0.0.0', '::', 'ff02::1', 'fd00:ec2::254'])(
    'that is found at %s gets none either where the site may be local',
    async (address) => {
      await using server = await answering()
      const outcome = await ask(server, 'vcda.example', resolving([address]), true)
      expect(outcome).toMatch(/^VENDOR_UNAVAILABLE /)
      expect(server.connections).toBe(0)
    },
  )

  it('that is found at the machine itself is called where the site says that it may be', async () => {
    await using server = await answering()
    expect(await ask(server, 'vcda.example', resolving(['127.0.0.1']), true)).toBe('in')
  })

  it('that is found at several addresses is called at those that are not refused', async () => {
    // 203.0.113.0/24 is nobody's: a connection there does not come about.
    await using server = await answering()
    await using client = createHttpClient(
      { siteName: 'site-a', url: server.url.replace('127.0.0.1', 'vcda.example'), tls: {}, deadlineMs: 200 },
      resolving(['127.0.0.1', '203.0.113.1']),
    )
    await expect(client.request({ effect: 'READ', method: 'GET', path: '/', signal: never })).rejects.toThrow('site-a')
    expect(server.connections).toBe(0)
  })

  it('that moves to the machine itself after it was well is refused from then on', async () => {
    // DNS rebinding: each connection looks the name up itself, and goes where that lookup said, not another one.
    await using server = await answering()
    const url = server.url.replace('127.0.0.1', 'localhost')
    const resolve = resolving(['127.0.0.1'], ['169.254.1.1'])
    await using client = createHttpClient({ siteName: 'site-a', url, tls: {} }, resolve)
    const write = { effect: 'WRITE', method: 'POST', path: '/', signal: never } as const
    expect((await client.request(write)).body).toBe('in')
    await expect(client.request(write)).rejects.toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
    expect(server.connections).toBe(1)
  })

  it('localhost is the machine itself, and nothing else', async () => {
    await using server = await answering()
    expect(await ask(server, 'localhost', resolving(['127.0.0.1']))).toBe('in')
    expect(await ask(server, 'localhost', resolving(['169.254.1.1']))).toEqual(refused)
  })
})
