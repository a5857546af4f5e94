import { parseGlobalId } from '../domain/global-id.ts'
import type { Health, Priority, ProtectedObject, ProtectionState, ReplicationPurpose } from '../domain/protection.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Replication } from '../domain/replication.ts'
import type { RpoVerdict } from '../domain/rpo.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { Seen } from './merge-observations.ts'
import type { Ordering } from './paging.ts'

/** What a list is narrowed by, as clients give it: a member that is left out or null matches everything. */
type Narrowing<T> = { readonly [K in keyof T]?: T[K] | null | undefined }

/** Every given member must match. A list matches what equals one of its values, so an empty one matches nothing. */
type ObjectFilter = Narrowing<{
  vendors: readonly Vendor[]
  /** Global ids of sites, at either end. */
  siteIds: readonly string[]
  /** Global ids. */
  sourceSiteIds: readonly string[]
  /** Global ids. */
  destinationSiteIds: readonly string[]
  /** Names, at either end, in any case. */
  organizations: readonly string[]
  purposes: readonly ReplicationPurpose[]
  states: readonly ProtectionState[]
  healths: readonly Health[]
  rpoVerdicts: readonly RpoVerdict[]
  isAwaitingDecision: boolean
  isStale: boolean
  hasConflicts: boolean
  /** Part of the name, in any case. */
  nameContains: string
  /** Part of the name or of the description, in any case. */
  text: string
}>

export type GroupFilter = ObjectFilter &
  Narrowing<{
    priorities: readonly Priority[]
    isTestRunning: boolean
    /** Whether there is a test that is known. */
    isTested: boolean
    /** The last test ended before this, or none is known. */
    testedBefore: Date
  }>

export type ReplicationFilter = ObjectFilter &
  Narrowing<{
    /** Global ids. */
    groupIds: readonly string[]
    isGrouped: boolean
  }>

type Test<T> = (object: T) => boolean

/** For each member of a filter, what it means. */
type Criteria<F, T> = { readonly [K in keyof F]-?: (wanted: NonNullable<F[K]>) => Test<T> }

const isOneOf =
  <V, T>(read: (object: T) => V) =>
  (wanted: readonly V[]): Test<T> => {
    const [only] = wanted
    if (only !== undefined && wanted.length === 1) return (object) => read(object) === only
    const values = new Set(wanted)
    return (object) => values.has(read(object))
  }

const is =
  <T>(read: Test<T>) =>
  (wanted: boolean): Test<T> =>
  (object) =>
    read(object) === wanted

/** Whether a text is there and has this in it, in any case. */
const toFinder = (wanted: string): ((text: string | null) => boolean) => {
  const part = wanted.toLowerCase()
  return (text) => text !== null && text.toLowerCase().includes(part)
}

const objectCriteria: Criteria<ObjectFilter, Seen<ProtectedObject>> = {
  vendors: isOneOf(({ vendor }) => vendor),
  siteIds: (wanted) => {
    const ids = new Set(wanted)
    return ({ source, destination }) => ids.has(source.siteId) || ids.has(destination.siteId)
  },
  sourceSiteIds: isOneOf(({ source }) => source.siteId),
  destinationSiteIds: isOneOf(({ destination }) => destination.siteId),
  organizations: (wanted) => {
    const names = new Set(wanted.map((name) => name.toLowerCase()))
    const isWanted = (name: string | null): boolean => name !== null && names.has(name.toLowerCase())
    return ({ source, destination }) => isWanted(source.organization) || isWanted(destination.organization)
  },
  purposes: isOneOf(({ purpose }) => purpose),
  states: isOneOf(({ state }) => state),
  healths: isOneOf(({ health }) => health),
  rpoVerdicts: isOneOf(({ rpo }) => rpo.verdict),
  isAwaitingDecision: is(({ recovery }) => recovery.phase === 'AWAITING_COMMIT'),
  isStale: is(({ isStale }) => isStale),
  hasConflicts: is(({ conflicts }) => conflicts.length > 0),
  nameContains: (wanted) => {
    const isIn = toFinder(wanted)
    return ({ name }) => isIn(name)
  },
  text: (wanted) => {
    const isIn = toFinder(wanted)
    return ({ name, description }) => isIn(name) || isIn(description)
  },
}

