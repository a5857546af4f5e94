import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { Task, TaskReading } from '../../src/domain/task.ts'
import { everyTask, later, sampleTarget, sampleTaskId } from '../journal/sample-task.ts'
import { sampleReading, sampleRecovery } from './sample-recovery.ts'
import { ScriptedSite } from './scripted-site.ts'
import { foreignMaxAgeMs, pollIntervalMs, send, start } from './tracking-rig.ts'

const target = sampleTarget

/** A task that an operator has started at the site. */
const theirs = (given: Partial<TaskReading> = {}): TaskReading =>
  sampleReading({ operation: 'TEST_FAILOVER', startedBy: 'operator', startedAt: later(-10), target, ...given })

const list = (site: ScriptedSite, ...readings: readonly TaskReading[]): void => {
  site.listed = readings.map((reading) => ({ reading }))
  for (const reading of readings) site.tasks.set(reading.vendorTaskId, reading)
}

type Gateway = Awaited<ReturnType<typeof start>>

const listTasks = async ({ journal }: Gateway): Promise<readonly Task[]> => (await journal.listTasks(everyTask)).tasks

describe('looking for what others have started', () => {
  it('asks nothing while nobody watches and nobody asks', async () => {
    // W2
    const site = new ScriptedSite()
    list(site, theirs())
    await using gateway = await start({ sites: [site] })
    gateway.clock.turn(86_400_000)
    expect(gateway.clock.waiting()).toBe(0)
    expect([site.searches, site.taskCalls]).toEqual([[], []])
  })

  it('finds a task while somebody watches, and follows it to its end when nobody does any more', async () => {
    // W5
    const site = new ScriptedSite()
    site.names.set('group-1', 'Payroll')
    site.recoveries.set('group-1', sampleRecovery('TESTING'))
    await using gateway = await start({ sites: [site] })
    const watching = gateway.tracker.watchForeign()
    await gateway.paused()
    list(site, theirs({ progressPercent: 30 }))
    await gateway.round()
    expect(await listTasks(gateway)).toMatchObject([
      {
        dispatch: 'FOREIGN',
        operation: 'TEST_FAILOVER',
        state: 'RUNNING',
        progressPercent: 30,
        target,
        targetName: 'Payroll',
        startedBy: 'operator',
        startedAt: later(-10),
        request: null,
      },
    ])
    watching[Symbol.dispose]()
    const [task] = await listTasks(gateway)
    list(site, theirs({ state: 'SUCCEEDED', progressPercent: 100, endedAt: later(20) }))
    const ended = await gateway.lastRound(task?.id ?? '', 'SUCCEEDED')
    expect(ended).toMatchObject({ id: task?.id, endedAt: later(20), progressPercent: 100 })
    const asked = site.searches.length
    gateway.clock.turn(86_400_000)
    expect(gateway.clock.waiting()).toBe(0)
    expect(site.searches).toHaveLength(asked)
  })

  it('asks no more often for a thousand who watch than for one', async () => {
    // W2
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    for (let number = 0; number < 1_000; number += 1) gateway.tracker.watchForeign()
    await gateway.paused()
    await gateway.round()
    await gateway.round()
    expect(site.searches).toHaveLength(3)
  })

  it('does not ask more often when somebody begins to watch over and over again', async () => {
    // W2
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    for (let number = 0; number < 20; number += 1) {
      const watching = gateway.tracker.watchForeign()
      await gateway.paused()
      watching[Symbol.dispose]()
      gateway.tracker.nudge('zvm-a')
    }
    expect(site.searches).toHaveLength(1)
  })

  it('goes back an hour at first, and then to the look before with a margin', async () => {
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    gateway.tracker.watchForeign()
    await gateway.paused()
    await gateway.round()
    expect(site.searches).toEqual([
      { since: later(-3_600), operationId: null },
      { since: later(-120), operationId: null },
    ])
  })

  it('makes one task of what two sites list', async () => {
    // W5
    const sites = [new ScriptedSite('zvm-a'), new ScriptedSite('zvm-b')]
    for (const site of sites) list(site, theirs())
    await using gateway = await start({ sites })
    await gateway.tracker.refreshForeign()
    expect(await listTasks(gateway)).toHaveLength(1)
    expect(gateway.events).toHaveLength(1)
  })

  it('takes a task that is listed twice as it stands the furthest', async () => {
    // N14
    const site = new ScriptedSite()
    const ended = theirs({ state: 'SUCCEEDED', progressPercent: 100, endedAt: later(-1) })
    list(site, theirs({ progressPercent: 80 }), ended, theirs({ progressPercent: 20 }))
    await using gateway = await start({ sites: [site] })
    await gateway.tracker.refreshForeign()
    expect(await listTasks(gateway)).toMatchObject([{ state: 'SUCCEEDED', progressPercent: 100, endedAt: later(-1) }])
    expect(gateway.events).toHaveLength(1)
  })

  it('writes down what is over without asking for it again', async () => {
    const site = new ScriptedSite()
    list(site, theirs({ state: 'FAILED', endedAt: later(-1) }), theirs({ vendorTaskId: 'task-2', operation: 'OTHER' }))
    await using gateway = await start({ sites: [site] })
    await gateway.tracker.refreshForeign()
    await gateway.paused()
    expect((await listTasks(gateway)).map(({ state }) => state).sort()).toEqual(['FAILED', 'RUNNING'])
    expect(site.taskCalls).toEqual([['task-2']])
  })
})

