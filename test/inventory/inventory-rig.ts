import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import { openInventory, type Inventory } from '../../src/inventory/inventory.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openSqliteStore } from '../../src/journal/sqlite-store.ts'
import type { Store } from '../../src/journal/store.ts'
import { createSimClock } from '../../src/simulator/clock.ts'
import type { RecordedExchange } from '../../src/simulator/http-service.ts'
import { startZertoSimulator, type ZertoSimulator } from '../../src/simulator/zerto/zerto-simulator.ts'
import { Secret } from '../../src/std/secret.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { createAdapter } from '../../src/vendors/registry.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'

/** A read model over two simulated sites, as one process has it. */
export interface OpenInventory extends AsyncDisposable {
  readonly inventory: Inventory
  readonly store: Store
  /** What was written down, oldest first. */
  readonly events: readonly ProtectionEvent[]
  /** The next event that has not been waited for. */
  nextEvent(): Promise<ProtectionEvent>
  /** What was logged as a warning. */
  readonly warnings: readonly string[]
}

export interface InventoryRig extends AsyncDisposable {
  readonly zerto: ZertoSimulator
  /** The time of the read model. The sites live by the real one. */
  readonly clock: FakeClock
  /** Opens the read model on the store that the last one had. */
  open(): Promise<OpenInventory>
  /** The lists that the sites were asked for. */
  lists(): readonly RecordedExchange[]
  forget(): void
}

export const maxAgeSeconds = 5

const free = { host: '127.0.0.1', port: 0 }

export const startInventoryRig = async (): Promise<InventoryRig> => {
  await using stack = new AsyncDisposableStack()
  const simClock = createSimClock({ speed: 0 })
  const zerto = stack.use(await startZertoSimulator({ clock: simClock, fleetSize: 6, seed: 7, listen: [free, free] }))
  const folder = mkdtempSync(join(tmpdir(), 'inventory-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const clock = createFakeClock()
  const owned = stack.move()

  const open = async (): Promise<OpenInventory> => {
    await using opening = new AsyncDisposableStack()
    const protectionBus = createMemoryEventBus<ProtectionEvent>()
    const events: ProtectionEvent[] = []
    const warnings: string[] = []
    let wake: (() => void) | null = null
    let given = 0
    protectionBus.subscribe((event) => {
      events.push(event)
      wake?.()
    })
    const path = join(folder, 'store.db')
    const store = opening.use(await openSqliteStore({ path, bus: createMemoryEventBus(), protectionBus, clock }))
    const log = (message: string) => warnings.push(message)
    const logger = { debug: log, info: log, warn: log, error: log }
    const adapters = zerto.sites.map(({ name, service, login }) => {
      const credentials = { type: 'password', username: login.username, password: new Secret(login.password) }
      const site = { name, url: service.url, tls: {}, login: credentials }
      return opening.use(createAdapter('ZERTO', site, { clock: systemClock, logger }))
    })
    const options = {
      adapters,
      stores: store,
      changes: protectionBus,
      clock,
      logger,
      maxAgeSeconds,
      staleForSeconds: 86_400,
    }
    const inventory = opening.use(await openInventory(options))
    const kept = opening.move()
    return {
      inventory,
      store,
      events,
      warnings,
      nextEvent: async () => {
        while (events.length === given) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
        const event = events[given]
        given += 1
        if (event === undefined) throw new Error('an event was lost')
        return event
      },
      [Symbol.asyncDispose]: () => kept.disposeAsync(),
    }
  }

  return {
    zerto,
    clock,
    open,
    lists: () =>
      zerto.sites.flatMap(({ service }) => service.exchanges).filter(({ path }) => /^\/v1\/(?:vpgs|vms)$/.test(path)),
    forget: () => {
      for (const { service } of zerto.sites) service.forget()
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
