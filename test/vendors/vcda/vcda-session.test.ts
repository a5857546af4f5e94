import { describe, expect, it } from 'vitest'
import type { Command } from '../../../src/domain/command.ts'
import { createVcdaAdapter } from '../../../src/vendors/vcda/vcda-adapter.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { aReplication, thrownBy, vmId } from './vcda-samples.ts'
import {
  never,
  notAuthenticated,
  problemOf,
  sendAs,
  silentLogger,
  startScriptedSite,
  type Answer,
} from './vcda-site.ts'

const minuteMs = 60_000

const replication: Answer = { status: 200, body: aReplication() }
const sites: Answer = { status: 200, body: [{ site: 'east', isLocal: true }, { site: 'west' }] }

const pause: Command = {
  operation: 'PAUSE',
  target: { kind: 'Replication', vendor: 'VCDA', nativeId: vmId },
  options: null,
}

const accepted: Answer = { status: 202, body: { id: 't-1', state: 'RUNNING' } }

describe('a session', () => {
  it('is made once for calls that come together, and used for later ones', async () => {
    await using site = await startScriptedSite(({ url }) => (url.startsWith('/vm-replications/') ? replication : null))
    await Promise.all(Array.from({ length: 20 }, () => site.adapter.getReplication(vmId, never)))
    await site.adapter.getReplication(vmId, never)
    expect(site.signIns).toBe(1)
    expect(site.calls.every(({ headers }) => headers['x-vcav-auth'] === 'token-1')).toBe(true)
  })

  it('that one of 20 parallel reads finds ended is made anew once, and all reads are answered', async () => {
    // N3
    await using site = await startScriptedSite(({ url, headers }) => {
      if (!url.startsWith('/vm-replications/')) return null
      return headers['x-vcav-auth'] === 'token-1' ? notAuthenticated : replication
    })
    const reads = Array.from({ length: 20 }, () => site.adapter.getReplication(vmId, never))
    const answers = await Promise.all(reads)
    expect(answers.map((answer) => answer.nativeId)).toEqual(Array.from({ length: 20 }, () => vmId))
    expect(site.signIns).toBe(2)
  })

  it('is renewed before it can expire, idle or old', async () => {
    await using site = await startScriptedSite(({ url }) => (url.startsWith('/vm-replications/') ? replication : null))
    await site.adapter.getReplication(vmId, never)
    site.clock.turn(24 * minuteMs)
    await site.adapter.getReplication(vmId, never)
    expect(site.signIns).toBe(1)
    site.clock.turn(26 * minuteMs)
    await site.adapter.getReplication(vmId, never)
    expect(site.signIns).toBe(2)
    for (let turn = 0; turn < 70; turn += 1) {
      site.clock.turn(20 * minuteMs)
      await site.adapter.getReplication(vmId, never)
    }
    expect(site.signIns).toBe(3)
  })

  it('that nothing is taken with costs three sign-ins in five minutes and no more', async () => {
    // N4
    await using site = await startScriptedSite(({ url }) => (url === '/sessions' ? null : notAuthenticated))
    const readOften = async () => {
      for (let read = 0; read < 5; read += 1) {
        const problem = await problemOf(site.adapter.getReplication(vmId, never))
        expect(problem).toMatchObject({ code: 'VENDOR_REFUSED', vendorCode: 'NotAuthenticated', siteName: 'cloud-a' })
      }
    }
    await readOften()
    expect(site.signIns).toBe(3)
    site.clock.turn(5 * minuteMs)
    await readOften()
    // The token of the third sign-in was kept, and took the first refusal of the new window.
    expect(site.signIns).toBe(5)
  })

  it('is not spoilt for all calls by one that is refused for ever', async () => {
    // N4
    await using site = await startScriptedSite(({ url }) => {
      if (url === '/sites') return sites
      return url === '/sla-profiles' ? notAuthenticated : null
    })
    for (let read = 0; read < 5; read += 1) {
      expect((await site.adapter.readSite(never)).details).toMatchObject({ slaProfiles: null })
    }
    expect(site.signIns).toBeLessThanOrEqual(3)
  })

  it('that is refused is asked for three times in five minutes and no more', async () => {
    // N4
    await using site = await startScriptedSite(({ url }) => (url === '/sessions' ? notAuthenticated : null))
    const problems = []
    for (let read = 0; read < 5; read += 1) problems.push(await problemOf(site.adapter.getReplication(vmId, never)))
    expect(site.signIns).toBe(3)
    expect(problems[0]).toMatchObject({ code: 'VENDOR_REFUSED', httpStatus: 401, vendorCode: 'NotAuthenticated' })
    expect(problems[4]).toMatchObject({
      code: 'VENDOR_UNAVAILABLE',
      vendorCode: 'NotAuthenticated',
      retryAfterSeconds: 300,
    })
    expect(JSON.stringify(problems)).not.toContain('p4ss')
  })

  it('is not counted as refused when the site only fails', async () => {
    let isDown = true
    await using site = await startScriptedSite(({ url }) => {
      if (url === '/sessions' && isDown) return { status: 500, body: 'down' }
      return url.startsWith('/vm-replications/') ? replication : null
    })
    for (let read = 0; read < 4; read += 1) {
      expect((await problemOf(site.adapter.getReplication(vmId, never))).code).toBe('VENDOR_UNAVAILABLE')
    }
    isDown = false
    expect((await site.adapter.getReplication(vmId, never)).nativeId).toBe(vmId)
  })

  it('without a token in the answer is none', async () => {
    // N1
    await using site = await startScriptedSite(({ url }) =>
      url === '/sessions' ? { status: 200, body: '<html>' } : null,
    )
    expect((await problemOf(site.adapter.getReplication(vmId, never))).code).toBe('VENDOR_PROTOCOL')
    expect(site.calls).toEqual([])
  })

  it('leaves a caller that goes away at once, and serves the others', async () => {
    const caller = new AbortController()
    await using site = await startScriptedSite(({ url }) => {
      if (url === '/sessions') caller.abort()
      return url.startsWith('/vm-replications/') ? replication : null
    })
    const gone = problemOf(site.adapter.getReplication(vmId, caller.signal))
    const staying = site.adapter.getReplication(vmId, never)
    expect((await gone).code).toBe('CANCELLED')
    expect((await staying).nativeId).toBe(vmId)
    expect(site.signIns).toBe(1)
  })

  it('is ended when the adapter is', async () => {
    const site = await startScriptedSite(({ url }) => (url.startsWith('/vm-replications/') ? replication : null))
    await site.adapter.getReplication(vmId, never)
    await site.adapter[Symbol.asyncDispose]()
    expect(site.server.seen.at(-1)).toBe('DELETE /sessions')
    await site[Symbol.asyncDispose]()
  })
})