describe('asking for tasks', () => {
  it('looks once for all who ask at the same time, and not again before that is too old', async () => {
    // R2
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    await Promise.all(Array.from({ length: 50 }, () => gateway.tracker.refreshForeign()))
    expect(site.searches).toHaveLength(1)
    gateway.clock.turn(foreignMaxAgeMs - 1)
    await gateway.tracker.refreshForeign()
    expect(site.searches).toHaveLength(1)
    gateway.clock.turn(1)
    await gateway.tracker.refreshForeign()
    expect(site.searches).toHaveLength(2)
  })

  it('goes on without a site that fails, and says so once', async () => {
    // R1
    const [down, up] = [new ScriptedSite('zvm-a'), new ScriptedSite('zvm-b')]
    down.searchFailure = DomainError.vendor({ code: 'VENDOR_UNAVAILABLE', message: 'down', siteName: 'zvm-a' })
    list(up, theirs())
    await using gateway = await start({ sites: [down, up] })
    for (let number = 0; number < 3; number += 1) {
      await gateway.tracker.refreshForeign()
      gateway.clock.turn(foreignMaxAgeMs)
    }
    expect(await listTasks(gateway)).toHaveLength(1)
    expect(gateway.logged).toEqual(['What others have started at a site cannot be looked for'])
  })

  it('follows what runs at a site that lists nothing new', async () => {
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    list(site, theirs())
    await gateway.tracker.refreshForeign()
    site.searchFailure = DomainError.vendor({ code: 'VENDOR_REFUSED', message: 'no', siteName: 'zvm-a' })
    gateway.tracker.watchForeign()
    await gateway.paused()
    const before = site.taskCalls.length
    await gateway.round()
    await gateway.round()
    expect(site.taskCalls).toHaveLength(before + 2)
    expect(gateway.logged).toEqual(['What others have started at a site cannot be looked for'])
  })

  it('does not wait longer than three seconds for a site that does not answer', async () => {
    // N9
    const site = new ScriptedSite()
    const { promise, resolve } = Promise.withResolvers<void>()
    site.gate = promise
    list(site, theirs())
    await using gateway = await start({ sites: [site] })
    const asked = gateway.tracker.refreshForeign()
    await gateway.clock.untilWaiting(1)
    gateway.clock.turn(3_000)
    await asked
    expect(await listTasks(gateway)).toEqual([])
    const rest = gateway.tracker.refreshForeign()
    resolve()
    await rest
    expect(await listTasks(gateway)).toHaveLength(1)
  })

  it('ends a look that is under way when it is disposed', async () => {
    const site = new ScriptedSite()
    site.gate = new Promise(() => {})
    const gateway = await start({ sites: [site] })
    const asked = gateway.tracker.refreshForeign()
    await gateway[Symbol.asyncDispose]()
    await asked
    expect(gateway.logged).toEqual([])
  })
})

