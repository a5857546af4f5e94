import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { Journal } from '../../src/domain/ports/journal.ts'
import { mostArrivalLooks } from '../../src/tracking/arrival-watch.ts'
import { sampleIntent, sampleTarget, sampleTaskId } from '../journal/sample-task.ts'
import { sampleReading, sampleRecovery } from './sample-recovery.ts'
import { ScriptedSite } from './scripted-site.ts'
import { accept, createFolder, send, start, type StartOptions } from './tracking-rig.ts'

const plain = { operation: 'TEST_FAILOVER' } as const

describe('polling', () => {
  it('asks for all tasks of a site in one call each round', async () => {
    // W2
    const site = new ScriptedSite()
    for (const number of [1, 2, 3]) site.tasks.set(`task-${number}`, sampleReading({ vendorTaskId: `task-${number}` }))
    await using gateway = await start({
      sites: [site],
      before: async (journal) => {
        for (const number of [1, 2, 3]) await accept(journal, number, plain)
      },
    })
    await gateway.round()
    await gateway.round()
    expect(site.taskCalls).toEqual(Array.from({ length: 3 }, () => ['task-1', 'task-2', 'task-3']))
    expect(site.targetCalls).toEqual([])
  })

  it('asks nothing while nothing runs, also after a task has ended', async () => {
    // W2
    const site = new ScriptedSite()
    const other = new ScriptedSite('zvm-b')
    await using gateway = await start({ sites: [site, other] })
    gateway.clock.turn(86_400_000)
    expect(gateway.clock.waiting()).toBe(0)

    site.tasks.set('task-1', sampleReading())
    const taskId = await accept(gateway.journal, 1, plain)
    await gateway.paused()
    site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED' }))
    await gateway.lastRound(taskId, 'SUCCEEDED')
    expect(site.taskCalls).toHaveLength(2)

    gateway.clock.turn(86_400_000)
    site.tasks.set('task-2', sampleReading({ vendorTaskId: 'task-2' }))
    await accept(gateway.journal, 2, plain)
    await gateway.paused()
    expect(site.taskCalls).toEqual([['task-1'], ['task-1'], ['task-2']])
    expect(other.taskCalls).toEqual([])
  })

  it('asks for a new task at once instead of at the end of the pause', async () => {
    const site = new ScriptedSite()
    for (const number of [1, 2]) site.tasks.set(`task-${number}`, sampleReading({ vendorTaskId: `task-${number}` }))
    await using gateway = await start({ sites: [site] })
    await accept(gateway.journal, 1, plain)
    await gateway.paused()
    await accept(gateway.journal, 2, plain)
    await gateway.paused()
    expect(site.taskCalls).toEqual([['task-1'], ['task-1', 'task-2']])
  })

  it('misses no task that comes while it asks for another', async () => {
    const site = new ScriptedSite()
    const { promise, resolve } = Promise.withResolvers<void>()
    site.gate = promise
    for (const number of [1, 2]) site.tasks.set(`task-${number}`, sampleReading({ vendorTaskId: `task-${number}` }))
    await using gateway = await start({
      sites: [site],
      before: async (journal) => void (await accept(journal, 1, plain)),
    })
    await accept(gateway.journal, 2, plain)
    resolve()
    await gateway.paused()
    expect(site.taskCalls.at(-1)).toEqual(['task-1', 'task-2'])
  })

  it('does not ask for what was prepared or sent and has no answer yet', async () => {
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    await gateway.journal.begin(sampleIntent(7, plain))
    await gateway.journal.begin(sampleIntent(8, plain))
    await gateway.journal.markSent(sampleTaskId(8))
    site.tasks.set('task-1', sampleReading())
    await accept(gateway.journal, 1, plain)
    await gateway.paused()
    expect(site.taskCalls).toEqual([['task-1']])
  })

  it('ends a call that is under way when it is disposed', async () => {
    const site = new ScriptedSite()
    site.gate = new Promise(() => {})
    const called = new Promise<void>((resolve) => {
      site.onTaskCall = resolve
    })
    const gateway = await start({ sites: [site], before: async (journal) => void (await accept(journal, 1, plain)) })
    await called
    await gateway[Symbol.asyncDispose]()
    expect(gateway.logged).toEqual([])
  })

  it('can be disposed before it has asked anything', async () => {
    const site = new ScriptedSite()
    site.gate = new Promise(() => {})
    const gateway = await start({ sites: [site], before: async (journal) => void (await accept(journal, 1, plain)) })
    await gateway[Symbol.asyncDispose]()
    expect(gateway.logged).toEqual([])
  })
})

