import { expect, test } from 'vitest'
import type { Command } from '../../../src/domain/command.ts'
import { findDecision, toActionCall, type ActionCommand } from '../../../src/vendors/zerto/zerto-commands.ts'
import { failureOf, group, json, neverAborted, replication, startScriptedZvm, vmId, vpgId } from './scripted-zvm.ts'

const all = { recoveryPointNativeId: null, memberNativeIds: null, options: null } as const
const otherVpg = '9d7a4c0e-63b1-4d0f-8b6a-2f1e0d9c8b7a'

const refused: readonly (readonly [string, ActionCommand, string])[] = [
  ['a pause of one machine', { operation: 'PAUSE', target: replication, options: null }, 'input.targetId'],
  ['a move of one machine', { operation: 'MOVE', target: replication, options: null }, 'input.targetId'],
  ['a deletion of one machine', { operation: 'STOP', target: replication, options: null }, 'input.targetId'],
  [
    'a commit for one machine',
    { operation: 'COMMIT_FAILOVER', pendingOptions: null, target: replication, options: null },
    'input.targetId',
  ],
  [
    'a checkpoint of one machine',
    { operation: 'CREATE_CHECKPOINT', target: replication, options: null, name: 'a' },
    'input.targetId',
  ],
  [
    'a target that is no id',
    { ...all, operation: 'FAILOVER', target: { ...group, nativeId: `${vpgId}/../x` } },
    'input.targetId',
  ],
  // On the wire an empty list is "all of them".
  ['no machine at all', { ...all, operation: 'FAILOVER', target: group, memberNativeIds: [] }, 'input.replicationIds'],
  [
    'a member of another group',
    { ...all, operation: 'FAILOVER', target: group, memberNativeIds: [`${otherVpg}/${vmId}`] },
    'input.replicationIds',
  ],
  [
    'another machine than the target',
    { ...all, operation: 'TEST_FAILOVER', target: replication, memberNativeIds: [`${vpgId}/${vmId}0`] },
    'input.replicationIds',
  ],
  [
    'a recovery point of another group',
    { ...all, operation: 'TEST_FAILOVER', target: group, recoveryPointNativeId: `${otherVpg}/1` },
    'input.recoveryPointId',
  ],
  [
    'a waiting time where a person decides',
    { ...all, operation: 'FAILOVER', target: group, options: { commitAfterSeconds: 60 } },
    'input.zerto.commitAfterSeconds',
  ],
  [
    'a negative waiting time',
    { ...all, operation: 'FAILOVER', target: group, options: { commitPolicy: 'COMMIT', commitAfterSeconds: -1 } },
    'input.zerto.commitAfterSeconds',
  ],
  [
    'an unknown policy',
    { ...all, operation: 'FAILOVER', target: group, options: { commitPolicy: 'LATER' } },
    'input.zerto.commitPolicy',
  ],
  [
    'an option of another operation',
    { operation: 'COMMIT_FAILOVER', pendingOptions: null, target: group, options: { keepSourceVms: true } },
    'input.zerto',
  ],
  ['an option where there is none', { operation: 'PAUSE', target: group, options: { force: true } }, 'input.zerto'],
  [
    'kept machines under reverse protection',
    { operation: 'MOVE', target: group, options: { keepSourceVms: true } },
    'input.zerto.keepSourceVms',
  ],
  [
    'a commit that keeps machines under reverse protection',
    {
      operation: 'COMMIT_MOVE',
      pendingOptions: null,
      target: group,
      options: { keepSourceVms: true, reverseProtection: true },
    },
    'input.zerto.keepSourceVms',
  ],
  [
    'a commit that would remove the machines without a word',
    { operation: 'COMMIT_MOVE', pendingOptions: null, target: group, options: { reverseProtection: false } },
    'input.zerto.keepSourceVms',
  ],
  [
    'a datastore that is no identifier',
    { ...all, operation: 'START_CLONE', target: group, options: { datastoreId: '../x' } },
    'input.zerto.datastoreId',
  ],
  [
    'a checkpoint without a name',
    { operation: 'CREATE_CHECKPOINT', target: group, options: null, name: ' ' },
    'input.name',
  ],
]

test.each(refused)('refuses %s', (_, command, path) => {
  // A3
  expect(() => toActionCall(command)).toThrow(
    expect.objectContaining({
      code: 'INVALID_INPUT',
      problem: expect.objectContaining({ fields: [expect.objectContaining({ path })] }),
    }),
  )
})

test('names each machine once, however often it was given', () => {
  const member = `${vpgId}/${vmId}`
  const command: Command = { ...all, operation: 'FAILOVER', target: group, memberNativeIds: [member, member] }
  expect(toActionCall(command).body).toMatchObject({ VmIdentifiers: [vmId] })
})

test('passes hostile names on unchanged', () => {
  // V3
  const name = `"; DROP TABLE\r\n\u0000 </script> ☃ ${'x'.repeat(200)}`
  expect(toActionCall({ operation: 'CREATE_CHECKPOINT', target: group, options: null, name }).body).toEqual({
    CheckpointName: name,
  })
})

test('takes options without a prototype, as GraphQL gives them', () => {
  const options: Record<string, unknown> = Object.assign(Object.create(null), { reverseProtection: true })
  const call = toActionCall({ operation: 'COMMIT_FAILOVER', pendingOptions: null, target: group, options })
  expect(call.body).toEqual({ IsReverseProtection: true })
})

