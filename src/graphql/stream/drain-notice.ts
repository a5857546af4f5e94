/** Tells every subscription that the gateway is about to close. */
export class DrainNotice {
  readonly #listeners = new Set<(at: Date) => void>()
  #announcedAt: Date | null = null

  /** Calls `listener` once, when it is announced; at once when it has been already. Dispose to stop. */
  subscribe(listener: (at: Date) => void): Disposable {
    if (this.#announcedAt === null) this.#listeners.add(listener)
    else listener(this.#announcedAt)
    return {
      [Symbol.dispose]: () => {
        this.#listeners.delete(listener)
      },
    }
  }

  announce(at: Date): void {
    if (this.#announcedAt !== null) return
    this.#announcedAt = at
    for (const listener of this.#listeners) listener(at)
    this.#listeners.clear()
  }
}
