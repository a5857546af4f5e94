import { expect, it } from 'vitest'
import { killAtRandom } from './random-runs.ts'

// Two at a time is what two processors carry. In CI together the 200 of C4; on a desk a fifth of it, to be done sooner.
const lanes = [1, 2] as const
const deathsPerLane = process.env['CI'] === undefined ? 20 : 100

// C4, A1, A2, A5, N8
it.concurrent.each(lanes)(
  'ends every random death with a journal that is the record of the vendors, by the seed %i',
  { timeout: 600_000 },
  async (seed) => {
    const end = await killAtRandom({ deaths: deathsPerLane, seed })
    expect(end.failure).toBeNull()
    expect(end.kills).toBeGreaterThanOrEqual(deathsPerLane)
    // Runs in which hardly anything gets through would prove nothing.
    expect(end.accepted).toBeGreaterThan(deathsPerLane)
    expect(end.adopted).toBeGreaterThan(0)
    expect(end.didNotHappen).toBeGreaterThan(0)
  },
)
