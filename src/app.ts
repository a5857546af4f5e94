import type { Clock } from './domain/ports/clock.ts'
import type { Journal } from './domain/ports/journal.ts'
import type { Logger } from './domain/ports/logger.ts'
import type { Vendor } from './domain/vendor.ts'
import type { GatewayContext } from './graphql/context.ts'
import { createLoaders } from './graphql/loaders.ts'
import { createSchema } from './graphql/schema.ts'
import { createInventory, type Inventory } from './inventory/inventory.ts'
import { createMemoryEventBus } from './journal/memory-event-bus.ts'
import { openSqliteJournal } from './journal/sqlite-journal.ts'
import { createOperations } from './operations/operations.ts'
import type { Authenticate } from './server/authentication.ts'
import { startGatewayServer } from './server/gateway-server.ts'
import type { Readiness } from './server/health.ts'
import { systemClock } from './std/system-clock.ts'
import { startTaskTracker } from './tracking/task-tracker.ts'
import type { SiteOptions } from './upstream/site-options.ts'
import { createAdapter, registerVendorSchemas } from './vendors/registry.ts'

/** Everything a gateway is made from. */
export interface AppOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** File of the journal; `:memory:` keeps nothing. */
  readonly storePath: string
  readonly sites: readonly (SiteOptions & { readonly vendor: Vendor })[]
  readonly authenticate: Authenticate
  readonly isGraphiqlEnabled: boolean
  readonly maxAgeSeconds: number
  readonly staleForSeconds: number
  readonly pollIntervalMs: number
  readonly logger: Logger
  readonly clock?: Clock
}

/** A running gateway. Disposing drains it. */
export interface App extends AsyncDisposable {
  /** Of the GraphQL endpoint. */
  readonly url: string
}

const toReadiness = async (inventory: Inventory, journal: Journal): Promise<Readiness> => {
  const sites = (await inventory.listSites()).flatMap(({ configuredName, vendor, connection }) =>
    configuredName === null || connection === null
      ? []
      : [{ name: configuredName, vendor, state: connection.state, lastSuccessAt: connection.lastSuccessAt }],
  )
  let store = 'ok'
  try {
    await journal.lastSequence()
  } catch {
    store = 'the journal cannot be read'
  }
  const isReady = store === 'ok' && sites.every(({ state }) => state === 'UP')
  return { status: isReady ? 'ready' : 'degraded', sites, store }
}

/**
 * Puts the rooms together and starts to serve. Order matters: the journal before what writes to it, the tracker (which
 * clears up the intents of a former process) before the first mutation can come in.
 *
 * @throws what opening the store or listening throws.
 */
export const startApp = async (options: AppOptions): Promise<App> => {
  const { logger, clock = systemClock, maxAgeSeconds, staleForSeconds, pollIntervalMs } = options
  await using stack = new AsyncDisposableStack()
  registerVendorSchemas()
  const schema = createSchema()
  const eventBus = createMemoryEventBus()
  const journal = stack.use(await openSqliteJournal({ path: options.storePath, bus: eventBus, clock }))
  const adapters = options.sites.map(({ vendor, ...site }) => stack.use(createAdapter(vendor, site, { clock, logger })))
  const inventory = createInventory({ adapters, clock, maxAgeSeconds, staleForSeconds })
  const operations = createOperations({ directory: inventory, journal, clock, logger })
  const onTargetChanged = inventory.forget.bind(inventory)
  stack.use(
    await startTaskTracker({ adapters, journal, bus: eventBus, clock, logger, pollIntervalMs, onTargetChanged }),
  )
  const server = stack.use(
    await startGatewayServer({
      host: options.host,
      port: options.port,
      schema,
      logger,
      authenticate: options.authenticate,
      isGraphiqlEnabled: options.isGraphiqlEnabled,
      readiness: () => toReadiness(inventory, journal),
      makeContext: ({ viewer, signal }): GatewayContext => ({
        viewer,
        inventory,
        operations,
        journal,
        eventBus,
        gaps: [],
        loaders: createLoaders(inventory, signal),
        signal,
      }),
    }),
  )
  const owned = stack.move()
  return { url: server.url, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
