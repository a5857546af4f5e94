import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { snapshotLists, type SnapshotStore, type StoredSnapshot } from '../../src/domain/ports/snapshot-store.ts'
import type { StartedStore } from './started-store.ts'

export interface SnapshotStoreSuiteOptions {
  readonly start: () => Promise<StartedStore<SnapshotStore>>
}

const sample = (given: Partial<StoredSnapshot> = {}): StoredSnapshot => ({
  siteName: 'zvm-a',
  list: 'groups',
  observedAt: new Date('2026-01-01T00:00:00.123Z'),
  text: '[]',
  ...given,
})

const inOrder = (snapshots: readonly StoredSnapshot[]): readonly StoredSnapshot[] =>
  snapshots.toSorted((one, other) => `${one.siteName} ${one.list}`.localeCompare(`${other.siteName} ${other.list}`))

/** @param failure What comes in place of the second part; null where nothing fails. */
async function* inParts(failure: Error | null): AsyncGenerator<string> {
  yield '[1'
  if (failure !== null) throw failure
  yield ',\u{1f600}]'
}

/** What every snapshot store must do, whatever it keeps its rows in. */
export const snapshotStoreSuite = ({ start }: SnapshotStoreSuiteOptions): void => {
  let ran = 0
  beforeEach(() => {
    ran += 1
  })
  afterAll(() => {
    if (ran === 0) throw new Error('The suite of the snapshot store ran nothing')
  })

  it('has nothing of a site that it was given nothing of', async () => {
    await using started = await start()
    await started.port.save([])
    await started.port.save([sample()])
    expect(await started.port.load(['zvm-b'])).toEqual([])
    expect(await started.port.load([])).toEqual([])
  })

  it('gives back every list of every site that is asked for, also after a restart', async () => {
    // R5
    await using started = await start()
    const hostile = 'a\u0000b \u{1f600} \u202e "\'; drop table snapshots; -- \r\n'
    const kept = ['zvm-a', hostile].flatMap((siteName) =>
      snapshotLists.map((list) => sample({ siteName, list, text: `${hostile} ${siteName} ${list}` })),
    )
    await started.port.save([...kept, sample({ siteName: 'zvm-b' })])
    expect(inOrder(await started.port.load(['zvm-a', hostile, 'unknown']))).toEqual(inOrder(kept))
    const again = await started.reopen()
    expect(inOrder(await again.load(['zvm-a', hostile, 'unknown']))).toEqual(inOrder(kept))
  })

  it('takes a text in parts, and keeps what it had where one of them cannot be made', async () => {
    await using started = await start()
    await started.port.save([{ ...sample(), text: inParts(null) }])
    const kept = [sample({ text: '[1,\u{1f600}]' })]
    expect(await started.port.load(['zvm-a'])).toEqual(kept)
    const failed = started.port.save([{ ...sample(), text: inParts(new Error('not made')) }])
    await expect(failed).rejects.toThrow('not made')
    expect(await started.port.load(['zvm-a'])).toEqual(kept)
  })

  it('replaces what it kept of the same site and list, and nothing else', async () => {
    await using started = await start()
    const others = [sample({ list: 'alerts', text: 'alerts' }), sample({ siteName: 'zvm-b', text: 'b' })]
    await started.port.save([sample({ text: 'old' }), ...others])
    // A site's clock may have been set back: the last one saved is the newest.
    const newest = sample({ text: 'new', observedAt: new Date(5) })
    await started.port.save([newest])
    expect(inOrder(await started.port.load(['zvm-a', 'zvm-b']))).toEqual(inOrder([newest, ...others]))
    await started.port.save([sample({ text: 'newer' }), sample({ text: 'newest of all' })])
    expect(await started.port.load(['zvm-a'])).toContainEqual(sample({ text: 'newest of all' }))
  })

  it('keeps what was saved last when a long one and a short one are saved at once', async () => {
    await using started = await start()
    const long = sample({ text: Array.from({ length: 300_000 }, (_, index) => index * 7919).join() })
    const short = sample({ text: 'short' })
    await Promise.all([started.port.save([long]), started.port.save([short])])
    expect(await started.port.load(['zvm-a'])).toEqual([short])
    await Promise.all([started.port.save([short]), started.port.save([long])])
    expect(await started.port.load(['zvm-a'])).toEqual([long])
  })

  describe('with any text', () => {
    it('gives back what it was given', async () => {
      // V3
      await using started = await start()
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
          await started.port.save([sample({ text })])
          expect(await started.port.load(['zvm-a'])).toEqual([sample({ text })])
        }),
        { numRuns: 25 },
      )
    }, 60_000)
  })
}
