import type { RpoBucket, RpoSample } from '../domain/ports/rpo-history.ts'
import { toWorseRpoVerdict } from '../domain/rpo.ts'
import type { RpoBucketsTable } from './read-model-tables.ts'

/** A row of one group. */
export type RpoRow = Omit<RpoBucketsTable, 'group_number'>

/** A slot of this length by whose start a moment is found again. 0 is a moment of its own. */
export const toSlot = (time: number, spanMs: number): number =>
  spanMs === 0 ? time : Math.floor(time / spanMs) * spanMs

/** A fresh sample. */
export const toRpoRow = ({ at, actualSeconds, targetSeconds, verdict }: RpoSample): RpoRow => ({
  span_ms: 0,
  slot_at: at.getTime(),
  from_at: at.getTime(),
  to_at: at.getTime(),
  sample_count: 1,
  measured_count: actualSeconds === null ? 0 : 1,
  min_seconds: actualSeconds,
  max_seconds: actualSeconds,
  sum_seconds: actualSeconds ?? 0,
  target_seconds: targetSeconds,
  verdict,
})

const choose = (one: number | null, other: number | null, of: (...values: number[]) => number): number | null => {
  if (one === null) return other
  return other === null ? one : of(one, other)
}

/** Both as one; the slot is that of `one`. */
const merge = (one: RpoRow, other: RpoRow): RpoRow => ({
  span_ms: one.span_ms,
  slot_at: one.slot_at,
  from_at: Math.min(one.from_at, other.from_at),
  to_at: Math.max(one.to_at, other.to_at),
  sample_count: one.sample_count + other.sample_count,
  measured_count: one.measured_count + other.measured_count,
  min_seconds: choose(one.min_seconds, other.min_seconds, Math.min),
  max_seconds: choose(one.max_seconds, other.max_seconds, Math.max),
  sum_seconds: one.sum_seconds + other.sum_seconds,
  target_seconds: (other.to_at >= one.to_at ? other : one).target_seconds,
  verdict: toWorseRpoVerdict(one.verdict, other.verdict),
})

/** One row for each slot of this length that any of the rows lies in, in the order of time. A slot without rows has none. */
export const mergeRpoRows = (rows: readonly RpoRow[], spanMs: number): readonly RpoRow[] => {
  const slots = new Map<number, RpoRow>()
  for (const row of rows) {
    const slotAt = toSlot(row.slot_at, spanMs)
    const before = slots.get(slotAt)
    slots.set(slotAt, before === undefined ? { ...row, span_ms: spanMs, slot_at: slotAt } : merge(before, row))
  }
  return [...slots.values()].toSorted((one, other) => one.slot_at - other.slot_at)
}

const toAverage = ({ measured_count, min_seconds, max_seconds, sum_seconds }: RpoRow): number | null => {
  if (min_seconds === null || max_seconds === null) return null
  // Sums of fractions may leave the bounds by the last digit.
  return Math.min(max_seconds, Math.max(min_seconds, sum_seconds / measured_count))
}

/** A row as the port tells of it. */
export const toRpoBucket = (row: RpoRow): RpoBucket => ({
  from: new Date(row.from_at),
  to: new Date(row.to_at),
  sampleCount: row.sample_count,
  minSeconds: row.min_seconds,
  maxSeconds: row.max_seconds,
  averageSeconds: toAverage(row),
  targetSeconds: row.target_seconds,
  verdict: row.verdict,
})
