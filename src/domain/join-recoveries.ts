import type { ListedRecovery, RecoveryReport } from './recovery-report.ts'

/** A vendor's report, and how far the clock of the site that keeps it is ahead of ours; null where that is not known. */
export interface VendorRecovery {
  readonly report: RecoveryReport
  readonly clockSkewMs: number | null
}

/** A vendor begins a little after it was asked, and a clock is not measured to the second. */
const slackMs = 2 * 60 * 1000

interface Pair {
  readonly vendors: VendorRecovery
  readonly own: ListedRecovery
  readonly distanceMs: number
}

/** The two as one recovery; null where they cannot be. */
const findPair = (vendors: VendorRecovery, own: ListedRecovery): Pair | null => {
  const { report, clockSkewMs } = vendors
  const isSame = report.vendor === own.vendor && report.kind === own.kind && report.groupId === own.targetId
  if (!isSame || report.groupId === null || report.startedAt === null || own.startedAt === null) return null
  const skewMs = clockSkewMs ?? 0
  const begunAt = report.startedAt.getTime() - skewMs
  const overAt = (report.endedAt ?? report.startedAt).getTime() - skewMs
  const ownBegunAt = own.startedAt.getTime()
  const ownOverAt = own.endedAt?.getTime() ?? Infinity
  if (begunAt > ownOverAt + slackMs || overAt < ownBegunAt - slackMs) return null
  return { vendors, own, distanceMs: Math.abs(begunAt - ownBegunAt) }
}

const toVendorRecovery = (report: RecoveryReport): ListedRecovery => ({
  ...report,
  source: 'VENDOR',
  targetId: report.groupId,
  task: null,
  reason: null,
  decision: null,
})

/** What the vendor says, and from here what it does not say. */
const toJoined = (report: RecoveryReport, own: ListedRecovery): ListedRecovery => ({
  ...own,
  ...report,
  source: 'VENDOR',
  endedAt: report.endedAt ?? own.endedAt,
  rtoSeconds: report.rtoSeconds ?? own.rtoSeconds,
  wasSuccessful: report.wasSuccessful ?? own.wasSuccessful,
  initiatedBy: report.initiatedBy ?? own.initiatedBy,
  notes: report.notes ?? own.notes,
})

/**
 * The vendors' reports and this gateway's own as one list in which no recovery stands twice. A report of the vendor and an
 * own one are about the same recovery when vendor, kind and target are the same and their times overlap; where several
 * could be, those that began closest to each other are.
 *
 * @param vendors Each report once, also where several sites keep it.
 */
export const joinRecoveries = (
  vendors: readonly VendorRecovery[],
  own: readonly ListedRecovery[],
): readonly ListedRecovery[] => {
  const ownByTarget = Map.groupBy(own, ({ targetId }) => targetId)
  const pairs = vendors
    .flatMap((one) => (ownByTarget.get(one.report.groupId) ?? []).map((other) => findPair(one, other)))
    .filter((pair) => pair !== null)
    .toSorted((one, other) => one.distanceMs - other.distanceMs)
  const ownOf = new Map<VendorRecovery, ListedRecovery>()
  const taken = new Set<ListedRecovery>()
  for (const { vendors: theirs, own: ours } of pairs) {
    if (ownOf.has(theirs) || taken.has(ours)) continue
    ownOf.set(theirs, ours)
    taken.add(ours)
  }
  return [
    ...vendors.map((theirs) => {
      const ours = ownOf.get(theirs)
      return ours === undefined ? toVendorRecovery(theirs.report) : toJoined(theirs.report, ours)
    }),
    ...own.filter((one) => !taken.has(one)),
  ]
}
