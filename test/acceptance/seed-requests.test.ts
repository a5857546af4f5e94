/**
 * Every URL and request body of the vendors' pages "VPGs: POST" and "Start Vm Replication": the mutation that a portal
 * sends, and what leaves for the vendor, compared as text, so with the order of the members as on the page. Long because
 * it is a table with a row for every call of the pages.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SimVm as VcdaVm, SimVdc } from '../../src/simulator/vcda/vcda-sim-model.ts'
import type { SimCheckpoint } from '../../src/simulator/zerto/zerto-sim-journal.ts'
import { otherSite, type SimVpg } from '../../src/simulator/zerto/zerto-sim-vpg.ts'
import {
  AbortCloneDocument,
  CommitFailoverDocument,
  CommitMoveDocument,
  CreateCheckpointDocument,
  EndTestFailoverDocument,
  FailoverDocument,
  MoveDocument,
  NodesDocument,
  PauseReplicationDocument,
  ProtectionGroupsDocument,
  ResumeReplicationDocument,
  RollbackFailoverDocument,
  RollbackMoveDocument,
  SitesDocument,
  StartCloneDocument,
  StartReplicationDocument,
  SyncReplicationDocument,
  TaskProgressDocument,
  TasksDocument,
  TestFailoverDocument,
  type StartReplicationInput,
  type TaskOutcomeFragment,
  type TaskState,
  type TypedDocumentString,
  type VcdaVmWorkInput,
} from '../generated/graphql.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway()
})
afterEach(() => gateway[Symbol.asyncDispose]())

type OutcomeDocument<Input> = TypedDocumentString<Readonly<Record<string, TaskOutcomeFragment>>, { input: Input }>

/** Runs a mutation that must be taken; gives the id of its task. */
const press = async <Input>(document: OutcomeDocument<Input>, input: Input): Promise<string> => {
  const [outcome] = Object.values(await gateway.dataOf(document, { input }))
  if (outcome?.__typename !== 'TaskStarted') throw new Error(JSON.stringify(outcome))
  return outcome.task.id
}

/** Turns time on, half a minute at a time, until the task is in the state. */
const turnUntil = async (taskId: string, state: TaskState): Promise<void> => {
  await using events = gateway.watch(TaskProgressDocument, { id: taskId })
  for (let now: TaskState | undefined; now !== state; gateway.turn(30)) {
    now = (await events.next()).data?.taskProgress.task.state
  }
}

interface Call {
  readonly method: string
  readonly path: string
  /** Null is no body at all. */
  readonly body: unknown
}

/** What left for the vendors since the test began to look: method, path, text and type of the body. */
const listSent = () =>
  gateway.changes().map(({ method, path, body, headers }) => [method, path, body, headers['content-type']])

const toText = ({ method, path, body }: Call) =>
  body === null ? [method, path, '', undefined] : [method, path, JSON.stringify(body), 'application/json']

/** What the newest task says that was sent for it. */
const findToldCalls = async () => {
  const { tasks } = await gateway.dataOf(TasksDocument, { first: 1 })
  return tasks.nodes[0]?.request?.sent
}

/** A protected group that nothing is the matter with, as a portal sees it and as the vendor does. */
interface Scene {
  readonly groupId: string
  readonly vpg: SimVpg
  /** The members: our id, the vendor's identifier. */
  readonly members: readonly { readonly id: string; readonly vmIdentifier: string }[]
  /** A moment that is not the newest. */
  readonly point: { readonly id: string; readonly checkpoint: SimCheckpoint }
  readonly datastoreIdentifier: string
}

const requireOne = <T>(found: T | null | undefined, what: string): T => {
  if (found === null || found === undefined) throw new Error(`there is no ${what}`)
  return found
}

const findPoint = async (groupId: string, vpg: SimVpg): Promise<Scene['point']> => {
  const { nodes } = await gateway.dataOf(NodesDocument, { ids: [groupId] })
  const [node] = nodes
  const points = node?.__typename === 'ProtectionGroup' ? node.recoveryPoints.nodes : []
  const { id, takenAt } = requireOne(points[2], 'third recovery point')
  const at = Date.parse(takenAt)
  return { id, checkpoint: requireOne(vpg.journal.list(gateway.clock.now(), at, at)[0], 'checkpoint') }
}

