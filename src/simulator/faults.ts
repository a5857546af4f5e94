import { randomUUID } from 'node:crypto'

/**
 * What a service does instead of, or around, its proper answer. Those that change a body do so to the proper answer,
 * and only where it is JSON with a status of 2xx; any other answer leaves as it is.
 */
export type FaultEffect =
  /** Answers with this and does nothing. */
  | {
      readonly kind: 'ANSWER'
      readonly status: number
      readonly body: string
      readonly headers?: Readonly<Record<string, string>>
    }
  /** Sends to another address and does nothing. */
  | { readonly kind: 'REDIRECT'; readonly status: number; readonly location: string }
  /** Cuts the connection before the request is looked at. */
  | { readonly kind: 'RESET_BEFORE' }
  /** Does what was asked, then cuts the connection instead of answering. */
  | { readonly kind: 'RESET_AFTER' }
  /** Does what was asked and never answers. */
  | { readonly kind: 'HANG' }
  /** Does what was asked and answers so much later, in real time. */
  | { readonly kind: 'DELAY'; readonly delayMs: number }
  /** Sends the body so many bytes at a time, in real time. */
  | { readonly kind: 'SLOW_DRIP'; readonly bytes: number; readonly intervalMs: number }
  /** Promises the whole body, sends its first half and cuts the connection. */
  | { readonly kind: 'TRUNCATED_BODY' }
  /** Sends the first half of the body as if it were all of it. */
  | { readonly kind: 'MALFORMED_BODY' }
  /** Sends a JSON text of this size, made while it is sent. */
  | { readonly kind: 'HUGE_BODY'; readonly sizeBytes: number }
  /** The same, compressed to about a thousandth. */
  | { readonly kind: 'GZIP_BOMB'; readonly sizeBytes: number }
  /** Sends the first half of the compressed body as if it were all of it. */
  | { readonly kind: 'TRUNCATED_GZIP' }
  /** Numbers and booleans become texts, texts become numbers: in members of these names, or in all where there are none. */
  | { readonly kind: 'WRONG_TYPES'; readonly members: readonly string[] }
  /** Every member of this name holds `word`, or a number that no list has where it holds a number. */
  | { readonly kind: 'UNKNOWN_WORD'; readonly member: string; readonly word: string }
  /** Every member of this name is left out. */
  | { readonly kind: 'MISSING_MEMBER'; readonly member: string }
  /** Every member of this name holds `value`: an answer of the right form that is not true. */
  | { readonly kind: 'SET_MEMBER'; readonly member: string; readonly value: unknown }
  /** The Date header and all times in the body are off by so much; below 0 the clock has gone back. */
  | { readonly kind: 'CLOCK_SKEW'; readonly seconds: number }
  /**
   * REPEAT shows the first page whichever was asked for. LOOP does too, and says that there is always one more.
   * TOTAL_CHANGES counts one more with every page.
   */
  | { readonly kind: 'PAGING'; readonly how: 'LOOP' | 'REPEAT' | 'TOTAL_CHANGES' }
  /** What holds `text` is missing from lists, and is not found when it is asked for; all is, where `text` is empty. */
  | { readonly kind: 'VANISHED'; readonly text: string }
  /** Lists hold everything twice, or come in reversed order. */
  | { readonly kind: 'DISORDER'; readonly how: 'DUPLICATED' | 'REVERSED' }

export interface Fault {
  /** Only this method; left out means every one. */
  readonly method?: string
  /** Tested against the path without its query, as it was sent. */
  readonly path: RegExp
  readonly effect: FaultEffect
  /** How often it strikes before it is used up. @default for ever */
  readonly times?: number
  /** How long it lasts, in the time of the service. @default for ever */
  readonly forSeconds?: number
}

/** A fault that may still strike. */
export interface ActiveFault extends Fault {
  readonly id: string
  /** How often it has struck. */
  readonly strikes: number
}

/** One strike of a fault. */
export interface Strike {
  readonly effect: FaultEffect
  /** The how manieth of its fault, beginning with 1. */
  readonly number: number
}

interface Entry {
  readonly id: string
  readonly fault: Fault
  readonly endsAt: number
  strikes: number
}

/** The faults of one service, taken in the order in which they were added. */
export class FaultList {
  #entries: Entry[] = []
  readonly #now: () => number

  /** @param now The time by which {@link Fault.forSeconds} is counted, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** @returns The fault's id, for {@link FaultList.remove}. */
  add(fault: Fault): string {
    const id = randomUUID()
    const endsAt = this.#now() + (fault.forSeconds ?? Number.POSITIVE_INFINITY) * 1000
    this.#entries.push({ id, fault, endsAt, strikes: 0 })
    return id
  }

  /** Those that may still strike. */
  list(): readonly ActiveFault[] {
    this.#dropSpent()
    return this.#entries.map(({ id, fault, strikes }) => ({ ...fault, id, strikes }))
  }

  /** False where no fault has this id. */
  remove(id: string): boolean {
    const index = this.#entries.findIndex((entry) => entry.id === id)
    if (index >= 0) this.#entries.splice(index, 1)
    return index >= 0
  }

  clear(): void {
    this.#entries = []
  }

  /** What strikes this request, or null; counts it. */
  take(method: string, path: string): Strike | null {
    this.#dropSpent()
    const hit = this.#entries.find(({ fault }) => (fault.method ?? method) === method && fault.path.test(path))
    if (hit === undefined) return null
    hit.strikes += 1
    return { effect: hit.fault.effect, number: hit.strikes }
  }

  #dropSpent(): void {
    const now = this.#now()
    this.#entries = this.#entries.filter(
      ({ fault, strikes, endsAt }) => strikes < (fault.times ?? Number.POSITIVE_INFINITY) && now < endsAt,
    )
  }
}
