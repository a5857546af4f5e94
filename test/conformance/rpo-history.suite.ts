import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type RpoBucket, type RpoHistory, rpoKeptMs, type RpoSample } from '../../src/domain/ports/rpo-history.ts'
import { rpoVerdicts, toWorseRpoVerdict } from '../../src/domain/rpo.ts'
import type { StartedStore } from './started-store.ts'

export interface RpoHistorySuiteOptions {
  readonly start: () => Promise<StartedStore<RpoHistory>>
}

type Start = RpoHistorySuiteOptions['start']

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const now = new Date('2026-06-15T12:00:00Z')
const ago = (durationMs: number): Date => new Date(now.getTime() - durationMs)
const always = [new Date(0), new Date('2100-01-01T00:00:00Z')] as const

const sample = (at: Date, given: Partial<RpoSample> = {}): RpoSample => ({
  groupId: 'group-1',
  at,
  actualSeconds: 60,
  targetSeconds: 300,
  verdict: 'MEETING',
  ...given,
})

const toBucket = ({ at, actualSeconds, targetSeconds, verdict }: RpoSample): RpoBucket => ({
  from: at,
  to: at,
  sampleCount: 1,
  minSeconds: actualSeconds,
  maxSeconds: actualSeconds,
  averageSeconds: actualSeconds,
  targetSeconds,
  verdict,
})

const inOrder = (samples: readonly RpoSample[]) =>
  samples.toSorted((one, other) => (one.groupId === other.groupId ? 0 : one.groupId < other.groupId ? -1 : 1))

const keeping = (start: Start): void => {
  it('has nothing of a group that it was given nothing of', async () => {
    await using started = await start()
    await started.port.append([])
    await started.port.append([sample(now)])
    expect(await started.port.read('group-2', ...always)).toEqual([])
    await started.port.thin(now)
  })

  it('gives back every sample of a group between two moments, both included, the oldest first', async () => {
    await using started = await start()
    const samples = [
      sample(ago(3 * minuteMs), { actualSeconds: 0 }),
      sample(ago(2 * minuteMs), { actualSeconds: 12.5, targetSeconds: null, verdict: 'VIOLATING' }),
      sample(ago(minuteMs), { actualSeconds: null, verdict: 'NEVER_SYNCED' }),
      sample(now, { actualSeconds: null, verdict: 'NOT_MEASURED' }),
    ]
    await started.port.append([...samples.toReversed(), sample(now, { groupId: 'group-2' })])
    const buckets = samples.map(toBucket)
    expect(await started.port.read('group-1', ...always)).toEqual(buckets)
    expect(await started.port.read('group-1', ago(2 * minuteMs), ago(minuteMs))).toEqual(buckets.slice(1, 3))
    expect(await started.port.read('group-1', ago(2 * minuteMs - 1), ago(minuteMs + 1))).toEqual([])
    expect(await (await started.reopen()).read('group-1', ...always)).toEqual(buckets)
  })

  it('replaces a sample by another one of the same group and moment', async () => {
    await using started = await start()
    await started.port.append([sample(now)])
    const second = sample(now, { actualSeconds: null, targetSeconds: null, verdict: 'NOT_MEASURED' })
    await started.port.append([sample(now, { actualSeconds: 7 }), second])
    expect(await started.port.read('group-1', ...always)).toEqual([toBucket(second)])
  })

  it('lists the newest sample of every group, whatever came last, also after a restart', async () => {
    await using started = await start()
    const hostile = 'a\u0000b \u{1f600} "\'; drop table rpo_groups; --'
    const newest = [
      sample(ago(minuteMs), { actualSeconds: 1 }),
      sample(now, { groupId: 'group-2', actualSeconds: null, targetSeconds: null, verdict: 'NEVER_SYNCED' }),
      sample(ago(8 * dayMs), { groupId: hostile, actualSeconds: 0.25 }),
    ]
    expect(await started.port.listNewest()).toEqual([])
    await started.port.append([sample(ago(3 * minuteMs)), ...newest, sample(ago(2 * minuteMs))])
    await started.port.append([sample(ago(dayMs)), sample(ago(dayMs), { groupId: 'group-2' })])
    expect(inOrder(await started.port.listNewest())).toEqual(inOrder(newest))
    await started.port.thin(now)
    expect(inOrder(await (await started.reopen()).listNewest())).toEqual(inOrder(newest))
  })

  it('takes the samples of thousands of groups in one go', async () => {
    await using started = await start()
    const samples = Array.from({ length: 3_001 }, (_, number) =>
      sample(now, { groupId: `group-${number}`, actualSeconds: number }),
    )
    await started.port.append(samples)
    expect(inOrder(await started.port.listNewest())).toEqual(inOrder(samples))
    expect(await started.port.read('group-3000', ...always)).toEqual([toBucket(sample(now, { actualSeconds: 3_000 }))])
  })
}

