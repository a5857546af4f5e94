import { PageChain, type NextPage, type RowPage } from './page-chain.ts'

export type { RowPage } from './page-chain.ts'

/** What a table draws. A new object whenever anything has changed. */
export interface RowPagesView<Row, Coverage> {
  /** By their place in the list; undefined where one is not here yet. */
  readonly rows: readonly (Row | undefined)[]
  /** How many rows are here. */
  readonly readCount: number
  /** How many match; null before the first answer. */
  readonly totalCount: number | null
  readonly coverage: readonly Coverage[]
  readonly isLoading: boolean
  /** Why the last page did not come; null when it did. */
  readonly problem: string | null
  /** When a page was last answered, ms since the epoch; null before. */
  readonly readAtMs: number | null
}

/** Which page is wanted. */
export interface PageWish {
  /** The `endCursor` of the page before, null for the first. */
  readonly after: string | null
  /** From the end of the list to its beginning. */
  readonly isBackwards: boolean
}

export interface RowPagesOptions<Row, Coverage> {
  /** @param signal Aborted when nobody waits any more. */
  readonly readPage: (wish: PageWish, signal: AbortSignal) => Promise<RowPage<Row, Coverage>>
  readonly toId: (row: Row) => string
  /** @default Date.now */
  readonly now?: () => number
}

type Side = 'head' | 'tail'
type Step = NextPage & { readonly side: Side }

/**
 * The rows of one list, page behind page, as far as somebody has looked: from its beginning, and from its end in the
 * opposite order, whichever is nearer, so that the last row is one page away and no row further than half the list. Read
 * again are only the pages that somebody looks at, so that a long list that changes all the time costs no more than a
 * short one.
 */
export class RowPages<Row, Coverage> {
  readonly #options: RowPagesOptions<Row, Coverage>
  readonly #listeners = new Set<() => void>()
  readonly #abort = new AbortController()
  #view: RowPagesView<Row, Coverage> = {
    rows: [],
    readCount: 0,
    totalCount: null,
    coverage: [],
    isLoading: false,
    problem: null,
    readAtMs: null,
  }
  #chains: Readonly<Record<Side, PageChain<Row>>> = { head: PageChain.empty, tail: PageChain.empty }
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

  /** Tries again what did not come. */
  resume(): Promise<void> {
    return this.want(this.#from, this.#to)
  }

  /** Reads again what somebody looks at, and the rest when somebody does. */
  reload(): Promise<void> {
    this.#chains = { head: this.#chains.head.aged(), tail: this.#chains.tail.aged() }
    return this.want(this.#from, this.#to)
  }

  /** Replaces rows that are here by newer ones; what is not here is left out. */
  patch(rows: readonly Row[]): void {
    const { toId } = this.#options
    const newer = new Map(rows.map((row) => [toId(row), row]))
    const isKnown = (row: Row): boolean => newer.has(toId(row))
    const replace = (row: Row): Row => newer.get(toId(row)) ?? row
    const { head, tail } = this.#chains
    if (!head.rows.some(isKnown) && !tail.rows.some(isKnown)) return
    this.#chains = { head: head.replaced(isKnown, replace), tail: tail.replaced(isKnown, replace) }
    this.#show(this.#layOut(this.#view.totalCount ?? 0))
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

  /** Which page is to be read now; null when what is wanted is here. */
  #findNext(): Step | null {
    if (this.#abort.signal.aborted) return null
    const { head, tail } = this.#chains
    const total = this.#view.totalCount ?? 0
    const old = head.findOld(this.#from, this.#to)
    if (old !== null) return { ...old, side: 'head' }
    if (head.isEmpty) return { index: 0, after: null, side: 'head' }
    if (head.isWhole) return null
    const oldTail = tail.findOld(total - this.#to, total - this.#from)
    if (oldTail !== null) return { ...oldTail, side: 'tail' }
    return this.#findUnread(total)
  }

  /** The page that is nearest to what is wanted and in neither chain. */
  #findUnread(total: number): Step | null {
    const { head, tail } = this.#chains
    const gap = { from: head.length, to: total - tail.length }
    const from = Math.max(this.#from, gap.from)
    const to = Math.min(this.#to, gap.to)
    if (from >= to) return null
    const side = to - gap.from <= gap.to - from || tail.isWhole ? 'head' : 'tail'
    const next = this.#chains[side].findNext()
    return next === null ? null : { ...next, side }
  }

  async #read(): Promise<void> {
    if (this.#findNext() === null) return
    this.#show({ isLoading: true, problem: null })
    try {
      for (let step = this.#findNext(); step !== null; step = this.#findNext()) {
        const { side, after } = step
        const page = await this.#options.readPage({ after, isBackwards: side === 'tail' }, this.#abort.signal)
        this.#put(step, page)
      }
    } catch (error) {
      this.#show({ problem: error instanceof Error ? error.message : String(error) })
    }
    this.#show({ isLoading: false })
  }

  #put(step: Step, page: RowPage<Row, Coverage>): void {
    const { totalCount, coverage } = page
    this.#chains = { ...this.#chains, [step.side]: this.#chains[step.side].with(step, page) }
    // From the beginning to the end: what was read from the other side is not needed any more.
    if (this.#chains.head.isWhole) this.#chains = { head: this.#chains.head, tail: PageChain.empty }
    const readAtMs = (this.#options.now ?? Date.now)()
    this.#show({ ...this.#layOut(totalCount), totalCount, coverage, readAtMs })
  }

  /** A row that has changed its place between two pages may be in both: the one that is nearer to the beginning counts. */
  #layOut(total: number): Pick<RowPagesView<Row, Coverage>, 'rows' | 'readCount'> {
    const seen = new Set<string>()
    const isNew = (row: Row): boolean => {
      const id = this.#options.toId(row)
      if (seen.has(id)) return false
      seen.add(id)
      return true
    }
    const head = this.#chains.head.rows.filter(isNew)
    const tail = this.#chains.tail.rows.toReversed().filter(isNew)
    const readCount = head.length + tail.length
    if (tail.length === 0 || readCount >= total) return { rows: [...head, ...tail], readCount }
    const gap = Array.from<undefined>({ length: total - readCount })
    return { rows: [...head, ...gap, ...tail], readCount }
  }
}
