import { join } from 'node:path'
import type { GraphQLSchema } from 'graphql'
import { listConnections, openMetrics, toFigureSources } from './app-metrics.ts'
import { openTraces } from './app-traces.ts'
import { ConfigError, type Config } from './config.ts'
import type { ConsoleSettings } from './config-console.ts'
import type { MetricsPlace } from './config-metrics.ts'
import type { StorePlace } from './config-store.ts'
import type { TracesPlace } from './config-traces.ts'
import type { Clock } from './domain/ports/clock.ts'
import type { Journal } from './domain/ports/journal.ts'
import type { Logger } from './domain/ports/logger.ts'
import type { ProtectionEvent } from './domain/protection-event.ts'
import type { ReadinessThresholds } from './domain/readiness.ts'
import { defaultReadinessThresholds } from './domain/readiness-rules.ts'
import { reachOf, type Viewer } from './domain/viewer.ts'
import type { GatewayContext } from './graphql/context.ts'
// First of its room: the types are printed in the order in which their files are loaded.
import { createSchema } from './graphql/schema.ts'
import { createLoaders } from './graphql/loaders.ts'
import { traceRootFields } from './graphql/traced-fields.ts'
import { listRecoveries } from './graphql/recovery-report/recovery-report-list.ts'
import { ReadinessDesk } from './graphql/readiness/readiness-desk.ts'
import { DrainNotice } from './graphql/stream/drain-notice.ts'
import { EventTail } from './graphql/stream/event-tail.ts'
import { AuditBook } from './inventory/audit-book.ts'
import { openInventory, type Inventory } from './inventory/inventory.ts'
import { TaskBook } from './inventory/task-book.ts'
import { createMemoryEventBus } from './journal/memory-event-bus.ts'
import { openSqliteStore, type SqliteStoreOptions } from './journal/sqlite-store.ts'
import type { Store } from './journal/store.ts'
import { createOperations } from './operations/operations.ts'
import type { Authenticate } from './server/authentication.ts'
import { loadConsoleFiles, type ConsoleConfig, type ConsoleFiles } from './server/console-files.ts'
import { startGatewayServer } from './server/gateway-server.ts'
import { lastingGrants, type GrantWatch } from './server/grant-watch.ts'
import type { Readiness } from './server/health.ts'
import { usualLimits, type ServerLimits } from './server/limit-table.ts'
import { findDocumentProblems } from './server/stored-document-check.ts'
import { anyDocument } from './server/stored-documents.ts'
import { createLiveRecord } from './std/live-record.ts'
import { systemClock } from './std/system-clock.ts'
import { observeJournal } from './telemetry/observed-journal.ts'
import { observeLeases } from './telemetry/observed-leases.ts'
import { startSiteLog } from './telemetry/site-log.ts'
import { startEventPruning } from './tracking/prune-events.ts'
import { startTaskTracker } from './tracking/task-tracker.ts'
import { registerVendorSchemas } from './vendors/registry.ts'
import { SiteDesk, type DeskSite } from './vendors/site-desk.ts'
import { readVersion } from './version.ts'

/** Everything a gateway is made from. */
export interface AppOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly store: StorePlace
  readonly sites: readonly DeskSite[]
  readonly authenticate: Authenticate
  /** Who may no longer do what he could. @default nobody */
  readonly grants?: GrantWatch
  readonly isGraphiqlEnabled: boolean
  /** Whether and how the console is served. @default null // it is not */
  readonly console?: ConsoleSettings
  /** Where figures are served. @default null // nowhere */
  readonly metrics?: MetricsPlace
  /** Where traces go. @default null // nowhere */
  readonly traces?: TracesPlace
  /** What a caller may cost. Its members may change while the gateway runs. @default usualLimits */
  readonly serverLimits?: ServerLimits
  /** Which documents are run. @default anyDocument */
  readonly documents?: Config['documents']
  /** Whose pages may read answers. Asked for each request. @default none */
  readonly corsOrigins?: () => readonly string[]
  readonly maxAgeSeconds: number
  readonly staleForSeconds: number
  readonly pollIntervalMs: number
  /** How long a lost answer is looked for before it is said that nothing happened. */
  readonly settleAfterMs: number
  /** Events of tasks that are older are forgotten; the last one of each task stays. */
  readonly eventsKeptDays: number
  /** The oldest events beyond so many are forgotten. */
  readonly mostEventsKept: number
  /** How many changes of state may wait for one subscription before it ends with SLOW_CONSUMER. */
  readonly mostQueuedEvents: number
  /** @default defaultReadinessThresholds */
  readonly readinessThresholds?: ReadinessThresholds
  readonly logger: Logger
  readonly clock?: Clock
}