const thinning = (start: Start): void => {
  it('leaves the last day as it is', async () => {
    await using started = await start()
    const samples = [24 * 60, 24 * 60 - 1, 60, 1, 0].map((minutes) => sample(ago(minutes * minuteMs)))
    await started.port.append(samples)
    await started.port.thin(now)
    expect(await started.port.read('group-1', ...always)).toEqual(samples.map(toBucket))
  })

  it('puts what is older than a day together by quarters of an hour, and leaves gaps as they are', async () => {
    await using started = await start()
    const startedAt = ago(26 * hourMs).getTime()
    const at = (minutes: number) => new Date(startedAt + minutes * minuteMs)
    await started.port.append([
      sample(at(0), { actualSeconds: 100, targetSeconds: 300 }),
      sample(at(5), { actualSeconds: 400, verdict: 'VIOLATING' }),
      sample(at(14), { actualSeconds: null, targetSeconds: 600, verdict: 'NOT_MEASURED' }),
      // Nobody looked for half an hour.
      sample(at(45), { actualSeconds: null, targetSeconds: null, verdict: 'NEVER_SYNCED' }),
      sample(at(59.9), { actualSeconds: null, targetSeconds: null, verdict: 'VIOLATING' }),
      sample(at(60), { actualSeconds: 10 }),
    ])
    await started.port.thin(now)
    const first = {
      from: at(0),
      to: at(14),
      sampleCount: 3,
      minSeconds: 100,
      maxSeconds: 400,
      averageSeconds: 250,
      targetSeconds: 600,
      verdict: 'VIOLATING',
    }
    const second = {
      from: at(45),
      to: at(59.9),
      sampleCount: 2,
      minSeconds: null,
      maxSeconds: null,
      averageSeconds: null,
      targetSeconds: null,
      verdict: 'NEVER_SYNCED',
    }
    const third = toBucket(sample(at(60), { actualSeconds: 10 }))
    expect(await started.port.read('group-1', ...always)).toEqual([first, second, third])
    // What reaches into the span is told whole.
    expect(await started.port.read('group-1', at(7), at(50))).toEqual([first, second])
    expect(await started.port.read('group-1', at(15), at(44))).toEqual([])
    expect(await (await started.reopen()).read('group-1', ...always)).toEqual([first, second, third])
  })

  it('puts what is older than a week together by hours', async () => {
    await using started = await start()
    const startedAt = ago(8 * dayMs).getTime()
    const at = (minutes: number) => new Date(startedAt + minutes * minuteMs)
    const minutes = [0, 10, 20, 59, 61, 120]
    await started.port.append(minutes.map((minute) => sample(at(minute), { actualSeconds: minute })))
    // First by quarters, six days ago.
    await started.port.thin(ago(6 * dayMs))
    expect((await started.port.read('group-1', ...always)).map(({ sampleCount }) => sampleCount)).toEqual([
      2, 1, 1, 1, 1,
    ])
    await started.port.thin(now)
    expect(await started.port.read('group-1', ...always)).toMatchObject([
      { from: at(0), to: at(59), sampleCount: 4, minSeconds: 0, maxSeconds: 59, averageSeconds: 89 / 4 },
      { from: at(61), to: at(61), sampleCount: 1 },
      { from: at(120), to: at(120), sampleCount: 1 },
    ])
  })

  it('changes nothing the second time', async () => {
    await using started = await start()
    const samples = Array.from({ length: 300 }, (_, number) =>
      sample(ago(number * 47 * minuteMs), { actualSeconds: number }),
    )
    await started.port.append(samples)
    await started.port.thin(now)
    const once = await started.port.read('group-1', ...always)
    await started.port.thin(now)
    expect(await started.port.read('group-1', ...always)).toEqual(once)
  })

  it('forgets a group of which nothing is young enough, and no other', async () => {
    await using started = await start()
    await started.port.append([
      sample(ago(rpoKeptMs + 1), { groupId: 'gone' }),
      sample(ago(rpoKeptMs + dayMs), { groupId: 'gone' }),
      sample(ago(rpoKeptMs + 1)),
      sample(ago(rpoKeptMs), { actualSeconds: 5 }),
    ])
    await started.port.thin(now)
    expect(await started.port.listNewest()).toEqual([sample(ago(rpoKeptMs), { actualSeconds: 5 })])
    expect(await started.port.read('gone', ...always)).toEqual([])
    expect(await started.port.read('group-1', ...always)).toMatchObject([{ sampleCount: 1, minSeconds: 5 }])
    await started.port.append([sample(now, { groupId: 'gone' })])
    expect(await started.port.read('gone', ...always)).toEqual([toBucket(sample(now))])
  })

  it('puts together thousands of samples of one group that were never thinned', async () => {
    await using started = await start()
    const samples = Array.from({ length: 2_000 }, (_, number) =>
      sample(ago(8 * dayMs + number * 1_000), { actualSeconds: number }),
    )
    await started.port.append(samples)
    await started.port.thin(now)
    const buckets = await started.port.read('group-1', ...always)
    expect(buckets.length).toBeLessThanOrEqual(2)
    expect(buckets.reduce((count, { sampleCount }) => count + sampleCount, 0)).toBe(2_000)
    expect(buckets.at(0)?.maxSeconds).toBe(1_999)
    expect(buckets.at(-1)?.minSeconds).toBe(0)
  })
}

