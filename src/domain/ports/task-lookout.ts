/** How those who look at tasks tell the tracking that somebody looks. */
export interface TaskLookout {
  /** From now on, until it is disposed, what others start at the vendors is looked for at every site all the time. */
  watchForeign(): Disposable
  /**
   * Looks once for what others have started, at each site where the last look is older than the configured age; who asks
   * meanwhile joins. What is found is in the journal when it resolves. Never rejects: a site that does not answer in time
   * is left out.
   */
  refreshForeign(): Promise<void>
  /** Somebody has begun to watch a task of this site (its configured name): it is looked at more often again. */
  nudge(siteName: string): void
}
