import { expect, test } from 'vitest'
import type { Command } from '../../../src/domain/command.ts'
import type { Acceptance, VendorAdapter } from '../../../src/domain/ports/vendor-adapter.ts'
import type { ProtectionGroup } from '../../../src/domain/protection-group.ts'
import type { TaskReading, TaskTarget } from '../../../src/domain/task.ts'
import { createSimClock } from '../../../src/simulator/clock.ts'
import { startZertoSimulator } from '../../../src/simulator/zerto/zerto-simulator.ts'
import { createZertoAdapter } from '../../../src/vendors/zerto/zerto-adapter.ts'
import { failureOf, KeptLog, neverAborted, TurnedClock, sendOptions } from './scripted-zvm.ts'

const hourMs = 3_600_000

/** Both simulated sites with an adapter each, and a clock that only the test turns. */
const startPair = async () => {
  const clock = createSimClock({ speed: 0 })
  const listen = [0, 1].map(() => ({ host: '127.0.0.1', port: 0 }))
  const simulator = await startZertoSimulator({ clock, fleetSize: 12, seed: 7, listen })
  clock.turn(hourMs)
  // One time for both: tokens run out by the site's clock, and are renewed by ours.
  const ownClock = { now: () => new Date(clock.now()), wait: () => Promise.resolve() }
  const dependencies = { clock: ownClock, logger: new KeptLog() }
  const adapters = simulator.sites.map((site) =>
    createZertoAdapter(
      { name: site.name, url: site.service.url, tls: {}, login: { type: 'password', ...site.login } },
      dependencies,
    ),
  )
  const [boston, london] = adapters
  if (boston === undefined || london === undefined) throw new Error('two sites were to start')
  return {
    simulator,
    clock,
    boston,
    london,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(adapters.map((adapter) => adapter[Symbol.asyncDispose]()))
      await simulator[Symbol.asyncDispose]()
    },
  }
}

const run = async (adapter: VendorAdapter, command: Command): Promise<Acceptance> =>
  (await adapter.prepare(command, neverAborted)).send(sendOptions)

const readTask = async (adapter: VendorAdapter, acceptance: Acceptance): Promise<TaskReading | undefined> => {
  if (acceptance.kind !== 'TASK') throw new Error('a task was to come')
  return (await adapter.readTasks([acceptance.vendorTaskId], neverAborted)).get(acceptance.vendorTaskId)
}

const pickProtected = async (adapter: VendorAdapter): Promise<ProtectionGroup> => {
  const groups = await adapter.listGroups(neverAborted)
  const group = groups.find(({ state, vmCount }) => state === 'PROTECTED' && vmCount > 1)
  if (group === undefined) throw new Error('no group is protected')
  return group
}

const targetOf = (group: ProtectionGroup): TaskTarget => ({
  kind: 'ProtectionGroup',
  vendor: 'ZERTO',
  nativeId: group.nativeId,
})

const listIds = async (adapter: VendorAdapter): Promise<readonly string[][]> => {
  const groups = await adapter.listGroups(neverAborted)
  const replications = await adapter.listReplications(neverAborted)
  return [groups.map(({ id }) => id).sort(), replications.map(({ groupNativeId }) => groupNativeId ?? '').sort()]
}

test('both sites list the same groups and machines under the same ids', async () => {
  // R4
  await using pair = await startPair()
  const seen = await listIds(pair.boston)
  expect(seen[0]?.length).toBeGreaterThan(1)
  expect(await listIds(pair.london)).toEqual(seen)
})

test('every id the simulator gives is one the adapter owns', async () => {
  await using pair = await startPair()
  const { local, peers } = await pair.boston.readSite(neverAborted)
  const groups = await pair.boston.listGroups(neverAborted)
  const replications = await pair.boston.listReplications(neverAborted)
  expect([local, ...peers].filter(({ nativeId }) => !pair.boston.ownsId('Site', nativeId))).toEqual([])
  expect(groups.filter(({ nativeId }) => !pair.boston.ownsId('ProtectionGroup', nativeId))).toEqual([])
  expect(replications.filter(({ nativeId }) => !pair.boston.ownsId('Replication', nativeId))).toEqual([])
  const one = replications[0]
  expect(one === undefined ? null : (await pair.boston.getReplication(one.nativeId, neverAborted)).id).toBe(one?.id)
})

