import type { Problem } from '../domain/errors.ts'
import type { Journal } from '../domain/ports/journal.ts'

interface UnsentIntent {
  /** Global id of its task. */
  readonly id: string
  readonly from: 'PREPARED' | 'SENT'
  readonly problem: Problem
}

/**
 * Intents of this process that were not sent, and could not be taken back because the store did not let itself be written.
 * As long as one stands in the journal its key and its target look busy, although nobody will ever send it.
 */
export class UnsentIntents {
  readonly #journal: Journal
  readonly #left = new Map<string, UnsentIntent>()

  constructor(journal: Journal) {
    this.#journal = journal
  }

  /** Takes one back, or keeps it in mind. @returns Why it could not be taken back; null when it was. */
  async release(intent: UnsentIntent): Promise<Error | null> {
    const { id, from, problem } = intent
    try {
      await this.#journal.release(id, from, problem)
      this.#left.delete(id)
      return null
    } catch (error) {
      this.#left.set(id, intent)
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  /** Takes back what is left. @throws STORE_BUSY, STORE_UNAVAILABLE when the store still does not let itself be written. */
  async releaseAll(): Promise<void> {
    for (const intent of this.#left.values().toArray()) {
      const error = await this.release(intent)
      if (error !== null) throw error
    }
  }
}
