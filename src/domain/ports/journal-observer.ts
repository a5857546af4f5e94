/** Is told of every write to the journal. Must not throw. */
export interface JournalObserver {
  /** @param write The name of the call. */
  noteWrite(write: string, isDone: boolean, seconds: number): void
}
