import { expect } from 'vitest'
import { actions, type Action } from '../../src/domain/actions.ts'
import type { Capabilities, TargetKind } from '../../src/domain/capabilities.ts'
import type { Command } from '../../src/domain/command.ts'
import { findProblem } from '../../src/domain/errors.ts'
import type { Acceptance, VendorAdapter } from '../../src/domain/ports/vendor-adapter.ts'
import type { ProtectedObject } from '../../src/domain/protection.ts'
import type { TaskTarget, WireCall } from '../../src/domain/task.ts'
import type { VendorSuite } from './vendor-adapter.suite.ts'
import {
  checkpointName,
  findHealthyTarget,
  listPoints,
  never,
  problemOf,
  readTarget,
  readTask,
  send,
  sendOptions,
  settle,
  toCommand,
  toStartCommand,
  updatedRpoSeconds,
  type VendorRig,
} from './vendor-rig.ts'

export const targetKinds: readonly TargetKind[] = ['ProtectionGroup', 'Replication']

/** How a kind of target is called in titles. */
export const nouns: Readonly<Record<TargetKind, string>> = { ProtectionGroup: 'group', Replication: 'machine' }

/** The target of an action that is meant for `target`: its group, where the action takes no single machine. */
export const toTargetOf = async (adapter: VendorAdapter, action: Action, target: TaskTarget): Promise<TaskTarget> => {
  if (adapter.capabilities().actsOn[action].includes(target.kind)) return target
  const { groupNativeId } = await adapter.getReplication(target.nativeId, never)
  if (groupNativeId === null) throw new Error(`${target.nativeId} is in no group, and ${action} takes nothing else`)
  return { ...target, kind: 'ProtectionGroup', nativeId: groupNativeId }
}

/** Takes a target through some actions, each to its end; those that the vendor does not have are left out. */
export const bringTo = async (rig: VendorRig, target: TaskTarget, steps: readonly Action[]): Promise<void> => {
  const { supports } = rig.first.capabilities()
  for (const step of steps.filter((action) => supports[action])) {
    const { state } = await settle(rig, await send(rig.first, await toStepCommand(rig, step, target)))
    expect([step, state]).toEqual([step, 'SUCCEEDED'])
  }
}

export const toStepCommand = async (rig: VendorRig, step: Action, target: TaskTarget): Promise<Command> =>
  toCommand(step, await toTargetOf(rig.first, step, target))

/** What is left of a target; null when the site no longer knows it. */
const find = async (adapter: VendorAdapter, target: TaskTarget): Promise<ProtectedObject | null> => {
  try {
    return await readTarget(adapter, target)
  } catch (error) {
    if (findProblem(error)?.code === 'NOT_FOUND') return null
    throw error
  }
}

interface Outcome {
  readonly rig: VendorRig
  readonly target: TaskTarget
  readonly supports: Capabilities['supports']
  readonly before: ProtectedObject
  readonly after: ProtectedObject | null
}

interface Deed {
  /** What has to be done to a healthy target first. */
  readonly after: readonly Action[]
  readonly expectDone: (outcome: Outcome) => void | Promise<void>
}

const expectRecovery = (outcome: Outcome, recovery: Partial<ProtectedObject['recovery']>): void =>
  expect(outcome.after?.recovery).toMatchObject(recovery)

const expectTurned = ({ before, after }: Outcome): void => {
  expect(after?.source.siteId).toBe(before.destination.siteId)
  expect(after?.destination.siteId).toBe(before.source.siteId)
}

const expectAsBefore = ({ before, after }: Outcome): void => {
  expect(after?.recovery).toMatchObject({ phase: 'NONE', pending: null, isTestRunning: false, isPaused: false })
  expect(after?.source.siteId).toBe(before.source.siteId)
}

/** A recovery that waits for a decision where the vendor has one, and that is over at once where it has none. */
const expectRecovered = (outcome: Outcome, pending: 'FAILOVER' | 'MOVE'): void =>
  expectRecovery(
    outcome,
    outcome.supports.COMMIT_FAILOVER ? { phase: 'AWAITING_COMMIT', pending } : { phase: 'RECOVERED', pending: null },
  )

