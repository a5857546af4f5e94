/** Both generations as the simulator shows them, over HTTP: what is read on demand, and settings of VPGs whole. */
import { expect, test } from 'vitest'
import type { Command } from '../../../src/domain/command.ts'
import type { Acceptance, VendorAdapter } from '../../../src/domain/ports/vendor-adapter.ts'
import type { ProtectionGroup } from '../../../src/domain/protection-group.ts'
import { resourceKinds, type ResourceKind, type SiteResource } from '../../../src/domain/site-resource.ts'
import type { TaskTarget } from '../../../src/domain/task.ts'
import { createSimClock } from '../../../src/simulator/clock.ts'
import { startZertoSimulator } from '../../../src/simulator/zerto/zerto-simulator.ts'
import { createZertoAdapter } from '../../../src/vendors/zerto/zerto-adapter.ts'
import { failureOf, KeptLog, neverAborted, sendOptions } from './scripted-zvm.ts'

const hourMs = 3_600_000
const profiles = ['zvma', 'windows'] as const
const noSpan = { from: null, to: null } as const

/** Two simulated sites of one generation, an adapter for the first, and a clock that only the test turns. */
const startSite = async (profile: (typeof profiles)[number]) => {
  const clock = createSimClock({ speed: 0 })
  const listen = [0, 1].map(() => ({ host: '127.0.0.1', port: 0 }))
  const simulator = await startZertoSimulator({ clock, fleetSize: 12, seed: 7, listen, profile })
  clock.turn(hourMs)
  const [site] = simulator.sites
  if (site === undefined) throw new Error('two sites were to start')
  const ownClock = { now: () => new Date(clock.now()), wait: () => Promise.resolve() }
  const adapter = createZertoAdapter(
    { name: site.name, url: site.service.url, tls: {}, login: { type: 'password', ...site.login } },
    { clock: ownClock, logger: new KeptLog() },
  )
  return {
    simulator,
    clock,
    site,
    adapter,
    [Symbol.asyncDispose]: async () => {
      await adapter[Symbol.asyncDispose]()
      await simulator[Symbol.asyncDispose]()
    },
  }
}

const run = async (adapter: VendorAdapter, command: Command): Promise<Acceptance> =>
  (await adapter.prepare(command, neverAborted)).send(sendOptions)

const stateOf = async (adapter: VendorAdapter, acceptance: Acceptance) => {
  if (acceptance.kind !== 'TASK') throw new Error('a task was to come')
  return (await adapter.readTasks([acceptance.vendorTaskId], neverAborted)).get(acceptance.vendorTaskId)
}

const pickProtected = async (adapter: VendorAdapter): Promise<TaskTarget> => {
  const groups = await adapter.listGroups(neverAborted)
  const group = groups.find(({ state, vmCount }) => state === 'PROTECTED' && vmCount > 1)
  if (group === undefined) throw new Error('no group is protected')
  return { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId: group.nativeId }
}

test.each(profiles)('signs in to %s as it wants, and reads sites, groups, machines and tasks', async (profile) => {
  await using rig = await startSite(profile)
  const report = await rig.adapter.readSite(neverAborted)
  expect(report.details).toMatchObject({ generation: profile === 'zvma' ? 'ZVMA' : 'WINDOWS' })
  expect(report.capabilities.supports.UPDATE).toBe(true)
  expect(report.local.nativeId).toBe(rig.site.siteIdentifier)
  const groups = await rig.adapter.listGroups(neverAborted)
  const replications = await rig.adapter.listReplications(neverAborted)
  expect(groups.filter(({ state }) => state === 'UNKNOWN')).toEqual([])
  expect(new Set(replications.map(({ groupNativeId }) => groupNativeId)).size).toBe(groups.length)
  const target = await pickProtected(rig.adapter)
  const paused = await run(rig.adapter, { operation: 'PAUSE', target, options: null })
  const reading = await stateOf(rig.adapter, paused)
  expect(reading).toMatchObject({ operation: 'PAUSE', target })
  expect(reading?.startedAt?.getTime()).toBe(rig.clock.now())
})

