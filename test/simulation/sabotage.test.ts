import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { EventBus } from '../../src/domain/ports/event-bus.ts'
import type { BeginResult, Intent } from '../../src/domain/ports/journal.ts'
import type { Task, TaskReading } from '../../src/domain/task.ts'
import type { Command } from '../../src/domain/command.ts'
import type { PreparedCall } from '../../src/domain/ports/vendor-adapter.ts'
import { MemoryJournal, type MemoryJournalOptions, type MemoryStore } from '../support/memory-journal.ts'
import { explore } from './explore.ts'
import type { Sabotage } from './run-scenario.ts'
import { VendorHandle } from './vendor-handle.ts'

/** A journal that breaks one of its promises. */
class BrokenJournal extends MemoryJournal {
  protected readonly store: MemoryStore

  constructor(options: MemoryJournalOptions) {
    super(options)
    this.store = options.store
  }
}

class ForgetsKeys extends BrokenJournal {
  override async findByKey(): Promise<null> {
    return null
  }

  override begin(intent: Intent): Promise<BeginResult> {
    this.store.keys.clear()
    return super.begin(intent)
  }
}

class OverlooksOpenTasks extends BrokenJournal {
  override begin(intent: Intent): Promise<BeginResult> {
    return super.begin({ ...intent, exclusiveIds: [] })
  }
}

class ForgetsThatItSent extends BrokenJournal {
  override async markSent(taskId: string): Promise<Task> {
    const before = this.store.tasks.get(taskId)
    const sent = await super.markSent(taskId)
    if (before !== undefined) this.store.tasks.set(taskId, before)
    return sent
  }
}

class ListsNoTasks extends VendorHandle {
  override async listTasks(): Promise<readonly TaskReading[]> {
    return []
  }
}

const withoutLists: Sabotage = { openSite: (options) => new ListsNoTasks(options) }

const deaf: EventBus = { publish: () => {}, subscribe: () => ({ [Symbol.dispose]: () => {} }) }

class RepeatsLostCalls extends VendorHandle {
  override async prepare(command: Command): Promise<PreparedCall> {
    const prepared = await super.prepare(command)
    return {
      ...prepared,
      send: async (options) => {
        try {
          return await prepared.send(options)
        } catch (error) {
          if (!(error instanceof DomainError) || error.code !== 'OUTCOME_UNKNOWN') throw error
          return prepared.send(options)
        }
      },
    }
  }
}

// Always the same search, so that this never depends on luck.
const seed = 4

const findWith = async (gateways: number, sabotage: Sabotage): Promise<string | null> => {
  const { finding } = await explore({ gateways, runs: 3_000, seed, sabotage })
  return finding?.words ?? null
}

describe('the simulation catches', { timeout: 60_000 }, () => {
  it('a journal that forgets keys, and shows the shortest way there', async () => {
    const words = await findWith(1, { openJournal: (options) => new ForgetsKeys(options) })
    expect(words).toMatch(/^The vendor receives .* for the second time/)
    // It needs nothing but the same press twice.
    expect(words?.match(/asks gateway-1 for/g)).toHaveLength(2)
    expect(words).not.toMatch(/kill -9/)
  })

  it('a journal that lets a second task begin on a target', async () => {
    const words = await findWith(2, { openJournal: (options) => new OverlooksOpenTasks(options) })
    expect(words).toMatch(/begins beside FAILOVER/)
  })

  it('a journal that does not keep that a call was sent', async () => {
    const words = await findWith(1, { openJournal: (options) => new ForgetsThatItSent(options) })
    expect(words).toMatch(/was not marked as sent/)
  })

  it('a journal that does not say what it has written', async () => {
    const words = await findWith(1, { openJournal: (options) => new MemoryJournal({ ...options, bus: deaf }) })
    expect(words).toMatch(/^Nobody was told of event/)
  })

  it('a site that never lists its tasks, so that nobody finds what was accepted', async () => {
    const words = await findWith(1, withoutLists)
    expect(words).toMatch(/^\w+ of [^ ]+ \(.*\) (was accepted and is SENT|is said not to have happened)/)
  })

  it('the same things in the same order each time', async () => {
    const [once, again] = [await findWith(2, withoutLists), await findWith(2, withoutLists)]
    expect(once).toContain('gateway-2')
    expect(again).toBe(once)
  })

  it('an adapter that repeats a call whose answer was lost', async () => {
    const words = await findWith(1, { openSite: (options) => new RepeatsLostCalls(options) })
    expect(words).toMatch(/for the second time/)
    expect(words).toMatch(/gets no proper answer/)
  })
})
