import { describe } from 'vitest'
import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts'
import { journalSuite } from './journal.suite.ts'

describe('the SQLite journal', () => {
  journalSuite({ open: (options) => openSqliteJournal({ path: ':memory:', ...options }) })
})
