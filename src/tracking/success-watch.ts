import type { Operation } from '../domain/actions.ts'
import { DomainError } from '../domain/errors.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { Task, TaskReading } from '../domain/task.ts'
import { toSightWords, toTrace } from './target-trace.ts'
import { viewWithGroupFacts } from './target-view.ts'

/*
 * A target shows what a task has done a moment after the task says that it has succeeded. A target that goes on as if
 * nothing had been done contradicts the success: the vendor's word stands, with a warning.
 */

const stage = 'waiting until the target shows it'

/** After so many looks in a row that contradict it, the success is taken with a warning. */
export const mostSuccessLooks = 5

/** True for operations after which a target cannot be as it was before. */
const isVisible: Readonly<Record<Operation, boolean>> = {
  UPDATE: false,
  PAUSE: true,
  RESUME: true,
  SYNC: false,
  STOP: true,
  FAILOVER: true,
  COMMIT_FAILOVER: true,
  ROLLBACK_FAILOVER: true,
  TEST_FAILOVER: true,
  END_TEST_FAILOVER: true,
  MOVE: true,
  COMMIT_MOVE: true,
  ROLLBACK_MOVE: true,
  REVERSE: true,
  CREATE_CHECKPOINT: false,
  START_CLONE: false,
  ABORT_CLONE: false,
  START_REPLICATION: false,
  DISMISS_ALERT: false,
  UNDISMISS_ALERT: false,
  OTHER: false,
}

const toContradiction = ({ operation, siteName, request }: Task, words: string) =>
  DomainError.vendor({
    code: 'VENDOR_PROTOCOL',
    message: `The site ${siteName} says that ${operation} has succeeded, but ${words}: look at the target`,
    siteName,
    operationId: request?.operationId ?? null,
  }).problem

/** A group does not show what was done to some of its members only. */
const isForSomeMembers = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'replicationIds' in input && Array.isArray(input.replicationIds)

/** Holds the success of what was asked for here for a few polls while its target contradicts it. */
export class SuccessWatch {
  readonly #adapter: VendorAdapter
  /** Looks in a row that contradict it, by task. */
  readonly #looks = new Map<string, number>()

  constructor(adapter: VendorAdapter) {
    this.#adapter = adapter
  }

  /** Forgets what it knows of all other tasks. */
  keepOnly(tasks: readonly Task[]): void {
    const ids = new Set(tasks.map((task) => task.id))
    for (const id of this.#looks.keys()) if (!ids.has(id)) this.#looks.delete(id)
  }

  /** The reading as it is to be taken. Anything but a success that a target shows passes as it is, without a call. */
  async look(task: Task, reading: TaskReading | null, signal: AbortSignal): Promise<TaskReading | null> {
    const { target, request, operation } = task
    if (reading?.state !== 'SUCCEEDED' || target === null || request === null) return reading
    if (!isVisible[operation] || isForSomeMembers(request.input)) return reading
    const view = await viewWithGroupFacts(this.#adapter, target, signal)
    if (toTrace(operation, view, this.#adapter.capabilities().rules) !== 'ABSENT') return reading
    const looks = (this.#looks.get(task.id) ?? 0) + 1
    this.#looks.set(task.id, looks)
    if (looks < mostSuccessLooks) return { ...reading, state: 'RUNNING', stage, endedAt: null }
    return { ...reading, warnings: [...reading.warnings, toContradiction(task, toSightWords(view))] }
  }
}
