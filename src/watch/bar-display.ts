import { stripVTControlCharacters, styleText } from 'node:util'
import cliProgress, { type MultiBar, type Options, type SingleBar } from 'cli-progress'
import { toDuration, toOutlook, toShortDecision, toStanding, toTitle } from './task-text.ts'
import type { WatchDisplay } from './watch-display.ts'
import { isOver, type TaskNews, type WatchedTask } from './watched-task.ts'

// Rows that stay free, so that the bars never scroll the terminal.
const spareRows = 3
const barSize = 20
/** Of the longest length of time. */
const sinceWidth = 10
/** Of the time before a line, and what is between. */
const clockWidth = 10
/** Where the terminal does not say how large it is. */
const defaultColumns = 80
const defaultRows = 24
const framesPerSecond = 4

const clearToRight = '\u001B[K'

const stateMarks: Readonly<Record<string, readonly [mark: string, color: 'green' | 'red' | 'yellow']>> = {
  SUCCEEDED: ['✔', 'green'],
  FAILED: ['✖', 'red'],
  CANCELLED: ['✖', 'red'],
  AWAITING_DECISION: ['?', 'yellow'],
  OUTCOME_UNKNOWN: ['!', 'yellow'],
}

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`)

/** Breaks between words, so that no line is wider; a word that is wider by itself is left to the terminal. */
const wrap = (text: string, width: number): string => {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line.trim() !== '' && stripVTControlCharacters(line).length + 1 + word.length > width) {
      lines.push(`${' '.repeat(clockWidth)}${word}`)
    } else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join(`${clearToRight}\n`)
}

const toClock = (at: Date): string => at.toTimeString().slice(0, 8)

/** A terminal, as far as the display needs one. */
export type Terminal = NodeJS.WritableStream & Pick<NodeJS.WriteStream, 'columns' | 'rows'>

/** A task with its bar. */
interface Row {
  readonly bar: SingleBar
  readonly task: WatchedTask
  /** When it may end, by this machine's clock; null where that cannot be told. */
  readonly endsAtMs: number | null
}

/**
 * A bar for each task that is under way, in a terminal. What has ended, and each wait for a decision, stays above the bars as
 * a line. Where there are more tasks than rows, the rest are counted.
 */
export class BarDisplay implements WatchDisplay {
  readonly #stream: Terminal
  readonly #bars: MultiBar
  readonly #rows = new Map<string, Row>()
  /** Tasks under way for which there is no row. */
  readonly #waiting = new Map<string, WatchedTask>()
  /** Says how many those are. */
  #rest: SingleBar | null = null
  /** The state that each task was last in. */
  readonly #states = new Map<string, string>()

  constructor(stream: Terminal) {
    this.#stream = stream
    this.#bars = new cliProgress.MultiBar({
      stream,
      fps: framesPerSecond,
      barsize: barSize,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      clearOnComplete: true,
      // A line that is written above moves every bar, also those that look the same.
      forceRedraw: true,
    })
  }

  show({ at, task }: TaskNews): void {
    const hasTurned = this.#states.get(task.id) !== task.state
    this.#states.set(task.id, task.state)
    if (hasTurned && stateMarks[task.state] !== undefined) {
      this.#log(`${toClock(at)}  ${this.#mark(task)} ${toTitle(task)}: ${toStanding(task, at)}`)
    }
    if (isOver(task)) this.#remove(task.id)
    else this.#place(task)
  }

  note(text: string): void {
    this.#log(`${toClock(new Date())}  ${text}`)
  }

  [Symbol.dispose](): void {
    // Lines that still wait to be written above the bars.
    this.#bars.update()
    this.#bars.stop()
  }

  get #columns(): number {
    return this.#stream.columns || defaultColumns
  }

  #place(task: WatchedTask): void {
    const percent = task.progressPercent ?? 0
    const row = this.#rows.get(task.id)
    const endsAtMs = task.etaSeconds === null ? null : Date.now() + task.etaSeconds * 1000
    if (row !== undefined) {
      this.#rows.set(task.id, { ...row, task, endsAtMs })
      row.bar.update(percent)
    } else if (this.#rows.size < Math.max(1, (this.#stream.rows || defaultRows) - spareRows)) {
      this.#waiting.delete(task.id)
      const format: Options['format'] = (options, { progress }) => this.#format(options, progress, task.id)
      this.#rows.set(task.id, { bar: this.#bars.create(100, percent, {}, { format }), task, endsAtMs })
      this.#countRest()
    } else {
      this.#waiting.set(task.id, task)
      this.#countRest()
    }
  }

  #remove(taskId: string): void {
    this.#waiting.delete(taskId)
    const row = this.#rows.get(taskId)
    this.#rows.delete(taskId)
    if (row !== undefined) this.#bars.remove(row.bar)
    const [next] = this.#waiting.values()
    if (next === undefined) this.#countRest()
    else this.#place(next)
  }

  /** Keeps the count under all bars. */
  #countRest(): void {
    if (this.#rest !== null) this.#bars.remove(this.#rest)
    const format = (): string => `  … and ${this.#waiting.size} more`
    this.#rest = this.#waiting.size === 0 ? null : this.#bars.create(100, 0, {}, { format })
  }

  #log(text: string): void {
    this.#bars.log(`${wrap(text, this.#columns - 1)}${clearToRight}\n`)
    // Frames are drawn only once there is a bar.
    if (!this.#bars.isActive) this.#bars.update()
  }

  #mark({ state }: WatchedTask): string {
    const [mark, color] = stateMarks[state] ?? [' ', 'green']
    return styleText(color, mark, { stream: this.#stream })
  }

  #format(options: Options, progress: number, taskId: string): string {
    const row = this.#rows.get(taskId)
    if (row === undefined) return ''
    const { task, endsAtMs } = row
    const now = new Date()
    const width = this.#columns - 1
    const titles = [...this.#rows.values()].map((shown) => toTitle(shown.task).length)
    const titleWidth = Math.min(Math.max(...titles), Math.floor(width / 2) - barSize / 2)
    const title = cut(toTitle(task), titleWidth).padEnd(titleWidth)
    const percent = task.progressPercent === null ? '' : `${Math.floor(task.progressPercent)} %`
    const since = toDuration(now.getTime() - task.startedAt.getTime())
    const bar = `${cliProgress.Format.BarFormat(progress, options)} ${percent.padStart(5)}  ${since.padStart(sinceWidth)}  `
    // The mark counts as one, whatever its colour adds.
    const leftMs = endsAtMs === null ? null : endsAtMs - now.getTime()
    const isWaiting = task.state === 'AWAITING_DECISION'
    const head = `${title}  ${isWaiting ? '' : bar}`
    const standing = isWaiting ? toShortDecision(task, now) : `${toStanding(task, now)}${toOutlook(leftMs)}`
    return `${this.#mark(task)} ${head}${cut(standing, Math.max(width - head.length - 2, 1))}`
  }
}