/** The newest point of the target itself, or of the machines of a group that has none of its own. */
const findNewest = async (adapter: VendorAdapter, target: TaskTarget): Promise<Date | null> => {
  const own = await listPoints(adapter, target)
  if (own[0] !== undefined) return own[0].takenAt
  const members = (await adapter.listReplications(never)).filter((one) => one.groupNativeId === target.nativeId)
  return members[0]?.latestRecoveryPoint?.takenAt ?? null
}

/** What each action has to do. A clone leaves no trace that the site would show. */
const deeds: Readonly<Record<Action, Deed>> = {
  UPDATE: { after: [], expectDone: ({ after }) => expect(after?.rpo.targetSeconds).toBe(updatedRpoSeconds) },
  PAUSE: { after: [], expectDone: (outcome) => expectRecovery(outcome, { isPaused: true }) },
  RESUME: { after: ['PAUSE'], expectDone: expectAsBefore },
  SYNC: {
    after: [],
    expectDone: async ({ rig, target }) => {
      const newest = await findNewest(rig.first, target)
      expect(rig.now().getTime() - (newest?.getTime() ?? 0)).toBeLessThan(60_000)
    },
  },
  STOP: { after: [], expectDone: ({ after }) => expect(after).toBeNull() },
  FAILOVER: { after: [], expectDone: (outcome) => expectRecovered(outcome, 'FAILOVER') },
  COMMIT_FAILOVER: { after: ['FAILOVER'], expectDone: expectTurned },
  ROLLBACK_FAILOVER: { after: ['FAILOVER'], expectDone: expectAsBefore },
  TEST_FAILOVER: {
    after: [],
    expectDone: (outcome) => expectRecovery(outcome, { phase: 'TESTING', isTestRunning: true, testStage: 'RUNNING' }),
  },
  END_TEST_FAILOVER: { after: ['TEST_FAILOVER'], expectDone: expectAsBefore },
  MOVE: { after: [], expectDone: (outcome) => expectRecovered(outcome, 'MOVE') },
  COMMIT_MOVE: { after: ['MOVE'], expectDone: expectTurned },
  ROLLBACK_MOVE: { after: ['MOVE'], expectDone: expectAsBefore },
  REVERSE: {
    after: ['FAILOVER'],
    expectDone: (outcome) => {
      expectTurned(outcome)
      expect(outcome.after).toMatchObject({ isReversed: true, recovery: { phase: 'NONE' } })
    },
  },
  CREATE_CHECKPOINT: {
    after: [],
    expectDone: async ({ rig, target }) =>
      expect((await listPoints(rig.first, target)).map(({ tag }) => tag)).toContain(checkpointName),
  },
  START_CLONE: { after: [], expectDone: expectAsBefore },
  ABORT_CLONE: { after: [], expectDone: expectAsBefore },
}

/** A path as it was recorded: `{mark}` stands for what only the site could give. */
export const toPathPattern = ({ path }: Pick<WireCall, 'path'>): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)

/** Prepares and sends; everything that leaves is what the prepared call says, once and in order. */
export const sendChecked = async (rig: VendorRig, command: Command): Promise<Acceptance> => {
  rig.forget()
  const prepared = await rig.first.prepare(command, never)
  expect(rig.changes()).toEqual([])
  const acceptance = await prepared.send(sendOptions)
  const changes = rig.changes()
  expect(changes.map(({ method }) => method)).toEqual(prepared.calls.map(({ method }) => method))
  for (const [index, call] of prepared.calls.entries()) {
    const change = changes[index]
    expect(change?.path).toMatch(toPathPattern(call))
    expect(change?.status).toBeLessThan(300)
    if (call.body === null) expect(change?.body).toBe('')
    else expect(JSON.parse(change?.body ?? '')).toMatchObject({ ...call.body })
  }
  return acceptance
}

/** A target at which the action can be seen to work: what the vendor tells of the whole group is looked for there. */
const toObserved = (adapter: VendorAdapter, target: TaskTarget): Promise<TaskTarget> =>
  adapter.capabilities().supports.RECOVER_SOME_MEMBERS && target.kind === 'Replication'
    ? toTargetOf(adapter, 'PAUSE', target)
    : Promise.resolve(target)

