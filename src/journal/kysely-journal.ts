import { setImmediate } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { toChangeDraft, toTaskDraft } from '../domain/audit.ts'
import type { AuditDraft, AuditPage, AuditQuery, AuditVerdict } from '../domain/audit.ts'
import { DomainError, type Problem } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { EventBus } from '../domain/ports/event-bus.ts'
import type { BeginResult, EventBounds, IdempotencyScope, Intent, Journal } from '../domain/ports/journal.ts'
import type { OpenIntent, TaskPage, TaskPatch, TaskQuery, TaskUpdate } from '../domain/ports/journal.ts'
import type { Lease } from '../domain/ports/leases.ts'
import type { Task, TaskEvent } from '../domain/task.ts'
import { checkAuditChain } from './audit-check.ts'
import { appendAuditEntry, listAuditEntries } from './audit-rows.ts'
import { pruneSomeEvents, readEventBounds } from './event-log.ts'
import type { FindLastGiven } from './given-sequences.ts'
import { dropKey, dropOldKeys, findKey, type KeyHolder, takeKey } from './key-rows.ts'
import { maskCalls, maskRequest } from './mask-secrets.ts'
import { forEachChunk } from './row-chunks.ts'
import type { StoreAccess, Writing } from './store-queue.ts'
import { applyPatch, awaitsAnswer, isSameTask, takesPatch } from './task-patch.ts'
import {
  appendTaskEvent,
  deleteTask,
  dropForeign,
  findTask,
  findTasks,
  findVendorTask,
  insertTask,
} from './task-rows.ts'
import {
  listOpen,
  listOpenIntents,
  listTaskPage,
  readLastSequence,
  readTaskEvents,
  replacePlaces,
  requireTask,
  saveTask,
} from './task-rows.ts'

export interface KyselyJournalOptions {
  /** The journal closes it. */
  readonly queue: StoreAccess
  readonly bus: EventBus
  readonly clock: Clock
  /** Name of this gateway among those on the store. */
  readonly replica: string
  readonly findLastGiven: FindLastGiven
}

const appendDraft = async ({ trx }: Writing, draft: AuditDraft | null): Promise<void> => {
  if (draft !== null) await appendAuditEntry(trx, draft)
}

// Each is some statements: so many are done in a few milliseconds, and whoever fails over waits no longer than that.
const changesAtOnce = 50

const takenBack = 'Another gateway on the same store has taken the intent back. Nothing was sent: send it again'

/**
 * The journal over any database that Kysely speaks to: no query of this room belongs to one dialect.
 *
 * The events of a write are on the bus before the next write starts. Secrets in what a caller gave and in what was sent
 * are masked before they are stored, so what comes back out is masked too.
 */
export class KyselyJournal implements Journal {
  readonly #queue: StoreAccess
  readonly #bus: EventBus
  readonly #clock: Clock
  readonly #replica: string
  readonly #findLastGiven: FindLastGiven

  constructor(options: KyselyJournalOptions) {
    this.#queue = options.queue
    this.#bus = options.bus
    this.#clock = options.clock
    this.#replica = options.replica
    this.#findLastGiven = options.findLastGiven
  }

  under(lease: Lease): Journal {
    const queue = this.#queue.under(lease)
    const [bus, clock, replica, findLastGiven] = [this.#bus, this.#clock, this.#replica, this.#findLastGiven]
    return new KyselyJournal({ queue, bus, clock, replica, findLastGiven })
  }

  async begin(intent: Intent): Promise<BeginResult> {
    const { caller, inputHash, exclusiveIds, isHindrance } = intent
    const { request, operation } = intent.task
    if (request === null) throw new Error(`The task ${intent.task.id} has no request, so there is no key to take`)
    const task: Task = { ...intent.task, request: maskRequest(request) }
    const scope = { caller, operation, key: request.idempotencyKey }
    return this.#queue.write('TASKS', async (writing): Promise<BeginResult> => {
      const { trx } = writing
      const at = this.#clock.now()
      await dropOldKeys(trx, at)
      if (!(await takeKey(trx, scope, { inputHash, taskId: task.id, at }))) {
        const existing = await findKey(trx, scope, at)
        if (existing === null) throw new Error(`The key of ${caller} for ${operation} is held by no task`)
        return { kind: 'EXISTING', ...existing }
      }
      const hindrance = (await listOpen(trx, 'target_id', exclusiveIds)).find(isHindrance)
      if (hindrance !== undefined) {
        await dropKey(trx, scope)
        return { kind: 'BLOCKED', by: hindrance }
      }
      await insertTask(trx, task, this.#replica)
      await this.#appendEvent(writing, { kind: 'STATE_CHANGE', at, task })
      await appendDraft(writing, toTaskDraft(task, 'INTENDED', at))
      return { kind: 'BEGUN', task }
    })
  }

  findByKey(scope: IdempotencyScope): Promise<KeyHolder | null> {
    return this.#queue.read((db) => findKey(db, scope, this.#clock.now()))
  }