const measuredOf = (samples: readonly RpoSample[]): readonly number[] =>
  samples.flatMap(({ actualSeconds }) => (actualSeconds === null ? [] : [actualSeconds]))

/** The bucket that these samples, which are in order, must make. */
const toExpected = (samples: readonly RpoSample[]) => {
  const measured = measuredOf(samples)
  return {
    from: samples[0]?.at,
    to: samples.at(-1)?.at,
    sampleCount: samples.length,
    minSeconds: measured.length === 0 ? null : Math.min(...measured),
    maxSeconds: measured.length === 0 ? null : Math.max(...measured),
    averageSeconds:
      measured.length === 0 ? null : expect.closeTo(measured.reduce((sum, one) => sum + one, 0) / measured.length, 6),
    targetSeconds: samples.at(-1)?.targetSeconds,
    verdict: samples.map(({ verdict }) => verdict).reduce(toWorseRpoVerdict),
  }
}

/** How long the slot may be that something of this age lies in, once it is over. */
const toSpanMs = (ageMs: number): number => {
  if (ageMs > 7 * dayMs) return hourMs
  return ageMs > dayMs ? hourMs / 4 : 0
}

const anyOffsetMs = fc.oneof(
  fc.integer({ min: -20 * minuteMs, max: 20 * minuteMs }),
  fc.integer({ min: -3 * hourMs, max: 3 * hourMs }),
)

/** Times that lie close together, around the ages at which something happens to a sample. */
const anyAgeMs = fc
  .tuple(fc.constantFrom(0, dayMs, 7 * dayMs, 8 * dayMs, rpoKeptMs), anyOffsetMs)
  .map(([aroundMs, offsetMs]) => aroundMs + offsetMs)

