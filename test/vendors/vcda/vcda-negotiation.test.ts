import { describe, expect, it } from 'vitest'
import type { SeenRequest } from '../../upstream/tiny-server.ts'
import { apiVersions, findMediaVersion, parseApiVersion, toMediaType } from '../../../src/vendors/vcda/vcda-versions.ts'
import { aReplication, vmId } from './vcda-samples.ts'
import { never, problemOf, sendAs, startScriptedSite, type Answer } from './vcda-site.ts'

const pause = {
  operation: 'PAUSE',
  target: { kind: 'Replication', vendor: 'VCDA', nativeId: vmId },
  options: null,
} as const

const dayMs = 24 * 3_600_000

const acceptOf = ({ headers }: SeenRequest): string => headers.accept ?? ''

/** A site that speaks the versions up to `newest`, and says so in the way that the options tell. */
const speaking = (
  newest: string,
  how: { readonly names?: boolean; readonly about?: string; readonly takesPlain?: boolean } = {},
) => {
  const media = `application/vnd.vmware.h4-v${newest}+json;charset=UTF-8`
  return (request: SeenRequest): Answer | null => {
    const accept = acceptOf(request)
    const isPlain = accept === 'application/json'
    if (request.url === '/diagnostics/about') {
      return how.about === undefined ? { status: 404 } : { status: 200, body: { buildVersion: how.about } }
    }
    if (!isPlain && !(accept.includes(`h4-v${newest}+`) && how.takesPlain !== true)) {
      return { status: 406, body: { code: 'NotAcceptable' }, headers: how.names ? { 'content-type': media } : {} }
    }
    if (!request.url.startsWith('/vm-replications/')) return null
    return { status: 200, body: aReplication(), headers: isPlain ? {} : { 'content-type': media } }
  }
}

const acceptsOf = (requests: readonly SeenRequest[], url: string) =>
  requests.filter((request) => request.url === url).map(acceptOf)

describe('the version of the API', () => {
  it('is the newest that this adapter knows, where the site takes it', async () => {
    await using site = await startScriptedSite(speaking('4.7'))
    await site.adapter.getReplication(vmId, never)
    expect(new Set(site.server.requests.map(acceptOf))).toEqual(
      new Set(['application/vnd.vmware.h4-v4.7+json;charset=UTF-8']),
    )
    expect(site.adapter.capabilities().supports.RECOVERY_REPORTS).toBe(true)
  })

  it.for(apiVersions.slice(0, -1))(
    'is %s where a refusal names it, and is remembered for the site',
    async (version) => {
      await using site = await startScriptedSite(speaking(version, { names: true }))
      await site.adapter.getReplication(vmId, never)
      await site.adapter.getReplication(vmId, never)
      expect(acceptsOf(site.server.requests, '/sessions')).toEqual([toMediaType('4.7'), toMediaType(version)])
      const reads = acceptsOf(site.server.requests, `/vm-replications/${vmId}`)
      expect(reads).toEqual([toMediaType(version), toMediaType(version)])
    },
  )

  it('is what the site says that it is built as, where a refusal names none', async () => {
    await using site = await startScriptedSite(speaking('4.5', { about: '4.5.0.5226630-ab9eb01ccb' }))
    await site.adapter.getReplication(vmId, never)
    expect(acceptsOf(site.server.requests, `/vm-replications/${vmId}`)).toEqual([toMediaType('4.5')])
    expect(site.adapter.capabilities().supports.RECOVERY_REPORTS).toBe(false)
  })

  it.for([
    { why: 'nothing names one', how: {} },
    { why: 'the site is older than any that is spoken', how: { about: '3.5.1.123' } },
    { why: 'the one that it names is refused too', how: { names: true, takesPlain: true } },
  ])('is left open by plain JSON where $why', async ({ how }) => {
    await using site = await startScriptedSite(speaking('4.3', how))
    expect((await site.adapter.getReplication(vmId, never)).nativeId).toBe(vmId)
    expect(acceptsOf(site.server.requests, `/vm-replications/${vmId}`)).toEqual(['application/json'])
  })

  it('costs no sign-in of the few that may fail', async () => {
    // N4: a refusal of the version says nothing about the password
    await using site = await startScriptedSite(speaking('4.4', { names: true }))
    for (let day = 0; day < 5; day += 1) {
      await site.adapter.getReplication(vmId, never)
      site.clock.turn(dayMs)
    }
    expect((await site.adapter.getReplication(vmId, never)).nativeId).toBe(vmId)
  })

  it('is asked for anew after a day, because appliances are upgraded', async () => {
    let newest = '4.5'
    await using site = await startScriptedSite((request) => speaking(newest, { names: true })(request))
    await site.adapter.getReplication(vmId, never)
    newest = '4.7'
    site.clock.turn(dayMs)
    await site.adapter.getReplication(vmId, never)
    expect(acceptsOf(site.server.requests, `/vm-replications/${vmId}`)).toEqual([
      toMediaType('4.5'),
      toMediaType('4.7'),
    ])
  })

  it('that a change meets is not accepted: the change is not repeated, nothing was done, and the next one goes', async () => {
    // A1: downgraded between sign-in and change
    const accepted: Answer = { status: 202, body: { id: 't-1', state: 'RUNNING' } }
    await using site = await startScriptedSite((request) => {
      if (!request.url.endsWith('/pause')) return request.url === '/diagnostics/about' ? { status: 404 } : null
      return acceptOf(request) === 'application/json' ? accepted : { status: 406 }
    })
    const prepared = await site.adapter.prepare(pause, never)
    const problem = await problemOf(prepared.send(sendAs('op-1')))
    expect(problem).toMatchObject({ code: 'VENDOR_UNAVAILABLE', httpStatus: 406 })
    expect(site.calls.filter(({ url }) => url.endsWith('/pause'))).toHaveLength(1)
    const again = await site.adapter.prepare(pause, never)
    expect(await again.send(sendAs('op-2'))).toMatchObject({ kind: 'TASK' })
  })
})

describe('words for a version', () => {
  it.for([
    { text: '4.6', version: '4.6' },
    { text: '4.5.0.5226630-ab9eb01ccb', version: '4.5' },
    { text: '4.7.2', version: '4.7' },
    { text: '5.0.0', version: '4.7' },
    { text: '4.10', version: '4.7' },
    { text: '4.1.1', version: null },
    { text: '3.5', version: null },
    { text: 'unknown', version: null },
    { text: '', version: null },
    { text: null, version: null },
  ])('are understood: $text', ({ text, version }) => {
    expect(parseApiVersion(text)).toBe(version)
  })

  it.for([
    { type: 'application/vnd.vmware.h4-v4.6+json;charset=UTF-8', version: '4.6' },
    { type: 'application/json;charset=UTF-8', version: null },
    { type: 'application/vnd.vmware.h4-v3.5+json', version: null },
    { type: undefined, version: null },
  ])('are found in $type', ({ type, version }) => {
    expect(findMediaVersion(type)).toBe(version)
  })
})
