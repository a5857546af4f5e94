// `npm run test:replicas -- --seeds 1..6 --subscribers 500 --minutes 2`: three gateways on one PostgreSQL under load, one of
// them killed or standing still in every round. The exit code is 1 when anything is not as it was promised.
import { parseArgs } from 'node:util'
import { createDatabaseAt } from '../support/database-at.ts'
import { startEmbeddedPostgres } from '../support/embedded-postgres.ts'
import { runReplicaSession } from './replica-session.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: String(Date.now() % 1_000_000) },
    subscribers: { type: 'string', default: '500' },
    minutes: { type: 'string', default: '2' },
  },
})
const [first = Number.NaN, last = first] = values.seeds.split('..').map(Number)
const [subscribers, minutes] = [Number(values.subscribers), Number(values.minutes)]
if (![first, last, subscribers].every((number) => Number.isSafeInteger(number)) || last < first || !(minutes > 0)) {
  throw new Error('--seeds is a whole number or two with .. between, --subscribers a whole number, --minutes a number')
}

// What operators are promised: docs/scaling.md.
const promisedMs = 5_000

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const toSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

/** Least, median and most. */
const describe = (tookMs: readonly number[]): string => {
  const sorted = [...tookMs].sort((a, b) => a - b)
  const at = (part: number): string => toSeconds(sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN)
  return sorted.length === 0 ? 'none' : `${sorted.length}, ${at(0)} to ${at(1)}, half of them in ${at(0.5)}`
}

await using stack = new AsyncDisposableStack()
const given = process.env['TEST_POSTGRES_URL'] ?? ''
const server = given === '' ? stack.use(await startEmbeddedPostgres()).url : given
const takeovers: { readonly act: string; readonly tookMs: number }[] = []
for (let seed = first; seed <= last; seed += 1) {
  await using database = await createDatabaseAt(server)
  const goesOn = (_round: number, elapsedMs: number): boolean => elapsedMs < minutes * 60_000
  const {
    faults,
    takeovers: own,
    strikes,
    ...counts
  } = await runReplicaSession({ database, seed, subscribers, goesOn })
  takeovers.push(...own)
  say(`seed ${seed}: ${JSON.stringify(counts)}`)
  say(`  struck: ${JSON.stringify(strikes)}`)
  const late = own.filter(({ tookMs }) => tookMs > promisedMs)
  const all = [...faults, ...late.map((one) => `a takeover took too long: ${JSON.stringify(one)}`)]
  for (const fault of all) say(`  FAULT ${fault}`)
  if (all.length > 0) process.exitCode = 1
}
for (const act of ['KILL', 'FREEZE']) {
  say(`takeovers after ${act}: ${describe(takeovers.filter((one) => one.act === act).map(({ tookMs }) => tookMs))}`)
}
