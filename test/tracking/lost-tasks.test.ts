import { describe, expect, it } from 'vitest'
import type { Alert } from '../../src/domain/alert.ts'
import { DomainError } from '../../src/domain/errors.ts'
import type { Journal } from '../../src/domain/ports/journal.ts'
import type { RecoveryStatus } from '../../src/domain/protection.ts'
import type { Task, TaskReading } from '../../src/domain/task.ts'
import { sampleIntent, sampleRequest, sampleTarget, sampleTaskId } from '../journal/sample-task.ts'
import { sampleReading, sampleRecovery } from './sample-recovery.ts'
import { ScriptedSite } from './scripted-site.ts'
import { accept, send, settleAfterMs, start } from './tracking-rig.ts'

const down = DomainError.vendor({ code: 'VENDOR_UNAVAILABLE', message: 'down', siteName: 'zvm-a' })

/** Longer than the time between two searches. */
const beatMs = 20_000

const intentAt = new Date('2026-01-01T00:00:00Z')

const later = (seconds: number): Date => new Date(intentAt.getTime() + seconds * 1_000)

/** What the site lists of a failover that it has taken a second after it was sent. */
const taken = (given: Partial<TaskReading> = {}): TaskReading =>
  sampleReading({ target: sampleTarget, startedAt: later(1), ...given })

/** A site that knows the sample group. */
const createSite = (recovery: RecoveryStatus = sampleRecovery('NONE'), hasOperationIds = false): ScriptedSite => {
  const site = new ScriptedSite('zvm-a', true, hasOperationIds)
  site.recoveries.set(sampleTarget.nativeId, recovery)
  return site
}

const list = (site: ScriptedSite, ...readings: readonly TaskReading[]): void => {
  site.listed = readings.map((reading) => ({ reading }))
  for (const reading of readings) site.tasks.set(reading.vendorTaskId, reading)
}

/** Work on one machine. */
const machine = (nativeId: string): Partial<Task> => ({
  target: { ...sampleTarget, kind: 'Replication', nativeId },
})

/** Work on one of many groups. */
const onGroup = (number: number) => ({ target: { ...sampleTarget, nativeId: `group-${number}` } })

/** A call that was sent with this operation id. */
const sent = (operationId: string, number: number): Partial<Task> => ({
  request: sampleRequest({ idempotencyKey: `key-${number}`, operationId }),
})

/** What the site lists of a start that has made this group. */
const made = (nativeId: string, given: Partial<TaskReading> = {}): TaskReading =>
  taken({ operation: 'START_REPLICATION', target: { ...sampleTarget, nativeId }, ...given })

/** An alert as the site lists it. */
const alert = (isDismissed: boolean): Alert => ({
  id: 'alert-1',
  vendor: 'ZERTO',
  nativeId: '1',
  level: 'WARNING',
  subject: 'OTHER',
  code: null,
  description: '',
  turnedOnAt: null,
  isDismissed,
  isDerived: false,
  siteId: 'site',
  targetIds: [],
})

/** A gateway that has started after a crash in the middle of a send, and has looked for it once. */
const startAfterCrash = async (
  site: ScriptedSite,
  given: Partial<Task> = {},
  others?: (j: Journal) => Promise<void>,
) => {
  const gateway = await start({
    sites: [site],
    before: async (journal) => {
      await send(journal, 1, given)
      await others?.(journal)
    },
  })
  await gateway.paused()
  const find = async (number = 1): Promise<Task> => {
    const task = await gateway.journal.getTask(sampleTaskId(number))
    if (task === null) throw new Error('The task is gone')
    return task
  }
  return {
    ...gateway,
    find,
    /** Lets the time pass after which it can be said that nothing happened, and resolves when that was looked at. */
    settle: async () => {
      await gateway.paused()
      const ended = Promise.race([
        gateway.until(sampleTaskId(1), 'SUCCEEDED'),
        gateway.until(sampleTaskId(1), 'FAILED'),
      ])
      gateway.clock.turn(settleAfterMs)
      await Promise.race([gateway.paused(), ended])
    },
  }
}

