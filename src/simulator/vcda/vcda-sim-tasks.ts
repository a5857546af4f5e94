import type { Random } from '../random.ts'
import type { Agenda } from '../clock.ts'
import {
  failedTaskProgressPercent,
  resultTypes,
  taskDurationsMs,
  tasksKept,
  workflowTypes,
  type ResourceType,
  type WorkflowType,
} from './vcda-inferred.ts'
import { toApiError, type ApiError } from './vcda-sim-refusal.ts'
import type { Rendered } from './vcda-sim-rendering.ts'

/** QUEUED is known to the newest version only. */
export const taskStates = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED'] as const
type TaskState = (typeof taskStates)[number]

/** What a task is about and who wanted it. */
export interface TaskSubject {
  readonly type: WorkflowType
  readonly resourceType: ResourceType
  /** Null, as the name, for a task about the appliance itself. */
  readonly resourceId: string | null
  readonly resourceName: string | null
  readonly site: string
  readonly user: string
  readonly sourceOrg: string | null
  readonly destinationOrg: string | null
  /** The `operationID` header of the request; never shown, for tests to read. */
  readonly operationId: string | null
}

/** An accepted action. */
export interface SimTask extends TaskSubject {
  readonly id: string
  readonly startTime: number
  /** When it leaves QUEUED; `startTime` for most. */
  readonly runsFrom: number
  /** When it ends; of an open one, infinity until it has ended. */
  dueAt: number
  /** Percent, as whoever works on an open task reports it. */
  reportedProgress: number | null
  state: TaskState
  error: ApiError | null
  result: Rendered | null
  warnings: readonly ApiError[]
}

/** What becomes of the next accepted action instead of plain success. */
export type TaskPlan =
  /** Fails on the way, and what it had begun is undone. */
  | { readonly outcome: 'FAIL'; readonly error?: ApiError }
  /** Says SUCCEEDED and has done nothing. */
  | { readonly outcome: 'NO_EFFECT' }
  /** Waits in state QUEUED first, as newer appliances let it. */
  | { readonly outcome: 'SUCCEED'; readonly queuedMs: number }

/** What a task does to the world, each with the moment at which it happens. */
export interface TaskEffects {
  readonly begin: (at: number) => void
  /** Gives the `result` of the task. */
  readonly finish: (at: number) => Rendered | null
  readonly abort: (at: number) => void
  /** The `result` when nothing was done. */
  readonly look: (at: number) => Rendered | null
}

const failure = (): ApiError => toApiError('GeneralServerFailure', 'The operation failed on the replicator.')

/** A task whose work takes as long as it takes; whoever does it says how far it is and when it is over. */
export interface OpenTask {
  readonly task: SimTask
  /** What a test has planned for it: the error to fail with on the way, or null. */
  readonly plannedFailure: ApiError | null
  report(progressPercent: number): void
  succeed(at: number, result: Rendered | null): void
  fail(at: number, error: ApiError): void
}

/** All tasks of both sites, oldest first; the oldest finished ones are forgotten beyond a limit. */
export class TaskStore {
  readonly #agenda: Agenda
  readonly #random: Random
  readonly #tasks = new Map<string, SimTask>()
  readonly #plans: TaskPlan[] = []

  constructor(agenda: Agenda, random: Random) {
    this.#agenda = agenda
    this.#random = random
  }

