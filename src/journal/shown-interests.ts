import type { Interest } from '../domain/ports/leases.ts'

/** What is wanted here and elsewhere. */
export class ShownInterests {
  readonly #here = new Map<symbol, Interest>()
  readonly #calls = new Set<(interest: Interest) => void>()
  #elsewhere: ReadonlySet<Interest> = new Set()

  /** What is wanted at this gateway. */
  get here(): ReadonlySet<Interest> {
    return new Set(this.#here.values())
  }

  show(interest: Interest): Disposable {
    const wasWanted = this.isWanted(interest)
    const mark = Symbol(interest)
    this.#here.set(mark, interest)
    if (!wasWanted) this.#tell(interest)
    return { [Symbol.dispose]: () => void this.#here.delete(mark) }
  }

  isWanted(interest: Interest): boolean {
    return this.#elsewhere.has(interest) || this.here.has(interest)
  }

  onWanted(call: (interest: Interest) => void): Disposable {
    this.#calls.add(call)
    return { [Symbol.dispose]: () => void this.#calls.delete(call) }
  }

  /** What is wanted at the other gateways now. */
  noteElsewhere(interests: ReadonlySet<Interest>): void {
    const news = [...interests].filter((interest) => !this.isWanted(interest))
    this.#elsewhere = interests
    for (const interest of news) this.#tell(interest)
  }

  #tell(interest: Interest): void {
    for (const call of this.#calls) call(interest)
  }
}
