import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { Client, type ClientConfig, DatabaseError, Pool, type PoolClient, type QueryResult, types } from 'pg'
import type { Secret } from '../std/secret.ts'
import { PostgresError } from './postgres-failure.ts'
import { decodeText, encodeText } from './postgres-text.ts'

// Object ids of types: https://github.com/postgres/postgres/blob/REL_18_4/src/include/catalog/pg_type.dat
const typeIds = { int8: 20, text: 25 } as const

/** Whole numbers up to 2^53, which is every time, count and sequence that the store holds. */
const toNumber = (digits: string): number => {
  const number = Number(digits)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${digits} is more than the gateway can count`)
  return number
}

const ownTypes: NonNullable<ClientConfig['types']> = {
  getTypeParser: (id: number, format?: 'text' | 'binary') => {
    if (id === typeIds.int8) return toNumber
    if (id === typeIds.text) return decodeText
    return types.getTypeParser(id, format ?? 'text')
  },
}

const connectTimeoutMs = 3_000
const settings = {
  application_name: 'dr-gateway',
  connectionTimeoutMillis: connectTimeoutMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  types: ownTypes,
}

// A gateway that stands still in the middle of a write must not hold up the others: its write is taken back sooner than
// they give up waiting for its lock.
const limits = {
  idle_in_transaction_session_timeout: 3_000,
  lock_timeout: 5_000,
  statement_timeout: 30_000,
  query_timeout: 35_000,
}

/** How many connections a gateway has at most, besides the one on which it listens and the one for leases. */
export const mostConnections = 10

// Who cannot renew a lease in time has lost it anyway.
const leaseLimits = { lock_timeout: 1_000, statement_timeout: 2_000, query_timeout: 2_500 }

/** What connections are for: the change of the tables may take its time, and leases are renewed whatever the store does. */
export type PoolUse = 'STORE' | 'SCHEMA' | 'LEASES'

const uses: Readonly<Record<PoolUse, ClientConfig & { readonly max: number }>> = {
  STORE: { ...limits, max: mostConnections },
  SCHEMA: { max: 1 },
  LEASES: { ...limits, ...leaseLimits, max: 1 },
}

const encode = (value: unknown): unknown => (typeof value === 'string' ? encodeText(value) : value)

const refuse = (error: unknown): never => {
  throw new PostgresError(error)
}

const isList = (answer: QueryResult | readonly QueryResult[]): answer is readonly QueryResult[] => Array.isArray(answer)

/** Whoever has a connection while it breaks hears of it by his query; nobody else is to. */
const ignore = (): void => {}

// What Kysely asks for. Anything else has no rows to count.
const commands = ['UPDATE', 'DELETE', 'INSERT', 'SELECT', 'MERGE', 'COMMIT', 'ROLLBACK'] as const

const toNothing = <R>(): PostgresQueryResult<R> => ({ command: 'SELECT', rowCount: 0, rows: [] })

/**
 * A connection, for one after the other.
 *
 * A transaction begins with its first statement, in one message where that has no parameters: every write waits for one
 * answer less. What breaks is not used again, nor is what has not answered in time: its answer may still come.
 */
class StoreClient implements PostgresPoolClient {
  readonly #client: PoolClient
  #isBeginning = false
  #isBroken = false

  constructor(client: PoolClient) {
    this.#client = client
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  query<R>(sql: string | PostgresCursor<R>, parameters: readonly unknown[] = []): unknown {
    if (typeof sql !== 'string') throw new TypeError('No cursor is used here')
    return this.#run<R>(sql, parameters)
  }

  release(destroy = false): void {
    this.#client.release(destroy || this.#isBroken)
  }

  async #run<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    if (sql === 'begin') {
      this.#isBeginning = true
      return toNothing()
    }
    const isFirst = this.#isBeginning
    this.#isBeginning = false
    if (isFirst && (sql === 'commit' || sql === 'rollback')) return toNothing()
    if (isFirst && parameters.length === 0) return this.#send<R>(`begin; ${sql}`, [])
    if (isFirst) await this.#send('begin', [])
    return this.#send<R>(sql, parameters.map(encode))
  }

  async #send<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    try {
      const answer: QueryResult | readonly QueryResult[] = await this.#client.query(sql, [...parameters])
      const last = isList(answer) ? answer.at(-1) : answer
      if (last === undefined) return toNothing()
      const command = commands.find((word) => word === last.command) ?? 'SELECT'
      return { command, rowCount: last.rowCount ?? 0, rows: last.rows }
    } catch (error) {
      if (!(error instanceof DatabaseError)) this.#isBroken = true
      throw new PostgresError(error)
    }
  }
}

/** Connections as Kysely's dialect wants them, each of which can be used as long as a write takes. */
export const openPostgresPool = (url: Secret, use: PoolUse): PostgresPool => {
  const pool = new Pool({ ...settings, connectionString: url.reveal(), ...uses[use] })
  // One that breaks while nobody uses it is thrown away.
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  return {
    options: {},
    connect: async () => new StoreClient(await pool.connect().catch(refuse)),
    end: () => pool.end(),
  }
}

/** A connection of its own, that waits for what others tell. @throws PostgresError */
export const openPostgresClient = async (url: Secret): Promise<Client> => {
  const client = new Client({ ...settings, connectionString: url.reveal(), query_timeout: connectTimeoutMs })
  client.on('error', ignore)
  await client.connect().catch(refuse)
  return client
}

/** Where a store is, for people: without the password. */
export const toPostgresPlace = (url: Secret): string => {
  const text = url.reveal()
  if (!URL.canParse(text)) return 'postgres://…'
  const { username, host, pathname } = new URL(text)
  return `postgres://${username === '' ? '' : `${username}@`}${host}${pathname}`
}
