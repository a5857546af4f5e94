import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApp, type App, type AppOptions } from '../../src/app.ts'
import type { Journal } from '../../src/domain/ports/journal.ts'
import { scopes } from '../../src/domain/viewer.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { openJournal } from './open-journal.ts'
import { viewerOf } from './viewer-of.ts'

/** A store, and gateways on it that have no sites: what happens, happens in the store. */
export interface StoreRig extends AsyncDisposable {
  readonly storePath: string
  /** Another process on the store: what it writes, the gateways have to find. */
  readonly writer: Journal
  /**
   * @param mostQueuedEvents What may wait for one subscription. @default 10_000
   * @param more What else the gateway is started with.
   */
  startGateway(mostQueuedEvents?: number, more?: Partial<AppOptions>): Promise<App>
}

export const startStoreRig = async (): Promise<StoreRig> => {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const storePath = join(folder, 'journal.db')
  const writer = stack.use(await openJournal({ path: storePath, clock: systemClock }))
  // Everybody is a caller of his own, so that no limit of a single one stands in the way of many.
  let callers = 0
  const authenticate = async () => viewerOf(`tester-${(callers += 1)}`, scopes, { isAnonymous: true })
  const owned = stack.move()
  const startGateway = async (mostQueuedEvents = 10_000, more: Partial<AppOptions> = {}): Promise<App> =>
    owned.use(
      await startApp({
        host: '127.0.0.1',
        port: 0,
        store: { path: storePath },
        sites: [],
        authenticate,
        isGraphiqlEnabled: false,
        maxAgeSeconds: 5,
        staleForSeconds: 60,
        pollIntervalMs: 1_000,
        settleAfterMs: 1_000,
        eventsKeptDays: 30,
        mostEventsKept: 1_000_000,
        mostQueuedEvents,
        logger: silentLogger,
        ...more,
      }),
    )
  return { storePath, writer, startGateway, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