describe('a task of the site that may be that of a call from here', () => {
  const own = { operation: 'TEST_FAILOVER' } as const

  it('waits until the answer of the call is known, and is then not taken for somebody else’s', async () => {
    // W5: the look has come between the vendor's acceptance and the journal.
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    await send(gateway.journal, 1, own)
    list(
      site,
      theirs({ vendorTaskId: 'TASK-1' }),
      theirs({ vendorTaskId: 'task-2', target: { ...target, nativeId: 'group-2' } }),
    )
    await gateway.tracker.refreshForeign()
    const [other] = (await listTasks(gateway)).filter(({ dispatch }) => dispatch === 'FOREIGN')
    expect(await listTasks(gateway)).toHaveLength(2)
    expect(other).toMatchObject({ vendorTaskId: 'task-2' })

    const accepted = { dispatch: 'ACCEPTED', vendorTaskId: 'task-1' } as const
    await gateway.journal.update(sampleTaskId(1), accepted, 'STATE_CHANGE', later(1))
    gateway.clock.turn(foreignMaxAgeMs)
    await gateway.tracker.refreshForeign()
    expect((await listTasks(gateway)).map(({ id }) => id).sort()).toEqual([sampleTaskId(1), other?.id ?? ''].sort())
  })

  it('also waits at the site that is paired with the one that was called', async () => {
    // W5
    const [called, paired] = [new ScriptedSite('zvm-a'), new ScriptedSite('zvm-b')]
    await using gateway = await start({ sites: [called, paired] })
    await send(gateway.journal, 1, own)
    list(paired, theirs())
    await gateway.tracker.refreshForeign()
    expect(await listTasks(gateway)).toMatchObject([{ id: sampleTaskId(1) }])
  })

  it.each([
    { what: 'of a kind that is not known', reading: { operation: 'OTHER' }, isHeld: true },
    { what: 'that names no target', reading: { target: null }, isHeld: true },
    { what: 'of another kind', reading: { operation: 'PAUSE' }, isHeld: false },
  ] as const)('is one $what: held back is $isHeld', async ({ reading, isHeld }) => {
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    await send(gateway.journal, 1, own)
    list(site, theirs(reading))
    await gateway.tracker.refreshForeign()
    expect(await listTasks(gateway)).toHaveLength(isHeld ? 1 : 2)
  })

  it('is taken over when the call turns out to have failed', async () => {
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    await send(gateway.journal, 1, own)
    list(site, theirs())
    await gateway.tracker.refreshForeign()
    const refused = { dispatch: 'NOT_SENT', state: 'FAILED', endedAt: later(1) } as const
    await gateway.journal.update(sampleTaskId(1), refused, 'STATE_CHANGE', later(1))
    gateway.clock.turn(3_600_000)
    await gateway.tracker.refreshForeign()
    expect((await listTasks(gateway)).map(({ dispatch }) => dispatch).sort()).toEqual(['FOREIGN', 'NOT_SENT'])
  })
})

const failover = (given: Partial<TaskReading> = {}): TaskReading =>
  theirs({ operation: 'FAILOVER', state: 'SUCCEEDED', progressPercent: 100, endedAt: later(-5), ...given })
const decision = (operation: Task['operation'], given: Partial<TaskReading> = {}): TaskReading =>
  failover({ vendorTaskId: 'task-2', operation, startedAt: later(-4), endedAt: later(-2), ...given })

describe('a recovery that others have started', () => {
  it('waits for a decision when its target does, although the task of the site has ended', async () => {
    const site = new ScriptedSite()
    site.recoveries.set('group-1', sampleRecovery('AWAITING_COMMIT'))
    list(site, failover())
    await using gateway = await start({ sites: [site] })
    await gateway.tracker.refreshForeign()
    await gateway.paused()
    expect(await listTasks(gateway)).toMatchObject([
      { state: 'AWAITING_DECISION', endedAt: null, startedBy: 'operator' },
    ])
  })

  it('has ended as the site says when its target is at rest', async () => {
    const site = new ScriptedSite()
    site.recoveries.set('group-1', sampleRecovery('NONE'))
    list(site, failover())
    await using gateway = await start({ sites: [site] })
    await gateway.tracker.refreshForeign()
    await gateway.paused()
    const [task] = await listTasks(gateway)
    expect(await gateway.lastRound(task?.id ?? '', 'SUCCEEDED')).toMatchObject({ endedAt: later(-5) })
  })

  it.each([
    { sequel: 'COMMIT_FAILOVER', state: 'SUCCEEDED', stage: null },
    { sequel: 'ROLLBACK_FAILOVER', state: 'CANCELLED', stage: 'rolled back' },
    { sequel: 'FAILOVER', state: 'SUCCEEDED', stage: null },
  ] as const)('that was followed by $sequel is $state, however its target is now', async ({ sequel, state, stage }) => {
    const site = new ScriptedSite()
    site.recoveries.set('group-1', sampleRecovery('AWAITING_COMMIT'))
    list(site, decision(sequel), failover())
    await using gateway = await start({ sites: [site] })
    await gateway.tracker.refreshForeign()
    const tasks = await listTasks(gateway)
    expect(tasks.find(({ vendorTaskId }) => vendorTaskId === 'task-1')).toMatchObject({ state, stage })
  })

  it('ends as taken back when others roll it back', async () => {
    const site = new ScriptedSite()
    site.recoveries.set('group-1', sampleRecovery('AWAITING_COMMIT'))
    list(site, failover())
    await using gateway = await start({ sites: [site] })
    gateway.tracker.watchForeign()
    await gateway.paused()
    await gateway.round()
    const [task] = await listTasks(gateway)
    const ended = gateway.until(task?.id ?? '', 'CANCELLED')
    list(site, decision('ROLLBACK_FAILOVER', { startedAt: later(1), endedAt: later(2) }), failover())
    await gateway.round()
    site.recoveries.set('group-1', sampleRecovery('NONE'))
    await gateway.round()
    expect(await ended).toMatchObject({ stage: 'rolled back', warnings: [] })
  })
})

