import { describe, expect, it } from 'vitest'
import type { Command, VendorOptions } from '../../../src/domain/command.ts'
import { toGlobalId } from '../../../src/domain/global-id.ts'
import type { VendorAdapter } from '../../../src/domain/ports/vendor-adapter.ts'
import type { Replication } from '../../../src/domain/replication.ts'
import type { TaskReading, TaskTarget } from '../../../src/domain/task.ts'
import { createSimClock } from '../../../src/simulator/clock.ts'
import { startVcdaSimulator, type VcdaSimulator } from '../../../src/simulator/vcda/vcda-simulator.ts'
import { createVcdaAdapter } from '../../../src/vendors/vcda/vcda-adapter.ts'
import { never, problemOf, sendAs, silentLogger } from './vcda-site.ts'

const minuteMs = 60_000

/** Both simulated sites on free ports and a clock that stands still. */
const startSites = async (fleetSize = 60) => {
  const clock = createSimClock({ speed: 0, startAt: Date.UTC(2026, 0, 5, 9) })
  const free = { host: '127.0.0.1', port: 0 }
  const simulator = await startVcdaSimulator({ clock, fleetSize, seed: 7, listen: [free, free] })
  const adapterClock = { now: () => new Date(clock.now()), wait: async () => {} }
  const adapters: VendorAdapter[] = []
  const open = (index: number, kind: 'localUser' | 'vcdCredentials' = 'localUser'): VendorAdapter => {
    const site = siteOf(simulator, index)
    const login = { type: kind, ...(kind === 'localUser' ? site.login : site.tenantLogin) }
    const options = { name: `configured-${index}`, url: site.service.url, tls: {}, login }
    const adapter = createVcdaAdapter(options, { clock: adapterClock, logger: silentLogger })
    adapters.push(adapter)
    return adapter
  }
  return {
    clock,
    simulator,
    open,
    [Symbol.asyncDispose]: async () => {
      for (const adapter of adapters) await adapter[Symbol.asyncDispose]()
      await simulator[Symbol.asyncDispose]()
    },
  }
}

const siteOf = (simulator: VcdaSimulator, index: number) => {
  const site = simulator.sites[index]
  if (site === undefined) throw new Error(`no site ${index}`)
  return site
}

const send = async (adapter: VendorAdapter, command: Command): Promise<string> => {
  const prepared = await adapter.prepare(command, never)
  const acceptance = await prepared.send(sendAs('op-1'))
  if (acceptance.kind !== 'TASK') throw new Error('expected a task')
  return acceptance.vendorTaskId
}

const readTask = async (adapter: VendorAdapter, id: string): Promise<TaskReading> => {
  const reading = (await adapter.readTasks([id], never)).get(id)
  if (reading === undefined) throw new Error(`task ${id} is gone`)
  return reading
}

const onReplication = ({ nativeId }: Replication): TaskTarget => ({ kind: 'Replication', vendor: 'VCDA', nativeId })

const recovery = (
  operation: 'FAILOVER' | 'TEST_FAILOVER',
  target: TaskTarget,
  options: VendorOptions | null = null,
) => ({
  operation,
  target,
  options,
  recoveryPointNativeId: null,
  memberNativeIds: null,
})

/** A healthy machine that is replicated alone, between the two clouds. */
const findAlone = async (adapter: VendorAdapter): Promise<Replication> => {
  const all = await adapter.listReplications(never)
  const found = all.find(
    ({ groupNativeId, state, purpose, source }) =>
      groupNativeId === null && state === 'PROTECTED' && purpose === 'PROTECTION' && source.organization !== null,
  )
  if (found === undefined) throw new Error('no healthy machine in the fleet')
  return found
}

