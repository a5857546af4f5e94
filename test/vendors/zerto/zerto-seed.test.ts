import { expect, test } from 'vitest'
import type { Command } from '../../../src/domain/command.ts'
import {
  group,
  json,
  neverAborted,
  replication,
  startScriptedZvm,
  taskId,
  vmId,
  vpgId,
  sendOptions,
} from './scripted-zvm.ts'

/**
 * The vendor's page "VPGs: POST", URL by URL and body by body: the command that makes it, and exactly what leaves.
 * Members the page calls optional are in the body all the same, see the promise A4, but for a checkpoint: without one
 * the newest is meant in every version.
 */
interface Row {
  readonly name: string
  readonly command: Command
  readonly method?: 'DELETE'
  readonly path: string
  /** Compared as text: the order of the members is that of the page. Null is no body at all. */
  readonly body: unknown
}

const all = { recoveryPointNativeId: null, memberNativeIds: null, options: null } as const
const plain = { target: group, options: null } as const
const base = `/v1/vpgs/${vpgId}`
const otherVm = 'd4a6ab63-5b4f-4a43-9c3e-5d0c0c2b6a11.vm-39'

const rows: readonly Row[] = [
  {
    name: 'Insert a tagged checkpoint',
    command: { ...plain, operation: 'CREATE_CHECKPOINT', name: 'String content' },
    path: `${base}/Checkpoints`,
    body: { CheckpointName: 'String content' },
  },
  {
    name: 'Clone VPG, with everything the page shows',
    command: {
      operation: 'START_CLONE',
      target: group,
      recoveryPointNativeId: `${vpgId}/166834`,
      memberNativeIds: [`${vpgId}/${vmId}`, `${vpgId}/${otherVm}`],
      options: { datastoreId: 'd4a6ab63-5b4f-4a43-9c3e-5d0c0c2b6a11.datastore-19' },
    },
    path: `${base}/CloneStart`,
    body: {
      CheckpointId: '166834',
      DatastoreIdentifier: 'd4a6ab63-5b4f-4a43-9c3e-5d0c0c2b6a11.datastore-19',
      VmIdentifiers: [vmId, otherVm],
    },
  },
  {
    name: 'Clone VPG, from the newest checkpoint to the emptiest datastore',
    command: { ...all, operation: 'START_CLONE', target: group },
    path: `${base}/CloneStart`,
    body: { VmIdentifiers: [] },
  },
  { name: 'Abort VPG clone', command: { ...plain, operation: 'ABORT_CLONE' }, path: `${base}/CloneAbort`, body: null },
  {
    name: 'Failover VPG, with everything the page shows',
    command: {
      operation: 'FAILOVER',
      target: group,
      recoveryPointNativeId: `${vpgId}/166834`,
      memberNativeIds: [`${vpgId}/${vmId}`],
      options: {
        commitPolicy: 'COMMIT',
        commitAfterSeconds: 2_147_483_647,
        shutdownPolicy: 'NONE',
        reverseProtection: true,
      },
    },
    path: `${base}/Failover`,
    body: {
      CheckpointIdentifier: '166834',
      CommitPolicy: 1,
      ShutdownPolicy: 0,
      TimeToWaitBeforeShutdownInSec: 2_147_483_647,
      IsReverseProtection: true,
      VmIdentifiers: [vmId],
    },
  },
  {
    // A4
    name: 'Failover VPG, leaving nothing to the defaults of a version',
    command: { ...all, operation: 'FAILOVER', target: group },
    path: `${base}/Failover`,
    body: {
      CommitPolicy: 2,
      ShutdownPolicy: 0,
      TimeToWaitBeforeShutdownInSec: 0,
      IsReverseProtection: false,
      VmIdentifiers: [],
    },
  },
  {
    name: 'Failover VPG, rolled back by itself after shutting the machines down',
    command: {
      ...all,
      operation: 'FAILOVER',
      target: group,
      options: { commitPolicy: 'ROLLBACK', shutdownPolicy: 'GRACEFUL', reverseProtection: null },
    },
    path: `${base}/Failover`,
    body: {
      CommitPolicy: 0,
      ShutdownPolicy: 1,
      TimeToWaitBeforeShutdownInSec: 3600,
      IsReverseProtection: false,
      VmIdentifiers: [],
    },
  },
  {
    name: 'Failover of one machine of a VPG, after powering it off',
    command: { ...all, operation: 'FAILOVER', target: replication, options: { shutdownPolicy: 'FORCE' } },
    path: `${base}/Failover`,
    body: {
      CommitPolicy: 2,
      ShutdownPolicy: 2,
      TimeToWaitBeforeShutdownInSec: 0,
      IsReverseProtection: false,
      VmIdentifiers: [vmId],
    },
  },
  {
    name: 'Commit VPG failover',
    command: { ...plain, operation: 'COMMIT_FAILOVER', pendingOptions: null, options: { reverseProtection: true } },
    path: `${base}/FailoverCommit`,
    body: { IsReverseProtection: true },
  },
  {
    name: 'Commit VPG failover, without a word on reverse protection',
    command: { ...plain, operation: 'COMMIT_FAILOVER', pendingOptions: null },
    path: `${base}/FailoverCommit`,
    body: { IsReverseProtection: false },
  },
  {
    name: 'Rollback VPG failover',
    command: { ...plain, operation: 'ROLLBACK_FAILOVER' },
    path: `${base}/FailoverRollback`,
    body: null,
  },
  {
    name: 'Test VPG, with everything the page shows',
    command: {
      operation: 'TEST_FAILOVER',
      target: group,
      recoveryPointNativeId: `${vpgId}/166834`,
      memberNativeIds: [`${vpgId}/${vmId}`],
      options: null,
    },
    path: `${base}/failoverTest`,
    body: { CheckpointIdentifier: '166834', VmIdentifiers: [vmId] },
  },
  {
    name: 'Test VPG, all machines from the newest checkpoint',
    command: { ...all, operation: 'TEST_FAILOVER', target: group },
    path: `${base}/failoverTest`,
    body: { VmIdentifiers: [] },
  },
  {
    name: 'Stop VPG test',
    command: { ...plain, operation: 'END_TEST_FAILOVER', wasSuccessful: false, summary: 'String content' },
    path: `${base}/failoverTestStop`,
    body: { FailoverTestSuccess: false, FailoverTestSummary: 'String content' },
  },
  {
    name: 'Stop VPG test, without a verdict',
    command: { ...plain, operation: 'END_TEST_FAILOVER', wasSuccessful: null, summary: null },
    path: `${base}/failoverTestStop`,
    body: { FailoverTestSuccess: true, FailoverTestSummary: null },
  },
  { name: 'Force synchronize a VPG', command: { ...plain, operation: 'SYNC' }, path: `${base}/forcesync`, body: null },
  {
    name: 'Move VPG, with everything the page shows',
    command: {
      ...plain,
      operation: 'MOVE',
      options: {
        commitPolicy: 'COMMIT',
        commitAfterSeconds: 2,
        forceShutdown: true,
        reverseProtection: false,
        keepSourceVms: true,
        continueOnPreScriptFailure: true,
      },
    },
    path: `${base}/move`,
    body: {
      CommitPolicy: 'Commit',
      CommitPolicyTimeout: 2,
      ForceShutdown: true,
      ReverseProtection: false,
      KeepSourceVms: true,
      ContinueOnPreScriptFailure: true,
    },
  },
  {
    // A4
    name: 'Move VPG, leaving nothing to the settings of a site',
    command: { ...plain, operation: 'MOVE' },
    path: `${base}/move`,
    body: {
      CommitPolicy: 'None',
      CommitPolicyTimeout: 0,
      ForceShutdown: false,
      ReverseProtection: true,
      KeepSourceVms: false,
      ContinueOnPreScriptFailure: false,
    },
  },
  {
    name: 'Rollback Move VPG',
    command: { ...plain, operation: 'ROLLBACK_MOVE' },
    path: `${base}/moveRollback`,
    body: null,
  },
  {
    name: 'Commit Move VPG, keeping the machines',
    command: {
      ...plain,
      operation: 'COMMIT_MOVE',
      pendingOptions: null,
      options: { reverseProtection: false, keepSourceVms: true },
    },
    path: `${base}/moveCommit`,
    body: { ReverseProtection: false, KeepSourceVms: true },
  },
  {
    name: 'Commit Move VPG, with both members although none was given',
    command: { ...plain, operation: 'COMMIT_MOVE', pendingOptions: null },
    path: `${base}/moveCommit`,
    body: { ReverseProtection: true, KeepSourceVms: false },
  },
  { name: 'Pause VPG protection', command: { ...plain, operation: 'PAUSE' }, path: `${base}/pause`, body: null },
  { name: 'Resume VPG protection', command: { ...plain, operation: 'RESUME' }, path: `${base}/resume`, body: null },
  {
    name: 'Delete a VPG (API description of 10.0 U6)',
    command: { ...plain, operation: 'STOP' },
    method: 'DELETE',
    path: base,
    body: { KeepRecoveryVolumes: true, Force: false },
  },
  {
    name: 'Delete a VPG by force and with its volumes (API description of 10.0 U6)',
    command: { ...plain, operation: 'STOP', options: { keepRecoveryVolumes: false, force: true } },
    method: 'DELETE',
    path: base,
    body: { KeepRecoveryVolumes: false, Force: true },
  },
]