test('has no reverse of its own, and asks nobody about it', async () => {
  await using zvm = await startScriptedZvm({ answer: () => json([]) })
  const failure = await failureOf(
    zvm.adapter.prepare({ operation: 'REVERSE', target: group, options: null }, neverAborted),
  )
  expect(failure).toMatchObject({ code: 'CAPABILITY_UNSUPPORTED' })
  expect(zvm.service.exchanges).toEqual([])
})

test.each([
  [3, 'PublicCloud'],
  [5, 'Azure'],
])('makes no tagged checkpoint where the protected site is of type %i (%s)', async (type, name) => {
  for (const entity of [type, name]) {
    await using zvm = await startScriptedZvm({
      answer: () => json({ VpgName: 'a', VpgIdentifier: vpgId, Entities: { Protected: entity, Recovery: 0 } }),
    })
    const command: Command = { operation: 'CREATE_CHECKPOINT', target: group, options: null, name: 'a' }
    expect(await failureOf(zvm.adapter.prepare(command, neverAborted))).toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
    })
    expect(zvm.calls.map((call) => call.method)).toEqual(['GET'])
  }
})

test('takes no datastore for a clone where the recovery site is a cloud', async () => {
  await using zvm = await startScriptedZvm({
    answer: () => json({ VpgName: 'a', VpgIdentifier: vpgId, Entities: { Protected: 0, Recovery: 2 } }),
  })
  const options = { datastoreId: `${vpgId}.datastore-1` }
  const command: Command = { ...all, operation: 'START_CLONE', target: group, options }
  expect(await failureOf(zvm.adapter.prepare(command, neverAborted))).toMatchObject({ code: 'INVALID_INPUT' })
})

test.each([
  [null, null, { IsReverseProtection: false }],
  [null, { reverseProtection: true }, { IsReverseProtection: true }],
  [{ reverseProtection: false }, { reverseProtection: true }, { IsReverseProtection: false }],
  [{ reverseProtection: true }, { reverseProtection: false }, { IsReverseProtection: true }],
  [{ reverseProtection: null }, { reverseProtection: true, commitPolicy: 'MANUAL' }, { IsReverseProtection: true }],
])('commits a failover with %j, which was asked for with %j', (options, pendingOptions, body) => {
  // A4
  const command = { operation: 'COMMIT_FAILOVER', target: group, options, pendingOptions } as const
  expect(toActionCall(command).body).toEqual(body)
})

const kept = { reverseProtection: false, keepSourceVms: true }
const removed = { reverseProtection: false, keepSourceVms: false }

test.each([
  [null, null, { ReverseProtection: true, KeepSourceVms: false }],
  [null, kept, { ReverseProtection: false, KeepSourceVms: true }],
  [null, { ...removed, forceShutdown: true }, { ReverseProtection: false, KeepSourceVms: false }],
  [{ keepSourceVms: false }, kept, { ReverseProtection: false, KeepSourceVms: false }],
  [{ reverseProtection: true }, kept, { ReverseProtection: true, KeepSourceVms: false }],
  [kept, { reverseProtection: true }, { ReverseProtection: false, KeepSourceVms: true }],
])('commits a move with %j, which was asked for with %j', (options, pendingOptions, body) => {
  // A4
  expect(toActionCall({ operation: 'COMMIT_MOVE', target: group, options, pendingOptions }).body).toEqual(body)
})

test('takes nothing from the move where the commit would remove the machines without a word', () => {
  // A3
  const pendingOptions = { reverseProtection: true }
  const options = { reverseProtection: false }
  const commit = { operation: 'COMMIT_MOVE', target: group, options, pendingOptions } as const
  expect(() => toActionCall(commit)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
})

test.each([
  [null, { policy: 'MANUAL', afterSeconds: null }, { failover: [2, 0], move: ['None', 0] }],
  [
    { commitPolicy: 'COMMIT', commitAfterSeconds: 600 },
    { policy: 'COMMIT', afterSeconds: 600 },
    { failover: [1, 600], move: ['Commit', 600] },
  ],
  [
    { commitPolicy: 'ROLLBACK' },
    { policy: 'ROLLBACK', afterSeconds: 3600 },
    { failover: [0, 3600], move: ['Rollback', 3600] },
  ],
  [
    { commitPolicy: 'COMMIT', commitAfterSeconds: 0 },
    { policy: 'COMMIT', afterSeconds: 0 },
    { failover: [1, 0], move: ['Commit', 0] },
  ],
])('says of %j what becomes of the recovery, as the body does', (options, decision, { failover, move }) => {
  // A4
  const recovery: ActionCommand = { ...all, operation: 'FAILOVER', target: group, options }
  expect(findDecision(recovery)).toEqual(decision)
  expect(toActionCall(recovery).body).toMatchObject({
    CommitPolicy: failover[0],
    TimeToWaitBeforeShutdownInSec: failover[1],
  })
  const planned: ActionCommand = { operation: 'MOVE', target: group, options }
  expect(findDecision(planned)).toEqual(decision)
  expect(toActionCall(planned).body).toMatchObject({ CommitPolicy: move[0], CommitPolicyTimeout: move[1] })
})

test('says nothing of a decision for what does not wait', () => {
  expect(findDecision({ ...all, operation: 'TEST_FAILOVER', target: group })).toBeNull()
  expect(findDecision({ operation: 'STOP', target: group, options: null })).toBeNull()
})