test.each(profiles)(
  'starts a group of %s with all its settings, and changes them, machines included',
  async (profile) => {
    await using rig = await startSite(profile)
    const { adapter, clock } = rig
    const [from, to] = rig.simulator.world.sites
    const list = async (kind: ResourceKind, siteNativeId: string): Promise<readonly SiteResource[]> =>
      adapter.reads.listResources({ kind, siteNativeId, parentVendorId: null }, neverAborted)
    const pick = async (kind: ResourceKind): Promise<string> => (await list(kind, to.siteIdentifier))[0]?.vendorId ?? ''
    const [first, second] = await list('VM', from.siteIdentifier)
    const started = await run(adapter, {
      operation: 'START_REPLICATION',
      description: null,
      rpoSeconds: 120,
      slaProfileId: null,
      workKind: 'zertoGroup',
      work: {
        name: 'made by the gateway',
        protectedSiteId: from.siteIdentifier,
        recoverySiteId: to.siteIdentifier,
        defaultHostClusterId: await pick('CLUSTER'),
        defaultDatastoreId: await pick('DATASTORE'),
        defaultFolderId: await pick('FOLDER'),
        failoverNetworkId: await pick('NETWORK'),
        testNetworkId: await pick('NETWORK'),
        journalHistoryHours: 12,
        journalHardLimitPercent: 50,
        scratch: { hardLimitMegabytes: 1000 },
        bootGroups: [{ name: 'first', delaySeconds: 30 }],
        postRecoveryScript: { command: 'after.ps1' },
        priority: 'LOW',
        vms: [
          {
            vmId: first?.vendorId,
            bootGroup: 'first',
            recoveryHostId: await pick('HOST'),
            nics: [{ nicId: 'Network adapter 1', test: { replaceMacAddress: true } }],
            volumes: [{ volumeId: 'scsi:0:0', isThin: false }],
          },
        ],
      },
    })
    clock.turn(60_000)
    expect(await stateOf(adapter, started)).toMatchObject({ operation: 'START_REPLICATION', state: 'SUCCEEDED' })
    const find = async (name: string): Promise<ProtectionGroup | undefined> =>
      (await adapter.listGroups(neverAborted)).find((group) => group.name === name)
    const made = await find('made by the gateway')
    expect(made).toMatchObject({ priority: 'LOW', rpo: { targetSeconds: 120 }, vmCount: 1 })
    expect((await stateOf(adapter, started))?.target?.nativeId).toBe(made?.nativeId)
    clock.turn(hourMs)

    const target: TaskTarget = { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId: made?.nativeId ?? '' }
    const update = { operation: 'UPDATE', target, description: null, slaProfileId: null } as const
    const changed = await run(adapter, {
      ...update,
      rpoSeconds: 240,
      priority: 'HIGH',
      options: { name: 'changed by the gateway', journalHistoryHours: 48, addVms: [{ vmId: second?.vendorId }] },
    })
    clock.turn(60_000)
    expect(await stateOf(adapter, changed)).toMatchObject({ operation: 'UPDATE', state: 'SUCCEEDED' })
    expect(await find('changed by the gateway')).toMatchObject({
      priority: 'HIGH',
      rpo: { targetSeconds: 240 },
      vmCount: 2,
      details: { configuredHistoryMinutes: 48 * 60 },
    })
    clock.turn(hourMs)
    const removed = await run(adapter, {
      ...update,
      rpoSeconds: null,
      priority: null,
      options: { removeVmIds: [first?.vendorId] },
    })
    clock.turn(60_000)
    expect(await stateOf(adapter, removed)).toMatchObject({ state: 'SUCCEEDED' })
    const left = await adapter.listReplications(neverAborted)
    const ours = left.filter(({ groupNativeId }) => groupNativeId === made?.nativeId)
    expect(ours.map(({ vm }) => vm.vendorId)).toEqual([second?.vendorId])
    clock.turn(hourMs)

    const options = { keepRecoveryVolumes: false, force: true }
    const stopped = await run(adapter, { operation: 'STOP', target, options })
    clock.turn(60_000)
    expect(await stateOf(adapter, stopped)).toMatchObject({ operation: 'STOP', state: 'SUCCEEDED' })
    expect(await failureOf(adapter.getGroup(target.nativeId, neverAborted))).toMatchObject({ code: 'NOT_FOUND' })
  },
)

