import type { TaskEvent } from '../task.ts'

/** Tells live listeners of events that the journal already holds. */
export interface EventBus {
  publish(event: TaskEvent): void
  /** Calls `listener` for every event from now on. Dispose to stop. */
  subscribe(listener: (event: TaskEvent) => void): Disposable
}
