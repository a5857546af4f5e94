import { toOutlook, toStanding, toTitle } from './task-text.ts'
import type { TextSink, WatchDisplay } from './watch-display.ts'
import type { TaskNews } from './watched-task.ts'

// Progress is written each time it has grown by so much, so that a log stays short.
const percentPerLine = 10

/**
 * A line for every change of state, and for every ten percent: time, state, percentage, what it is, how it stands. Notes go
 * to `notes`, so that `lines` holds events only.
 */
export class LineDisplay implements WatchDisplay {
  readonly #lines: TextSink
  readonly #notes: TextSink
  /** What was last written of the percentage, by task. */
  readonly #percents = new Map<string, number>()

  constructor(lines: TextSink, notes: TextSink) {
    this.#lines = lines
    this.#notes = notes
  }

  show({ kind, at, task }: TaskNews): void {
    const percent = task.progressPercent
    const last = this.#percents.get(task.id)
    if (kind === 'PROGRESS' && (percent === null || percent < (last ?? 0) + percentPerLine)) return
    if (percent !== null) this.#percents.set(task.id, percent)
    const outlook = toOutlook(task.etaSeconds === null ? null : task.etaSeconds * 1000)
    const columns = [
      `${at.toISOString().slice(0, 19)}Z`,
      task.state.padEnd(17),
      (percent === null ? '' : `${Math.floor(percent)} %`).padStart(5),
      `${toTitle(task)}: ${toStanding(task, at)}${outlook}`,
    ]
    const isFirst = last === undefined && kind !== 'PROGRESS'
    this.#lines.write(`${columns.join('  ')}${isFirst ? `  [${task.id}]` : ''}\n`)
    if (last === undefined) this.#percents.set(task.id, percent ?? 0)
  }

  note(text: string): void {
    this.#notes.write(`${text}\n`)
  }

  [Symbol.dispose](): void {
    this.#percents.clear()
  }
}
