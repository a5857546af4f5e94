import type { ListedRecovery } from '../domain/recovery-report.ts'

/** One recovery as both exports have it, in the order of the columns. */
export interface ReportRow {
  readonly id: string
  readonly source: string
  readonly vendor: string
  readonly kind: string
  readonly name: string
  /** Global id of the group, or of the machine that is replicated alone. */
  readonly groupId: string | null
  readonly protectedSiteName: string | null
  readonly recoverySiteName: string | null
  /** Moments in RFC 3339 form, in UTC. */
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly rtoSeconds: number | null
  readonly recoveredTo: string | null
  readonly wasSuccessful: boolean | null
  /** As the vendor knows him. */
  readonly initiatedBy: string | null
  /** Who asked for it here. */
  readonly requestedBy: string | null
  readonly reason: string | null
  readonly decision: string | null
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly notes: string | null
  readonly vmNames: readonly string[]
  readonly taskId: string | null
}

/** The names of the columns. */
export const reportColumns = [
  'id',
  'source',
  'vendor',
  'kind',
  'name',
  'groupId',
  'protectedSiteName',
  'recoverySiteName',
  'startedAt',
  'endedAt',
  'rtoSeconds',
  'recoveredTo',
  'wasSuccessful',
  'initiatedBy',
  'requestedBy',
  'reason',
  'decision',
  'decidedBy',
  'decidedAt',
  'notes',
  'vmNames',
  'taskId',
] as const satisfies readonly (keyof ReportRow)[]

const toMoment = (moment: Date | null | undefined): string | null => moment?.toISOString() ?? null

export const toReportRow = (recovery: ListedRecovery): ReportRow => {
  const { id, source, vendor, kind, name, targetId, task, decision } = recovery
  const { protectedSiteName, recoverySiteName, rtoSeconds, wasSuccessful, initiatedBy, reason, notes } = recovery
  return {
    id,
    source,
    vendor,
    kind,
    name,
    groupId: targetId,
    protectedSiteName,
    recoverySiteName,
    startedAt: toMoment(recovery.startedAt),
    endedAt: toMoment(recovery.endedAt),
    rtoSeconds,
    recoveredTo: toMoment(recovery.recoveredTo),
    wasSuccessful,
    initiatedBy,
    requestedBy: task?.request?.requestedBy ?? null,
    reason,
    decision: decision?.outcome ?? null,
    decidedBy: decision?.decidedBy ?? null,
    decidedAt: toMoment(decision?.decidedAt),
    notes,
    vmNames: recovery.vmNames,
    taskId: task?.id ?? null,
  }
}
