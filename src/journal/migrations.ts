import { type Migration, Migrator } from 'kysely/migration'
import { journalMigration } from './migrations/0001-journal.ts'
import { auditMigration } from './migrations/0002-audit.ts'
import { readModelMigration } from './migrations/0003-read-model.ts'
import { foreignTasksMigration } from './migrations/0004-foreign-tasks.ts'
import { placesMigration } from './migrations/0005-places.ts'
import { replicasMigration } from './migrations/0006-replicas.ts'
import { leasesMigration } from './migrations/0007-leases.ts'
import type { JournalDatabase } from './database.ts'

// By name, in the order in which they are run.
const migrations: Readonly<Record<string, Migration>> = {
  '0001-journal': journalMigration,
  '0002-audit': auditMigration,
  '0003-read-model': readModelMigration,
  '0004-foreign-tasks': foreignTasksMigration,
  '0005-places': placesMigration,
  '0006-replicas': replicasMigration,
  '0007-leases': leasesMigration,
}

/** Brings a store up to date, in one transaction. Whoever does so at the same time waits for it. */
export const migrate = async (db: JournalDatabase): Promise<void> => {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

/** Names of the migrations that made a store what it is. Fails where none of ours ever ran on it. */
export const listApplied = async (db: JournalDatabase): Promise<readonly string[]> => {
  const rows = await db
    .withTables<{ kysely_migration: { readonly name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute()
  return rows.map((row) => row.name)
}

/** @throws Error in plain words when a newer gateway has written the store. */
export const refuseNewer = (applied: readonly string[]): void => {
  const newer = applied.filter((name) => !Object.hasOwn(migrations, name))
  if (newer.length > 0) {
    throw new Error(`a newer version of the gateway has written it (${newer.join(', ')}): start that version`)
  }
}

/** @throws Error in plain words when an older gateway has written the store. */
export const refuseOlder = (applied: readonly string[]): void => {
  const missing = Object.keys(migrations).filter((name) => !applied.includes(name))
  if (missing.length > 0)
    throw new Error(`an older version of the gateway has written it: it lacks ${missing.join(', ')}`)
}
