import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../src/domain/ports/clock.ts'
import type { EventBus } from '../../src/domain/ports/event-bus.ts'
import type { Journal, TaskQuery } from '../../src/domain/ports/journal.ts'
import type { Task, TaskEvent } from '../../src/domain/task.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import {
  everyTask,
  later,
  readAll,
  sampleIntent,
  sampleRequest,
  sampleTarget,
  sampleTargetId,
  sampleTask,
  sampleTaskId,
} from '../journal/sample-task.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'
import { auditBehaviour } from './journal-audit.ts'
import { foreignBehaviour } from './journal-foreign.ts'
import { intentBehaviour } from './journal-intents.ts'
import { pruningBehaviour } from './journal-pruning.ts'
import { sightBehaviour } from './journal-sight.ts'

/** A journal that nobody else uses, what it told the bus, and the clock it goes by. */
export interface StartedJournal extends AsyncDisposable {
  readonly journal: Journal
  readonly clock: FakeClock
  readonly published: readonly TaskEvent[]
}

export type StartJournal = () => Promise<StartedJournal>

export interface JournalSuiteOptions {
  /** Opens an empty journal that nobody else uses. */
  readonly open: (options: { readonly bus: EventBus; readonly clock: Clock }) => Promise<Journal>
}

const idsOf = (tasks: readonly Task[]) => tasks.map((task) => task.id)

// Two tasks start at each second, so that the id has to decide between them.
const fill = async (journal: Journal, count: number): Promise<readonly string[]> => {
  for (let number = 0; number < count; number += 1) {
    await journal.begin(sampleIntent(number, { startedAt: later(Math.floor(number / 2)) }))
  }
  const { tasks } = await journal.listTasks(everyTask)
  return idsOf(tasks)
}

