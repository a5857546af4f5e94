import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { healths, protectionStates, type ProtectedObject, type ReplicationEnd } from '../../src/domain/protection.ts'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import type { Replication } from '../../src/domain/replication.ts'
import { rpoVerdicts } from '../../src/domain/rpo.ts'
import { vendors } from '../../src/domain/vendor.ts'
import { findDoubleProtections } from '../../src/inventory/double-protections.ts'
import type { Seen } from '../../src/inventory/merge-observations.ts'
import { KeptOverviews, listWorst, toOverview, type OverviewInput } from '../../src/inventory/overview.ts'

const dayMs = 86_400_000
const at = new Date('2026-06-01T00:00:00Z')
const daysBefore = (days: number): Date => new Date(at.getTime() - days * dayMs)

const toEnd = (siteId: string, organization: string | null = null): ReplicationEnd => ({
  siteId,
  siteName: siteId,
  organization,
  datacenter: null,
  vApp: null,
  hypervisor: null,
  datastore: null,
  storageProfile: null,
})

const toObject = (id: string): Seen<ProtectedObject> => ({
  id,
  vendor: 'ZERTO',
  nativeId: id,
  name: id,
  description: null,
  purpose: 'PROTECTION',
  source: toEnd('boston'),
  destination: toEnd('london'),
  isReversed: false,
  state: 'PROTECTED',
  vendorState: '',
  health: 'HEALTHY',
  rpo: { targetSeconds: null, actualSeconds: null, violationSeconds: null, verdict: 'MEETING', lastSyncedAt: null },
  sync: null,
  recovery: {
    phase: 'NONE',
    pending: null,
    isTestRunning: false,
    testStage: null,
    isPaused: false,
    isBlockedBySync: false,
    hasRecoveryPoint: null,
    since: null,
    commitPolicy: null,
    autoDecisionAt: null,
    recoveryPointNativeId: null,
  },
  storage: { provisionedBytes: null, usedBytes: null, journalUsedBytes: null },
  details: { vendor: 'ZERTO' },
  observations: [{ siteId: 'boston', siteName: 'boston', role: 'SOURCE', observedAt: at }],
  conflicts: [],
  isStale: false,
})

const toGroup = (id: string, given: Partial<Seen<ProtectionGroup>> = {}): Seen<ProtectionGroup> => ({
  ...toObject(id),
  priority: null,
  vmCount: 1,
  lastTestedAt: null,
  throughputBytesPerSecond: null,
  iops: null,
  ...given,
})

const toMachine = (id: string, given: Partial<Seen<Replication>> = {}): Seen<Replication> => ({
  ...toObject(id),
  vm: {
    vendorId: id,
    platformIds: [],
    name: id,
    description: null,
    computerName: null,
    guestOs: null,
    hardwareVersion: null,
    cpuCount: null,
    memoryBytes: null,
    startup: null,
  },
  groupNativeId: null,
  settings: {
    rpoSeconds: null,
    isQuiesced: null,
    retentionRules: [],
    journalHistorySeconds: null,
    slaProfileName: null,
  },
  latestRecoveryPoint: null,
  ...given,
})

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]))

const toInput = (
  groups: readonly Seen<ProtectionGroup>[],
  machines: readonly Seen<Replication>[] = [],
  given: Partial<OverviewInput> = {},
): OverviewInput => ({
  groups: byId(groups),
  replications: byId(machines),
  filter: {},
  ownTests: new Map(),
  testIntervalDays: 182,
  ...given,
})

const rpoOf = (verdict: (typeof rpoVerdicts)[number], violationSeconds: number | null = null) => ({
  ...toObject('').rpo,
  verdict,
  violationSeconds,
})

const seen = (observedAt: Date) => ({
  observations: [{ siteId: 's', siteName: 's', role: 'SOURCE' as const, observedAt }],
})
const total = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + count, 0)

const journal = (journalUsedBytes: number) => ({ ...toObject('').storage, journalUsedBytes })

