import type { EventBus } from '../domain/ports/event-bus.ts'
import type { TaskEvent } from '../domain/task.ts'

/**
 * The event bus of one process: calls every listener before `publish` returns, in the order of subscription. A listener
 * that throws harms neither the others nor the publisher, which has committed already; Node prints it as a warning.
 */
export const createMemoryEventBus = <E = TaskEvent>(): EventBus<E> => {
  const subscriptions = new Set<{ readonly listener: (event: E) => void }>()
  return {
    publish: (event) => {
      // A copy: who subscribes while an event is given out hears the next one first.
      for (const subscription of Array.from(subscriptions)) {
        if (!subscriptions.has(subscription)) continue
        try {
          subscription.listener(event)
        } catch (error) {
          process.emitWarning(error instanceof Error ? error : new Error(String(error)))
        }
      }
    },
    subscribe: (listener) => {
      const subscription = { listener }
      subscriptions.add(subscription)
      return {
        [Symbol.dispose]: () => {
          subscriptions.delete(subscription)
        },
      }
    },
  }
}
