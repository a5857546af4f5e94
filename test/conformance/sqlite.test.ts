import { describe } from 'vitest'
import type { Store } from '../../src/journal/sqlite-store.ts'
import { createStorePlace, type OpenOptions } from '../journal/store-place.ts'
import { openJournal } from '../support/open-journal.ts'
import { journalSuite } from './journal.suite.ts'
import { protectionLogSuite } from './protection-log.suite.ts'
import { rpoHistorySuite } from './rpo-history.suite.ts'
import { snapshotStoreSuite } from './snapshot-store.suite.ts'
import type { StartedStore } from './started-store.ts'

/** One part of an SQLite store in a folder of its own. */
const start = async <T>(part: (store: Store) => T, options: OpenOptions = {}): Promise<StartedStore<T>> => {
  const place = createStorePlace()
  let store = await place.open(options)
  return {
    port: part(store),
    reopen: async () => {
      await store[Symbol.asyncDispose]()
      store = await place.open(options)
      return part(store)
    },
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]()
      place[Symbol.dispose]()
    },
  }
}

describe('the SQLite journal', () => {
  journalSuite({ open: (options) => openJournal(options) })
})

describe('the SQLite snapshot store', () => {
  snapshotStoreSuite({ start: () => start(({ snapshots }) => snapshots) })
})

describe('the SQLite RPO history', () => {
  rpoHistorySuite({ start: () => start(({ rpoHistory }) => rpoHistory) })
})

describe('the SQLite protection log', () => {
  protectionLogSuite({ start: (protectionBus) => start(({ protectionLog }) => protectionLog, { protectionBus }) })
})