const findScene = async (): Promise<Scene> => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  const group = requireOne(
    protectionGroups.nodes.find(
      ({ vendor, state, recovery, vmCount }) =>
        vendor === 'ZERTO' && state === 'PROTECTED' && !recovery.isTestRunning && vmCount > 1,
    ),
    'group of two machines',
  )
  const vpg = gateway.zerto.world.requireVpg(group.name)
  const members = group.replications.nodes.map(({ id, name }) => {
    const vm = requireOne(
      vpg.vms.find((candidate) => candidate.name === name),
      name,
    )
    return { id, vmIdentifier: vm.identifiers[vpg.protectedSite] }
  })
  const { datastores } = gateway.zerto.world.sites[otherSite(vpg.protectedSite)].infrastructure
  return {
    groupId: group.id,
    vpg,
    members,
    point: await findPoint(group.id, vpg),
    datastoreIdentifier: requireOne(datastores[0], 'datastore').identifier,
  }
}

interface Row {
  readonly name: string
  /** Brings the group into the state that the call needs. */
  readonly bring?: (scene: Scene) => Promise<void>
  readonly send: (scene: Scene) => Promise<string>
  /** The last part of the path. */
  readonly action: string
  /** Null is no body at all. */
  readonly body: (scene: Scene) => unknown
}

const toTarget = ({ groupId }: Scene) => ({ targetId: groupId, idempotencyKey: 'the press in question' })
const toEarlierTarget = ({ groupId }: Scene) => ({ targetId: groupId, idempotencyKey: 'the press before it' })
const nothing = () => null

const bringFailover = async (scene: Scene): Promise<void> =>
  turnUntil(await press(FailoverDocument, toEarlierTarget(scene)), 'AWAITING_DECISION')
const bringMove = async (scene: Scene): Promise<void> =>
  turnUntil(await press(MoveDocument, toEarlierTarget(scene)), 'AWAITING_DECISION')
const bringTest = async (scene: Scene): Promise<void> =>
  turnUntil(await press(TestFailoverDocument, toEarlierTarget(scene)), 'SUCCEEDED')
const bringPause = async (scene: Scene): Promise<void> =>
  turnUntil(await press(PauseReplicationDocument, toEarlierTarget(scene)), 'SUCCEEDED')
const bringClone = async (scene: Scene): Promise<void> => {
  await press(StartCloneDocument, toEarlierTarget(scene))
}

const failoverDefaults = {
  CommitPolicy: 2,
  ShutdownPolicy: 0,
  TimeToWaitBeforeShutdownInSec: 0,
  IsReverseProtection: false,
  VmIdentifiers: [],
}

const moveDefaults = {
  CommitPolicy: 'None',
  CommitPolicyTimeout: 0,
  ForceShutdown: false,
  ReverseProtection: true,
  KeepSourceVms: false,
  ContinueOnPreScriptFailure: false,
}