describe('a call whose answer was lost', () => {
  it('is found at once among the tasks of its site, and followed like any other', async () => {
    // A2, N8, C4
    const site = createSite(sampleRecovery('FAILING_OVER'))
    list(site, taken({ progressPercent: 40 }))
    await using gateway = await startAfterCrash(site)
    const found = await gateway.find()
    expect(found).toMatchObject({ dispatch: 'ACCEPTED', vendorTaskId: 'task-1', state: 'RUNNING', problem: null })
    expect(found).toMatchObject({
      progressPercent: 40,
      reconciliation: { verdict: 'ADOPTED', at: gateway.clock.now() },
    })
    expect(found.reconciliation?.evidence.join()).toContain('task-1 (FailoverBeforeCommit)')
    expect(site.searches).toHaveLength(1)
    expect(site.searches[0]?.since.getTime()).toBeLessThanOrEqual(intentAt.getTime())
    expect(gateway.changed).toEqual([sampleTarget])

    site.tasks.set('task-1', taken({ state: 'SUCCEEDED' }))
    site.recoveries.set(sampleTarget.nativeId, sampleRecovery('AWAITING_COMMIT'))
    await gateway.round()
    expect(await gateway.find()).toMatchObject({ state: 'AWAITING_DECISION' })
    expect(site.searches).toHaveLength(1)
  })

  it('is looked for at once when its answer is lost while the gateway runs', async () => {
    // N8
    const site = createSite()
    await using gateway = await start({ sites: [site] })
    list(site, taken())
    await send(gateway.journal, 1)
    const found = gateway.until(sampleTaskId(1), 'RUNNING')
    await gateway.journal.update(sampleTaskId(1), { state: 'OUTCOME_UNKNOWN' }, 'STATE_CHANGE', gateway.clock.now())
    expect(await found).toMatchObject({ vendorTaskId: 'task-1' })
  })

  it('ends as its vendor task has ended, after a look at the target', async () => {
    const site = createSite(sampleRecovery('AWAITING_COMMIT'))
    list(site, taken({ state: 'SUCCEEDED' }))
    await using gateway = await startAfterCrash(site)
    expect(await gateway.find()).toMatchObject({ state: 'AWAITING_DECISION', vendorTaskId: 'task-1' })
  })

  it('is looked for on a slower beat than tasks are polled', async () => {
    const site = createSite()
    await using gateway = await startAfterCrash(site, {}, async (journal) => {
      await accept(journal, 2, { operation: 'TEST_FAILOVER', target: { ...sampleTarget, nativeId: 'group-2' } })
    })
    site.tasks.set('task-2', sampleReading({ vendorTaskId: 'task-2' }))
    for (let round = 0; round < 15; round += 1) await gateway.round()
    expect(site.searches).toHaveLength(1)
    list(site, taken())
    for (let round = 0; round < 5; round += 1) await gateway.round()
    expect(site.searches).toHaveLength(2)
    expect(await gateway.find()).toMatchObject({ state: 'RUNNING', vendorTaskId: 'task-1' })
  })

  const elsewhere = { ...sampleTarget, nativeId: 'group-2' }

  it.each<{ readonly what: string; readonly reading: TaskReading; readonly atLast: Task['state'] }>([
    { what: 'on another target', reading: taken({ target: elsewhere }), atLast: 'FAILED' },
    { what: 'of another kind', reading: taken({ operation: 'TEST_FAILOVER' }), atLast: 'FAILED' },
    { what: 'of an unknown kind', reading: taken({ operation: 'OTHER' }), atLast: 'OUTCOME_UNKNOWN' },
    {
      what: 'of an unknown kind at another time',
      reading: taken({ operation: 'OTHER', startedAt: later(600) }),
      atLast: 'FAILED',
    },
    { what: 'that began before it was sent', reading: taken({ startedAt: later(-61) }), atLast: 'OUTCOME_UNKNOWN' },
    { what: 'that began much later', reading: taken({ startedAt: later(600) }), atLast: 'OUTCOME_UNKNOWN' },
    { what: 'that began at an unknown time', reading: taken({ startedAt: null }), atLast: 'OUTCOME_UNKNOWN' },
    { what: 'that does not say what it is about', reading: taken({ target: null }), atLast: 'OUTCOME_UNKNOWN' },
  ])('is not taken for a task $what, and is $atLast when the time is over', async ({ reading, atLast }) => {
    // A2: what may be it keeps it open
    const site = createSite()
    list(site, reading)
    await using gateway = await startAfterCrash(site)
    expect(await gateway.find()).toMatchObject({ state: 'OUTCOME_UNKNOWN', dispatch: 'SENT', vendorTaskId: null })
    await gateway.settle()
    expect(await gateway.find()).toMatchObject({ state: atLast, vendorTaskId: null })
  })

  it('is not taken for a task that another call is known by', async () => {
    const site = createSite()
    list(site, taken({ vendorTaskId: 'TASK-2' }))
    await using gateway = await startAfterCrash(site, {}, async (journal) => void (await accept(journal, 2)))
    expect(await gateway.find()).toMatchObject({ state: 'OUTCOME_UNKNOWN', vendorTaskId: null })
  })

  it('is found although the clock of the site is an hour ahead', async () => {
    // N13
    const site = createSite()
    site.clockSkewMs = 3_600_000
    list(site, taken({ vendorTaskId: 'task-0', startedAt: later(1_800) }), taken({ startedAt: later(3_601) }))
    await using gateway = await startAfterCrash(site)
    expect(await gateway.find()).toMatchObject({ vendorTaskId: 'task-1' })
  })

  it('is found by the group of the machine where the site names only groups', async () => {
    const site = createSite()
    site.recoveries.set('vm-1', sampleRecovery('NONE'))
    site.recoveries.set('vm-2', sampleRecovery('NONE'))
    site.groups.set('vm-1', 'group-1')
    site.groups.set('vm-2', 'group-2')
    list(site, taken())
    await using gateway = await startAfterCrash(
      site,
      machine('vm-2'),
      async (j) => void (await send(j, 2, machine('vm-1'))),
    )
    expect(await gateway.find(2)).toMatchObject({ vendorTaskId: 'task-1' })
    expect(await gateway.find(1)).toMatchObject({ vendorTaskId: null })
  })

  it('is not found among several tasks that may be it, and says so once', async () => {
    // A2
    const site = createSite()
    list(site, taken(), taken({ vendorTaskId: 'task-2', startedAt: later(30) }))
    await using gateway = await startAfterCrash(site)
    await gateway.settle()
    const task = await gateway.find()
    expect(task).toMatchObject({ state: 'OUTCOME_UNKNOWN', dispatch: 'SENT', reconciliation: null })
    expect(task.warnings).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }])
    expect(task.warnings[0]?.message).toMatch(/several tasks.*task-1.*task-2/)
    const events = gateway.events.length
    await gateway.round(beatMs)
    expect(gateway.events).toHaveLength(events)
  })

  it('stays as it is while its site cannot be asked, with one line in the log', async () => {
    // A2: a failed read settles nothing
    const site = createSite()
    site.searchFailure = down
    await using gateway = await startAfterCrash(site)
    await gateway.settle()
    await gateway.round(beatMs)
    expect(await gateway.find()).toMatchObject({ state: 'OUTCOME_UNKNOWN', warnings: [] })
    expect(gateway.logged).toEqual(['A lost answer cannot be looked for; it stays as it is'])
    site.searchFailure = null
    list(site, taken())
    await gateway.round(beatMs)
    expect(await gateway.find()).toMatchObject({ vendorTaskId: 'task-1' })
  })

  it('is not looked for any more when it has been lost for a day', async () => {
    const site = createSite()
    site.searchFailure = down
    await using gateway = await startAfterCrash(site)
    const searches = site.searches.length
    gateway.clock.turn(86_400_000)
    await accept(gateway.journal, 2, { operation: 'TEST_FAILOVER' })
    await gateway.paused()
    expect(site.searches).toHaveLength(searches)
  })

  it('is looked for twenty at a time, and then at once for the others', async () => {
    const site = createSite()
    const numbers = Array.from({ length: 25 }, (_, index) => index + 1)
    list(site, ...numbers.map((number) => taken({ vendorTaskId: `task-${number}`, ...onGroup(number) })))
    await using gateway = await startAfterCrash(site, onGroup(1), async (journal) => {
      for (const number of numbers.slice(1)) await send(journal, number, onGroup(number))
    })
    expect(site.searches).toHaveLength(1)
    await gateway.round()
    expect(site.searches).toHaveLength(2)
    const { tasks } = await gateway.journal.listTasks({
      sight: null,
      siteNames: null,
      states: ['RUNNING'],
      operations: null,
      targetIds: null,
      olderThan: null,
      limit: 100,
    })
    expect(new Set(tasks.map(({ vendorTaskId, target: found }) => `${vendorTaskId} ${found?.nativeId}`))).toEqual(
      new Set(numbers.map((number) => `task-${number} group-${number}`)),
    )
  })
})

