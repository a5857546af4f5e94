import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { RpoBucket } from '../../src/domain/ports/rpo-history.ts'
import { rpoVerdicts } from '../../src/domain/rpo.ts'
import { toRpoSpans, type RpoSpan } from '../../src/graphql/rpo-history/rpo-buckets.ts'

const start = Date.UTC(2026, 0, 1)
const at = (seconds: number): Date => new Date(start + seconds * 1000)
const sample = (seconds: number, actualSeconds: number | null, given: Partial<RpoBucket> = {}): RpoBucket => ({
  from: at(seconds),
  to: at(seconds),
  sampleCount: 1,
  minSeconds: actualSeconds,
  maxSeconds: actualSeconds,
  averageSeconds: actualSeconds,
  targetSeconds: 300,
  verdict: actualSeconds === null ? 'NOT_MEASURED' : 'MEETING',
  ...given,
})

const sum = (buckets: readonly { readonly sampleCount: number }[]): number =>
  buckets.reduce((total, { sampleCount }) => total + sampleCount, 0)

/** Whether the figures contradict each other: all of them are there or none, and the average lies between the others. */
const isOutOfBounds = ({ minSeconds, averageSeconds, maxSeconds }: RpoSpan): boolean =>
  minSeconds === null || averageSeconds === null || maxSeconds === null
    ? minSeconds !== averageSeconds || averageSeconds !== maxSeconds
    : !(minSeconds <= averageSeconds && averageSeconds <= maxSeconds)

it('shows equal parts, and a part without samples as a gap', () => {
  const kept = [sample(0, 10), sample(30, 20, { targetSeconds: 600 }), sample(125, 400, { verdict: 'VIOLATING' })]
  expect(toRpoSpans(kept, at(0), at(180), 3)).toEqual([
    {
      from: at(0),
      to: at(60),
      sampleCount: 2,
      minSeconds: 10,
      maxSeconds: 20,
      averageSeconds: 15,
      targetSeconds: 600,
      verdict: 'MEETING',
    },
    {
      from: at(60),
      to: at(120),
      sampleCount: 0,
      minSeconds: null,
      maxSeconds: null,
      averageSeconds: null,
      targetSeconds: null,
      verdict: null,
    },
    {
      from: at(120),
      to: at(180),
      sampleCount: 1,
      minSeconds: 400,
      maxSeconds: 400,
      averageSeconds: 400,
      targetSeconds: 300,
      verdict: 'VIOLATING',
    },
  ])
})

it('weighs what was put together by its number of samples', () => {
  const together = sample(0, 100, { sampleCount: 3, minSeconds: 50, maxSeconds: 150 })
  const [part] = toRpoSpans([together, sample(1, 20)], at(0), at(60), 1)
  expect(part).toMatchObject({ sampleCount: 4, minSeconds: 20, maxSeconds: 150, averageSeconds: 80 })
})

it('tells samples without a figure from a gap', () => {
  const [part] = toRpoSpans([sample(0, null)], at(0), at(60), 1)
  expect(part).toMatchObject({ sampleCount: 1, averageSeconds: null, verdict: 'NOT_MEASURED' })
})

it('shows the worst verdict of a part: never transferred, missed, not measured, met', () => {
  const kept = rpoVerdicts.map((verdict, index) => sample(index, 1, { verdict }))
  const worst = (...verdicts: readonly string[]) =>
    toRpoSpans(
      kept.filter(({ verdict }) => verdicts.includes(verdict)),
      at(0),
      at(60),
      1,
    )[0]?.verdict
  expect(worst(...rpoVerdicts)).toBe('NEVER_SYNCED')
  expect(worst('MEETING', 'VIOLATING', 'NOT_MEASURED')).toBe('VIOLATING')
  expect(worst('MEETING', 'NOT_MEASURED')).toBe('NOT_MEASURED')
  expect(worst('MEETING')).toBe('MEETING')
})

it('loses no sample, and keeps every average between its bounds, whatever the span and the parts', () => {
  const figures = fc.array(
    fc.record({ second: fc.integer({ min: -50, max: 1050 }), actual: fc.option(fc.nat(100_000)) }),
  )
  fc.assert(
    fc.property(
      figures,
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 1, max: 1000 }),
      (given, length, count) => {
        const kept = given
          .toSorted((one, other) => one.second - other.second)
          .map(({ second, actual }) => sample(second, actual, { sampleCount: 1 + (second & 3) }))
        const spans = toRpoSpans(kept, at(0), at(length), count)
        expect(spans).toHaveLength(count)
        expect(spans[0]?.from).toEqual(at(0))
        expect(spans.at(-1)?.to).toEqual(at(length))
        expect(sum(spans)).toBe(sum(kept))
        expect(spans.slice(1).map(({ from }) => from)).toEqual(spans.slice(0, -1).map(({ to }) => to))
        expect(spans.filter(isOutOfBounds)).toEqual([])
      },
    ),
  )
})
