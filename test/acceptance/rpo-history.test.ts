import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RpoSample } from '../../src/domain/ports/rpo-history.ts'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openSqliteStore } from '../../src/journal/sqlite-store.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { ProtectionGroupsDocument, RpoHistoryDocument } from '../generated/graphql.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** How long a test waits for what must come. */
const patience = { timeout: 10_000 }

describe('the history of an objective', () => {
  let gateway: TestGateway
  let id: string
  beforeAll(async () => {
    gateway = await startGateway()
    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 1 })
    id = protectionGroups.nodes[0]?.id ?? ''
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  const read = async (from: number, to: number, buckets: number, groupId = id) => {
    const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), buckets }
    const { node } = await gateway.dataOf(RpoHistoryDocument, { id: groupId, ...span })
    return node?.__typename === 'ProtectionGroup' ? node.rpoHistory : []
  }

  it('is sampled when the list is read, without a call of its own', async () => {
    const now = Date.now()
    gateway.forget()
    await expect
      .poll(async () => (await read(now - hourMs, now + hourMs, 1))[0], patience)
      .toMatchObject({ sampleCount: 1, verdict: expect.any(String) })
    const [bucket] = await read(now - hourMs, now + hourMs, 1)
    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 1 })
    expect(bucket?.targetSeconds).toBe(protectionGroups.nodes[0]?.rpo.targetSeconds)
    expect(bucket?.verdict).toBe(protectionGroups.nodes[0]?.rpo.verdict)
  })

  it('shows equal parts with their bounds and averages, and gaps as gaps', async () => {
    const from = Date.now() - 10 * hourMs
    const sample = (minute: number, actualSeconds: number | null, verdict: RpoSample['verdict']): RpoSample => ({
      groupId: id,
      at: new Date(from + minute * minuteMs),
      actualSeconds,
      targetSeconds: 300,
      verdict,
    })
    const buses = { bus: createMemoryEventBus(), protectionBus: createMemoryEventBus<ProtectionEvent>() }
    await using store = await openSqliteStore({ path: gateway.storePath, clock: systemClock, ...buses })
    await store.rpoHistory.append([
      sample(1, 10, 'MEETING'),
      sample(2, 30, 'MEETING'),
      sample(31, 400, 'VIOLATING'),
      sample(32, 200, 'MEETING'),
      sample(50, null, 'NOT_MEASURED'),
    ])
    const history = await read(from, from + hourMs, 4)
    expect(history.map(({ to }) => to).slice(0, -1)).toEqual(history.map((bucket) => bucket.from).slice(1))
    const figures = history.map((one) => [
      one.sampleCount,
      one.minSeconds,
      one.maxSeconds,
      one.averageSeconds,
      one.verdict,
    ])
    expect(figures).toEqual([
      [2, 10, 30, 20, 'MEETING'],
      [0, null, null, null, null],
      [2, 200, 400, 300, 'VIOLATING'],
      [1, null, null, null, 'NOT_MEASURED'],
    ])
    expect(history.map(({ targetSeconds }) => targetSeconds)).toEqual([300, null, 300, 300])
  })

  it.each([
    ['no part at all', 0, 1, 0],
    ['too many parts', 0, 1, 1001],
    ['a span that ends where it begins', 0, 0, 10],
    ['a span that ends before it begins', 1, 0, 10],
    ['a span that is longer than what is kept', 0, 91.01, 10],
  ])('is refused for %s', async (_what, fromDays, toDays, buckets) => {
    const start = Date.now() - 100 * dayMs
    const [from, to] = [fromDays, toDays].map((days) => new Date(start + days * dayMs).toISOString())
    const { errors } = await gateway.ask(RpoHistoryDocument, { id, from: from ?? '', to: to ?? '', buckets })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('reaches back as far as it is kept, in as many parts as are allowed', async () => {
    const to = Date.now()
    expect(await read(to - 91 * dayMs, to, 1000)).toHaveLength(1000)
  })
})