const failoverRows: readonly Row[] = [
  {
    name: 'Failover VPG, with every member',
    send: (scene) =>
      press(FailoverDocument, {
        ...toTarget(scene),
        recoveryPointId: scene.point.id,
        replicationIds: scene.members.map(({ id }) => id),
        zerto: {
          commitPolicy: 'COMMIT',
          commitAfterSeconds: 2_147_483_647,
          shutdownPolicy: 'NONE',
          reverseProtection: true,
        },
      }),
    action: 'Failover',
    body: ({ point, members }) => ({
      CheckpointIdentifier: point.checkpoint.id,
      CommitPolicy: 1,
      ShutdownPolicy: 0,
      TimeToWaitBeforeShutdownInSec: 2_147_483_647,
      IsReverseProtection: true,
      VmIdentifiers: members.map(({ vmIdentifier }) => vmIdentifier),
    }),
  },
  {
    // A4
    name: 'Failover VPG, with nothing but the target: every choice is sent all the same',
    send: (scene) => press(FailoverDocument, toTarget(scene)),
    action: 'Failover',
    body: () => failoverDefaults,
  },
  {
    name: 'Failover VPG, of one machine',
    send: (scene) => {
      const [, second] = scene.members
      return press(FailoverDocument, { targetId: second?.id ?? '', idempotencyKey: 'the press in question' })
    },
    action: 'Failover',
    body: ({ members }) => ({ ...failoverDefaults, VmIdentifiers: [members[1]?.vmIdentifier] }),
  },
  ...(
    [
      ['ROLLBACK', 0, 3600],
      ['COMMIT', 1, 3600],
      ['MANUAL', 2, 0],
    ] as const
  ).map(([commitPolicy, number, waitSeconds]): Row => ({
    name: `Failover VPG, CommitPolicy ${number}`,
    send: (scene) => press(FailoverDocument, { ...toTarget(scene), zerto: { commitPolicy } }),
    action: 'Failover',
    body: () => ({ ...failoverDefaults, CommitPolicy: number, TimeToWaitBeforeShutdownInSec: waitSeconds }),
  })),
  ...(
    [
      ['NONE', 0],
      ['GRACEFUL', 1],
      ['FORCE', 2],
    ] as const
  ).map(([shutdownPolicy, number]): Row => ({
    name: `Failover VPG, ShutdownPolicy ${number}`,
    send: (scene) => press(FailoverDocument, { ...toTarget(scene), zerto: { shutdownPolicy } }),
    action: 'Failover',
    body: () => ({ ...failoverDefaults, ShutdownPolicy: number }),
  })),
  ...[true, false].map((reverseProtection): Row => ({
    name: `Commit VPG failover, IsReverseProtection ${reverseProtection}`,
    bring: bringFailover,
    send: (scene) => press(CommitFailoverDocument, { ...toTarget(scene), zerto: { reverseProtection } }),
    action: 'FailoverCommit',
    body: () => ({ IsReverseProtection: reverseProtection }),
  })),
  {
    // A4
    name: 'Commit VPG failover, with nothing but the target',
    bring: bringFailover,
    send: (scene) => press(CommitFailoverDocument, toTarget(scene)),
    action: 'FailoverCommit',
    body: () => ({ IsReverseProtection: false }),
  },
  {
    name: 'Rollback VPG failover',
    bring: bringFailover,
    send: (scene) => press(RollbackFailoverDocument, toTarget(scene)),
    action: 'FailoverRollback',
    body: nothing,
  },
]

const testRows: readonly Row[] = [
  {
    name: 'Test VPG, with every member',
    send: (scene) =>
      press(TestFailoverDocument, {
        ...toTarget(scene),
        recoveryPointId: scene.point.id,
        replicationIds: scene.members.slice(0, 1).map(({ id }) => id),
      }),
    action: 'failoverTest',
    body: ({ point, members }) => ({
      CheckpointIdentifier: point.checkpoint.id,
      VmIdentifiers: [members[0]?.vmIdentifier],
    }),
  },
  {
    name: 'Test VPG, with nothing but the target',
    send: (scene) => press(TestFailoverDocument, toTarget(scene)),
    action: 'failoverTest',
    body: () => ({ VmIdentifiers: [] }),
  },
  ...[true, false].map((wasSuccessful): Row => ({
    name: `Stop VPG test, with the verdict ${wasSuccessful} and a summary`,
    bring: bringTest,
    send: (scene) => press(EndTestFailoverDocument, { ...toTarget(scene), wasSuccessful, summary: 'String content' }),
    action: 'failoverTestStop',
    body: () => ({ FailoverTestSuccess: wasSuccessful, FailoverTestSummary: 'String content' }),
  })),
  {
    // A4
    name: 'Stop VPG test, with nothing but the target',
    bring: bringTest,
    send: (scene) => press(EndTestFailoverDocument, toTarget(scene)),
    action: 'failoverTestStop',
    body: () => ({ FailoverTestSuccess: true, FailoverTestSummary: null }),
  },
]