  /** Every accepted action that is still remembered, oldest first. */
  list(): readonly SimTask[] {
    return [...this.#tasks.values()]
  }

  find(id: string): SimTask | null {
    return this.#tasks.get(id) ?? null
  }

  /** Makes a task vanish from the lists; its effects still happen. */
  forget(id: string): void {
    this.#tasks.delete(id)
  }

  /** Decides about the next action that is accepted; plans are used up in order. */
  plan(plan: TaskPlan): void {
    this.#plans.push(plan)
  }

  /** @param queuedMs How long it waits first, when no plan says otherwise. */
  start(subject: TaskSubject, now: number, effects: TaskEffects, queuedMs = 0): SimTask {
    const plan = this.#plans.shift() ?? { outcome: 'SUCCEED', queuedMs }
    const runsFrom = now + (plan.outcome === 'SUCCEED' ? plan.queuedMs : 0)
    const part = plan.outcome === 'FAIL' ? failedTaskProgressPercent / 100 : 1
    const dueAt = Math.round(runsFrom + taskDurationsMs[subject.type] * part)
    const task = this.#add(subject, { startTime: now, runsFrom, dueAt, reportedProgress: null })
    this.#schedule(task, plan, effects)
    return task
  }

  /** Of a plan, only a failure counts here. */
  startOpen(subject: TaskSubject, now: number): OpenTask {
    const plan = this.#plans.shift()
    const span = { startTime: now, runsFrom: now, dueAt: Number.POSITIVE_INFINITY, reportedProgress: 0 }
    const task = this.#add(subject, span)
    return {
      task,
      plannedFailure: plan?.outcome === 'FAIL' ? (plan.error ?? failure()) : null,
      report: (progressPercent) => {
        task.reportedProgress = progressPercent
      },
      succeed: (at, result) => Object.assign(task, { state: 'SUCCEEDED', dueAt: at, result }),
      fail: (at, error) => Object.assign(task, { state: 'FAILED', dueAt: at, error }),
    }
  }

  #add(subject: TaskSubject, span: Pick<SimTask, 'startTime' | 'runsFrom' | 'dueAt' | 'reportedProgress'>): SimTask {
    const state = span.runsFrom > span.startTime ? 'QUEUED' : 'RUNNING'
    const fresh = { id: this.#random.uuid(), state, error: null, result: null, warnings: [] } as const
    const task: SimTask = { ...subject, ...span, ...fresh }
    this.#tasks.set(task.id, task)
    this.#trim()
    return task
  }

  #schedule(task: SimTask, plan: TaskPlan, effects: TaskEffects): void {
    const run = (at: number): void => {
      task.state = 'RUNNING'
      if (plan.outcome !== 'NO_EFFECT') effects.begin(at)
    }
    if (task.state === 'QUEUED') this.#agenda.at(task.runsFrom, run)
    else run(task.startTime)
    this.#agenda.at(task.dueAt, (at) => {
      task.state = plan.outcome === 'FAIL' ? 'FAILED' : 'SUCCEEDED'
      if (plan.outcome === 'FAIL') {
        task.error = plan.error ?? failure()
        effects.abort(at)
      } else task.result = plan.outcome === 'NO_EFFECT' ? effects.look(at) : effects.finish(at)
    })
  }

  #trim(): void {
    if (this.#tasks.size <= tasksKept) return
    for (const task of this.#tasks.values()) {
      if (task.state !== 'SUCCEEDED' && task.state !== 'FAILED') continue
      this.#tasks.delete(task.id)
      return
    }
  }
}

const isFinished = (task: SimTask): boolean => task.state === 'SUCCEEDED' || task.state === 'FAILED'

/** Milliseconds since 1970, or -1 until the task is finished. */
export const taskEndTime = (task: SimTask): number => (isFinished(task) ? task.dueAt : -1)

const progressPercent = (task: SimTask, now: number): number => {
  if (task.state === 'SUCCEEDED') return 100
  if (task.reportedProgress !== null) return task.reportedProgress
  if (task.state === 'FAILED') return failedTaskProgressPercent
  const wholeMs = taskDurationsMs[task.type]
  return Math.max(0, Math.min(99, Math.floor((100 * (now - task.runsFrom)) / wholeMs)))
}

const lastUpdated = (task: SimTask, now: number): number => {
  if (isFinished(task)) return task.dueAt
  return task.startTime + Math.floor((now - task.startTime) / 1_000) * 1_000
}

/** The task object of the seed. `result` is there only after success, `error` is null but after a failure. */
export const renderTask = (task: SimTask, now: number): Rendered => ({
  endTime: taskEndTime(task),
  error: task.error,
  id: task.id,
  lastUpdated: lastUpdated(task, now),
  progress: progressPercent(task, now),
  ...(task.state === 'SUCCEEDED' ? { result: task.result, resultType: resultTypes[task.resourceType] } : {}),
  site: task.site,
  startTime: task.startTime,
  state: task.state,
  user: task.user,
  warnings: task.warnings,
  workflowInfo: {
    resourceId: task.resourceId,
    resourceName: task.resourceName,
    resourceType: task.resourceType,
    type: workflowTypes[task.type],
  },
})
