import { describe, expect, it } from 'vitest'
import type { Command } from '../../../src/domain/command.ts'
import { toGlobalId } from '../../../src/domain/global-id.ts'
import type { SeenRequest } from '../../upstream/tiny-server.ts'
import { aReplication, vappId, vmId } from './vcda-samples.ts'
import { never, problemOf, sendAs, startScriptedSite, type Answer } from './vcda-site.ts'

const pause: Command = {
  operation: 'PAUSE',
  target: { kind: 'Replication', vendor: 'VCDA', nativeId: vmId },
  options: null,
}

const idOf = (number: number): string => `C4-00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const queryOf = ({ url }: SeenRequest): URLSearchParams => new URLSearchParams(url.split('?')[1])

/** A page of a list of `total` replications. */
const toPage = (request: SeenRequest, total: number): Answer => {
  const offset = Number(queryOf(request).get('offset'))
  const limit = Number(queryOf(request).get('limit'))
  const numbers = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => offset + at)
  return { status: 200, body: { items: numbers.map((at) => ({ id: idOf(at) })), offset, limit, total } }
}

const isList = ({ url }: SeenRequest): boolean => url.startsWith('/vm-replications?')

describe('a list', () => {
  it('is read page by page, the first alone and the others together', async () => {
    await using site = await startScriptedSite((request) => (isList(request) ? toPage(request, 345) : null))
    const replications = await site.adapter.listReplications(never)
    expect(new Set(replications.map(({ nativeId }) => nativeId)).size).toBe(345)
    const offsets = site.calls.filter(isList).map((request) => queryOf(request).get('offset'))
    expect(new Set(offsets)).toEqual(new Set(['0', '100', '200', '300']))
    expect(offsets).toHaveLength(4)
  })

  it('that shifted while it was read is read again', async () => {
    let lists = 0
    await using site = await startScriptedSite((request) => {
      if (!isList(request)) return null
      lists += 1
      return toPage(request, lists === 1 ? 150 : 149)
    })
    expect(await site.adapter.listReplications(never)).toHaveLength(149)
  })

  it.for([
    { why: 'repeats its first page', page: { items: [{ id: idOf(1) }], total: 3 } },
    { why: 'never ends', page: { items: [{ id: idOf(1) }], total: 1_000_000_000 } },
    { why: 'has less than it says', page: { items: [], total: 5 } },
    { why: 'has a negative total', page: { items: [], total: -1 } },
  ])('that $why is no list, and a short one is never taken for the whole', async ({ page }) => {
    // N10, R1
    await using site = await startScriptedSite((request) => (isList(request) ? { status: 200, body: page } : null))
    expect((await problemOf(site.adapter.listReplications(never))).code).toBe('VENDOR_PROTOCOL')
    expect(site.calls.length).toBeLessThan(20)
  })

  it('keeps what it can read of half-created replications', async () => {
    // R5
    const items = [{ id: idOf(1) }, { id: idOf(2), destinationState: null, source: {} }]
    await using site = await startScriptedSite((request) =>
      isList(request) ? { status: 200, body: { items, total: 2 } } : null,
    )
    expect((await site.adapter.listReplications(never)).map(({ state }) => state)).toEqual(['UNKNOWN', 'UNKNOWN'])
  })
})

describe('an answer to a read', () => {
  it.for([
    { answer: { status: 200, body: '<html>maintenance</html>' }, code: 'VENDOR_PROTOCOL' },
    { answer: { status: 200, body: '' }, code: 'VENDOR_PROTOCOL' },
    { answer: { status: 200, body: '{"id":' }, code: 'VENDOR_PROTOCOL' },
    { answer: { status: 200, body: [] }, code: 'VENDOR_PROTOCOL' },
    { answer: { status: 204 }, code: 'VENDOR_PROTOCOL' },
    { answer: { status: 302, headers: { location: 'http://elsewhere.invalid' } }, code: 'VENDOR_PROTOCOL' },
    { answer: { status: 400, body: { code: 'BadUserInput' } }, code: 'VENDOR_REFUSED' },
    { answer: { status: 403, body: { code: 'Forbidden', msg: 'Permission denied.' } }, code: 'VENDOR_REFUSED' },
    { answer: { status: 404, body: { code: 'SiteNotFound' } }, code: 'VENDOR_REFUSED' },
    { answer: { status: 404, body: 'gone' }, code: 'NOT_FOUND' },
    { answer: { status: 429, headers: { 'retry-after': '60' } }, code: 'RATE_LIMITED' },
    { answer: { status: 500, body: { code: 'GeneralServerFailure' } }, code: 'VENDOR_UNAVAILABLE' },
  ])('is $code for $answer', async ({ answer, code }) => {
    // N1, N6, N11
    await using site = await startScriptedSite(({ url }) => (url.startsWith('/vm-replications/') ? answer : null))
    expect((await problemOf(site.adapter.getReplication(vmId, never))).code).toBe(code)
  })

  it('explains itself in the words of the vendor, without its stack trace', async () => {
    const body = { code: 'Forbidden', msg: 'Permission denied.', args: [], stacktrace: 'com.vmware.h4.Denied\n\tat X' }
    await using site = await startScriptedSite(({ url }) =>
      url.startsWith('/vm-replications/') ? { status: 403, body } : null,
    )
    const problem = await problemOf(site.adapter.getReplication(vmId, never))
    expect(problem).toMatchObject({
      vendorCode: 'Forbidden',
      vendorMessage: 'Permission denied.',
      httpStatus: 403,
      siteName: 'cloud-a',
    })
    expect(JSON.stringify(problem)).not.toContain('com.vmware')
  })

  it('is not asked for an id that cannot be one', async () => {
    // V1
    await using site = await startScriptedSite(() => null)
    const id = `${vmId}/../../sites`
    expect(await problemOf(site.adapter.getReplication(id, never))).toMatchObject({
      code: 'NOT_FOUND',
      id: toGlobalId('Replication', 'VCDA', id),
    })
    expect(await problemOf(site.adapter.getGroup('..', never))).toMatchObject({ code: 'NOT_FOUND' })
    expect(site.server.seen).toEqual([])
  })
})

describe('an answer to a change', () => {
  it.for([
    { answer: { status: 500, body: { code: 'GeneralServerFailure' } }, code: 'OUTCOME_UNKNOWN' },
    { answer: { status: 503 }, code: 'OUTCOME_UNKNOWN' },
    { answer: { status: 302, headers: { location: 'http://elsewhere.invalid' } }, code: 'OUTCOME_UNKNOWN' },
    { answer: { status: 200, body: '<html>' }, code: 'OUTCOME_UNKNOWN' },
    { answer: { status: 202, body: '' }, code: 'OUTCOME_UNKNOWN' },
    { answer: { status: 202, body: { state: 'RUNNING' } }, code: 'OUTCOME_UNKNOWN' },
    { answer: { status: 400, body: { code: 'InvalidState', msg: 'Not now.' } }, code: 'VENDOR_REFUSED' },
    { answer: { status: 403, body: { code: 'Forbidden' } }, code: 'VENDOR_REFUSED' },
    { answer: { status: 404, body: { code: 'ReplicationNotFound' } }, code: 'VENDOR_REFUSED' },
    { answer: { status: 429 }, code: 'RATE_LIMITED' },
  ])('is $code for $answer, and the site saw one request', async ({ answer, code }) => {
    // A1, A2, N8
    await using site = await startScriptedSite(({ url }) => (url.endsWith('/pause') ? answer : null))
    const prepared = await site.adapter.prepare(pause, never)
    const problem = await problemOf(prepared.send(sendAs('op-7')))
    expect(problem).toMatchObject({ code, operationId: 'op-7' })
    expect(site.calls).toHaveLength(1)
  })
})

const toTask = (id: string) => ({
  id,
  state: 'RUNNING',
  progress: 5,
  workflowInfo: { type: 'sync', resourceId: vappId },
})

describe('tasks', () => {
  it('are read in one call for every hundred, and those that are gone are left out', async () => {
    // W2
    await using site = await startScriptedSite((request) => {
      if (!request.url.startsWith('/tasks?')) return null
      const ids = (queryOf(request).get('ids') ?? '').split(',').filter((id) => id !== 't-7')
      return { status: 200, body: { items: [...ids, 'foreign'].map(toTask), total: ids.length } }
    })
    const ids = Array.from({ length: 150 }, (_, at) => `t-${at}`)
    const readings = await site.adapter.readTasks(ids, never)
    expect(readings.size).toBe(149)
    expect(readings.get('t-8')).toMatchObject({ state: 'RUNNING', operation: 'SYNC', progressPercent: 5 })
    expect(readings.has('t-7') || readings.has('foreign')).toBe(false)
    expect(site.calls).toHaveLength(2)
  })

  it('cost nothing when none is asked for', async () => {
    await using site = await startScriptedSite(() => null)
    expect((await site.adapter.readTasks([], never)).size).toBe(0)
    expect(site.server.seen).toEqual([])
  })

  it('that are listed twice count once, as they were last', async () => {
    // N14
    const items = [
      { id: 't-1', state: 'SUCCEEDED', lastUpdated: 200 },
      { id: 't-1', state: 'RUNNING', lastUpdated: 100 },
    ]
    await using site = await startScriptedSite(() => null)
    await using twice = await startScriptedSite(({ url }) =>
      url.startsWith('/tasks?') ? { status: 200, body: { items, total: 2 } } : null,
    )
    expect((await twice.adapter.readTasks(['t-1'], never)).get('t-1')?.state).toBe('SUCCEEDED')
    expect((await problemOf(site.adapter.readTasks(['t-1'], never))).code).toBe('VENDOR_REFUSED')
  })
})

const at = (minute: number) => Date.parse(`2026-01-01T00:${String(minute).padStart(2, '0')}:00Z`)

describe('recovery points', () => {
  it('are listed newest first, inside the span that was asked for, and placeholders are left out', async () => {
    const body = [10, 30, 20, 40].map((minute) => ({ key: `replica-${minute}`, timestamp: at(minute) }))
    await using site = await startScriptedSite(({ url }) =>
      url.endsWith('/instances') ? { status: 200, body: [...body, {}, { key: 'no-time' }] } : null,
    )
    const span = { from: new Date(at(20)), to: new Date(at(30)) }
    const [points, ofGroup] = await site.adapter.listRecoveryPoints(
      [
        { kind: 'Replication', nativeId: vmId, ...span },
        { kind: 'ProtectionGroup', nativeId: vappId, ...span },
      ],
      never,
    )
    expect(points?.map(({ vendorId }) => vendorId)).toEqual(['replica-30', 'replica-20'])
    expect(ofGroup).toEqual([])
  })

  it('are asked for once, however many ask for the same meanwhile', async () => {
    await using site = await startScriptedSite(({ url }) =>
      url.endsWith('/instances') ? { status: 200, body: [{ key: 'one', timestamp: at(1) }] } : null,
    )
    const query = { kind: 'Replication', nativeId: vmId, from: null, to: null } as const
    const [one, other] = await Promise.all([
      site.adapter.listRecoveryPoints([query], never),
      site.adapter.listRecoveryPoints([query], new AbortController().signal),
    ])
    expect(one).toHaveLength(1)
    expect(other).toEqual(one)
    expect(site.calls.filter(({ url }) => url.endsWith('/instances'))).toHaveLength(1)
  })
})

describe('where a target is recovered to', () => {
  it('is read from the site where nobody has read it yet, and decides the words of a failover', async () => {
    const onPremises = { ...aReplication(), destination: { site: 'branch' } }
    await using site = await startScriptedSite(({ url }) =>
      url.startsWith('/vm-replications/') ? { status: 200, body: onPremises } : null,
    )
    const command: Command = {
      ...pause,
      operation: 'FAILOVER',
      recoveryPointNativeId: null,
      memberNativeIds: null,
    }
    const prepared = await site.adapter.prepare(command, never)
    expect(prepared.calls).toMatchObject([{ body: { type: 'vcenter', snapshotOptions: 'DO_NOTHING' } }])
    await site.adapter.prepare(command, never)
    expect(site.calls).toHaveLength(1)
  })
})