describe('reading a simulated site', () => {
  it('says who it is, with whom it is paired and what it offers', async () => {
    await using sites = await startSites()
    const report = await sites.open(0).readSite(never)
    expect(report.local).toMatchObject({ name: 'cloud-east', id: toGlobalId('Site', 'VCDA', 'cloud-east') })
    expect(report.local.productVersion).toMatch(/^4\./)
    expect(report.peers.map(({ name }) => name)).toContain('cloud-west')
    expect(report.details).toMatchObject({ vendor: 'VCDA' })
    expect(JSON.stringify(report.details)).toContain('Gold')
  })

  it('lists all replications over several pages, the same from both sides', async () => {
    await using sites = await startSites(250)
    const [east, west] = [sites.open(0), sites.open(1)]
    const [fromEast, fromWest] = [await east.listReplications(never), await west.listReplications(never)]
    expect(fromEast).toHaveLength(sites.simulator.world.replications.size)
    expect(new Set(fromWest.map(({ id }) => id))).toEqual(new Set(fromEast.map(({ id }) => id)))
    expect(fromEast.filter(({ state }) => state === 'UNKNOWN')).toEqual([])
    expect(fromEast.map(({ state }) => state)).toEqual(
      expect.arrayContaining(['PROTECTED', 'PAUSED', 'RECOVERED', 'ERROR', 'INITIALIZING', 'NOT_MEETING_TARGET']),
    )
    expect(fromEast.every(({ nativeId }) => east.ownsId('Replication', nativeId))).toBe(true)
  })

  it('lists groups whose members are replications of the other list', async () => {
    await using sites = await startSites()
    const adapter = sites.open(0)
    const groups = await adapter.listGroups(never)
    const replications = await adapter.listReplications(never)
    expect(groups.length).toBeGreaterThan(0)
    for (const group of groups) {
      const members = replications.filter(({ groupNativeId }) => groupNativeId === group.nativeId)
      expect(members).toHaveLength(group.vmCount)
      expect(await adapter.getGroup(group.nativeId, never)).toEqual(group)
    }
  })

  it('tells "never synced" from "late"', async () => {
    await using sites = await startSites()
    const verdicts = (await sites.open(0).listReplications(never)).map(({ rpo }) => rpo.verdict)
    expect(verdicts).toEqual(expect.arrayContaining(['NEVER_SYNCED', 'VIOLATING', 'MEETING']))
  })

  it('lists the recovery points of a machine, newest first, as of its own list', async () => {
    await using sites = await startSites()
    const adapter = sites.open(0)
    const replication = await findAlone(adapter)
    const query = { kind: 'Replication', nativeId: replication.nativeId, from: null, to: null } as const
    const [points = []] = await adapter.listRecoveryPoints([query], never)
    expect(points[0]?.id).toBe(replication.latestRecoveryPoint?.id)
    const times = points.map(({ takenAt }) => takenAt.getTime())
    expect(times).toEqual(times.toSorted((one, other) => other - one))
  })

  it('says DISCONNECTED where the other site is out of reach in both directions', async () => {
    await using sites = await startSites()
    const adapter = sites.open(0)
    const { nativeId } = await findAlone(adapter)
    const west = sites.simulator.world.sites.get('cloud-west')
    if (west === undefined) throw new Error('no other site')
    const commError = { code: 'CommunicationError', msg: 'No route.', args: [], stacktrace: '' }
    sites.simulator.world.sites.set('cloud-west', { ...west, commError })
    sites.clock.turn(minuteMs)
    expect((await adapter.getReplication(nativeId, never)).state).toBe('DISCONNECTED')
    const links = JSON.stringify((await adapter.readSite(never)).details)
    expect(links).toContain('No route.')
  })

  it('does not know what the site does not know', async () => {
    await using sites = await startSites()
    const id = 'C4-00000000-0000-4000-8000-000000000000'
    expect((await problemOf(sites.open(0).getReplication(id, never))).code).toBe('NOT_FOUND')
  })
})