describe('a lost call to a site that keeps operation ids', () => {
  it('is found by its operation id, whatever the site calls its kind', async () => {
    const site = createSite(sampleRecovery('NONE'), true)
    const [own, other] = [taken({ operation: 'OTHER' }), taken({ vendorTaskId: 'task-2' })]
    list(site, own, other)
    site.listed = [
      { reading: own, operationId: 'op-1' },
      { reading: other, operationId: 'of-somebody-else' },
    ]
    await using gateway = await startAfterCrash(site, sent('op-1', 1))
    expect(await gateway.find()).toMatchObject({ vendorTaskId: 'task-1' })
    expect((await gateway.find()).reconciliation?.evidence.join()).toContain('operation id op-1')
  })

  it('is found as a start that has no name and no target yet', async () => {
    const site = createSite(sampleRecovery('NONE'), true)
    const reading = taken({ operation: 'START_REPLICATION', target: null })
    list(site, reading)
    site.listed = [{ reading, operationId: 'op-1' }]
    const begun = { operation: 'START_REPLICATION', target: null, targetName: null } as const
    await using gateway = await startAfterCrash(site, { ...sent('op-1', 1), ...begun })
    expect(await gateway.find()).toMatchObject({ vendorTaskId: 'task-1' })
  })

  it('is not taken for the task of another target under the same id', async () => {
    const site = createSite(sampleRecovery('NONE'), true)
    site.listed = [{ reading: taken({ target: { ...sampleTarget, nativeId: 'group-2' } }), operationId: 'op-1' }]
    await using gateway = await startAfterCrash(site, sent('op-1', 1))
    expect(await gateway.find()).toMatchObject({ vendorTaskId: null })
  })

  it.each([1, 2])(
    'is not believed to be one of %i tasks by its id where the site takes no notice of it',
    async (count) => {
      const site = createSite(sampleRecovery('NONE'), true)
      site.ignoresOperationIds = true
      const readings = [taken({ operation: 'OTHER' }), taken({ vendorTaskId: 'task-2', operation: 'PAUSE' })]
      list(site, ...readings.slice(0, count))
      await using gateway = await startAfterCrash(site, sent('op-1', 1))
      await gateway.settle()
      expect(await gateway.find()).toMatchObject({ state: 'OUTCOME_UNKNOWN', vendorTaskId: null })
    },
  )

  it('did not happen when nothing is listed under its id', async () => {
    const site = createSite(sampleRecovery('NONE'), true)
    await using gateway = await startAfterCrash(site, sent('op-1', 1))
    await gateway.settle()
    expect(await gateway.find()).toMatchObject({ reconciliation: { verdict: 'DID_NOT_HAPPEN' } })
    expect(site.searches.map(({ operationId }) => operationId)).toEqual([null, 'op-1', null, 'op-1'])
  })
})

