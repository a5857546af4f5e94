import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Journal } from '../../src/domain/ports/journal.ts'
import type { Place } from '../../src/domain/reach.ts'
import type { Task, TaskEvent, TaskTarget } from '../../src/domain/task.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { createOwnLeases } from '../../src/journal/own-leases.ts'
import { startTaskTracker } from '../../src/tracking/task-tracker.ts'
import { sampleIntent } from '../journal/sample-task.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { openJournal } from '../support/open-journal.ts'
import type { ScriptedSite } from './scripted-site.ts'

export const pollIntervalMs = 1_000

/** How old a look for what others have started may be. */
export const foreignMaxAgeMs = 5_000

/** How long a lost answer is looked for. */
export const settleAfterMs = 300_000

export interface StartOptions {
  readonly sites: readonly ScriptedSite[]
  readonly path?: string
  /** What a former process has left in the journal. */
  readonly before?: (journal: Journal) => Promise<void>
  /** @default always the middle, so that a pause is as long as it should be */
  readonly random?: () => number
  /** Where targets stand. @default nobody lists any */
  readonly placesOf?: (target: TaskTarget) => readonly Place[]
}

/** A folder for a journal that outlives a tracker. */
export const createFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tracking-'))
  return {
    path: join(folder, 'journal.db'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Puts a task into the journal that was sent and has no answer yet. */
export const send = async (journal: Journal, number: number, given: Partial<Task> = {}): Promise<Task> => {
  const begun = await journal.begin(sampleIntent(number, given))
  if (begun.kind !== 'BEGUN') throw new Error(`The sample task ${number} cannot begin: ${begun.kind}`)
  return journal.markSent(begun.task.id)
}

/** Puts a task into the journal that the vendor has accepted under `task-<number>`. */
export const accept = async (journal: Journal, number: number, given: Partial<Task> = {}): Promise<string> => {
  const task = await send(journal, number, given)
  const patch = { dispatch: 'ACCEPTED', vendorTaskId: `task-${number}` } as const
  await journal.update(task.id, patch, 'STATE_CHANGE', task.startedAt)
  return task.id
}

/** A tracker over a real journal, with a clock that stands still until it is turned. */
export const start = async ({
  sites,
  path = ':memory:',
  before,
  random = () => 0.5,
  placesOf = () => [],
}: StartOptions) => {
  const clock = createFakeClock()
  const bus = createMemoryEventBus()
  const journal = await openJournal({ path, bus, clock })
  await before?.(journal)
  const events: TaskEvent[] = []
  bus.subscribe((event) => events.push(event))
  const logged: string[] = []
  const log = (message: string) => logged.push(message)
  const changed: TaskTarget[] = []
  const tracker = await startTaskTracker({
    adapters: sites,
    journal,
    leases: createOwnLeases(),
    bus,
    clock,
    logger: { debug: log, info: log, warn: log, error: log },
    pollIntervalMs,
    random,
    foreignMaxAgeMs,
    settleAfterMs,
    placesOf,
    onTargetChanged: (target) => changed.push(target),
  })
  const paused = () => clock.untilWaiting(1)
  const until = (taskId: string, state: Task['state']): Promise<Task> =>
    new Promise((resolve) => {
      bus.subscribe(({ task }) => {
        if (task.id === taskId && task.state === state) resolve(task)
      })
    })
  return {
    journal,
    clock,
    events,
    logged,
    changed,
    tracker,
    /** Resolves when the only site that has tasks waits for its next round. */
    paused,
    /** Lets the time of one pause pass, and resolves when the round after it is over. */
    round: async (durationMs = pollIntervalMs) => {
      await paused()
      clock.turn(durationMs)
      await paused()
    },
    /** The task as soon as it is written with this state. Ask before it may happen. */
    until,
    /** Lets the time of one pause pass, and resolves when the round has written this state. */
    lastRound: async (taskId: string, state: Task['state']) => {
      await paused()
      const written = until(taskId, state)
      clock.turn(pollIntervalMs)
      return written
    },
    [Symbol.asyncDispose]: async () => {
      await tracker[Symbol.asyncDispose]()
      await journal[Symbol.asyncDispose]()
    },
  }
}
