import { DomainError } from '../domain/errors.ts'
import type { Task, TaskReading } from '../domain/task.ts'
import type { TargetViews } from './target-views.ts'

/*
 * A site may list what it has started some seconds after it says that the start has succeeded. Until then nobody can see
 * or act on it, so for the caller the start is not over.
 */

const stage = 'waiting until the site lists it'

/** After so many looks in a row the start is taken for over all the same, with a warning. */
export const mostArrivalLooks = 60

const toAbsentWarning = ({ siteName, request }: Task) =>
  DomainError.vendor({
    code: 'VENDOR_PROTOCOL',
    message: `The site ${siteName} says that the start has succeeded, and does not list what was started`,
    siteName,
    operationId: request?.operationId ?? null,
  }).problem

/** Holds starts that the vendor calls a success until what was started can be read. */
export class ArrivalWatch {
  /** Looks in a row that did not find it, by task. */
  readonly #looks = new Map<string, number>()

  /** The reading as it is to be taken. Anything but a start that has succeeded passes as it is, without a call. */
  async look(task: Task, reading: TaskReading | null, views: TargetViews): Promise<TaskReading | null> {
    const target = reading?.target ?? task.target
    if (task.operation !== 'START_REPLICATION' || reading?.state !== 'SUCCEEDED' || target === null) return reading
    const view = await views.view(target)
    const looks = (this.#looks.get(task.id) ?? 0) + (view.kind === 'GONE' ? 1 : 0)
    if (view.kind !== 'SEEN' && looks < mostArrivalLooks) {
      this.#looks.set(task.id, looks)
      return { ...reading, state: 'RUNNING', stage, endedAt: null }
    }
    this.#looks.delete(task.id)
    return view.kind === 'SEEN'
      ? { ...reading, targetName: view.object.name }
      : { ...reading, warnings: [...reading.warnings, toAbsentWarning(task)] }
  }
}
