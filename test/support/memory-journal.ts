import { isDeepStrictEqual } from 'node:util'
import { type AuditDraft, type AuditEntry, toChangeDraft, toTaskDraft } from '../../src/domain/audit.ts'
import { DomainError, type Problem } from '../../src/domain/errors.ts'
import { toGlobalId } from '../../src/domain/global-id.ts'
import type { Clock } from '../../src/domain/ports/clock.ts'
import type { EventBus } from '../../src/domain/ports/event-bus.ts'
import {
  type BeginResult,
  type EventBounds,
  type IdempotencyScope,
  type Intent,
  type Journal,
  keyLifetimeMs,
  type TaskQuery,
  type TaskUpdate,
} from '../../src/domain/ports/journal.ts'
import { isInSight, isTaskInSight } from '../../src/domain/sight.ts'
import { isFinal, type Task, type TaskEvent } from '../../src/domain/task.ts'
import { parseAuditDocument, toAuditDocument, toAuditHash } from '../../src/journal/audit-document.ts'
import { maskCalls, maskRequest, maskSecrets } from '../../src/journal/mask-secrets.ts'
import { applyPatch, awaitsAnswer, takesPatch } from '../../src/journal/task-patch.ts'

interface KeyRow {
  readonly inputHash: string
  readonly taskId: string
  readonly createdAt: number
}

interface AuditRow {
  readonly document: string
  readonly hash: string
}

/** What is left when every process is dead: the rows. Several journals may stand over one store, as processes do. */
export interface MemoryStore {
  readonly tasks: Map<string, Task>
  readonly events: TaskEvent[]
  readonly keys: Map<string, KeyRow>
  /** In their order; what they chain to is reckoned when somebody reads. */
  readonly drafts: AuditDraft[]
  lastSequence: number
  /** From this sequence on no event was pruned. */
  completeFrom: number
}

/** An operation of the journal, by its name. */
export type JournalOperation = Exclude<keyof Journal, symbol | 'under'>

export interface MemoryJournalOptions {
  readonly store: MemoryStore
  readonly bus: EventBus
  readonly clock: Clock
  /** Awaited before and after each operation, so that others can come between any two. @default at once */
  readonly pause?: (operation: JournalOperation, moment: 'BEFORE' | 'AFTER') => Promise<void>
}

export const createMemoryStore = (): MemoryStore => ({
  tasks: new Map(),
  events: [],
  keys: new Map(),
  drafts: [],
  lastSequence: 0,
  completeFrom: 1,
})

const keyOf = ({ caller, operation, key }: IdempotencyScope): string => JSON.stringify([caller, operation, key])

const targetIdOf = ({ target }: Task): string | null =>
  target && toGlobalId(target.kind, target.vendor, target.nativeId)

const isIn = <T>(wanted: readonly T[] | null, value: T): boolean => wanted === null || wanted.includes(value)

const isMatch = (query: TaskQuery, task: Task): boolean =>
  (query.sight === null || isTaskInSight(query.sight, task)) &&
  isIn(query.siteNames, task.siteName) &&
  isIn(query.states, task.state) &&
  isIn(query.operations, task.operation) &&
  isIn<string | null>(query.targetIds, targetIdOf(task))

const byStart = (one: Task, other: Task): number =>
  one.startedAt.getTime() - other.startedAt.getTime() || (one.id < other.id ? -1 : Number(one.id > other.id))

const toAuditRows = (drafts: readonly AuditDraft[]): readonly AuditRow[] => {
  let hash = ''
  return drafts.map((draft, index) => {
    const document = toAuditDocument(draft, index + 1)
    hash = toAuditHash(hash, document)
    return { document, hash }
  })
}

const toEntry = ({ document, hash }: AuditRow): AuditEntry => ({ ...parseAuditDocument(document), hash })

/**
 * The journal in memory: the same promises as the one on disk, each operation one indivisible step. The simulation runs
 * on it, because only there the order of every two operations can be chosen.
 */
export class MemoryJournal implements Journal {
  readonly #store: MemoryStore
  readonly #bus: EventBus
  readonly #clock: Clock
  readonly #pause: NonNullable<MemoryJournalOptions['pause']>