test('fails a group over, waits for a person, and commits', async () => {
  await using pair = await startPair()
  const group = await pickProtected(pair.boston)
  const [points] = await pair.boston.listRecoveryPoints(
    [{ kind: 'ProtectionGroup', nativeId: group.nativeId, from: new Date(pair.clock.now() - hourMs), to: null }],
    neverAborted,
  )
  const point = points?.[3]
  expect(point?.ownerNativeId).toBe(group.nativeId)

  const target = targetOf(group)
  const accepted = await run(pair.boston, {
    operation: 'FAILOVER',
    target,
    recoveryPointNativeId: point?.nativeId ?? null,
    memberNativeIds: null,
    options: { reverseProtection: true },
  })
  expect(await readTask(pair.boston, accepted)).toMatchObject({
    operation: 'FAILOVER',
    state: 'RUNNING',
    target,
    startedBy: 'admin',
  })
  expect((await pair.boston.getGroup(group.nativeId, neverAborted)).state).toBe('FAILING_OVER')

  pair.clock.turn(60_000)
  expect(await pair.boston.getGroup(group.nativeId, neverAborted)).toMatchObject({
    state: 'AWAITING_COMMIT',
    health: 'WARNING',
    recovery: { phase: 'AWAITING_COMMIT', pending: 'FAILOVER' },
  })
  // MANUAL: nothing fires by itself.
  pair.clock.turn(24 * hourMs)
  expect((await pair.boston.getGroup(group.nativeId, neverAborted)).state).toBe('AWAITING_COMMIT')

  const committed = await run(pair.boston, {
    operation: 'COMMIT_FAILOVER',
    pendingOptions: null,
    target,
    options: { reverseProtection: true },
  })
  pair.clock.turn(10 * 60_000)
  expect(await readTask(pair.boston, committed)).toMatchObject({
    operation: 'COMMIT_FAILOVER',
    state: 'SUCCEEDED',
  })
  const after = await pair.boston.getGroup(group.nativeId, neverAborted)
  expect(after.source.siteName).toBe(group.destination.siteName)
})

test('tests one machine of a group and ends the test with a verdict', async () => {
  await using pair = await startPair()
  const group = await pickProtected(pair.boston)
  const replications = await pair.boston.listReplications(neverAborted)
  const member = replications.find(({ groupNativeId }) => groupNativeId === group.nativeId)
  const target: TaskTarget = { kind: 'Replication', vendor: 'ZERTO', nativeId: member?.nativeId ?? '' }
  await run(pair.boston, {
    operation: 'TEST_FAILOVER',
    target,
    recoveryPointNativeId: null,
    memberNativeIds: null,
    options: null,
  })
  expect((await pair.boston.getGroup(group.nativeId, neverAborted)).recovery).toMatchObject({
    isTestRunning: true,
    testStage: 'STARTING',
  })
  pair.clock.turn(60_000)
  expect(await pair.boston.getGroup(group.nativeId, neverAborted)).toMatchObject({
    state: 'PROTECTED',
    recovery: { phase: 'TESTING', testStage: 'RUNNING' },
  })
  await run(pair.boston, {
    operation: 'END_TEST_FAILOVER',
    target: targetOf(group),
    wasSuccessful: false,
    summary: 'no route',
    options: null,
  })
  pair.clock.turn(60_000)
  const after = await pair.boston.getGroup(group.nativeId, neverAborted)
  expect(after.recovery.isTestRunning).toBe(false)
  expect(after.lastTestedAt?.getTime()).toBeGreaterThan(pair.clock.now() - 60_000)
})

test('moves a group, and rolls the move back', async () => {
  await using pair = await startPair()
  const target = targetOf(await pickProtected(pair.boston))
  await run(pair.boston, { operation: 'MOVE', target, options: null })
  pair.clock.turn(120_000)
  expect(await pair.boston.getGroup(target.nativeId, neverAborted)).toMatchObject({
    state: 'AWAITING_COMMIT',
    recovery: { pending: 'MOVE' },
  })
  const rolledBack = await run(pair.boston, { operation: 'ROLLBACK_MOVE', target, options: null })
  pair.clock.turn(10 * 60_000)
  expect(await readTask(pair.boston, rolledBack)).toMatchObject({ operation: 'ROLLBACK_MOVE', state: 'SUCCEEDED' })
})

