import { createHash } from 'node:crypto'
import type { CheckpointJournal } from './zerto-sim-journal.ts'
import { statusWhileReversing, subStatusInInitialStage, type VpgCondition } from './zerto-sim-inferred.ts'
import type { SimTask } from './zerto-sim-tasks.ts'

/** 0 is the first ZVM of the pair, 1 the second. */
export type SiteIndex = 0 | 1

/** The other site of the pair. */
export const otherSite = (index: SiteIndex): SiteIndex => (index === 0 ? 1 : 0)

/** A machine. It has an identifier in each vCenter, because identifiers begin with the vCenter's own. */
export interface SimVm {
  readonly name: string
  readonly identifiers: readonly [string, string]
  readonly provisionedMb: number
  readonly usedMb: number
  readonly cpus: number
  readonly memoryMb: number
  readonly guestOs: string
  /** Without VMware Tools a graceful shutdown is not possible. */
  hasTools: boolean
  /** In how many groups it is. */
  protectedBy: number
  /** Where it runs when no group says so, as an index into the hosts and datastores of a site. */
  readonly placement: number
}

/** What a failover or move was asked for, and what goes on. */
export interface RecoveryRun {
  readonly operation: 'FAILOVER' | 'MOVE'
  /** The ZVM that was asked; the commit policy acts there. */
  readonly siteIndex: SiteIndex
  readonly task: SimTask
  /** 0 Rollback, 1 Commit, 2 None. */
  readonly commitPolicy: number
  readonly waitSeconds: number
  readonly reverseProtection: boolean
  readonly keepSourceVms: boolean
  /** The machines taken along. */
  readonly vms: readonly SimVm[]
  /** The moment of the checkpoint to which they are recovered; null for a move, which writes its own at the end. */
  readonly checkpointAt: number | null
  /** What the group did before, and does again after a rollback. */
  readonly previous: VpgPhase
}

/** The kinds of synchronisation: the pair on the wire (status null is "as the SLA says"), and whether it may recover. */
const syncKinds = {
  INITIAL: { status: 0, subStatus: 1, isRecoverable: false },
  VOLUME_INITIAL: { status: null, subStatus: 3, isRecoverable: false },
  REVERSE: { status: statusWhileReversing, subStatus: 6, isRecoverable: false },
  FORCED: { status: null, subStatus: 6, isRecoverable: false },
  BITMAP: { status: null, subStatus: 23, isRecoverable: true },
  RECOVERY_POSSIBLE: { status: null, subStatus: 5, isRecoverable: true },
} as const satisfies Record<string, { status: number | null; subStatus: number; isRecoverable: boolean }>

/** See {@link syncKinds}. */
export type SyncKind = keyof typeof syncKinds

/** A stage of a failover or move. */
type RecoveryStage = 'INITIAL' | 'BEFORE_COMMIT' | 'COMMITTING' | 'PROMOTING' | 'ROLLING_BACK'

/** What a group is doing. Replaced as a whole, so that what was planned for an earlier phase knows it is over. */
export type VpgPhase =
  | { readonly kind: 'PROTECTING'; readonly since: number }
  | { readonly kind: 'SYNCING'; readonly since: number; readonly sync: SyncKind; readonly until: number }
  | { readonly kind: 'PAUSED'; readonly since: number; readonly bySystem: boolean }
  | { readonly kind: 'RECOVERING'; readonly since: number; readonly stage: RecoveryStage; readonly run: RecoveryRun }
  | { readonly kind: 'NEEDS_CONFIGURATION'; readonly since: number }
  /** Made without a machine, as the vendor's own SDK does before it adds the first one. */
  | { readonly kind: 'EMPTY'; readonly since: number }
  | { readonly kind: 'ERROR'; readonly since: number }
  | { readonly kind: 'DISCONNECTED'; readonly since: number }
  | { readonly kind: 'DELETING'; readonly since: number }

/** A test failover in progress. */
export interface RunningTest {
  readonly stage: 'Starting' | 'InTest' | 'Stopping'
  readonly startedAt: number
  readonly checkpointId: string
  /** The machines that are tested. @default all of the group */
  readonly vms?: readonly SimVm[]
}

/** Where a group recovers to: identifiers of the recovery site; host and datastore may be a cluster of them. */
export interface RecoveryPlace {
  readonly hostIdentifier: string
  readonly datastoreIdentifier: string
  readonly folderIdentifier: string
  readonly failoverNetworkIdentifier: string
  readonly testNetworkIdentifier: string
  /** Of a Cloud Director; null where a group recovers to a vCenter, which has all the others. */
  readonly orgVdcIdentifier: string | null
}