describe('a lost start', () => {
  const start1 = { operation: 'START_REPLICATION', target: null, targetName: 'Web' } as const

  it('is found by the name of what it has made', async () => {
    const site = createSite()
    site.recoveries.set('group-2', sampleRecovery('NONE'))
    site.recoveries.set('group-3', sampleRecovery('NONE'))
    site.names.set('group-2', 'Mail').set('group-3', 'Web')
    list(site, made('group-2', { vendorTaskId: 'task-2' }), made('group-3'))
    await using gateway = await startAfterCrash(site, start1)
    expect(await gateway.find()).toMatchObject({
      vendorTaskId: 'task-1',
      state: 'RUNNING',
      target: { nativeId: 'group-3' },
    })
  })

  it('is not found while two calls for the same name are open, and never said not to have happened', async () => {
    const site = createSite()
    site.recoveries.set('group-3', sampleRecovery('NONE'))
    site.names.set('group-3', 'Web')
    list(site, made('group-3'))
    await using gateway = await startAfterCrash(site, start1, async (journal) => void (await send(journal, 2, start1)))
    await gateway.settle()
    for (const number of [1, 2]) {
      expect(await gateway.find(number)).toMatchObject({ state: 'OUTCOME_UNKNOWN', vendorTaskId: null })
    }
  })

  it('is found as one that has failed, where nothing is left to tell it by', async () => {
    const site = createSite()
    list(site, made('group-9', { state: 'FAILED', problem: down.problem }))
    await using gateway = await startAfterCrash(site, start1)
    expect(await gateway.find()).toMatchObject({ vendorTaskId: 'task-1', state: 'FAILED' })
  })

  it('did not happen when neither a task nor anything of its name is there', async () => {
    const site = createSite()
    await using gateway = await startAfterCrash(site, start1)
    await gateway.settle()
    expect(await gateway.find()).toMatchObject({ state: 'FAILED', reconciliation: { verdict: 'DID_NOT_HAPPEN' } })
  })

  it('stays open when something of its name is there without a task', async () => {
    const site = createSite()
    site.names.set(sampleTarget.nativeId, 'Web')
    await using gateway = await startAfterCrash(site, start1)
    await gateway.settle()
    expect((await gateway.find()).warnings[0]?.message).toContain('something of the name Web')
  })
})

