import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { startApp } from './app.ts'
import type { Config } from './config.ts'
import { ConfigWatch } from './config-watch.ts'
import type { Clock } from './domain/ports/clock.ts'
import type { Logger } from './domain/ports/logger.ts'
import { LiveConfig } from './live-config.ts'
import { LiveAuthentication, type CallerSettings } from './server/live-authentication.ts'
import { createLiveRecord } from './std/live-record.ts'

/** A gateway that follows its configuration. Disposing drains it. */
export interface Serving extends AsyncDisposable {
  /** Of the GraphQL endpoint. */
  readonly url: string
  /** Reads the configuration anew at once. Resolves when what has changed is in force. Never rejects. */
  reload(): Promise<void>
}

const toCallerSettings = ({ auth, sites }: Config): CallerSettings => ({
  ...auth,
  siteNames: sites.map(({ name }) => name),
})

const countByName = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, same]) => [name, same.length]))

/**
 * Starts a gateway by its configuration and keeps up with it: the sites, who may call, what a caller may cost, whose pages may
 * read answers, the stored documents and what readiness is judged by follow the files, all at one moment. What else differs
 * waits for a restart.
 *
 * @param options.read Reads the configuration, and tells of each file that it is in, also when it cannot be used.
 * @throws What `read` and `startApp` throw.
 */
export const startServing = async (options: {
  readonly read: (onFile: (path: string) => void) => Config
  readonly clock: Clock
  readonly logger: Logger
}): Promise<Serving> => {
  const { read, clock, logger } = options
  await using stack = new AsyncDisposableStack()
  const files = new Set<string>()
  const first = read((path) => files.add(path))
  if ('path' in first.store) mkdirSync(dirname(first.store.path), { recursive: true })
  const limits = createLiveRecord(first.limits)
  const authentication = stack.use(new LiveAuthentication(toCallerSettings(first), { clock, logger }))
  const apply = (config: Config): Readonly<Record<string, unknown>> => {
    const { sites, documents, readiness } = config
    app.follow({ sites, documents, readinessThresholds: readiness, limits: config.limits })
    limits.replace(config.limits)
    return { closed: countByName(authentication.replace(toCallerSettings(config))) }
  }
  const config = new LiveConfig({ first, apply, logger })
  const app = stack.use(
    await startApp({
      ...first.listen,
      store: first.store,
      sites: first.sites,
      authenticate: authentication.authenticate,
      grants: authentication,
      isGraphiqlEnabled: true,
      ...first.limits,
      serverLimits: limits.view,
      documents: first.documents,
      console: first.console,
      metrics: first.metrics,
      traces: first.traces,
      corsOrigins: () => config.current.server.corsOrigins,
      readinessThresholds: first.readiness,
      logger,
    }),
  )
  const readAnew = (isAsked: boolean): readonly string[] => {
    const seen = new Set<string>()
    config.follow(() => read((path) => seen.add(path)), isAsked)
    return [...seen]
  }
  const watch = stack.use(new ConfigWatch({ files: [...files], read: readAnew, clock, logger }))
  const owned = stack.move()
  return { url: app.url, reload: () => watch.reload(), [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
