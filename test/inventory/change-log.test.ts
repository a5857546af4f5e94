import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import type { Replication } from '../../src/domain/replication.ts'
import type { ProtectionChange } from '../../src/domain/protection-event.ts'
import type { SiteReport } from '../../src/domain/site.ts'
import { ChangeLog } from '../../src/inventory/change-log.ts'
import { createSiteFeed } from '../../src/inventory/site-feed.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openSqliteStore } from '../../src/journal/sqlite-store.ts'
import { sampleEnd, sampleMachine } from '../operations/sample-survey.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { ScriptedSite } from '../tracking/scripted-site.ts'
import { sampleGroup } from './sample-lists.ts'

interface Lists {
  readonly groups: readonly ProtectionGroup[]
  readonly machines: readonly Replication[]
}

/** A site that lists what a test has last told it, and then cannot be read while it is told nothing. */
class ChangingSite extends ScriptedSite {
  lists: Lists | null = { groups: [], machines: [] }

  override async readSite(): Promise<SiteReport> {
    const report = await super.readSite()
    return { ...report, local: { ...report.local, id: sampleEnd('Boston').siteId } }
  }

  override async listGroups(): Promise<readonly ProtectionGroup[]> {
    return this.#require().groups
  }

  override async listReplications(): Promise<readonly Replication[]> {
    return this.#require().machines
  }

  #require(): Lists {
    if (this.lists === null) throw new Error('not to be read')
    return this.lists
  }
}

const clock = createFakeClock()

const openStore = () =>
  openSqliteStore({ path: ':memory:', bus: createMemoryEventBus(), protectionBus: createMemoryEventBus(), clock })

const groupRow = fc.record({
  nativeId: fc.constantFrom('a', 'b', 'c'),
  state: fc.constantFrom('PROTECTED' as const, 'ERROR' as const),
  iops: fc.nat({ max: 2 }),
})
const machineRow = fc.record({
  name: fc.constantFrom('m', 'n', 'o'),
  groupNativeId: fc.constantFrom(null, 'a', 'b'),
  isReversed: fc.boolean(),
})
interface Rows {
  readonly groups: readonly Pick<ProtectionGroup, 'nativeId' | 'state' | 'iops'>[]
  readonly machines: readonly Pick<Replication, 'name' | 'groupNativeId' | 'isReversed'>[]
}

/** A list of some of the same few objects in any order; now and then the site cannot be read. */
const listed = fc.option(
  fc.record({
    groups: fc.uniqueArray(groupRow, { selector: ({ nativeId }) => nativeId }),
    machines: fc.uniqueArray(machineRow, { selector: ({ name }) => name }),
  }),
  { freq: 6 },
)

/** The same object for the same row, as a site gives that has not changed it. */
const keepByText = <R, T>(make: (row: R) => T): ((row: R) => T) => {
  const kept = new Map<string, T>()
  return (row) => {
    const text = JSON.stringify(row)
    const object = kept.get(text) ?? make(row)
    kept.set(text, object)
    return object
  }
}

const makeLists = () => {
  const { recovery, source, destination, settings } = sampleMachine('any')
  const parts = { recovery, source, destination }
  const toGroup = keepByText((row: Partial<ProtectionGroup>) => ({ ...sampleGroup(row), ...parts }))
  const toMachine = keepByText(({ name, ...row }: Pick<Replication, 'name' | 'groupNativeId' | 'isReversed'>) => ({
    ...sampleMachine(name, row),
    ...parts,
    settings,
  }))
  return ({ groups, machines }: Rows): Lists => ({
    groups: groups.map(toGroup),
    machines: machines.map(toMachine),
  })
}

const toWhat = (changes: readonly ProtectionChange[]): readonly unknown[] =>
  changes
    .map(({ id, kind, changedFields }) => ({ id, kind, changedFields }))
    .toSorted((one, other) => one.id.localeCompare(other.id))

it('tells of each look what it would tell without remembering the one before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(listed, { maxLength: 8 }), async (looks) => {
      await using store = await openStore()
      await using otherStore = await openStore()
      const site = new ChangingSite('boston')
      const feed = createSiteFeed(site, clock, () => {})
      const log = new ChangeLog({ feeds: [feed], log: store.protectionLog, clock, isReadHere: () => true })
      const toLists = makeLists()
      for (const look of looks) {
        site.lists = look === null ? null : toLists(look)
        await Promise.all([feed.report.get(0), feed.groups.get(0), feed.replications.get(0)])
        const forgetful = new ChangeLog({ feeds: [feed], log: otherStore.protectionLog, clock, isReadHere: () => true })
        expect(toWhat(await log.record())).toEqual(toWhat(await forgetful.record()))
      }
      const [states, others] = [await store.protectionLog.listStates(), await otherStore.protectionLog.listStates()]
      expect(new Set(states)).toEqual(new Set(others))
    }),
    { numRuns: 40 },
  )
})

it('tells nothing of what others have read, until it was read here', async () => {
  // C10: what others have read may be older than what they have written down.
  await using store = await openStore()
  const site = new ChangingSite('boston')
  const feed = createSiteFeed(site, clock, () => {})
  const toLists = makeLists()
  site.lists = toLists({ groups: [{ nativeId: 'a', state: 'PROTECTED', iops: 0 }], machines: [] })
  const lookNow = () => Promise.all([feed.report.get(0), feed.groups.get(0), feed.replications.get(0)])
  await lookNow()
  const former = new ChangeLog({ feeds: [feed], log: store.protectionLog, clock, isReadHere: () => true })
  expect(await former.record()).toHaveLength(1)
  site.lists = { groups: [], machines: [] }
  await lookNow()
  const tries = feed.groups.tries
  const isReadHere: ConstructorParameters<typeof ChangeLog>[0]['isReadHere'] = (read) => read.hasReadSince(tries)
  const log = new ChangeLog({ feeds: [feed], log: store.protectionLog, clock, isReadHere })
  expect(await log.record()).toEqual([])
  await lookNow()
  expect(await log.record()).toMatchObject([{ kind: 'REMOVED' }])
})
