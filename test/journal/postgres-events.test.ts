import { EventEmitter, once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import type { TaskEvent } from '../../src/domain/task.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { later, sampleIntent, sampleTaskId } from './sample-task.ts'
import { createPostgresPlace, type OpenOptions } from './store-place.ts'
import { changeOf, numbers } from './store-uses.ts'

/** Notes what a bus gives out. */
const createEar = <E extends { readonly sequence: number }>() => {
  const bus = createMemoryEventBus<E>()
  const heard: E[] = []
  const news = new EventEmitter()
  bus.subscribe((event) => {
    heard.push(event)
    news.emit('event')
  })
  return {
    bus,
    heard,
    /** Resolves when so many events were heard. */
    untilHeard: async (count: number): Promise<void> => {
      while (heard.length < count) await once(news, 'event')
    },
    sequences: () => heard.map(({ sequence }) => sequence),
  }
}

const listenWith = (options: OpenOptions = {}) => {
  const [tasks, changes] = [createEar<TaskEvent>(), createEar<ProtectionEvent>()]
  return { tasks, changes, options: { bus: tasks.bus, protectionBus: changes.bus, ...options } }
}

describe('the buses of gateways on one PostgreSQL', () => {
  it('give everybody every event once, in the order of the sequence, whoever has appended it', async () => {
    await using place = await createPostgresPlace()
    const ears = numbers(3).map(() => listenWith())
    await using stack = new AsyncDisposableStack()
    const stores = []
    for (const { options } of ears) stores.push(stack.use(await place.open(options)))
    const appended = stores.flatMap(({ journal, protectionLog }, index) =>
      numbers(20).map(async (number) => {
        await journal.begin(sampleIntent(index * 100 + number))
        await protectionLog.append([changeOf(index * 100 + number), changeOf(index * 100 + number + 50)], [])
      }),
    )
    await Promise.all(appended)
    for (const { tasks, changes } of ears) {
      await tasks.untilHeard(60)
      await changes.untilHeard(120)
    }
    const all = await stores[0]?.journal.readEvents(null, 0, 1_000)
    for (const { tasks, changes } of ears) {
      expect(tasks.heard).toEqual(all)
      expect(changes.sequences()).toEqual(numbers(120).map((number) => number + 1))
    }
  })

  it('tell another gateway within a second', async () => {
    await using place = await createPostgresPlace()
    const { tasks, options } = listenWith()
    await using listening = new AsyncDisposableStack()
    listening.use(await place.open(options))
    await using writing = await place.open()
    await writing.journal.begin(sampleIntent(1))
    const writtenAt = performance.now()
    await tasks.untilHeard(1)
    expect(performance.now() - writtenAt).toBeLessThan(1_000)
  })

  it('find within 2 seconds what was told and not heard', async () => {
    // C11
    await using place = await createPostgresPlace()
    const clock = createFakeClock()
    const { tasks, changes, options } = listenWith({ clock })
    await using store = await place.open(options)
    await store.journal.begin(sampleIntent(1))
    // Whoever writes so tells nobody.
    await place.edit(`
      insert into task_events (task_id, kind, at, document) select task_id, kind, at, document from task_events;
      insert into protection_events values (1, 0, '{}'); update protection_head set sequence = 1
    `)
    expect(tasks.heard).toHaveLength(1)
    clock.turn(2_000)
    await tasks.untilHeard(2)
    await changes.untilHeard(1)
  })

  it('give out after a broken connection what was written meanwhile, and hear again', async () => {
    await using place = await createPostgresPlace()
    const { tasks, options } = listenWith({ clock: systemClock })
    await using listening = new AsyncDisposableStack()
    listening.use(await place.open(options))
    await using writing = await place.open({ clock: systemClock })
    await place.edit(`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'
    `)
    await writing.journal.begin(sampleIntent(1))
    await tasks.untilHeard(1)
    await writing.journal.update(sampleTaskId(1), { state: 'RUNNING' }, 'STATE_CHANGE', later(1))
    await tasks.untilHeard(2)
    expect(tasks.heard.map(({ task }) => task.state)).toEqual(['ACCEPTED', 'RUNNING'])
  })

  it('do not repeat to a gateway that starts what was written before', async () => {
    await using place = await createPostgresPlace()
    await using writing = await place.open()
    await writing.journal.begin(sampleIntent(1))
    const { tasks, options } = listenWith()
    await using listening = new AsyncDisposableStack()
    listening.use(await place.open(options))
    await writing.journal.begin(sampleIntent(2))
    await tasks.untilHeard(1)
    expect(tasks.heard.map(({ task }) => task.id)).toEqual([sampleTaskId(2)])
  })
})
