/** Frees the slot that {@link Bulkhead.enter} gave. Does nothing the second time. */
export type Leave = () => void

/** Nobody can be let in: too many wait already. */
export class BulkheadFullError extends Error {
  override readonly name = 'BulkheadFullError'
}

interface Waiter {
  readonly admit: (leave: Leave) => void
}

/** Lets a number of callers in at once; the others wait their turn, first come first served. */
export class Bulkhead {
  readonly #capacity: number
  readonly #maxWaiting: number
  readonly #waiting = new Set<Waiter>()
  #inside = 0

  constructor(options: { readonly capacity: number; readonly maxWaiting: number }) {
    this.#capacity = options.capacity
    this.#maxWaiting = options.maxWaiting
  }

  /**
   * Resolves when it is the caller's turn. Rejects with the signal's reason as soon as `signal` aborts: a caller that
   * no longer waits takes no slot.
   *
   * @throws BulkheadFullError when too many wait already.
   */
  enter(signal: AbortSignal): Promise<Leave> {
    if (signal.aborted) return Promise.reject(signal.reason)
    if (this.#inside < this.#capacity) return Promise.resolve(this.#admit())
    if (this.#waiting.size >= this.#maxWaiting) return Promise.reject(new BulkheadFullError('too many requests wait'))
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#waiting.delete(waiter)
        reject(signal.reason)
      }
      const waiter: Waiter = {
        admit: (leave) => {
          signal.removeEventListener('abort', giveUp)
          resolve(leave)
        },
      }
      this.#waiting.add(waiter)
      signal.addEventListener('abort', giveUp, { once: true })
    })
  }

  #admit(): Leave {
    this.#inside += 1
    let left = false
    return () => {
      if (left) return
      left = true
      this.#inside -= 1
      this.#admitNext()
    }
  }

  #admitNext(): void {
    const [next] = this.#waiting
    if (next === undefined) return
    this.#waiting.delete(next)
    next.admit(this.#admit())
  }
}
