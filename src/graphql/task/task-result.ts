import type { Problem } from '../../domain/errors.ts'
import type { Task } from '../../domain/task.ts'
import type { OperationResult } from '../../operations/operation.ts'
import { builder } from '../builder.ts'
import { toProblemTypeName } from '../problem/problem-interface.ts'
import {
  IdempotencyMismatchRef,
  InvalidInputRef,
  InvalidStateRef,
  NotFoundRef,
  PermissionDeniedRef,
  PlanChangedRef,
  SplitBrainRiskRef,
  StoreProblemRef,
  UnsupportedRef,
  VendorProblemRef,
} from '../problem/problem-types.ts'
import { TaskRef } from './task-type.ts'

interface TaskStarted {
  readonly task: Task
  readonly replayed: boolean
}

const TaskStartedRef = builder.objectRef<TaskStarted>('TaskStarted')
TaskStartedRef.implement({
  description: 'The vendor has taken it on, or may have: watch the task with `taskProgress`.',
  fields: (t) => ({
    task: t.expose('task', { type: TaskRef, description: 'The task.' }),
    replayed: t.exposeBoolean('replayed', {
      description: 'True when the key was seen before: this is the task of the first time, and nothing was sent again.',
    }),
  }),
})

export const TaskResultUnion = builder.unionType('TaskResult', {
  description: 'The answer of every mutation that starts vendor work: one fragment serves all of them.',
  types: [
    TaskStartedRef,
    InvalidInputRef,
    NotFoundRef,
    InvalidStateRef,
    UnsupportedRef,
    PermissionDeniedRef,
    VendorProblemRef,
    IdempotencyMismatchRef,
    SplitBrainRiskRef,
    PlanChangedRef,
    StoreProblemRef,
  ],
  resolveType: (value: TaskStarted | Problem) => ('task' in value ? 'TaskStarted' : toProblemTypeName(value)),
})

/** The union's member for the outcome of an operation. */
export const toTaskResult = (result: OperationResult): TaskStarted | Problem =>
  result.kind === 'STARTED' ? { task: result.task, replayed: result.replayed } : result.problem
