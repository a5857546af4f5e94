import { setImmediate } from 'node:timers/promises'
import type { Transaction } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { EventBus } from '../domain/ports/event-bus.ts'
import type { Lease } from '../domain/ports/leases.ts'
import type { ProtectionLog, ProtectionState } from '../domain/ports/protection-log.ts'
import type { ProtectionChange, ProtectionEvent } from '../domain/protection-event.ts'
import type { JournalDatabase } from './database.ts'
import { parseEventRow, parseStateRow, toEventRow, toStateRow } from './protection-rows.ts'
import { forEachChunk } from './row-chunks.ts'
import type { StoreAccess } from './store-queue.ts'
import type { JournalTables } from './tables.ts'

type Trx = Transaction<JournalTables>

// Few enough to be gone in some milliseconds.
const prunedAtOnce = 5_000

/** Takes the next places in the log. @returns the last of them. */
const takeSequences = async (trx: Trx, count: number): Promise<number> => {
  const head = await trx
    .updateTable('protection_head')
    .set((builder) => ({ sequence: builder('sequence', '+', count) }))
    .returning('sequence')
    .executeTakeFirst()
  if (head !== undefined) return head.sequence
  throw DomainError.store(
    'STORE_UNAVAILABLE',
    'The log of changes has lost its head, so nothing can be appended: somebody has changed the store. Restore it.',
    null,
  )
}

const appendEvents = async (trx: Trx, changes: readonly ProtectionChange[]): Promise<readonly ProtectionEvent[]> => {
  const last = await takeSequences(trx, changes.length)
  const events = changes.map((change, place) => ({ ...change, sequence: last - changes.length + 1 + place }))
  await forEachChunk(events, async (chunk) => {
    await trx.insertInto('protection_events').values(chunk.map(toEventRow)).execute()
  })
  return events
}

const saveStates = async (trx: Trx, states: readonly ProtectionState[]): Promise<void> => {
  const newest = new Map(states.map((state) => [state.id, state]))
  await forEachChunk([...newest.values()], async (chunk) => {
    await trx
      .insertInto('protection_states')
      .values(chunk.map(toStateRow))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((builder) => ({
          fields: builder.ref('excluded.fields'),
          configuration_changed_at: builder.ref('excluded.configuration_changed_at'),
        })),
      )
      .execute()
  })
}

const deleteStates = async (trx: Trx, ids: readonly string[]): Promise<void> => {
  await forEachChunk(ids, async (chunk) => {
    await trx.deleteFrom('protection_states').where('id', 'in', chunk).execute()
  })
}

const readBounds = async (db: JournalDatabase | Trx): Promise<{ readonly first: number; readonly last: number }> => {
  const found = await db
    .selectFrom('protection_head')
    .select((builder) => [
      'sequence as last',
      builder
        .selectFrom('protection_events')
        .select((events) => events.fn.min('sequence').as('first'))
        .as('first'),
    ])
    .executeTakeFirst()
  if (found === undefined || found.last === 0) return { first: 0, last: 0 }
  return { first: found.first ?? found.last + 1, last: found.last }
}

/** The lowest sequence of an event that is not too old; null when there is none. */
const findFirstSince = async (trx: Trx, since: Date): Promise<number | null> => {
  const row = await trx
    .selectFrom('protection_events')
    .select('sequence')
    .where('at', '>=', since.getTime())
    .orderBy('sequence')
    .limit(1)
    .executeTakeFirst()
  return row?.sequence ?? null
}

/**
 * The log of changes over any database that Kysely speaks to. Its sequence has no gaps, and what is forgotten are always
 * the lowest of it: an event that is older than it may be stays as long as one before it has to.
 */
export class KyselyProtectionLog implements ProtectionLog {
  readonly #queue: StoreAccess
  readonly #bus: EventBus<ProtectionEvent>

  /**
   * @param queue Whoever made it closes it.
   * @param bus Is told of every event after the commit, in the order of the sequence.
   */
  constructor(queue: StoreAccess, bus: EventBus<ProtectionEvent>) {
    this.#queue = queue
    this.#bus = bus
  }

  under(lease: Lease): ProtectionLog {
    return new KyselyProtectionLog(this.#queue.under(lease), this.#bus)
  }

  async listStates(): Promise<readonly ProtectionState[]> {
    const rows = await this.#queue.read((db) => db.selectFrom('protection_states').selectAll().orderBy('id').execute())
    const states: ProtectionState[] = []
    await forEachChunk(rows, async (chunk) => void states.push(...chunk.map(parseStateRow)))
    return states
  }

  async append(
    changes: readonly ProtectionChange[],
    states: readonly ProtectionState[],
  ): Promise<readonly ProtectionEvent[]> {
    if (changes.length === 0 && states.length === 0) return []
    const removedIds = changes.filter(({ kind }) => kind === 'REMOVED').map(({ id }) => id)
    return this.#queue.write('CHANGES', async ({ trx, afterCommit }) => {
      const events = changes.length === 0 ? [] : await appendEvents(trx, changes)
      // First: what was removed and added again has its state among those to keep.
      await deleteStates(trx, removedIds)
      await saveStates(trx, states)
      for (const event of events) afterCommit(() => this.#bus.publish(event))
      return events
    })
  }

  async readEvents(after: number, limit: number): Promise<readonly ProtectionEvent[]> {
    const rows = await this.#queue.read((db) =>
      db
        .selectFrom('protection_events')
        .selectAll()
        .where('sequence', '>', after)
        .orderBy('sequence')
        .limit(limit)
        .execute(),
    )
    return rows.map(parseEventRow)
  }

  /** A log that has forgotten all its events begins one above its last. */
  bounds(): Promise<{ readonly first: number; readonly last: number }> {
    return this.#queue.read(readBounds)
  }

  async prune(before: Date, mostEvents: number): Promise<void> {
    await this.#queue.write('CHANGES', async ({ trx }) => {
      const { first, last } = await readBounds(trx)
      const since = (await findFirstSince(trx, before)) ?? last + 1
      const firstKept = Math.max(since, last - mostEvents + 1)
      for (let start = first; start < firstKept; start += prunedAtOnce) {
        if (start > first) await setImmediate()
        const end = Math.min(start + prunedAtOnce, firstKept)
        await trx.deleteFrom('protection_events').where('sequence', '<', end).execute()
      }
    })
  }
}
