/** What stands for every name that has no place. */
export const otherName = 'other'

const longestName = 64
const word = /^[_a-z]\w*$/i

/** Names that callers choose, as far as figures may be kept by them: the first so many, and one for all the rest. */
export class BoundedNames {
  readonly #most: number
  readonly #known = new Set<string>()

  constructor(most: number) {
    this.#most = most
  }

  /**
   * @param mayEnter Whether a new name may take a place. What fails does not, or whoever sends nonsense would take them all.
   */
  toName(name: string, mayEnter: boolean): string {
    if (this.#known.has(name)) return name
    const hasPlace = mayEnter && this.#known.size < this.#most && name.length <= longestName && word.test(name)
    if (!hasPlace) return otherName
    this.#known.add(name)
    return name
  }
}