describe('what it journals', () => {
  it('tells states apart from mere progress, and nothing when nothing has changed', async () => {
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    site.tasks.set('task-1', sampleReading({ progressPercent: 10 }))
    const taskId = await accept(gateway.journal, 1, plain)
    await gateway.paused()
    await gateway.round()
    site.tasks.set('task-1', sampleReading({ progressPercent: 40 }))
    await gateway.round()
    site.tasks.set('task-1', sampleReading({ progressPercent: 30 }))
    await gateway.round()
    site.tasks.set('task-1', sampleReading({ state: 'FAILED', progressPercent: 40 }))
    await gateway.lastRound(taskId, 'FAILED')
    expect(gateway.events.slice(2).map(({ kind, task }) => [kind, task.state, task.progressPercent])).toEqual([
      ['STATE_CHANGE', 'RUNNING', 10],
      ['PROGRESS', 'RUNNING', 40],
      ['STATE_CHANGE', 'FAILED', 40],
    ])
    expect(await gateway.journal.readEvents(taskId, 0, 100)).toEqual(gateway.events)
    expect(gateway.changed).toEqual([sampleTarget])
  })

  it('goes on after a restart with what the journal holds', async () => {
    // W5
    using folder = createFolder()
    const path = folder.path
    const site = new ScriptedSite()
    site.tasks.set('task-1', sampleReading({ progressPercent: 60 }))
    const follow = async () => {
      await using gateway = await start({ sites: [site], path })
      await accept(gateway.journal, 1, plain)
      await gateway.paused()
    }
    await follow()

    site.tasks.set('task-1', sampleReading({ progressPercent: 80 }))
    await using gateway = await start({ sites: [site], path })
    await gateway.paused()
    expect(await gateway.journal.getTask(sampleTaskId(1))).toMatchObject({ state: 'RUNNING', progressPercent: 80 })
    site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED', progressPercent: 100 }))
    await gateway.lastRound(sampleTaskId(1), 'SUCCEEDED')
  })
})

