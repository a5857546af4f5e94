/** How long all texts together may be that are written in one generation, in UTF-16 units; two generations are there. */
const mostCharacters = 16 * 1024 * 1024

/** What a text takes in memory besides its characters, about. */
const overhead = 64

/**
 * Counts what is kept of the texts of one server, and lets go of what was not asked for since the last time that there was too
 * much of it.
 */
export class TextShelf {
  readonly #mostCharacters: number
  readonly #inUse = new Set<KeptTexts>()
  #characters = 0

  /** @param most In UTF-16 units; half of what is kept at most. @default 16_777_216 */
  constructor(most: number = mostCharacters) {
    this.#mostCharacters = most
  }

  note(texts: KeptTexts, characters: number): void {
    this.#inUse.add(texts)
    this.#characters += characters + overhead
    if (this.#characters <= this.#mostCharacters) return
    this.#characters = 0
    for (const each of this.#inUse) {
      if (!each.age()) this.#inUse.delete(each)
    }
  }
}

/** Whether a plan was needed more than once: what is written once is not worth keeping. */
export interface PlanUse {
  isRepeated: boolean
}

/** What was written of objects that never change, by object. Each goes when its object does, or when it was long not asked for. */
export class KeptTexts {
  readonly #shelf: TextShelf
  readonly #use: Readonly<PlanUse>
  #young = new WeakMap<object, string>()
  #old = new WeakMap<object, string>()
  readonly #seen = new WeakSet<object>()
  #youngCount = 0

  constructor(shelf: TextShelf, use: Readonly<PlanUse>) {
    this.#shelf = shelf
    this.#use = use
  }

  get(source: object): string | undefined {
    const young = this.#young.get(source)
    if (young !== undefined) return young
    const old = this.#old.get(source)
    if (old !== undefined) this.#put(source, old)
    return old
  }

  set(source: object, text: string): void {
    if (!this.#use.isRepeated) return
    // A text that was put together holds on to its pieces until somebody looks into it.
    text.charCodeAt(0)
    this.#put(source, text)
  }

  /** Keeps a text only when it is written for the second time: most lists come once. */
  setWhenRepeated(source: object, text: string): void {
    if (this.#seen.has(source)) this.set(source, text)
    else this.#seen.add(source)
  }

  /** Lets go of what was not asked for since it was last called. False when nothing is left. */
  age(): boolean {
    const isUsed = this.#youngCount > 0
    this.#old = this.#young
    this.#young = new WeakMap()
    this.#youngCount = 0
    return isUsed
  }

  #put(source: object, text: string): void {
    this.#young.set(source, text)
    this.#youngCount += 1
    this.#shelf.note(this, text.length)
  }
}
