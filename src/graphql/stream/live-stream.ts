/** Who is told that a stream has something more. */
export interface Arrival {
  /** Called in the middle of giving an event out: takes nothing yet, and never throws. */
  onArrival(): void
}

/**
 * A stream whose events can also be taken without waiting, so that thousands of subscribers are served by a loop instead of
 * by promises, and hold none while nothing happens. Not while `next` is waited for.
 */
export interface LiveStream<Out> extends AsyncIterableIterator<Out> {
  /** What can be handed out now; null when there is nothing, or when `next` has to find it out. */
  takeNow(): Out | null
  /** True when nothing but an arrival can bring more; asked after {@link LiveStream.takeNow} gave null. Else ask `next`. */
  readonly isResting: boolean
  /** Tells `arrival` of all that comes from now on, the end included. */
  rest(arrival: Arrival): void
}

/** True for a stream that keeps all of {@link LiveStream}. */
export const isLive = <Out>(stream: AsyncIterator<Out>): stream is LiveStream<Out> => 'takeNow' in stream
