import { expect, it } from 'vitest'
import { type AskElsewhere, CachedRead } from '../../src/inventory/cached-read.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { createFakeClock } from '../support/fake-clock.ts'

/** A read whose answers the test gives one by one. */
const startRead = (elsewhere: AskElsewhere | null = null) => {
  const clock = createFakeClock()
  const pending: PromiseWithResolvers<string>[] = []
  const read = new CachedRead({
    siteName: 'site',
    clock,
    deadlineMs: 1000,
    onSettled: () => {},
    elsewhere,
    read: () => {
      const answer = Promise.withResolvers<string>()
      pending.push(answer)
      return answer.promise
    },
  })
  return { clock, pending, read }
}

// R2
it('asks once however many ask at the same time, and not again while the answer is young', async () => {
  const { clock, pending, read } = startRead()
  const many = Promise.all(Array.from({ length: 1000 }, () => read.get(5000)))
  pending[0]?.resolve('one')
  expect(new Set((await many).map(({ value }) => value))).toEqual(new Set(['one']))
  clock.turn(4999)
  expect((await read.get(5000)).value).toBe('one')
  expect(pending).toHaveLength(1)
  clock.turn(1)
  const next = read.get(5000)
  pending[1]?.resolve('two')
  expect(await next).toMatchObject({ value: 'two', version: 2 })
})

// R3
it('keeps the last good answer and says why there is no newer', async () => {
  const { clock, pending, read } = startRead()
  const first = read.get(5000)
  pending[0]?.resolve('one')
  const { observedAt } = await first
  clock.turn(5000)
  const second = read.get(5000)
  pending[1]?.reject(DomainError.vendor({ code: 'TIMEOUT', message: 'slow', siteName: 'site' }))
  expect(await second).toMatchObject({ value: 'one', observedAt, problem: { code: 'TIMEOUT' }, version: 1 })
  clock.turn(5000)
  const third = read.get(5000)
  pending[2]?.resolve('two')
  expect(await third).toMatchObject({ value: 'two', problem: null })
})

it('takes an unexpected failure for nonsense of the site', async () => {
  const { pending, read } = startRead()
  const answer = read.get(0)
  pending[0]?.reject(new TypeError('x is not a function'))
  expect(await answer).toMatchObject({ value: null, problem: { code: 'VENDOR_PROTOCOL', siteName: 'site' } })
})

it('does not take a flight that began before a change for an answer to who asks after it', async () => {
  const { pending, read } = startRead()
  const before = read.get(5000)
  read.outdate()
  const after = read.get(5000)
  pending[0]?.resolve('before the change')
  await before
  while (pending.length < 2) await Promise.resolve()
  pending[1]?.resolve('after the change')
  expect((await after).value).toBe('after the change')
})

it('does not let who is in a hurry wait for a site that does not answer, the second one not at all', async () => {
  const { clock, pending, read } = startRead()
  const first = read.getSoon(5000, 5000)
  await clock.untilWaiting(1)
  clock.turn(5000)
  expect((await first).value).toBeNull()
  const second = read.getSoon(5000, 5000)
  clock.turn(0)
  expect((await second).value).toBeNull()
  expect(pending).toHaveLength(1)
  const third = read.getSoon(5000, 60_000)
  pending[0]?.resolve('late')
  expect((await third).value).toBe('late')
  expect(clock.waiting()).toBe(0)
})

// R3
it('shows what a former process read until it has read itself, and says so', async () => {
  const { pending, read } = startRead()
  const observedAt = new Date('2025-12-31T00:00:00Z')
  read.restore('before', observedAt)
  expect(read.last).toMatchObject({ value: 'before', observedAt, problem: { code: 'TIMEOUT', siteName: 'site' } })
  expect(read.hasRead).toBe(false)
  const failing = read.get(5000)
  pending[0]?.reject(DomainError.vendor({ code: 'VENDOR_UNAVAILABLE', message: 'gone', siteName: 'site' }))
  expect(await failing).toMatchObject({ value: 'before', observedAt, problem: { code: 'VENDOR_UNAVAILABLE' } })
  read.outdate()
  const good = read.get(5000)
  pending[1]?.resolve('now')
  expect(await good).toMatchObject({ value: 'now', problem: null })
  expect(read.hasRead).toBe(true)
  read.restore('before', observedAt)
  expect(read.last.value).toBe('now')
})