describe('acting on a simulated site', () => {
  it('pauses and resumes', async () => {
    await using sites = await startSites()
    const adapter = sites.open(0)
    const replication = await findAlone(adapter)
    const target = onReplication(replication)
    const pauseTask = await send(adapter, { operation: 'PAUSE', target, options: null })
    expect(await readTask(adapter, pauseTask)).toMatchObject({ state: 'RUNNING', operation: 'PAUSE', endedAt: null })
    sites.clock.turn(minuteMs)
    expect(await readTask(adapter, pauseTask)).toMatchObject({ state: 'SUCCEEDED', target, progressPercent: 100 })
    expect((await adapter.getReplication(replication.nativeId, never)).state).toBe('PAUSED')
    await send(adapter, { operation: 'RESUME', target, options: null })
    sites.clock.turn(minuteMs)
    expect((await adapter.getReplication(replication.nativeId, never)).recovery.isPaused).toBe(false)
  })

  it('tests, cleans up, fails over and reverses, and says at every step where it stands', async () => {
    await using sites = await startSites()
    const adapter = sites.open(0)
    const { nativeId, ...replication } = await findAlone(adapter)
    const target = onReplication({ ...replication, nativeId })
    const look = async () => {
      const { state, recovery: status, isReversed } = await adapter.getReplication(nativeId, never)
      return { state, phase: status.phase, testStage: status.testStage, isReversed }
    }
    const still = { testStage: null, isReversed: false }

    await send(adapter, recovery('TEST_FAILOVER', target))
    expect(await look()).toEqual({ state: 'TESTING', phase: 'TESTING', testStage: 'STARTING', isReversed: false })
    sites.clock.turn(minuteMs)
    expect(await look()).toEqual({ state: 'TESTING', phase: 'TESTING', testStage: 'RUNNING', isReversed: false })

    const refused = await adapter.prepare(recovery('FAILOVER', target), never)
    expect((await problemOf(refused.send(sendAs('op-2')))).code).toBe('VENDOR_REFUSED')

    await send(adapter, { operation: 'END_TEST_FAILOVER', target, options: null, wasSuccessful: null, summary: null })
    expect((await look()).testStage).toBe('STOPPING')
    sites.clock.turn(minuteMs)
    expect(await look()).toMatchObject({ ...still, phase: 'NONE' })

    const task = await send(adapter, recovery('FAILOVER', target, { powerOn: false }))
    expect(await look()).toEqual({ state: 'FAILING_OVER', phase: 'FAILING_OVER', ...still })
    sites.clock.turn(minuteMs)
    expect(await readTask(adapter, task)).toMatchObject({ state: 'SUCCEEDED', operation: 'FAILOVER', problem: null })
    expect(await look()).toEqual({ state: 'RECOVERED', phase: 'RECOVERED', ...still })

    await send(adapter, { operation: 'REVERSE', target, options: null })
    sites.clock.turn(10 * minuteMs)
    expect(await look()).toMatchObject({ phase: 'NONE', isReversed: true })
  })

  it('moves a whole group, which is MOVING meanwhile', async () => {
    await using sites = await startSites()
    const adapter = sites.open(0)
    const group = (await adapter.listGroups(never)).find(({ state }) => state === 'PROTECTED')
    if (group === undefined) throw new Error('no healthy group in the fleet')
    const target: TaskTarget = { kind: 'ProtectionGroup', vendor: 'VCDA', nativeId: group.nativeId }
    const task = await send(adapter, { operation: 'MOVE', target, options: null })
    expect(await adapter.getGroup(group.nativeId, never)).toMatchObject({
      state: 'MOVING',
      recovery: { phase: 'MOVING', pending: 'MOVE' },
    })
    const moving = (await adapter.listReplications(never)).filter(({ state }) => state === 'MOVING')
    expect(moving).toHaveLength(group.vmCount)
    sites.clock.turn(minuteMs)
    expect(await readTask(adapter, task)).toMatchObject({ state: 'SUCCEEDED', operation: 'MOVE', target })
    expect((await adapter.getGroup(group.nativeId, never)).state).toBe('RECOVERED')
  })

  it('fails a group over to a chosen recovery point of a member', async () => {
    await using sites = await startSites()
    const adapter = sites.open(0)
    const group = (await adapter.listGroups(never)).find(({ state }) => state === 'PROTECTED')
    const members = (await adapter.listReplications(never)).filter(
      ({ groupNativeId }) => groupNativeId === group?.nativeId,
    )
    const [member] = members
    if (group === undefined || member?.latestRecoveryPoint === null || member === undefined) {
      throw new Error('no group with recovery points in the fleet')
    }
    const target: TaskTarget = { kind: 'ProtectionGroup', vendor: 'VCDA', nativeId: group.nativeId }
    const choice = { replicationId: member.id, recoveryPointId: member.latestRecoveryPoint.id }
    const task = await send(adapter, recovery('FAILOVER', target, { recoveryPointByReplication: [choice] }))
    sites.clock.turn(minuteMs)
    expect((await readTask(adapter, task)).state).toBe('SUCCEEDED')
    expect((await adapter.getGroup(group.nativeId, never)).state).toBe('RECOVERED')
  })

  it('starts to protect a machine that was not, and the task names what came of it', async () => {
    await using sites = await startSites()
    const adapter = sites.open(0)
    const { world } = sites.simulator
    const taken = new Set([...world.replications.values()].map(({ vmId }) => vmId))
    const vm = [...world.vms.values()].find(
      ({ id, site, org }) => site === 'cloud-east' && org !== null && !taken.has(id),
    )
    const vdc = [...world.vdcs.values()].find(({ site, org }) => site === 'cloud-west' && org === vm?.org)
    if (vm === undefined || vdc === undefined) throw new Error('nothing left to protect')
    const task = await send(adapter, {
      operation: 'START_REPLICATION',
      description: 'started here',
      rpoSeconds: 900,
      slaProfileId: null,
      workKind: 'vcdaVm',
      work: {
        sourceSiteName: 'cloud-east',
        vmId: vm.id,
        destination: { siteName: 'cloud-west', vdcId: vdc.id },
        retentionRules: [{ count: 3, distanceSeconds: 3600 }],
      },
    })
    sites.clock.turn(minuteMs)
    const reading = await readTask(adapter, task)
    expect(reading).toMatchObject({
      state: 'SUCCEEDED',
      operation: 'START_REPLICATION',
      target: { kind: 'Replication' },
    })
    const replication = await adapter.getReplication(reading.target?.nativeId ?? '', never)
    expect(replication).toMatchObject({
      name: vm.name,
      description: 'started here',
      settings: { rpoSeconds: 900, retentionRules: [{ count: 3, distanceSeconds: 3600 }] },
    })
  })

  it('changes settings and stops for good', async () => {
    await using sites = await startSites()
    const adapter = sites.open(0)
    const replication = await findAlone(adapter)
    const target = onReplication(replication)
    const options = { retentionRules: [{ count: 2, distanceSeconds: 7200 }] }
    const common = { description: 'changed', rpoSeconds: 1800, slaProfileId: null, priority: null }
    await send(adapter, { operation: 'UPDATE', target, options, ...common })
    sites.clock.turn(minuteMs)
    expect(await adapter.getReplication(replication.nativeId, never)).toMatchObject({
      description: 'changed',
      settings: { rpoSeconds: 1800, retentionRules: [{ count: 2, distanceSeconds: 7200 }] },
    })
    await send(adapter, { operation: 'STOP', target, options: null })
    sites.clock.turn(minuteMs)
    expect((await problemOf(adapter.getReplication(replication.nativeId, never))).code).toBe('NOT_FOUND')
  })

  it('acts as a tenant, whose session is extended to the other site first', async () => {
    await using sites = await startSites()
    const adapter = sites.open(0, 'vcdCredentials')
    const replication = await findAlone(adapter)
    const task = await send(adapter, { operation: 'PAUSE', target: onReplication(replication), options: null })
    sites.clock.turn(minuteMs)
    expect((await readTask(adapter, task)).state).toBe('SUCCEEDED')
  })

  it('refuses before it asks what no site of this vendor can do', async () => {
    await using sites = await startSites()
    const adapter = sites.open(0)
    const target: TaskTarget = {
      kind: 'Replication',
      vendor: 'VCDA',
      nativeId: 'C4-00000000-0000-4000-8000-000000000000',
    }
    const commit: Command = { operation: 'COMMIT_FAILOVER', target, options: null, pendingOptions: null }
    const problem = await problemOf(adapter.prepare(commit, never))
    expect(problem.code).toBe('CAPABILITY_UNSUPPORTED')
    expect(siteOf(sites.simulator, 0).service.exchanges).toEqual([])
  })

  it('sends a change exactly once when its answer is lost, and says that the outcome is unknown', async () => {
    // A1, A2, N8
    await using sites = await startSites()
    const adapter = sites.open(0)
    const target = onReplication(await findAlone(adapter))
    const { service } = siteOf(sites.simulator, 0)
    service.faults.add({ method: 'POST', path: /\/failover$/, effect: { kind: 'RESET_AFTER' } })
    const prepared = await adapter.prepare(recovery('FAILOVER', target), never)
    const problem = await problemOf(prepared.send(sendAs('op-9')))
    expect(problem.code).toBe('OUTCOME_UNKNOWN')
    expect(service.exchanges.filter(({ path }) => path.endsWith('/failover'))).toHaveLength(1)
    expect((await adapter.getReplication(target.nativeId, never)).state).toBe('FAILING_OVER')
  })
})
