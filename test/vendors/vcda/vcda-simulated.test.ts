import { describe, expect, it } from 'vitest'
import type { Command } from '../../../src/domain/command.ts'
import type { VendorAdapter } from '../../../src/domain/ports/vendor-adapter.ts'
import type { ResourceKind } from '../../../src/domain/site-resource.ts'
import { createSimClock } from '../../../src/simulator/clock.ts'
import { startVcdaSimulator } from '../../../src/simulator/vcda/vcda-simulator.ts'
import { Secret } from '../../../src/std/secret.ts'
import type { LoginValue } from '../../../src/upstream/site-options.ts'
import { createVcdaAdapter } from '../../../src/vendors/vcda/vcda-adapter.ts'
import { requireSpecifics } from '../../../src/vendors/vcda/vcda-specifics.ts'
import { isAtLeast } from '../../../src/vendors/vcda/vcda-versions.ts'
import { never, problemOf, sendAs, silentLogger } from './vcda-site.ts'

const minuteMs = 60_000
const everything = { from: null, to: null }

const servedVersions = ['4.2', '4.5', '4.6', '4.7'] as const

interface Choices {
  readonly version?: (typeof servedVersions)[number]
  readonly requiresExtension?: boolean
}

/** Two simulated clouds and an adapter of the first one; a wait turns the simulated time. */
const startSites = async (choices: Choices = {}) => {
  const clock = createSimClock({ speed: 0, startAt: Date.UTC(2026, 0, 5, 9) })
  const free = { host: '127.0.0.1', port: 0 }
  const simulator = await startVcdaSimulator({ clock, fleetSize: 60, seed: 7, listen: [free, free], ...choices })
  const wait = async (durationMs: number): Promise<void> => clock.turn(durationMs)
  const stack = new AsyncDisposableStack()
  stack.use(simulator)
  const [east] = simulator.sites
  if (east === undefined) throw new Error('no site')
  const open = (login: Readonly<Record<string, LoginValue>> = { type: 'localUser', ...east.login }): VendorAdapter => {
    const options = { name: 'configured', url: east.service.url, tls: {}, login }
    return stack.use(
      createVcdaAdapter(options, { clock: { now: () => new Date(clock.now()), wait }, logger: silentLogger }),
    )
  }
  return { clock, simulator, east, open, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

const send = async (adapter: VendorAdapter, command: Command) =>
  (await adapter.prepare(command, never)).send(sendAs('op-1'))

const findHealthy = async (adapter: VendorAdapter) => {
  const groups = await adapter.listGroups(never)
  const group = groups.find(
    ({ state, purpose, source, destination }) =>
      state === 'PROTECTED' &&
      purpose === 'PROTECTION' &&
      source.organization !== null &&
      destination.organization !== null,
  )
  const members = (await adapter.listReplications(never)).filter(
    ({ groupNativeId }) => groupNativeId === group?.nativeId,
  )
  const [member] = members
  if (group === undefined || member === undefined) throw new Error('no healthy group in the fleet')
  return { group, member }
}

describe('a simulated site of each version', () => {
  it.for(servedVersions)('%s is read, checked and acted on in its own words', async (version) => {
    await using sites = await startSites({ version })
    const adapter = sites.open()
    const { capabilities } = await adapter.readSite(never)
    expect(capabilities.supports.RECOVERY_REPORTS).toBe(isAtLeast(version, '4.6'))
    const { member } = await findHealthy(adapter)
    const findings = await adapter.reads.readHealth(never)
    expect(findings.length).toBeGreaterThan(3)
    const check = sites.east.service.exchanges.find(({ path }) => path === '/diagnostics/health')
    expect(check?.method).toBe(isAtLeast(version, '4.6') ? 'POST' : 'GET')
    const target = { kind: 'Replication', vendor: 'VCDA', nativeId: member.nativeId } as const
    expect(await send(adapter, { operation: 'PAUSE', target, options: null })).toMatchObject({ kind: 'TASK' })
    sites.clock.turn(minuteMs)
    const history = await adapter.reads.listHistory({ ...target, ...everything }, never)
    expect(history[0]).toMatchObject({ vendorOperation: 'pause', wasSuccessful: true })
  })
})

describe('a simulated site', () => {
  it('tells what was recovered by plans', async () => {
    await using sites = await startSites()
    const adapter = sites.open()
    await adapter.readSite(never)
    const reports = await adapter.reads.listRecoveryReports(everything, never)
    expect(reports.length).toBeGreaterThan(0)
    for (const report of reports) {
      expect(report.kind).not.toBe('UNKNOWN')
      expect(report.startedAt).not.toBeNull()
      expect(report.vmNames.length).toBeGreaterThan(0)
    }
    const specifics = requireSpecifics(adapter)
    const plans = await specifics.listRecoveryPlans(never)
    expect(plans.length).toBeGreaterThan(0)
    const steps = await specifics.listRecoveryPlanSteps(plans[0]?.id ?? '', never)
    expect(steps.length).toBeGreaterThan(0)
  })

  it('tells its profiles, replicators, licence, policies and customers', async () => {
    await using sites = await startSites()
    const adapter = sites.open()
    expect((await adapter.reads.listProfiles(never)).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Gold', 'Silver']),
    )
    expect((await adapter.reads.listAppliances(never)).map(({ status }) => status)).toContain('OK')
    expect(await adapter.reads.readLicense(never)).toMatchObject({ isLicensed: true, expiresAt: expect.any(Date) })
    const specifics = requireSpecifics(adapter)
    expect((await specifics.listPolicies(never)).length).toBeGreaterThan(0)
    expect((await specifics.listCustomerSites(never)).length).toBeGreaterThan(0)
  })

  it('tells what a start can choose from, step by step', async () => {
    await using sites = await startSites()
    const adapter = sites.open()
    const list = (kind: ResourceKind, parentVendorId: string | null = null, siteNativeId: string | null = null) =>
      adapter.reads.listResources({ kind, parentVendorId, siteNativeId }, never)
    for (const kind of ['VAPP', 'ORGANIZATION', 'DATACENTER', 'DATASTORE'] as const) {
      expect((await list(kind)).length).toBeGreaterThan(0)
    }
    const [vdc] = await list('DATACENTER')
    expect((await list('NETWORK', vdc?.vendorId ?? '')).length).toBeGreaterThan(0)
    expect((await list('STORAGE_PROFILE', vdc?.vendorId ?? '')).length).toBeGreaterThan(0)
    const taken = new Set((await adapter.listReplications(never)).map(({ vm }) => vm.vendorId))
    expect((await list('VM')).filter(({ vendorId }) => taken.has(vendorId))).toEqual([])
    const [vcenter] = await list('VCENTER')
    const machines = await list('VM', vcenter?.vendorId ?? '', vcenter?.parentVendorId ?? '')
    expect(machines.every(({ vendorId }) => /^vm-\d+$/.test(vendorId))).toBe(true)
    const west = await list('DATACENTER', null, 'cloud-west')
    expect(west.map(({ vendorId }) => vendorId)).not.toContain(vdc?.vendorId)
  })

  it('tells usage of a machine and of its group', async () => {
    await using sites = await startSites()
    const adapter = sites.open()
    const { group, member } = await findHealthy(adapter)
    const ofMember = { kind: 'Replication', nativeId: member.nativeId, ...everything } as const
    const ofGroup = { kind: 'ProtectionGroup', nativeId: group.nativeId, ...everything } as const
    for (const metric of ['TRAFFIC', 'DISK_USAGE'] as const) {
      const [one, all] = [
        await adapter.reads.listUsage(metric, ofMember, never),
        await adapter.reads.listUsage(metric, ofGroup, never),
      ]
      expect(one.length).toBeGreaterThan(0)
      expect(all.reduce((sum, { bytes }) => sum + bytes, 0)).toBeGreaterThanOrEqual(
        one.reduce((sum, { bytes }) => sum + bytes, 0),
      )
    }
    expect(Array.isArray(await requireSpecifics(adapter).readTrafficNow(member.nativeId, never))).toBe(true)
  })

  it('stores networks, and gives them back', async () => {
    await using sites = await startSites()
    const adapter = sites.open()
    const { group } = await findHealthy(adapter)
    const target = { kind: 'ProtectionGroup', vendor: 'VCDA', nativeId: group.nativeId } as const
    const common = { description: null, rpoSeconds: null, slaProfileId: null, priority: null }
    const networkSettings = { failover: { copySourceNetworks: true, bridgeNetworks: [{ id: 'n-1', name: 'net' }] } }
    await send(adapter, { operation: 'UPDATE', target, options: { networkSettings }, ...common })
    sites.clock.turn(minuteMs)
    const stored = await requireSpecifics(adapter).getNetworkSettings('ProtectionGroup', group.nativeId, never)
    expect(stored.failover).toMatchObject({ copySourceNetworks: true, bridgeNetworks: [{ id: 'n-1', name: 'net' }] })
  })

  it('changes the owner at once and the storage profile by a task', async () => {
    await using sites = await startSites()
    const adapter = sites.open()
    const { member } = await findHealthy(adapter)
    const target = { kind: 'Replication', vendor: 'VCDA', nativeId: member.nativeId } as const
    const common = { description: null, rpoSeconds: null, slaProfileId: null, priority: null }
    const owner = `System@${member.destination.siteName}`
    expect(await send(adapter, { operation: 'UPDATE', target, options: { owner }, ...common })).toEqual({
      kind: 'DONE',
    })
    expect((await adapter.getReplication(member.nativeId, never)).details).toMatchObject({ owner })
    const again = { reapplyStorageProfile: true }
    expect(await send(adapter, { operation: 'UPDATE', target, options: again, ...common })).toMatchObject({
      kind: 'TASK',
    })
  })

  it('takes every way of signing in', async () => {
    await using sites = await startSites()
    const { east } = sites
    const logins = [
      { type: 'localUser', ...east.login },
      { type: 'ssoCredentials', ...east.ssoLogin },
      { type: 'vcdCredentials', ...east.tenantLogin },
      { type: 'vcdAccessToken', token: new Secret(east.accessTokens.tenant) },
      { type: 'vcdAccessToken', token: new Secret(east.accessTokens.provider) },
    ]
    for (const login of logins) expect((await sites.open(login).listGroups(never)).length).toBeGreaterThan(0)
  })

  it('that wants an extension gets the configured one before a change, and refuses without', async () => {
    await using sites = await startSites({ requiresExtension: true })
    const { east } = sites
    const plain = sites.open()
    const { member } = await findHealthy(plain)
    const target = { kind: 'Replication', vendor: 'VCDA', nativeId: member.nativeId } as const
    const pause: Command = { operation: 'PAUSE', target, options: null }
    expect(await problemOf(send(plain, pause))).toMatchObject({
      code: 'VENDOR_UNAVAILABLE',
      vendorCode: 'RemoteAuthenticationFailure',
    })
    const west = { site: 'cloud-west', type: 'vcdAccessToken', token: new Secret(east.accessTokens.provider) }
    const login = { type: 'localUser', ...east.login, extend: [west] }
    expect(await send(sites.open(login), pause)).toMatchObject({ kind: 'TASK' })
  })
})

describe('a start at a simulated site', () => {
  const kinds = ['vcdaVm', 'vcdaVapp', 'vcdaVappTemplate', 'vcdaVcenterVm', 'vcdaVcenterVapp'] as const

  it.for(kinds)('of %s is accepted, and its task names what came of it', async (workKind) => {
    await using sites = await startSites()
    const adapter = sites.open()
    const { world } = sites.simulator
    // Every machine on premises is replicated: one of them is stopped first.
    const [onPremises] = (await adapter.listReplications(never)).filter(({ source }) => source.organization === null)
    const target = { kind: 'Replication', vendor: 'VCDA', nativeId: onPremises?.nativeId ?? '' } as const
    await send(adapter, { operation: 'STOP', target, options: null })
    sites.clock.turn(minuteMs)
    const taken = new Set((await adapter.listReplications(never)).map(({ vm }) => vm.vendorId))
    const isFree = (vmIds: readonly string[]): boolean => vmIds.length > 0 && vmIds.every((id) => !taken.has(id))
    const freeVms = [...world.vms.values()].filter(({ id }) => !taken.has(id))
    const cloudVm = freeVms.find(({ site, vdcId }) => site === 'cloud-east' && vdcId !== null)
    const premisesVm = freeVms.find(({ site }) => world.sites.get(site)?.kind === 'vcenter')
    const vapps = [...world.vapps.values()].filter(({ site }) => site === 'cloud-east')
    const vapp = vapps.find(({ isTemplate, vmIds }) => !isTemplate && isFree(vmIds))
    const template = vapps.find(({ isTemplate }) => isTemplate)
    const premises = world.sites.get(premisesVm?.site ?? '')
    const ofVcenter = { sourceSiteName: premises?.name, vcenterId: premises?.vcId, vappName: 'restored' }
    const ofCloud = { sourceSiteName: 'cloud-east' }
    const work = {
      vcdaVm: { org: cloudVm?.org, of: { ...ofCloud, vmId: cloudVm?.id } },
      vcdaVapp: { org: vapp?.org, of: { ...ofCloud, vappId: vapp?.id } },
      vcdaVappTemplate: { org: template?.org, of: { ...ofCloud, vappTemplateId: template?.id } },
      vcdaVcenterVm: { org: premisesVm?.org, of: { ...ofVcenter, vmId: premisesVm?.id, startup: { order: 1 } } },
      vcdaVcenterVapp: {
        org: premisesVm?.org,
        of: { ...ofVcenter, vms: [{ vmId: premisesVm?.id, excludedDiskKeys: [2000] }] },
      },
    }[workKind]
    const vdc = [...world.vdcs.values()].find(
      ({ site, org }) => site === 'cloud-west' && (work.org === null || work.org === undefined || org === work.org),
    )
    if (vdc === undefined) throw new Error('no virtual data center to go to')
    const acceptance = await send(adapter, {
      operation: 'START_REPLICATION',
      description: 'started here',
      rpoSeconds: 900,
      slaProfileId: null,
      workKind,
      work: { ...work.of, destination: { siteName: 'cloud-west', vdcId: vdc.id } },
    })
    if (acceptance.kind !== 'TASK') throw new Error('expected a task')
    sites.clock.turn(minuteMs)
    const tasks = await adapter.readTasks([acceptance.vendorTaskId], never)
    expect(tasks.get(acceptance.vendorTaskId)).toMatchObject({
      state: 'SUCCEEDED',
      operation: 'START_REPLICATION',
      target: { kind: workKind === 'vcdaVm' || workKind === 'vcdaVcenterVm' ? 'Replication' : 'ProtectionGroup' },
    })
  })
})
