/** One page of a list, as the gateway cuts it. */
export interface RowPage<Row, Coverage> {
  readonly rows: readonly Row[]
  readonly totalCount: number
  /** Where the next page begins; null on the last one. */
  readonly endCursor: string | null
  readonly coverage: readonly Coverage[]
}

/** What a table draws. A new object whenever anything has changed. */
export interface RowPagesView<Row, Coverage> {
  /** The rows that are here, from the first on. */
  readonly rows: readonly Row[]
  /** How many match; null before the first answer. */
  readonly totalCount: number | null
  readonly coverage: readonly Coverage[]
  readonly isLoading: boolean
  /** Why the last page did not come; null when it did. */
  readonly problem: string | null
  /** When a page was last answered, ms since the epoch; null before. */
  readonly readAtMs: number | null
}

export interface RowPagesOptions<Row, Coverage> {
  /** @param after The `endCursor` of the page before, null for the first. @param signal Aborted when nobody waits any more. */
  readonly readPage: (after: string | null, signal: AbortSignal) => Promise<RowPage<Row, Coverage>>
  readonly toId: (row: Row) => string
  /** @default Date.now */
  readonly now?: () => number
}

interface Segment<Row> {
  /** Where it begins: the end of the one before. */
  readonly after: string | null
  readonly rows: readonly Row[]
  readonly endCursor: string | null
  /** To be read again when somebody looks at it. */
  readonly isOld: boolean
}

/**
 * The rows of one list, page behind page, as far down as somebody has looked. A cursor names a place, so the pages come one
 * after the other; a list that is long and looked at from its end is read in a row until there. Read again are only the
 * pages that somebody looks at, so that a long list that changes all the time costs no more than a short one.
 */
export class RowPages<Row, Coverage> {
  readonly #options: RowPagesOptions<Row, Coverage>
  readonly #listeners = new Set<() => void>()
  readonly #abort = new AbortController()
  #view: RowPagesView<Row, Coverage> = {
    rows: [],
    totalCount: null,
    coverage: [],
    isLoading: false,
    problem: null,
    readAtMs: null,
  }
  #segments: readonly Segment<Row>[] = []
  #from = 0
  #to = 1
  #running: Promise<void> | null = null

  constructor(options: RowPagesOptions<Row, Coverage>) {
    this.#options = options
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly getView = (): RowPagesView<Row, Coverage> => this.#view

  /** Reads until the rows from `from` to before `to` are here, and not old. Called again while it reads, it reads those. */
  want(from: number, to: number): Promise<void> {
    this.#from = from
    this.#to = Math.max(1, to)
    this.#running ??= this.#read().finally(() => (this.#running = null))
    return this.#running
  }

  /** Reads again what somebody looks at, and the rest when somebody does. */
  reload(): Promise<void> {
    this.#segments = this.#segments.map((segment) => ({ ...segment, isOld: true }))
    return this.want(this.#from, this.#to)
  }

  /** Replaces rows that are here by newer ones; what is not here is left out. */
  patch(rows: readonly Row[]): void {
    const { toId } = this.#options
    const newer = new Map(rows.map((row) => [toId(row), row]))
    const isKnown = (row: Row): boolean => newer.has(toId(row))
    if (!this.#view.rows.some(isKnown)) return
    this.#segments = this.#segments.map((segment) =>
      segment.rows.some(isKnown)
        ? { ...segment, rows: segment.rows.map((row) => newer.get(toId(row)) ?? row) }
        : segment,
    )
    this.#show({ rows: this.#flatten() })
  }

  /** Ends what is being read; nothing changes any more. */
  dispose(): void {
    this.#abort.abort()
    this.#listeners.clear()
  }

  #show(change: Partial<RowPagesView<Row, Coverage>>): void {
    if (this.#abort.signal.aborted) return
    this.#view = { ...this.#view, ...change }
    for (const listener of this.#listeners) listener()
  }

  /** Which segment is to be read now; null when what is wanted is here. */
  #findNext(): number | null {
    if (this.#abort.signal.aborted) return null
    let start = 0
    for (const [index, { rows, isOld }] of this.#segments.entries()) {
      const end = start + rows.length
      if (isOld && start < this.#to && (end > this.#from || rows.length === 0)) return index
      start = end
    }
    const last = this.#segments.at(-1)
    return last === undefined || (last.endCursor !== null && start < this.#to) ? this.#segments.length : null
  }

  async #read(): Promise<void> {
    if (this.#findNext() === null) return
    this.#show({ isLoading: true, problem: null })
    try {
      for (let index = this.#findNext(); index !== null; index = this.#findNext()) {
        const after = index === 0 ? null : (this.#segments[index - 1]?.endCursor ?? null)
        this.#put(index, after, await this.#options.readPage(after, this.#abort.signal))
      }
    } catch (error) {
      this.#show({ problem: error instanceof Error ? error.message : String(error) })
    }
    this.#show({ isLoading: false })
  }

  #put(index: number, after: string | null, { rows, totalCount, endCursor, coverage }: RowPage<Row, Coverage>): void {
    const segment = { after, rows, endCursor, isOld: false }
    // What follows begins where this one ends now; behind the last page nothing follows.
    const behind = endCursor === null ? [] : this.#segments.slice(index + 1)
    const [next, ...others] = behind
    const joined = next === undefined || next.after === endCursor ? behind : [{ ...next, isOld: true }, ...others]
    this.#segments = [...this.#segments.slice(0, index), segment, ...joined]
    this.#show({ rows: this.#flatten(), totalCount, coverage, readAtMs: (this.#options.now ?? Date.now)() })
  }

  /** A row that has changed its place between two pages may be in both. */
  #flatten(): readonly Row[] {
    const [only, ...others] = this.#segments
    if (others.length === 0) return only?.rows ?? []
    const byId = new Map<string, Row>()
    for (const row of this.#segments.flatMap(({ rows }) => rows)) {
      const id = this.#options.toId(row)
      if (!byId.has(id)) byId.set(id, row)
    }
    return [...byId.values()]
  }
}