const moveRows: readonly Row[] = [
  {
    name: 'Move VPG, with every member',
    send: (scene) =>
      press(MoveDocument, {
        ...toTarget(scene),
        zerto: {
          commitPolicy: 'COMMIT',
          commitAfterSeconds: 2,
          forceShutdown: true,
          reverseProtection: false,
          keepSourceVms: true,
          continueOnPreScriptFailure: true,
        },
      }),
    action: 'move',
    body: () => ({
      CommitPolicy: 'Commit',
      CommitPolicyTimeout: 2,
      ForceShutdown: true,
      ReverseProtection: false,
      KeepSourceVms: true,
      ContinueOnPreScriptFailure: true,
    }),
  },
  {
    // A4
    name: 'Move VPG, with nothing but the target: every choice is sent all the same',
    send: (scene) => press(MoveDocument, toTarget(scene)),
    action: 'move',
    body: () => moveDefaults,
  },
  ...(
    [
      ['ROLLBACK', 'Rollback', 3600],
      ['COMMIT', 'Commit', 3600],
      ['MANUAL', 'None', 0],
    ] as const
  ).map(([commitPolicy, word, timeout]): Row => ({
    name: `Move VPG, CommitPolicy ${word}`,
    send: (scene) => press(MoveDocument, { ...toTarget(scene), zerto: { commitPolicy } }),
    action: 'move',
    body: () => ({ ...moveDefaults, CommitPolicy: word, CommitPolicyTimeout: timeout }),
  })),
  {
    name: 'Rollback Move VPG',
    bring: bringMove,
    send: (scene) => press(RollbackMoveDocument, toTarget(scene)),
    action: 'moveRollback',
    body: nothing,
  },
  {
    name: 'Commit Move VPG, keeping the machines',
    bring: bringMove,
    send: (scene) =>
      press(CommitMoveDocument, { ...toTarget(scene), zerto: { reverseProtection: false, keepSourceVms: true } }),
    action: 'moveCommit',
    body: () => ({ ReverseProtection: false, KeepSourceVms: true }),
  },
  {
    name: 'Commit Move VPG, with reverse protection',
    bring: bringMove,
    send: (scene) =>
      press(CommitMoveDocument, { ...toTarget(scene), zerto: { reverseProtection: true, keepSourceVms: false } }),
    action: 'moveCommit',
    body: () => ({ ReverseProtection: true, KeepSourceVms: false }),
  },
  {
    // A4
    name: 'Commit Move VPG, with nothing but the target',
    bring: bringMove,
    send: (scene) => press(CommitMoveDocument, toTarget(scene)),
    action: 'moveCommit',
    body: () => ({ ReverseProtection: true, KeepSourceVms: false }),
  },
]

const otherRows: readonly Row[] = [
  {
    name: 'Insert a tagged checkpoint',
    send: (scene) => press(CreateCheckpointDocument, { ...toTarget(scene), name: 'String content' }),
    action: 'Checkpoints',
    body: () => ({ CheckpointName: 'String content' }),
  },
  {
    name: 'Clone VPG, with every member',
    send: (scene) =>
      press(StartCloneDocument, {
        ...toTarget(scene),
        recoveryPointId: scene.point.id,
        replicationIds: scene.members.map(({ id }) => id),
        zerto: { datastoreId: scene.datastoreIdentifier },
      }),
    action: 'CloneStart',
    body: ({ point, members, datastoreIdentifier }) => ({
      CheckpointId: point.checkpoint.id,
      DatastoreIdentifier: datastoreIdentifier,
      VmIdentifiers: members.map(({ vmIdentifier }) => vmIdentifier),
    }),
  },
  {
    name: 'Clone VPG, with nothing but the target',
    send: (scene) => press(StartCloneDocument, toTarget(scene)),
    action: 'CloneStart',
    body: () => ({ VmIdentifiers: [] }),
  },
  {
    name: 'Abort VPG clone',
    bring: bringClone,
    send: (scene) => press(AbortCloneDocument, toTarget(scene)),
    action: 'CloneAbort',
    body: nothing,
  },
  {
    name: 'Force synchronize a VPG',
    send: (scene) => press(SyncReplicationDocument, toTarget(scene)),
    action: 'forcesync',
    body: nothing,
  },
  {
    name: 'Pause VPG protection',
    send: (scene) => press(PauseReplicationDocument, toTarget(scene)),
    action: 'pause',
    body: nothing,
  },
  {
    name: 'Resume VPG protection',
    bring: bringPause,
    send: (scene) => press(ResumeReplicationDocument, toTarget(scene)),
    action: 'resume',
    body: nothing,
  },
]

