import type { Health, ProtectedObject, ProtectionState, StorageUse } from '../domain/protection.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Replication } from '../domain/replication.ts'
import type { RpoVerdict } from '../domain/rpo.ts'
import { judgeTest, testAgeDays, toAgeDays, toLater, toTestAgeSpan, type TestVerdict } from '../domain/test-age.ts'
import type { Vendor } from '../domain/vendor.ts'
import { keptBy } from '../std/kept-by.ts'
import type { Seen } from './merge-observations.ts'
import { toGroupPredicate, toReplicationPredicate, type GroupFilter } from './object-filter.ts'

/** What is recovered by itself: a group, or a machine that is in none. */
export type OverviewTarget = Seen<ProtectionGroup> | Seen<Replication>

/** How much there is of something. Bytes are null where no vendor tells any. */
export interface ProtectionTotals {
  /** Groups and lone machines together. */
  readonly targetCount: number
  readonly groupCount: number
  /** Machines of the groups and lone ones; one that is protected twice counts twice. */
  readonly vmCount: number
  /** Targets whose health is anything but HEALTHY. */
  readonly unhealthyCount: number
  readonly storage: StorageUse
}

export interface RpoCompliance {
  readonly counts: Readonly<Record<RpoVerdict, number>>
  /** Of those that have a figure or have never been transferred, how many meet their objective; null for none of them. */
  readonly percentMeeting: number | null
}

export interface TestCompliance {
  readonly counts: Readonly<Record<TestVerdict, number>>
  /** How many last tests are so old, by the spans of {@link testAgeDays}, and in one more what is older. */
  readonly byAge: readonly number[]
  /** Of those that have one, the last test that is longest ago. */
  readonly oldest: { readonly target: OverviewTarget; readonly testedAt: Date } | null
}

/** Everything about many targets in one look, counted from lists that are there anyway. */
export interface ProtectionOverview {
  readonly targets: readonly OverviewTarget[]
  /** Of the looks that are counted, the longest ago; null when nothing matches. */
  readonly asOf: Date | null
  readonly totals: ProtectionTotals
  readonly byVendor: ReadonlyMap<Vendor, ProtectionTotals>
  /** By the global id of the site that they run at. */
  readonly bySource: ReadonlyMap<string, ProtectionTotals>
  /** By the global id of the site that they are recovered to. */
  readonly byDestination: ReadonlyMap<string, ProtectionTotals>
  readonly byHealth: ReadonlyMap<Health, number>
  readonly byState: ReadonlyMap<ProtectionState, number>
  readonly rpo: RpoCompliance
  readonly tests: TestCompliance
  readonly awaitingDecision: readonly OverviewTarget[]
}

/** What is counted, and by which rules. */
export interface OverviewInput {
  readonly groups: ReadonlyMap<string, Seen<ProtectionGroup>>
  readonly replications: ReadonlyMap<string, Seen<Replication>>
  readonly filter: GroupFilter
  /** By global id, the end of the last test that was done from here. */
  readonly ownTests: ReadonlyMap<string, Date>
  readonly testIntervalDays: number
}

const isGroup = (target: OverviewTarget): target is Seen<ProtectionGroup> => 'vmCount' in target

/** When a target was last looked at. */
export const toObservedAt = ({ observations }: Pick<Seen<ProtectedObject>, 'observations'>): Date =>
  observations[0]?.observedAt ?? new Date(0)

/** The end of the newest test that is known of a target, of the vendor or of this gateway. */
export const toLastTestedAt = (target: OverviewTarget, ownTests: OverviewInput['ownTests']): Date | null =>
  toLater(isGroup(target) ? target.lastTestedAt : null, ownTests.get(target.id) ?? null)

/** Of nothing. */
export const noTotals: ProtectionTotals = {
  targetCount: 0,
  groupCount: 0,
  vmCount: 0,
  unhealthyCount: 0,
  storage: { provisionedBytes: null, usedBytes: null, journalUsedBytes: null },
}

const sum = (known: number | null, more: number | null): number | null => (more === null ? known : (known ?? 0) + more)

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

class TotalsCount {
  #targetCount = 0
  #groupCount = 0
  #vmCount = 0
  #unhealthyCount = 0
  readonly #storage: Mutable<StorageUse> = { provisionedBytes: null, usedBytes: null, journalUsedBytes: null }

