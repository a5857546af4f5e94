import { expect, it } from 'vitest'
import type { RpoHistory, RpoSample } from '../../src/domain/ports/rpo-history.ts'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import { mergeObservations } from '../../src/inventory/merge-observations.ts'
import { RpoSampler } from '../../src/inventory/rpo-sampler.ts'
import { sampleGroup, sampleListing } from './sample-lists.ts'

const start = new Date('2026-01-01T00:00:00Z').getTime()
const at = (seconds: number): Date => new Date(start + seconds * 1000)
const { rpo } = sampleGroup()

/** Takes down what is appended; the rest of a history is not needed here. */
const startSampler = (before: readonly RpoSample[] = []) => {
  const samples: RpoSample[] = []
  const failures: Error[] = []
  const history: RpoHistory = {
    append: async (given) => {
      const failure = failures.shift()
      if (failure !== undefined) throw failure
      samples.push(...given)
    },
    listNewest: async () => before,
    read: async () => [],
    thin: async () => {},
  }
  const sampler = new RpoSampler(history)
  const look = async (seconds: number, given: Partial<ProtectionGroup['rpo']> = {}, isStale = false) => {
    const listing = sampleListing('Boston', [sampleGroup({ rpo: { ...rpo, ...given } })], {
      observedAt: at(seconds),
      isStale,
    })
    const length = samples.length
    await sampler.sample(mergeObservations([listing]).values())
    return samples.slice(length).map((sample) => (sample.at.getTime() - start) / 1000)
  }
  return { samples, failures, look }
}

it('takes one sample a minute at most, however much changes', async () => {
  const { look, samples } = startSampler()
  expect(await look(0, { actualSeconds: 1 })).toEqual([0])
  expect(await look(30, { actualSeconds: 2 })).toEqual([])
  expect(await look(59, { verdict: 'VIOLATING' })).toEqual([])
  expect(await look(60, { actualSeconds: 3 })).toEqual([60])
  expect(samples[1]).toEqual({
    groupId: sampleGroup().id,
    at: at(60),
    actualSeconds: 3,
    targetSeconds: rpo.targetSeconds,
    verdict: 'MEETING',
  })
})

it.each([
  ['verdict', { verdict: 'VIOLATING' }],
  ['objective', { targetSeconds: 7 }],
  ['figure', { actualSeconds: 7 }],
] as const)('takes one when the %s has changed, else every five minutes', async (_what, change) => {
  const { look } = startSampler()
  await look(0)
  expect(await look(120)).toEqual([])
  expect(await look(180, change)).toEqual([180])
  expect(await look(479, change)).toEqual([])
  expect(await look(480, change)).toEqual([480])
})

it('leaves a gap where nothing could be read', async () => {
  const { look } = startSampler()
  await look(0)
  // The last good look of a site that does not answer.
  expect(await look(0, { actualSeconds: 5 }, true)).toEqual([])
  expect(await look(900, { actualSeconds: 5 }, true)).toEqual([])
  expect(await look(1200)).toEqual([1200])
})

it('goes on where a former process has stopped', async () => {
  const last = {
    groupId: sampleGroup().id,
    at: at(0),
    targetSeconds: 300,
    actualSeconds: 10,
    verdict: 'MEETING',
  } as const
  const { look } = startSampler([last])
  expect(await look(59, { actualSeconds: 1 })).toEqual([])
  expect(await look(120)).toEqual([])
  expect(await look(300)).toEqual([300])
})

it('takes a sample again that could not be written', async () => {
  const { look, failures } = startSampler()
  failures.push(new Error('full'))
  await expect(look(0)).rejects.toThrow('full')
  expect(await look(5)).toEqual([5])
})

// C12
it('goes on when the clock is set back', async () => {
  const { look } = startSampler()
  await look(86_400)
  expect(await look(0)).toEqual([0])
  expect(await look(60, { actualSeconds: 1 })).toEqual([60])
})
