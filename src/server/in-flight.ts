/** Counts what is under way, so that a server can wait for it before it closes. */
export class InFlight {
  #count = 0
  #waiting: (() => void)[] = []

  /** Runs `work` and counts it for as long as it takes. */
  async track<T>(work: () => T | Promise<T>): Promise<T> {
    this.#count += 1
    try {
      return await work()
    } finally {
      this.#count -= 1
      if (this.#count === 0) for (const resolve of this.#waiting.splice(0)) resolve()
    }
  }

  /** Resolves when nothing is under way. */
  async whenIdle(): Promise<void> {
    if (this.#count === 0) return
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve)
    })
  }
}
