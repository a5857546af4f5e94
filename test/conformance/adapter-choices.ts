import { expect } from 'vitest'
import { actions } from '../../src/domain/actions.ts'
import type { Command } from '../../src/domain/command.ts'
import type { TaskTarget } from '../../src/domain/task.ts'
import { sendChecked } from './adapter-actions.ts'
import type { VendorSuite } from './vendor-adapter.suite.ts'
import {
  findHealthyGroup,
  findHealthyReplication,
  findHealthyTarget,
  listPoints,
  never,
  nothingElse,
  problemOf,
  readTarget,
  send,
  settle,
  toCommand,
  toStartCommand,
  toTarget,
} from './vendor-rig.ts'

const recoveryOf = <O extends 'FAILOVER' | 'TEST_FAILOVER'>(operation: O, target: TaskTarget) => ({
  operation,
  target,
  options: null,
  recoveryPointNativeId: null,
  memberNativeIds: null,
})

const addRecoveryChoices = ({ capabilities, start, test }: VendorSuite): void => {
  const { supports } = capabilities

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
    if (foreign === undefined) throw new Error('nothing else has a point')
    rig.forget()
    for (const recoveryPointNativeId of [foreign.nativeId, '', '..', `${point.nativeId}/..`]) {
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
      const all = await rig.first.listReplications(never)
      const [stranger] = all.filter(({ groupNativeId }) => groupNativeId !== group.nativeId)
      const [chosen] = members
      if (stranger === undefined || chosen === undefined) throw new Error('the fleet is too small')
      rig.forget()
      for (const memberNativeIds of [[], [stranger.nativeId], ['..'], [chosen.nativeId, '']]) {
        const command = { ...recoveryOf('FAILOVER', target), memberNativeIds }
        expect(await problemOf(rig.first.prepare(command, never))).toMatchObject({ code: 'INVALID_INPUT' })
      }
      expect(rig.requests()).toEqual([])
      const command = { ...recoveryOf('TEST_FAILOVER', target), memberNativeIds: [chosen.nativeId] }
      const acceptance = await sendChecked(rig, command)
      const { body = '' } = rig.changes().at(-1) ?? {}
      expect(members.filter(({ vm }) => body.includes(`"${vm.vendorId}"`))).toEqual([chosen])
      expect((await settle(rig, acceptance)).state).toBe('SUCCEEDED')
    })
  }

  if (!supports.RECOVER_SOME_MEMBERS) {
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

const addUpdates = ({ capabilities, start, test }: VendorSuite): void => {
  const { supports, minRpoSeconds, maxRpoSeconds } = capabilities
  if (!supports.UPDATE) return

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

  test('refuses an update that changes nothing, without asking', async () => {
    await using rig = await start()
    const target = await findHealthyTarget(rig.second, 'ProtectionGroup')
    rig.forget()
    const command: Command = { operation: 'UPDATE', target, options: null, ...nothingElse, rpoSeconds: null }
    expect((await problemOf(rig.first.prepare(command, never))).code).toBe('INVALID_INPUT')
    expect([...rig.requests(), rig.countSignIns()]).toEqual([0])
  })
}

const addRefusals = ({ capabilities, start, test }: VendorSuite): void => {
  const { supports, actsOn } = capabilities

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

  if (!supports.START_REPLICATION) return

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
}

/** What may go with an action, and what is refused before anybody is asked. */
export const addChoices = (suite: VendorSuite): void => {
  suite.part('what is recovered, and to when', () => addRecoveryChoices(suite))
  suite.part('an update', () => addUpdates(suite))
  suite.part('what cannot be meant', () => addRefusals(suite))
}
