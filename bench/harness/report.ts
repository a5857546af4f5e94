import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { listVersions } from './contestants.ts'
import { isPinned } from './processes.ts'

/** What a measurement found. */
export interface Found {
  /** For machines: goes into the file of results. */
  readonly figures: unknown
  /** For people: is printed, and goes into the README. */
  readonly markdown: string
  /** Whether the peers were measured, too. */
  readonly hasPeers?: boolean
}

/**
 * How much is measured. Quick takes seconds: its times mean nothing, its checks do, and nothing is written. Short takes
 * minutes, and says so where it is written down; what has no short form is done whole.
 */
export type Extent = 'quick' | 'short' | 'whole'

/** One measurement. Throws when something is not as it has to be, whatever the times are. */
export type Bench = (options: { readonly extent: Extent; readonly log: (text: string) => void }) => Promise<Found>

const folder = join(import.meta.dirname, '..')
const readme = join(folder, 'README.md')

/** What was measured on, without names. */
export const describeMachine = () => {
  const [cpu] = cpus()
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 1024 ** 3),
    pinned: isPinned,
  }
}

const toDate = (): string => new Date().toISOString().slice(0, 10)

/** Where the results of this run go: `results/<date>-<n>.json`, the first that is free. */
export const findReportPath = (): string => {
  for (let number = 1; ; number += 1) {
    const path = join(folder, 'results', `${toDate()}-${number}.json`)
    if (!existsSync(path)) return path
  }
}

const replaceSection = (text: string, name: string, content: string): string => {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`]
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from < 0 || to < 0) return `${text.trimEnd()}\n\n## ${name}\n\n${begin}\n${content}\n${end}\n`
  return `${text.slice(0, from)}${begin}\n${content}\n${text.slice(to)}`
}

/** Writes what was found so far, and each table into its section of the README. */
export const writeReport = (path: string, command: string, found: Readonly<Record<string, Found>>): void => {
  const date = toDate()
  const machine = describeMachine()
  const versions = listVersions(Object.values(found).some(({ hasPeers }) => hasPeers === true))
  mkdirSync(join(folder, 'results'), { recursive: true })
  const figures = Object.fromEntries(Object.entries(found).map(([name, { figures: own }]) => [name, own]))
  writeFileSync(path, `${JSON.stringify({ date, command, machine, versions, figures }, null, 1)}\n`)
  const place = `${machine.cpu}, ${machine.cores} cores${machine.pinned ? ', pinned' : ''}, ${machine.memoryGib} GiB`
  let text = readFileSync(readme, 'utf8')
  for (const [name, { markdown, hasPeers = false }] of Object.entries(found)) {
    const note = `\`${command}\`, ${date}. ${place}. ${listVersions(hasPeers).join(', ')}.`
    text = replaceSection(text, name, `${note}\n\n${markdown}`)
  }
  writeFileSync(readme, text)
}
