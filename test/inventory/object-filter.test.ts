import { expect, it } from 'vitest'
import { toGlobalId } from '../../src/domain/global-id.ts'
import type { ReplicationEnd } from '../../src/domain/protection.ts'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import type { Replication } from '../../src/domain/replication.ts'
import type { Seen } from '../../src/inventory/merge-observations.ts'
import {
  toGroupOrdering,
  toGroupPredicate,
  toOrdering,
  toReplicationPredicate,
  type GroupFilter,
  type GroupOrderField,
  type ReplicationFilter,
} from '../../src/inventory/object-filter.ts'
import { toPage } from '../../src/inventory/paging.ts'

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

const noRecovery: ProtectionGroup['recovery'] = {
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
}
const noRpo: ProtectionGroup['rpo'] = {
  targetSeconds: null,
  actualSeconds: null,
  violationSeconds: null,
  verdict: 'NOT_MEASURED',
  lastSyncedAt: null,
}
const noStorage: ProtectionGroup['storage'] = { provisionedBytes: null, usedBytes: null, journalUsedBytes: null }

const toObject = (name: string) => ({
  id: name,
  vendor: 'ZERTO' as const,
  nativeId: name,
  name,
  description: null,
  purpose: 'PROTECTION' as const,
  source: toEnd('boston'),
  destination: toEnd('denver'),
  isReversed: false,
  state: 'PROTECTED' as const,
  vendorState: '',
  health: 'HEALTHY' as const,
  rpo: noRpo,
  sync: null,
  recovery: noRecovery,
  storage: noStorage,
  details: { vendor: 'ZERTO' as const },
  observations: [],
  conflicts: [],
  isStale: false,
})

const toGroup = (name: string, given: Partial<Seen<ProtectionGroup>> = {}): Seen<ProtectionGroup> => ({
  ...toObject(name),
  priority: null,
  vmCount: 1,
  lastTestedAt: null,
  throughputBytesPerSecond: null,
  iops: null,
  ...given,
})

