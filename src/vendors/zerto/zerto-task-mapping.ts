import type { Operation } from '../../domain/actions.ts'
import type { VendorProblemCode, VendorProblemData } from '../../domain/errors.ts'
import type { TaskReading, TaskState, TaskTarget } from '../../domain/task.ts'
import { findVendorDate } from './zerto-dates.ts'
import { findEnumName, taskStates } from './zerto-enums.ts'
import { isNativeId } from './zerto-ids.ts'
import { emptyToNull } from './zerto-units.ts'
import type { WireTask } from './zerto-wire.ts'

interface StateMeaning {
  readonly state: TaskState
  readonly stage: string | null
}

/** `TaskStatusEnumApi`. A paused or cancelling task goes on, so it runs. */
const meanings: Readonly<Record<(typeof taskStates)[number], StateMeaning>> = {
  FirstUnusedValue: { state: 'UNKNOWN', stage: null },
  InProgress: { state: 'RUNNING', stage: null },
  WaitingForUserInput: { state: 'AWAITING_DECISION', stage: 'waiting for user input' },
  Paused: { state: 'RUNNING', stage: 'paused' },
  Failed: { state: 'FAILED', stage: null },
  Stopped: { state: 'CANCELLED', stage: null },
  Completed: { state: 'SUCCEEDED', stage: null },
  Cancelling: { state: 'RUNNING', stage: 'cancelling' },
}

/**
 * The vendor's SDK calls a task successful only at Completed and 100 percent. Completed below that is taken at its word,
 * with a warning on the task: one that ran for ever would be worse.
 */
const fullProgress = 100

/**
 * Which operation a task's type is. The names are those of the event and task lists in public clients; which one a call
 * gives is inferred from the names. Anything else is OTHER with the vendor's word beside it.
 */
const operationsByType: Readonly<Record<string, Operation>> = {
  createprotectiongroup: 'START_REPLICATION',
  updateprotectiongroup: 'UPDATE',
  forceupdateprotectiongroup: 'UPDATE',
  removeprotectiongroup: 'STOP',
  forceremoveprotectiongroup: 'STOP',
  pauseprotectiongroup: 'PAUSE',
  resumeprotectiongroup: 'RESUME',
  initfullsync: 'SYNC',
  failover: 'FAILOVER',
  failoverbeforecommit: 'FAILOVER',
  failovercommit: 'COMMIT_FAILOVER',
  failoverrollback: 'ROLLBACK_FAILOVER',
  failovertest: 'TEST_FAILOVER',
  stopfailovertest: 'END_TEST_FAILOVER',
  move: 'MOVE',
  movebeforecommit: 'MOVE',
  movecommit: 'COMMIT_MOVE',
  moverollback: 'ROLLBACK_MOVE',
  inserttaggedcp: 'CREATE_CHECKPOINT',
  clone: 'START_CLONE',
}

/** One form of a task id for comparing: letters of one case, and the colon of older versions read as a point. */
export const toTaskKey = (taskId: string): string => taskId.toLowerCase().replaceAll(':', '.')

const toOperation = (type: string | null): Operation => {
  const key = type?.toLowerCase() ?? ''
  return Object.hasOwn(operationsByType, key) ? (operationsByType[key] ?? 'OTHER') : 'OTHER'
}

const toMeaning = (task: WireTask): StateMeaning => {
  const word = task.Status?.State ?? null
  const name = word === null ? null : findEnumName(taskStates, word)
  return name === null ? { state: 'UNKNOWN', stage: word === null ? null : String(word) } : meanings[name]
}

const toProblem = (code: VendorProblemCode, message: string, siteName: string, reason: string | null) => {
  const untold = { vendorCode: null, httpStatus: null, retryAfterSeconds: null, operationId: null }
  return { code, message: `site ${siteName}: ${message}`, siteName, vendorMessage: reason, ...untold }
}

const findTaskProblem = (task: WireTask, state: TaskState, siteName: string): VendorProblemData | null => {
  const reason = emptyToNull(task.CompleteReason)
  if (state === 'FAILED') {
    return toProblem(
      'VENDOR_REFUSED',
      reason === null ? 'the task failed' : `the task failed: ${reason}`,
      siteName,
      reason,
    )
  }
  if (state === 'CANCELLED' && reason !== null) {
    return toProblem('CANCELLED', `the task was stopped: ${reason}`, siteName, reason)
  }
  return null
}

/** The VPG a task is about; null when it names none, or several. */
const findTarget = (task: WireTask): TaskTarget | null => {
  const [first, ...others] = task.RelatedEntities?.Vpgs ?? []
  const nativeId = first?.identifier?.toLowerCase() ?? ''
  if (others.length > 0 || !isNativeId('ProtectionGroup', nativeId)) return null
  return { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId }
}

/** When the task began, as the site has it. */
export const findTaskStart = (task: WireTask, utcOffsetMinutes: number): Date | null =>
  task.Started === null ? null : findVendorDate(task.Started, utcOffsetMinutes)

/** One task as a poll found it. */
export const toTaskReading = (task: WireTask, siteName: string, utcOffsetMinutes: number): TaskReading => {
  const type = task.Type === null ? null : String(task.Type)
  const { state, stage } = toMeaning(task)
  const progress = task.Status?.Progress ?? null
  const progressPercent = progress === null ? null : Math.min(100, Math.max(0, progress))
  const isShort = state === 'SUCCEEDED' && progressPercent !== null && progressPercent < fullProgress
  const note = `the site calls the task completed at ${progressPercent} percent`
  return {
    vendorTaskId: task.TaskIdentifier,
    operation: toOperation(type),
    vendorOperation: type,
    state,
    progressPercent,
    stage,
    startedAt: findTaskStart(task, utcOffsetMinutes),
    endedAt: task.Completed === null ? null : findVendorDate(task.Completed, utcOffsetMinutes),
    startedBy: emptyToNull(task.InitiatedBy),
    target: findTarget(task),
    targetName: null,
    problem: findTaskProblem(task, state, siteName),
    warnings: isShort ? [toProblem('VENDOR_PROTOCOL', note, siteName, null)] : [],
  }
}
