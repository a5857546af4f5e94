interface Flight<T> {
  readonly answer: Promise<T>
  readonly ending: AbortController
  riders: number
}

/** One question under way for all who ask the same meanwhile. It is given up when none of them waits any longer. */
export class SharedFlights<T> {
  readonly #flights = new Map<string, Flight<T>>()

  /**
   * The answer to the question, asked now unless an equal one is under way.
   *
   * @param key What makes questions equal.
   * @param signal Ends the caller's wait.
   * @param ask Is given a signal that aborts when nobody waits any longer. With one that has aborted it asks nobody, and
   *   fails as it does for who has left.
   */
  async join(key: string, signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) return ask(signal)
    const flight = this.#flights.get(key) ?? this.#begin(key, ask)
    flight.riders += 1
    const gone = Promise.withResolvers<T>()
    const leave = (): void => {
      flight.riders -= 1
      if (flight.riders === 0) this.#end(key, flight, signal.reason)
      gone.resolve(ask(signal))
    }
    signal.addEventListener('abort', leave, { once: true })
    try {
      return await Promise.race([flight.answer, gone.promise])
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  #begin(key: string, ask: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const ending = new AbortController()
    const flight: Flight<T> = { answer: ask(ending.signal), ending, riders: 0 }
    this.#flights.set(key, flight)
    const land = (): void => this.#forget(key, flight)
    flight.answer.then(land, land)
    return flight
  }

  #end(key: string, flight: Flight<T>, reason: unknown): void {
    this.#forget(key, flight)
    flight.ending.abort(reason)
  }

  #forget(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
  }
}
