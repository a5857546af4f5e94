import { randomUUID } from 'node:crypto'
import { Client, Pool } from 'pg'
import { Secret } from '../../src/std/secret.ts'

/** An empty PostgreSQL database that nobody else uses. Disposing it throws everybody out and drops it. */
export interface TestDatabase extends AsyncDisposable {
  readonly name: string
  readonly url: Secret
  /** Does something at the database that no gateway does. @returns the rows of the last statement. */
  run(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
}

/** Of one of the databases on the server. */
const toUrl = (server: string, name: string): string => {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

const makers = new Map<string, Pool>()

/** Where databases are made: to connect for each takes longer than the making. Keeps no process alive. */
const findMaker = (server: string): Pool => {
  const known = makers.get(server)
  if (known !== undefined) return known
  const maker = new Pool({ connectionString: server, max: 1, allowExitOnIdle: true })
  maker.on('error', () => {})
  makers.set(server, maker)
  return maker
}

const runAt = async (url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const result: unknown = await client.query(sql)
    const last: unknown = Array.isArray(result) ? result.at(-1) : result
    return typeof last === 'object' && last !== null && 'rows' in last && Array.isArray(last.rows) ? last.rows : []
  } finally {
    await client.end()
  }
}

/** Makes a database. @param server URL of one that is there, of somebody who may make others. */
export const createDatabaseAt = async (server: string): Promise<TestDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await findMaker(server).query(`create database ${name}`)
  const url = toUrl(server, name)
  return {
    name,
    url: new Secret(url),
    run: (sql) => runAt(url, sql),
    [Symbol.asyncDispose]: async () => {
      await findMaker(server).query(`drop database if exists ${name} with (force)`)
    },
  }
}
