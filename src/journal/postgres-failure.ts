import { DatabaseError } from 'pg'
import type { StoreFailure } from './store-queue.ts'

/** What PostgreSQL, or the way to it, has refused. Every error of the driver is made into one where it comes out. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError'
  /** SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html; null when the connection failed. */
  readonly sqlState: string | null
  /** What the system says of a connection, such as ECONNREFUSED; null for anything else. */
  readonly systemCode: string | null

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null
    const isSaid = cause instanceof DatabaseError
    this.sqlState = isSaid ? code : null
    this.systemCode = isSaid ? null : code
  }
}

interface Rule {
  /** How the SQLSTATE begins. */
  readonly states: readonly string[]
  readonly code: StoreFailure['code']
  readonly isPassing: boolean
  readonly message: (said: string) => string
}

const passesByItself = 'The gateway goes on by itself then.'

const unusable =
  (remedy: string) =>
  (said: string): string =>
    `The journal cannot be used (${said}). ${remedy}`

const unreachable = unusable(`The way to its database is broken: look at PostgreSQL and the network. ${passesByItself}`)

// The first that fits.
const rules: readonly Rule[] = [
  {
    // A serialisation failure or a deadlock: nothing was done, and the same may be asked again.
    states: ['40001', '40P01'],
    code: 'STORE_BUSY',
    isPassing: true,
    message: () => 'The journal is busy: other gateways have written the same again and again. Try again.',
  },
  {
    // The lock was waited for by PostgreSQL already: `lock_timeout`.
    states: ['55P03'],
    code: 'STORE_BUSY',
    isPassing: false,
    message: () =>
      'The journal is busy: another gateway, or somebody at the database, has held its lock for 5 seconds. Try again.',
  },
  {
    states: ['57014'],
    code: 'STORE_BUSY',
    isPassing: false,
    message: () => 'The journal is busy: the database has not answered in time. Try again.',
  },
  {
    // Connections that are cut, a server that stops, starts or has too many; one that was idle in a transaction for too long.
    states: ['08', '57P', '25P03', '53300'],
    code: 'STORE_UNAVAILABLE',
    isPassing: true,
    message: unreachable,
  },
  {
    // After a switch-over the next connection may find the right one.
    states: ['25006'],
    code: 'STORE_UNAVAILABLE',
    isPassing: true,
    message: unusable(`Its database is read-only: let the gateway write it. ${passesByItself}`),
  },
  {
    states: ['53100'],
    code: 'STORE_UNAVAILABLE',
    isPassing: false,
    message: unusable(`The disk of its database is full: make room. ${passesByItself}`),
  },
  {
    states: ['28', '42501'],
    code: 'STORE_UNAVAILABLE',
    isPassing: false,
    message: unusable(`Its database refuses the gateway: look at the user and his rights. ${passesByItself}`),
  },
  {
    states: [''],
    code: 'STORE_UNAVAILABLE',
    isPassing: false,
    message: unusable('Somebody has changed the database: restore it.'),
  },
]

/** What an error of PostgreSQL means for the gateway; null for an error of anything else. */
export const findPostgresFailure = (error: unknown): StoreFailure | null => {
  if (!(error instanceof PostgresError)) return null
  const { sqlState, message } = error
  if (sqlState === null) return { code: 'STORE_UNAVAILABLE', isPassing: true, message: unreachable(message) }
  const rule = rules.find(({ states }) => states.some((state) => sqlState.startsWith(state)))
  if (rule === undefined) return null
  return { code: rule.code, isPassing: rule.isPassing, message: rule.message(message) }
}

/** Why a store could not be opened, in plain words. */
export const toPostgresReason = (error: unknown): string => {
  if (!(error instanceof PostgresError)) return error instanceof Error ? error.message : String(error)
  const { sqlState, systemCode, message } = error
  if (systemCode === 'ECONNREFUSED') return 'nobody listens there: start PostgreSQL, or mend the address'
  if (systemCode === 'ENOTFOUND' || systemCode === 'EAI_AGAIN') return 'nobody knows the name of the host'
  if (sqlState === '28P01') return 'it refuses the user or the password'
  if (sqlState === '3D000') return 'there is no such database: make it, and give it to the user'
  if (sqlState === '55P03')
    return 'somebody at the database holds its tables, such as a backup: start again when that is over'
  if (sqlState === '42501') return `the user may not do what has to be done (${message})`
  return message
}