describe('a change', () => {
  it('that meets a session that has ended is not repeated, and nothing was done', async () => {
    // A1: the old session was fresh by its age, so only the site could know
    await using site = await startScriptedSite(({ method, headers }) => {
      if (method !== 'POST' || headers['x-vcav-auth'] === undefined) return null
      return headers['x-vcav-auth'] === 'token-1' ? notAuthenticated : accepted
    })
    const prepared = await site.adapter.prepare(pause, never)
    const problem = await problemOf(prepared.send(sendAs('op-1')))
    expect(problem).toMatchObject({ code: 'VENDOR_UNAVAILABLE', vendorCode: 'NotAuthenticated', operationId: 'op-1' })
    expect(site.calls).toHaveLength(1)

    const again = await site.adapter.prepare(pause, never)
    expect(await again.send(sendAs('op-2'))).toEqual({ kind: 'TASK', vendorTaskId: 't-1' })
    expect(site.signIns).toBe(2)
  })

  it('signs in before it is sent when the session is old', async () => {
    await using site = await startScriptedSite(({ url }) => (url.endsWith('/pause') ? accepted : null))
    const send = async () => (await site.adapter.prepare(pause, never)).send(sendAs('op'))
    await send()
    site.clock.turn(60 * minuteMs)
    await send()
    expect(site.server.seen.slice(-2)).toEqual(['POST /sessions', `POST /vm-replications/${vmId}/pause`])
  })

  it.for([
    { status: 401, body: { code: 'NotAuthenticated' } },
    { status: 500, body: 'down' },
    { status: 200, body: '<html>' },
  ])('is not sent when the sign-in is answered with $status', async (answer) => {
    await using site = await startScriptedSite(({ url }) => (url === '/sessions' ? answer : null))
    const prepared = await site.adapter.prepare(pause, never)
    expect((await problemOf(prepared.send(sendAs('op')))).code).toBe('VENDOR_UNAVAILABLE')
    expect(site.calls).toEqual([])
  })

  it('keeps the session when only the remote site wants a sign-in of its own', async () => {
    const remote: Answer = { status: 401, body: { code: 'RemoteAuthenticationFailure', msg: 'Extend the session.' } }
    await using site = await startScriptedSite(({ url }) => (url.endsWith('/pause') ? remote : null))
    const prepared = await site.adapter.prepare(pause, never)
    const problem = await problemOf(prepared.send(sendAs('op')))
    expect(problem).toMatchObject({ code: 'VENDOR_UNAVAILABLE', vendorCode: 'RemoteAuthenticationFailure' })
    await problemOf(prepared.send(sendAs('op')))
    expect(site.signIns).toBe(1)
  })
})

describe('a tenant', () => {
  it('extends the session to the remote site of a change, once, without sending the password there', async () => {
    const tenant = { type: 'vcdCredentials', user: 'admin@Acme' }
    await using site = await startScriptedSite(({ method, url }) => {
      if (url === '/sites') return sites
      if (url === '/sessions/extend') return { status: 200, body: {} }
      if (url.endsWith('/pause')) return accepted
      return method === 'GET' && url.startsWith('/vm-replications/') ? replication : null
    }, tenant)
    for (const operationId of ['op-1', 'op-2']) {
      const prepared = await site.adapter.prepare(pause, never)
      await prepared.send(sendAs(operationId))
    }
    const [signIn] = site.server.requests.filter(({ url }) => url === '/sessions')
    expect(signIn?.body).toBe('{"type":"vcdCredentials","vcdUser":"admin@Acme","vcdPassword":"p4ss"}')
    const extensions = site.calls.filter(({ url }) => url === '/sessions/extend')
    expect(extensions.map(({ body }) => body)).toEqual(['{"type":"multisite","site":"west","org":"Acme"}'])
  })
})

describe('a login', () => {
  it.for([
    {},
    { type: 'localUser', user: 'root' },
    { type: 'localUser', user: '', password: 'p' },
    { type: 'certificate', user: 'root', password: 'p' },
    { type: 'localUser', user: 'root', password: 'p', realm: 'x' },
  ])('that is not one of the vendor is refused before anything is sent: %j', (login) => {
    const dependencies = { clock: createFakeClock(), logger: silentLogger }
    const site = { name: 'cloud-a', url: 'http://127.0.0.1:9', tls: {}, login }
    expect(thrownBy(() => createVcdaAdapter(site, dependencies)).problem.code).toBe('INVALID_INPUT')
  })
})