  add(target: OverviewTarget): void {
    this.#targetCount += 1
    if (isGroup(target)) this.#groupCount += 1
    this.#vmCount += isGroup(target) ? target.vmCount : 1
    if (target.health !== 'HEALTHY') this.#unhealthyCount += 1
    const { provisionedBytes, usedBytes, journalUsedBytes } = target.storage
    const storage = this.#storage
    storage.provisionedBytes = sum(storage.provisionedBytes, provisionedBytes)
    storage.usedBytes = sum(storage.usedBytes, usedBytes)
    storage.journalUsedBytes = sum(storage.journalUsedBytes, journalUsedBytes)
  }

  addJournal(bytes: number): void {
    this.#storage.journalUsedBytes = sum(this.#storage.journalUsedBytes, bytes)
  }

  toTotals(): ProtectionTotals {
    return {
      targetCount: this.#targetCount,
      groupCount: this.#groupCount,
      vmCount: this.#vmCount,
      unhealthyCount: this.#unhealthyCount,
      storage: { ...this.#storage },
    }
  }
}

class TotalsBy<K> {
  readonly #counts = new Map<K, TotalsCount>()

  of(key: K): TotalsCount {
    const count = this.#counts.get(key) ?? new TotalsCount()
    this.#counts.set(key, count)
    return count
  }

