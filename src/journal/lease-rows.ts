import { sql, type Transaction } from 'kysely'
import { type Interest, type Lease, LeaseLostError } from '../domain/ports/leases.ts'
import type { JournalDatabase } from './database.ts'
import type { JournalTables } from './tables.ts'

/** How long a lease lasts that is not renewed, by the clock of the database. */
export const leaseMs = 3_000

// A gateway that has not been seen for so long is not coming back.
const lifeKeptMs = 24 * 60 * 60 * 1000

const lifePrefix = 'life '

const now = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`
const soon = sql<number>`${now} + ${sql.lit(leaseMs)}`

// What ends later than any lease can was given before the clock of the database was put back.
const isRunning = sql<boolean>`expires_at between ${now} and ${soon}`

const interestNames: readonly Interest[] = ['TASKS', 'PROTECTION']

const toInterests = (text: string): readonly Interest[] => {
  const words = text.split(',')
  return interestNames.filter((name) => words.includes(name))
}

// What a life says of itself stands among what it wants to hear of: older gateways pass over words that they do not know.
const versionWord = /^version=(?<version>\d+)$/

/** 0 for a gateway that does not say so. */
const toVersion = (text: string): number =>
  Math.max(0, ...text.split(',').map((word) => Number(versionWord.exec(word)?.groups?.['version'] ?? 0)))

/** This gateway lives, this is what it wants to hear of, and so much of the store it knows: see `toStoreVersion`. */
export const renewLife = async (
  db: JournalDatabase,
  replica: string,
  interests: ReadonlySet<Interest>,
  storeVersion: number,
): Promise<void> => {
  await db
    .insertInto('leases')
    .values({
      name: `${lifePrefix}${replica}`,
      holder: replica,
      fence: 1,
      expires_at: soon,
      interests: [...interests, `version=${storeVersion}`].join(),
    })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((row) => ({
        expires_at: row.ref('excluded.expires_at'),
        interests: row.ref('excluded.interests'),
      })),
    )
    .execute()
}

/** Removes the lives of gateways that run no more. */
export const forgetLives = async (db: JournalDatabase): Promise<void> => {
  await db
    .deleteFrom('leases')
    .where('name', 'like', `${lifePrefix}%`)
    .where('expires_at', '<', sql<number>`${now} - ${sql.lit(lifeKeptMs)}::bigint`)
    .execute()
}

/** The gateways that live, with what each wants to hear of. */
export const listLives = async (db: JournalDatabase): Promise<ReadonlyMap<string, readonly Interest[]>> => {
  const rows = await db
    .selectFrom('leases')
    .select(['holder', 'interests'])
    .where('name', 'like', `${lifePrefix}%`)
    .where(isRunning)
    .execute()
  return new Map(rows.map(({ holder, interests }) => [holder, toInterests(interests)]))
}

// A gateway that has not been seen for a moment may only stand still.
const lifeDoubtMs = 60_000

/** The store versions of the gateways that live, or may, and know less than this; one for each gateway. */
export const listOlderVersions = async (db: JournalDatabase, storeVersion: number): Promise<readonly number[]> => {
  const rows = await db
    .selectFrom('leases')
    .select('interests')
    .where('name', 'like', `${lifePrefix}%`)
    .where('expires_at', '>', sql<number>`${now} - ${sql.lit(lifeDoubtMs)}::bigint`)
    .execute()
  return rows.map(({ interests }) => toVersion(interests)).filter((version) => version < storeVersion)
}

/** Renews what this gateway has. @returns what it still has. */
export const renewLeases = async (
  db: JournalDatabase,
  replica: string,
  names: readonly string[],
): Promise<readonly Lease[]> => {
  if (names.length === 0) return []
  return db
    .updateTable('leases')
    .set({ expires_at: soon })
    .where('name', 'in', names)
    .where('holder', '=', replica)
    .returning(['name', 'fence'])
    .execute()
}

/**
 * Takes what nobody has, or whoever had it has not renewed. What somebody writes under at this moment is passed over: the next
 * try finds out.
 */
export const takeLeases = async (
  db: JournalDatabase,
  replica: string,
  names: readonly string[],
): Promise<readonly Lease[]> => {
  if (names.length === 0) return []
  const rows = names.map((name) => ({ name, holder: '', fence: 0, expires_at: 0, interests: '' }))
  const known = await db.selectFrom('leases').select('name').where('name', 'in', names).execute()
  if (known.length < names.length) {
    await db
      .insertInto('leases')
      .values(rows)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute()
  }
  return db
    .updateTable('leases')
    .set((row) => ({ holder: replica, fence: row('fence', '+', 1), expires_at: soon }))
    .where('name', 'in', (row) =>
      row
        .selectFrom('leases as free')
        .select('free.name')
        .where('free.name', 'in', names)
        .where(sql<boolean>`not (free.expires_at between ${now} and ${soon})`)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['name', 'fence'])
    .execute()
}

/** The next who wants it gets it at once. Does nothing where somebody else has it. */
export const giveLeaseBack = async (db: JournalDatabase, replica: string, { name, fence }: Lease): Promise<void> => {
  await db
    .updateTable('leases')
    .set({ holder: '', expires_at: 0 })
    .where('name', '=', name)
    .where('fence', '=', fence)
    .where('holder', '=', replica)
    .execute()
}

/** Where nudges are told: the gateway that tells, and the name of the lease. */
export const nudgeChannel = 'dr_gateway_nudges'

/** Tells the others of leases whose holders are to look sooner. */
export const tellNudges = async (db: JournalDatabase, replica: string, names: readonly string[]): Promise<void> => {
  for (const name of names) await sql`select pg_notify(${nudgeChannel}, ${`${replica} ${name}`})`.execute(db)
}

/** This gateway ends, and has left nothing behind. */
export const endLife = async (db: JournalDatabase, replica: string): Promise<void> => {
  await db.deleteFrom('leases').where('name', '=', `${lifePrefix}${replica}`).execute()
}

/** Nobody else gets the lease before this transaction is over. @throws LeaseLostError when somebody has it already. */
export const requireLease = async (trx: Transaction<JournalTables>, lease: Lease): Promise<void> => {
  const row = await trx
    .selectFrom('leases')
    .select('name')
    .where('name', '=', lease.name)
    .where('fence', '=', lease.fence)
    .where('holder', '!=', '')
    .forShare()
    .executeTakeFirst()
  if (row === undefined) throw new LeaseLostError(lease)
}