/** A virtual protection group. Tests may change what is not readonly. */
export interface SimVpg {
  readonly id: string
  name: string
  description: string
  zorgId: string | null
  serviceProfileId: string | null
  /** 0 Low, 1 Medium, 2 High. */
  priority: number
  protectedSite: SiteIndex
  vms: SimVm[]
  configuredRpoSeconds: number
  testIntervalMinutes: number
  useWanCompression: boolean
  recovery: RecoveryPlace
  /** The settings as committed through vpgSettings; null when nobody did, or since the direction changed. */
  settings: Readonly<Record<string, unknown>> | null
  readonly journal: CheckpointJournal
  phase: VpgPhase
  test: RunningTest | null
  lastTest: number | null
  clone: SimTask | null
  /** How far replication lags behind while it runs; what breaks an RPO. */
  lagSeconds: number
  lagSince: number
  /** True makes the history SLA broken. */
  isHistoryShort: boolean
}

/** A number from 0 up to, not including, 1 that is always the same for the same text. */
export const hashFraction = (text: string): number => {
  let hash = 2_166_136_261
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619)
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519)
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296
}

/** A uuid that is always the same for the same text. */
export const hashUuid = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Seconds that would be lost now: a few while protected, the age of the newest checkpoint otherwise, -1 with none. */
export const actualRpoSeconds = (vpg: SimVpg, now: number): number => {
  if (vpg.journal.isOpen) {
    const noise = hashFraction(`${vpg.id}${Math.floor(now / 5000)}`)
    return 3 + Math.floor(noise * 9) + vpg.lagSeconds
  }
  const latest = vpg.journal.latest(now)
  return latest === null ? -1 : Math.max(1, Math.floor((now - latest.at) / 1000))
}

/** What a group becomes when it is recovered: 2 VCDvApp in a Cloud Director, 0 VCVpg in a vCenter. */
export const recoveryEntityOf = ({ recovery }: SimVpg): number => (recovery.orgVdcIdentifier === null ? 0 : 2)

/** The pair that the wire carries. */
export interface VpgStatus {
  readonly status: number
  readonly subStatus: number
}

const slaStatus = (vpg: SimVpg, now: number): number => {
  const isRpoBroken = actualRpoSeconds(vpg, now) > vpg.configuredRpoSeconds
  if (isRpoBroken) return vpg.isHistoryShort ? 2 : 3
  return vpg.isHistoryShort ? 4 : 1
}

const subStatusOfStage = {
  FAILOVER: { BEFORE_COMMIT: 15, COMMITTING: 14, PROMOTING: 17, ROLLING_BACK: 16 },
  MOVE: { BEFORE_COMMIT: 19, COMMITTING: 18, PROMOTING: 17, ROLLING_BACK: 20 },
} as const

const fixedStatus = {
  NEEDS_CONFIGURATION: { status: 2, subStatus: 7 },
  ERROR: { status: 2, subStatus: 8 },
  EMPTY: { status: 2, subStatus: 9 },
  DISCONNECTED: { status: 2, subStatus: 24 },
  DELETING: { status: 7, subStatus: 21 },
} as const

/** Status and SubStatus, as the vendor's guide pairs them. */
export const statusOfVpg = (vpg: SimVpg, now: number): VpgStatus => {
  const { phase } = vpg
  if (phase.kind === 'PROTECTING') return { status: slaStatus(vpg, now), subStatus: 0 }
  if (phase.kind === 'PAUSED') return { status: slaStatus(vpg, now), subStatus: phase.bySystem ? 26 : 25 }
  if (phase.kind === 'SYNCING') {
    const { status, subStatus } = syncKinds[phase.sync]
    return { status: status ?? slaStatus(vpg, now), subStatus }
  }
  if (phase.kind === 'RECOVERING') {
    const { operation } = phase.run
    const subStatus = phase.stage === 'INITIAL' ? subStatusInInitialStage : subStatusOfStage[operation][phase.stage]
    return { status: operation === 'FAILOVER' ? 5 : 6, subStatus }
  }
  return fixedStatus[phase.kind]
}

/** How far a synchronisation is, from 0 to 100; 0 when there is none. */
export const syncProgress = (vpg: SimVpg, now: number): number => {
  if (vpg.phase.kind !== 'SYNCING') return 0
  const { since, until } = vpg.phase
  return Math.min(100, Math.max(0, Math.round(((now - since) / Math.max(1, until - since)) * 10_000) / 100))
}

/** The state as the rules tell states apart. */
export const conditionOf = (vpg: SimVpg): VpgCondition => {
  const { phase, test } = vpg
  if (phase.kind === 'RECOVERING') {
    if (phase.stage !== 'BEFORE_COMMIT') return 'IN_TRANSITION'
    return phase.run.operation === 'FAILOVER' ? 'FAILOVER_BEFORE_COMMIT' : 'MOVE_BEFORE_COMMIT'
  }
  if (phase.kind === 'DELETING') return 'IN_TRANSITION'
  if (test !== null) return test.stage === 'InTest' ? 'TEST_RUNNING' : 'TEST_IN_TRANSITION'
  if (phase.kind === 'SYNCING') return syncKinds[phase.sync].isRecoverable ? 'PROTECTING' : 'SYNCING'
  return phase.kind
}
