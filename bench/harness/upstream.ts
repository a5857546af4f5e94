import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordTemplates } from '../upstream/record-templates.ts'
import { startNode, type Running } from './processes.ts'

/** A folder for what a run writes. Goes with the process. */
export const scratch = mkdtempSync(join(tmpdir(), 'dr-gateway-bench-'))
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))

const templates = join(scratch, 'templates.json')
let recorded: Promise<void> | null = null

const record = async (): Promise<void> => {
  writeFileSync(templates, JSON.stringify(await recordTemplates()))
}

/** Calls to the vendors, by vendor, method and path. */
export type Calls = Readonly<Record<string, number>>

export interface Upstream extends AsyncDisposable {
  readonly process: Running
  readonly vcda: string
  readonly zerto: string
  readonly count: number
  /** The calls since the last time they were taken. */
  takeCalls(): Promise<Calls>
  churn(percent: number): Promise<void>
}

/** Adds them up. */
export const sumCalls = (calls: Calls): number => Object.values(calls).reduce((sum, count) => sum + count, 0)

/** Starts the vendors with so many replications and VPGs. */
export const startUpstream = async (options: {
  readonly count: number
  readonly latencyMs?: number
  readonly machinesPerGroup?: number
}): Promise<Upstream> => {
  recorded ??= record()
  await recorded
  const { count, latencyMs = 0, machinesPerGroup = 1 } = options
  const program = join(import.meta.dirname, '../upstream/upstream-server.ts')
  const settings = Object.entries({
    templates,
    count,
    'latency-ms': latencyMs,
    'machines-per-group': machinesPerGroup,
  }).flatMap(([name, value]) => [`--${name}`, String(value)])
  const process = await startNode({
    place: 'around',
    args: [program, ...settings],
    ready: /\}\n/,
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own program
  const urls = JSON.parse(process.said) as { readonly vcda: string; readonly zerto: string }
  const control = async (path: string): Promise<Calls> => {
    const response = await fetch(`${urls.vcda}/_bench/${path}`)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own program
    return (await response.json()) as Calls
  }
  return {
    process,
    ...urls,
    count,
    takeCalls: () => control('calls/reset'),
    churn: async (percent) => void (await control(`churn?percent=${percent}`)),
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  }
}