test.each(profiles)('reads what %s tells beyond its lists', async (profile) => {
  await using rig = await startSite(profile)
  const { reads } = rig.adapter
  const target = await pickProtected(rig.adapter)
  const tested = { target, recoveryPointNativeId: null, memberNativeIds: null, options: null }
  await run(rig.adapter, { ...tested, operation: 'TEST_FAILOVER' })
  rig.clock.turn(10 * 60_000)
  const verdict = { operation: 'END_TEST_FAILOVER', target, wasSuccessful: true, options: null } as const
  await run(rig.adapter, { ...verdict, summary: 'all services answered' })
  rig.clock.turn(10 * 60_000)

  const [report] = await reads.listRecoveryReports(noSpan, neverAborted)
  expect(report).toMatchObject({ kind: 'TEST_FAILOVER', wasSuccessful: true, notes: 'all services answered' })
  expect(report?.endedAt?.getTime()).toBeLessThanOrEqual(rig.clock.now())
  const events = await reads.listHistory(
    { ...noSpan, kind: 'ProtectionGroup', nativeId: target.nativeId },
    neverAborted,
  )
  expect(events.map(({ vendorOperation }) => vendorOperation)).toEqual(
    expect.arrayContaining(['FailOverTest', 'StopFailOverTest']),
  )
  expect(events.map(({ at }) => at.getTime())).toEqual(events.map(({ at }) => at.getTime()).toSorted((a, b) => b - a))

  expect((await reads.listProfiles(neverAborted)).filter(({ rpoSeconds }) => rpoSeconds === null)).toEqual([])
  const appliances = await reads.listAppliances(neverAborted)
  expect(appliances.length).toBeGreaterThan(0)
  expect(new Set(appliances.map(({ vendorId }) => vendorId)).size).toBe(appliances.length)
  expect(await reads.readLicense(neverAborted)).toMatchObject({ isLicensed: true, expiresAt: expect.any(Date) })
})

test.each(profiles)('lists the resources of both sites of %s through one', async (profile) => {
  await using rig = await startSite(profile)
  const [own, peer] = rig.simulator.world.sites
  const ask = (kind: ResourceKind, siteNativeId: string | null, parentVendorId: string | null = null) =>
    rig.adapter.reads.listResources({ kind, siteNativeId, parentVendorId }, neverAborted)
  const needsParent: readonly ResourceKind[] = ['STORAGE_PROFILE']
  const without: readonly ResourceKind[] = ['VAPP_TEMPLATE', 'VCENTER']
  const kinds = resourceKinds.filter((kind) => !needsParent.includes(kind) && !without.includes(kind))
  for (const siteNativeId of [null, own.siteIdentifier, peer.siteIdentifier]) {
    const lists = await Promise.all(kinds.map((kind) => ask(kind, siteNativeId)))
    expect(lists.flat().filter(({ vendorId, name }) => vendorId === '' || name === '')).toEqual([])
    expect(lists.flat().length).toBeGreaterThan(kinds.length)
  }
  const [datastore] = await ask('DATASTORE', null)
  expect(datastore).toMatchObject({ capacityBytes: expect.any(Number), freeBytes: expect.any(Number) })
  const [datacenter] = await ask('DATACENTER', peer.siteIdentifier)
  const vdc = datacenter?.vendorId ?? ''
  expect((await ask('STORAGE_PROFILE', peer.siteIdentifier, vdc)).length).toBeGreaterThan(0)
  expect((await ask('NETWORK', peer.siteIdentifier, vdc)).length).toBeGreaterThan(0)
})

test.each(profiles)('puts an alert of %s aside and takes it back', async (profile) => {
  await using rig = await startSite(profile)
  const { adapter } = rig
  const target = await pickProtected(adapter)
  await run(adapter, { operation: 'PAUSE', target, options: null })
  rig.clock.turn(60_000)
  const find = async () => (await adapter.reads.listAlerts(neverAborted)).find(({ code }) => code === 'VPG0017')
  const alert = await find()
  expect(alert).toMatchObject({ level: 'WARNING', subject: 'GROUP', isDismissed: false })
  const alertNativeId = alert?.nativeId ?? ''
  expect(adapter.ownsId('Alert', alertNativeId)).toBe(true)
  expect(await run(adapter, { operation: 'DISMISS_ALERT', alertNativeId })).toEqual({ kind: 'DONE' })
  expect(await find()).toMatchObject({ nativeId: alertNativeId, isDismissed: true })
  expect(await run(adapter, { operation: 'UNDISMISS_ALERT', alertNativeId })).toEqual({ kind: 'DONE' })
  expect(await find()).toMatchObject({ isDismissed: false })
})
