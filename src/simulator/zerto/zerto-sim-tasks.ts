import type { TaskType } from './zerto-sim-enums.ts'
import { finishedTasksKept } from './zerto-sim-inferred.ts'
import type { SiteIndex } from './zerto-sim-vpg.ts'

/** 1 InProgress, 2 WaitingForUserInput, 4 Failed, 5 Stopped, 6 Completed. */
type TaskState = 1 | 2 | 4 | 5 | 6

/** A piece of work of one ZVM. */
export interface SimTask {
  /** `<taskGuid>.<siteGuid>`. */
  readonly id: string
  readonly type: TaskType
  readonly vpgId: string
  readonly vpgName: string
  /** The ZVM that was asked. */
  readonly siteIndex: SiteIndex
  /** A user's name, or `System` for what the ZVM began by itself. */
  readonly initiatedBy: string
  readonly startedAt: number
  /** When it will be done if nothing comes between; what its progress is measured by. */
  readonly dueAt: number
  readonly isCancellable: boolean
  state: TaskState
  /** Null while it runs. */
  completedAt: number | null
  /** Why it failed; empty otherwise. */
  completeReason: string
  /** Grows with every change. */
  generation: number
}

/** How far a task is, from 0 to 100. Only a completed task has 100. */
export const taskProgress = (task: SimTask, now: number): number => {
  if (task.state === 6) return 100
  const until = Math.min(task.completedAt ?? now, now)
  const share = (until - task.startedAt) / Math.max(1, task.dueAt - task.startedAt)
  return Math.min(99, Math.max(0, Math.floor(share * 100)))
}

/** The tasks that one ZVM ran, in the order in which they began. */
export class TaskLog {
  readonly #tasks = new Map<string, SimTask>()

  add(task: SimTask): void {
    this.#tasks.set(task.id, task)
  }

  /** Ends a task, and forgets the oldest finished ones over the limit. Does nothing to a task that has ended. */
  finish(task: SimTask, at: number, state: 4 | 5 | 6, completeReason = ''): void {
    if (task.completedAt !== null) return
    task.state = state
    task.completedAt = at
    task.completeReason = completeReason
    task.generation += 1
    this.#forgetOldest()
  }

  /** Marks a task as waiting for somebody, without ending it. */
  park(task: SimTask): void {
    task.state = 2
    task.generation += 1
  }

  find(id: string): SimTask | null {
    return this.#tasks.get(id) ?? null
  }

  list(): readonly SimTask[] {
    return [...this.#tasks.values()]
  }

  #forgetOldest(): void {
    if (this.#tasks.size <= finishedTasksKept) return
    for (const task of this.#tasks.values()) {
      if (task.completedAt === null) continue
      this.#tasks.delete(task.id)
      return
    }
  }
}