const taskForms = [
  ['a bare JSON string', taskId],
  ['the object of the page', { TaskIdentifier: taskId }],
] as const

test.each(rows)('$name', async ({ command, method = 'POST', path, body }) => {
  for (const [, answer] of taskForms) {
    await using zvm = await startScriptedZvm({
      answer: (request) => json(request.method === 'GET' ? { VpgName: 'a', VpgIdentifier: vpgId } : answer),
    })
    const prepared = await zvm.adapter.prepare(command, neverAborted)
    expect(prepared.calls).toEqual([{ method, path, body }])
    expect(zvm.calls.filter((call) => call.method !== 'GET')).toEqual([])

    const acceptance = await prepared.send(sendOptions)
    expect(acceptance).toEqual({ kind: 'TASK', vendorTaskId: taskId })
    const sent = zvm.calls.filter((call) => call.method !== 'GET')
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ method, path, body: body === null ? '' : JSON.stringify(body) })
    expect(sent[0]?.headers['content-type']).toBe(body === null ? undefined : 'application/json')
    expect(sent[0]?.headers['accept']).toBe('application/json')
  }
})

test('covers every URL of the page but the deprecated creation of a VPG', () => {
  const page =
    'Checkpoints CloneStart CloneAbort Failover FailoverCommit FailoverRollback failoverTest failoverTestStop ' +
    'forcesync move moveRollback moveCommit pause resume'
  const covered = new Set(rows.map((row) => row.path))
  expect(page.split(' ').filter((action) => !covered.has(`${base}/${action}`))).toEqual([])
})

test('takes an aborted clone, which is answered without a body, for done', async () => {
  await using zvm = await startScriptedZvm({ answer: () => ({ status: 200 }) })
  const prepared = await zvm.adapter.prepare({ ...plain, operation: 'ABORT_CLONE' }, neverAborted)
  expect(await prepared.send(sendOptions)).toEqual({ kind: 'DONE' })
})