  async markSent(taskId: string): Promise<Task> {
    return this.#queue.write('TASKS', async ({ trx }) => {
      const task = await findTask(trx, taskId)
      if (task === null) throw DomainError.store('STORE_BUSY', takenBack, null)
      if (task.dispatch !== 'PREPARED') throw new Error(`The task ${taskId} is ${task.dispatch}, not PREPARED`)
      const sent: Task = { ...task, dispatch: 'SENT', updatedAt: this.#clock.now() }
      await saveTask(trx, sent)
      return sent
    })
  }

  /** Its events go with it; their sequence numbers are not given again. */
  async release(taskId: string, from: 'PREPARED' | 'SENT', problem: Problem | null): Promise<void> {
    await this.#queue.write('TASKS', async (writing) => {
      const task = await findTask(writing.trx, taskId)
      if (task?.dispatch !== from || task.state === 'OUTCOME_UNKNOWN') return
      await deleteTask(writing.trx, taskId)
      await appendDraft(writing, toTaskDraft({ ...task, problem }, 'NOT_SENT', this.#clock.now()))
    })
  }

  async update(taskId: string, patch: TaskPatch, kind: TaskEvent['kind'], at: Date): Promise<Task> {
    return this.#queue.write('TASKS', async (writing) =>
      this.#change(writing, await requireTask(writing.trx, taskId), { taskId, patch, kind, at }),
    )
  }

  async updateAll(updates: readonly TaskUpdate[]): Promise<readonly (Task | null)[]> {
    const tasks: (Task | null)[] = []
    await forEachChunk(
      updates,
      async (chunk) => {
        const changed = await this.#queue.write('TASKS', async (writing) => {
          const some: (Task | null)[] = []
          for (const update of chunk) {
            const task = await findTask(writing.trx, update.taskId)
            some.push(task === null ? null : await this.#change(writing, task, update))
          }
          return some
        })
        tasks.push(...changed)
      },
      changesAtOnce,
    )
    return tasks
  }

  async loseAnswer(taskId: string, problem: Problem, at: Date): Promise<void> {
    await this.#queue.write('TASKS', async (writing) => {
      const task = await findTask(writing.trx, taskId)
      if (task === null || !awaitsAnswer(task)) return
      const changed = applyPatch(task, { state: 'OUTCOME_UNKNOWN', problem }, at)
      await saveTask(writing.trx, changed)
      await this.#appendEvent(writing, { kind: 'STATE_CHANGE', at, task: changed })
      await appendDraft(writing, toChangeDraft(task, changed, at))
    })
  }

  async adoptForeign(task: Task): Promise<Task> {
    // Most are known already: a read does not stand in the queue of the writes.
    const known = await this.#queue.read((db) => findVendorTask(db, task))
    if (known !== null) return known
    return this.#queue.write('TASKS', async (writing) => {
      const other = await findVendorTask(writing.trx, task)
      if (other !== null) return other
      await insertTask(writing.trx, task, null)
      await this.#appendEvent(writing, { kind: 'STATE_CHANGE', at: task.updatedAt, task })
      return task
    })
  }

  async appendAudit(draft: AuditDraft): Promise<void> {
    await this.#queue.write('TASKS', (writing) => appendDraft(writing, draft))
  }

  listAudit(query: AuditQuery): Promise<AuditPage> {
    return this.#queue.read((db) => listAuditEntries(db, query))
  }

  verifyAudit(): Promise<AuditVerdict> {
    return this.#queue.read((db) => checkAuditChain(db))
  }

  getTask(taskId: string): Promise<Task | null> {
    return this.#queue.read((db) => findTask(db, taskId))
  }

  findTasks(taskIds: readonly string[]): Promise<ReadonlyMap<string, Task>> {
    return this.#queue.read((db) => findTasks(db, taskIds))
  }

  /** @throws NOT_FOUND when `olderThan` is not the id of a task. */
  listTasks(query: TaskQuery): Promise<TaskPage> {
    return this.#queue.read((db) => listTaskPage(db, query))
  }

  listOpenTasks(siteName: string): Promise<readonly Task[]> {
    return this.#queue.read((db) => listOpen(db, 'site_name', [siteName]))
  }

  listIntents(): Promise<readonly OpenIntent[]> {
    return this.#queue.read((db) => listOpenIntents(db))
  }

  listOpenTasksOf(targetId: string): Promise<readonly Task[]> {
    return this.#queue.read((db) => listOpen(db, 'target_id', [targetId]))
  }

  readEvents(taskId: string | null, after: number, limit: number): Promise<readonly TaskEvent[]> {
    return this.#queue.read((db) => readTaskEvents(db, taskId, after, limit))
  }

  lastSequence(): Promise<number> {
    return this.#queue.read((db) => readLastSequence(db))
  }

  eventBounds(): Promise<EventBounds> {
    return this.#queue.read((db) => readEventBounds(db, this.#findLastGiven))
  }

  /** Some at a time, so that other writes come in between; ends early when the store is being closed. */
  async pruneEvents(before: Date, mostEvents: number): Promise<number> {
    for (let removed = 0; ;) {
      const some = await this.#queue.write('TASKS', ({ trx }) => pruneSomeEvents(trx, before, mostEvents))
      removed += some.removed
      if (some.isDone || this.#queue.isClosing) return removed
      await setImmediate()
    }
  }

  /** Closes the store that it is part of; the other parts cannot be used any more, either. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#queue[Symbol.asyncDispose]()
  }

  async #change(writing: Writing, task: Task, { patch, kind, at }: TaskUpdate): Promise<Task> {
    if (!takesPatch(task, patch)) return task
    const { sent, ...members } = patch
    const masked: TaskPatch = sent === undefined ? members : { ...members, sent: maskCalls(sent) }
    const changed = applyPatch(task, masked, at)
    if (kind === 'PROGRESS' && isSameTask(task, changed)) return task
    if (changed.dispatch !== 'FOREIGN' && task.vendorTaskId === null) await dropForeign(writing.trx, changed)
    await saveTask(writing.trx, changed)
    if (!isDeepStrictEqual(changed.places, task.places)) await replacePlaces(writing.trx, changed)
    await this.#appendEvent(writing, { kind, at, task: changed })
    await appendDraft(writing, toChangeDraft(task, changed, at))
    return changed
  }

  async #appendEvent(writing: Writing, event: Omit<TaskEvent, 'sequence'>): Promise<void> {
    const appended = await appendTaskEvent(writing.trx, event)
    writing.afterCommit(() => this.#bus.publish(appended))
  }
}