const toReplication = (name: string, given: Partial<Seen<Replication>> = {}): Seen<Replication> => ({
  ...toObject(name),
  vm: {
    vendorId: name,
    platformIds: [],
    name,
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

const plain = toGroup('plain')

// One group that the filter lets through and that differs from the plain one in this alone.
it.each<[string, GroupFilter, Partial<Seen<ProtectionGroup>>]>([
  ['vendor', { vendors: ['VCDA'] }, { vendor: 'VCDA' }],
  ['site as source', { siteIds: ['lisbon'] }, { source: toEnd('lisbon') }],
  ['site as destination', { siteIds: ['lisbon'] }, { destination: toEnd('lisbon') }],
  ['source site', { sourceSiteIds: ['lisbon', 'oslo'] }, { source: toEnd('oslo') }],
  ['destination site', { destinationSiteIds: ['lisbon'] }, { destination: toEnd('lisbon') }],
  ['organisation at the source', { organizations: ['ACME'] }, { source: toEnd('boston', 'Acme') }],
  ['organisation at the destination', { organizations: ['acme'] }, { destination: toEnd('denver', 'ACME') }],
  ['purpose', { purposes: ['MIGRATION'] }, { purpose: 'MIGRATION' }],
  ['state', { states: ['PAUSED', 'ERROR'] }, { state: 'ERROR' }],
  ['health', { healths: ['CRITICAL'] }, { health: 'CRITICAL' }],
  ['verdict', { rpoVerdicts: ['VIOLATING'] }, { rpo: { ...noRpo, verdict: 'VIOLATING' } }],
  ['waiting', { isAwaitingDecision: true }, { recovery: { ...noRecovery, phase: 'AWAITING_COMMIT' } }],
  ['staleness', { isStale: true }, { isStale: true }],
  ['conflicts', { hasConflicts: true }, { conflicts: [{ field: 'state', values: [] }] }],
  ['part of the name', { nameContains: 'AYR' }, { name: 'Payroll' }],
  ['text in the name', { text: 'AYR' }, { name: 'Payroll' }],
  ['text in the description', { text: 'month' }, { description: 'Runs every MONTH' }],
  ['priority', { priorities: ['HIGH'] }, { priority: 'HIGH' }],
  ['running test', { isTestRunning: true }, { recovery: { ...noRecovery, isTestRunning: true } }],
  ['known test', { isTested: true }, { lastTestedAt: new Date(0) }],
])('lets a group through by its %s, and not another', (_what, filter, given) => {
  expect([plain, toGroup('wanted', given)].filter(toGroupPredicate(filter)).map(({ id }) => id)).toEqual(['wanted'])
})

it.each<[GroupFilter, Partial<Seen<ProtectionGroup>>]>([
  [{ isAwaitingDecision: false }, { recovery: { ...noRecovery, phase: 'AWAITING_COMMIT' } }],
  [{ isStale: false }, { isStale: true }],
  [{ hasConflicts: false }, { conflicts: [{ field: 'state', values: [] }] }],
  [{ isTestRunning: false }, { recovery: { ...noRecovery, isTestRunning: true } }],
  [{ isTested: false }, { lastTestedAt: new Date(0) }],
])('turns the question round with %o', (filter, given) => {
  expect([plain, toGroup('other', given)].filter(toGroupPredicate(filter))).toEqual([plain])
})

const at = (day: string): Date => new Date(`2026-03-${day}T00:00:00Z`)

it('counts a group without a known test as not tested since, and one tested at that moment as tested', () => {
  const groups = [
    toGroup('before', { lastTestedAt: at('01') }),
    toGroup('then', { lastTestedAt: at('02') }),
    toGroup('after', { lastTestedAt: at('03') }),
    toGroup('unknown'),
  ]
  const idsOf = (filter: GroupFilter) => groups.filter(toGroupPredicate(filter)).map(({ id }) => id)
  expect(idsOf({ testedBefore: at('02') })).toEqual(['before', 'unknown'])
  expect(idsOf({ testedBefore: at('02'), isTested: true })).toEqual(['before'])
})

it('asks that all that is given matches, and takes null and nothing for anything', () => {
  const both = toGroup('both', { state: 'PAUSED', health: 'WARNING' })
  const groups = [plain, toGroup('one', { state: 'PAUSED' }), both]
  expect(groups.filter(toGroupPredicate({ states: ['PAUSED'], healths: ['WARNING'] }))).toEqual([both])
  expect(groups.filter(toGroupPredicate({ states: null, isStale: null, testedBefore: undefined }))).toEqual(groups)
  expect(groups.filter(toGroupPredicate({ states: [] }))).toEqual([])
})

const idOf = (nativeId: string): string => toGlobalId('ProtectionGroup', 'ZERTO', nativeId)

it('finds the members of a group by its id, of that vendor alone, and machines that are replicated alone', () => {
  const replications = [
    toReplication('member', { groupNativeId: 'g1' }),
    toReplication('namesake', { vendor: 'VCDA', groupNativeId: 'g1' }),
    toReplication('other', { groupNativeId: 'g2' }),
    toReplication('alone'),
  ]
  const idsOf = (filter: ReplicationFilter) => replications.filter(toReplicationPredicate(filter)).map(({ id }) => id)
  expect(idsOf({ groupIds: [idOf('g1')] })).toEqual(['member'])
  expect(idsOf({ groupIds: [idOf('g1'), idOf('g2')] })).toEqual(['member', 'other'])
  expect(idsOf({ groupIds: ['nonsense', toGlobalId('Replication', 'ZERTO', 'g1')] })).toEqual([])
  expect(idsOf({ isGrouped: true })).toEqual(['member', 'namesake', 'other'])
  expect(idsOf({ isGrouped: false })).toEqual(['alone'])
  expect(idsOf({ isGrouped: true, vendors: ['VCDA'] })).toEqual(['namesake'])
})

const seenAt = (ms: number): Seen<ProtectionGroup>['observations'] => [
  { siteId: 's', siteName: 's', role: 'SOURCE', observedAt: new Date(ms) },
  { siteId: 't', siteName: 't', role: 'DESTINATION', observedAt: new Date(0) },
]

// The groups stand in the ascending order; the ids would put them the other way round.
it.each<[GroupOrderField, readonly Partial<Seen<ProtectionGroup>>[]]>([
  ['NAME', [{ name: 'alpha' }, { name: 'Beta' }, { name: 'gamma' }]],
  ['HEALTH', [{ health: 'CRITICAL' }, { health: 'UNKNOWN' }, { health: 'WARNING' }, { health: 'HEALTHY' }]],
  ['RPO', [{ rpo: { ...noRpo, actualSeconds: 5 } }, { rpo: { ...noRpo, actualSeconds: 40 } }, {}]],
  ['RPO_VIOLATION', [{ rpo: { ...noRpo, violationSeconds: 0 } }, { rpo: { ...noRpo, violationSeconds: 9 } }, {}]],
  [
    'STORAGE',
    [
      {},
      { storage: { ...noStorage, usedBytes: 0, provisionedBytes: 900 } },
      { storage: { ...noStorage, provisionedBytes: 20 } },
      { storage: { ...noStorage, usedBytes: 100 } },
    ],
  ],
  ['UPDATED', [{ observations: seenAt(5) }, { observations: seenAt(6) }]],
  ['LAST_TEST', [{}, { lastTestedAt: new Date(0) }, { lastTestedAt: new Date(7) }]],
])('sorts groups by %s, either way', (field, given) => {
  const groups = given.map((members, index) => toGroup(`plain ${9 - index}`, members))
  const nodesOf = (isDescending: boolean) =>
    toPage(groups.toReversed(), toGroupOrdering(field, isDescending), { first: 500, after: null }).nodes
  expect(nodesOf(false)).toEqual(groups)
  expect(nodesOf(true)).toEqual(groups.toReversed())
})

it('puts equals in the order of their ids', () => {
  const groups = ['b', 'c', 'a'].map((id) => toGroup('same', { id }))
  const { nodes } = toPage(groups, toGroupOrdering('NAME', false), { first: 500, after: null })
  expect(nodes.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

// D6
it('does not take a cursor of the one list for one of the other', () => {
  const { endCursor } = toPage([plain], toGroupOrdering('NAME', false), { first: 1, after: null }).pageInfo
  expect(() => toPage([toReplication('vm')], toOrdering('NAME', false), { first: 1, after: endCursor })).toThrow(
    /after/,
  )
})
