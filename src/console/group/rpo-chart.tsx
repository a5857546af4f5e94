import { useEffect, useRef, useState } from 'react'
import { useUnkeptQuery } from '../app/gateway.tsx'
import { formatDate, formatShortDuration, formatTime } from '../format.ts'
import { RpoChartDocument } from '../generated/graphql.ts'
import { Card } from '../ui/card.tsx'
import { useNow } from '../ui/clock.tsx'
import { Empty, Waiting } from '../ui/notice.tsx'
import { bucketsOf, chartInWords, chartSpans, toChartData, type ChartSpanId, type HistoryPart } from './chart-data.ts'

const height = 200

/** Colours as the theme has them now. */
const readColours = () => {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string): string => style.getPropertyValue(name).trim()
  return {
    worst: colour('--accent'),
    average: colour('--text-3'),
    target: colour('--warn'),
    grid: colour('--line'),
    text: colour('--text-3'),
    font: `11px ${colour('--font')}`,
  }
}

/** The library comes only with the first chart. */
const loadChart = async () => {
  const [{ default: UPlot }] = await Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')])
  return UPlot
}

/** Steps of a scale of time that people count in, in seconds. */
const durationSteps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800,
]

/** Hours and minutes; the date instead where a day is a step or less. */
const timeTicks = (_chart: unknown, ticks: readonly number[]): string[] => {
  const isDaily = ticks.length > 1 && (ticks[1] ?? 0) - (ticks[0] ?? 0) >= 43_200
  return ticks.map((seconds) => {
    const at = new Date(seconds * 1000)
    return isDaily ? formatDate(at).slice(0, -5) : formatTime(at).slice(0, 5)
  })
}

const durationTicks = (_chart: unknown, ticks: readonly number[]): string[] =>
  ticks.map((seconds) => (seconds === 0 ? '0' : formatShortDuration(seconds)))

const draw = async (frame: HTMLElement, parts: readonly HistoryPart[], signal: AbortSignal): Promise<void> => {
  const UPlot = await loadChart()
  if (signal.aborted) return
  const colours = readColours()
  const axis = {
    stroke: colours.text,
    font: colours.font,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
  }
  const chart = new UPlot(
    {
      width: frame.clientWidth,
      height,
      cursor: { points: { size: 6 } },
      legend: { show: false },
      scales: { y: { range: (_chart, _least, most) => [0, Math.max(60, most * 1.15)] } },
      axes: [
        { ...axis, size: 30, values: timeTicks },
        { ...axis, size: 56, incrs: durationSteps, values: durationTicks },
      ],
      series: [
        { label: 'Time' },
        { label: 'Worst', stroke: colours.worst, width: 2, points: { show: true, size: 4, fill: colours.worst } },
        { label: 'Average', stroke: colours.average, width: 1, points: { show: false } },
        { label: 'Target', stroke: colours.target, width: 1.5, dash: [6, 4], points: { show: false } },
      ],
    },
    toChartData(parts),
    frame,
  )
  const watch = new ResizeObserver(() => chart.setSize({ width: frame.clientWidth, height }))
  watch.observe(frame)
  signal.addEventListener('abort', () => {
    watch.disconnect()
    chart.destroy()
  })
}

const Chart = ({ parts }: { readonly parts: readonly HistoryPart[] }) => {
  const frame = useRef<HTMLDivElement>(null)
  const [theme, setTheme] = useState(document.documentElement.dataset['theme'])
  useEffect(() => {
    const watch = new MutationObserver(() => setTheme(document.documentElement.dataset['theme']))
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => watch.disconnect()
  }, [])
  useEffect(() => {
    const left = new AbortController()
    if (frame.current !== null) void draw(frame.current, parts, left.signal)
    return () => left.abort()
  }, [parts, theme])
  // The sentence under it says what it shows.
  return <div ref={frame} className="group-chart" aria-hidden="true" />
}

interface SpanPickerProps {
  readonly value: ChartSpanId
  readonly onChange: (id: ChartSpanId) => void
}

const SpanPicker = ({ value, onChange }: SpanPickerProps) => (
  <div className="group-spans" role="group" aria-label="Span of the chart">
    {chartSpans.map(({ id, label }) => (
      <button key={id} type="button" className="group-span" aria-pressed={id === value} onClick={() => onChange(id)}>
        {label}
      </button>
    ))}
  </div>
)

/** How the objective of a group was kept. */
export const RpoChart = ({ id }: { readonly id: string }) => {
  const [chosen, setChosen] = useState<ChartSpanId | null>(null)
  const [isYoung, setIsYoung] = useState(false)
  const span = chosen ?? (isYoung ? '1h' : '6h')
  const hours = chartSpans.find((known) => known.id === span)?.hours ?? 6
  // Sampled at most once a minute, so asked for as often.
  const minute = Math.floor(useNow(60_000).getTime() / 60_000)
  const { data, problem } = useUnkeptQuery(RpoChartDocument, {
    id,
    from: new Date((minute - hours * 60) * 60_000).toISOString(),
    to: new Date((minute + 1) * 60_000).toISOString(),
    buckets: bucketsOf(hours),
  })
  const parts = data?.node?.__typename === 'ProtectionGroup' ? data.node.rpoHistory : null
  // A gateway that has measured for less than an hour has nothing to show of the hours before.
  const firstAt = parts?.find(({ sampleCount }) => sampleCount > 0)?.from
  useEffect(() => {
    if (chosen === null && firstAt !== undefined) setIsYoung(Date.now() - Date.parse(firstAt) < 3_600_000)
  }, [chosen, firstAt])
  const words = parts === null ? null : chartInWords(parts)
  return (
    <Card title="RPO over time" className="group-chart-card" actions={<SpanPicker value={span} onChange={setChosen} />}>
      {parts === null && problem === null && <Waiting what="Asking for the history…" />}
      {problem !== null && <Empty title="The history did not come">{problem}</Empty>}
      {parts !== null && words === null && (
        <Empty title="Nothing measured in this span">
          <p>The gateway notes how old the newest recovery point is once a minute, while it runs.</p>
        </Empty>
      )}
      {parts !== null && words !== null && (
        <>
          <Chart parts={parts} />
          <p className="group-legend" aria-hidden="true">
            <span>Worst</span>
            <span className="group-legend-average">Average</span>
            <span className="group-legend-target">Target</span>
          </p>
          <p className="group-chart-words">{words}</p>
        </>
      )}
    </Card>
  )
}
