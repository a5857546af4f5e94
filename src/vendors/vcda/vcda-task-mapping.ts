import type { Operation } from '../../domain/actions.ts'
import type { TaskReading, TaskTarget } from '../../domain/task.ts'
import { toDate } from './vcda-details.ts'
import { toTaskProblem } from './vcda-errors.ts'
import { toOperation, toTaskState } from './vcda-states.ts'
import { replicationIdPattern, vappReplicationIdPattern, type TaskWire } from './vcda-wire.ts'

const findTarget = (id: string | null | undefined): TaskTarget | null => {
  if (typeof id !== 'string') return null
  if (replicationIdPattern.test(id)) return { kind: 'Replication', vendor: 'VCDA', nativeId: id }
  return vappReplicationIdPattern.test(id) ? { kind: 'ProtectionGroup', vendor: 'VCDA', nativeId: id } : null
}

/**
 * A task as one poll found it. A start names what it made in its result, other work in `workflowInfo`. The example in
 * the vendor's reference has an error beside success: an error counts only where the task has failed.
 */
export const toTaskReading = (wire: TaskWire, siteName: string): TaskReading => {
  const state = toTaskState(wire.state)
  const { workflowInfo, result } = wire
  const progress = wire.progress
  const resultName = result?.vmName ?? result?.descriptor?.name ?? null
  return {
    vendorTaskId: wire.id,
    operation: toOperation(workflowInfo?.type),
    vendorOperation: workflowInfo?.type ?? null,
    state,
    progressPercent: typeof progress === 'number' ? Math.min(100, Math.max(0, progress)) : null,
    stage: wire.state === 'QUEUED' ? 'queued' : null,
    startedAt: toDate(wire.startTime),
    endedAt: toDate(wire.endTime),
    startedBy: wire.user ?? null,
    target: findTarget(workflowInfo?.resourceId) ?? findTarget(result?.id),
    targetName: workflowInfo?.resourceName ?? resultName,
    problem: state === 'FAILED' ? toTaskProblem(wire.error, siteName) : null,
    warnings: (wire.warnings ?? []).map((warning) => toTaskProblem(warning, siteName)),
  }
}

/** What running tasks are doing, by the id of what they do it to. The newest task of an id counts. */
export const toRunningOperations = (tasks: readonly TaskWire[]): ReadonlyMap<string, Operation> => {
  const oldestFirst = [...tasks].sort((one, other) => (one.startTime ?? 0) - (other.startTime ?? 0))
  return new Map(
    oldestFirst.flatMap((wire): [string, Operation][] => {
      const id = wire.workflowInfo?.resourceId
      return typeof id === 'string' ? [[id, toOperation(wire.workflowInfo?.type)]] : []
    }),
  )
}
