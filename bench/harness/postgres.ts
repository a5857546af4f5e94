import { join } from 'node:path'
import { Client } from 'pg'
import { readCpuMs, requireWord, startNode } from './processes.ts'

const program = join(import.meta.dirname, '../../test/support/postgres-command.ts')

type Row = Readonly<Record<string, unknown>>

/** What PostgreSQL was asked in a span of time. */
export interface StoreLoad {
  /** Statements that have to do with leases, and all others. */
  readonly leaseStatements: number
  readonly otherStatements: number
  /** CPU of all its connections to gateways. */
  readonly cpuMs: number
}

/** An empty database on a server of its own. */
export interface Database extends AsyncDisposable {
  readonly url: string
  run(sql: string): Promise<readonly Row[]>
  /** How many connections gateways have. */
  countConnections(): Promise<number>
  /** Counts while something goes on; connections that come or go meanwhile do not count. */
  measure<T>(work: () => Promise<T>): Promise<StoreLoad & { readonly result: T }>
}

/** PostgreSQL in processes of its own, beside what is measured. */
export interface Postgres extends AsyncDisposable {
  makeDatabase(): Promise<Database>
}

const connect = async (url: string): Promise<Client> => {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}

const toDatabase = (client: Client, url: string): Database => {
  const run = async (sql: string): Promise<readonly Row[]> => {
    const { rows } = await client.query<Row>(sql)
    return rows
  }
  const ofGateways = `from pg_stat_activity where application_name = 'dr-gateway' and datname = current_database()`
  const countStatements = async () => {
    const [row] = await run(`
      select coalesce(sum(calls) filter (where query like '%"leases"%'), 0) as leases,
        coalesce(sum(calls) filter (where query not like '%"leases"%'), 0) as others
      from pg_stat_statements s join pg_database d on d.oid = s.dbid
      where d.datname = current_database() and query not like '%pg_stat_%' and query not like '%of the bench%'
    `)
    return { leases: Number(row?.['leases']), others: Number(row?.['others']) }
  }
  const readCpu = async (): Promise<ReadonlyMap<number, number>> => {
    const rows = await run(`select pid ${ofGateways}`)
    return new Map(rows.map(({ pid }) => [Number(pid), readCpuMs(Number(pid))]))
  }
  return {
    url,
    run,
    countConnections: async () => (await run(`select pid ${ofGateways}`)).length,
    measure: async (work) => {
      const [cpu, statements] = [await readCpu(), await countStatements()]
      const result = await work()
      const [cpuAfter, after] = [await readCpu(), await countStatements()]
      const cpuMs = [...cpuAfter].reduce((sum, [pid, ms]) => sum + ms - (cpu.get(pid) ?? ms), 0)
      const leaseStatements = after.leases - statements.leases
      return { result, cpuMs, leaseStatements, otherStatements: after.others - statements.others }
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}

/** Starts it. Its writes wait for the disk. */
export const startPostgres = async (): Promise<Postgres> => {
  const server = await startNode({ place: 'around', args: [program], ready: /postgres:\S+\n/ })
  const admin = requireWord(server.said, /(postgres:\S+)\n/)
  let count = 0
  return {
    makeDatabase: async () => {
      count += 1
      const url = new URL(admin)
      url.pathname = `/bench_${count}`
      const client = await connect(admin)
      await client.query(`create database bench_${count}`)
      await client.end()
      const own = await connect(url.href)
      await own.query('create extension pg_stat_statements')
      return toDatabase(own, url.href)
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
