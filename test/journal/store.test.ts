import { describe, expect, it } from 'vitest'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import type { Store } from '../../src/journal/store.ts'
import { sampleIntent, sampleTaskId } from './sample-task.ts'
import { storeKinds } from './store-place.ts'
import { at, changeOf, numbers, sampleOf, snapshot, stateOf, uses } from './store-uses.ts'

/** How often everybody else had a turn while something was done. */
const countTurns = async (run: () => Promise<unknown>): Promise<number> => {
  let turns = 0
  let isOver = false
  const turn = (): void => {
    turns += 1
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  await run()
  isOver = true
  return turns
}

describe.each(storeKinds)('the parts of a store on $name', ({ createPlace }) => {
  it('write at once from all sides, each in its turn', async () => {
    await using place = await createPlace()
    await using store = await place.open()
    await Promise.all(
      numbers(10).flatMap((number) => [
        store.journal.begin(sampleIntent(number)),
        store.snapshots.save([{ ...snapshot, siteName: `site-${number}` }]),
        store.rpoHistory.append([sampleOf(number)]),
        store.protectionLog.append([changeOf(number)], [stateOf(number)]),
      ]),
    )
    expect(await store.journal.getTask(sampleTaskId(9))).not.toBeNull()
    expect(await store.snapshots.load(numbers(10).map((number) => `site-${number}`))).toHaveLength(10)
    expect(await store.rpoHistory.listNewest()).toHaveLength(10)
    expect(await store.protectionLog.listStates()).toHaveLength(10)
  })

  it('give others their turn while they write very much', async () => {
    await using place = await createPlace()
    await using store = await place.open()
    const [changes, states] = [numbers(20_000).map(changeOf), numbers(20_000).map(stateOf)]
    expect(await countTurns(() => store.protectionLog.append(changes, states))).toBeGreaterThan(100)
    expect(await countTurns(() => store.protectionLog.listStates())).toBeGreaterThan(50)

    // Compressing 10 MB takes some 30 ms, in another thread.
    const text = numbers(1_500_000).join('')
    expect(await countTurns(() => store.snapshots.save([{ ...snapshot, text }]))).toBeGreaterThan(50)
    expect(await store.snapshots.load(['zvm-a'])).toEqual([{ ...snapshot, text }])

    const samples = numbers(5_000).map((number) => sampleOf(number % 1_000, { at: new Date(at.getTime() + number) }))
    expect(await countTurns(() => store.rpoHistory.append(samples))).toBeGreaterThan(15)
    const later = new Date(at.getTime() + 3 * 86_400_000)
    expect(await countTurns(() => store.rpoHistory.thin(later))).toBeGreaterThan(500)
  })

  it('let others write while samples are put together', async () => {
    await using place = await createPlace()
    await using store = await place.open()
    await store.rpoHistory.append(numbers(500).map((number) => sampleOf(number)))
    const ended: string[] = []
    const note = (what: string) => () => void ended.push(what)
    // By then every group has samples to put together.
    const later = new Date(at.getTime() + 3 * 86_400_000)
    const thinned = store.rpoHistory.thin(later).then(note('thinned'))
    await store.rpoHistory.listNewest()
    const begun = store.journal.begin(sampleIntent(1)).then(note('begun'))
    await Promise.all([thinned, begun])
    expect(ended).toEqual(['begun', 'thinned'])
  })

  it('end a thinning early when the store closes', async () => {
    await using place = await createPlace()
    const open = await place.open()
    await open.rpoHistory.append(numbers(500).map((number) => sampleOf(number)))
    const thinned = open.rpoHistory.thin(new Date(at.getTime() + 365 * 86_400_000))
    await open.rpoHistory.listNewest()
    await open[Symbol.asyncDispose]()
    await thinned
    await using again = await place.open()
    const left = (await again.rpoHistory.listNewest()).length
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThan(500)
  })
})

// SQLite and PostgreSQL say it in words of their own.
const missing = /cannot be used \((no such table|relation "\w+" does not exist)/

describe.each(storeKinds)('a store on $name that somebody has changed', ({ createPlace, zeroByte }) => {
  it.each(uses)('says of $title that it cannot be used, and goes on by itself when that is mended', async (use) => {
    // C6
    await using place = await createPlace()
    await using store = await place.open()
    await store.rpoHistory.append([sampleOf(1)])
    await place.edit(`alter table ${use.table} rename to gone`)
    await expect(use.run(store)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(missing),
    })
    await place.edit(`alter table gone rename to ${use.table}`)
    await use.run(store)
  })

  it('neither keeps nor publishes a part of changes that cannot be written whole', async () => {
    await using place = await createPlace()
    const protectionBus = createMemoryEventBus<ProtectionEvent>()
    const published: ProtectionEvent[] = []
    protectionBus.subscribe((event) => published.push(event))
    await using store = await place.open({ protectionBus })
    await place.edit('alter table protection_states rename to gone')
    await expect(store.protectionLog.append([changeOf(1)], [stateOf(1)])).rejects.toThrow(missing)
    await place.edit('alter table gone rename to protection_states')
    expect(published).toEqual([])
    expect(await store.protectionLog.bounds()).toEqual({ first: 0, last: 0 })
    expect(await store.protectionLog.append([changeOf(1)], [])).toMatchObject([{ sequence: 1 }])
    expect(published).toMatchObject([{ sequence: 1 }])
  })

  it.each<[string, string, RegExp, (store: Store) => Promise<unknown>]>([
    [
      'snapshot',
      `update snapshots set content = ${zeroByte}`,
      /groups of the site zvm-a/,
      (store) => store.snapshots.load(['zvm-a']),
    ],
    [
      'state',
      `update protection_states set fields = '{'`,
      /last state of group-1/,
      (store) => store.protectionLog.listStates(),
    ],
    [
      'change',
      `update protection_events set document = ''`,
      /change 1/,
      (store) => store.protectionLog.readEvents(0, 1),
    ],
    [
      'head of the log',
      'delete from protection_head',
      /head/,
      (store) => store.protectionLog.append([changeOf(1)], []),
    ],
  ])('says of a damaged %s what is damaged', async (_, sql, message, run) => {
    await using place = await createPlace()
    await using store = await place.open()
    await store.snapshots.save([snapshot])
    await store.protectionLog.append([changeOf(1)], [stateOf(1)])
    await place.edit(sql)
    await expect(run(store)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(message),
    })
  })
})
