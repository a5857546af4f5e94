/** What stands for every name that has no place. */
export const otherName = 'other'

const longestName = 64
const word = /^[_a-z]\w*$/i

/** Whether it is a name of GraphQL, and no longer than anybody would write one. */
export const isPlainName = (name: string): boolean => name.length <= longestName && word.test(name)

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
    const hasPlace = mayEnter && this.#known.size < this.#most && isPlainName(name)
    if (!hasPlace) return otherName
    this.#known.add(name)
    return name
  }
}
