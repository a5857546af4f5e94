/** When a replica was finished, and which one it was, counted from 1. */
export interface Moment {
  readonly at: number
  readonly sequence: number
}

/** Keeps `numberOfInstances` replicas, one from each span of `distance` minutes. The vendor's words. */
export interface RetentionRule {
  readonly numberOfInstances: number
  readonly distance: number
}

/** A transfer under way. `isFull` is the first copy, before which nothing can be recovered. */
export interface Transfer {
  readonly from: number
  readonly until: number
  readonly isFull: boolean
}

interface Segment {
  /** When the transfer of the first replica of this segment starts. */
  readonly transferFrom: number
  readonly firstAt: number
  periodMs: number
  readonly firstSequence: number
  readonly isFull: boolean
  /** No replica after this; null while it goes on. */
  lastAt: number | null
}

const segmentsKept = 32

/**
 * The replicas of one VM through time: a few stretches of even spacing instead of a list, so that ten thousand VMs
 * with a replica every five minutes cost nothing until somebody looks.
 */
export class Timeline {
  /** How long a transfer lasts before each replica, in milliseconds. */
  readonly transferMs: number
  #segments: Segment[] = []

  constructor(transferMs: number) {
    this.transferMs = transferMs
  }

  /** A replica at `firstAt`, transferred since `transferFrom`, and then one every `periodMs`. */
  open(span: { transferFrom: number; firstAt: number; periodMs: number; isFull?: boolean }): void {
    const last = this.#segments.at(-1)
    const firstSequence = last === undefined ? 1 : last.firstSequence + count(last, last.lastAt ?? span.firstAt)
    this.#segments.push({ ...span, firstSequence, isFull: span.isFull ?? false, lastAt: null })
    if (this.#segments.length > segmentsKept) this.#segments.shift()
  }

  /** No replica is finished after `at`, until {@link Timeline.open}. */
  close(at: number): void {
    const last = this.#segments.at(-1)
    if (last === undefined || last.lastAt !== null) return
    if (at < last.firstAt) this.#segments.pop()
    else last.lastAt = at
  }

  /**
   * From now on one every `periodMs`, counted from the last one; what was announced is called off, but a first copy
   * goes on.
   */
  respace(now: number, periodMs: number): void {
    const last = this.#segments.at(-1)
    if (last === undefined || last.lastAt !== null) return
    const newest = this.latest(now)
    if (newest === null) {
      last.periodMs = periodMs
      return
    }
    this.close(now)
    const firstAt = Math.max(now + this.transferMs, newest.at + periodMs)
    this.open({ transferFrom: firstAt - this.transferMs, firstAt, periodMs })
  }

  latest(now: number): Moment | null {
    for (const segment of this.#segments.toReversed()) {
      const made = count(segment, now)
      if (made > 0) return moment(segment, made - 1)
    }
    return null
  }

  /** The transfer that runs at `now`, or null. */
  transfer(now: number): Transfer | null {
    const last = this.#segments.at(-1)
    if (last === undefined || last.lastAt !== null) return null
    if (now < last.firstAt) {
      return now < last.transferFrom ? null : { from: last.transferFrom, until: last.firstAt, isFull: last.isFull }
    }
    const until = last.firstAt + count(last, now) * last.periodMs
    const from = until - this.transferMs
    return now < from ? null : { from, until, isFull: false }
  }

  /** Whether the first copy is still to be finished, running or waiting for its hour. */
  awaitsFirstCopy(now: number): boolean {
    const last = this.#segments.at(-1)
    return last !== undefined && last.isFull && last.lastAt === null && now < last.firstAt
  }

  /** The newest, and what the rules keep: in each span of `distance` the oldest one. Newest first. */
  kept(now: number, rules: readonly RetentionRule[]): readonly Moment[] {
    const latest = this.latest(now)
    if (latest === null) return []
    const moments = new Map([[latest.sequence, latest]])
    let before = latest.at + 1
    for (const rule of rules.toSorted((a, b) => a.distance - b.distance)) {
      const spanMs = rule.distance * 60_000
      for (let left = rule.numberOfInstances; left > 0; left--) {
        const start = Math.floor((before - 1) / spanMs) * spanMs
        const oldest = this.#firstBetween(start, before, now)
        if (oldest !== null) moments.set(oldest.sequence, oldest)
        before = start
      }
    }
    return [...moments.values()].sort((a, b) => b.sequence - a.sequence)
  }

  /** Every replica from `from` up to, not including, `until`, whatever is kept of them. Oldest first. */
  between(from: number, until: number): readonly Moment[] {
    return this.#segments.flatMap((segment) => {
      const first = Math.max(0, Math.ceil((from - segment.firstAt) / segment.periodMs))
      const made = Math.max(0, count(segment, until - 1) - first)
      return Array.from({ length: made }, (_, index) => moment(segment, first + index))
    })
  }

  #firstBetween(start: number, end: number, now: number): Moment | null {
    for (const segment of this.#segments) {
      const index = Math.max(0, Math.ceil((start - segment.firstAt) / segment.periodMs))
      const candidate = moment(segment, index)
      if (candidate.at < end && index < count(segment, now)) return candidate
    }
    return null
  }
}

const moment = (segment: Segment, index: number): Moment => ({
  at: segment.firstAt + index * segment.periodMs,
  sequence: segment.firstSequence + index,
})

const count = (segment: Segment, now: number): number => {
  const until = Math.min(now, segment.lastAt ?? now)
  return until < segment.firstAt ? 0 : Math.floor((until - segment.firstAt) / segment.periodMs) + 1
}
