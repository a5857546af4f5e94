import { describe } from 'vitest'
import type { Journal } from '../../src/domain/ports/journal.ts'
import type { Store } from '../../src/journal/store.ts'
import type { OpenOptions, StorePlace } from '../journal/store-place.ts'
import { journalSuite } from './journal.suite.ts'
import { leasesSuite } from './leases.suite.ts'
import { protectionLogSuite } from './protection-log.suite.ts'
import { rpoHistorySuite } from './rpo-history.suite.ts'
import { snapshotStoreSuite } from './snapshot-store.suite.ts'
import type { StartedStore } from './started-store.ts'

/**
 * What every store must do, whatever database it is kept in.
 *
 * @param kind Of the database, as people call it.
 */
export const storeSuite = (kind: string, createPlace: () => Promise<StorePlace>): void => {
  /** One part of a store in a place of its own. */
  const start = async <T>(part: (store: Store) => T, options: OpenOptions = {}): Promise<StartedStore<T>> => {
    const place = await createPlace()
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
        await place[Symbol.asyncDispose]()
      },
    }
  }

  /** A journal that is closed together with its store. */
  const open = async (options: OpenOptions): Promise<Journal> => {
    const place = await createPlace()
    const { journal } = await place.open(options)
    const close = journal[Symbol.asyncDispose].bind(journal)
    journal[Symbol.asyncDispose] = async () => {
      await close()
      await place[Symbol.asyncDispose]()
    }
    return journal
  }

  describe(`the ${kind} journal`, () => {
    journalSuite({ open })
  })

  describe(`the ${kind} snapshot store`, () => {
    snapshotStoreSuite({ start: () => start(({ snapshots }) => snapshots) })
  })

  describe(`the ${kind} RPO history`, () => {
    rpoHistorySuite({ start: () => start(({ rpoHistory }) => rpoHistory) })
  })

  describe(`the leases of ${kind}`, () => {
    leasesSuite({ start: () => start((store) => store) })
  })

  describe(`the ${kind} protection log`, () => {
    protectionLogSuite({ start: (protectionBus) => start(({ protectionLog }) => protectionLog, { protectionBus }) })
  })
}
