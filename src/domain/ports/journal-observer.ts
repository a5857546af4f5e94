/** `FENCED` was refused because somebody else has by now what gave the right to it. Nothing was written. */
export type WriteOutcome = 'OK' | 'FAILED' | 'FENCED'

/** Is told of every write to the journal. Must not throw. */
export interface JournalObserver {
  /** @param write The name of the call. */
  noteWrite(write: string, outcome: WriteOutcome, seconds: number): void
}
