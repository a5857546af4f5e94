/** A part of a store that nobody else uses. */
export interface StartedStore<T> extends AsyncDisposable {
  readonly port: T
  /** Closes it and opens it again, as a restart of the gateway does; what was started before cannot be used any more. */
  readonly reopen: () => Promise<T>
}
