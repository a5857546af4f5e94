// `npm run test:crash -- --runs 5000 --seed 7 --lanes 2`: random deaths on demand. The exit code is 1 when one of them
// has ended with a journal that is not the record of the vendors.
import { parseArgs } from 'node:util'
import { killAtRandom } from './random-runs.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    lanes: { type: 'string', default: '2' },
  },
})
const [runs, seed, lanes] = [values.runs, values.seed, values.lanes].map(Number)
if (![runs, seed, lanes].every((number) => Number.isSafeInteger(number)) || !runs || !lanes) {
  throw new Error('--runs, --seed and --lanes are whole numbers')
}

const deathsPerLane = Math.ceil(runs / lanes)
process.stdout.write(`${runs} deaths in ${lanes} lanes, seeds from ${seed} on\n`)
const reportEvery = 25
const ends = await Promise.all(
  Array.from({ length: lanes }, (_, lane) =>
    killAtRandom({
      deaths: deathsPerLane,
      seed: (seed ?? 0) + lane,
      onRun: (deaths) => {
        if (deaths % reportEvery === 0) process.stdout.write(`lane ${lane + 1}: ${deaths} of ${deathsPerLane}\n`)
      },
    }),
  ),
)
for (const [lane, { failure, ...counts }] of ends.entries()) {
  process.stdout.write(`seed ${(seed ?? 0) + lane}: ${JSON.stringify(counts)}\n`)
  if (failure !== null) process.stdout.write(`${failure}\n`)
}
process.exitCode = ends.every(({ failure }) => failure === null) ? 0 : 1
