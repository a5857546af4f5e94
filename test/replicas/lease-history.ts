import type { TestDatabase } from '../support/database-at.ts'
import type { Look } from './replica-rig.ts'

/** A lease went to somebody, or was given back: then `holder` is empty. */
export interface Handover {
  readonly lease: string
  readonly holder: string
  readonly atMs: number
}

const now = 'extract(epoch from clock_timestamp()) * 1000'

/** Has the database write down who gets a lease, from now on. */
export const keepLeaseHistory = async (database: TestDatabase): Promise<void> => {
  await database.run(`
    create table lease_history (number bigserial, at double precision, name text, holder text);
    create function note_lease() returns trigger language plpgsql as $$
    begin
      if new.name not like 'life %' and (tg_op = 'INSERT' or old.fence <> new.fence or old.holder <> new.holder) then
        insert into lease_history (at, name, holder) values (${now}, new.name, new.holder);
      end if;
      return new;
    end $$;
    create trigger note_lease after insert or update on leases for each row execute function note_lease();
    insert into lease_history (at, name, holder) select 0, name, holder from leases where name not like 'life %';
  `)
}

/** Oldest first. */
export const readHandovers = async (database: TestDatabase): Promise<readonly Handover[]> => {
  const rows = await database.run('select at, name, holder from lease_history order by number')
  return rows.map(({ at, name, holder }) => ({ lease: String(name), holder: String(holder), atMs: Number(at) }))
}

/** Whether somebody else has everything that a gateway had, which stands still. */
export const isReplaced = async (database: TestDatabase, name: string): Promise<boolean> => {
  const [row] = await database.run(`
    select count(*) as left_over from leases
    where holder = '${name}' and (name not like 'life %' or expires_at > ${now})
  `)
  return Number(row?.['left_over']) === 0
}

/** The lease under which the tasks of a site are followed. */
export const toLeaseName = (siteName: string): string => `tasks of ${siteName}`

/** Who had a lease at a time; empty where nobody did, or it is not known. */
export const findHolder = (handovers: readonly Handover[], lease: string, atMs: number): string =>
  handovers.findLast((one) => one.lease === lease && one.atMs <= atMs)?.holder ?? ''

/** A gateway was struck. */
export interface Struck {
  readonly name: string
  readonly act: 'KILL' | 'FREEZE'
  readonly atMs: number
}

/** How long it took until a site was asked by another one than the holder who was struck. */
export interface Takeover {
  readonly siteName: string
  readonly act: 'KILL' | 'FREEZE'
  readonly tookMs: number
  /** The part of it after which somebody else had the lease. */
  readonly leaseTookMs: number
}

/**
 * One for each site whose holder was struck, and which was asked again. Where whoever took its place was struck as well before
 * it had asked, the time is that from the second strike: what is promised is promised of one that fails.
 */
export const listTakeovers = (
  struck: readonly Struck[],
  handovers: readonly Handover[],
  looks: readonly Look[],
): readonly Takeover[] =>
  struck.flatMap(({ name, act, atMs }) =>
    [...new Set(looks.map(({ siteName }) => siteName))].flatMap((siteName) => {
      if (findHolder(handovers, toLeaseName(siteName), atMs) !== name) return []
      const next = looks.find((look) => look.siteName === siteName && look.atMs > atMs && look.name !== name)
      const taken = handovers.find(
        (one) => one.lease === toLeaseName(siteName) && one.atMs > atMs && one.holder !== name,
      )
      const isOvertaken = struck.some(
        (other) => other.name === taken?.holder && other.atMs > atMs && other.atMs < (next?.atMs ?? 0),
      )
      const leaseTookMs = (taken?.atMs ?? Number.NaN) - atMs
      return next === undefined || isOvertaken ? [] : [{ siteName, act, tookMs: next.atMs - atMs, leaseTookMs }]
    }),
  )

/** Looks of somebody who had the lease no more: by the name of the gateway and the site, how many. */
export const countStrayLooks = (
  handovers: readonly Handover[],
  looks: readonly Look[],
): ReadonlyMap<string, number> => {
  const stray = looks.filter(({ siteName, name, atMs }) => findHolder(handovers, toLeaseName(siteName), atMs) !== name)
  const count = new Map<string, number>()
  for (const { siteName, name } of stray) {
    const key = `${name} at ${siteName}`
    count.set(key, (count.get(key) ?? 0) + 1)
  }
  return count
}

/** How often a gateway lost the lease of a site while it lived: by the name of the gateway and the site. */
export const countLosses = (handovers: readonly Handover[]): ReadonlyMap<string, number> => {
  const count = new Map<string, number>()
  const holders = new Map<string, string>()
  for (const { lease, holder } of handovers) {
    const before = holders.get(lease) ?? ''
    holders.set(lease, holder)
    if (before === '' || before === holder) continue
    const key = `${before} at ${lease.replace('tasks of ', '')}`
    count.set(key, (count.get(key) ?? 0) + 1)
  }
  return count
}