/** A running gateway. Disposing drains it. */
export interface App extends AsyncDisposable {
  /** Of the GraphQL endpoint. */
  readonly url: string
  /** Of the figures; null where they are not served. */
  readonly metricsUrl: string | null
  /**
   * Goes by other settings from now on, all at one moment. What is under way ends as it has begun.
   *
   * @throws ConfigError, INVALID_INPUT for what a gateway would not start with; then nothing has changed.
   */
  follow(settings: LiveSettings): void
}

/** What a gateway can be told anew while it runs. */
export interface LiveSettings {
  readonly sites: readonly DeskSite[]
  /** The mode is not looked at: it stays as it was at the start. */
  readonly documents: Config['documents']
  readonly readinessThresholds: ReadinessThresholds
  /** What the stored documents are held against. */
  readonly limits: ServerLimits
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

const openStore = async (
  place: StorePlace,
  options: Omit<SqliteStoreOptions, 'path'> & { readonly logger: Logger },
): Promise<Store> => {
  if ('path' in place) return openSqliteStore({ ...options, path: place.path })
  // Only who has one loads the way to it: a start on a file is faster by that.
  const { openPostgresStore } = await import('./journal/postgres-store.ts')
  return openPostgresStore({ ...options, url: place.url })
}

/** Where `npm run console:build` puts the console. */
const consoleFolder = join(import.meta.dirname, '../dist/console')

/** Where only stored documents are run, those of the console are among them. */
const withConsole = (documents: Config['documents'], files: ConsoleFiles | null): Config['documents'] =>
  documents.mode === 'open' ? documents : { ...documents, texts: { ...documents.texts, ...files?.documentTexts } }

const toConsoleConfig = ({ login }: NonNullable<ConsoleSettings>, { mode }: Config['documents']): ConsoleConfig => ({
  login,
  documents: mode === 'only' ? 'id' : 'text',
})

/** Looks at every stored document as if a caller sent it now. @throws ConfigError with all that would be refused. */
export const requireSoundDocuments = (
  { path, texts }: Config['documents'],
  schema: GraphQLSchema,
  limits: ServerLimits,
): void => {
  const problems = findDocumentProblems({ texts }, schema, limits)
  if (problems.length > 0) throw new ConfigError(path ?? 'documents', problems)
}

/**
 * Puts the rooms together and starts to serve. Order matters: the journal before what writes to it, the tracker (which
 * clears up the intents of a former process) before the first mutation can come in.
 *
 * @throws what opening the store or listening throws, and ConfigError for stored documents that cannot be run.
 */
export const startApp = async (options: AppOptions): Promise<App> => {
  const { clock = systemClock, maxAgeSeconds, staleForSeconds, pollIntervalMs, settleAfterMs } = options
  await using stack = new AsyncDisposableStack()
  const place = options.traces ?? null
  const tracer = stack.use(await openTraces(place, { version: readVersion(), logger: options.logger }))
  const logger = tracer?.tag(options.logger) ?? options.logger
  const figures = stack.use(await openMetrics(options.metrics ?? null, logger))
  const observer = figures?.metrics ?? null
  registerVendorSchemas()
  const schema = createSchema()
  if (tracer !== null) traceRootFields(schema, tracer)
  const console = options.console ?? null
  const files = console === null ? null : await loadConsoleFiles(consoleFolder)
  const documents = withConsole(options.documents ?? { ...anyDocument, path: null }, files)
  requireSoundDocuments(documents, schema, options.serverLimits ?? usualLimits)
  const eventBus = createMemoryEventBus()
  const protectionBus = createMemoryEventBus<ProtectionEvent>()
  const store = stack.use(await openStore(options.store, { bus: eventBus, protectionBus, clock, logger }))
  const { rpoHistory } = store
  const journal = observer === null ? store.journal : observeJournal(store.journal, observer)
  // Of a store that a gateway has for itself there is nothing to tell.
  const isShared = observer !== null && 'url' in options.store
  const leases = isShared ? observeLeases(store.leases, observer) : store.leases
  const desk = stack.use(new SiteDesk(options.sites, { clock, logger, observer, tracer }))
  const { adapters } = desk
  const ages = { maxAgeSeconds, staleForSeconds }
  const reading = { adapters, stores: { ...store, leases }, changes: protectionBus, clock, logger, tracer, ...ages }
  const inventory = stack.use(await openInventory(reading))
  const thresholds = createLiveRecord(options.readinessThresholds ?? defaultReadinessThresholds)
  const readiness = new ReadinessDesk({ journal, clock, thresholds: thresholds.view })
  const holdSites = () => desk.hold()
  const isAlive = store.leases.isAlive.bind(store.leases)
  const sending = { holdSites, isAlive }
  const operationsOf = createOperations({ directory: inventory, journal, clock, logger, tracer, ...sending })
  // Every gateway hears of it from the journal.
  const onTargetChanged = inventory.outdate.bind(inventory)
  const placesOf = inventory.placesOf.bind(inventory)
  const watching = { pollIntervalMs, settleAfterMs, onTargetChanged, placesOf }
  const tracking = { adapters, journal, leases, bus: eventBus, clock, logger, tracer, ...watching }
  const lookout = stack.use(await startTaskTracker({ ...tracking, foreignMaxAgeMs: maxAgeSeconds * 1_000 }))
  const { eventsKeptDays, mostEventsKept } = options
  stack.use(startEventPruning({ journal, clock, logger, eventsKeptDays, mostEventsKept }))
  const taskTail = new EventTail({
    bus: eventBus,
    lastSequence: () => journal.lastSequence(),
    readEvents: (after, limit) => journal.readEvents(null, after, limit),
    topicOf: ({ task }) => task.id,
    clock,
    logger,
  })
  const protectionTail = new EventTail({
    bus: protectionBus,
    lastSequence: async () => (await store.protectionLog.bounds()).last,
    readEvents: (after, limit) => store.protectionLog.readEvents(after, limit),
    topicOf: ({ id }) => id,
    clock,
    logger,
  })
  const toSight = (viewer: Viewer): Pick<GatewayContext, 'inventory' | 'tasks'> => {
    const reach = reachOf(viewer, 'dr:read')
    const sight = reach === null ? null : { reach, viewerName: viewer.name }
    return { inventory: inventory.within(reach), tasks: new TaskBook(journal, sight) }
  }
  const drain = new DrainNotice()
  const streams = { drain, mostQueuedEvents: options.mostQueuedEvents, observer }
  const server = stack.use(
    await startGatewayServer({
      host: options.host,
      port: options.port,
      schema,
      logger,
      authenticate: options.authenticate,
      grants: options.grants ?? lastingGrants,
      observer,
      tracer,
      isGraphiqlEnabled: options.isGraphiqlEnabled,
      console: console === null ? null : { files, config: toConsoleConfig(console, documents) },
      limits: options.serverLimits ?? usualLimits,
      documents,
      corsOrigins: options.corsOrigins ?? (() => []),
      versions: {
        known: (reads, ageSeconds) => inventory.versionOf(reads, ageSeconds),
        young: (reads, ageSeconds) => inventory.youngVersionOf(reads, ageSeconds),
      },
      readiness: () => toReadiness(inventory, journal),
      listRecoveries: (filter, { viewer, signal }) => listRecoveries(filter, { ...toSight(viewer), signal }),
      onDraining: () => drain.announce(clock.now()),
      makeContext: ({ viewer, session, requestId, signal, delivery }): GatewayContext => {
        const sight = toSight(viewer)
        return {
          viewer,
          session,
          ...sight,
          audit: new AuditBook(journal, viewer),
          operations: () => operationsOf(requestId),
          taskTail,
          lookout,
          streams,
          delivery,
          protectionLog: store.protectionLog,
          protectionTail,
          gaps: [],
          rpoHistory,
          readiness,
          now: () => clock.now(),
          loaders: createLoaders({ ...sight, readiness, signal }),
          signal,
        }
      },
    }),
  )
  stack.use(startSiteLog({ listSites: () => listConnections(inventory), clock, logger }))
  if (observer !== null) {
    // Figures of lists that nobody reads would tell of the past.
    stack.use(inventory.watch())
    const listSiteNames = () => adapters.map(({ siteName }) => siteName)
    observer.begin(toFigureSources({ inventory, journal, listSiteNames, clock }))
  }
  const { mode } = documents
  const owned = stack.move()
  return {
    url: server.url,
    metricsUrl: figures?.url ?? null,
    follow: (settings) => {
      const stored = withConsole({ ...settings.documents, mode }, files)
      // Whatever can fail comes first.
      requireSoundDocuments(stored, schema, settings.limits)
      const renewed = desk.replace(settings.sites)
      inventory.setSites(adapters, renewed)
      lookout.setSites()
      thresholds.replace(settings.readinessThresholds)
      server.replaceDocuments(stored.texts)
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
