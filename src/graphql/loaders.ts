import DataLoader from 'dataloader'
import { findProblem, type Problem } from '../domain/errors.ts'
import type { RecoveryPointQuery } from '../domain/ports/vendor-adapter.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { RecoveryPoint } from '../domain/recovery-point.ts'
import type { Replication } from '../domain/replication.ts'
import { findUsualSeconds, mostRunsLookedAt } from '../domain/run-duration.ts'
import type { Task, TaskTarget } from '../domain/task.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { InventoryView } from '../inventory/inventory-view.ts'
import type { Seen } from '../inventory/merge-observations.ts'
import type { Site } from '../inventory/site-view.ts'
import type { TaskBook } from '../inventory/task-book.ts'
import type { ReadinessBook, ReadinessDesk } from './readiness/readiness-desk.ts'
import { toGlobalId } from '../domain/global-id.ts'

/** Which recovery points are wanted, of which vendor. */
export interface RecoveryPointKey extends RecoveryPointQuery {
  readonly vendor: Vendor
}

/** The points, or the reason why they cannot be seen: an object without them is still worth showing. */
export type RecoveryPointsLoaded =
  | { readonly points: readonly RecoveryPoint[]; readonly problem: null }
  | { readonly points: readonly []; readonly problem: Problem }

/** Runs of one kind. */
export type RunKind = Pick<Task, 'siteName' | 'operation'>

/** What resolvers ask one by one and the vendors are asked together, within one operation. */
export interface Loaders {
  readonly recoveryPoints: DataLoader<RecoveryPointKey, RecoveryPointsLoaded, string>
  /** Members by the global id of their group. */
  readonly members: DataLoader<string, readonly Seen<Replication>[]>
  /** Replications and groups by target; null for what no site lists any more. */
  readonly targets: DataLoader<TaskTarget, Seen<ProtectionGroup> | Seen<Replication> | null, string>
  /** Tasks by global id; null for what is not there or out of sight. */
  readonly tasks: DataLoader<string, Task | null>
  /** The recovery that was started here and waits for a decision, by the global id of its target; null for none. */
  readonly awaiting: DataLoader<string, Task | null>
  /** How long an operation usually takes at a site, in seconds; null where too few have gone well there. */
  readonly usualSeconds: DataLoader<RunKind, number | null, string>
  /** What readiness is judged by, gathered once. */
  readiness(): Promise<ReadinessBook>
  /** Sites by global id, from what is known without asking. */
  findSite(id: string): Site | null
  /** Configured sites by their configured name, from what is known without asking. */
  findSiteByName(name: string): Site | null
  /** Forgets everything: what one event of a subscription saw is not good for the next. */
  clear(): void
}

const toPointsKey = ({ kind, vendor, nativeId, from, to }: RecoveryPointKey): string =>
  [kind, vendor, nativeId, from?.getTime(), to?.getTime()].join('|')

// More than one recovery of a target does not wait at once.
const loadAwaiting = async (book: TaskBook, targetIds: readonly string[]): Promise<readonly (Task | null)[]> => {
  const query = {
    siteNames: null,
    states: ['AWAITING_DECISION'],
    operations: null,
    targetIds,
    olderThan: null,
  } as const
  const { tasks } = await book.listTasks({ ...query, limit: targetIds.length })
  const byTarget = new Map(
    tasks.flatMap((task) =>
      task.target === null
        ? []
        : [[toGlobalId(task.target.kind, task.target.vendor, task.target.nativeId), task] as const],
    ),
  )
  return targetIds.map((id) => byTarget.get(id) ?? null)
}

const loadUsualSeconds = async (book: TaskBook, { siteName, operation }: RunKind): Promise<number | null> => {
  const { tasks } = await book.listTasks({
    siteNames: [siteName],
    states: ['SUCCEEDED'],
    operations: [operation],
    targetIds: null,
    limit: mostRunsLookedAt,
    olderThan: null,
  })
  return findUsualSeconds(tasks)
}

