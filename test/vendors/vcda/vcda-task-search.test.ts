import { describe, expect, it } from 'vitest'
import type { SeenRequest } from '../../upstream/tiny-server.ts'
import { replicationTask, vmId } from './vcda-samples.ts'
import { never, problemOf, startScriptedSite, type Answer } from './vcda-site.ts'

const hourMs = 60 * 60 * 1000

/** A task as the site remembers it. */
interface Remembered {
  readonly id: string
  readonly startTime: number
  readonly operationId: string
}

const queryOf = ({ url }: SeenRequest): URLSearchParams => new URL(url, 'http://site').searchParams

interface TaskSiteOptions {
  /** The site's clock minus ours, before each request; the last one stays. @default [0] */
  readonly skewsMs?: readonly number[]
  /** What the site makes of the filter by operation id. @default 'LOOKS' */
  readonly filter?: 'LOOKS' | 'IGNORES' | 'REFUSES'
}

/** A site that remembers these tasks and filters them as the vendor says. */
const startTaskSite = async (
  tasks: readonly Remembered[],
  { skewsMs = [0], filter = 'LOOKS' }: TaskSiteOptions = {},
) => {
  let asked = 0
  const answer = (query: URLSearchParams): Answer => {
    const skewMs = skewsMs[Math.min(asked, skewsMs.length - 1)] ?? 0
    asked += 1
    const headers = { date: new Date(Date.now() + skewMs).toUTCString() }
    const wanted = query.get('operationID')
    if (wanted !== null && filter === 'REFUSES') return { status: 400, body: { code: 'BadRequest' }, headers }
    const after = Number(query.get('startTimeAfter'))
    const found = tasks
      .filter(({ startTime }) => startTime < 0 || startTime > after)
      .filter(({ operationId }) => wanted === null || filter === 'IGNORES' || operationId === wanted)
    const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))]
    const items = found.slice(offset, offset + limit).map(({ id, startTime }) => replicationTask(id, startTime))
    return { status: 200, body: { items, total: found.length }, headers }
  }
  return startScriptedSite((request) => (request.url.startsWith('/tasks?') ? answer(queryOf(request)) : null))
}

describe('the tasks of a site since a moment', () => {
  it('are all that began then or later, the newest first, over all pages', async () => {
    const since = new Date()
    const began = (at: number) => ({ id: `t-${at}`, startTime: since.getTime() + at * 1000, operationId: `op-${at}` })
    const later = Array.from({ length: 250 }, (_, at) => began(at))
    await using site = await startTaskSite([began(-600), ...later])
    const readings = await site.adapter.listTasks({ since, operationId: null }, never)
    expect(readings.map(({ vendorTaskId }) => vendorTaskId)).toEqual(later.map(({ id }) => id).toReversed())
    expect(readings[0]).toMatchObject({ operation: 'SYNC', target: { kind: 'Replication', nativeId: vmId } })
  })

  it.for([
    { why: 'is an hour behind', skewsMs: [-hourMs], startsAt: -hourMs },
    { why: 'is an hour ahead', skewsMs: [hourMs], startsAt: hourMs },
    { why: 'was an hour behind and has been set right', skewsMs: [-hourMs, 0], startsAt: -hourMs },
  ])('are found where its clock $why', async ({ skewsMs, startsAt }) => {
    // N13
    const since = new Date()
    const task = { id: 't-1', startTime: since.getTime() + startsAt + 1000, operationId: 'op-1' }
    await using site = await startTaskSite([task], { skewsMs })
    // The first answer shows the clock that the task has begun by.
    await site.adapter.readTasks(['t-1'], never)
    const readings = await site.adapter.listTasks({ since, operationId: null }, never)
    expect(readings.map(({ vendorTaskId }) => vendorTaskId)).toEqual(['t-1'])
  })

  it('are found at a site that was never asked anything before, whatever its clock shows', async () => {
    // C4, N13: the gateway has just been started again.
    const since = new Date()
    const task = { id: 't-1', startTime: since.getTime() - hourMs + 1000, operationId: 'op-1' }
    await using site = await startTaskSite([task], { skewsMs: [-hourMs] })
    expect(await site.adapter.listTasks({ since, operationId: null }, never)).toMatchObject([{ vendorTaskId: 't-1' }])
  })

  it('may be one that waits and has no start yet', async () => {
    await using site = await startTaskSite([{ id: 't-1', startTime: -1, operationId: 'op-1' }])
    const readings = await site.adapter.listTasks({ since: new Date(), operationId: null }, never)
    expect(readings).toMatchObject([{ vendorTaskId: 't-1', startedAt: null }])
  })
})

describe('the tasks of a call by its operation id', () => {
  const since = new Date('2026-03-01T12:00:00Z')
  const ours = { id: 't-1', startTime: since.getTime() + 1000, operationId: 'op-1' }
  const foreign = { id: 't-2', startTime: since.getTime() + 2000, operationId: 'op-2' }

  it('are exactly those, and the question names the id and the time', async () => {
    await using site = await startTaskSite([ours, foreign])
    const readings = await site.adapter.listTasks({ since, operationId: 'op-1' }, never)
    expect(readings).toMatchObject([{ vendorTaskId: 't-1' }])
    const questions = site.calls.map(queryOf).filter((query) => query.get('operationID') === 'op-1')
    expect(questions).toHaveLength(1)
    expect(Number(questions[0]?.get('startTimeAfter'))).toBeLessThan(since.getTime())
  })

  it('are none where the call never arrived', async () => {
    await using site = await startTaskSite([foreign])
    expect(await site.adapter.listTasks({ since, operationId: 'op-1' }, never)).toEqual([])
    expect(site.adapter.capabilities().supports.OPERATION_IDS).toBe(true)
  })

  it('are found by the letter of the id', async () => {
    const id = 'a&operationID=b c/%2e'
    await using site = await startTaskSite([{ ...ours, operationId: id }, foreign])
    expect(await site.adapter.listTasks({ since, operationId: id }, never)).toMatchObject([{ vendorTaskId: 't-1' }])
  })

  it.for(['IGNORES', 'REFUSES'] as const)(
    'are not guessed at a site that %s the id: it is known from then on not to look at it',
    async (filter) => {
      // A2: the foreign task would be taken for the lost one.
      await using site = await startTaskSite([foreign], { filter })
      const search = { since, operationId: 'op-1' }
      const refusal = { code: 'CAPABILITY_UNSUPPORTED', capability: 'OPERATION_IDS', vendor: 'VCDA' }
      expect(await problemOf(site.adapter.listTasks(search, never))).toMatchObject(refusal)
      expect(site.adapter.capabilities().supports.OPERATION_IDS).toBe(false)
      const asked = site.calls.length
      expect(await problemOf(site.adapter.listTasks(search, never))).toMatchObject(refusal)
      expect(site.calls).toHaveLength(asked)
      const all = await site.adapter.listTasks({ since, operationId: null }, never)
      expect(all).toMatchObject([{ vendorTaskId: 't-2' }])
    },
  )
})