const groupCriteria: Criteria<GroupFilter, Seen<ProtectionGroup>> = {
  ...objectCriteria,
  priorities: isOneOf<Priority | null, Seen<ProtectionGroup>>(({ priority }) => priority),
  isTestRunning: is(({ recovery }) => recovery.isTestRunning),
  isTested: is(({ lastTestedAt }) => lastTestedAt !== null),
  testedBefore:
    (wanted) =>
    ({ lastTestedAt }) =>
      lastTestedAt === null || lastTestedAt < wanted,
}

const replicationCriteria: Criteria<ReplicationFilter, Seen<Replication>> = {
  ...objectCriteria,
  groupIds: (wanted) => {
    // Ids are taken apart once here: making one for each object would cost more than all else.
    const keys = wanted.map(parseGlobalId).filter((key) => key?.kind === 'ProtectionGroup')
    const groups = new Set(keys.map((key) => `${key?.vendor}:${key?.nativeId}`))
    return ({ vendor, groupNativeId }) => groupNativeId !== null && groups.has(`${vendor}:${groupNativeId}`)
  },
  isGrouped: is(({ groupNativeId }) => groupNativeId !== null),
}

const toPredicate = <F extends object, T>(criteria: Criteria<F, T>, filter: F): Test<T> => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets the keys of a record
  const names = Object.keys(criteria) as (keyof F)[]
  const tests = names.flatMap((name): readonly Test<T>[] => {
    const wanted = filter[name]
    return wanted === null || wanted === undefined ? [] : [criteria[name](wanted)]
  })
  const [only] = tests
  return only !== undefined && tests.length === 1 ? only : (object) => tests.every((test) => test(object))
}

/** A test of one group, made once per query. */
export const toGroupPredicate = (filter: GroupFilter): Test<Seen<ProtectionGroup>> => toPredicate(groupCriteria, filter)

/** A test of one replication, made once per query. */
export const toReplicationPredicate = (filter: ReplicationFilter): Test<Seen<Replication>> =>
  toPredicate(replicationCriteria, filter)

type Key<T> = (object: T) => string | number

/** Behind every figure: what was not measured. */
const unmeasured = Number.MAX_SAFE_INTEGER
/** Before every time and size: what is not known. */
const unknown = -1

// Ascending puts what needs a look first.
const healthRank: Readonly<Record<Health, number>> = { CRITICAL: 0, UNKNOWN: 1, WARNING: 2, HEALTHY: 3 }

const objectKeys = {
  NAME: ({ name }) => name.toLowerCase(),
  HEALTH: ({ health }) => healthRank[health],
  RPO: ({ rpo }) => rpo.actualSeconds ?? unmeasured,
  RPO_VIOLATION: ({ rpo }) => rpo.violationSeconds ?? unmeasured,
  STORAGE: ({ storage }) => storage.usedBytes ?? storage.provisionedBytes ?? unknown,
  // When an object last changed is not told in every product's lists; when it was last read is known here.
  UPDATED: ({ observations }) => observations[0]?.observedAt.getTime() ?? unknown,
} as const satisfies Readonly<Record<string, Key<Seen<ProtectedObject>>>>

/** What every list of protected objects can be sorted by. */
export type OrderField = keyof typeof objectKeys

const groupKeys = {
  ...objectKeys,
  LAST_TEST: ({ lastTestedAt }: Seen<ProtectionGroup>) => lastTestedAt?.getTime() ?? unknown,
} as const

/** What a list of groups can be sorted by. */
export type GroupOrderField = keyof typeof groupKeys

const orderingOf = <T extends ProtectedObject>(name: string, isDescending: boolean, toKey: Key<T>): Ordering<T> => ({
  name: isDescending ? `${name}-` : name,
  isDescending,
  toKey,
  toId: ({ id }) => id,
})

/** How a list of replications is sorted. */
export const toOrdering = (field: OrderField, isDescending: boolean): Ordering<Seen<ProtectedObject>> =>
  orderingOf(`Replication.${field}`, isDescending, objectKeys[field])

/** How a list of groups is sorted. */
export const toGroupOrdering = (field: GroupOrderField, isDescending: boolean): Ordering<Seen<ProtectionGroup>> =>
  orderingOf(`ProtectionGroup.${field}`, isDescending, groupKeys[field])
