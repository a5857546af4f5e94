/** Somebody to whom something is to be told. */
export interface Addressee {
  /** Tells him what there is by now. Never throws. */
  serve(): void
}

/** After so many the process turns to what else there is: tens of thousands may watch one task. */
const mostAtOnce = 500

/**
 * Serves all who have something coming one after the other, not before whoever has made it has come to his end, and in
 * parts, between which requests are answered.
 */
export class DeliveryRounds {
  #addressees: Addressee[] = []
  #next = 0

  add(addressee: Addressee): void {
    if (this.#addressees.push(addressee) === 1) setImmediate(this.#serve)
  }

  /** Serves all at once: those who are told that the server closes must hear it before it does. */
  flush(): void {
    this.#serveUpTo(Infinity)
  }

  readonly #serve = (): void => {
    this.#serveUpTo(this.#next + mostAtOnce)
    if (this.#addressees.length > 0) setImmediate(this.#serve)
  }

  #serveUpTo(most: number): void {
    const addressees = this.#addressees
    while (this.#next < Math.min(addressees.length, most)) addressees[this.#next++]?.serve()
    if (this.#next < addressees.length) return
    this.#addressees = []
    this.#next = 0
  }
}