const rows = [...failoverRows, ...testRows, ...moveRows, ...otherRows]

describe('the page "VPGs: POST"', () => {
  it.each(rows)('$name', async ({ bring, send, action, body }) => {
    const scene = await findScene()
    await bring?.(scene)
    gateway.forget()
    await send(scene)
    const call = { method: 'POST', path: `/v1/vpgs/${scene.vpg.id}/${action}`, body: body(scene) }
    expect(listSent()).toEqual([toText(call)])
    expect(await findToldCalls()).toEqual([call])
  })

  it('has no URL that is not here, but for the deprecated one', () => {
    // In the spelling of its list of URLs, and in its order.
    const page =
      'Checkpoints CloneStart CloneAbort Failover FailoverCommit FailoverRollback failoverTest failoverTestStop ' +
      'forcesync move moveRollback moveCommit pause resume'
    expect(new Set(rows.map(({ action }) => action))).toEqual(new Set(page.split(' ')))
  })
})

/** A machine that nobody replicates, and where its copy may go. */
interface Workload {
  readonly siteId: string
  readonly vm: VcdaVm
  readonly vdc: SimVdc
}

const findWorkload = async (): Promise<Workload> => {
  const [here, there] = gateway.vcda.sites
  const { sites } = await gateway.dataOf(SitesDocument, {})
  const { vms, vdcs } = gateway.vcda.world
  const isFree = ({ name, site }: VcdaVm): boolean => name.startsWith('sandbox') && site === here?.name
  const vm = requireOne([...vms.values()].find(isFree), 'machine')
  const vdc = [...vdcs.values()].find(({ site, org }) => site === there?.name && org === vm.org)
  const site = sites.find(({ name }) => name === here?.name)
  return { siteId: requireOne(site, 'site').id, vm, vdc: requireOne(vdc, 'data center') }
}

const goldId = (): string => {
  const profiles = [...gateway.vcda.world.slaProfiles.values()]
  return requireOne(
    profiles.find(({ displayName }) => displayName === 'Gold'),
    'profile',
  ).id
}

interface StartRow {
  readonly name: string
  readonly input: () => Pick<StartReplicationInput, 'description' | 'rpoSeconds' | 'slaProfileId'>
  readonly work: Omit<VcdaVmWorkInput, 'destination' | 'sourceSiteName' | 'vmId'>
  /** What differs from {@link startDefaults}. */
  readonly body: () => object
}

/** In the order of the page. */
const startDefaults = ({ vm, vdc }: Workload) => ({
  dataConnectionType: 'ENCRYPTED_COMPRESSED' as string | null,
  description: null as string | null,
  destination: { type: 'vcloud', site: vdc.site, vdc: vdc.id, storageProfile: '*' },
  initialSyncTime: 0,
  isMigration: false,
  quiesced: false as boolean | null,
  retentionPolicy: { rules: [] as readonly object[] } as object | null,
  rpo: 15 as number | null,
  slaProfileId: null as string | null,
  source: { type: 'vm', site: vm.site, vmId: vm.id },
  targetDiskType: 'THIN',
})

