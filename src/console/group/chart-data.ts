import { formatDuration, formatPercent, formatPlural } from '../format.ts'

/** One part of the history, as the gateway gives it. */
export interface HistoryPart {
  readonly from: string
  readonly to: string
  readonly sampleCount: number
  readonly maxSeconds: number | null
  readonly averageSeconds: number | null
  readonly targetSeconds: number | null
  readonly verdict: string | null
}

/** Columns of the chart: times in seconds since the epoch, null is a gap. */
export type ChartData = [
  times: number[],
  worst: (number | null)[],
  average: (number | null)[],
  target: (number | null)[],
]

/** Each part stands at its middle. The target is drawn through gaps: it was promised there, too. */
export const toChartData = (parts: readonly HistoryPart[]): ChartData => {
  const times = parts.map(({ from, to }) => (Date.parse(from) + Date.parse(to)) / 2000)
  const first = parts.find(({ targetSeconds }) => targetSeconds !== null)?.targetSeconds ?? null
  let held = first
  const target = parts.map(({ targetSeconds }) => (held = targetSeconds ?? held))
  return [times, parts.map(({ maxSeconds }) => maxSeconds), parts.map(({ averageSeconds }) => averageSeconds), target]
}

/** How many spans without a sample lie between two with one. */
const countGaps = (parts: readonly HistoryPart[]): number => {
  const has = parts.map(({ sampleCount }) => sampleCount > 0)
  const [first, last] = [has.indexOf(true), has.lastIndexOf(true)]
  return has.filter((isThere, index) => !isThere && has[index - 1] === true && index > first && index < last).length
}

/** The chart in words, for those who do not see it and those in a hurry; null when nothing was sampled. */
export const chartInWords = (parts: readonly HistoryPart[]): string | null => {
  const known = parts.filter(({ sampleCount }) => sampleCount > 0)
  if (known.length === 0) return null
  const measured = known.flatMap(({ maxSeconds }) => (maxSeconds === null ? [] : [maxSeconds]))
  const judged = known.filter(({ verdict }) => verdict === 'MEETING' || verdict === 'VIOLATING')
  const met = judged.filter(({ verdict }) => verdict === 'MEETING').length
  const target = toChartData(parts)[3].at(-1) ?? null
  const gaps = countGaps(parts)
  const sentences = [
    measured.length === 0 ? 'Never measured' : `Worst ${formatDuration(Math.max(...measured))}`,
    ...(target === null ? [] : [`target ${formatDuration(target)}`]),
    ...(judged.length === 0
      ? []
      : [`kept in ${formatPercent(Math.floor((met / judged.length) * 1000) / 10)} of the time`]),
    ...(gaps === 0 ? [] : [`${formatPlural(gaps, 'gap')} without a measurement`]),
  ]
  return `${sentences.join(', ')}.`
}

/** Spans that can be chosen: what is kept for 90 days is coarser the older it is. */
export const chartSpans = [
  { id: '1h', label: '1 h', hours: 1 },
  { id: '6h', label: '6 h', hours: 6 },
  { id: '24h', label: '24 h', hours: 24 },
  { id: '7d', label: '7 d', hours: 168 },
  { id: '30d', label: '30 d', hours: 720 },
  { id: '90d', label: '90 d', hours: 2160 },
] as const
export type ChartSpanId = (typeof chartSpans)[number]['id']

/** Parts no shorter than a minute, a quarter of an hour or an hour: so is what is kept after now, a day and a week. */
export const bucketsOf = (hours: number): number => {
  if (hours <= 24) return Math.min(144, hours * 60)
  return hours <= 168 ? 168 : 180
}
