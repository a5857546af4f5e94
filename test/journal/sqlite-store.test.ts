import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { findProblem } from '../../src/domain/errors.ts'
import type { ProtectionChange, ProtectionEvent } from '../../src/domain/protection-event.ts'
import type { RpoSample } from '../../src/domain/ports/rpo-history.ts'
import type { StoredSnapshot } from '../../src/domain/ports/snapshot-store.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import type { Store } from '../../src/journal/sqlite-store.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { sampleIntent, sampleTaskId } from './sample-task.ts'
import { createStorePlace } from './store-place.ts'

const at = new Date('2026-01-01T00:00:00Z')

const snapshot: StoredSnapshot = { siteName: 'zvm-a', list: 'groups', observedAt: at, text: '[]' }

const sampleOf = (number: number, given: Partial<RpoSample> = {}): RpoSample => ({
  groupId: `group-${number}`,
  at,
  actualSeconds: 1,
  targetSeconds: 2,
  verdict: 'MEETING',
  ...given,
})

const changeOf = (number: number): ProtectionChange => ({
  id: `group-${number}`,
  target: { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId: `native-${number}` },
  places: [],
  kind: 'ADDED',
  changedFields: [],
  at,
})

const stateOf = (number: number) => ({
  id: `group-${number}`,
  fields: { name: `group ${number}`, state: 'PROTECTED' },
  configurationChangedAt: null,
})

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number)

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

describe('the parts of a store', () => {
  it('write at once from all sides, each in its turn', async () => {
    using place = createStorePlace()
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
    using place = createStorePlace()
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
    using place = createStorePlace()
    await using store = await place.open()
    await store.rpoHistory.append(numbers(500).map((number) => sampleOf(number)))
    const ended: string[] = []
    const note = (what: string) => () => void ended.push(what)
    const thinned = store.rpoHistory.thin(at).then(note('thinned'))
    await store.rpoHistory.listNewest()
    const begun = store.journal.begin(sampleIntent(1)).then(note('begun'))
    await Promise.all([thinned, begun])
    expect(ended).toEqual(['begun', 'thinned'])
  })

  it('end a thinning early when the store closes', async () => {
    using place = createStorePlace()
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

interface Use {
  readonly title: string
  readonly table: string
  readonly run: (store: Store) => Promise<unknown>
}

const uses: readonly Use[] = [
  { title: 'saving a snapshot', table: 'snapshots', run: ({ snapshots }) => snapshots.save([snapshot]) },
  { title: 'loading snapshots', table: 'snapshots', run: ({ snapshots }) => snapshots.load(['zvm-a']) },
  { title: 'appending samples', table: 'rpo_buckets', run: ({ rpoHistory }) => rpoHistory.append([sampleOf(1)]) },
  { title: 'listing the newest samples', table: 'rpo_groups', run: ({ rpoHistory }) => rpoHistory.listNewest() },
  { title: 'reading samples', table: 'rpo_buckets', run: ({ rpoHistory }) => rpoHistory.read('group-1', at, at) },
  { title: 'thinning samples', table: 'rpo_buckets', run: ({ rpoHistory }) => rpoHistory.thin(at) },
  { title: 'listing states', table: 'protection_states', run: ({ protectionLog }) => protectionLog.listStates() },
  {
    title: 'appending changes',
    table: 'protection_states',
    run: ({ protectionLog }) => protectionLog.append([changeOf(2)], [stateOf(2)]),
  },
  { title: 'reading changes', table: 'protection_events', run: ({ protectionLog }) => protectionLog.readEvents(0, 1) },
  { title: 'finding the bounds', table: 'protection_head', run: ({ protectionLog }) => protectionLog.bounds() },
  { title: 'pruning changes', table: 'protection_events', run: ({ protectionLog }) => protectionLog.prune(at, 0) },
]

describe('a store whose file somebody has changed', () => {
  it.each(uses)('says of $title that it cannot be used, and goes on by itself when that is mended', async (use) => {
    // C6
    using place = createStorePlace()
    await using store = await place.open()
    await store.rpoHistory.append([sampleOf(1)])
    using other = new DatabaseSync(place.path)
    other.exec(`alter table ${use.table} rename to gone`)
    await expect(use.run(store)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/cannot be used \(no such table/),
    })
    other.exec(`alter table gone rename to ${use.table}`)
    await use.run(store)
  })

  it('neither keeps nor publishes a part of changes that cannot be written whole', async () => {
    using place = createStorePlace()
    const protectionBus = createMemoryEventBus<ProtectionEvent>()
    const published: ProtectionEvent[] = []
    protectionBus.subscribe((event) => published.push(event))
    await using store = await place.open({ protectionBus })
    using other = new DatabaseSync(place.path)
    other.exec('alter table protection_states rename to gone')
    await expect(store.protectionLog.append([changeOf(1)], [stateOf(1)])).rejects.toThrow(/no such table/)
    other.exec('alter table gone rename to protection_states')
    expect(published).toEqual([])
    expect(await store.protectionLog.bounds()).toEqual({ first: 0, last: 0 })
    expect(await store.protectionLog.append([changeOf(1)], [])).toMatchObject([{ sequence: 1 }])
    expect(published).toMatchObject([{ sequence: 1 }])
  })

  it.each<[string, string, RegExp, (store: Store) => Promise<unknown>]>([
    [
      'snapshot',
      `update snapshots set content = x'00'`,
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
    using place = createStorePlace()
    await using store = await place.open()
    await store.snapshots.save([snapshot])
    await store.protectionLog.append([changeOf(1)], [stateOf(1)])
    using other = new DatabaseSync(place.path)
    other.exec(sql)
    await expect(run(store)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(message),
    })
  })
})

describe('a store that another process has locked', () => {
  // C5
  it.each(uses.filter(({ title }) => /^(saving|appending|thinning|pruning)/.test(title)))(
    'waits with $title, and does it when the lock is gone',
    async ({ run }) => {
      using place = createStorePlace()
      const clock = createFakeClock()
      await using store = await place.open({ clock })
      await store.rpoHistory.append([sampleOf(1)])
      using other = new DatabaseSync(place.path)
      other.exec('begin immediate')
      const ended: string[] = []
      const done = run(store).then(() => void ended.push('done'))
      await clock.untilWaiting(1)
      expect(ended).toEqual([])
      other.exec('commit')
      clock.turn(50)
      await done
    },
  )

  it('says after its tries that it is busy', async () => {
    using place = createStorePlace()
    const clock = createFakeClock()
    await using store = await place.open({ clock })
    using other = new DatabaseSync(place.path)
    other.exec('begin immediate')
    const code = store.protectionLog.append([changeOf(1)], []).then(
      () => null,
      (error: unknown) => findProblem(error)?.code,
    )
    for (let tries = 1; tries < 70; tries += 1) {
      await clock.untilWaiting(1)
      clock.turn(50)
    }
    expect(await code).toBe('STORE_BUSY')
    other.exec('commit')
    expect(await store.protectionLog.bounds()).toEqual({ first: 0, last: 0 })
  })
})
