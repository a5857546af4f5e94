// `node test/support/postgres-command.ts`: PostgreSQL for measurements, in a folder that goes with it. Waits for the disk as
// an operator's would, and counts its statements. Its first line is its URL; it runs until it is ended by SIGTERM.
import { once } from 'node:events'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

const settings = ['fsync=on', 'full_page_writes=on', 'shared_preload_libraries=pg_stat_statements']
const ended = once(process, 'SIGTERM')
// A timer, because a wait for a signal alone does not keep a process alive.
const life = setInterval(() => {}, 60_000)
await using server = await startEmbeddedPostgres({ settings })
process.stdout.write(`${server.url}\n`)
await ended
clearInterval(life)