describe('a site that cannot be read', () => {
  const down = DomainError.vendor({ code: 'VENDOR_UNAVAILABLE', message: 'down', siteName: 'zvm-a' })
  const denied = DomainError.vendor({ code: 'VENDOR_REFUSED', message: 'no', siteName: 'zvm-a', httpStatus: 403 })

  it.each([down, denied, new Error('a bug')])('leaves its tasks as they were: %s', async (failure) => {
    // A2, N5
    const site = new ScriptedSite()
    site.tasks.set('task-1', sampleReading())
    await using gateway = await start({ sites: [site] })
    const taskId = await accept(gateway.journal, 1, plain)
    await gateway.paused()
    const before = await gateway.journal.getTask(taskId)
    site.taskFailure = failure
    for (let round = 0; round < 6; round += 1) await gateway.round(5_000)
    expect(await gateway.journal.getTask(taskId)).toEqual(before)
    expect(gateway.logged).toHaveLength(1)

    site.taskFailure = null
    site.tasks.set('task-1', sampleReading({ progressPercent: 50 }))
    await gateway.round(5_000)
    expect(await gateway.journal.getTask(taskId)).toMatchObject({ state: 'RUNNING', progressPercent: 50 })
    expect(gateway.logged).toHaveLength(2)
  })

  it('is asked less and less often, up to every 5 seconds, and as before when it answers', async () => {
    const site = new ScriptedSite()
    site.tasks.set('task-1', sampleReading())
    site.taskFailure = down
    await using gateway = await start({ sites: [site] })
    await accept(gateway.journal, 1, plain)
    const pauses: number[] = []
    for (let round = 0; round < 5; round += 1) {
      await gateway.paused()
      const calls = site.taskCalls.length
      if (round === 3) site.taskFailure = null
      let pauseMs = 0
      for (; gateway.clock.waiting() > 0; pauseMs += 500) gateway.clock.turn(500)
      await gateway.paused()
      pauses.push(pauseMs)
      expect(site.taskCalls).toHaveLength(calls + 1)
    }
    expect(pauses).toEqual([2_000, 4_000, 5_000, 5_000, 1_000])
  })

  it('does not hold up another site', async () => {
    const site = new ScriptedSite()
    site.gate = new Promise(() => {})
    const other = new ScriptedSite('zvm-b')
    other.tasks.set('task-2', sampleReading({ vendorTaskId: 'task-2' }))
    await using gateway = await start({ sites: [site, other] })
    await accept(gateway.journal, 1, plain)
    await accept(gateway.journal, 2, { ...plain, siteName: 'zvm-b' })
    await gateway.round()
    expect(other.taskCalls).toEqual([['task-2'], ['task-2']])
    expect(site.taskCalls).toEqual([['task-1']])
  })
})

describe('a task that the vendor no longer lists', () => {
  it('is OUTCOME_UNKNOWN after three polls, is asked for rarely then, and goes on when it is back', async () => {
    // N14
    const site = new ScriptedSite()
    site.tasks.set('task-1', sampleReading())
    await using gateway = await start({ sites: [site] })
    const taskId = await accept(gateway.journal, 1, plain)
    await gateway.paused()
    site.tasks.clear()
    await gateway.round()
    await gateway.round()
    expect(await gateway.journal.getTask(taskId)).toMatchObject({ state: 'RUNNING' })
    await gateway.round()
    expect(await gateway.journal.getTask(taskId)).toMatchObject({ state: 'OUTCOME_UNKNOWN' })

    await gateway.round()
    const calls = site.taskCalls.length
    gateway.clock.turn(19_000)
    expect(gateway.clock.waiting()).toBe(1)
    site.tasks.set('task-1', sampleReading({ progressPercent: 70 }))
    await gateway.round()
    expect(site.taskCalls).toHaveLength(calls + 1)
    expect(await gateway.journal.getTask(taskId)).toMatchObject({
      state: 'RUNNING',
      progressPercent: 70,
      problem: null,
    })
  })

  it('is not asked for any more when it has been lost for a day', async () => {
    const site = new ScriptedSite()
    await using gateway = await start({ sites: [site] })
    await accept(gateway.journal, 1, plain)
    await gateway.round()
    await gateway.round()
    expect(await gateway.journal.getTask(sampleTaskId(1))).toMatchObject({ state: 'OUTCOME_UNKNOWN' })
    await gateway.paused()
    gateway.clock.turn(86_400_000)
    site.tasks.set('task-2', sampleReading({ vendorTaskId: 'task-2' }))
    await accept(gateway.journal, 2, plain)
    await gateway.paused()
    expect(site.taskCalls.at(-1)).toEqual(['task-2'])
  })
})

/** A failover that the vendor has taken and the tracker has polled once. */
const startFailover = async () => {
  const site = new ScriptedSite()
  site.recoveries.set('group-1', sampleRecovery('FAILING_OVER'))
  site.tasks.set('task-1', sampleReading())
  const gateway = await start({ sites: [site] })
  const taskId = await accept(gateway.journal, 1)
  await gateway.paused()
  const stateOf = async () => {
    const task = await gateway.journal.getTask(taskId)
    return [task?.state, task?.stage]
  }
  return { ...gateway, site, taskId, stateOf }
}

