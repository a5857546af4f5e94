import { describe, expect, test } from 'vitest'
import {
  bucketsOf,
  chartInWords,
  chartSpans,
  toChartData,
  type HistoryPart,
} from '../../src/console/group/chart-data.ts'
import { toDetailEntries } from '../../src/console/group/detail-words.ts'
import { findNearest, stepOnTimeline, toPlaces } from '../../src/console/group/timeline.ts'

const part = (minute: number, maxSeconds: number | null, verdict: string | null = 'MEETING'): HistoryPart => ({
  from: new Date(Date.UTC(2026, 10, 22, 6, minute)).toISOString(),
  to: new Date(Date.UTC(2026, 10, 22, 6, minute + 1)).toISOString(),
  sampleCount: verdict === null ? 0 : 1,
  maxSeconds,
  averageSeconds: maxSeconds,
  targetSeconds: verdict === null ? null : 300,
  verdict,
})

describe('the chart of an objective', () => {
  const parts = [part(0, 60), part(1, null, null), part(2, null, null), part(3, 900, 'VIOLATING'), part(4, null, null)]

  test('leaves gaps where nothing was measured, and draws the promise through them', () => {
    const [times, worst, , target] = toChartData(parts)
    expect(times[1]).toBe(Date.UTC(2026, 10, 22, 6, 1, 30) / 1000)
    expect(worst).toEqual([60, null, null, 900, null])
    expect(target).toEqual([300, 300, 300, 300, 300])
  })

  test('says the same in words; the present is no gap, and two parts without a sample are one', () => {
    expect(chartInWords(parts)).toBe(
      'Worst 15 min, target 5 min, kept in 50 % of the time, 1 gap without a measurement.',
    )
    expect(chartInWords([part(0, null, null)])).toBeNull()
  })

  test('never says that all was kept when a little was not', () => {
    const many = Array.from({ length: 5000 }, () => part(0, 60))
    expect(chartInWords([...many, part(1, 900, 'VIOLATING')])).toContain('99.9 %')
  })

  test('asks for as many parts as are kept, and for no more than the gateway gives', () => {
    for (const { hours } of chartSpans) {
      expect(bucketsOf(hours)).toBeLessThanOrEqual(1000)
      const secondsEach = (hours * 3600) / bucketsOf(hours)
      expect(secondsEach).toBeGreaterThanOrEqual(hours > 168 ? 3600 : hours > 24 ? 900 : 60)
    }
  })
})

describe('a timeline', () => {
  const points = ['2026-11-22T10:00:00Z', '2026-11-22T09:00:00Z', '2026-11-22T06:00:00Z'].map((takenAt) => ({
    takenAt,
  }))

  test('puts each point where its time is, the newest at the end', () => {
    expect(toPlaces(points)).toEqual([1, 0.75, 0])
    expect(toPlaces(points.slice(0, 1))).toEqual([1])
  })

  test('finds the point next to where somebody has pressed', () => {
    expect([0.99, 0.6, 0.1].map((place) => findNearest(toPlaces(points), place))).toEqual([0, 1, 2])
    expect(findNearest([], 0.5)).toBe(-1)
  })

  test('goes to older points to the left, and no further than there are', () => {
    expect(stepOnTimeline('ArrowLeft', 0, 3)).toBe(1)
    expect(stepOnTimeline('ArrowRight', 0, 3)).toBe(0)
    expect(stepOnTimeline('Home', 0, 3)).toBe(2)
    expect(stepOnTimeline('PageDown', 1, 3)).toBe(2)
    expect(stepOnTimeline('x', 1, 3)).toBeNull()
  })
})

test('whatever a vendor tells becomes lines with units, and what it does not tell none', () => {
  const details = {
    __typename: 'AcmeDetails',
    owner: 'Acme@east',
    isGoldenImage: false,
    sourceStateAgeSeconds: 125,
    journalUsedBytes: 12_400_000_000,
    lastErrorMessage: null,
    disks: [],
    volumeIds: ['a', 'b'],
    destination: { vdcId: 'vdc-1', vappId: null },
    networkAdapters: [{ name: 'eth0', ipAddresses: ['10.0.0.1'] }],
  }
  const lines = Object.fromEntries(toDetailEntries(details).map(({ label, text }) => [label, text]))
  expect(lines).toEqual({
    Owner: 'Acme@east',
    'Golden image': 'No',
    'Source state age': '2 min 5 s',
    'Journal used': '12.4 GB',
    'Volume ids': 'a, b',
    'Destination vdc id': 'vdc-1',
    'Network adapters 1 name': 'eth0',
    'Network adapters 1 ip addresses': '10.0.0.1',
  })
})
