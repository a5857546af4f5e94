import { setImmediate } from 'node:timers/promises'
import type { ExpressionBuilder, Transaction } from 'kysely'
import { rpoKeptMs } from '../domain/ports/rpo-history.ts'
import { mergeRpoRows, toSlot } from './rpo-row.ts'
import type { JournalTables } from './tables.ts'

type Trx = Transaction<JournalTables>

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs
const quarterMs = hourMs / 4

/** The lengths that slots have, the finest first: a sample, a quarter of an hour, an hour. */
export const rpoSpansMs = [0, quarterMs, hourMs] as const

interface RpoStep {
  readonly fromMs: number
  readonly toMs: number
  readonly olderThanMs: number
}

const steps: readonly RpoStep[] = [
  { fromMs: 0, toMs: quarterMs, olderThanMs: dayMs },
  { fromMs: quarterMs, toMs: hourMs, olderThanMs: 7 * dayMs },
]

// As many as are read, put together and written in a few milliseconds.
const rowsAtOnce = 500

const rowColumns = [
  'span_ms',
  'slot_at',
  'from_at',
  'to_at',
  'sample_count',
  'measured_count',
  'min_seconds',
  'max_seconds',
  'sum_seconds',
  'target_seconds',
  'verdict',
] as const

/** Slots of one length in the rows of one group, both ends inclusive. */
interface SlotRange {
  readonly group: number
  readonly spanMs: number
  readonly first: number
  readonly last: number
}

const isIn =
  ({ group, spanMs, first, last }: SlotRange) =>
  (builder: ExpressionBuilder<JournalTables, 'rpo_buckets'>) =>
    builder.and([
      builder('group_number', '=', group),
      builder('span_ms', '=', spanMs),
      builder('slot_at', '>=', first),
      builder('slot_at', '<=', last),
    ])

const select = (trx: Trx, range: SlotRange) =>
  trx.selectFrom('rpo_buckets').select(rowColumns).where(isIn(range)).orderBy('slot_at')

const remove = async (trx: Trx, range: SlotRange): Promise<void> => {
  await trx.deleteFrom('rpo_buckets').where(isIn(range)).execute()
}

/** @returns whether there may be more to do. */
const takeStep = async (trx: Trx, group: number, step: RpoStep, now: number): Promise<boolean> => {
  const { fromMs, toMs, olderThanMs } = step
  // Only slots that are over: each is put together once, unless the clock has been set back since.
  const end = toSlot(now - olderThanMs, toMs)
  const due = await select(trx, { group, spanMs: fromMs, first: 0, last: end - 1 })
    .limit(rowsAtOnce)
    .execute()
  const [first, last] = [due[0], due.at(-1)]
  if (first === undefined || last === undefined) return false
  const fine = { group, spanMs: fromMs, first: first.slot_at, last: last.slot_at }
  const coarse = { group, spanMs: toMs, first: toSlot(first.slot_at, toMs), last: toSlot(last.slot_at, toMs) }
  const merged = mergeRpoRows([...(await select(trx, coarse).execute()), ...due], toMs)
  await remove(trx, fine)
  await remove(trx, coarse)
  await trx
    .insertInto('rpo_buckets')
    .values(merged.map((row) => ({ ...row, group_number: group })))
    .execute()
  return due.length === rowsAtOnce
}

const forgetOld = async (trx: Trx, group: number, cutoff: number): Promise<void> => {
  await trx
    .deleteFrom('rpo_buckets')
    .where('group_number', '=', group)
    .where('span_ms', 'in', rpoSpansMs)
    .where('slot_at', '<', cutoff)
    .where('to_at', '<', cutoff)
    .execute()
}

/** Of these groups, those of which something is old enough to be put together or forgotten: almost always none. */
export const listDueGroups = async (trx: Trx, numbers: readonly number[], now: Date): Promise<readonly number[]> => {
  const cutoff = now.getTime() - rpoKeptMs
  const rows = await trx
    .selectFrom('rpo_groups')
    .select('number')
    .where('number', 'in', numbers)
    .where((builder) => {
      const hasOlder = (spanMs: number, end: number) =>
        builder.exists(
          builder
            .selectFrom('rpo_buckets')
            .select('rpo_buckets.slot_at')
            .whereRef('rpo_buckets.group_number', '=', 'rpo_groups.number')
            .where('rpo_buckets.span_ms', '=', spanMs)
            .where('rpo_buckets.slot_at', '<', end),
        )
      return builder.or([
        builder('at', '<', cutoff),
        hasOlder(hourMs, cutoff),
        ...steps.map(({ fromMs, toMs, olderThanMs }) => hasOlder(fromMs, toSlot(now.getTime() - olderThanMs, toMs))),
      ])
    })
    .orderBy('number')
    .execute()
  return rows.map(({ number }) => number)
}

/** Forgets what is too old of a group, and puts together what is old enough. */
export const thinGroup = async (trx: Trx, group: number, now: Date): Promise<void> => {
  await forgetOld(trx, group, now.getTime() - rpoKeptMs)
  for (const step of steps) {
    while (await takeStep(trx, group, step, now.getTime())) await setImmediate()
  }
}

/** Forgets the groups of which nothing is young enough any more. */
export const forgetGroups = async (trx: Trx, numbers: readonly number[], now: Date): Promise<void> => {
  await trx
    .deleteFrom('rpo_groups')
    .where('number', 'in', numbers)
    .where('at', '<', now.getTime() - rpoKeptMs)
    .where((builder) =>
      builder.not(
        builder.exists(
          builder
            .selectFrom('rpo_buckets')
            .select('rpo_buckets.slot_at')
            .whereRef('rpo_buckets.group_number', '=', 'rpo_groups.number'),
        ),
      ),
    )
    .execute()
}
