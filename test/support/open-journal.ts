import type { Clock } from '../../src/domain/ports/clock.ts'
import type { EventBus } from '../../src/domain/ports/event-bus.ts'
import type { Journal } from '../../src/domain/ports/journal.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openSqliteStore } from '../../src/journal/sqlite-store.ts'

/** The journal of an SQLite store of which nothing else is used. Disposing it closes the store. */
export const openJournal = async (options: {
  /** @default ':memory:' */
  readonly path?: string
  /** @default a bus that nobody listens to */
  readonly bus?: EventBus
  readonly clock: Clock
}): Promise<Journal> => {
  const { path = ':memory:', bus = createMemoryEventBus(), clock } = options
  const { journal } = await openSqliteStore({ path, bus, protectionBus: createMemoryEventBus(), clock })
  return journal
}
