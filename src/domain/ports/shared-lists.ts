import type { Problem } from '../errors.ts'
import type { Lease } from './leases.ts'
import type { SnapshotList } from './snapshot-store.ts'

/** One list of one configured site. */
export interface ListName {
  /** The site's name in the configuration. */
  readonly siteName: string
  readonly list: SnapshotList
}

/** What is known among the gateways of one list of one site. */
export interface ToldList extends ListName {
  /** Grows with everything that is told or asked of any list. */
  readonly sequence: number
  /** The gateway that has told of it last, see `Leases.replica`; null where it was only asked for. */
  readonly replica: string | null
  /** The same number, the same content; 0 where there is none yet. */
  readonly contentNumber: number
  /** When the content was last read well; null where it never was. */
  readonly observedAt: Date | null
  /** How long ago the site was last asked for it, well or not: by the clock of the database, when this was read. */
  readonly ageMs: number
  /** Why the last try failed; null when it succeeded. */
  readonly problem: Problem | null
  /** The number of the last question for a newer one; 0 before the first. */
  readonly asked: number
  /** The number under which it was last said that what was read before is out of date; 0 before the first. */
  readonly outdated: number
  /** The last question that the gateway that reads has heard of, and works at. */
  readonly heard: number
  /** Up to this number every question has its answer, and what was out of date was read anew. */
  readonly answered: number
}

/** One try to read a list, as the gateway that reads tells the others of it. */
export interface ListLook extends ListName, Pick<ToldList, 'observedAt' | 'problem' | 'heard' | 'answered'> {
  /** How long ago the site was asked, in milliseconds, whenever this is called. */
  readonly toAgeMs: () => number
  /** The list as text, which only the inventory understands; null where it is as it was told last. */
  readonly text: string | AsyncIterable<string> | null
}

/** What became of a question. */
export type Question =
  /** Whoever reads is to read it; the answer has this number, or a higher one. */
  | { readonly kind: 'ASKED'; readonly number: number }
  /** It is as young as it has to be: it was told under this sequence. */
  | { readonly kind: 'TOLD'; readonly sequence: number }

/**
 * The lists of the sites, among several gateways on one store: one reads them, and tells the others.
 *
 * @throws STORE_BUSY, STORE_UNAVAILABLE
 */
export interface SharedLists {
  /** What was told or asked since, in the order of the sequence. */
  readSince(sequence: number): Promise<readonly ToldList[]>
  /**
   * The newest content, which is kept as the snapshot of the list, in parts; null where there is none. Reading it fails where it
   * is damaged.
   */
  readText(name: ListName): Promise<AsyncIterable<string> | null>
  /**
   * Tells everybody of a look. One transaction; what is told of a list later wins.
   *
   * @throws LeaseLostError when another gateway reads by now. Then nothing was told.
   */
  tell(lease: Lease, look: ListLook): Promise<void>
  /** Says that a question has been heard, and is being worked at. @throws LeaseLostError */
  hear(lease: Lease, name: ListName, number: number): Promise<void>
  /** Asks whoever reads for an answer that is at most so old. */
  ask(name: ListName, maxAgeMs: number): Promise<Question>
  /** What was read of these lists until now is out of date. @returns the number under which that is known. */
  outdate(names: readonly ListName[]): Promise<number>
  /** Calls whenever another gateway has told or asked something, or may have. The call must not throw. */
  onNews(call: () => void): Disposable
}
