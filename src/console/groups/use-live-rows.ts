import { useEffect, useRef, useState } from 'react'
import { useGateway, useWatch } from '../app/gateway.tsx'
import { RowEventsDocument, VisibleRowsDocument, type ChangeKind } from '../generated/graphql.ts'
import type { TableRow } from './columns.ts'
import type { SparkPart } from './sparkline.ts'
import { parseTableState, toGroupFilter, toMachineFilter, type OrderField, type TableKind } from './table-state.ts'
import type { TablePages } from './use-row-pages.ts'

/** The field of a row by which it has its place: when it changes, the order may be another one. */
const orderedBy: Readonly<Record<OrderField, string>> = {
  NAME: 'name',
  HEALTH: 'health',
  RPO: 'rpo',
  RPO_VIOLATION: 'rpo',
  STORAGE: 'storage',
  UPDATED: 'observations',
  LAST_TEST: 'lastTestedAt',
}

/** Between two readings of the whole table, however much happens. */
const restMs = 8_000
/** After an event, so that those that come together make one reading. */
const gatherMs = 1_200

/** Rows that change within one such span are drawn at once: a large fleet may tell hundreds in a second. */
const drawEveryMs = 150

/** What no row can be patched with. A snapshot is: what changed since the table was read and before it, nothing tells. */
const makesReadAgain: ReadonlySet<ChangeKind> = new Set(['ADDED', 'REMOVED', 'LAGGED', 'SNAPSHOT'] as const)

/** Gathers newer rows, and hands them to the table together. */
const useGatheredPatch = (pages: TablePages | null): ((row: TableRow) => void) => {
  const waiting = useRef(new Map<string, TableRow>())
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => {
    const rows = waiting.current
    return () => {
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = null
      rows.clear()
    }
  }, [pages])
  return (row) => {
    waiting.current.set(row.id, row)
    timer.current ??= setTimeout(() => {
      timer.current = null
      pages?.patch([...waiting.current.values()])
      waiting.current.clear()
    }, drawEveryMs)
  }
}

/**
 * Keeps rows as they are now: what changes is replaced in its place, and what comes, goes or was missed makes the table
 * be read again.
 */
export const useLiveRows = (kind: TableKind, search: string, pages: TablePages | null): void => {
  const patch = useGatheredPatch(pages)
  const lastReadMs = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const readAgain = (): void => {
    if (timer.current !== null || pages === null) return
    const waitMs = Math.max(gatherMs, lastReadMs.current + restMs - Date.now())
    timer.current = setTimeout(() => {
      timer.current = null
      lastReadMs.current = Date.now()
      void pages.reload()
    }, waitMs)
  }
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = null
    },
    [pages],
  )
  const state = parseTableState(kind, search)
  const variables =
    kind === 'groups'
      ? { filter: toGroupFilter(state), kinds: ['PROTECTION_GROUP' as const] }
      : { replicationFilter: toMachineFilter(state), kinds: ['REPLICATION' as const] }
  useWatch(RowEventsDocument, variables, ({ protectionEvents: event }) => {
    if (makesReadAgain.has(event.kind)) readAgain()
    if (event.kind !== 'CHANGED' || event.target === null) return
    patch(event.target)
    if (event.changedFields.includes(orderedBy[state.orderField])) readAgain()
  })
}

/** Figures that move all the time make no events: what is on screen is asked for again. */
const refreshMs = 15_000
const settleMs = 250
const sparkHours = 12
const sparkParts = 24

/** How the objective of each row on screen was kept in the last hours, by its id. */
export type Sparks = ReadonlyMap<string, readonly SparkPart[]>

/**
 * @param ids The rows on screen, at most a screenful.
 * @returns Sparks of groups that were on screen; those that no longer are, too.
 */
export const useVisibleRows = (kind: TableKind, ids: readonly string[], pages: TablePages | null): Sparks => {
  const gateway = useGateway()
  const [sparks, setSparks] = useState<Sparks>(() => new Map())
  const wanted = ids.join(' ')
  useEffect(() => {
    if (wanted === '') return undefined
    const abort = new AbortController()
    const ask = async (): Promise<void> => {
      const now = Date.now()
      const { data } = await gateway.query(
        VisibleRowsDocument,
        {
          ids: wanted.split(' '),
          from: new Date(now - sparkHours * 3_600_000).toISOString(),
          to: new Date(now).toISOString(),
          buckets: sparkParts,
        },
        { signal: abort.signal },
      )
      const rows = (data?.nodes ?? []).filter(
        (node): node is Extract<typeof node, TableRow> => node !== null && 'rpo' in node,
      )
      pages?.patch(rows)
      if (kind === 'machines') return
      const fresh = rows.flatMap((row) => ('rpoHistory' in row ? [[row.id, row.rpoHistory] as const] : []))
      setSparks((known) => new Map([...known, ...fresh]))
    }
    // A gateway that does not answer is told by the table and the head of the page.
    const tryIt = (): void => void ask().catch(() => {})
    const first = setTimeout(tryIt, settleMs)
    const again = setInterval(tryIt, refreshMs)
    return () => {
      clearTimeout(first)
      clearInterval(again)
      abort.abort()
    }
  }, [gateway, kind, wanted, pages])
  return sparks
}
