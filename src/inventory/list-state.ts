import type { ListName, ToldList } from '../domain/ports/shared-lists.ts'
import type { SnapshotList } from '../domain/ports/snapshot-store.ts'
import type { CachedRead } from './cached-read.ts'
import type { ReadText } from './list-text.ts'
import type { SiteFeed } from './site-feed.ts'

/** What this gateway knows of one list of one site, as far as other gateways have to do with it. */
export class ListState implements Pick<ToldList, 'asked' | 'outdated' | 'heard' | 'answered'> {
  readonly feed: SiteFeed
  readonly name: ListName
  readonly read: CachedRead<unknown>
  sequence = 0
  asked = 0
  outdated = 0
  heard = 0
  answered = 0
  /** What was taken over last, and under which number; null while nothing was, or this gateway reads itself. */
  taken: { readonly number: number; readonly text: ReadText } | null = null
  /** What is told of it cannot be used here: it is of another site under the same name. */
  isForeign = false
  /** Nobody has answered the last question. */
  isUnheard = false
  /** How many times it was said here that it is out of date, and nobody knows yet under which number. */
  outdating = 0
  /** The value that was told last under the present lease; `this` while none was. */
  toldValue: unknown = this
  /** Whether a question is being worked at here. */
  isAnswering = false
  /** Called whenever something is known anew. */
  readonly calls = new Set<() => void>()

  constructor(feed: SiteFeed, list: SnapshotList) {
    this.feed = feed
    this.name = { siteName: feed.adapter.siteName, list }
    this.read = feed[list]
  }

  /** Takes down what another gateway has told or asked. */
  note({ sequence, asked, outdated, heard, answered }: ToldList): void {
    this.sequence = Math.max(this.sequence, sequence)
    this.asked = Math.max(this.asked, asked)
    this.outdated = Math.max(this.outdated, outdated)
    this.heard = Math.max(this.heard, heard)
    this.answered = Math.max(this.answered, answered)
    for (const call of this.calls) call()
  }

  /** This gateway reads from now on: what it tells first is told whole, and every question is looked at again. */
  lead(): void {
    this.taken = null
    this.toldValue = this
    this.isForeign = false
    this.isUnheard = false
    this.asked = this.answered
    for (const call of this.calls) call()
  }
}
