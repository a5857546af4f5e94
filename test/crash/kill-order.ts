/** What a transaction of the journal is about, as its statements show; of a task, only where this process has begun it. */
export type JournalWrite =
  /** A new intent takes its key. */
  | 'INTENT'
  /** The intent is about to leave. */
  | 'MARK_SENT'
  /** A call of several steps has something open at the vendor. */
  | 'HANDLE'
  /** Its last step is about to leave. */
  | 'HANDLE_CLEARED'
  /** The vendor has accepted. */
  | 'ANSWER'
  /** The vendor has refused, or it was found out that nothing happened. */
  | 'NOT_SENT'
  /** The answer was lost. */
  | 'LOST'
  /** A task that the vendor has accepted goes on. */
  | 'TRACKING'
  /** An intent that was not sent goes. */
  | 'RELEASE'
  /** An entry in the audit log and nothing else. */
  | 'AUDIT_ONLY'

/** When a process kills itself. Only the first thing that fits counts. */
export type KillOrder =
  /**
   * In a transaction of the journal: after its entry in the audit log was inserted, before its commit, or after it.
   * Commits are the ones that SQLite has reported: on the disk, as far as SQLite can tell.
   */
  | {
      readonly on: 'WRITE'
      readonly write: JournalWrite
      readonly moment: 'AUDIT_INSERTED' | 'BEFORE_COMMIT' | 'AFTER_COMMIT'
    }
  /**
   * In a call that changes something at a vendor: before its first byte leaves, after its last byte was given to the
   * system, when the head of the answer has come, or when all of it has.
   */
  | {
      readonly on: 'CALL'
      readonly method: string
      /** Source of a regular expression for the path. */
      readonly path: string
      readonly moment: 'BEFORE_FIRST_BYTE' | 'AFTER_LAST_BYTE' | 'ANSWER_BEGINS' | 'ANSWER_WHOLE'
    }
  /** At the so many-th step from now on: a step is the beginning or end of a statement, or a moment of any call. */
  | { readonly on: 'STEP'; readonly number: number }

/** Environment: the order that a process has from its start, as JSON. */
export const orderVariable = 'CRASH_ORDER'

/** What the process answers when it has taken another one. */
export const orderTaken = 'order taken'

/** Environment: by how many milliseconds the clock of the process is ahead of the machine's. */
export const clockAheadVariable = 'CRASH_CLOCK_AHEAD_MS'
