import type { Operation } from '../../domain/actions.ts'
import type { Health, ProtectionState, RecoveryPhase, TestStage } from '../../domain/protection.ts'
import type { QuiesceKind } from '../../domain/recovery-point.ts'
import type { TaskState } from '../../domain/task.ts'
import type { MemberReplicationWire } from './vcda-wire.ts'

/** Enum words of the vendor, from its pages for 4.5: what is not here is a word that this table does not know yet. */
const knownRecoveryStates: ReadonlySet<string> = new Set(['NOT_STARTED', 'IN_PROGRESS', 'TEST', 'COMPLETE'])

/** What decides the state of one replication, besides the replication itself. */
export interface Surroundings {
  /** What a task is doing to it right now; null when none is known. */
  readonly runningOperation: Operation | null
  /** Both directions of the link to the other site report an error. */
  readonly isLinkDown: boolean
}

interface Words {
  readonly data: string | null
  readonly source: string | null
  readonly destination: string | null
  readonly recovery: string | null
  readonly isPaused: boolean
  readonly violationMinutes: number | null
}

/** `dataConnectionState`, `sourceState.state`, `destinationState.state` and `recoveryState`, and what stands beside. */
export const toWords = (wire: MemberReplicationWire): Words => ({
  data: wire.dataConnectionState ?? null,
  source: wire.sourceState?.state ?? null,
  destination: wire.destinationState?.state ?? null,
  recovery: wire.destinationState?.recoveryInfo?.recoveryState ?? null,
  isPaused: wire.isPaused === true,
  violationMinutes: wire.destinationState?.currentRpoViolation ?? null,
})

const testOperations: ReadonlySet<Operation> = new Set(['TEST_FAILOVER', 'END_TEST_FAILOVER'])

/**
 * Which recovery is meant by IN_PROGRESS: the vendor has one word for failover, migration, test and clean-up, and only
 * the running task tells them apart. Without one it is taken for the gravest.
 */
const toPhaseInProgress = (running: Operation | null): RecoveryPhase => {
  if (running === 'MOVE') return 'MOVING'
  return running !== null && testOperations.has(running) ? 'TESTING' : 'FAILING_OVER'
}

/** `recoveryState` in our words. */
export const toRecoveryPhase = (recoveryState: string | null, running: Operation | null): RecoveryPhase => {
  switch (recoveryState) {
    // Absent in a real sample of a replication that was never recovered.
    case null:
    case 'NOT_STARTED':
      return 'NONE'
    case 'IN_PROGRESS':
      return toPhaseInProgress(running)
    case 'TEST':
      return 'TESTING'
    case 'COMPLETE':
      return 'RECOVERED'
    default:
      return 'UNKNOWN'
  }
}

/** Where a test stands; null when none runs. */
export const toTestStage = (recoveryState: string | null, running: Operation | null): TestStage | null => {
  if (recoveryState === 'TEST') return running === 'END_TEST_FAILOVER' ? 'STOPPING' : 'RUNNING'
  if (recoveryState !== 'IN_PROGRESS') return null
  if (running === 'TEST_FAILOVER') return 'STARTING'
  return running === 'END_TEST_FAILOVER' ? 'STOPPING' : null
}

const healthyDataStates: ReadonlySet<string> = new Set(['OK', 'PRUNING', 'POWERED_OFF'])

interface Row {
  readonly state: ProtectionState
  readonly when: (words: Words, around: Surroundings) => boolean
}

const inPhase =
  (phase: RecoveryPhase): Row['when'] =>
  (words, around) =>
    toRecoveryPhase(words.recovery, around.runningOperation) === phase

/** First match wins; what no row matches is UNKNOWN. */
const stateRows: readonly Row[] = [
  // A word that is not known may mean that machines are being moved: nothing below may hide it.
  { state: 'UNKNOWN', when: ({ recovery }) => recovery !== null && !knownRecoveryStates.has(recovery) },
  { state: 'FAILING_OVER', when: inPhase('FAILING_OVER') },
  { state: 'MOVING', when: inPhase('MOVING') },
  { state: 'TESTING', when: inPhase('TESTING') },
  { state: 'RECOVERED', when: inPhase('RECOVERED') },
  // "Recovered, no longer ongoing" (user guide, data connection states).
  { state: 'RECOVERED', when: ({ data }) => data === 'FINISHED' },
  { state: 'PAUSED', when: ({ isPaused, data }) => isPaused || data === 'PAUSED' },
  { state: 'DISCONNECTED', when: (_words, { isLinkDown }) => isLinkDown },
  { state: 'ERROR', when: ({ data, source }) => data === 'ERROR' || source === 'error' },
  {
    state: 'INITIALIZING',
    when: ({ data, destination }) => data === 'INITIAL_SYNCING' || destination === 'fullsync',
  },
  {
    state: 'SYNCING',
    when: ({ data, source }) => data === 'SYNCING' || source === 'syncing' || source === 'active',
  },
  {
    state: 'NOT_MEETING_TARGET',
    when: ({ data, violationMinutes }) => data !== null && healthyDataStates.has(data) && (violationMinutes ?? 0) > 0,
  },
  { state: 'PROTECTED', when: ({ data }) => data !== null && healthyDataStates.has(data) },
]

