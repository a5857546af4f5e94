import { describe } from 'vitest'
import { createMemoryStore, MemoryJournal } from '../support/memory-journal.ts'
import { journalSuite } from './journal.suite.ts'

describe('the journal in memory', () => {
  journalSuite({ open: async (options) => new MemoryJournal({ store: createMemoryStore(), ...options }) })
})
