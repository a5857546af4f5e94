import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { LeaseLostError } from '../../src/domain/ports/leases.ts'
import type { ListLook, SharedLists } from '../../src/domain/ports/shared-lists.ts'
import type { Store } from '../../src/journal/store.ts'
import { takeLease } from '../conformance/leases.suite.ts'
import { createPostgresPlace } from './store-place.ts'
import { at } from './store-uses.ts'

const name = { siteName: 'zvm-a', list: 'groups' } as const

const lookAt = (given: Partial<ListLook> = {}): ListLook => ({
  ...name,
  observedAt: at,
  problem: null,
  heard: 0,
  answered: 0,
  toAgeMs: () => 0,
  text: 'the list',
  ...given,
})

const listsOf = ({ lists }: Store): SharedLists => {
  if (lists === null) throw new Error('The store has one gateway')
  return lists
}

/** What is kept of the list, as the other gateway reads it. */
const readText = async (lists: SharedLists): Promise<string | null> => {
  const parts = await lists.readText(name)
  return parts === null ? null : text(Readable.from(parts))
}

/** Two gateways, of which one has the lease. */
const startTwo = async () => {
  await using stack = new AsyncDisposableStack()
  const place = stack.use(await createPostgresPlace())
  const [one, other] = [stack.use(await place.open()), stack.use(await place.open())]
  const seat = stack.use(takeLease(one.leases, 'lists'))
  const { lease } = await seat.had
  const owned = stack.move()
  return {
    place,
    lease,
    replica: one.leases.replica,
    reader: listsOf(one),
    other: listsOf(other),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

it('tells another gateway of a look, and keeps the list as its snapshot', async () => {
  // S5
  await using two = await startTwo()
  const heard = Promise.withResolvers<void>()
  using stack = new DisposableStack()
  stack.use(two.other.onNews(heard.resolve))
  await two.reader.tell(two.lease, lookAt({ toAgeMs: () => 60_000 }))
  await heard.promise
  const [told] = await two.other.readSince(0)
  expect(told).toMatchObject({ ...name, replica: two.replica, observedAt: at, problem: null, asked: 0, answered: 0 })
  expect(told?.ageMs).toBeGreaterThanOrEqual(60_000)
  expect(await readText(two.other)).toBe('the list')
  expect(await two.other.readText({ ...name, list: 'alerts' })).toBeNull()
  await using third = await two.place.open()
  expect(await third.snapshots.load(['zvm-a'])).toMatchObject([{ list: 'groups', text: 'the list', observedAt: at }])
})

it('tells of a look that has found nothing new without the list, and of one that has failed with the reason', async () => {
  await using two = await startTwo()
  await two.reader.tell(two.lease, lookAt())
  const [first] = await two.other.readSince(0)
  const later = new Date(at.getTime() + 5_000)
  await two.reader.tell(two.lease, lookAt({ observedAt: later, text: null }))
  const [second] = await two.other.readSince(first?.sequence ?? 0)
  expect(second).toMatchObject({ contentNumber: first?.contentNumber, observedAt: later })
  await using third = await two.place.open()
  expect(await third.snapshots.load(['zvm-a'])).toMatchObject([{ text: 'the list', observedAt: later }])
  const { problem } = DomainError.vendor({ code: 'TIMEOUT', message: 'slow', siteName: 'zvm-a' })
  await two.reader.tell(two.lease, lookAt({ observedAt: later, problem, text: null }))
  const [last, ...more] = await two.other.readSince(second?.sequence ?? 0)
  expect(more).toEqual([])
  expect(last).toMatchObject({ contentNumber: first?.contentNumber, problem })
})

it('refuses what is told by a gateway whose lease another one has', async () => {
  // C10
  await using two = await startTwo()
  await two.place.edit("update leases set fence = fence + 1, holder = 'another' where name = 'lists'")
  await expect(two.reader.tell(two.lease, lookAt())).rejects.toThrow(LeaseLostError)
  await expect(two.reader.hear(two.lease, name, 1)).rejects.toThrow(LeaseLostError)
  expect(await two.other.readSince(0)).toEqual([])
  expect(await readText(two.other)).toBeNull()
})

it('asks for a list once however many want it, and not at all while it is young', async () => {
  // R2
  await using two = await startTwo()
  const heard = Promise.withResolvers<void>()
  using stack = new DisposableStack()
  stack.use(two.reader.onNews(heard.resolve))
  const question = await two.other.ask(name, 5_000)
  await heard.promise
  expect(await two.other.ask(name, 0)).toEqual(question)
  const number = question.kind === 'ASKED' ? question.number : 0
  expect(await two.reader.readSince(0)).toMatchObject([{ ...name, replica: null, asked: number, answered: 0 }])
  await two.reader.hear(two.lease, name, number)
  expect(await two.other.readSince(0)).toMatchObject([{ heard: number, answered: 0 }])
  await two.reader.tell(two.lease, lookAt({ heard: number, answered: number }))
  const [told] = await two.other.readSince(0)
  expect(await two.other.ask(name, 60_000)).toEqual({ kind: 'TOLD', sequence: told?.sequence })
  expect(await two.other.ask(name, 0)).toMatchObject({ kind: 'ASKED' })
})

it('asks anew for what is out of date, however young it is', async () => {
  await using two = await startTwo()
  await two.reader.tell(two.lease, lookAt())
  const number = await two.other.outdate([name, { ...name, list: 'alerts' }])
  expect(await two.reader.readSince(number - 1)).toMatchObject([{ outdated: number }, { outdated: number }])
  const asked = await two.other.ask(name, 60_000)
  expect(asked.kind === 'ASKED' && asked.number > number).toBe(true)
})

it('takes a look for one of this moment when the clock of the database was put back since', async () => {
  // C12
  await using two = await startTwo()
  await two.reader.tell(two.lease, lookAt())
  await two.place.edit('update shared_lists set looked_at = looked_at + 3600000')
  expect((await two.other.readSince(0)).map(({ ageMs }) => ageMs)).toEqual([0])
})