describe('a lost call that the site lists no task for', () => {
  it('did not happen when the time is over and its target is as it was', async () => {
    // A2, N8, C4
    const site = createSite()
    await using gateway = await startAfterCrash(site)
    await gateway.round(beatMs)
    expect(await gateway.find()).toMatchObject({ state: 'OUTCOME_UNKNOWN' })
    expect(site.targetCalls).toEqual([])
    await gateway.settle()
    const task = await gateway.find()
    expect(task).toMatchObject({ state: 'FAILED', dispatch: 'NOT_SENT', stage: 'did not happen' })
    expect(task).toMatchObject({ endedAt: gateway.clock.now(), problem: { code: 'VENDOR_UNAVAILABLE' } })
    expect(task.problem?.message).toMatch(/did not happen.*safe to ask for it again, with a new idempotency key/)
    expect(task.reconciliation).toMatchObject({ verdict: 'DID_NOT_HAPPEN', at: gateway.clock.now() })
    expect(task.reconciliation?.evidence).toEqual([
      expect.stringContaining('lists no task'),
      'its target is PROTECTED, with the recovery at NONE',
    ])
  })

  it.each([
    { operation: 'PAUSE', recovery: sampleRecovery('NONE', { isPaused: true }) },
    { operation: 'RESUME', recovery: sampleRecovery('NONE') },
    { operation: 'TEST_FAILOVER', recovery: sampleRecovery('TESTING') },
    { operation: 'END_TEST_FAILOVER', recovery: sampleRecovery('NONE') },
    { operation: 'FAILOVER', recovery: sampleRecovery('RECOVERED') },
    { operation: 'REVERSE', recovery: sampleRecovery('NONE') },
    { operation: 'COMMIT_FAILOVER', recovery: sampleRecovery('RECOVERED') },
  ] as const)('has succeeded when the target shows that $operation is done', async ({ operation, recovery }) => {
    const site = createSite(recovery)
    await using gateway = await startAfterCrash(site, { operation })
    await gateway.settle()
    const task = await gateway.find()
    expect(task).toMatchObject({ state: 'SUCCEEDED', dispatch: 'ACCEPTED', problem: null })
    expect(task.reconciliation).toMatchObject({
      verdict: 'ADOPTED',
      evidence: [{}, expect.stringMatching(/^its target/)],
    })
  })

  it('has succeeded as a stop when the site does not know the target any more', async () => {
    const site = new ScriptedSite()
    await using gateway = await startAfterCrash(site, { operation: 'STOP' })
    await gateway.settle()
    expect(await gateway.find()).toMatchObject({ state: 'SUCCEEDED' })
  })

  it('is followed by its target alone when that waits for the decision', async () => {
    const site = createSite(sampleRecovery('AWAITING_COMMIT'))
    await using gateway = await startAfterCrash(site)
    await gateway.settle()
    expect(await gateway.find()).toMatchObject({
      state: 'AWAITING_DECISION',
      dispatch: 'ACCEPTED',
      vendorTaskId: null,
      reconciliation: { verdict: 'ADOPTED' },
    })
    expect(site.taskCalls).toEqual([])
    site.recoveries.set(sampleTarget.nativeId, sampleRecovery('COMMITTING'))
    await gateway.round()
    site.recoveries.set(sampleTarget.nativeId, sampleRecovery('NONE'))
    expect(await gateway.lastRound(sampleTaskId(1), 'SUCCEEDED')).toMatchObject({ stage: 'committed' })
  })

  it('is never said not to have happened once its target was seen to carry it out', async () => {
    const site = createSite(sampleRecovery('FAILING_OVER'))
    await using gateway = await startAfterCrash(site)
    await gateway.settle()
    expect(await gateway.find()).toMatchObject({
      state: 'OUTCOME_UNKNOWN',
      stage: expect.stringContaining('at the target'),
    })
    site.recoveries.set(sampleTarget.nativeId, sampleRecovery('NONE'))
    await gateway.round(beatMs)
    await gateway.round(beatMs)
    const task = await gateway.find()
    expect(task).toMatchObject({ state: 'OUTCOME_UNKNOWN', reconciliation: null })
    expect(task.warnings).toHaveLength(1)
  })

  it.each([
    { why: 'another recovery is under way', recovery: sampleRecovery('AWAITING_COMMIT', { pending: 'MOVE' }) },
    { why: 'the target is in a state that is not known', recovery: sampleRecovery('UNKNOWN') },
  ])('stays open while $why', async ({ recovery }) => {
    const site = createSite(recovery)
    await using gateway = await startAfterCrash(site)
    await gateway.settle()
    expect(await gateway.find()).toMatchObject({ state: 'OUTCOME_UNKNOWN', dispatch: 'SENT' })
  })

  it('stays open while its target cannot be read, and settles when it can', async () => {
    // A2
    const site = createSite()
    site.targetFailure = down
    await using gateway = await startAfterCrash(site)
    await gateway.settle()
    expect(await gateway.find()).toMatchObject({ state: 'OUTCOME_UNKNOWN', warnings: [] })
    site.targetFailure = null
    await gateway.round(beatMs)
    expect(await gateway.find()).toMatchObject({ state: 'FAILED' })
  })

  it('stays open when it was sent longer ago than a site can be trusted to list its tasks', async () => {
    const site = createSite()
    await using gateway = await startAfterCrash(site, { startedAt: later(-86_401) })
    await gateway.round(beatMs)
    const task = await gateway.find()
    expect(task).toMatchObject({ state: 'OUTCOME_UNKNOWN' })
    expect(task.warnings).toHaveLength(1)
  })
})

