import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../src/domain/ports/clock.ts'
import type { EventBus } from '../../src/domain/ports/event-bus.ts'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openSqliteStore, type Store } from '../../src/journal/sqlite-store.ts'
import { createFakeClock } from '../support/fake-clock.ts'

export interface OpenOptions {
  /** @default one that stands still */
  readonly clock?: Clock
  /** @default one that nobody listens to */
  readonly protectionBus?: EventBus<ProtectionEvent>
}

/** A folder of its own for the file of a store. */
export const createStorePlace = () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  const path = join(folder, 'store.db')
  return {
    path,
    open: ({ clock = createFakeClock(), protectionBus = createMemoryEventBus() }: OpenOptions = {}): Promise<Store> =>
      openSqliteStore({ path, bus: createMemoryEventBus(), protectionBus, clock }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
