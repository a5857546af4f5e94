import DataLoader from 'dataloader'
import { findProblem, type Problem } from '../domain/errors.ts'
import type { RecoveryPointQuery } from '../domain/ports/vendor-adapter.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { RecoveryPoint } from '../domain/recovery-point.ts'
import type { Replication } from '../domain/replication.ts'
import type { Journal } from '../domain/ports/journal.ts'
import { findUsualSeconds, mostRunsLookedAt } from '../domain/run-duration.ts'
import type { Task, TaskTarget } from '../domain/task.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { Inventory } from '../inventory/inventory.ts'
import type { Seen } from '../inventory/merge-observations.ts'
import type { Site } from '../inventory/site-view.ts'
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
  /** The recovery that was started here and waits for a decision, by the global id of its target; null for none. */
  readonly awaiting: DataLoader<string, Task | null>
  /** How long an operation usually takes at a site, in seconds; null where too few have gone well there. */
  readonly usualSeconds: DataLoader<RunKind, number | null, string>
  /** What readiness is judged by, gathered once. */
  readonly readiness: () => Promise<ReadinessBook>
  /** Sites by global id, from what is known without asking. */
  readonly findSite: (id: string) => Site | null
  /** Configured sites by their configured name, from what is known without asking. */
  readonly findSiteByName: (name: string) => Site | null
  /** Forgets everything: what one event of a subscription saw is not good for the next. */
  readonly clear: () => void
}

const toPointsKey = ({ kind, vendor, nativeId, from, to }: RecoveryPointKey): string =>
  [kind, vendor, nativeId, from?.getTime(), to?.getTime()].join('|')

// More than one recovery of a target does not wait at once.
const loadAwaiting = async (journal: Journal, targetIds: readonly string[]): Promise<readonly (Task | null)[]> => {
  const query = {
    siteNames: null,
    states: ['AWAITING_DECISION'],
    operations: null,
    targetIds,
    olderThan: null,
  } as const
  const { tasks } = await journal.listTasks({ ...query, limit: targetIds.length })
  const byTarget = new Map(
    tasks.flatMap((task) =>
      task.target === null
        ? []
        : [[toGlobalId(task.target.kind, task.target.vendor, task.target.nativeId), task] as const],
    ),
  )
  return targetIds.map((id) => byTarget.get(id) ?? null)
}

const loadUsualSeconds = async (journal: Journal, { siteName, operation }: RunKind): Promise<number | null> => {
  const { tasks } = await journal.listTasks({
    siteNames: [siteName],
    states: ['SUCCEEDED'],
    operations: [operation],
    targetIds: null,
    limit: mostRunsLookedAt,
    olderThan: null,
  })
  return findUsualSeconds(tasks)
}

/** Made once per operation. `signal` ends the vendor reads when the client is gone. */
export const createLoaders = (options: {
  readonly inventory: Inventory
  readonly journal: Journal
  readonly readiness: ReadinessDesk
  readonly signal: AbortSignal
}): Loaders => {
  const { inventory, journal, readiness, signal } = options
  const loadPoints = async ({ vendor, ...query }: RecoveryPointKey): Promise<RecoveryPointsLoaded> => {
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
  const loadTarget = async ({ kind, vendor, nativeId }: TaskTarget) => {
    const { byId } = await (kind === 'ProtectionGroup' ? inventory.listGroups() : inventory.listReplications())
    return byId.get(toGlobalId(kind, vendor, nativeId)) ?? null
  }
  let sites: readonly Site[] | null = null
  const known = (): readonly Site[] => (sites ??= inventory.knownSites())
  let book: Promise<ReadinessBook> | null = null
  const recoveryPoints: Loaders['recoveryPoints'] = new DataLoader((keys) => Promise.all(keys.map(loadPoints)), {
    cacheKeyFn: toPointsKey,
  })
  const members: Loaders['members'] = new DataLoader(async (groupIds) => {
    const byGroup = await inventory.listMembers()
    return groupIds.map((id) => byGroup.get(id) ?? [])
  })
  const targets: Loaders['targets'] = new DataLoader((wanted) => Promise.all(wanted.map(loadTarget)), {
    cacheKeyFn: ({ kind, vendor, nativeId }) => `${kind}|${vendor}|${nativeId}`,
  })
  const awaiting: Loaders['awaiting'] = new DataLoader((ids) => loadAwaiting(journal, ids))
  const usualSeconds: Loaders['usualSeconds'] = new DataLoader(
    (kinds) => Promise.all(kinds.map((kind) => loadUsualSeconds(journal, kind))),
    { cacheKeyFn: ({ siteName, operation }) => `${operation}|${siteName}` },
  )
  return {
    recoveryPoints,
    members,
    targets,
    awaiting,
    usualSeconds,
    readiness: () => (book ??= readiness.openBook()),
    findSite: (id) => known().find((site) => site.id === id) ?? null,
    findSiteByName: (name) => known().find((site) => site.configuredName === name) ?? null,
    clear: () => {
      sites = null
      book = null
      for (const loader of [recoveryPoints, members, targets, awaiting, usualSeconds]) loader.clearAll()
    },
  }
}