  toMap(): ReadonlyMap<K, ProtectionTotals> {
    return new Map([...this.#counts].map(([key, count]) => [key, count.toTotals()]))
  }
}

const increment = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const toRpoCompliance = (found: ReadonlyMap<RpoVerdict, number>): RpoCompliance => {
  const count = (verdict: RpoVerdict): number => found.get(verdict) ?? 0
  const counts = {
    MEETING: count('MEETING'),
    VIOLATING: count('VIOLATING'),
    NEVER_SYNCED: count('NEVER_SYNCED'),
    NOT_MEASURED: count('NOT_MEASURED'),
  }
  const judged = counts.MEETING + counts.VIOLATING + counts.NEVER_SYNCED
  return { counts, percentMeeting: judged === 0 ? null : (100 * counts.MEETING) / judged }
}

class TestCount {
  readonly #input: OverviewInput
  readonly #counts: Record<TestVerdict, number> = { IN_TIME: 0, OVERDUE: 0, NEVER: 0 }
  readonly #byAge = Array.from({ length: testAgeDays.length + 1 }, () => 0)
  #oldest: TestCompliance['oldest'] = null

  constructor(input: OverviewInput) {
    this.#input = input
  }

  add(target: OverviewTarget, at: Date): void {
    const testedAt = toLastTestedAt(target, this.#input.ownTests)
    this.#counts[judgeTest(testedAt, at, this.#input.testIntervalDays)] += 1
    if (testedAt === null) return
    const span = toTestAgeSpan(toAgeDays(testedAt, at))
    this.#byAge[span] = (this.#byAge[span] ?? 0) + 1
    if (this.#oldest === null || testedAt < this.#oldest.testedAt) this.#oldest = { target, testedAt }
  }

  toCompliance(): TestCompliance {
    return { counts: this.#counts, byAge: this.#byAge, oldest: this.#oldest }
  }
}

const groupOnly = ['priorities', 'isTestRunning', 'isTested', 'testedBefore'] as const satisfies (keyof GroupFilter)[]

/** A filter that asks for what only groups have leaves no lone machine. */
const asksForGroups = (filter: GroupFilter): boolean =>
  groupOnly.some((name) => filter[name] !== null && filter[name] !== undefined)

const listTargets = ({ groups, replications, filter }: OverviewInput): readonly OverviewTarget[] => {
  const isWantedGroup = toGroupPredicate(filter)
  const targets: OverviewTarget[] = []
  for (const group of groups.values()) if (isWantedGroup(group)) targets.push(group)
  if (asksForGroups(filter)) return targets
  const isWantedMachine = toReplicationPredicate(filter)
  for (const machine of replications.values()) {
    if (machine.groupNativeId === null && isWantedMachine(machine)) targets.push(machine)
  }
  return targets
}

/** What the recovery points of members take, of the groups that do not tell it themselves. */
const listMemberJournals = (
  targets: readonly OverviewTarget[],
  replications: OverviewInput['replications'],
): readonly { readonly group: OverviewTarget; readonly bytes: number }[] => {
  const groups = new Map<Vendor, Map<string, OverviewTarget>>()
  for (const target of targets) {
    if (!isGroup(target) || target.storage.journalUsedBytes !== null) continue
    const ofVendor = groups.get(target.vendor) ?? new Map<string, OverviewTarget>()
    groups.set(target.vendor, ofVendor.set(target.nativeId, target))
  }
  const journals: { readonly group: OverviewTarget; readonly bytes: number }[] = []
  for (const { vendor, groupNativeId, storage } of replications.values()) {
    if (groupNativeId === null || storage.journalUsedBytes === null) continue
    const group = groups.get(vendor)?.get(groupNativeId)
    if (group !== undefined) journals.push({ group, bytes: storage.journalUsedBytes })
  }
  return journals
}

/** Counts everything that matches, in one pass. Pure: the same lists give the same answer, however late it is asked for. */
export const toOverview = (input: OverviewInput): ProtectionOverview => {
  const targets = listTargets(input)
  const [totals, tests] = [new TotalsCount(), new TestCount(input)]
  const [byVendor, bySource, byDestination] = [new TotalsBy<Vendor>(), new TotalsBy<string>(), new TotalsBy<string>()]
  const [byHealth, byState] = [new Map<Health, number>(), new Map<ProtectionState, number>()]
  const rpo = new Map<RpoVerdict, number>()
  const awaitingDecision: OverviewTarget[] = []
  let asOf: Date | null = null
  for (const target of targets) {
    totals.add(target)
    byVendor.of(target.vendor).add(target)
    bySource.of(target.source.siteId).add(target)
    byDestination.of(target.destination.siteId).add(target)
    increment(byHealth, target.health)
    increment(byState, target.state)
    increment(rpo, target.rpo.verdict)
    if (target.recovery.phase === 'AWAITING_COMMIT') awaitingDecision.push(target)
    const observedAt = toObservedAt(target)
    tests.add(target, observedAt)
    if (asOf === null || observedAt < asOf) asOf = observedAt
  }
  for (const { group, bytes } of listMemberJournals(targets, input.replications)) {
    const { vendor, source, destination } = group
    const counts = [totals, byVendor.of(vendor), bySource.of(source.siteId), byDestination.of(destination.siteId)]
    for (const count of counts) count.addJournal(bytes)
  }
  return {
    targets,
    asOf,
    totals: totals.toTotals(),
    byVendor: byVendor.toMap(),
    bySource: bySource.toMap(),
    byDestination: byDestination.toMap(),
    byHealth,
    byState,
    rpo: toRpoCompliance(rpo),
    tests: tests.toCompliance(),
    awaitingDecision,
  }
}

const sortedWorst = keptBy(({ targets }: ProtectionOverview) =>
  targets
    .filter(({ rpo }) => rpo.verdict === 'VIOLATING')
    .toSorted((one, other) => (other.rpo.violationSeconds ?? 0) - (one.rpo.violationSeconds ?? 0)),
)

/** Those that miss their objective by the most, the worst first. What was never transferred is not late. */
export const listWorst = (overview: ProtectionOverview, count: number): readonly OverviewTarget[] =>
  sortedWorst(overview).slice(0, count)

/** Overviews by what they were counted from: an equal question about the same lists costs nothing. */
export class KeptOverviews {
  /** How many filters are kept of one version of the lists. */
  static readonly #most = 64
  readonly #kept = new WeakMap<
    OverviewInput['groups'],
    { readonly input: OverviewInput; readonly byFilter: Map<string, ProtectionOverview> }
  >()

  /** @param input Its maps are not changed any more: another version is another map. */
  of(input: OverviewInput): ProtectionOverview {
    const { groups, replications, ownTests, testIntervalDays } = input
    const last = this.#kept.get(groups)
    const isSame =
      last?.input.replications === replications &&
      last.input.ownTests === ownTests &&
      last.input.testIntervalDays === testIntervalDays
    const byFilter = isSame ? last.byFilter : new Map<string, ProtectionOverview>()
    if (!isSame) this.#kept.set(groups, { input, byFilter })
    const key = JSON.stringify(input.filter)
    const overview = byFilter.get(key) ?? toOverview(input)
    if (byFilter.size < KeptOverviews.#most) byFilter.set(key, overview)
    return overview
  }
}
