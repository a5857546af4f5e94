/** Time, as far as rules depend on it. Tests turn it. */
export interface Clock {
  now(): Date
  /** Resolves after the time, at once when `signal` aborts. Never rejects. */
  wait(durationMs: number, signal: AbortSignal): Promise<void>
}