const loadPoints = async (
  inventory: InventoryView,
  { vendor, ...query }: RecoveryPointKey,
  signal: AbortSignal,
): Promise<RecoveryPointsLoaded> => {
  try {
    const target = { kind: query.kind, vendor, nativeId: query.nativeId }
    const lists = await inventory.readTarget(target, (adapter) => adapter.listRecoveryPoints([query], signal))
    return { points: lists.flat(), problem: null }
  } catch (error) {
    const problem = findProblem(error)
    if (problem === null) throw error
    return { points: [], problem }
  }
}

const loadTarget = async (inventory: InventoryView, { kind, vendor, nativeId }: TaskTarget) => {
  const { byId } = await (kind === 'ProtectionGroup' ? inventory.listGroups() : inventory.listReplications())
  return byId.get(toGlobalId(kind, vendor, nativeId)) ?? null
}

interface LoaderOptions {
  readonly inventory: InventoryView
  readonly tasks: TaskBook
  readonly readiness: ReadinessDesk
  /** Ends the vendor reads when the client is gone. */
  readonly signal: AbortSignal
}

/** Makes each loader when it is first asked for: most operations need none, and a watch keeps what it has for days. */
class LazyLoaders implements Loaders {
  readonly #options: LoaderOptions
  #recoveryPoints: Loaders['recoveryPoints'] | null = null
  #members: Loaders['members'] | null = null
  #targets: Loaders['targets'] | null = null
  #tasks: Loaders['tasks'] | null = null
  #awaiting: Loaders['awaiting'] | null = null
  #usualSeconds: Loaders['usualSeconds'] | null = null
  #sites: readonly Site[] | null = null
  #book: Promise<ReadinessBook> | null = null

  constructor(options: LoaderOptions) {
    this.#options = options
  }

  get recoveryPoints(): Loaders['recoveryPoints'] {
    const { inventory, signal } = this.#options
    return (this.#recoveryPoints ??= new DataLoader(
      (keys) => Promise.all(keys.map((key) => loadPoints(inventory, key, signal))),
      { cacheKeyFn: toPointsKey },
    ))
  }

  get members(): Loaders['members'] {
    const { inventory } = this.#options
    return (this.#members ??= new DataLoader(async (groupIds) => {
      const byGroup = await inventory.listMembers()
      return groupIds.map((id) => byGroup.get(id) ?? [])
    }))
  }

  get targets(): Loaders['targets'] {
    const { inventory } = this.#options
    return (this.#targets ??= new DataLoader(
      (wanted) => Promise.all(wanted.map((target) => loadTarget(inventory, target))),
      { cacheKeyFn: ({ kind, vendor, nativeId }) => `${kind}|${vendor}|${nativeId}` },
    ))
  }

  get tasks(): Loaders['tasks'] {
    const { tasks } = this.#options
    return (this.#tasks ??= new DataLoader((ids) => tasks.findTasks(ids)))
  }

  get awaiting(): Loaders['awaiting'] {
    const { tasks } = this.#options
    return (this.#awaiting ??= new DataLoader((ids) => loadAwaiting(tasks, ids)))
  }

  get usualSeconds(): Loaders['usualSeconds'] {
    const { tasks } = this.#options
    return (this.#usualSeconds ??= new DataLoader(
      (kinds) => Promise.all(kinds.map((kind) => loadUsualSeconds(tasks, kind))),
      { cacheKeyFn: ({ siteName, operation }) => `${operation}|${siteName}` },
    ))
  }

  readiness(): Promise<ReadinessBook> {
    const { readiness, inventory } = this.#options
    return (this.#book ??= readiness.openBook(inventory))
  }

  findSite(id: string): Site | null {
    return this.#knownSites().find((site) => site.id === id) ?? null
  }

  findSiteByName(name: string): Site | null {
    return this.#knownSites().find((site) => site.configuredName === name) ?? null
  }

  clear(): void {
    this.#sites = null
    this.#book = null
    this.#recoveryPoints = null
    this.#members = null
    this.#targets = null
    this.#tasks = null
    this.#awaiting = null
    this.#usualSeconds = null
  }

  #knownSites(): readonly Site[] {
    return (this.#sites ??= this.#options.inventory.knownSites())
  }
}

/** Made once per operation. */
export const createLoaders = (options: LoaderOptions): Loaders => new LazyLoaders(options)