describe('a lost call for which sites make no task', () => {
  it.each([
    { operation: 'DISMISS_ALERT', isDismissed: true, state: 'SUCCEEDED' },
    { operation: 'DISMISS_ALERT', isDismissed: false, state: 'FAILED' },
    { operation: 'UNDISMISS_ALERT', isDismissed: false, state: 'SUCCEEDED' },
  ] as const)('is $state as $operation when the alert says so', async ({ operation, isDismissed, state }) => {
    const site = createSite()
    site.alerts = [alert(isDismissed)]
    const request = sampleRequest({ input: { alertId: 'alert-1' } })
    await using gateway = await startAfterCrash(site, { operation, target: null, request })
    await gateway.settle()
    expect(await gateway.find()).toMatchObject({ state })
  })

  it.each([
    { cloneState: 'CANCELLED', state: 'SUCCEEDED' },
    { cloneState: 'RUNNING', state: 'FAILED' },
  ] as const)('is $state as the end of a clone that is $cloneState', async ({ cloneState, state }) => {
    const site = createSite()
    site.tasks.set('task-2', sampleReading({ vendorTaskId: 'task-2', state: cloneState }))
    await using gateway = await startAfterCrash(site, { operation: 'ABORT_CLONE' }, async (journal) => {
      await accept(journal, 2, { operation: 'START_CLONE', startedAt: later(-60) })
    })
    await gateway.settle()
    expect(await gateway.find()).toMatchObject({ state })
  })
})

