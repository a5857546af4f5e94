import { describe, expect } from 'vitest'
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
  findHealthyGroup,
  findHealthyReplication,
  findHealthyTarget,
  listPoints,
  never,
  problemOf,
  readTarget,
  readTask,
  send,
  settle,
  toCommand,
  toStartCommand,
  toTarget,
  updatedRpoSeconds,
  type VendorRig,
} from './vendor-rig.ts'

export const targetKinds: readonly TargetKind[] = ['ProtectionGroup', 'Replication']

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
const toPathPattern = ({ path }: WireCall): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)

/** Prepares and sends; everything that leaves is what the prepared call says, once and in order. */
const sendChecked = async (rig: VendorRig, command: Command): Promise<Acceptance> => {
  rig.forget()
  const prepared = await rig.first.prepare(command, never)
  expect(rig.changes()).toEqual([])
  const acceptance = await prepared.send({ operationId: 'operation-1', signal: never })
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

const describeDeeds = ({ vendor, capabilities, start, test }: VendorSuite): void => {
  const { supports, actsOn } = capabilities

  for (const action of actions.filter((candidate) => supports[candidate] && candidate !== 'ABORT_CLONE')) {
    for (const kind of actsOn[action]) {
      test(`${action} on a ${kind} is one request for each prepared call, its task succeeds and it is done`, async () => {
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

  test('START_REPLICATION is one request for each prepared call, and its task names what has begun', async () => {
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

  if (supports.ABORT_CLONE) {
    test('ABORT_CLONE ends the task of the clone', async () => {
      await using rig = await start()
      const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
      const clone = await send(rig.first, toCommand('START_CLONE', target))
      const abort = await sendChecked(rig, toCommand('ABORT_CLONE', target))
      if (abort.kind === 'TASK') expect((await settle(rig, abort)).state).toBe('SUCCEEDED')
      expect((await readTask(rig.first, clone)).state).toBe('CANCELLED')
    })
  }
}

const describeUnsupported = ({ vendor, capabilities, start, test }: VendorSuite): void => {
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

  if (!capabilities.supports.RECOVER_SOME_MEMBERS) {
    test('recovering some members is refused as unsupported, and nobody is asked', async () => {
      await using rig = await start()
      const { group, members } = await findHealthyGroup(rig.second)
      rig.forget()
      const memberNativeIds = members.slice(0, 1).map(({ nativeId }) => nativeId)
      const target = toTarget('ProtectionGroup', group)
      for (const operation of ['FAILOVER', 'TEST_FAILOVER'] as const) {
        const command = { ...recoveryOf(operation, target), memberNativeIds }
        expect(await problemOf(rig.first.prepare(command, never))).toMatchObject({
          code: 'CAPABILITY_UNSUPPORTED',
          capability: 'RECOVER_SOME_MEMBERS',
        })
      }
      expect([...rig.requests(), rig.countSignIns()]).toEqual([0])
    })
  }
}

const recoveryOf = <O extends 'FAILOVER' | 'TEST_FAILOVER'>(operation: O, target: TaskTarget) => ({
  ...{ operation, target, options: null },
  ...{ recoveryPointNativeId: null, memberNativeIds: null },
})

const describeDetails = ({ capabilities, start, test }: VendorSuite): void => {
  const { supports, actsOn, minRpoSeconds, maxRpoSeconds } = capabilities

  test('recovers to a point of the past, and refuses a point of something else without asking', async () => {
    await using rig = await start()
    const kind = supports.GROUP_RECOVERY_POINTS ? 'ProtectionGroup' : 'Replication'
    const target = await findHealthyTarget(rig.first, kind)
    const [point] = (await listPoints(rig.first, target)).slice(-1)
    if (point === undefined) throw new Error('a healthy target has no point')
    const other = (await rig.first.listReplications(never)).find(
      ({ nativeId, groupNativeId, latestRecoveryPoint, recovery }) =>
        ![nativeId, groupNativeId].includes(target.nativeId) &&
        recovery.phase === 'NONE' &&
        (latestRecoveryPoint !== null || supports.GROUP_RECOVERY_POINTS),
    )
    const [foreign] = other === undefined ? [] : await listPoints(rig.first, toTarget('Replication', other))
    rig.forget()
    for (const recoveryPointNativeId of [foreign?.nativeId ?? '', '', '..', `${point.nativeId}/..`]) {
      const command = { ...recoveryOf('FAILOVER', target), recoveryPointNativeId }
      expect(await problemOf(rig.first.prepare(command, never))).toMatchObject({ code: 'INVALID_INPUT' })
    }
    expect(rig.requests()).toEqual([])
    const command = { ...recoveryOf('TEST_FAILOVER', target), recoveryPointNativeId: point.nativeId }
    const acceptance = await sendChecked(rig, command)
    expect(rig.changes().at(-1)?.body).toContain(point.vendorId)
    expect((await settle(rig, acceptance)).state).toBe('SUCCEEDED')
  })

  if (supports.RECOVER_SOME_MEMBERS) {
    test('recovers some members of a group, and refuses strangers and nobody without asking', async () => {
      await using rig = await start()
      const { group, members } = await findHealthyGroup(rig.first)
      const target = toTarget('ProtectionGroup', group)
      const stranger = (await rig.first.listReplications(never)).find((one) => one.groupNativeId !== group.nativeId)
      rig.forget()
      for (const memberNativeIds of [[], [stranger?.nativeId ?? ''], ['..'], [members[0]?.nativeId ?? '', '']]) {
        const command = { ...recoveryOf('FAILOVER', target), memberNativeIds }
        expect(await problemOf(rig.first.prepare(command, never))).toMatchObject({ code: 'INVALID_INPUT' })
      }
      expect(rig.requests()).toEqual([])
      const [chosen] = members
      const command = { ...recoveryOf('TEST_FAILOVER', target), memberNativeIds: [chosen?.nativeId ?? ''] }
      const acceptance = await sendChecked(rig, command)
      const { body = '' } = rig.changes().at(-1) ?? {}
      expect(members.filter(({ vm }) => body.includes(`"${vm.vendorId}"`))).toEqual([chosen])
      expect((await settle(rig, acceptance)).state).toBe('SUCCEEDED')
    })
  }

  if (minRpoSeconds !== null && maxRpoSeconds !== null) {
    test('names the ends of the range of objectives that the site takes', async () => {
      await using rig = await start()
      const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
      const update = async (rpoSeconds: number) =>
        send(rig.first, { operation: 'UPDATE', target, options: null, ...nothingElse, rpoSeconds })
      for (const rpoSeconds of [minRpoSeconds, maxRpoSeconds]) {
        await settle(rig, await update(rpoSeconds))
        expect((await readTarget(rig.first, target)).rpo.targetSeconds).toBe(rpoSeconds)
      }
      for (const rpoSeconds of [minRpoSeconds - 60, maxRpoSeconds + 60]) {
        expect((await problemOf(update(rpoSeconds))).code).toBe('VENDOR_REFUSED')
      }
    })
  }

  test('refuses an option that it does not know, for every action and without asking', async () => {
    await using rig = await start()
    const targets = {
      ProtectionGroup: await findHealthyTarget(rig.second, 'ProtectionGroup'),
      Replication: await findHealthyTarget(rig.second, 'Replication'),
    }
    rig.forget()
    for (const action of actions.filter((candidate) => supports[candidate])) {
      for (const kind of actsOn[action]) {
        const refusal = await problemOf(
          rig.first.prepare(toCommand(action, targets[kind], { noSuchOption: true }), never),
        )
        expect([action, refusal.code]).toEqual([action, 'INVALID_INPUT'])
      }
    }
    expect([...rig.requests(), rig.countSignIns()]).toEqual([0])
  })

  test('refuses a kind of target that the action does not take, and an id of another kind, without asking', async () => {
    await using rig = await start()
    const group = await findHealthyTarget(rig.second, 'ProtectionGroup')
    const replication = await findHealthyReplication(rig.second)
    rig.forget()
    const swapped: readonly TaskTarget[] = [
      { ...group, nativeId: replication.nativeId },
      { ...group, kind: 'Replication' },
    ]
    for (const action of actions.filter((candidate) => supports[candidate])) {
      for (const target of swapped) {
        const { code } = await problemOf(rig.first.prepare(toCommand(action, target), never))
        expect(['INVALID_INPUT', 'NOT_FOUND']).toContain(code)
      }
      if (actsOn[action].includes('Replication')) continue
      const target = toTarget('Replication', replication)
      expect([action, await problemOf(rig.first.prepare(toCommand(action, target), never))]).toMatchObject([
        action,
        { code: 'INVALID_INPUT' },
      ])
    }
    expect([...rig.requests(), rig.countSignIns()]).toEqual([0])
  })

  test('refuses a start that is incomplete, too much or of another vendor, without asking', async () => {
    await using rig = await start()
    const whole = toStartCommand(rig)
    const broken: readonly Command[] = [
      { ...whole, workKind: 'acmeThing' },
      { ...whole, workKind: '__proto__' },
      { ...whole, work: {} },
      { ...whole, work: { ...whole.work, noSuchOption: 1 } },
      ...Object.keys(whole.work).map((name) => ({ ...whole, work: { ...whole.work, [name]: 4711 } })),
    ]
    for (const command of broken) {
      expect((await problemOf(rig.first.prepare(command, never))).code).toBe('INVALID_INPUT')
    }
    expect([...rig.requests(), rig.countSignIns()]).toEqual([0])
  })

  test('refuses an update that changes nothing, without asking', async () => {
    await using rig = await start()
    const target = await findHealthyTarget(rig.second, 'ProtectionGroup')
    rig.forget()
    const command: Command = { operation: 'UPDATE', target, options: null, ...nothingElse, rpoSeconds: null }
    expect((await problemOf(rig.first.prepare(command, never))).code).toBe('INVALID_INPUT')
    expect([...rig.requests(), rig.countSignIns()]).toEqual([0])
  })
}

const nothingElse = { description: null, slaProfileId: null, priority: null } as const

/** What every action has to be: done once and to its end, or refused before anybody is asked. */
export const describeActions = (suite: VendorSuite): void => {
  describe('as the vendor can', () => describeDeeds(suite))
  describe('as the vendor cannot', () => describeUnsupported(suite))
  describe('with choices', () => describeDetails(suite))
}
