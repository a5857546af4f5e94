import type { RpoBucket } from '../../domain/ports/rpo-history.ts'
import { toWorseRpoVerdict, type RpoVerdict } from '../../domain/rpo.ts'

/** One of the equal parts of a span of time. Without samples it is a gap: nobody looked, or no site answered. */
export interface RpoSpan extends Omit<RpoBucket, 'verdict'> {
  /** Null in a gap. */
  readonly verdict: RpoVerdict | null
}

const worstOf = (kept: readonly RpoBucket[]): RpoVerdict | null =>
  kept.reduce<RpoVerdict | null>(
    (worst, { verdict }) => (worst === null ? verdict : toWorseRpoVerdict(worst, verdict)),
    null,
  )

/** The average of what was measured, each by the number of its samples. */
const toAverage = (kept: readonly RpoBucket[]): number | null => {
  let [sum, count] = [0, 0]
  for (const { averageSeconds, sampleCount } of kept) {
    if (averageSeconds === null) continue
    sum += averageSeconds * sampleCount
    count += sampleCount
  }
  return count === 0 ? null : sum / count
}

const measured = (values: readonly (number | null)[]): readonly number[] => values.filter((value) => value !== null)
const toExtreme = (values: readonly number[], choose: (a: number, b: number) => number): number | null =>
  values.length === 0 ? null : values.reduce((one, other) => choose(one, other))

const toSpan = (from: Date, to: Date, kept: readonly RpoBucket[]): RpoSpan => {
  const least = toExtreme(measured(kept.map(({ minSeconds }) => minSeconds)), Math.min)
  const most = toExtreme(measured(kept.map(({ maxSeconds }) => maxSeconds)), Math.max)
  const average = toAverage(kept)
  return {
    from,
    to,
    sampleCount: kept.reduce((count, { sampleCount }) => count + sampleCount, 0),
    minSeconds: least,
    maxSeconds: most,
    // Sums of fractions may leave the bounds by the last digit.
    averageSeconds:
      average === null || least === null || most === null ? average : Math.min(most, Math.max(least, average)),
    targetSeconds: kept.at(-1)?.targetSeconds ?? null,
    verdict: worstOf(kept),
  }
}

/**
 * What is kept of a span of time, in equal parts, the oldest first. What was put together over a time that reaches over
 * several parts counts where it began; what began before the span, in the first part.
 *
 * @param kept Oldest first.
 * @param count A whole number above 0.
 */
export const toRpoSpans = (kept: readonly RpoBucket[], from: Date, to: Date, count: number): readonly RpoSpan[] => {
  const [start, length] = [from.getTime(), (to.getTime() - from.getTime()) / count]
  const parts = Array.from({ length: count }, (): RpoBucket[] => [])
  for (const bucket of kept) {
    const index = Math.floor((bucket.from.getTime() - start) / length)
    parts[Math.min(count - 1, Math.max(0, index))]?.push(bucket)
  }
  const startOf = (index: number): Date => (index === count ? to : new Date(start + Math.round(index * length)))
  return parts.map((part, index) => toSpan(startOf(index), startOf(index + 1), part))
}