test('pauses and resumes, tags a checkpoint, clones and aborts, and deletes', async () => {
  await using pair = await startPair()
  const target = targetOf(await pickProtected(pair.boston))
  const plain = { target, options: null } as const
  const settle = async (acceptance: Acceptance): Promise<TaskReading | undefined> => {
    pair.clock.turn(5 * 60_000)
    return readTask(pair.boston, acceptance)
  }
  const tagged = await run(pair.boston, { ...plain, operation: 'CREATE_CHECKPOINT', name: 'before "upgrade" ☃' })
  expect(await settle(tagged)).toMatchObject({ operation: 'CREATE_CHECKPOINT', state: 'SUCCEEDED' })
  const query = { kind: 'ProtectionGroup', nativeId: target.nativeId, from: null, to: null } as const
  const span = { ...query, from: new Date(pair.clock.now() - 10 * 60_000) }
  const [points] = await pair.boston.listRecoveryPoints([span], neverAborted)
  expect(points?.map(({ tag }) => tag)).toContain('before "upgrade" ☃')

  const clone = { ...plain, recoveryPointNativeId: null, memberNativeIds: null } as const
  await run(pair.boston, { ...clone, operation: 'START_CLONE' })
  pair.clock.turn(1000)
  expect(await run(pair.boston, { ...plain, operation: 'ABORT_CLONE' })).toEqual({ kind: 'DONE' })

  expect(await settle(await run(pair.boston, { ...plain, operation: 'PAUSE' }))).toMatchObject({ operation: 'PAUSE' })
  expect(await pair.boston.getGroup(target.nativeId, neverAborted)).toMatchObject({
    state: 'PAUSED',
    recovery: { isPaused: true },
  })
  expect(await settle(await run(pair.boston, { ...plain, operation: 'RESUME' }))).toMatchObject({ state: 'SUCCEEDED' })
  expect(await settle(await run(pair.boston, { ...plain, operation: 'SYNC' }))).toMatchObject({ operation: 'SYNC' })
  expect(await settle(await run(pair.boston, { ...plain, operation: 'STOP' }))).toMatchObject({ state: 'SUCCEEDED' })
  expect(await failureOf(pair.boston.getGroup(target.nativeId, neverAborted))).toMatchObject({ code: 'NOT_FOUND' })
})

test('says why the site refuses a commit that nothing waits for', async () => {
  await using pair = await startPair()
  const target = targetOf(await pickProtected(pair.boston))
  const failure = await failureOf(
    run(pair.boston, { operation: 'COMMIT_FAILOVER', pendingOptions: null, target, options: null }),
  )
  expect(failure).toMatchObject({
    code: 'VENDOR_REFUSED',
    problem: { httpStatus: 500, vendorMessage: expect.stringContaining('FailoverCommit') },
  })
})

test('starts a group over the two sites, and changes it afterwards', async () => {
  await using pair = await startPair()
  const [from, to] = pair.simulator.world.sites
  const [vmIdentifier] = from.unprotected.keys()
  const { hosts, datastores, folders, networks } = to.infrastructure
  const accepted = await run(pair.boston, {
    operation: 'START_REPLICATION',
    description: null,
    rpoSeconds: 120,
    slaProfileId: null,
    workKind: 'zertoGroup',
    work: {
      name: 'made by the gateway',
      protectedSiteId: from.siteIdentifier,
      recoverySiteId: to.siteIdentifier,
      vms: [{ vmId: vmIdentifier }],
      defaultHostId: hosts[0]?.identifier,
      defaultDatastoreId: datastores[0]?.identifier,
      defaultFolderId: folders[0]?.identifier,
      failoverNetworkId: networks[0]?.identifier,
      testNetworkId: networks[0]?.identifier,
      priority: 'LOW',
    },
  })
  pair.clock.turn(60_000)
  expect(await readTask(pair.boston, accepted)).toMatchObject({ operation: 'START_REPLICATION', state: 'SUCCEEDED' })
  const find = async (): Promise<ProtectionGroup | undefined> =>
    (await pair.london.listGroups(neverAborted)).find(({ name }) => name === 'made by the gateway')
  const made = await find()
  expect(made).toMatchObject({ state: 'INITIALIZING', priority: 'LOW', rpo: { targetSeconds: 120 }, vmCount: 1 })
  pair.clock.turn(hourMs)
  expect((await find())?.state).toBe('PROTECTED')

  const updated = await run(pair.boston, {
    operation: 'UPDATE',
    target: targetOf(made ?? (await pickProtected(pair.boston))),
    description: null,
    rpoSeconds: 240,
    slaProfileId: null,
    priority: 'HIGH',
    options: { journalHistoryHours: 48 },
  })
  pair.clock.turn(60_000)
  expect(await readTask(pair.boston, updated)).toMatchObject({ operation: 'UPDATE', state: 'SUCCEEDED' })
  expect(await find()).toMatchObject({
    priority: 'HIGH',
    rpo: { targetSeconds: 240 },
    details: { configuredHistoryMinutes: 48 * 60 },
  })
})

test('signs in as a client of the appliance too', async () => {
  await using pair = await startPair()
  const [site] = pair.simulator.sites
  if (site === undefined) throw new Error('no site')
  const login = {
    type: 'clientCredentials',
    clientId: site.clientLogin.clientId,
    secret: site.clientLogin.clientSecret,
  }
  await using adapter = createZertoAdapter(
    { name: site.name, url: site.service.url, tls: {}, login },
    { clock: new TurnedClock(), logger: new KeptLog() },
  )
  expect((await adapter.readSite(neverAborted)).local.nativeId).toBe(site.siteIdentifier)
})