const anySample = fc.record({
  ageMs: anyAgeMs,
  actualSeconds: fc.option(fc.oneof(fc.nat(100_000), fc.double({ min: 0, max: 1e6, noNaN: true }))),
  targetSeconds: fc.option(fc.nat(10_000)),
  verdict: fc.constantFrom(...rpoVerdicts),
})

// Within a slot of every length, so that each edge lies within one, too.
const anyMoment = new Date('2026-06-15T12:34:56.789Z')
const before = (durationMs: number): Date => new Date(anyMoment.getTime() - durationMs)

const anyGroup = fc.uniqueArray(anySample, { selector: ({ ageMs }) => ageMs, minLength: 1, maxLength: 60, size: 'max' })

/**
 * Compares each bucket of a group with the samples, in order, that it was made from.
 *
 * @returns the samples that are in none.
 */
const expectTrue = (buckets: readonly RpoBucket[], samples: readonly RpoSample[]): readonly RpoSample[] => {
  const told = new Set<RpoSample>()
  const slots: string[] = []
  for (const bucket of buckets) {
    const inside = samples.filter(({ at }) => at >= bucket.from && at <= bucket.to)
    expect(bucket).toEqual(toExpected(inside))
    const ageMs = anyMoment.getTime() - bucket.to.getTime()
    expect(bucket.to.getTime() - bucket.from.getTime()).toBeLessThanOrEqual(toSpanMs(ageMs))
    // The slot is over for certain when it was already so old a slot's length ago.
    const spanMs = toSpanMs(ageMs - hourMs)
    if (spanMs > 0) slots.push(`${spanMs} ${Math.floor(bucket.from.getTime() / spanMs)}`)
    expect(bucket.to.getTime()).toBeGreaterThanOrEqual(before(rpoKeptMs).getTime())
    for (const one of inside) told.add(one)
  }
  expect(buckets.reduce((count, { sampleCount }) => count + sampleCount, 0)).toBe(told.size)
  expect(new Set(slots).size).toBe(slots.length)
  return samples.filter((one) => !told.has(one))
}

const anything = (start: Start): void => {
  it('keeps number, least, most, average, last target and worst verdict, and forgets only what is too old', async () => {
    await using started = await start()
    let groupCount = 0
    await fc.assert(
      fc.asyncProperty(
        // Many groups at once, because each thinning reaches the disk.
        fc.array(anyGroup, { minLength: 1, maxLength: 10, size: 'max' }),
        fc.array(fc.integer({ min: 0, max: 10 * dayMs }), { maxLength: 3 }),
        async (given, thinnedBeforeMs) => {
          const groups = given.map((samples) => {
            groupCount += 1
            const groupId = `group-${groupCount}`
            return samples
              .map(({ ageMs, ...members }) => sample(before(ageMs), { groupId, ...members }))
              .toSorted((one, other) => one.at.getTime() - other.at.getTime())
          })
          await started.port.append(groups.flat())
          for (const earlierMs of thinnedBeforeMs.toSorted((one, other) => other - one)) {
            await started.port.thin(before(earlierMs))
          }
          await started.port.thin(anyMoment)
          for (const samples of groups) {
            const forgotten = expectTrue(await started.port.read(samples[0]?.groupId ?? '', ...always), samples)
            expect(forgotten.filter(({ at }) => at >= before(rpoKeptMs))).toEqual([])
          }
        },
      ),
      // Shrinking would outlast the test.
      { numRuns: 12, endOnFailure: true },
    )
  }, 120_000)
}

/** What every history of recovery point objectives must do, whatever it keeps its rows in. */
export const rpoHistorySuite = ({ start }: RpoHistorySuiteOptions): void => {
  let ran = 0
  beforeEach(() => {
    ran += 1
  })
  afterAll(() => {
    if (ran === 0) throw new Error('The suite of the RPO history ran nothing')
  })

  describe('keeping samples', () => {
    keeping(start)
  })
  describe('thinning', () => {
    thinning(start)
  })
  describe('thinning any samples', () => {
    anything(start)
  })
}