const startRows: readonly StartRow[] = [
  {
    name: 'with every member of the page, at its values',
    input: () => ({ description: 'new description', rpoSeconds: 900, slaProfileId: goldId() }),
    work: {
      dataConnectionType: 'ENCRYPTED_COMPRESSED',
      initialSyncAt: '1970-01-01T00:00:00Z',
      isMigration: false,
      isQuiesced: true,
      retentionRules: [{ distanceSeconds: 900, count: 3 }],
      targetDiskType: 'THIN',
    },
    body: () => ({
      dataConnectionType: 'ENCRYPTED_COMPRESSED',
      description: 'new description',
      initialSyncTime: 0,
      isMigration: false,
      quiesced: true,
      retentionPolicy: { rules: [{ distance: 15, numberOfInstances: 3 }] },
      rpo: 15,
      slaProfileId: goldId(),
      targetDiskType: 'THIN',
    }),
  },
  {
    name: 'with settings of its own, and no profile',
    input: () => ({ description: 'new description', rpoSeconds: 900 }),
    work: { isQuiesced: true, retentionRules: [{ distanceSeconds: 900, count: 3 }] },
    body: () => ({
      description: 'new description',
      quiesced: true,
      retentionPolicy: { rules: [{ distance: 15, numberOfInstances: 3 }] },
    }),
  },
  {
    name: 'with a profile instead of settings of its own',
    input: () => ({ slaProfileId: goldId() }),
    work: {},
    body: () => ({
      dataConnectionType: null,
      quiesced: null,
      retentionPolicy: null,
      rpo: null,
      slaProfileId: goldId(),
    }),
  },
  {
    // A4
    name: 'with no more than it must have: every member is sent all the same',
    input: () => ({ rpoSeconds: 900 }),
    work: {},
    body: () => ({}),
  },
  {
    name: 'plainly, with disks that are allocated at once',
    input: () => ({ rpoSeconds: 900 }),
    work: { dataConnectionType: 'PLAIN', targetDiskType: 'PREALLOCATED' },
    body: () => ({ dataConnectionType: 'PLAIN', targetDiskType: 'PREALLOCATED' }),
  },
  {
    name: 'encrypted, with disks that are wiped at once',
    input: () => ({ rpoSeconds: 900 }),
    work: { dataConnectionType: 'ENCRYPTED', targetDiskType: 'PREALLOCATED_ZEROS' },
    body: () => ({ dataConnectionType: 'ENCRYPTED', targetDiskType: 'PREALLOCATED_ZEROS' }),
  },
  {
    name: 'with a first copy that comes later',
    input: () => ({ rpoSeconds: 900 }),
    work: { initialSyncAt: '2100-01-01T00:00:00+01:00' },
    body: () => ({ initialSyncTime: Date.UTC(2099, 11, 31, 23) }),
  },
  {
    name: 'as a migration, which has an RPO of a day',
    input: () => ({}),
    work: { isMigration: true },
    body: () => ({ isMigration: true, rpo: 1440 }),
  },
]

describe('the page "Start Vm Replication"', () => {
  it.each(startRows)('$name', async ({ input, work, body }) => {
    const workload = await findWorkload()
    const { siteId, vm, vdc } = workload
    gateway.forget()
    const destination = { siteName: vdc.site, vdcId: vdc.id }
    const vcdaVm = { ...work, sourceSiteName: vm.site, vmId: vm.id, destination }
    const id = await press(StartReplicationDocument, { ...input(), siteId, idempotencyKey: 's', work: { vcdaVm } })
    const call = { method: 'POST', path: '/vm-replications', body: { ...startDefaults(workload), ...body() } }
    expect(listSent()).toEqual([toText(call)])
    expect(await findToldCalls()).toEqual([call])
    await turnUntil(id, 'SUCCEEDED')
  })

  it('carries the operation id of the task, for the logs of the vendor', async () => {
    const { siteId, vm, vdc } = await findWorkload()
    const destination = { siteName: vdc.site, vdcId: vdc.id }
    const work = { vcdaVm: { sourceSiteName: vm.site, vmId: vm.id, destination } }
    await press(StartReplicationDocument, { siteId, idempotencyKey: 's', rpoSeconds: 900, work })
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ tasks { nodes { request { operationId } } } }' }),
    })
    const operationId = gateway.changes()[0]?.headers['operationid']
    expect(operationId).toMatch(/^drg-/)
    expect(await response.json()).toEqual({ data: { tasks: { nodes: [{ request: { operationId } }] } } })
  })
})
