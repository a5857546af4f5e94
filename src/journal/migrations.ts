import { Migrator } from 'kysely/migration'
import { journalMigration } from './migrations/0001-journal.ts'
import { auditMigration } from './migrations/0002-audit.ts'
import { readModelMigration } from './migrations/0003-read-model.ts'
import { foreignTasksMigration } from './migrations/0004-foreign-tasks.ts'
import { placesMigration } from './migrations/0005-places.ts'
import { replicasMigration } from './migrations/0006-replicas.ts'
import { leasesMigration } from './migrations/0007-leases.ts'
import { sharedListsMigration } from './migrations/0008-shared-lists.ts'
import type { JournalDatabase } from './database.ts'
import { listMissing, refuseForeign, type StoreSteps } from './store-version.ts'

/** By name, in the order in which they are run; `store-version.ts` says what a name says. */
export const migrations: StoreSteps = {
  '0001-journal': journalMigration,
  '0002-audit': auditMigration,
  '0003-read-model': readModelMigration,
  '0004-foreign-tasks': foreignTasksMigration,
  '0005-places': placesMigration,
  '0006-replicas': replicasMigration,
  '0007-leases': leasesMigration,
  '0008-shared-lists': sharedListsMigration,
}

/**
 * Brings a store up to date, in one transaction. Whoever does so at the same time waits for it. One that a newer gateway has
 * only expanded stays as it is.
 *
 * @param applied Names of the steps that made it what it is; empty for one that is to be made.
 * @throws Error in plain words for a store that this version cannot use.
 */
export const migrate = async (db: JournalDatabase, applied: readonly string[], steps: StoreSteps): Promise<void> => {
  refuseForeign(applied, steps)
  if (listMissing(applied, steps).length === 0) return
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...steps }) } })
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