describe('how often it looks', () => {
  it('is less and less often while nothing changes, and often again when somebody begins to watch a task', async () => {
    // W2
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    list(site, theirs())
    await gateway.tracker.refreshForeign()
    for (const pause of [1, 1, 1, 1, 2, 3, 4, 5, 5]) await gateway.round(pause * pollIntervalMs)
    const before = site.taskCalls.length
    gateway.clock.turn(pollIntervalMs / 2)
    for (let number = 0; number < 10_000; number += 1) gateway.tracker.nudge('zvm-a')
    await gateway.paused()
    expect(site.taskCalls).toHaveLength(before)
    gateway.clock.turn(pollIntervalMs / 2)
    await gateway.paused()
    expect(site.taskCalls).toHaveLength(before + 1)
  })

  it('is not changed by who watches a task of another site', async () => {
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    list(site, theirs())
    await gateway.tracker.refreshForeign()
    for (const pause of [1, 1, 1, 1, 2, 3, 4]) await gateway.round(pause * pollIntervalMs)
    const before = site.taskCalls.length
    gateway.tracker.nudge('zvm-b')
    gateway.clock.turn(2 * pollIntervalMs)
    await gateway.paused()
    expect(site.taskCalls).toHaveLength(before)
  })
})

const syncing = (given: Partial<TaskReading> = {}) => theirs({ operation: 'SYNC', progressPercent: null, ...given })

describe('a task that gives no percentage', () => {
  it('has that of its target, which is read once for all its tasks, and never goes back', async () => {
    // N14
    const site = new ScriptedSite()
    site.recoveries.set('group-1', sampleRecovery('NONE'))
    site.syncPercents.set('group-1', 40)
    list(site, syncing(), syncing({ vendorTaskId: 'task-2', operation: 'RESUME' }))
    await using gateway = await start({ sites: [site] })
    await gateway.tracker.refreshForeign()
    await gateway.paused()
    await gateway.round()
    expect((await listTasks(gateway)).map(({ progressPercent }) => progressPercent)).toEqual([40, 40])
    site.targetCalls.length = 0
    site.syncPercents.set('group-1', 10)
    await gateway.round()
    expect(site.targetCalls).toEqual(['group-1'])
    site.syncPercents.set('group-1', 100)
    await gateway.round()
    expect((await listTasks(gateway)).map(({ progressPercent }) => progressPercent)).toEqual([99, 99])
  })

  it('is not looked at where the task tells it, or its target shows no transfer of its kind', async () => {
    const site = new ScriptedSite()
    site.recoveries.set('group-1', sampleRecovery('NONE'))
    site.syncPercents.set('group-1', 40)
    list(site, syncing({ progressPercent: 5 }), syncing({ vendorTaskId: 'task-2', operation: 'PAUSE' }))
    await using gateway = await start({ sites: [site] })
    await gateway.tracker.refreshForeign()
    await gateway.paused()
    site.targetCalls.length = 0
    await gateway.round()
    expect(site.targetCalls).toEqual([])
  })
})
