import type { TaskNews } from './watched-task.ts'

/** Where the events of the watched tasks are shown. */
export interface WatchDisplay extends Disposable {
  /** Shows how a task stands after an event. */
  show(event: TaskNews): void
  /** Says something about the watching itself, e.g. that the line was lost. */
  note(text: string): void
}

/** What a display writes to. */
export interface TextSink {
  write(text: string): void
}