  constructor({ store, bus, clock, pause }: MemoryJournalOptions) {
    this.#store = store
    this.#bus = bus
    this.#clock = clock
    this.#pause = pause ?? (() => Promise.resolve())
  }

  begin({ task: given, caller, inputHash, exclusiveIds, isHindrance }: Intent): Promise<BeginResult> {
    return this.#step('begin', () => {
      const { request, operation } = given
      if (request === null) throw new Error(`The task ${given.id} has no request, so there is no key to take`)
      const task = { ...given, request: maskRequest(request) }
      const key = keyOf({ caller, operation, key: request.idempotencyKey })
      this.#forgetOldKeys()
      const existing = this.#findKey(key)
      if (existing !== null) return { kind: 'EXISTING', ...existing }
      const by = this.#listOpen((open) => exclusiveIds.includes(targetIdOf(open) ?? '')).find(isHindrance)
      if (by !== undefined) return { kind: 'BLOCKED', by }
      if (this.#store.tasks.has(task.id)) throw new Error(`The id of the task ${task.id} is not unique`)
      const at = this.#clock.now()
      this.#store.keys.set(key, { inputHash, taskId: task.id, createdAt: at.getTime() })
      this.#keep(task, toTaskDraft(task, 'INTENDED', at))
      this.#append(task, 'STATE_CHANGE', at)
      return { kind: 'BEGUN', task }
    })
  }

  findByKey(scope: IdempotencyScope): Promise<{ readonly task: Task; readonly inputHash: string } | null> {
    return this.#step('findByKey', () => {
      this.#forgetOldKeys()
      return this.#findKey(keyOf(scope))
    })
  }

  markSent(taskId: string): Promise<Task> {
    return this.#step('markSent', () => {
      const task = this.#store.tasks.get(taskId)
      if (task === undefined) throw DomainError.store('STORE_BUSY', 'The intent was taken back', null)
      if (task.dispatch !== 'PREPARED') throw new Error(`The task ${taskId} is ${task.dispatch}, not PREPARED`)
      return this.#keep({ ...task, dispatch: 'SENT', updatedAt: this.#clock.now() }, null)
    })
  }

  release(taskId: string, from: 'PREPARED' | 'SENT', problem: Problem | null): Promise<void> {
    return this.#step('release', () => {
      const { tasks, drafts } = this.#store
      const task = tasks.get(taskId)
      if (task?.dispatch !== from || task.state === 'OUTCOME_UNKNOWN') return
      this.#remove(taskId)
      const draft = toTaskDraft({ ...task, problem }, 'NOT_SENT', this.#clock.now())
      if (draft !== null) drafts.push(draft)
    })
  }

  update(taskId: string, patch: Parameters<Journal['update']>[1], kind: TaskEvent['kind'], at: Date): Promise<Task> {
    return this.#step('update', () => this.#change(this.#require(taskId), { taskId, patch, kind, at }))
  }

  updateAll(updates: readonly TaskUpdate[]): Promise<readonly (Task | null)[]> {
    return this.#step('updateAll', () =>
      updates.map((update) => {
        const task = this.#store.tasks.get(update.taskId)
        return task === undefined ? null : this.#change(task, update)
      }),
    )
  }

  #change(task: Task, { patch, kind, at }: TaskUpdate): Task {
    if (!takesPatch(task, patch)) return task
    const kept = patch.sent === undefined ? patch : { ...patch, sent: maskCalls(patch.sent) }
    const changed = applyPatch(task, kept, at)
    const isSame = isDeepStrictEqual({ ...changed, updatedAt: null }, { ...task, updatedAt: null })
    if (kind === 'PROGRESS' && isSame) return task
    if (changed.dispatch !== 'FOREIGN' && task.vendorTaskId === null) this.#dropForeign(changed)
    this.#keep(changed, toChangeDraft(task, changed, at))
    this.#append(changed, kind, at)
    return changed
  }

  loseAnswer(taskId: string, problem: Problem, at: Date): Promise<void> {
    return this.#step('loseAnswer', () => {
      const task = this.#store.tasks.get(taskId)
      if (task === undefined || !awaitsAnswer(task)) return
      const changed = applyPatch(task, { state: 'OUTCOME_UNKNOWN', problem }, at)
      this.#keep(changed, toChangeDraft(task, changed, at))
      this.#append(changed, 'STATE_CHANGE', at)
    })
  }

  adoptForeign(task: Task): Promise<Task> {
    return this.#step('adoptForeign', () => {
      const known = this.#listVendorTasks(task)
      const first = known.find(({ dispatch }) => dispatch !== 'FOREIGN') ?? known[0]
      if (first !== undefined) return first
      this.#keep(task, null)
      this.#append(task, 'STATE_CHANGE', task.updatedAt)
      return task
    })
  }

  appendAudit(draft: AuditDraft): Promise<void> {
    return this.#step('appendAudit', () => {
      this.#store.drafts.push({ ...draft, input: maskSecrets(draft.input) })
    })
  }

  listAudit(query: Parameters<Journal['listAudit']>[0]): ReturnType<Journal['listAudit']> {
    return this.#step('listAudit', () => {
      const matching = toAuditRows(this.#store.drafts)
        .map(toEntry)
        .filter(
          (entry) =>
            (query.sight === null || isInSight(query.sight, { ...entry, askedBy: entry.caller })) &&
            isIn(query.kinds, entry.kind) &&
            isIn(query.callers, entry.caller) &&
            isIn(query.operations, entry.operation) &&
            isIn<string | null>(query.targetIds, entry.targetId) &&
            isIn<string | null>(query.taskIds, entry.taskId) &&
            (query.from === null || entry.at >= query.from) &&
            (query.to === null || entry.at <= query.to),
        )
        .toReversed()
      const before = query.beforeSequence ?? Infinity
      const page = matching.filter(({ sequence }) => sequence < before)
      return {
        entries: page.slice(0, query.limit),
        totalCount: matching.length,
        hasMore: page.length > query.limit,
      }
    })
  }

  verifyAudit(): ReturnType<Journal['verifyAudit']> {
    return this.#step('verifyAudit', () => {
      const rows = toAuditRows(this.#store.drafts)
      return { kind: 'WHOLE', entryCount: rows.length, headHash: rows.at(-1)?.hash ?? null }
    })
  }

  getTask(taskId: string): Promise<Task | null> {
    return this.#step('getTask', () => this.#store.tasks.get(taskId) ?? null)
  }

  findTasks(taskIds: readonly string[]): Promise<ReadonlyMap<string, Task>> {
    return this.#step('findTasks', () => {
      const { tasks } = this.#store
      return new Map(taskIds.flatMap((id) => (tasks.has(id) ? [[id, this.#require(id)] as const] : [])))
    })
  }

  listTasks(query: TaskQuery): ReturnType<Journal['listTasks']> {
    return this.#step('listTasks', () => {
      const matching = [...this.#store.tasks.values()]
        .filter((task) => isMatch(query, task))
        .sort(byStart)
        .toReversed()
      const last = query.olderThan === null ? null : this.#store.tasks.get(query.olderThan)
      if (last === undefined) throw DomainError.notFound(query.olderThan ?? '')
      const page = last === null ? matching : matching.filter((task) => byStart(task, last) < 0)
      return {
        tasks: page.slice(0, query.limit),
        totalCount: matching.length,
        hasMore: page.length > query.limit,
      }
    })
  }

  listOpenTasks(siteName: string): Promise<readonly Task[]> {
    return this.#step('listOpenTasks', () => this.#listOpen((task) => task.siteName === siteName))
  }

  listIntents(): ReturnType<Journal['listIntents']> {
    return this.#step('listIntents', () =>
      this.#listOpen(
        ({ dispatch, state, vendorTaskId }) =>
          (dispatch === 'PREPARED' || dispatch === 'SENT') && state !== 'OUTCOME_UNKNOWN' && vendorTaskId === null,
      ).map((task) => ({ task, replica: null })),
    )
  }

  listOpenTasksOf(targetId: string): Promise<readonly Task[]> {
    return this.#step('listOpenTasksOf', () => this.#listOpen((task) => targetIdOf(task) === targetId))
  }

  readEvents(taskId: string | null, after: number, limit: number): Promise<readonly TaskEvent[]> {
    return this.#step('readEvents', () =>
      this.#store.events
        .filter(({ task, sequence }) => (taskId === null || task.id === taskId) && sequence > after)
        .slice(0, limit),
    )
  }

  lastSequence(): Promise<number> {
    return this.#step('lastSequence', () => this.#store.events.at(-1)?.sequence ?? 0)
  }

  eventBounds(): Promise<EventBounds> {
    return this.#step('eventBounds', () => ({
      completeFrom: this.#store.completeFrom,
      last: this.#store.lastSequence,
    }))
  }

  pruneEvents(before: Date, mostEvents: number): Promise<number> {
    return this.#step('pruneEvents', () => {
      const { events } = this.#store
      const lastToGo = (events.at(-1)?.sequence ?? 0) - mostEvents
      const firstToStay = events.findIndex(({ at, sequence }) => at >= before && sequence > lastToGo)
      const lastOf = new Map(events.map(({ task, sequence }) => [task.id, sequence]))
      const doomed = events
        .slice(0, firstToStay === -1 ? events.length : firstToStay)
        .filter(({ task, sequence }) => lastOf.get(task.id) !== sequence)
      for (const event of doomed) events.splice(events.indexOf(event), 1)
      this.#store.completeFrom = Math.max(this.#store.completeFrom, (doomed.at(-1)?.sequence ?? 0) + 1)
      return doomed.length
    })
  }

  /** Nobody takes anything over here. */
  under(): Journal {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  /** One indivisible operation. */
  async #step<T>(operation: JournalOperation, run: () => T): Promise<T> {
    await this.#pause(operation, 'BEFORE')
    const result = run()
    await this.#pause(operation, 'AFTER')
    return result
  }

  #require(taskId: string): Task {
    const task = this.#store.tasks.get(taskId)
    if (task === undefined) throw new Error(`The journal holds no task ${taskId}`)
    return task
  }

  #findKey(key: string): { readonly task: Task; readonly inputHash: string } | null {
    const row = this.#store.keys.get(key)
    return row === undefined ? null : { task: this.#require(row.taskId), inputHash: row.inputHash }
  }

  #forgetOldKeys(): void {
    const oldest = this.#clock.now().getTime() - keyLifetimeMs
    for (const [key, { createdAt, taskId }] of this.#store.keys) {
      if (createdAt <= oldest && isFinal(this.#require(taskId).state)) this.#store.keys.delete(key)
    }
  }

  #listVendorTasks({ vendor, vendorTaskId }: Task): readonly Task[] {
    const key = vendorTaskId?.toLowerCase() ?? null
    return [...this.#store.tasks.values()].filter(
      (task) => key !== null && task.vendor === vendor && task.vendorTaskId?.toLowerCase() === key,
    )
  }

  #dropForeign(task: Task): void {
    for (const { id, dispatch } of this.#listVendorTasks(task)) {
      if (dispatch === 'FOREIGN') this.#remove(id)
    }
  }

  #remove(taskId: string): void {
    const { tasks, keys, events } = this.#store
    tasks.delete(taskId)
    for (const [key, row] of keys) if (row.taskId === taskId) keys.delete(key)
    for (let index = events.length - 1; index >= 0; index -= 1) {
      if (events[index]?.task.id === taskId) events.splice(index, 1)
    }
  }

  #listOpen(isWanted: (task: Task) => boolean): readonly Task[] {
    return [...this.#store.tasks.values()].filter((task) => !isFinal(task.state) && isWanted(task)).sort(byStart)
  }

  #keep(task: Task, draft: AuditDraft | null): Task {
    this.#store.tasks.set(task.id, task)
    if (draft !== null) this.#store.drafts.push(draft)
    return task
  }

  #append(task: Task, kind: TaskEvent['kind'], at: Date): void {
    this.#store.lastSequence += 1
    const event = { sequence: this.#store.lastSequence, kind, at, task }
    this.#store.events.push(event)
    this.#bus.publish(event)
  }
}
