import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { isSiteWithin, isUnbounded, type Bounds, type Place } from '../domain/reach.ts'
import type { Sight } from '../domain/sight.ts'
import type { Queries } from './task-rows.ts'

/** One end as a row. Organisations are in small letters: vendors do not agree with themselves about it. */
export interface PlaceRow {
  readonly site_name: string | null
  readonly organization: string | null
}

/** The ends of something as rows, each once. */
export const toPlaceRows = (places: readonly Place[]): readonly PlaceRow[] => {
  const rows = places.map(({ siteName, organization }) => ({
    site_name: siteName,
    organization: organization?.toLowerCase() ?? null,
  }))
  return [...new Map(rows.map((row) => [JSON.stringify([row.site_name, row.organization]), row])).values()]
}

/**
 * The places of what an older gateway wrote, which knew only the site that was asked: that site, with an unknown
 * organisation. Whoever may see all of the site keeps its history; whoever is bound to organisations sees none of it.
 */
export const toOldPlaces = (siteName: string | null): readonly Place[] =>
  siteName === null ? [] : [{ siteName, organization: null }]

/** What a place is of: a table of places, and the table with the rows that they are of. */
interface PlaceTable {
  readonly places: 'task_places' | 'audit_places'
  readonly placeKey: 'task_id' | 'sequence'
  readonly owner: 'tasks' | 'audit_entries'
  readonly ownerKey: 'id' | 'sequence'
  /** Who asked for it. */
  readonly askedBy: 'asked_by' | 'caller'
}

export const taskPlaces: PlaceTable = {
  places: 'task_places',
  placeKey: 'task_id',
  owner: 'tasks',
  ownerKey: 'id',
  askedBy: 'asked_by',
}

export const auditPlaces: PlaceTable = {
  places: 'audit_places',
  placeKey: 'sequence',
  owner: 'audit_entries',
  ownerKey: 'sequence',
  askedBy: 'caller',
}

const isIn = (column: string, wanted: readonly string[] | null): RawBuilder<SqlBool> =>
  wanted === null ? sql`1 = 1` : sql`${sql.ref(column)} in (${sql.join(wanted)})`

const isCovered = (places: string, bounds: readonly Bounds[]): RawBuilder<SqlBool> =>
  sql`(${sql.join(
    bounds.map(
      ({ siteNames, organizations }) =>
        sql`(${isIn(`${places}.site_name`, siteNames)} and ${isIn(`${places}.organization`, organizations)})`,
    ),
    sql` or `,
  )})`

/** What somebody has asked for himself he sees at every site that he may know of; null where there is none. */
const isOwn = ({ owner, askedBy }: PlaceTable, bounds: readonly Bounds[], name: string): RawBuilder<SqlBool> | null => {
  const isEverySite = isSiteWithin(bounds, null)
  const siteNames = isEverySite ? null : [...new Set(bounds.flatMap((bound) => bound.siteNames ?? []))]
  if (siteNames?.length === 0) return null
  return sql`(${sql.ref(`${owner}.${askedBy}`)} = ${name} and ${isIn(`${owner}.site_name`, siteNames)})`
}

/**
 * How the places are looked up. GATHER takes all that are covered and then their owners: best where they are few. PROBE looks
 * at one owner after the other: best where they are many, because a page of many is found soon, and a count reads all anyway.
 */
export type SightLookup = 'GATHER' | 'PROBE'

const manyPlaces = 10_000

/** Bounds that can cover anything. */
const listAble = (bounds: readonly Bounds[]): readonly Bounds[] =>
  bounds.filter(({ siteNames, organizations }) => siteNames?.length !== 0 && organizations?.length !== 0)

const isCoveredOwner = (
  table: PlaceTable,
  bounds: readonly Bounds[],
  lookup: SightLookup,
): RawBuilder<SqlBool> | null => {
  const able = listAble(bounds)
  if (able.length === 0) return null
  const { places } = table
  const key = sql.ref(`${places}.${table.placeKey}`)
  const ownerKey = sql.ref(`${table.owner}.${table.ownerKey}`)
  const covered = isCovered(places, able)
  return lookup === 'GATHER'
    ? sql`${ownerKey} in (select ${key} from ${sql.table(places)} where ${covered})`
    : sql`exists (select 1 from ${sql.table(places)} where ${key} = ${ownerKey} and ${covered})`
}

/**
 * What `isInSight` of the domain says, as a condition on the rows of `table.owner`; `ALL` where everything is in sight,
 * `NONE` where nothing is.
 */
export const toSightFilter = (
  sight: Sight | null,
  table: PlaceTable,
  lookup: SightLookup,
): RawBuilder<SqlBool> | 'ALL' | 'NONE' => {
  if (sight === null || sight.reach === null || sight.reach.some(isUnbounded)) return 'ALL'
  const ways = [isCoveredOwner(table, sight.reach, lookup), isOwn(table, sight.reach, sight.viewerName)]
  const open = ways.filter((way) => way !== null)
  return open.length === 0 ? 'NONE' : sql`(${sql.join(open, sql` or `)})`
}

/** Which lookup suits a sight. Reads at most so many rows of an index. */
export const findSightLookup = async (db: Queries, sight: Sight | null, table: PlaceTable): Promise<SightLookup> => {
  const bounds = listAble(sight?.reach ?? [])
  if (bounds.length === 0) return 'PROBE'
  const places = sql.table(table.places)
  const { rows } = await sql<{ readonly count: number }>`
    select count(*) as count from (
      select 1 from ${places} where ${isCovered(table.places, bounds)} limit ${manyPlaces}
    ) as first_places
  `.execute(db)
  return (rows[0]?.count ?? 0) < manyPlaces ? 'GATHER' : 'PROBE'
}