/** What every journal must do, whatever it keeps its rows in. */
export const journalSuite = ({ open }: JournalSuiteOptions): void => {
  let ran = 0
  beforeEach(() => {
    ran += 1
  })
  afterAll(() => {
    if (ran === 0) throw new Error('The journal suite ran nothing')
  })

  const start: StartJournal = async () => {
    const clock = createFakeClock()
    const bus = createMemoryEventBus()
    const published: TaskEvent[] = []
    bus.subscribe((event) => published.push(event))
    const journal = await open({ bus, clock })
    return { journal, clock, published, [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose]() }
  }

  intentBehaviour(start)

  describe('changing a task', () => {
    it('keeps every member of a task as it was given', async () => {
      // V3
      await using gateway = await start()
      const { journal } = gateway
      const hostile = 'a\u0000b \ud83d\ude00 \u202e "\'; drop table tasks; -- \r\n'
      const problem = {
        code: 'VENDOR_REFUSED',
        message: hostile,
        siteName: 'zvm-a',
        vendorCode: null,
        vendorMessage: hostile,
        httpStatus: 409,
        retryAfterSeconds: null,
        operationId: 'operation-1',
      } as const
      const task = sampleTask({
        targetName: hostile,
        stage: hostile,
        progressPercent: 12.5,
        endedAt: later(9),
        problem,
        warnings: [problem],
        awaitingSince: later(3),
        autoDecisionAt: later(4),
        unfinishedSend: hostile,
        reconciliation: { verdict: 'ADOPTED', evidence: [hostile], at: later(6) },
        request: sampleRequest({
          idempotencyKey: hostile,
          reason: hostile,
          input: { deep: [{ hostile }, null, 1.5] },
          options: { hostile },
          decision: { policy: 'COMMIT', afterSeconds: 60 },
          overriddenRisks: [hostile],
        }),
      })
      await journal.begin({ ...sampleIntent(1), task, caller: hostile, inputHash: hostile })
      expect(await journal.getTask(task.id)).toEqual(task)
      expect(await journal.findByKey({ caller: hostile, operation: 'FAILOVER', key: hostile })).toEqual({
        task,
        inputHash: hostile,
      })
    })

    it('appends the task as it was after each change', async () => {
      await using gateway = await start()
      const { journal, published } = gateway
      await journal.begin(sampleIntent(1))
      const sent = [{ method: 'POST', path: '/v1/things/1', body: { a: 1 } }] as const
      await journal.update(
        sampleTaskId(1),
        { dispatch: 'ACCEPTED', vendorTaskId: 'task-1', sent },
        'STATE_CHANGE',
        later(1),
      )
      await journal.update(sampleTaskId(1), { state: 'RUNNING', progressPercent: 10 }, 'STATE_CHANGE', later(2))
      await journal.update(sampleTaskId(1), { progressPercent: 20 }, 'PROGRESS', later(3))

      const events = await readAll(journal, 1)
      expect(events.map(({ kind, task }) => [kind, task.state, task.progressPercent])).toEqual([
        ['STATE_CHANGE', 'ACCEPTED', null],
        ['STATE_CHANGE', 'ACCEPTED', null],
        ['STATE_CHANGE', 'RUNNING', 10],
        ['PROGRESS', 'RUNNING', 20],
      ])
      expect(events.map(({ at, task }) => [at, task.updatedAt]).slice(1)).toEqual([
        [later(1), later(1)],
        [later(2), later(2)],
        [later(3), later(3)],
      ])
      expect(events[3]?.task).toMatchObject({ vendorTaskId: 'task-1', request: { sent } })
      expect(await journal.getTask(sampleTaskId(1))).toEqual(events[3]?.task)
      expect(published).toEqual(events)
    })

    it('lets a final task be: answers with it and appends nothing', async () => {
      // N14
      await using gateway = await start()
      const { journal, published } = gateway
      await journal.begin(sampleIntent(1))
      const ended = await journal.update(
        sampleTaskId(1),
        { state: 'SUCCEEDED', endedAt: later(5) },
        'STATE_CHANGE',
        later(5),
      )
      expect(await journal.update(sampleTaskId(1), { state: 'FAILED' }, 'STATE_CHANGE', later(6))).toEqual(ended)
      expect(await journal.update(sampleTaskId(1), { progressPercent: 99 }, 'PROGRESS', later(7))).toEqual(ended)
      expect(await journal.getTask(sampleTaskId(1))).toEqual(ended)
      expect(published).toHaveLength(2)
    })

    it.each([
      { told: 30, kept: 50 },
      { told: null, kept: 50 },
      { told: 70, kept: 70 },
    ])('never lets progress go back: at 50, told $told, it keeps $kept', async ({ told, kept }) => {
      // N14
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1))
      await journal.update(sampleTaskId(1), { progressPercent: 50 }, 'PROGRESS', later(1))
      await journal.update(sampleTaskId(1), { progressPercent: told, stage: 'x' }, 'STATE_CHANGE', later(2))
      expect(await journal.getTask(sampleTaskId(1))).toMatchObject({ progressPercent: kept, stage: 'x' })
    })

    it('appends nothing for progress that says nothing new', async () => {
      await using gateway = await start()
      const { journal, published } = gateway
      await journal.begin(sampleIntent(1))
      const first = await journal.update(sampleTaskId(1), { progressPercent: 50 }, 'PROGRESS', later(1))
      expect(await journal.update(sampleTaskId(1), { progressPercent: 50 }, 'PROGRESS', later(2))).toEqual(first)
      expect(await journal.update(sampleTaskId(1), { progressPercent: 40 }, 'PROGRESS', later(3))).toEqual(first)
      expect(published).toHaveLength(2)
      expect(await journal.lastSequence()).toBe(published[1]?.sequence)
    })

    it('writes what one look has found in the order given, with the events that single changes would have', async () => {
      await using gateway = await start()
      const { journal, published } = gateway
      for (const number of [1, 2, 3]) await journal.begin(sampleIntent(number))
      await journal.update(sampleTaskId(3), { state: 'SUCCEEDED', endedAt: later(1) }, 'STATE_CHANGE', later(1))
      const begun = published.length

      const written = await journal.updateAll([
        { taskId: sampleTaskId(2), patch: { state: 'RUNNING' }, kind: 'STATE_CHANGE', at: later(2) },
        { taskId: sampleTaskId(9), patch: { state: 'RUNNING' }, kind: 'STATE_CHANGE', at: later(2) },
        { taskId: sampleTaskId(3), patch: { state: 'FAILED' }, kind: 'STATE_CHANGE', at: later(2) },
        { taskId: sampleTaskId(1), patch: { progressPercent: 40 }, kind: 'PROGRESS', at: later(2) },
        { taskId: sampleTaskId(2), patch: { progressPercent: 10 }, kind: 'PROGRESS', at: later(2) },
      ])

      expect(written.map((task) => [task?.id, task?.state, task?.progressPercent])).toEqual([
        [sampleTaskId(2), 'RUNNING', null],
        [undefined, undefined, undefined],
        [sampleTaskId(3), 'SUCCEEDED', null],
        [sampleTaskId(1), 'ACCEPTED', 40],
        [sampleTaskId(2), 'RUNNING', 10],
      ])
      const events = published.slice(begun)
      expect(events.map(({ kind, task }) => [kind, task.id])).toEqual([
        ['STATE_CHANGE', sampleTaskId(2)],
        ['PROGRESS', sampleTaskId(1)],
        ['PROGRESS', sampleTaskId(2)],
      ])
      expect(await readAll(journal, 2)).toMatchObject([{}, { at: later(2) }, { at: later(2) }])
      expect(await journal.getTask(sampleTaskId(2))).toEqual(events[2]?.task)
    })

    it('writes all of very many changes', async () => {
      await using gateway = await start()
      const { journal, published } = gateway
      const numbers = Array.from({ length: 120 }, (_, index) => index + 1)
      for (const number of numbers) await journal.begin(sampleIntent(number))
      const at = later(1)
      const written = await journal.updateAll(
        numbers.map((number) => ({
          taskId: sampleTaskId(number),
          patch: { state: 'RUNNING' },
          kind: 'STATE_CHANGE',
          at,
        })),
      )
      expect(written.map((task) => task?.id)).toEqual(numbers.map(sampleTaskId))
      const told = published.slice(numbers.length)
      expect(told.map(({ task }) => [task.id, task.state])).toEqual(
        numbers.map((number) => [sampleTaskId(number), 'RUNNING']),
      )
    })

    it('rejects a change of a task that it does not hold', async () => {
      await using gateway = await start()
      await expect(gateway.journal.update(sampleTaskId(9), {}, 'PROGRESS', later(1))).rejects.toThrow(/holds no task/)
    })
  })

  describe('events', () => {
    it('publishes 60 concurrent changes in the order of their sequence, each only when it can be read', async () => {
      // W3: a listener that falls back to the journal must find what it was told of.
      const clock = createFakeClock()
      const bus = createMemoryEventBus()
      await using journal = await open({ bus, clock })
      const told: Promise<readonly [number, Task | null]>[] = []
      bus.subscribe(({ sequence, task }) => {
        told.push(journal.getTask(task.id).then((found) => [sequence, found]))
      })
      await Promise.all(Array.from({ length: 20 }, (_, number) => journal.begin(sampleIntent(number))))
      await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          journal.update(sampleTaskId(index % 20), { progressPercent: index + 1 }, 'PROGRESS', later(index)),
        ),
      )
      const results = await Promise.all(told)
      const sequences = results.map(([sequence]) => sequence)
      expect(sequences).toHaveLength(60)
      expect(sequences).toEqual(sequences.toSorted((one, other) => one - other))
      expect(results.every(([, found]) => found !== null)).toBe(true)
    })

    it('reads the events of one task above a sequence, oldest first and no more than asked', async () => {
      // W8: at every possible cursor there is no gap and no double.
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1))
      await journal.begin(sampleIntent(2))
      for (let percent = 1; percent <= 5; percent += 1) {
        await journal.update(sampleTaskId(1), { progressPercent: percent }, 'PROGRESS', later(percent))
        await journal.update(sampleTaskId(2), { progressPercent: percent }, 'PROGRESS', later(percent))
      }
      const all = await readAll(journal, 1)
      expect(all).toHaveLength(6)
      for (const [index, { sequence }] of all.entries()) {
        expect(await journal.readEvents(sampleTaskId(1), sequence, 100)).toEqual(all.slice(index + 1))
        expect(await journal.readEvents(sampleTaskId(1), sequence, 2)).toEqual(all.slice(index + 1, index + 3))
      }
    })

    it('reads the events of all tasks in the order in which they were published', async () => {
      // W8
      await using gateway = await start()
      const { journal, published } = gateway
      await journal.begin(sampleIntent(1))
      await journal.begin(sampleIntent(2))
      for (const number of [1, 2, 1]) {
        await journal.update(sampleTaskId(number), { progressPercent: number }, 'PROGRESS', later(number))
      }
      const all = await journal.readEvents(null, 0, 100)
      expect(all).toEqual(published)
      for (const [index, { sequence }] of all.entries()) {
        expect(await journal.readEvents(null, sequence, 100)).toEqual(all.slice(index + 1))
        expect(await journal.readEvents(null, sequence, 2)).toEqual(all.slice(index + 1, index + 3))
      }
    })

    it('counts from 0 in an empty journal', async () => {
      await using gateway = await start()
      expect(await gateway.journal.lastSequence()).toBe(0)
      expect(await readAll(gateway.journal, 1)).toEqual([])
    })
  })

  describe('listing tasks', () => {
    it('lists newest first, and by id where two started at once', async () => {
      await using gateway = await start()
      const ids = await fill(gateway.journal, 6)
      const pairs = [
        [5, 4],
        [3, 2],
        [1, 0],
      ] as const
      expect(ids).toEqual(pairs.flatMap((pair) => pair.map(sampleTaskId).sort().toReversed()))
    })

    it.each([1, 2, 3, 7])('gives every task once in pages of %i', async (limit) => {
      await using gateway = await start()
      const { journal } = gateway
      const ids = await fill(journal, 7)
      const seen: string[] = []
      let olderThan: string | null = null
      for (let hasMore = true; hasMore;) {
        const page = await journal.listTasks({ ...everyTask, limit, olderThan })
        expect(page.totalCount).toBe(7)
        seen.push(...idsOf(page.tasks))
        olderThan = seen.at(-1) ?? null
        hasMore = page.hasMore
      }
      expect(seen).toEqual(ids)
    })

    it('does not repeat or skip when a newer task comes between two pages', async () => {
      await using gateway = await start()
      const { journal } = gateway
      const ids = await fill(journal, 4)
      const first = await journal.listTasks({ ...everyTask, limit: 2 })
      await journal.begin(sampleIntent(50, { startedAt: later(50) }))
      const second = await journal.listTasks({ ...everyTask, limit: 2, olderThan: first.tasks[1]?.id ?? null })
      expect([...idsOf(first.tasks), ...idsOf(second.tasks)]).toEqual(ids)
      expect(second).toMatchObject({ totalCount: 5, hasMore: false })
    })

    it('throws NOT_FOUND for a page after a task that it does not hold', async () => {
      await using gateway = await start()
      const page = gateway.journal.listTasks({ ...everyTask, olderThan: sampleTaskId('nobody') })
      await expect(page).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    it.each([
      { filter: { siteNames: ['zvm-b'] }, found: [2] },
      { filter: { states: ['RUNNING', 'SUCCEEDED'] }, found: [3] },
      { filter: { operations: ['MOVE'] }, found: [4] },
      { filter: { targetIds: [sampleTargetId] }, found: [1, 2, 3] },
      { filter: { siteNames: ['zvm-a'], operations: ['FAILOVER'] }, found: [1, 3] },
      { filter: { siteNames: [] }, found: [] },
      { filter: { states: ['FAILED'] }, found: [] },
    ] satisfies { filter: Partial<TaskQuery>; found: number[] }[])('filters by $filter', async ({ filter, found }) => {
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1))
      await journal.begin(sampleIntent(2, { siteName: 'zvm-b' }))
      await journal.begin(sampleIntent(3))
      await journal.update(sampleTaskId(3), { state: 'RUNNING' }, 'STATE_CHANGE', later(1))
      await journal.begin(sampleIntent(4, { operation: 'MOVE', target: { ...sampleTarget, nativeId: 'group-2' } }))
      const page = await journal.listTasks({ ...everyTask, ...filter })
      expect(idsOf(page.tasks).sort()).toEqual(found.map(sampleTaskId).sort())
      expect(page).toMatchObject({ totalCount: found.length, hasMore: false })
    })

    it('lists the open tasks of a site and of a target, which OUTCOME_UNKNOWN still is', async () => {
      await using gateway = await start()
      const { journal } = gateway
      const states = ['RUNNING', 'SUCCEEDED', 'OUTCOME_UNKNOWN', 'CANCELLED', 'AWAITING_DECISION', 'FAILED'] as const
      for (const [index, state] of states.entries()) {
        await journal.begin(sampleIntent(index, { startedAt: later(index) }))
        await journal.update(sampleTaskId(index), { state }, 'STATE_CHANGE', later(index))
      }
      await journal.begin(sampleIntent(7, { siteName: 'zvm-b', target: null }))
      const ids = [0, 2, 4].map(sampleTaskId)
      expect(idsOf(await journal.listOpenTasks('zvm-a'))).toEqual(ids)
      expect(idsOf(await journal.listOpenTasksOf(sampleTargetId))).toEqual(ids)
      expect(idsOf(await journal.listOpenTasks('zvm-b'))).toEqual([sampleTaskId(7)])
      expect(await journal.listOpenTasks('zvm-c')).toEqual([])
    })

    it('finds a task by a target that it was only told of later', async () => {
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1, { target: null, operation: 'START_REPLICATION' }))
      await journal.update(sampleTaskId(1), { target: sampleTarget }, 'STATE_CHANGE', later(1))
      expect(idsOf(await journal.listOpenTasksOf(sampleTargetId))).toEqual([sampleTaskId(1)])
    })
  })

  auditBehaviour(start)
  foreignBehaviour(start)
  pruningBehaviour(start)
  sightBehaviour(start)

  it('finishes the writes that have begun before it closes', async () => {
    const gateway = await start()
    const begun = gateway.journal.begin(sampleIntent(1))
    await gateway[Symbol.asyncDispose]()
    expect(await begun).toMatchObject({ kind: 'BEGUN' })
  })
}