/** Where one replication stands. */
export const toProtectionState = (wire: MemberReplicationWire, around: Surroundings): ProtectionState => {
  const words = toWords(wire)
  return stateRows.find((row) => row.when(words, around))?.state ?? 'UNKNOWN'
}

/** The vendor's own words, `-` where it gave none: `OK/opened/NOT_STARTED`. */
export const toVendorState = (wire: MemberReplicationWire): string => {
  const { data, destination, recovery } = toWords(wire)
  return [data, destination, recovery].map((word) => word ?? '-').join('/')
}

/**
 * How grave a state is in a group, gravest first. Work that moves machines comes before trouble, because it decides
 * what may be done; RECOVERED comes last, because a group is recovered when all of it is.
 */
export const stateGravity: readonly ProtectionState[] = [
  'FAILING_OVER',
  'MOVING',
  'TESTING',
  'UNKNOWN',
  'ERROR',
  'DISCONNECTED',
  'PAUSED',
  'INITIALIZING',
  'SYNCING',
  'NOT_MEETING_TARGET',
  'PROTECTED',
  'RECOVERED',
]

/** `overallHealth` in our words. */
export const toHealth = (overallHealth: string | null | undefined): Health => {
  switch (overallHealth) {
    case 'GREEN':
      return 'HEALTHY'
    case 'YELLOW':
      return 'WARNING'
    case 'RED':
      return 'CRITICAL'
    default:
      return 'UNKNOWN'
  }
}

/** `quiescedType` in our words; null where the vendor gave none. */
export const toQuiesceKind = (quiescedType: string | null | undefined): QuiesceKind | null => {
  switch (quiescedType) {
    case null:
    case undefined:
      return null
    case 'none':
      return 'NONE'
    case 'applicationQuiesced':
      return 'APPLICATION'
    case 'fileSystemQuiesced':
      return 'FILE_SYSTEM'
    default:
      return 'UNKNOWN'
  }
}

/** A task's `state`. QUEUED is seen from 4.7 on. Finished is SUCCEEDED or FAILED, and nothing else. */
export const toTaskState = (state: string | null | undefined): TaskState => {
  switch (state) {
    case 'RUNNING':
    case 'QUEUED':
      return 'RUNNING'
    case 'SUCCEEDED':
      return 'SUCCEEDED'
    case 'FAILED':
      return 'FAILED'
    default:
      return 'UNKNOWN'
  }
}

/**
 * `workflowInfo.type` in lower case without separators. Only `sync` and `failover` were seen on a wire; the other
 * spellings are inferred from the paths and from the vendor's Java names, several for one operation.
 */
const operationOf: Readonly<Record<string, Operation>> = {
  sync: 'SYNC',
  failover: 'FAILOVER',
  start: 'START_REPLICATION',
  startreplication: 'START_REPLICATION',
  configure: 'START_REPLICATION',
  stop: 'STOP',
  stopreplication: 'STOP',
  delete: 'STOP',
  pause: 'PAUSE',
  resume: 'RESUME',
  reconfigure: 'UPDATE',
  update: 'UPDATE',
  failovertest: 'TEST_FAILOVER',
  testfailover: 'TEST_FAILOVER',
  test: 'TEST_FAILOVER',
  failovertestcleanup: 'END_TEST_FAILOVER',
  testfailovercleanup: 'END_TEST_FAILOVER',
  testcleanup: 'END_TEST_FAILOVER',
  cleanup: 'END_TEST_FAILOVER',
  migrate: 'MOVE',
  migration: 'MOVE',
  reverse: 'REVERSE',
}

/** What a task does; OTHER for work that has no operation here, or a spelling that is not known. */
export const toOperation = (workflowType: string | null | undefined): Operation => {
  const key = (workflowType ?? '').toLowerCase().replaceAll(/[^a-z]/g, '')
  return Object.hasOwn(operationOf, key) ? (operationOf[key] ?? 'OTHER') : 'OTHER'
}
