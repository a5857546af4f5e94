import { connectionStateWhenRecovered } from './vcda-inferred.ts'
import type { DataConnectionState, OverallHealth, SimReplication } from './vcda-sim-model.ts'
import type { Moment, Transfer } from './vcda-sim-timeline.ts'

/** How a replication stands at one moment. */
export interface ReplicationStatus {
  readonly connection: DataConnectionState
  readonly health: OverallHealth
  /** Minutes beyond the RPO; 0 is compliant. Before the first instance there is nothing to be late with. */
  readonly violationMinutes: number
  readonly latest: Moment | null
  readonly transfer: Transfer | null
}

const toConnection = (replication: SimReplication, now: number, transfer: Transfer | null): DataConnectionState => {
  if (replication.recoveryState === 'COMPLETE') return connectionStateWhenRecovered
  if (replication.lastError !== null) return 'ERROR'
  if (replication.isPaused) return 'PAUSED'
  if (replication.isPoweredOff) return 'POWERED_OFF'
  if (replication.timeline.awaitsFirstCopy(now)) return 'INITIAL_SYNCING'
  return transfer === null ? 'OK' : 'SYNCING'
}

const toHealth = (connection: DataConnectionState, violationMinutes: number): OverallHealth => {
  if (connection === 'ERROR') return 'RED'
  return violationMinutes > 0 || connection === 'PAUSED' ? 'YELLOW' : 'GREEN'
}

const hasNothingToSend = (replication: SimReplication): boolean =>
  replication.recoveryState === 'COMPLETE' || replication.isPoweredOff

/** Computed from the time, so that nothing has to happen for a replication to fall behind its RPO. */
export const toReplicationStatus = (replication: SimReplication, now: number): ReplicationStatus => {
  const latest = replication.timeline.latest(now)
  const transfer = replication.timeline.transfer(now)
  const connection = toConnection(replication, now, transfer)
  const late = latest === null ? 0 : Math.floor((now - latest.at) / 60_000) - replication.settings.rpo
  const violationMinutes = hasNothingToSend(replication) ? 0 : Math.max(0, late)
  return { connection, health: toHealth(connection, violationMinutes), violationMinutes, latest, transfer }
}
