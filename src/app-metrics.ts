import type { MetricsPlace } from './config-metrics.ts'
import type { Clock } from './domain/ports/clock.ts'
import type { Journal } from './domain/ports/journal.ts'
import type { Logger } from './domain/ports/logger.ts'
import type { Inventory } from './inventory/inventory.ts'
import { GatewayMetrics } from './telemetry/gateway-metrics.ts'
import type { FigureSources } from './telemetry/known-figures.ts'
import { startMetricsServer } from './telemetry/metrics-server.ts'
import { readVersion } from './version.ts'

/** The figures of a gateway, and where they are served. */
export interface ServedMetrics extends AsyncDisposable {
  readonly metrics: GatewayMetrics
  readonly url: string
}

/**
 * Listens for scrapes, from before the gateway serves.
 *
 * @returns null where no place is configured.
 * @throws What `listen` throws.
 */
export const openMetrics = async (place: MetricsPlace, logger: Logger): Promise<ServedMetrics | null> => {
  if (place === null) return null
  const metrics = new GatewayMetrics({ version: readVersion() })
  const server = await startMetricsServer({ ...place, metrics, logger })
  return { metrics, url: server.url, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

/** How it stands with each configured site. Asks none. */
export const listConnections = (inventory: Inventory) =>
  inventory
    .knownSites()
    .flatMap(({ configuredName: name, vendor, connection }) =>
      name === null || connection === null ? [] : [{ ...connection, name, vendor }],
    )

/** Where a scrape finds what a gateway knows: nothing of it asks a site. */
export const toFigureSources = (options: {
  readonly inventory: Inventory
  readonly journal: Journal
  /** Of what is configured at the moment. */
  readonly listSiteNames: () => readonly string[]
  readonly clock: Clock
}): FigureSources => {
  const { inventory, journal, listSiteNames, clock } = options
  return {
    now: () => clock.now(),
    listSites: () => listConnections(inventory),
    listLists: () => {
      const { groups, replications } = inventory.knownCoverage()
      return [
        ...groups.map(({ siteName, observedAt }) => ({ siteName, observedAt, list: 'groups' as const })),
        ...replications.map(({ siteName, observedAt }) => ({ siteName, observedAt, list: 'replications' as const })),
      ]
    },
    listGroups: () => inventory.knownLists().groups.values(),
    listReplications: () => inventory.knownLists().replications.values(),
    listOpenTasks: async () => {
      // Asked of the store at least once, so that its failure is seen, and as one look after the other.
      await journal.lastSequence()
      const tasks = new Map<string, Awaited<ReturnType<Journal['listOpenTasks']>>[number]>()
      for (const siteName of listSiteNames()) {
        for (const task of await journal.listOpenTasks(siteName)) tasks.set(task.id, task)
      }
      return [...tasks.values()]
    },
  }
}
