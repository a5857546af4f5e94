/** What is there now, or comes. */
export type Soon<T> = T | Promise<T>

// Added up, and not joined: a long text is copied once at the end, and not at each level.
const addUp = (texts: readonly string[]): string => {
  let all = ''
  for (const text of texts) all += text
  return all
}

/** Texts one behind the other, some of which are still to come. */
export class TextPieces {
  #text = ''
  #all: Soon<string>[] | null = null

  add(piece: Soon<string>): void {
    if (this.#all !== null) this.#all.push(piece)
    else if (typeof piece === 'string') this.#text += piece
    else this.#all = [this.#text, piece]
  }

  /** All of it, in its order. Rejects with what the first of them is rejected with. */
  end(): Soon<string> {
    // oxlint-disable-next-line typescript/await-thenable -- some of them are promises
    return this.#all === null ? this.#text : Promise.all(this.#all).then(addUp)
  }

  /** What is still to come goes on, and what comes of it interests nobody. */
  drop(): void {
    // oxlint-disable-next-line typescript/await-thenable -- some of them are promises
    if (this.#all !== null) void Promise.allSettled(this.#all)
  }
}
