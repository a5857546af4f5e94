import {
  recoverySources,
  type ListedRecovery,
  type RecoveryKind,
  type RecoverySource,
} from '../../domain/recovery-report.ts'
import type { Vendor } from '../../domain/vendor.ts'
import { recordOf } from '../../std/record-of.ts'
import { builder } from '../builder.ts'
import { describedEnum } from '../described-enum.ts'
import { VendorEnum } from '../vendor-enum.ts'

type Narrowing<T> = { readonly [K in keyof T]?: T[K] | null | undefined }

/** What a list of reports is narrowed by: a member that is left out or null matches everything. */
export type RecoveryFilter = Narrowing<{
  readonly vendors: readonly Vendor[]
  readonly kinds: readonly RecoveryKind[]
  readonly sources: readonly RecoverySource[]
  /** Global ids of groups, or of machines that are replicated alone. */
  readonly groupIds: readonly string[]
  readonly wasSuccessful: boolean
  /** Both ends inclusive, by the beginning. */
  readonly from: Date
  readonly to: Date
}>

/** A test of one recovery, made once per query. One that does not tell when it began is inside every span. */
export const toRecoveryPredicate = (filter: RecoveryFilter): ((recovery: ListedRecovery) => boolean) => {
  const { vendors, kinds, sources, groupIds, wasSuccessful, from, to } = filter
  const tests: ((recovery: ListedRecovery) => boolean)[] = []
  if (vendors) tests.push(({ vendor }) => vendors.includes(vendor))
  if (kinds) tests.push(({ kind }) => kinds.includes(kind))
  if (sources) tests.push(({ source }) => sources.includes(source))
  if (groupIds) {
    const wanted = new Set(groupIds)
    tests.push(({ targetId }) => targetId !== null && wanted.has(targetId))
  }
  if (typeof wasSuccessful === 'boolean') tests.push((recovery) => recovery.wasSuccessful === wasSuccessful)
  if (from) tests.push(({ startedAt }) => startedAt === null || startedAt >= from)
  if (to) tests.push(({ startedAt }) => startedAt === null || startedAt <= to)
  return (recovery) => tests.every((test) => test(recovery))
}

export const RecoveryKindEnum = describedEnum<RecoveryKind>('RecoveryKind', 'What was done.', {
  FAILOVER: 'A failover.',
  TEST_FAILOVER: 'A test failover.',
  MOVE: 'A move.',
  UNKNOWN: 'The vendor said something that this gateway does not know.',
})

const sourceDescriptions: Readonly<Record<RecoverySource, string>> = {
  VENDOR: 'The vendor has a report of it; what the vendor does not tell comes from here where it was seen here, too.',
  GATEWAY: 'Only this gateway: from the tasks that it asked for or saw.',
}

export const RecoverySourceEnum = describedEnum<RecoverySource>(
  'RecoverySource',
  'Who has written a recovery down.',
  recordOf(recoverySources, (source) => sourceDescriptions[source]),
)

export const RecoveryReportFilterInput = builder.inputType('RecoveryReportFilter', {
  description: 'Narrows a list of reports. What is given must all match; what is left out matches everything.',
  fields: (t) => ({
    vendors: t.field({ type: [VendorEnum], description: 'Only of these products.' }),
    kinds: t.field({ type: [RecoveryKindEnum], description: 'Only of these kinds.' }),
    sources: t.field({ type: [RecoverySourceEnum], description: 'Only written down by one of these.' }),
    groupIds: t.idList({ description: 'Only of one of these groups, or machines that are replicated alone.' }),
    wasSuccessful: t.boolean({
      description: 'Only those that went well, or only those that failed; never one of which neither is told.',
    }),
    from: t.field({ type: 'DateTime', description: 'Not begun before this.' }),
    to: t.field({ type: 'DateTime', description: 'Not begun after this.' }),
  }),
})
