import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Config } from '../../src/config.ts'
import type { Clock } from '../../src/domain/ports/clock.ts'
import type { EventBus } from '../../src/domain/ports/event-bus.ts'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openPostgresStore } from '../../src/journal/postgres-store.ts'
import { openSqliteStore } from '../../src/journal/sqlite-store.ts'
import type { StoreSteps } from '../../src/journal/store-version.ts'
import type { Store } from '../../src/journal/store.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

export interface OpenOptions {
  /** @default one that stands still */
  readonly clock?: Clock
  /** @default one that nobody listens to */
  readonly bus?: EventBus
  /** @default one that nobody listens to */
  readonly protectionBus?: EventBus<ProtectionEvent>
  /** Those of another version of the gateway. @default its own */
  readonly steps?: StoreSteps
}

/** Where a store is kept that nobody else uses. Disposing throws away what is in it. */
export interface StorePlace extends AsyncDisposable {
  /** What the configuration of a gateway says of it. */
  readonly config: Config['store']
  open(options?: OpenOptions): Promise<Store>
  /** Does something in it that no gateway does. */
  edit(sql: string): Promise<void>
}

const withDefaults = ({ clock, bus, protectionBus, steps }: OpenOptions) => ({
  ...(steps === undefined ? {} : { steps }),
  clock: clock ?? createFakeClock(),
  bus: bus ?? createMemoryEventBus(),
  protectionBus: protectionBus ?? createMemoryEventBus<ProtectionEvent>(),
})

/** A folder of its own for the file of a store. */
export const createSqlitePlace = async (): Promise<StorePlace & { readonly path: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  const path = join(folder, 'store.db')
  return {
    path,
    config: { path },
    open: (options = {}) => openSqliteStore({ path, ...withDefaults(options) }),
    edit: async (sql) => {
      using database = new DatabaseSync(path)
      database.exec(sql)
    },
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A PostgreSQL database of its own. */
export const createPostgresPlace = async (): Promise<StorePlace & { readonly database: TestDatabase }> => {
  const database = await createTestDatabase()
  return {
    database,
    config: { url: database.url },
    open: (options = {}) => openPostgresStore({ url: database.url, logger: silentLogger, ...withDefaults(options) }),
    edit: async (sql) => void (await database.run(sql)),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

/** A database that a store can be kept in. */
export interface StoreKind {
  readonly name: 'SQLite' | 'PostgreSQL'
  readonly createPlace: () => Promise<StorePlace>
  /** One byte that is 0, as SQL. */
  readonly zeroByte: string
  /** SQL that forbids new entries of the audit log, saying "no more". */
  readonly forbidEntries: string
  /** SQL that takes that back. */
  readonly allowEntries: string
}

/** Every database that a store can be kept in. What is true of a store is true on each. */
export const storeKinds: readonly StoreKind[] = [
  {
    name: 'SQLite',
    createPlace: createSqlitePlace,
    zeroByte: "x'00'",
    forbidEntries: `
      create trigger stop before insert on audit_entries begin select raise(abort, 'no more'); end
    `,
    allowEntries: 'drop trigger stop',
  },
  {
    name: 'PostgreSQL',
    createPlace: createPostgresPlace,
    zeroByte: "'\\x00'::bytea",
    forbidEntries: `
      create function stop() returns trigger language plpgsql as $$ begin raise exception 'no more'; end $$;
      create trigger stop before insert on audit_entries execute function stop()
    `,
    allowEntries: 'drop trigger stop on audit_entries',
  },
]