describe('a send of several steps that was cut before the last one', () => {
  const cut = { operation: 'START_REPLICATION', target: null, unfinishedSend: 'settings-1' } as const

  it('did not happen, and what it had left open is taken away', async () => {
    // C4
    const site = createSite()
    await using gateway = await startAfterCrash(site, cut)
    expect(site.cleanUps).toEqual(['settings-1'])
    expect(site.searches).toEqual([])
    const task = await gateway.journal.getTask(sampleTaskId(1))
    expect(task).toMatchObject({ state: 'FAILED', dispatch: 'NOT_SENT', unfinishedSend: null })
    expect(task?.reconciliation).toMatchObject({ verdict: 'DID_NOT_HAPPEN' })
  })

  it('stays open while its site is down, and is cleaned up later', async () => {
    const site = createSite()
    site.cleanUpFailure = down
    await using gateway = await startAfterCrash(site, cut)
    expect(await gateway.find()).toMatchObject({ state: 'OUTCOME_UNKNOWN', unfinishedSend: 'settings-1' })
    site.cleanUpFailure = null
    const ended = gateway.until(sampleTaskId(1), 'FAILED')
    gateway.clock.turn(beatMs)
    await ended
    expect(site.cleanUps).toEqual(['settings-1', 'settings-1'])
  })

  it('may have started when its last step was announced while it was being taken away', async () => {
    // A2: another process on the same journal may still have sent it
    const site = createSite()
    const called = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    site.onCleanUp = () => {
      called.resolve()
      return go.promise
    }
    await using gateway = await start({
      sites: [site],
      before: async (journal) => void (await send(journal, 1, cut)),
    })
    await called.promise
    await gateway.journal.update(sampleTaskId(1), { unfinishedSend: null }, 'STATE_CHANGE', gateway.clock.now())
    go.resolve()
    await gateway.paused()
    expect(await gateway.journal.getTask(sampleTaskId(1))).toMatchObject({ state: 'OUTCOME_UNKNOWN' })
  })
})

describe('a call whose answer could not be written down', () => {
  const sendWindowMs = 150_000

  it('is lost when nothing can be on its way any more, and not before', async () => {
    // C6
    const site = createSite()
    list(site, taken())
    await using gateway = await start({ sites: [site] })
    await send(gateway.journal, 1)
    await gateway.round(sendWindowMs)
    expect(await gateway.journal.getTask(sampleTaskId(1))).toMatchObject({ state: 'ACCEPTED', dispatch: 'SENT' })
    expect(site.searches).toEqual([])
    await gateway.round(beatMs)
    expect(await gateway.journal.getTask(sampleTaskId(1))).toMatchObject({ state: 'RUNNING', vendorTaskId: 'task-1' })
  })

  it('goes when it was never marked as sent', async () => {
    const site = createSite()
    await using gateway = await start({ sites: [site] })
    const { journal } = gateway
    await send(journal, 2, { operation: 'TEST_FAILOVER', target: { ...sampleTarget, nativeId: 'group-2' } })
    await journal.begin(sampleIntent(1))
    await gateway.round(sendWindowMs)
    expect(await journal.getTask(sampleTaskId(1))).toMatchObject({ dispatch: 'PREPARED' })
    await gateway.round(sendWindowMs + 1)
    expect(await journal.getTask(sampleTaskId(1))).toBeNull()
  })
})
