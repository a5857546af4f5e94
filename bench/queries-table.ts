import type { Round } from './harness/rounds.ts'
import { toFigures, toSpread, toTable } from './harness/statistics.ts'

/** All rounds of one way to ask at one size. */
export interface QueryRow {
  readonly name: string
  /** Replications, and groups. */
  readonly count: number
  readonly latencyMs: number
  readonly rounds: readonly Round[]
}

const medianOf = ({ rounds }: QueryRow, read: (round: Round) => number): number => toSpread(rounds.map(read)).median

const speedOf = (row: QueryRow): number => medianOf(row, ({ requestsPerSecond }) => requestsPerSecond)
const cpuOf = (row: QueryRow): number => medianOf(row, ({ cpuMsPerRequest }) => cpuMsPerRequest)

const toRatio = (row: QueryRow, other: QueryRow | undefined): string =>
  other === undefined ? '' : toFigures(speedOf(row) / speedOf(other))

const toCpuRatio = (row: QueryRow, other: QueryRow | undefined): string =>
  other === undefined ? '' : toFigures(cpuOf(other) / cpuOf(row))

const head = [
  'who',
  'req/s',
  'least - most',
  '× floor',
  '× Hive',
  'CPU ms',
  '× floor by CPU',
  'p50 ms',
  'p99 ms',
  'peak MiB',
  'KiB',
  'calls',
]

/**
 * The table of one size: medians of the rounds; a single caller is set against the floor's single caller. `× floor by CPU`
 * is how many requests come out of the CPU that the floor needs for one.
 */
export const toQueryTable = (all: readonly QueryRow[], count: number, latencyMs: number): string => {
  const rows = all.filter((row) => row.count === count && row.latencyMs === latencyMs)
  const find = (name: string): QueryRow | undefined => rows.find((row) => row.name === name)
  const lines = rows.map((row) => {
    const isSingle = row.name.endsWith('one caller')
    const floor = find(isSingle ? 'floor, one caller' : 'floor')
    const speed = toSpread(row.rounds.map(({ requestsPerSecond }) => requestsPerSecond))
    return [
      row.name,
      toFigures(speed.median),
      `${toFigures(speed.least)} - ${toFigures(speed.most)}`,
      toRatio(row, floor),
      isSingle ? '' : toRatio(row, find('Hive Gateway')),
      toFigures(cpuOf(row)),
      toCpuRatio(row, floor),
      toFigures(medianOf(row, ({ p50Ms }) => p50Ms)),
      toFigures(medianOf(row, ({ p99Ms }) => p99Ms)),
      toFigures(Math.max(...row.rounds.map(({ peakMib }) => peakMib))),
      toFigures(medianOf(row, ({ bytes }) => bytes / 1024)),
      toFigures(medianOf(row, ({ callsPerRequest }) => callsPerRequest)),
    ]
  })
  return toTable(head, lines)
}
