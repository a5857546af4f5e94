import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../src/domain/ports/clock.ts'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import { openInventory, type Inventory } from '../../src/inventory/inventory.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openPostgresStore } from '../../src/journal/postgres-store.ts'
import type { Store } from '../../src/journal/store.ts'
import { createSimClock } from '../../src/simulator/clock.ts'
import type { RecordedExchange } from '../../src/simulator/http-service.ts'
import { startZertoSimulator, type ZertoSimulator } from '../../src/simulator/zerto/zerto-simulator.ts'
import { Secret } from '../../src/std/secret.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { createAdapter } from '../../src/vendors/registry.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

/** The read model of one gateway among several, with a store of its own on the database. */
export interface SharingInventory extends AsyncDisposable {
  readonly inventory: Inventory
  readonly store: Store
  /** What its subscribers are told, oldest first. */
  readonly events: readonly ProtectionEvent[]
  readonly warnings: readonly string[]
}

/** Gateways in one process, with one PostgreSQL and one simulated vendor. */
export interface SharedRig extends AsyncDisposable {
  readonly database: TestDatabase
  readonly zerto: ZertoSimulator
  /** @param options.storeClock That of the store. @default the machine's */
  open(options?: { readonly url?: Secret; readonly storeClock?: Clock }): Promise<SharingInventory>
  /** Who has asked a site for a list of groups or machines since {@link SharedRig.forget}, one entry for each time. */
  readers(): readonly string[]
  forget(): void
}

export const maxAgeSeconds = 5

const free = { host: '127.0.0.1', port: 0 }

/** Resolves when it is so. It has to be within the time of a test. */
export const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await wait(10)
}

const isList = ({ path }: RecordedExchange): boolean => /^\/v1\/(?:vpgs|vms)$/.test(path)

export const startSharedRig = async (): Promise<SharedRig> => {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await createTestDatabase())
  const simClock = createSimClock({ speed: 0 })
  const zerto = stack.use(await startZertoSimulator({ clock: simClock, fleetSize: 6, seed: 7, listen: [free, free] }))
  const owned = stack.move()

  const open: SharedRig['open'] = async ({ url = database.url, storeClock = systemClock } = {}) => {
    await using opening = new AsyncDisposableStack()
    const protectionBus = createMemoryEventBus<ProtectionEvent>()
    const events: ProtectionEvent[] = []
    const warnings: string[] = []
    protectionBus.subscribe((event) => void events.push(event))
    const log = (message: string) => warnings.push(message)
    const logger = { debug: log, info: () => {}, warn: log, error: log }
    const bus = createMemoryEventBus()
    const store = opening.use(await openPostgresStore({ url, bus, protectionBus, clock: storeClock, logger }))
    const adapters = zerto.sites.map(({ name, service, login }) => {
      const credentials = { type: 'password', username: login.username, password: new Secret(login.password) }
      const site = { name, url: service.url, tls: {}, login: credentials }
      return opening.use(createAdapter('ZERTO', site, { clock: systemClock, logger }))
    })
    const freshness = { maxAgeSeconds, staleForSeconds: 86_400 }
    const reading = { adapters, stores: store, changes: protectionBus, clock: systemClock, logger, ...freshness }
    const inventory = opening.use(await openInventory(reading))
    const kept = opening.move()
    return { inventory, store, events, warnings, [Symbol.asyncDispose]: () => kept.disposeAsync() }
  }

  return {
    database,
    zerto,
    open,
    readers: () =>
      zerto.sites
        .flatMap(({ service }) => service.exchanges.filter(isList).map(({ headers }) => ({ service, headers })))
        .map(({ headers }) => headers['authorization'] ?? headers['x-zerto-session'] ?? ''),
    forget: () => {
      for (const { service } of zerto.sites) service.forget()
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
