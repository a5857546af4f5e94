import { joinRecoveries, type VendorRecovery } from '../../domain/join-recoveries.ts'
import { recoveryOperations, toOwnRecoveries, toOwnRecoveryId } from '../../domain/own-recoveries.ts'
import type { TimeSpan } from '../../domain/ports/vendor-reads.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import type { ListedRecovery, RecoveryReport } from '../../domain/recovery-report.ts'
import { isFinal, taskStates, type Task } from '../../domain/task.ts'
import type { InventoryView } from '../../inventory/inventory-view.ts'
import type { SiteCoverage } from '../../inventory/listing.ts'
import type { TaskBook } from '../../inventory/task-book.ts'
import type { GatewayContext } from '../context.ts'
import { toRecoveryPredicate, type RecoveryFilter } from './recovery-report-filter.ts'

/**
 * What the reports cost in calls to vendors: one for each site that keeps them. A document does not tell how many are
 * configured; this is two pairs.
 */
export const callsOfReports = 4

/** Recoveries that match a filter, and what could not be seen of them. */
export interface RecoveryListing {
  readonly recoveries: readonly ListedRecovery[]
  /** Of each site that keeps reports. */
  readonly coverage: readonly SiteCoverage[]
}

/** What the list is made from: as much of it as the caller may see. */
export type RecoverySources = Pick<GatewayContext, 'inventory' | 'tasks' | 'signal'>

const pageSize = 500
/** As many tasks of the journal as are looked at, the newest first. */
const mostTasks = 20_000
/** What the two have written down of one recovery may lie on both sides of the end of a span. */
const slackMs = 15 * 60 * 1000

const everything: TimeSpan = { from: null, to: null }
const finalStates = taskStates.filter(isFinal)

const widen = ({ from, to }: TimeSpan): TimeSpan => ({
  from: from === null ? null : new Date(from.getTime() - slackMs),
  to: to === null ? null : new Date(to.getTime() + slackMs),
})

const toTime = ({ startedAt }: ListedRecovery): number => startedAt?.getTime() ?? 0

// Later tasks are read whatever the span: one of them may have ended a recovery that is inside.
const listTasks = async (book: TaskBook, from: Date | null): Promise<readonly Task[]> => {
  const query = { siteNames: null, states: finalStates, operations: recoveryOperations, targetIds: null }
  const tasks: Task[] = []
  let olderThan: string | null = null
  do {
    const page = await book.listTasks({ ...query, limit: pageSize, olderThan })
    tasks.push(...page.tasks)
    const last = page.tasks.at(-1)
    const isOver = last === undefined || !page.hasMore || (from !== null && last.startedAt < from)
    olderThan = isOver ? null : last.id
  } while (olderThan !== null && tasks.length < mostTasks)
  return tasks
}

/** A report about something that is there; about what is not, or what is not told, who sees the whole site may see it. */
const isVisible = ({ groupId }: RecoveryReport, siteName: string, inventory: InventoryView): boolean => {
  const key = groupId === null ? null : parseGlobalId(groupId)
  if (key?.kind === 'ProtectionGroup' || key?.kind === 'Replication') {
    const target = { kind: key.kind, vendor: key.vendor, nativeId: key.nativeId }
    if (inventory.isListed(target)) return true
    if (inventory.isHidden(target)) return false
  }
  return inventory.isWholeSite(siteName)
}

const listVendorReports = async (
  span: TimeSpan,
  { inventory, signal }: RecoverySources,
): Promise<{ readonly reports: readonly VendorRecovery[]; readonly coverage: readonly SiteCoverage[] }> => {
  const { items, coverage } = await inventory.readSites('RECOVERY_REPORTS', async (adapter) => {
    const reports = await adapter.reads.listRecoveryReports(span, signal)
    const seen =
      inventory.reach === null ? reports : reports.filter((one) => isVisible(one, adapter.siteName, inventory))
    return seen.map((report) => ({ report, siteName: adapter.siteName }))
  })
  const skews = new Map(
    inventory.knownSites().map(({ configuredName, connection }) => [configuredName, connection?.clockSkewMs ?? null]),
  )
  // Two paired sites may keep the same report.
  const byId = new Map(items.map((item) => [item.report.id, item]))
  const reports = [...byId.values()].map(({ report, siteName }) => ({
    report,
    clockSkewMs: skews.get(siteName) ?? null,
  }))
  return { reports, coverage }
}

/**
 * The recoveries and tests that have ended, of every site that keeps reports and of the journal, each once, the newest first.
 *
 * @throws STORE_BUSY, STORE_UNAVAILABLE
 */
export const listRecoveries = async (filter: RecoveryFilter, sources: RecoverySources): Promise<RecoveryListing> => {
  const span = widen({ from: filter.from ?? null, to: filter.to ?? null })
  const [{ reports, coverage }, tasks] = await Promise.all([
    listVendorReports(span, sources),
    listTasks(sources.tasks, span.from),
  ])
  const recoveries = joinRecoveries(reports, toOwnRecoveries(tasks)).filter(toRecoveryPredicate(filter))
  return { recoveries: recoveries.toSorted((one, other) => toTime(other) - toTime(one)), coverage }
}

/** One of them by its id. An own one is found by its id also after the vendor has written it down under another. */
export const findRecovery = async (id: string, sources: RecoverySources): Promise<ListedRecovery | null> => {
  const { recoveries } = await listRecoveries(everything, sources)
  const isIt = (recovery: ListedRecovery): boolean =>
    recovery.id === id || (recovery.task !== null && toOwnRecoveryId(recovery.task) === id)
  return recoveries.find(isIt) ?? null
}