describe('a failover that has to be decided on', () => {
  it('waits for the decision, shows how it is carried out, and ends when it is', async () => {
    await using story = await startFailover()
    const { site, round } = story
    expect(await story.stateOf()).toEqual(['RUNNING', null])
    site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED', progressPercent: 100 }))
    await round()
    expect(await story.stateOf()).toEqual(['RUNNING', null])
    site.recoveries.set('group-1', sampleRecovery('AWAITING_COMMIT'))
    await round()
    expect(await story.stateOf()).toEqual(['AWAITING_DECISION', 'awaiting commit or rollback'])
    expect(story.changed).toEqual([sampleTarget])
    await round()
    expect(story.changed).toHaveLength(1)
    site.recoveries.set('group-1', sampleRecovery('COMMITTING'))
    await round()
    expect(await story.stateOf()).toEqual(['RUNNING', 'committing'])
    site.recoveries.set('group-1', sampleRecovery('NONE'))
    const ended = await story.lastRound(story.taskId, 'SUCCEEDED')
    expect(ended).toMatchObject({ stage: 'committed', endedAt: story.clock.now(), warnings: [] })
  })

  it('is CANCELLED when it was rolled back', async () => {
    await using story = await startFailover()
    story.site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED' }))
    story.site.recoveries.set('group-1', sampleRecovery('ROLLING_BACK'))
    await story.round()
    expect(await story.stateOf()).toEqual(['RUNNING', 'rolling back'])
    story.site.recoveries.set('group-1', sampleRecovery('NONE'))
    const ended = await story.lastRound(story.taskId, 'CANCELLED')
    expect(ended.stage).toBe('rolled back')
  })

  it.each([
    { operation: 'ROLLBACK_FAILOVER', state: 'CANCELLED' },
    { operation: 'COMMIT_FAILOVER', state: 'SUCCEEDED' },
  ] as const)('is $state by a $operation that was over between two polls', async ({ operation, state }) => {
    await using story = await startFailover()
    const { site, journal } = story
    site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED' }))
    site.recoveries.set('group-1', sampleRecovery('AWAITING_COMMIT'))
    await story.round()
    // The decision's own task is still running when the target is already at rest.
    site.tasks.set('task-2', sampleReading({ vendorTaskId: 'task-2' }))
    site.recoveries.set('group-1', sampleRecovery('NONE'))
    await accept(journal, 2, { operation })
    await story.paused()
    expect(await story.stateOf()).toEqual(['AWAITING_DECISION', 'awaiting commit or rollback'])
    site.tasks.set('task-2', sampleReading({ vendorTaskId: 'task-2', state: 'SUCCEEDED' }))
    expect(await story.lastRound(story.taskId, state)).toMatchObject({ warnings: [] })
  })

  it('is not over while the target shows a moment late that it waits', async () => {
    await using story = await startFailover()
    story.site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED' }))
    story.site.recoveries.set('group-1', sampleRecovery('NONE'))
    await story.round()
    story.site.recoveries.set('group-1', sampleRecovery('AWAITING_COMMIT'))
    await story.round()
    expect(await story.stateOf()).toEqual(['AWAITING_DECISION', 'awaiting commit or rollback'])
  })

  it('succeeds when the target stays at rest', async () => {
    await using story = await startFailover()
    story.site.recoveries.set('group-1', sampleRecovery('NONE'))
    await story.round()
    await story.round()
    story.site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED' }))
    await story.round()
    expect(await story.stateOf()).toEqual(['RUNNING', null])
    expect(await story.lastRound(story.taskId, 'SUCCEEDED')).toMatchObject({ warnings: [] })
  })

  it('stays as it was while its target cannot be read, with one line in the log', async () => {
    // A2
    await using story = await startFailover()
    story.site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED' }))
    story.site.targetFailure = DomainError.vendor({ code: 'TIMEOUT', message: 'slow', siteName: 'zvm-a' })
    await story.round()
    await story.round()
    expect(await story.stateOf()).toEqual(['RUNNING', null])
    expect(story.logged).toHaveLength(1)
  })

  it('goes on to wait when the vendor forgets the task', async () => {
    await using story = await startFailover()
    story.site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED' }))
    story.site.recoveries.set('group-1', sampleRecovery('AWAITING_COMMIT'))
    await story.round()
    story.site.tasks.clear()
    for (let round = 0; round < 5; round += 1) await story.round()
    expect(await story.stateOf()).toEqual(['AWAITING_DECISION', 'awaiting commit or rollback'])
  })

  it('is decided on with its group where one machine of it is the target, and a target is read once a round', async () => {
    const site = new ScriptedSite()
    site.recoveries.set('vm-1', sampleRecovery('AWAITING_COMMIT'))
    site.groups.set('vm-1', 'group-1')
    const target = { ...sampleTarget, kind: 'Replication', nativeId: 'vm-1' } as const
    for (const number of [1, 2]) {
      site.tasks.set(`task-${number}`, sampleReading({ vendorTaskId: `task-${number}`, state: 'SUCCEEDED' }))
    }
    await using gateway = await start({
      sites: [site],
      before: async (journal) => {
        for (const number of [1, 2]) await accept(journal, number, { target })
      },
    })
    await gateway.paused()
    expect(site.targetCalls).toEqual(['vm-1'])
    site.recoveries.set('vm-1', sampleRecovery('NONE'))
    site.tasks.set('task-3', sampleReading({ vendorTaskId: 'task-3', state: 'SUCCEEDED' }))
    const ends = [1, 2].map((number) => gateway.until(sampleTaskId(number), 'CANCELLED'))
    await accept(gateway.journal, 3, { operation: 'ROLLBACK_FAILOVER' })
    expect(await Promise.all(ends)).toMatchObject([{ stage: 'rolled back' }, { stage: 'rolled back' }])
    expect(site.targetCalls.filter((nativeId) => nativeId === 'vm-1')).toHaveLength(2)
  })

  it('ends with the vendor task where the site carries it out in one step', async () => {
    const site = new ScriptedSite('zvm-a', false)
    site.tasks.set('task-1', sampleReading())
    await using gateway = await start({ sites: [site] })
    const taskId = await accept(gateway.journal, 1)
    await gateway.paused()
    site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED' }))
    expect(site.targetCalls).toEqual([])
    expect(await gateway.lastRound(taskId, 'SUCCEEDED')).toMatchObject({ stage: null, awaitingSince: null })
  })
})

