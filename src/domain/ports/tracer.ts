/** Where a piece of work stands among all traces, in the words of W3C Trace Context. */
export interface TracePlace {
  /** 32 hexadecimal digits. */
  readonly traceId: string
  /** 16 hexadecimal digits. */
  readonly spanId: string
  /** False where whoever began the trace does not want it written down. */
  readonly isSampled: boolean
}

/** What is said of a piece of work. Null is left out. Never a secret, an argument of a caller, or what a vendor has answered. */
export type TraceFacts = Readonly<Record<string, string | number | boolean | null>>

/** One piece of work, while it is under way. What is said of one that is not written down, or has ended, is forgotten. */
export interface TraceSpan {
  readonly place: TracePlace
  note(facts: TraceFacts): void
  /** What it was that a caller asked for, once that is known. @param name As the caller gave it, of any length; null without one. */
  nameOperation(type: string, name: string | null, hasFailed: boolean): void
  /** It did not go well. @param code A word for why; never a message. */
  fail(code: string): void
}

/**
 * `OPERATION` is what a caller asks for: it begins a trace, or goes on with the caller's. `STEP` and `CALL` (to a site) are
 * parts of what is under way, and traces of their own where nothing is. `WAIT` is such a part, and nothing where nothing is.
 */
export type TraceKind = 'OPERATION' | 'STEP' | 'CALL' | 'WAIT'

export interface TraceStart {
  readonly kind: TraceKind
  /** One of few: no ids, and nothing that a caller has chosen. */
  readonly name: string
  readonly facts?: TraceFacts
  /** Of the caller, for an operation. @default null // it begins a trace */
  readonly parent?: TracePlace | null
  /** What it has to do with besides, in other traces. @default none */
  readonly links?: readonly TracePlace[]
}

/** Writes down what was done for whom, and how long it took. Must not throw. */
export interface Tracer {
  /**
   * Does the work, as a part of what is under way here; what it begins in its turn is a part of it. It ends when what it gives
   * is settled, or at once where that is no promise; what it has left behind by then, and goes on, is no part of it any more.
   */
  run<T>(start: TraceStart, work: (span: TraceSpan) => T): T
}

/** {@link Tracer.run}, or the work alone where nobody traces. */
export const traced = <T>(tracer: Tracer | null, start: TraceStart, work: (span: TraceSpan | null) => T): T =>
  tracer === null ? work(null) : tracer.run(start, work)
