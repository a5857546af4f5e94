import { sql, type Transaction } from 'kysely'
import type { Problem } from '../domain/errors.ts'
import type { Lease } from '../domain/ports/leases.ts'
import type { ListLook, ListName, Question, SharedLists, ToldList } from '../domain/ports/shared-lists.ts'
import type { SharedListsTable } from './read-model-tables.ts'
import { packText, unpackParts } from './snapshot-text.ts'
import type { StoreAccess, Writing } from './store-queue.ts'
import type { JournalTables } from './tables.ts'

type Trx = Transaction<JournalTables>

const now = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

// A clock of the database that was put back makes nothing older than it is.
const age = sql<number>`coalesce(greatest(0, ${now} - looked_at), 0)`

/** The next number of all that is told and asked: whoever takes it has the lock of the log. */
const takeSequence = async (trx: Trx): Promise<number> => {
  const row = await trx
    .selectFrom('shared_lists')
    .select(({ fn }) => fn.max('sequence').as('last'))
    .executeTakeFirst()
  return (row?.last ?? 0) + 1
}

const untold = {
  replica: null,
  content_number: 0,
  observed_at: null,
  looked_at: null,
  problem: null,
  asked: 0,
  outdated: 0,
  heard: 0,
  answered: 0,
} satisfies Partial<SharedListsTable>

type Change = Partial<Omit<SharedListsTable, 'site_name' | 'list' | 'looked_at'>>

/** Changes what is known of a list; what was not known before comes with it. */
const change = async (trx: Trx, { siteName, list }: ListName, row: Change & { sequence: number }): Promise<void> => {
  await trx
    .insertInto('shared_lists')
    .values({ site_name: siteName, list, ...untold, ...row })
    .onConflict((conflict) => conflict.columns(['site_name', 'list']).doUpdateSet(row))
    .execute()
}

const toTold = (row: SharedListsTable & { readonly age_ms: number }): ToldList => {
  const { site_name, list, sequence, replica, content_number, observed_at, age_ms, problem } = row
  const { asked, outdated, heard, answered } = row
  // Only a gateway writes it.
  const told: Problem | null = problem === null ? null : JSON.parse(problem)
  return {
    siteName: site_name,
    list,
    sequence,
    replica,
    contentNumber: content_number,
    observedAt: observed_at === null ? null : new Date(observed_at),
    ageMs: age_ms,
    problem: told,
    asked,
    outdated,
    heard,
    answered,
  }
}

/** Others are told when it is committed. */
const announce = ({ afterCommit }: Writing): void => afterCommit(() => {})

/** What gateways on one PostgreSQL tell and ask each other of the lists of the sites. */
export class PostgresSharedLists implements SharedLists {
  readonly #queue: StoreAccess
  readonly #replica: string
  readonly #calls = new Set<() => void>()

  /**
   * @param queue Whoever made it closes it.
   * @param replica The name of this gateway.
   */
  constructor(queue: StoreAccess, replica: string) {
    this.#queue = queue
    this.#replica = replica
  }

  /** Another gateway may have told or asked something. */
  wake(): void {
    for (const call of this.#calls) call()
  }

  onNews(call: () => void): Disposable {
    this.#calls.add(call)
    return { [Symbol.dispose]: () => void this.#calls.delete(call) }
  }

  async readSince(sequence: number): Promise<readonly ToldList[]> {
    const rows = await this.#queue.read((db) =>
      db
        .selectFrom('shared_lists')
        .selectAll()
        .select(age.as('age_ms'))
        .where('sequence', '>', sequence)
        .orderBy('sequence')
        .execute(),
    )
    return rows.map(toTold)
  }

  async readText({ siteName, list }: ListName): Promise<AsyncIterable<string> | null> {
    const row = await this.#queue.read((db) =>
      db
        .selectFrom('snapshots')
        .select('content')
        .where('site_name', '=', siteName)
        .where('list', '=', list)
        .executeTakeFirst(),
    )
    return row === undefined ? null : unpackParts(row.content)
  }

  /** Compresses before it takes its place in the queue. */
  async tell(lease: Lease, look: ListLook): Promise<void> {
    const content = look.text === null ? null : await packText(look.text)
    const { siteName, list, problem, heard, answered } = look
    const observedAt = look.observedAt?.getTime() ?? null
    await this.#queue.under(lease).write('SNAPSHOTS', async (writing) => {
      const { trx } = writing
      const sequence = await takeSequence(trx)
      if (content !== null && observedAt !== null) {
        await trx
          .insertInto('snapshots')
          .values({ site_name: siteName, list, observed_at: observedAt, content })
          .onConflict((conflict) =>
            conflict.columns(['site_name', 'list']).doUpdateSet({ observed_at: observedAt, content }),
          )
          .execute()
      }
      // Read again as it was: it is known to have been so for longer.
      if (content === null && problem === null && observedAt !== null) {
        await trx
          .updateTable('snapshots')
          .set({ observed_at: observedAt })
          .where('site_name', '=', siteName)
          .where('list', '=', list)
          .execute()
      }
      await change(trx, look, {
        sequence,
        replica: this.#replica,
        ...(content === null ? {} : { content_number: sequence }),
        observed_at: observedAt,
        problem: problem === null ? null : JSON.stringify(problem),
        heard,
        answered,
      })
      await trx
        .updateTable('shared_lists')
        .set({ looked_at: sql<number>`${now} - ${Math.round(look.toAgeMs())}::bigint` })
        .where('site_name', '=', siteName)
        .where('list', '=', list)
        .execute()
      announce(writing)
    })
  }

  async hear(lease: Lease, name: ListName, number: number): Promise<void> {
    await this.#queue.under(lease).write('SNAPSHOTS', async (writing) => {
      await change(writing.trx, name, { sequence: await takeSequence(writing.trx), heard: number })
      announce(writing)
    })
  }

  /** A question that has no answer yet is not asked twice. */
  async ask(name: ListName, maxAgeMs: number): Promise<Question> {
    return this.#queue.write('SNAPSHOTS', async (writing): Promise<Question> => {
      const { trx } = writing
      const row = await trx
        .selectFrom('shared_lists')
        .select(['sequence', 'asked', 'outdated', 'answered', 'looked_at', age.as('age_ms')])
        .where('site_name', '=', name.siteName)
        .where('list', '=', name.list)
        .executeTakeFirst()
      if (row !== undefined) {
        const { asked, outdated, answered, sequence } = row
        const isYoung = row.looked_at !== null && outdated <= answered && row.age_ms < maxAgeMs
        if (isYoung) return { kind: 'TOLD', sequence }
        if (asked > Math.max(outdated, answered)) return { kind: 'ASKED', number: asked }
      }
      const number = await takeSequence(trx)
      await change(trx, name, { sequence: number, asked: number })
      announce(writing)
      return { kind: 'ASKED', number }
    })
  }

  async outdate(names: readonly ListName[]): Promise<number> {
    return this.#queue.write('SNAPSHOTS', async (writing) => {
      const number = await takeSequence(writing.trx)
      for (const name of names) await change(writing.trx, name, { sequence: number, outdated: number })
      announce(writing)
      return number
    })
  }
}
