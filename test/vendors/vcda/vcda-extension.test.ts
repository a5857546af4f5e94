import { describe, expect, it } from 'vitest'
import { Secret } from '../../../src/std/secret.ts'
import type { LoginValue } from '../../../src/upstream/site-options.ts'
import { vcdaLoginSchema } from '../../../src/vendors/vcda/vcda-login.ts'
import { aReplication, vmId } from './vcda-samples.ts'
import { never, problemOf, sendAs, startScriptedSite, type Answer } from './vcda-site.ts'

const minuteMs = 60_000

const sites: Answer = { status: 200, body: [{ site: 'east', isLocal: true }, { site: 'west' }] }
const accepted: Answer = { status: 202, body: { id: 't-1', state: 'RUNNING' } }
const remoteFailure: Answer = { status: 401, body: { code: 'RemoteAuthenticationFailure', msg: 'Extend the session.' } }
const empty: Answer = { status: 200, body: { items: [], total: 0 } }

const pause = {
  operation: 'PAUSE',
  target: { kind: 'Replication', vendor: 'VCDA', nativeId: vmId },
  options: null,
} as const

const provider = { type: 'localUser', user: 'root' }
const tenant = { type: 'vcdCredentials', user: 'admin@Acme' }

const extended = (...extend: LoginValue[]) => ({ ...provider, extend })

const atWest = { site: 'west' }
const credentials = { ...atWest, type: 'credentials', user: 'admin@AcmeWest', password: new Secret('w3st') }

describe('a sign-in', () => {
  it.for([
    {
      login: { type: 'ssoCredentials', user: 'dr@vsphere.local' },
      body: { type: 'ssoCredentials', username: 'dr@vsphere.local', password: 'p4ss', principal: null },
    },
    {
      login: { type: 'localUser', user: 'root' },
      body: { type: 'localUser', localUser: 'root', localPassword: 'p4ss' },
    },
    {
      login: { type: 'vcdCredentials', user: 'admin@Acme' },
      body: { type: 'vcdCredentials', vcdUser: 'admin@Acme', vcdPassword: 'p4ss' },
    },
    {
      login: { type: 'vcdAccessToken', token: new Secret('eyJhbGciOiJSUzI1NiJ9.x.y') },
      body: { type: 'vcdAccessToken', vcdAccessToken: 'eyJhbGciOiJSUzI1NiJ9.x.y' },
    },
    {
      login: { type: 'vcdAccessToken', token: new Secret('eyJhbGciOiJSUzI1NiJ9.x.y'), context: 'acme-dr' },
      body: { type: 'vcdAccessToken', vcdAccessToken: 'eyJhbGciOiJSUzI1NiJ9.x.y', context: 'acme-dr' },
    },
  ])('with $login.type has the members of the reference', async ({ login, body }) => {
    await using site = await startScriptedSite(({ url }) => (url.startsWith('/vm') ? empty : null), login)
    await site.adapter.listReplications(never)
    const [signIn] = site.server.requests.filter(({ url }) => url === '/sessions')
    expect(JSON.parse(signIn?.body ?? '')).toEqual(body)
  })
})

