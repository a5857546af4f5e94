import { setImmediate } from 'node:timers/promises'
import type { Transaction } from 'kysely'
import type { RpoBucket, RpoHistory, RpoSample } from '../domain/ports/rpo-history.ts'
import { forEachChunk } from './row-chunks.ts'
import { toRpoBucket, toRpoRow } from './rpo-row.ts'
import { forgetGroups, listDueGroups, rpoSpansMs, thinGroup } from './rpo-thinning.ts'
import type { StoreQueue } from './store-queue.ts'
import type { JournalTables } from './tables.ts'

type Trx = Transaction<JournalTables>

// Others may write between two transactions of a thinning.
const groupsAtOnce = 50

/** The newest of each group among them. */
const toNewest = (samples: readonly RpoSample[]): readonly RpoSample[] => {
  const newest = new Map<string, RpoSample>()
  for (const sample of samples) {
    const known = newest.get(sample.groupId)
    if (known === undefined || sample.at >= known.at) newest.set(sample.groupId, sample)
  }
  return [...newest.values()]
}

/** Makes a group known, or notes that it has a newer sample. */
const saveNewest = async (trx: Trx, samples: readonly RpoSample[]): Promise<void> => {
  await trx
    .insertInto('rpo_groups')
    .values(
      samples.map(({ groupId, at, actualSeconds, targetSeconds, verdict }) => ({
        group_id: groupId,
        at: at.getTime(),
        actual_seconds: actualSeconds,
        target_seconds: targetSeconds,
        verdict,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .column('group_id')
        .doUpdateSet((builder) => ({
          at: builder.ref('excluded.at'),
          actual_seconds: builder.ref('excluded.actual_seconds'),
          target_seconds: builder.ref('excluded.target_seconds'),
          verdict: builder.ref('excluded.verdict'),
        }))
        .whereRef('excluded.at', '>=', 'rpo_groups.at'),
    )
    .execute()
}

const readNumbers = async (trx: Trx, groupIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const rows = await trx
    .selectFrom('rpo_groups')
    .select(['group_id', 'number'])
    .where('group_id', 'in', groupIds)
    .execute()
  return new Map(rows.map(({ group_id, number }) => [group_id, number]))
}

const insertRows = async (trx: Trx, samples: readonly RpoSample[], numbers: ReadonlyMap<string, number>) => {
  // A sample of the same moment replaces the one before.
  const rows = new Map(
    samples.flatMap((sample) => {
      const group_number = numbers.get(sample.groupId)
      if (group_number === undefined) return []
      return [[`${group_number} ${sample.at.getTime()}`, { ...toRpoRow(sample), group_number }]] as const
    }),
  )
  await trx
    .insertInto('rpo_buckets')
    .values([...rows.values()])
    .onConflict((conflict) =>
      conflict.columns(['group_number', 'span_ms', 'slot_at']).doUpdateSet((builder) => ({
        measured_count: builder.ref('excluded.measured_count'),
        min_seconds: builder.ref('excluded.min_seconds'),
        max_seconds: builder.ref('excluded.max_seconds'),
        sum_seconds: builder.ref('excluded.sum_seconds'),
        target_seconds: builder.ref('excluded.target_seconds'),
        verdict: builder.ref('excluded.verdict'),
      })),
    )
    .execute()
}

/** The history of recovery point objectives over any database that Kysely speaks to. */
export class KyselyRpoHistory implements RpoHistory {
  readonly #queue: StoreQueue

  /** @param queue Whoever made it closes it. */
  constructor(queue: StoreQueue) {
    this.#queue = queue
  }

  /** One transaction. A sample of the same group and moment replaces the one before. */
  async append(samples: readonly RpoSample[]): Promise<void> {
    if (samples.length === 0) return
    await this.#queue.write('OBJECTIVES', ({ trx }) =>
      forEachChunk(samples, async (chunk) => {
        const newest = toNewest(chunk)
        await saveNewest(trx, newest)
        const numbers = await readNumbers(
          trx,
          newest.map(({ groupId }) => groupId),
        )
        await insertRows(trx, chunk, numbers)
      }),
    )
  }

  async listNewest(): Promise<readonly RpoSample[]> {
    const rows = await this.#queue.read((db) => db.selectFrom('rpo_groups').selectAll().orderBy('group_id').execute())
    return rows.map(({ group_id, at, actual_seconds, target_seconds, verdict }) => ({
      groupId: group_id,
      at: new Date(at),
      actualSeconds: actual_seconds,
      targetSeconds: target_seconds,
      verdict,
    }))
  }

  /** Both ends inclusive. What was put together and reaches into the time is told whole. */
  async read(groupId: string, from: Date, to: Date): Promise<readonly RpoBucket[]> {
    const rows = await this.#queue.read((db) =>
      db
        .selectFrom('rpo_buckets')
        .innerJoin('rpo_groups', 'rpo_groups.number', 'rpo_buckets.group_number')
        .selectAll('rpo_buckets')
        .where('rpo_groups.group_id', '=', groupId)
        .where('rpo_buckets.span_ms', 'in', rpoSpansMs)
        .where('rpo_buckets.slot_at', '<=', to.getTime())
        .where('rpo_buckets.slot_at', '>', from.getTime() - Math.max(...rpoSpansMs))
        .where('rpo_buckets.from_at', '<=', to.getTime())
        .where('rpo_buckets.to_at', '>=', from.getTime())
        .orderBy('rpo_buckets.from_at')
        .execute(),
    )
    return rows.map(toRpoBucket)
  }

  /** Some groups at a time, so that other writes have their turn. Ends early, having done a part, when the store closes. */
  async thin(now: Date): Promise<void> {
    const groups = await this.#queue.read((db) =>
      db.selectFrom('rpo_groups').select('number').orderBy('number').execute(),
    )
    for (let start = 0; start < groups.length && !this.#queue.isClosing; start += groupsAtOnce) {
      const numbers = groups.slice(start, start + groupsAtOnce).map(({ number }) => number)
      await this.#queue.write('OBJECTIVES', async ({ trx }) => {
        const due = await listDueGroups(trx, numbers, now)
        for (const number of due) {
          await thinGroup(trx, number, now)
          await setImmediate()
        }
        if (due.length > 0) await forgetGroups(trx, due, now)
      })
      await setImmediate()
    }
  }
}
