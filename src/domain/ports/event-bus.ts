import type { TaskEvent } from '../task.ts'

/** Tells live listeners of events that the store already holds. */
export interface EventBus<E = TaskEvent> {
  publish(event: E): void
  /** Calls `listener` for every event from now on. Dispose to stop. */
  subscribe(listener: (event: E) => void): Disposable
}