describe('an overview', () => {
  it('counts groups, and machines that are in none, but not the members of a group', () => {
    const input = toInput(
      [toGroup('g', { vmCount: 2 })],
      [toMachine('m1', { groupNativeId: 'g' }), toMachine('m2', { groupNativeId: 'g' }), toMachine('alone')],
    )
    expect(toOverview(input).totals).toMatchObject({ targetCount: 2, groupCount: 1, vmCount: 3 })
  })

  it('counts what runs at a site apart from what is recovered to it', () => {
    const back = { source: toEnd('london'), destination: toEnd('boston'), vmCount: 5 }
    const { bySource, byDestination } = toOverview(toInput([toGroup('a'), toGroup('b', back)]))
    expect(bySource.get('london')?.vmCount).toBe(5)
    expect(byDestination.get('london')?.vmCount).toBe(1)
  })

  it('tells storage that no vendor tells from none', () => {
    const storage = { provisionedBytes: 10, usedBytes: null, journalUsedBytes: 0 }
    const { totals } = toOverview(toInput([toGroup('a', { storage }), toGroup('b', { storage }), toGroup('c')]))
    expect(totals.storage).toEqual({ provisionedBytes: 20, usedBytes: null, journalUsedBytes: 0 })
  })

  it('takes what recovery points take from the machines of a group that does not tell it', () => {
    const input = toInput(
      [toGroup('silent'), toGroup('tells', { storage: journal(100) }), toGroup('other', { source: toEnd('paris') })],
      [
        toMachine('m1', { groupNativeId: 'silent', storage: journal(1) }),
        toMachine('m2', { groupNativeId: 'silent', storage: journal(2) }),
        toMachine('m3', { groupNativeId: 'tells', storage: journal(50) }),
        toMachine('m4', { groupNativeId: 'other' }),
        toMachine('m5', { groupNativeId: 'gone', storage: journal(7) }),
      ],
    )
    const { totals, bySource } = toOverview(input)
    expect(totals.storage.journalUsedBytes).toBe(103)
    expect(bySource.get('boston')?.storage.journalUsedBytes).toBe(103)
    expect(bySource.get('paris')?.storage.journalUsedBytes).toBeNull()
  })

  it('reckons compliance without what was not measured, and with what was never transferred', () => {
    const verdicts = ['MEETING', 'MEETING', 'VIOLATING', 'NEVER_SYNCED', 'NOT_MEASURED'] as const
    const groups = verdicts.map((verdict, index) => toGroup(`g${index}`, { rpo: rpoOf(verdict) }))
    const { rpo } = toOverview(toInput(groups))
    expect(rpo.counts).toEqual({ MEETING: 2, VIOLATING: 1, NEVER_SYNCED: 1, NOT_MEASURED: 1 })
    expect(rpo.percentMeeting).toBe(50)
    expect(toOverview(toInput([])).rpo.percentMeeting).toBeNull()
  })

  it('lists those first that miss their objective by the most', () => {
    const groups = [
      toGroup('late', { rpo: rpoOf('VIOLATING', 5) }),
      toGroup('never', { rpo: rpoOf('NEVER_SYNCED') }),
      toGroup('later', { rpo: rpoOf('VIOLATING', 50) }),
      toGroup('unknown', { rpo: rpoOf('VIOLATING') }),
    ]
    const overview = toOverview(toInput(groups))
    expect(listWorst(overview, 2).map(({ id }) => id)).toEqual(['later', 'late'])
    expect(listWorst(overview, 9).map(({ id }) => id)).toEqual(['later', 'late', 'unknown'])
  })

  it('takes the later of the test that the vendor tells and the one that was done from here', () => {
    const groups = [
      toGroup('here later', { lastTestedAt: daysBefore(300) }),
      toGroup('there later', { lastTestedAt: daysBefore(1) }),
      toGroup('only here'),
      toGroup('overdue', { lastTestedAt: daysBefore(200) }),
      toGroup('never'),
    ]
    const ownTests = new Map([
      ['here later', daysBefore(20)],
      ['there later', daysBefore(40)],
      ['only here', daysBefore(80)],
    ])
    const { tests } = toOverview(toInput(groups, [], { ownTests }))
    expect(tests.counts).toEqual({ IN_TIME: 3, OVERDUE: 1, NEVER: 1 })
    expect(tests.byAge).toEqual([1, 1, 1, 0, 1, 0])
    expect(tests.oldest).toMatchObject({ target: { id: 'overdue' }, testedAt: daysBefore(200) })
  })

  it('is as of the look that is longest ago', () => {
    const groups = [toGroup('a', seen(at)), toGroup('b', seen(daysBefore(1)))]
    expect(toOverview(toInput(groups)).asOf).toEqual(daysBefore(1))
    expect(toOverview(toInput([])).asOf).toBeNull()
  })

  it('leaves lone machines out where the filter asks for what only groups have', () => {
    const count = (filter: OverviewInput['filter']) =>
      toOverview(toInput([toGroup('g', { lastTestedAt: at })], [toMachine('m')], { filter })).targets.length
    expect(count({})).toBe(2)
    expect(count({ nameContains: 'M' })).toBe(1)
    expect(count({ isTested: true })).toBe(1)
    expect(count({ testedBefore: at })).toBe(0)
  })

  it('adds up in every way it is split, whatever there is', () => {
    const target = fc.record({
      vendor: fc.constantFrom(...vendors),
      state: fc.constantFrom(...protectionStates),
      health: fc.constantFrom(...healths),
      verdict: fc.constantFrom(...rpoVerdicts),
      source: fc.constantFrom('a', 'b', 'c'),
      destination: fc.constantFrom('a', 'b', 'c'),
      testedDaysAgo: fc.option(fc.nat(1000)),
      vmCount: fc.option(fc.nat(9)),
    })
    fc.assert(
      fc.property(fc.array(target), (given) => {
        const made = given.map(({ verdict, source, destination, testedDaysAgo, vmCount, ...rest }, index) => {
          const ends = { source: toEnd(source), destination: toEnd(destination), rpo: rpoOf(verdict) }
          const lastTestedAt = testedDaysAgo === null ? null : daysBefore(testedDaysAgo)
          return vmCount === null
            ? toMachine(`m${index}`, { ...rest, ...ends })
            : toGroup(`g${index}`, { ...rest, ...ends, vmCount, lastTestedAt })
        })
        const groups = made.filter((one) => 'vmCount' in one)
        const machines = made.filter((one): one is Seen<Replication> => !('vmCount' in one))
        const overview = toOverview(toInput(groups, machines))
        const { totals, tests } = overview
        const counts = {
          vendor: total([...overview.byVendor.values()].map(({ targetCount }) => targetCount)),
          source: total([...overview.bySource.values()].map(({ targetCount }) => targetCount)),
          destination: total([...overview.byDestination.values()].map(({ targetCount }) => targetCount)),
          health: total(overview.byHealth.values()),
          state: total(overview.byState.values()),
          rpo: total(Object.values(overview.rpo.counts)),
          tests: total(Object.values(tests.counts)),
          ages: total(tests.byAge) + tests.counts.NEVER,
        }
        expect(new Set([...Object.values(counts), totals.targetCount])).toEqual(new Set([given.length]))
        const sizes = given.map(({ vmCount }) => vmCount ?? 1)
        expect(totals).toMatchObject({ groupCount: groups.length, vmCount: total(sizes) })
        expect(total([...overview.bySource.values()].map(({ vmCount }) => vmCount))).toBe(totals.vmCount)
      }),
    )
  })
})

