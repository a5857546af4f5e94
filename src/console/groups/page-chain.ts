/** One page of a list, as the gateway cuts it. */
export interface RowPage<Row, Coverage> {
  readonly rows: readonly Row[]
  readonly totalCount: number
  /** Where the next page begins; null on the last one. */
  readonly endCursor: string | null
  readonly coverage: readonly Coverage[]
}

interface Segment<Row> {
  /** Where it begins: the end of the one before. */
  readonly after: string | null
  readonly rows: readonly Row[]
  readonly endCursor: string | null
  /** To be read again when somebody looks at it. */
  readonly isOld: boolean
}

/** The page that is to be read: its number in the chain, and the cursor that it begins behind. */
export interface NextPage {
  readonly index: number
  readonly after: string | null
}

/**
 * Pages that follow each other from one end of a list. A cursor names a place, so they can only be read one after the
 * other. Never changed: each change is another chain.
 */
export class PageChain<Row> {
  static readonly empty: PageChain<never> = new PageChain<never>([])
  readonly #segments: readonly Segment<Row>[]

  private constructor(segments: readonly Segment<Row>[]) {
    this.#segments = segments
  }

  /** Nothing was read yet. */
  get isEmpty(): boolean {
    return this.#segments.length === 0
  }

  /** The last page has come: nothing follows. */
  get isWhole(): boolean {
    const last = this.#segments.at(-1)
    return last !== undefined && last.endCursor === null
  }

  /** How many rows are here. */
  get length(): number {
    return this.#segments.reduce((sum, { rows }) => sum + rows.length, 0)
  }

  /** From this end on. */
  get rows(): readonly Row[] {
    const [only, ...others] = this.#segments
    return others.length === 0 ? (only?.rows ?? []) : this.#segments.flatMap(({ rows }) => rows)
  }

  /** The first page between two places that is here and old; null when there is none. */
  findOld(from: number, to: number): NextPage | null {
    let start = 0
    for (const [index, { rows, isOld }] of this.#segments.entries()) {
      const end = start + rows.length
      if (isOld && start < to && (end > from || rows.length === 0)) return this.#pageAt(index)
      start = end
    }
    return null
  }

  /** The page behind those that are here; null behind the last one. */
  findNext(): NextPage | null {
    return this.isWhole ? null : this.#pageAt(this.#segments.length)
  }

  /** With a page at its number; what does not fit it any more is old. */
  with({ index, after }: NextPage, { rows, endCursor }: RowPage<Row, unknown>): PageChain<Row> {
    const segment = { after, rows, endCursor, isOld: false }
    // What follows begins where this one ends now; behind the last page nothing follows.
    const behind = endCursor === null ? [] : this.#segments.slice(index + 1)
    const [next, ...others] = behind
    const joined = next === undefined || next.after === endCursor ? behind : [{ ...next, isOld: true }, ...others]
    return new PageChain([...this.#segments.slice(0, index), segment, ...joined])
  }

  /** With everything to be read again when somebody looks at it. */
  aged(): PageChain<Row> {
    return new PageChain(this.#segments.map((segment) => ({ ...segment, isOld: true })))
  }

  /** With rows in place of others; pages without any of them stay the same. */
  replaced(isKnown: (row: Row) => boolean, replace: (row: Row) => Row): PageChain<Row> {
    return new PageChain(
      this.#segments.map((segment) =>
        segment.rows.some(isKnown) ? { ...segment, rows: segment.rows.map(replace) } : segment,
      ),
    )
  }

  #pageAt(index: number): NextPage {
    return { index, after: index === 0 ? null : (this.#segments[index - 1]?.endCursor ?? null) }
  }
}
