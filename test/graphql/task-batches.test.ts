import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import { graphql } from 'graphql'
import { describe, expect, it } from 'vitest'
import { toGlobalId } from '../../src/domain/global-id.ts'
import { defaultReadinessThresholds } from '../../src/domain/readiness-rules.ts'
import type { Sight } from '../../src/domain/sight.ts'
import { scopes } from '../../src/domain/viewer.ts'
// First of its room: the types are printed in the order in which their files are loaded.
import { createSchema } from '../../src/graphql/schema.ts'
import { createLoaders } from '../../src/graphql/loaders.ts'
import { ReadinessDesk } from '../../src/graphql/readiness/readiness-desk.ts'
import { openInventory } from '../../src/inventory/inventory.ts'
import { TaskBook } from '../../src/inventory/task-book.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { registerVendorSchemas } from '../../src/vendors/registry.ts'
import { sampleIntent, sampleTaskId } from '../journal/sample-task.ts'
import { createSqlitePlace } from '../journal/store-place.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createMemoryStore, type JournalOperation, MemoryJournal } from '../support/memory-journal.ts'
import { viewerOf } from '../support/viewer-of.ts'

registerVendorSchemas()
const schema = createSchema()

const taskCount = 20

/** Asks over a journal with some tasks. @returns the data, and what the journal was asked for. */
const ask = async (source: string, variableValues: object, sight: Sight | null = null) => {
  const asked: JournalOperation[] = []
  const options = { store: createMemoryStore(), bus: createMemoryEventBus(), clock: createFakeClock() }
  const journal = new MemoryJournal(options)
  for (let number = 0; number < taskCount; number += 1) {
    const places = [{ siteName: number % 2 === 0 ? 'zvm-a' : 'zvm-b', organization: null }]
    await journal.begin({ ...sampleIntent(number, { places, startedBy: 'bob' }), exclusiveIds: [] })
  }
  const counted = new MemoryJournal({
    ...options,
    pause: async (operation, moment) => void (moment === 'BEFORE' && asked.push(operation)),
  })
  const tasks = new TaskBook(counted, sight)
  const { clock } = options
  await using place = await createSqlitePlace()
  await using stores = await place.open({ clock })
  const changes = createMemoryEventBus<ProtectionEvent>()
  const settings = { adapters: [], changes, clock, logger: silentLogger, maxAgeSeconds: 5, staleForSeconds: 60 }
  await using inventory = await openInventory({ ...settings, stores })
  const readiness = new ReadinessDesk({ journal, clock, thresholds: defaultReadinessThresholds })
  const { signal } = new AbortController()
  const loaders = createLoaders({ inventory: inventory.within(null), tasks, readiness, signal })
  const contextValue = { viewer: viewerOf('alice', scopes), tasks, loaders }
  const { data, errors } = await graphql({ schema, source, variableValues: { ...variableValues }, contextValue })
  expect(errors).toBeUndefined()
  return { data, asked }
}

const ids = Array.from({ length: taskCount }, (_, number) => sampleTaskId(number))
const gone = toGlobalId('Task', 'ZERTO', 'gone')

const documents = [
  {
    field: 'nodes',
    source: 'query ($given: [ID!]!) { found: nodes(ids: $given) { id } }',
    give: (all: readonly string[]): readonly unknown[] => all,
  },
  {
    field: '_entities',
    source: 'query ($given: [_Any!]!) { found: _entities(representations: $given) { ... on Task { id } } }',
    give: (all: readonly string[]): readonly unknown[] => all.map((id) => ({ __typename: 'Task', id })),
  },
]

describe.each(documents)('$field', ({ source, give }) => {
  it('reads all tasks that it is asked for at once, and answers in their order', async () => {
    const wanted = [...ids.toReversed(), gone, ...ids.slice(0, 2)]
    const { data, asked } = await ask(source, { given: give(wanted) })
    expect(asked).toEqual(['findTasks'])
    expect(data).toEqual({ found: wanted.map((id) => (id === gone ? null : { id })) })
  })

  it('answers nothing of what is out of sight', async () => {
    const sight: Sight = { reach: [{ siteNames: ['zvm-a'], organizations: null }], viewerName: 'carol' }
    const { data } = await ask(source, { given: give(ids) }, sight)
    expect(data).toEqual({ found: ids.map((id, number) => (number % 2 === 0 ? { id } : null)) })
  })
})
