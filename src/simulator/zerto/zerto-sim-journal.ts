import { seconds } from './zerto-sim-inferred.ts'

/** One point in time to which a group can be recovered. */
export interface SimCheckpoint {
  /** A number in digits, unique within its group, growing with time. */
  readonly id: string
  readonly at: number
  readonly tag: string | null
}

/** A stretch of even checkpoints; `end` null while it is being written. Both ends included, in milliseconds. */
interface Segment {
  readonly start: number
  readonly end: number | null
  readonly firstId: number
}

const stepMs = seconds.betweenCheckpoints * 1000

const countUntil = (segment: Segment, now: number): number => {
  const limit = Math.min(segment.end ?? now, now)
  return limit < segment.start ? 0 : Math.floor((limit - segment.start) / stepMs) + 1
}

/**
 * The journal of a group. A day holds 17,280 checkpoints, so they are computed from the stretches in which the group
 * was protected; only tags are stored. It reaches back from the newest checkpoint as far as its history says.
 */
export class CheckpointJournal {
  /** How far the journal reaches back. */
  historyMinutes: number
  #segments: Segment[] = []
  #nextId: number
  readonly #tags = new Map<string, string>()

  constructor(historyMinutes: number, firstId: number) {
    this.historyMinutes = historyMinutes
    this.#nextId = firstId
  }

  get isOpen(): boolean {
    return this.#segments.at(-1)?.end === null
  }

  /** Begins to write checkpoints at the next full second. Does nothing when it is open already. */
  open(at: number): void {
    if (this.isOpen) return
    this.#segments.push({ start: Math.ceil(at / 1000) * 1000, end: null, firstId: this.#nextId })
  }

  /** Writes none after `at`. Does nothing when it is closed already. */
  close(at: number): void {
    const last = this.#segments.at(-1)
    if (last === undefined || last.end !== null) return
    const count = countUntil(last, at)
    this.#nextId = last.firstId + count
    this.#segments.pop()
    if (count > 0) this.#segments.push({ ...last, end: at })
  }

  /** Forgets every checkpoint, as a new synchronisation does. Ids go on growing. */
  clear(at: number): void {
    this.close(at)
    this.#segments = []
    this.#tags.clear()
  }

  /** Inserts a checkpoint of its own with a tag. */
  insert(at: number, tag: string): SimCheckpoint {
    const open = this.#segments.at(-1)
    const wasOpen = open?.end === null
    const next = wasOpen ? open.start + countUntil(open, at) * stepMs : at
    this.close(at)
    const id = this.#nextId++
    this.#segments.push({ start: at, end: at, firstId: id })
    if (wasOpen) this.#segments.push({ start: next, end: null, firstId: this.#nextId })
    this.#tags.set(String(id), tag)
    this.#forgetOld(at)
    return { id: String(id), at, tag }
  }

  /** Tags a checkpoint that is there already. */
  mark(id: string, tag: string): void {
    this.#tags.set(id, tag)
  }

  latest(now: number): SimCheckpoint | null {
    for (const segment of this.#segments.toReversed()) {
      const count = countUntil(segment, now)
      if (count > 0) return this.#at(segment, count - 1)
    }
    return null
  }

  earliest(now: number): SimCheckpoint | null {
    return this.#walk(now, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY).next().value ?? null
  }

  /** The checkpoint with this id, while the journal still reaches it. */
  find(id: string, now: number): SimCheckpoint | null {
    if (!/^\d{1,15}$/.test(id)) return null
    const number = Number(id)
    const segment = this.#segments.findLast((candidate) => candidate.firstId <= number)
    if (segment === undefined || number >= segment.firstId + countUntil(segment, now)) return null
    const found = this.#at(segment, number - segment.firstId)
    return found.at < this.#floor(now) || found.id !== id ? null : found
  }

  /** Oldest first; both ends included. */
  list(now: number, from: number, to: number): SimCheckpoint[] {
    return [...this.#walk(now, from, to)]
  }

  *#walk(now: number, from: number, to: number): Generator<SimCheckpoint, undefined> {
    const floor = Math.max(from, this.#floor(now))
    for (const segment of this.#segments) {
      const first = Math.max(0, Math.ceil((floor - segment.start) / stepMs))
      const last = Math.min(countUntil(segment, now) - 1, Math.floor((to - segment.start) / stepMs))
      for (let index = first; index <= last; index += 1) yield this.#at(segment, index)
    }
    return undefined
  }

  #forgetOld(now: number): void {
    const floor = this.#floor(now)
    this.#segments = this.#segments.filter(({ end }) => end === null || end >= floor)
    const firstId = this.#segments[0]?.firstId ?? this.#nextId
    for (const id of this.#tags.keys()) if (Number(id) < firstId) this.#tags.delete(id)
  }

  #floor(now: number): number {
    const latest = this.latest(now)
    return latest === null ? Number.POSITIVE_INFINITY : latest.at - this.historyMinutes * 60_000
  }

  #at(segment: Segment, index: number): SimCheckpoint {
    const id = String(segment.firstId + index)
    return { id, at: segment.start + index * stepMs, tag: this.#tags.get(id) ?? null }
  }
}