/** Leaves an intent that was sent, and no answer. */
const sendOne = async (journal: Journal) => {
  await journal.begin(sampleIntent(1))
  await journal.markSent(sampleTaskId(1))
}

describe('the intents of a former process', () => {
  it('are released when they were never sent, and are OUTCOME_UNKNOWN when they were', async () => {
    // C4, A2
    const site = new ScriptedSite()
    await using gateway = await start({
      sites: [site],
      before: async (journal) => {
        await journal.begin(sampleIntent(1))
        await journal.begin(sampleIntent(2))
        const sent = [{ method: 'POST', path: '/v1/things/1/Failover', body: {} }] as const
        await journal.update(sampleTaskId(2), { sent }, 'STATE_CHANGE', new Date(0))
        await journal.markSent(sampleTaskId(2))
      },
    })
    const { journal } = gateway
    expect(await journal.getTask(sampleTaskId(1))).toBeNull()
    expect(await journal.begin(sampleIntent(1))).toMatchObject({ kind: 'BEGUN' })

    const lost = await journal.getTask(sampleTaskId(2))
    expect(lost).toMatchObject({ state: 'OUTCOME_UNKNOWN', dispatch: 'SENT', endedAt: null })
    expect(lost?.problem?.code).toBe('OUTCOME_UNKNOWN')
    for (const word of [
      'FAILOVER of Payroll',
      'POST /v1/things/1/Failover',
      'zvm-a',
      'operation-1',
      'not sent again',
    ]) {
      expect(lost?.problem?.message).toContain(word)
    }
    expect(await journal.begin(sampleIntent(2))).toMatchObject({ kind: 'EXISTING' })
    expect(site.taskCalls).toEqual([])
  })

  it('are cleared up too when their site is no longer configured', async () => {
    // C4
    await using gateway = await start({
      sites: [new ScriptedSite()],
      before: async (journal) => {
        await journal.begin(sampleIntent(1, { siteName: 'gone' }))
        for (let number = 2; number <= 250; number += 1) await journal.begin(sampleIntent(number, { siteName: 'gone' }))
        await send(journal, 999, { siteName: 'gone' })
      },
    })
    const { tasks } = await gateway.journal.listTasks({
      sight: null,
      siteNames: null,
      states: null,
      operations: null,
      targetIds: null,
      limit: 10,
      olderThan: null,
    })
    expect(tasks).toMatchObject([{ id: sampleTaskId(999), state: 'OUTCOME_UNKNOWN' }])
    expect(tasks[0]?.problem?.message).toContain('the site is no longer configured')
  })

  it('are told of once, however often the gateway starts', async () => {
    using folder = createFolder()
    const path = folder.path
    const restart = async (before?: StartOptions['before']) => {
      await using gateway = await start({ sites: [new ScriptedSite()], path, ...(before && { before }) })
      return (await gateway.journal.readEvents(sampleTaskId(1), 0, 100)).length
    }
    expect(await restart(sendOne)).toBe(2)
    expect(await restart()).toBe(2)
  })
})