describe('kept overviews', () => {
  it('count once for the same lists, tests, interval and filter, and anew for others', () => {
    const kept = new KeptOverviews()
    const input = toInput([toGroup('g')])
    const first = kept.of(input)
    expect(kept.of({ ...input })).toBe(first)
    const narrow = { ...input, filter: { vendors: ['VCDA'] as const } }
    expect(kept.of(narrow).targets).toEqual([])
    expect(kept.of({ ...input, filter: {} })).toBe(first)
    const tested = kept.of({ ...input, ownTests: new Map([['g', at]]) })
    expect(tested.tests.counts.IN_TIME).toBe(1)
    expect(kept.of({ ...input, groups: new Map(input.groups) })).not.toBe(first)
    // The interval follows the configuration while the gateway runs.
    expect(kept.of({ ...input, testIntervalDays: input.testIntervalDays + 1 })).not.toBe(first)
  })

  it('stay right when more filters are asked for than are kept', () => {
    const kept = new KeptOverviews()
    const input = toInput([toGroup('g7'), toGroup('g99')])
    for (let index = 0; index < 100; index += 1) {
      const found = kept.of({ ...input, filter: { nameContains: `g${index}` } }).targets.length
      expect([index, found]).toEqual([index, [7, 9, 99].includes(index) ? 1 : 0])
    }
  })
})

describe('double protections', () => {
  it('are each shown once, only between two products, with what tells it', () => {
    const vm = (name: string, platformIds: readonly string[]) => ({ ...toMachine('').vm, name, platformIds })
    const machines = byId([
      toMachine('z1', { vm: vm('web', ['vcenter:1/vm-1']) }),
      toMachine('z2', { vm: vm('web', ['vcenter:1/vm-1']) }),
      toMachine('v1', { vendor: 'VCDA', vm: vm('other', ['vcenter:1/vm-1']) }),
      toMachine('z3', { source: toEnd('boston', 'acme'), vm: vm('DB', []) }),
      toMachine('v2', { vendor: 'VCDA', source: toEnd('cloud', 'ACME'), vm: vm('db', []) }),
      toMachine('v3', { vendor: 'VCDA', vm: vm('lonely', []) }),
    ])
    const pairs = findDoubleProtections(machines).map(({ one, other, knownBy }) => [one.id, other.id, knownBy])
    expect(pairs).toEqual([
      ['z1', 'v1', 'PLATFORM_ID'],
      ['z2', 'v1', 'PLATFORM_ID'],
      ['z3', 'v2', 'NAME_AND_ORGANIZATION'],
    ])
  })
})
