import {
  otherSite,
  type RecoveryPlace,
  type RecoveryRun,
  type SimVm,
  type SimVpg,
  type SiteIndex,
} from './zerto-sim-vpg.ts'
import type { ZertoWorld } from './zerto-world.ts'

/** One thing that was done during a recovery. */
export interface ReportStep {
  readonly description: string
  readonly isSuccess: boolean
  readonly startedAt: number
  readonly endedAt: number
}

/** What is written down about a failover, a test or a move that has ended. */
export interface RecoveryReport {
  readonly id: string
  readonly type: 'Failover' | 'FailoverTest' | 'Move'
  readonly vpgId: string
  readonly vpgName: string
  readonly protectedSite: SiteIndex
  readonly startedAt: number
  readonly endedAt: number
  /** The moment of the checkpoint that was used; null when there was none. */
  readonly pointInTime: number | null
  /** From the beginning until the machines ran. */
  readonly rtoSeconds: number
  readonly status: 'Success' | 'Fail'
  readonly user: string
  readonly notes: string
  readonly recovery: RecoveryPlace
  readonly vms: readonly SimVm[]
  readonly steps: readonly ReportStep[]
}

/** Older reports are dropped. */
const reportsKept = 10_000

/** Writes a report about a group as it is now. */
export const addReport = (
  world: ZertoWorld,
  vpg: SimVpg,
  report: Omit<RecoveryReport, 'id' | 'vpgId' | 'vpgName' | 'protectedSite' | 'recovery'> & { readonly id: string },
): void => {
  const { id: vpgId, name: vpgName, protectedSite, recovery } = vpg
  world.reports.push({ ...report, vpgId, vpgName, protectedSite, recovery })
  if (world.reports.length > reportsKept) world.reports.shift()
}

/** How a failover or move ended. */
export interface RunEnd {
  readonly at: number
  /** When its last stage began: the commit, the roll-back, or the failure. */
  readonly lastStageAt: number
  /** When the machines ran at the other site; null when they never did. */
  readonly readyAt: number | null
  readonly lastStage: string
  readonly status: 'Success' | 'Fail'
  readonly notes: string
}

/** Writes the report of a failover or move. To be called before the direction turns. */
export const addRunReport = (world: ZertoWorld, vpg: SimVpg, run: RecoveryRun, end: RunEnd): void => {
  const { task, vms } = run
  const word = run.operation === 'FAILOVER' ? 'Failover' : 'Move'
  const firstEnd = end.readyAt ?? end.at
  const first = { description: `${word} before commit`, startedAt: task.startedAt, endedAt: firstEnd }
  const last = { description: end.lastStage, startedAt: end.lastStageAt, endedAt: end.at }
  addReport(world, vpg, {
    vms,
    id: task.id.slice(0, 36),
    type: word,
    startedAt: task.startedAt,
    endedAt: end.at,
    pointInTime: run.checkpointAt,
    rtoSeconds: Math.round((firstEnd - task.startedAt) / 1000),
    status: end.status,
    user: task.initiatedBy,
    notes: end.notes,
    steps: [
      { ...first, isSuccess: end.readyAt !== null },
      ...(end.readyAt === null ? [] : [{ ...last, isSuccess: end.status === 'Success' }]),
    ],
  })
}

/** The other side of a report's direction. */
export const recoverySiteOf = (report: RecoveryReport): SiteIndex => otherSite(report.protectedSite)
