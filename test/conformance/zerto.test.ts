import { describe, expect, it } from 'vitest'
import { createSimClock } from '../../src/simulator/clock.ts'
import { startZertoSimulator } from '../../src/simulator/zerto/zerto-simulator.ts'
import { createZertoAdapter } from '../../src/vendors/zerto/zerto-adapter.ts'
import { zertoCapabilities } from '../../src/vendors/zerto/zerto-capabilities.ts'
import { bringTo } from './adapter-actions.ts'
import { testVendorAdapter, type Doubt } from './vendor-adapter.suite.ts'
import {
  findHealthyTarget,
  never,
  problemOf,
  send,
  sendOptions,
  settle,
  toCommand,
  toTarget,
  toVendorRig,
  type SimulatedVendor,
} from './vendor-rig.ts'

const free = { host: '127.0.0.1', port: 0 }

const start = async (profile: 'zvma' | 'windows'): Promise<SimulatedVendor> => {
  const clock = createSimClock({ speed: 0 })
  const simulator = await startZertoSimulator({ clock, profile, fleetSize: 40, seed: 7, listen: [free, free] })
  const { sites, world } = simulator
  const [boston, london] = sites
  if (boston === undefined || london === undefined) throw new Error('two sites were to start')
  const [{ unprotected }, { infrastructure }] = world.sites
  const [vmId] = unprotected.keys()
  const { hosts, datastores, folders, networks } = infrastructure
  return {
    clock,
    services: [boston.service, london.service],
    openAdapter: (site, dependencies) => {
      const { name, service, login } = site === 0 ? boston : london
      const options = { name, url: service.url, tls: {}, login: { type: 'password', ...login } }
      return createZertoAdapter(options, dependencies)
    },
    work: {
      kind: 'zertoGroup',
      options: {
        name: 'a-new-group',
        protectedSiteId: boston.siteIdentifier,
        recoverySiteId: london.siteIdentifier,
        vms: [{ vmId }],
        defaultHostId: hosts[0]?.identifier,
        defaultDatastoreId: datastores[0]?.identifier,
        defaultFolderId: folders[0]?.identifier,
        failoverNetworkId: networks[0]?.identifier,
        testNetworkId: networks[1]?.identifier,
      },
    },
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  }
}