describe('a session', () => {
  it.for([
    {
      way: credentials,
      body: { type: 'credentials', site: 'west', vcdUsername: 'admin@AcmeWest', vcdPassword: 'w3st' },
    },
    {
      way: { ...atWest, type: 'vcdAccessToken', token: new Secret('jwt') },
      body: { type: 'vcdAccessToken', site: 'west', vcdAccessToken: 'jwt' },
    },
    {
      way: { ...atWest, type: 'multisite', org: 'acme-dr' },
      body: { type: 'multisite', site: 'west', org: 'acme-dr' },
    },
    { way: { ...atWest, type: 'multisite' }, body: { type: 'multisite', site: 'west', org: 'Acme' } },
  ])('is extended by $way.type before a change that touches the remote site', async ({ way, body }) => {
    await using site = await startScriptedSite(({ method, url }) => {
      if (url === '/sites') return sites
      if (url === '/sessions/extend') return { status: 200, body: {} }
      if (url.endsWith('/pause')) return accepted
      return method === 'GET' && url.startsWith('/vm-replications/') ? { status: 200, body: aReplication() } : null
    }, extended(way))
    const prepared = await site.adapter.prepare(pause, never)
    await prepared.send(sendAs('op-1'))
    const extensions = site.calls.filter(({ url }) => url === '/sessions/extend')
    expect(extensions.map((request) => JSON.parse(request.body) as unknown)).toEqual([body])
    expect(site.calls.at(-1)?.url).toMatch(/\/pause$/)
  })

  it('is extended once for reads of a remote site that come together', async () => {
    await using site = await startScriptedSite(({ url }) => {
      if (url === '/sites') return sites
      if (url === '/sessions/extend') return { status: 200, body: {} }
      return url.startsWith('/inventory/vdcs') ? empty : null
    }, extended(credentials))
    const query = { kind: 'DATACENTER', siteNativeId: 'west', parentVendorId: null } as const
    await Promise.all(Array.from({ length: 10 }, () => site.adapter.reads.listResources(query, never)))
    expect(site.calls.filter(({ url }) => url === '/sessions/extend')).toHaveLength(1)
    const lists = site.calls.filter(({ url }) => url.startsWith('/inventory/vdcs'))
    expect(lists.every(({ url }) => url.endsWith('&site=west'))).toBe(true)
  })

  it('that a remote site does not know any more is extended again, and the read is repeated', async () => {
    let extensions = 0
    await using site = await startScriptedSite(({ url }) => {
      if (url === '/sites') return sites
      if (url === '/sessions/extend') {
        extensions += 1
        return { status: 200, body: {} }
      }
      if (!url.startsWith('/inventory/vdcs')) return null
      return extensions < 2 ? remoteFailure : { status: 200, body: { items: [{ id: 'vdc-1', name: 'One' }], total: 1 } }
    }, extended(credentials))
    const query = { kind: 'DATACENTER', siteNativeId: 'west', parentVendorId: null } as const
    expect(await site.adapter.reads.listResources(query, never)).toMatchObject([{ vendorId: 'vdc-1' }])
    expect(extensions).toBe(2)
    expect(site.signIns).toBe(1)
  })

  it('that a remote site does not know any more does not repeat a change; the next one extends it again', async () => {
    // A1: nothing was done, so the caller may send it again
    let extensions = 0
    await using site = await startScriptedSite(({ method, url }) => {
      if (url === '/sites') return sites
      if (url === '/sessions/extend') {
        extensions += 1
        return { status: 200, body: {} }
      }
      if (url.endsWith('/pause')) return extensions < 2 ? remoteFailure : accepted
      return method === 'GET' && url.startsWith('/vm-replications/') ? { status: 200, body: aReplication() } : null
    }, tenant)
    const first = await site.adapter.prepare(pause, never)
    const problem = await problemOf(first.send(sendAs('op-1')))
    expect(problem).toMatchObject({ code: 'VENDOR_UNAVAILABLE', vendorCode: 'RemoteAuthenticationFailure' })
    expect(site.calls.filter(({ url }) => url.endsWith('/pause'))).toHaveLength(1)
    const second = await site.adapter.prepare(pause, never)
    expect(await second.send(sendAs('op-2'))).toMatchObject({ kind: 'TASK' })
    expect(extensions).toBe(2)
  })

  it('is not extended again and again where the remote site refuses the password', async () => {
    // N4: accounts are locked at the other site too
    let extensions = 0
    await using site = await startScriptedSite(({ method, url }) => {
      if (url === '/sites') return sites
      if (url === '/sessions/extend') {
        extensions += 1
        return remoteFailure
      }
      if (url.endsWith('/pause')) return remoteFailure
      return method === 'GET' && url.startsWith('/vm-replications/') ? { status: 200, body: aReplication() } : null
    }, extended(credentials))
    for (let time = 0; time < 6; time += 1) {
      const prepared = await site.adapter.prepare(pause, never)
      await problemOf(prepared.send(sendAs(`op-${time}`)))
    }
    expect(extensions).toBe(3)
    site.clock.turn(5 * minuteMs)
    const prepared = await site.adapter.prepare(pause, never)
    await problemOf(prepared.send(sendAs('op-7')))
    expect(extensions).toBe(4)
  })

  it('of a local user without a configured way is never extended', async () => {
    await using site = await startScriptedSite(({ url }) => (url.endsWith('/pause') ? accepted : null))
    const prepared = await site.adapter.prepare(pause, never)
    await prepared.send(sendAs('op'))
    expect(site.calls.map(({ url }) => url)).toEqual([`/vm-replications/${vmId}/pause`])
  })
})

const isTaken = (login: unknown): boolean => vcdaLoginSchema.safeParse(login).success

describe('a login in the configuration', () => {
  it.for([
    { why: 'a password of a remote site in the open', way: { ...credentials, password: 'w3st' } },
    { why: 'a token of a remote site in the open', way: { ...atWest, type: 'vcdAccessToken', token: 'jwt' } },
    { why: 'a way that nobody knows', way: { ...atWest, type: 'cookie', cookie: new Secret('c') } },
    { why: 'a way without a site', way: { type: 'multisite' } },
  ])('is refused for $why', ({ way }) => {
    expect(isTaken({ ...provider, password: new Secret('p'), extend: [way] })).toBe(false)
  })

  it('is refused for two ways to one site, and taken for one to each', () => {
    const login = { ...provider, password: new Secret('p') }
    expect(isTaken({ ...login, extend: [credentials, credentials] })).toBe(false)
    expect(isTaken({ ...login, extend: [credentials, { site: 'north', type: 'multisite' }] })).toBe(true)
  })

  it('is refused for a token with a password', () => {
    expect(isTaken({ type: 'vcdAccessToken', token: new Secret('t'), password: new Secret('p') })).toBe(false)
  })
})