// R3
it('is waited for only a moment while the site is in trouble and something can be shown', async () => {
  const { clock, pending, read } = startRead()
  read.restore('before', new Date(0))
  const first = read.get(5000)
  await clock.untilWaiting(1)
  clock.turn(999)
  const second = read.get(5000)
  clock.turn(1)
  expect(await first).toMatchObject({ value: 'before', problem: { code: 'TIMEOUT' } })
  expect((await second).value).toBe('before')
  expect(read.isReading).toBe(true)
  const third = read.get(5000)
  pending[0]?.resolve('late')
  await third
  expect(read.last).toMatchObject({ value: 'late', problem: null })
  expect(pending).toHaveLength(1)
})

it('is waited for as long as it takes while the site answers, however old the last answer', async () => {
  const { clock, pending, read } = startRead()
  const first = read.get(5000)
  pending[0]?.resolve('one')
  await first
  clock.turn(60_000)
  const second = read.get(5000)
  expect(clock.waiting()).toBe(0)
  pending[1]?.resolve('two')
  expect((await second).value).toBe('two')
})

/** What another gateway has found at this moment. */
const takenNow = (value: string, triedAt: Date) => ({
  value,
  observedAt: triedAt,
  problem: null,
  triedAt,
  isCurrent: true,
})

// S5
it('answers with what another gateway has read, and reads itself where that one does not', async () => {
  const ages: number[] = []
  const { clock, pending, read } = startRead(async (maxAgeMs) => {
    ages.push(maxAgeMs)
    if (ages.length > 1) return false
    read.take(takenNow('taken', clock.now()))
    return true
  })
  expect(await read.get(5000)).toMatchObject({ value: 'taken', observedAt: clock.now(), version: 1 })
  expect([read.hasRead, read.hasReadSince(0)]).toEqual([false, false])
  clock.turn(5000)
  const own = read.get(5000)
  while (pending.length === 0) await Promise.resolve()
  pending[0]?.resolve('own')
  expect(await own).toMatchObject({ value: 'own', version: 2 })
  expect([read.hasRead, read.hasReadSince(0), read.hasReadSince(1)]).toEqual([true, true, false])
  expect(ages).toEqual([5000, 5000])
})

it('does not take over what was read before it read itself, nor takes it for an answer to a later change', async () => {
  const ages: number[] = []
  const { clock, pending, read } = startRead(async (maxAgeMs) => {
    ages.push(maxAgeMs)
    return false
  })
  const before = clock.now()
  clock.turn(1000)
  const own = read.get(5000)
  while (pending.length === 0) await Promise.resolve()
  pending[0]?.resolve('own')
  await own
  read.take(takenNow('older', before))
  expect(read.last.value).toBe('own')
  clock.turn(1000)
  read.outdate()
  clock.turn(1000)
  // It was asked for before the change.
  read.take(takenNow('too early', new Date(clock.now().getTime() - 1500)))
  expect(read.last.value).toBe('too early')
  expect(read.isYoung(5000)).toBe(false)
  void read.get(5000)
  expect(ages.at(-1)).toBe(1000)
  read.take(takenNow('after the change', clock.now()))
  expect(read.isYoung(5000)).toBe(true)
})

it('takes over why there is nothing newer, with what there is', () => {
  const { clock, read } = startRead()
  const at = clock.now()
  read.take(takenNow('one', at))
  const { problem } = DomainError.vendor({ code: 'TIMEOUT', message: 'slow', siteName: 'site' })
  read.take({ ...takenNow('one', at), problem, triedAt: at })
  expect(read.last).toMatchObject({ value: 'one', observedAt: at, problem, version: 1 })
})

it('takes no answer for young whose moment a clock that was put back has not reached', async () => {
  // C12
  const { clock, pending, read } = startRead()
  const first = read.get(5000)
  pending[0]?.resolve('one')
  await first
  clock.turn(-3_600_000)
  expect(read.isYoung(5000)).toBe(false)
})