const generations = [
  { profile: 'zvma', label: 'Linux appliance', signInPath: /^\/auth\// },
  { profile: 'windows', label: 'Windows server', signInPath: /^\/v1\/session/ },
] as const

const doubts: readonly Doubt[] = [
  {
    scenes: [
      ...(['HEALTHY', 'SYNCING', 'PAUSED', 'RESUMING', 'PAUSED_BEFORE_TEST', 'STARTED'] as const),
      ...(['TEST_STARTING', 'TEST_RUNNING', 'TEST_STOPPING', 'FAILED_OVER', 'MOVED'] as const),
      ...(['LATE', 'BROKEN', 'CUT_OFF', 'UNCONFIGURED'] as const),
    ],
    actions: ['ABORT_CLONE'],
    site: 'REFUSES',
    reason: 'nothing in a VPG tells whether it is being cloned',
  },
  {
    scenes: ['CLONING'],
    actions: ['START_CLONE'],
    site: 'REFUSES',
    reason: 'nothing in a VPG tells that it is being cloned; that a second clone is refused is inferred',
  },
  {
    scenes: ['TEST_STARTING', 'TEST_RUNNING', 'TEST_STOPPING', 'PAUSED_BEFORE_TEST'],
    kind: 'Replication',
    actions: ['TEST_FAILOVER', 'START_CLONE'],
    site: 'REFUSES',
    reason: 'only the VPG tells of its test, and not the row of a machine',
  },
  {
    scenes: ['TEST_STARTING', 'TEST_STOPPING'],
    kind: 'Replication',
    actions: ['FAILOVER'],
    site: 'REFUSES',
    reason: 'only the VPG tells of its test, and not the row of a machine',
  },
  {
    scenes: ['PAUSED'],
    actions: ['MOVE'],
    site: 'REFUSES',
    reason: 'unknown: the simulator infers it from the last synchronisation that a move makes',
  },
  {
    scenes: ['TEST_RUNNING', 'PAUSED_BEFORE_TEST'],
    actions: ['UPDATE'],
    site: 'REFUSES',
    reason: 'unknown: no source says whether a VPG can be edited during a test',
  },
  {
    scenes: ['PAUSED_BEFORE_TEST'],
    actions: ['CREATE_CHECKPOINT'],
    site: 'ACCEPTS',
    reason: 'unknown: documented for a test, not for a test of what is paused; the simulator looks at the test alone',
  },
  {
    scenes: ['BROKEN', 'CUT_OFF'],
    kind: 'ProtectionGroup',
    actions: ['PAUSE', 'CREATE_CHECKPOINT', 'START_CLONE', 'MOVE'],
    site: 'REFUSES',
    reason: 'unknown: the simulator concludes what needs a replication that works; the gateway leaves it to the site',
  },
  {
    scenes: ['BROKEN', 'CUT_OFF'],
    kind: 'Replication',
    actions: ['START_CLONE'],
    site: 'REFUSES',
    reason: 'unknown, as for the group',
  },
  {
    scenes: ['CUT_OFF'],
    actions: ['UPDATE', 'SYNC'],
    site: 'REFUSES',
    reason: 'unknown: the simulator concludes that both sites have to agree; the gateway leaves it to the site',
  },
  {
    scenes: ['CUT_OFF'],
    actions: ['STOP'],
    site: 'REFUSES',
    reason: 'it takes the option `force`, which is not given there; the test below gives it',
  },
  {
    scenes: ['FAILOVER_AWAITS_COMMIT', 'MOVE_AWAITS_COMMIT'],
    actions: ['STOP'],
    site: 'REFUSES',
    reason: 'it takes the option `force`, which is not given there; the test below gives it',
  },
]

const troubles = ['NOT_MEETING_TARGET', 'ERROR', 'DISCONNECTED', 'NEEDS_CONFIGURATION'] as const

for (const { profile, label, signInPath } of generations) {
  testVendorAdapter({
    vendor: 'ZERTO',
    label,
    capabilities: zertoCapabilities,
    start: () => start(profile),
    signInPath,
    skip: [],
    doubts,
    troubles: { ProtectionGroup: troubles, Replication: troubles },
  })
}

describe.each(['FAILOVER', 'MOVE'] as const)('a group that waits for the decision on a %s', (operation) => {
  it('is deleted by force', async () => {
    await using rig = toVendorRig(await start('zvma'), generations[0].signInPath)
    const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
    await bringTo(rig, target, [operation])
    expect((await rig.first.getGroup(target.nativeId, never)).state).toBe('AWAITING_COMMIT')
    const { state } = await settle(rig, await send(rig.first, toCommand('STOP', target, { force: true })))
    expect(state).toBe('SUCCEEDED')
    expect((await problemOf(rig.first.getGroup(target.nativeId, never))).code).toBe('NOT_FOUND')
  })
})

it('deletes a group that is cut off from its other site by force', async () => {
  await using rig = toVendorRig(await start('zvma'), generations[0].signInPath)
  const cutOff = (await rig.first.listGroups(never)).find(({ state }) => state === 'DISCONNECTED')
  if (cutOff === undefined) throw new Error('nothing in the fleet is cut off')
  const stop = toCommand('STOP', toTarget('ProtectionGroup', cutOff), { force: true })
  expect((await settle(rig, await send(rig.first, stop))).state).toBe('SUCCEEDED')
  expect((await problemOf(rig.first.getGroup(cutOff.nativeId, never))).code).toBe('NOT_FOUND')
})

describe.each(['FAILOVER', 'MOVE'] as const)('a %s that is not left to a person', (operation) => {
  it.each(['COMMIT', 'ROLLBACK'] as const)(
    'is decided by the site as it says: %s after ten minutes',
    async (policy) => {
      // A4
      await using rig = toVendorRig(await start('zvma'), generations[0].signInPath)
      const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
      const before = await rig.first.getGroup(target.nativeId, never)
      const command = toCommand(operation, target, { commitPolicy: policy, commitAfterSeconds: 600 })
      const prepared = await rig.first.prepare(command, never)
      expect(prepared.decision).toEqual({ policy, afterSeconds: 600 })
      await settle(rig, await prepared.send(sendOptions))
      rig.turn(500)
      expect((await rig.first.getGroup(target.nativeId, never)).recovery.phase).toBe('AWAITING_COMMIT')
      // Some milliseconds after the site's clock was last seen.
      await rig.first.listGroups(never)
      await rig.first.listReplications(never)
      const since = new Date()
      rig.turn(200)
      const group = await rig.first.getGroup(target.nativeId, never)
      expect(group.recovery.phase).not.toBe('AWAITING_COMMIT')
      // What the site decides by itself is a task of its own, which nobody has asked for.
      const word = policy === 'COMMIT' ? (`COMMIT_${operation}` as const) : (`ROLLBACK_${operation}` as const)
      expect(await rig.first.listTasks({ since, operationId: null }, never)).toMatchObject([
        { operation: word, startedBy: 'System', target },
      ])
      const isTurned = group.source.siteId === before.destination.siteId
      expect(isTurned).toBe(policy === 'COMMIT')
    },
  )
})

describe('a commit that says nothing of its own', () => {
  it.each([
    [{ reverseProtection: true }, { IsReverseProtection: true }],
    [{ reverseProtection: false }, { IsReverseProtection: false }],
    [{ commitPolicy: 'MANUAL' }, { IsReverseProtection: false }],
    [null, { IsReverseProtection: false }],
  ])('ends a failover with %j as that said', async (options, body) => {
    await using rig = toVendorRig(await start('zvma'), generations[0].signInPath)
    const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
    const { source, destination } = await rig.first.getGroup(target.nativeId, never)
    await settle(rig, await send(rig.first, toCommand('FAILOVER', target, options)))
    rig.forget()
    const commit = { operation: 'COMMIT_FAILOVER', target, options: null, pendingOptions: options } as const
    expect((await settle(rig, await send(rig.first, commit))).state).toBe('SUCCEEDED')
    expect(rig.changes().map((change) => JSON.parse(change.body))).toEqual([body])
    const after = await rig.first.getGroup(target.nativeId, never)
    expect([after.source.siteId, after.destination.siteId]).toEqual([destination.siteId, source.siteId])
    const isProtected = after.state !== 'NEEDS_CONFIGURATION'
    expect(isProtected).toBe(body.IsReverseProtection)
  })
})