const startDone = sampleReading({
  operation: 'START_REPLICATION',
  state: 'SUCCEEDED',
  progressPercent: 100,
  target: sampleTarget,
})

const firstState = async (journal: Journal) => (await journal.getTask(sampleTaskId(1)))?.state

describe('a start', () => {
  const begun = { operation: 'START_REPLICATION', target: null, targetName: null } as const
  const startOne = async (site: ScriptedSite) => {
    site.tasks.set('task-1', startDone)
    return start({
      sites: [site],
      before: async (journal) => {
        await accept(journal, 1, begun)
      },
    })
  }
  it('is not over until the site lists what it has started, and then says its name', async () => {
    const site = new ScriptedSite()
    await using gateway = await startOne(site)
    await gateway.round()
    expect(await gateway.journal.getTask(sampleTaskId(1))).toMatchObject({
      state: 'RUNNING',
      stage: 'waiting until the site lists it',
      endedAt: null,
    })
    site.recoveries.set(sampleTarget.nativeId, sampleRecovery('NONE'))
    const task = await gateway.lastRound(sampleTaskId(1), 'SUCCEEDED')
    expect(task).toMatchObject({ target: sampleTarget, warnings: [] })
    expect(task.targetName).not.toBeNull()
  })

  it('does not end while it cannot be seen whether it has arrived', async () => {
    const site = new ScriptedSite()
    site.targetFailure = DomainError.vendor({ code: 'TIMEOUT', message: 'slow', siteName: site.siteName })
    await using gateway = await startOne(site)
    for (let look = 0; look <= mostArrivalLooks; look += 1) await gateway.round()
    expect(await firstState(gateway.journal)).toBe('RUNNING')
  })

  it('is taken for over with a warning when what it started never appears', async () => {
    // N15
    const site = new ScriptedSite()
    await using gateway = await startOne(site)
    for (let look = 2; look < mostArrivalLooks; look += 1) await gateway.round()
    expect(await firstState(gateway.journal)).toBe('RUNNING')
    const task = await gateway.lastRound(sampleTaskId(1), 'SUCCEEDED')
    expect(task.warnings).toMatchObject([{ code: 'VENDOR_PROTOCOL' }])
  })
})