const addDeeds = ({ capabilities, start, test }: VendorSuite): void => {
  const { supports, actsOn } = capabilities

  for (const action of actions.filter((candidate) => supports[candidate] && candidate !== 'ABORT_CLONE')) {
    for (const kind of actsOn[action]) {
      test(`${action} on a ${nouns[kind]} is sent once, its task succeeds, and it is done`, async () => {
        await using rig = await start()
        const target = await findHealthyTarget(rig.first, kind)
        const observed = await toObserved(rig.first, target)
        const before = await readTarget(rig.first, observed)
        const { after, expectDone } = deeds[action]
        await bringTo(rig, target, after)

        const acceptance = await sendChecked(rig, toCommand(action, target))
        expect(await readTask(rig.first, acceptance)).toMatchObject({ operation: action, state: 'RUNNING' })
        expect(await settle(rig, acceptance)).toMatchObject({ operation: action, state: 'SUCCEEDED', problem: null })
        await expectDone({ rig, target: observed, supports, before, after: await find(rig.first, observed) })
      })
    }
  }

  if (supports.ABORT_CLONE) {
    test('ABORT_CLONE ends the task of the clone', async () => {
      await using rig = await start()
      const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
      const clone = await send(rig.first, toCommand('START_CLONE', target))
      const abort = await sendChecked(rig, toCommand('ABORT_CLONE', target))
      const ended = abort.kind === 'DONE' ? 'SUCCEEDED' : (await settle(rig, abort)).state
      expect(ended).toBe('SUCCEEDED')
      expect((await readTask(rig.first, clone)).state).toBe('CANCELLED')
    })
  }
}

const addStart = ({ vendor, start, test }: VendorSuite): void => {
  test('START_REPLICATION is sent once, and its task names what has begun', async () => {
    await using rig = await start()
    const known = new Set((await rig.first.listGroups(never)).map(({ id }) => id))
    const acceptance = await sendChecked(rig, toStartCommand(rig))
    expect(await readTask(rig.first, acceptance)).toMatchObject({ operation: 'START_REPLICATION', state: 'RUNNING' })
    const { state, target } = await settle(rig, acceptance)
    expect(state).toBe('SUCCEEDED')
    if (target?.kind !== 'ProtectionGroup') throw new Error('the task names no group')
    const group = await rig.first.getGroup(target.nativeId, never)
    expect(group).toMatchObject({ vendor, state: 'INITIALIZING', rpo: { targetSeconds: 900, verdict: 'NEVER_SYNCED' } })
    expect(known).not.toContain(group.id)
    expect((await rig.second.getGroup(target.nativeId, never)).id).toBe(group.id)
    const [{ local: source }, { local: destination }] = await Promise.all([
      rig.first.readSite(never),
      rig.second.readSite(never),
    ])
    expect([group.source.siteId, group.destination.siteId]).toEqual([source.id, destination.id])
  })
}

const addUnsupported = ({ vendor, capabilities, start, test }: VendorSuite): void => {
  for (const action of actions.filter((candidate) => !capabilities.supports[candidate])) {
    test(`${action} is refused as unsupported, and nobody is asked`, async () => {
      await using rig = await start()
      for (const kind of targetKinds) {
        const { nativeId } = await findHealthyTarget(rig.second, kind)
        rig.forget()
        const refusal = await problemOf(rig.first.prepare(toCommand(action, { kind, vendor, nativeId }), never))
        expect(refusal).toMatchObject({ code: 'CAPABILITY_UNSUPPORTED', capability: action, vendor })
      }
      expect([...rig.requests(), rig.countSignIns()]).toEqual([0])
    })
  }
}

/** What every action has to be: done once and to its end, or refused before anybody is asked. */
export const addActions = (suite: VendorSuite): void => {
  suite.part('an action that the vendor has', () => {
    addDeeds(suite)
    if (suite.capabilities.supports.START_REPLICATION) addStart(suite)
  })
  suite.part('an action that the vendor does not have', () => addUnsupported(suite))
}
