import { toGlobalId } from '../domain/global-id.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { RecoveryPhase, RecoveryStatus } from '../domain/protection.ts'
import type { Task, TaskReading, TaskTarget } from '../domain/task.ts'
import { listDeciders, type TargetSighting, toVerdicts, undecided, type Verdicts } from './decision-stage.ts'
import type { TargetView } from './target-view.ts'
import type { TargetViews } from './target-views.ts'

/** A failover or move whose target has to be looked at, with its vendor task as this poll found it. */
export interface DecidedTask {
  readonly task: Task
  readonly reading: TaskReading | null
}

/** What earlier rounds have found out about the target of one task. */
interface Memory {
  readonly goneReads: number
  readonly restingReads: number
  readonly waiting: RecoveryStatus | null
  readonly groupNativeId: string | null
}

const nothing: Memory = { goneReads: 0, restingReads: 0, waiting: null, groupNativeId: null }

const restingPhases: ReadonlySet<RecoveryPhase> = new Set(['NONE', 'RECOVERED', 'TESTING'])

/** The phases in which it counts who has decided. */
const decidedPhases: ReadonlySet<RecoveryPhase> = new Set([...restingPhases, 'COMMITTING', 'ROLLING_BACK'])

// More commits and rollbacks of one recovery than this are not looked through.
const mostDecisions = 20

const targetOf = ({ task, reading }: DecidedTask): TaskTarget | null => task.target ?? reading?.target ?? null

const toKey = (target: TaskTarget): string => toGlobalId(target.kind, target.vendor, target.nativeId)

const remember = (known: Memory, { reading }: DecidedTask, view: TargetView): Memory => {
  if (view.kind === 'UNREADABLE') return known
  if (view.kind === 'GONE') return { ...known, goneReads: known.goneReads + 1, restingReads: 0 }
  const { groupNativeId } = view
  const { recovery } = view.object
  // What the target was before the vendor's task ended says nothing about the end.
  const isResting = restingPhases.has(recovery.phase) && reading?.state === 'SUCCEEDED'
  return {
    goneReads: 0,
    restingReads: isResting ? known.restingReads + 1 : 0,
    waiting: recovery.phase === 'AWAITING_COMMIT' ? recovery : known.waiting,
    groupNativeId,
  }
}

/** Looks at the targets of the tasks that have to be decided on. A target of several tasks is read once. */
export class TargetWatch {
  readonly #adapter: VendorAdapter
  readonly #journal: Journal
  readonly #logger: Logger
  readonly #memories = new Map<string, Memory>()
  readonly #silent = new Set<string>()

  constructor(adapter: VendorAdapter, options: { readonly journal: Journal; readonly logger: Logger }) {
    this.#adapter = adapter
    this.#journal = options.journal
    this.#logger = options.logger
  }

  /** Forgets what it knows of all other tasks. */
  keepOnly(tasks: readonly Task[]): void {
    const ids = new Set(tasks.map((task) => task.id))
    for (const id of this.#memories.keys()) if (!ids.has(id)) this.#memories.delete(id)
    if (tasks.length === 0) this.#silent.clear()
  }

  /** In the order of `decided`. Rejects only when the journal does, or when the round is ended. */
  async look(decided: readonly DecidedTask[], views: TargetViews): Promise<readonly TargetSighting[]> {
    return Promise.all(
      decided.map(async (one) => {
        const target = targetOf(one)
        return target === null ? { kind: 'UNREADABLE' } : this.#toSighting(one, target, await this.#read(target, views))
      }),
    )
  }

  async #toSighting(decided: DecidedTask, target: TaskTarget, view: TargetView): Promise<TargetSighting> {
    const { task } = decided
    const memory = remember(this.#memories.get(task.id) ?? nothing, decided, view)
    this.#memories.set(task.id, memory)
    const { goneReads, restingReads, waiting, groupNativeId } = memory
    if (view.kind === 'UNREADABLE') return { kind: 'UNREADABLE' }
    if (view.kind === 'GONE') {
      return { kind: 'GONE', reads: goneReads, ...(await this.#findVerdicts(task, target, groupNativeId)) }
    }
    const { recovery } = view.object
    const isDecided = decidedPhases.has(recovery.phase)
    const verdicts = isDecided ? await this.#findVerdicts(task, target, groupNativeId) : undecided
    return { kind: 'SEEN', recovery, restingReads, waiting, ...verdicts }
  }

  /** A replication is decided on with its group, so the decisions on either count. */
  async #findVerdicts(task: Task, target: TaskTarget, groupNativeId: string | null): Promise<Verdicts> {
    const group = groupNativeId === null ? [] : [toGlobalId('ProtectionGroup', target.vendor, groupNativeId)]
    const { tasks } = await this.#journal.listTasks({
      sight: null,
      siteNames: null,
      states: null,
      operations: listDeciders(task, this.#adapter.capabilities()),
      targetIds: [toKey(target), ...group],
      limit: mostDecisions,
      olderThan: null,
    })
    return toVerdicts(task, tasks)
  }

  async #read(target: TaskTarget, views: TargetViews): Promise<TargetView> {
    const key = toKey(target)
    const view = await views.view(target)
    if (view.kind === 'SEEN') this.#silent.delete(key)
    if (view.kind === 'UNREADABLE') this.#complain(key, target, view.problem)
    return view
  }

  /** Once per target, until it has been read again. */
  #complain(key: string, { nativeId }: TaskTarget, problem: unknown): void {
    if (this.#silent.has(key)) return
    this.#silent.add(key)
    const { siteName } = this.#adapter
    this.#logger.warn('A target that may wait for a decision cannot be read', { siteName, nativeId, problem })
  }
}
