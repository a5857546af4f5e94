import { generateApplications, type Application } from '../fleet.ts'
import { slaDistanceMinutes, toOwner } from './vcda-inferred.ts'
import type { ReplicationEnd, ReplicationSettings, SimReplication, SimVapp, SimVdc, SimVm } from './vcda-sim-model.ts'
import { addProviderResources } from './vcda-sim-provider-fleet.ts'
import {
  anyStorageProfile,
  createReplication,
  noNetworkSettings,
  toCloudEnd,
  toPremisesEnd,
} from './vcda-sim-replication.ts'
import { applySpecialCases } from './vcda-sim-special-cases.ts'
import type { VcdaWorld } from './vcda-world.ts'

/** Names of the two paired clouds, in the order in which they are served, and of a customer's machine room. */
export const siteNames = { east: 'cloud-east', west: 'cloud-west', branch: 'acme-branch' } as const

/** The tenant that every fleet has, whatever its size. */
export const firstOrganization = 'Acme'

const dayMs = 86_400_000

const addSites = (world: VcdaWorld): void => {
  const cloud = { kind: 'vcloud', owner: null, vcId: null, commError: null } as const
  world.sites.set(siteNames.east, { ...cloud, name: siteNames.east, description: 'Cloud region east' })
  world.sites.set(siteNames.west, { ...cloud, name: siteNames.west, description: 'Cloud region west' })
  world.sites.set(siteNames.branch, {
    name: siteNames.branch,
    kind: 'vcenter',
    description: 'Machine room of Acme',
    owner: toOwner(firstOrganization, siteNames.east),
    vcId: world.random.uuid(),
    commError: null,
  })
}

const rule = (numberOfInstances: number, distance: number) => [{ numberOfInstances, distance }]

const addSlaProfiles = (world: VcdaWorld): void => {
  const common = { quiesced: false, dataConnectionType: 'ENCRYPTED_COMPRESSED', initialSyncTime: 0 } as const
  const profiles = [
    { displayName: 'Gold', description: 'RPO 30 minutes', rpo: 30, rules: rule(14, slaDistanceMinutes.Gold) },
    { displayName: 'Silver', description: 'RPO 2 hours', rpo: 120, rules: rule(7, slaDistanceMinutes.Silver) },
    { displayName: 'Bronze', description: 'RPO 4 hours', rpo: 240, rules: [] },
  ]
  for (const profile of profiles) {
    const id = world.random.uuid()
    world.slaProfiles.set(id, { ...common, ...profile, id })
  }
}

/** The data center of an organisation at a cloud; made when it is first asked for. */
const vdcOf = (world: VcdaWorld, site: string, org: string): SimVdc => {
  const known = [...world.vdcs.values()].find((vdc) => vdc.site === site && vdc.org === org)
  if (known !== undefined) return known
  const storageProfiles = ['Standard', 'Performance'].map((name) => ({ id: world.random.uuid(), name }))
  const region = site === siteNames.east ? 'East' : 'West'
  const vdc = { id: world.random.uuid(), name: `${org} ${region}`, org, site, storageProfiles }
  world.organizations.add(org)
  world.vdcs.set(vdc.id, vdc)
  return vdc
}

const addVm = (world: VcdaWorld, vm: Omit<SimVm, 'sizeGigabytes'>): SimVm => {
  const complete = { ...vm, sizeGigabytes: world.random.between(20, 200) }
  world.vms.set(vm.id, complete)
  return complete
}

const addCloudApplication = (world: VcdaWorld, application: Application, vdc: SimVdc): SimVapp => {
  const place = { site: vdc.site, org: vdc.org, vdcId: vdc.id }
  const vappId = world.random.uuid()
  const vms = application.machines.map((name) => addVm(world, { ...place, id: world.random.uuid(), name, vappId }))
  const vapp = { ...place, id: vappId, name: application.name, vmIds: vms.map((vm) => vm.id), isTemplate: false }
  world.vapps.set(vappId, vapp)
  return vapp
}

const pickSettings = (world: VcdaWorld): ReplicationSettings => {
  const { random } = world
  const common = { description: 'Protected workload', targetDiskType: 'THIN', initialSyncTime: 0 } as const
  if (random.next() < 0.6) {
    const { rpo, rules, quiesced, dataConnectionType, id } = random.pick([...world.slaProfiles.values()])
    return { ...common, rpo, rules, quiesced, dataConnectionType, slaProfileId: id }
  }
  const rules = random.next() < 0.5 ? [] : [{ numberOfInstances: 3, distance: 60 }]
  const rpo = random.pick([5, 15, 15, 30, 60])
  return { ...common, rpo, rules, quiesced: rpo >= 15, dataConnectionType: 'ENCRYPTED', slaProfileId: null }
}

interface Plan {
  readonly vms: readonly SimVm[]
  readonly source: ReplicationEnd
  readonly vdc: SimVdc
  readonly groupName: string | null
}

const protect = (world: VcdaWorld, plan: Plan, now: number): readonly SimReplication[] => {
  const groupId = plan.groupName === null ? null : `C4VAPP-${world.random.uuid()}`
  const owner = toOwner(plan.vdc.org, plan.vdc.site)
  const settings = pickSettings(world)
  const destination = toCloudEnd(plan.vdc, null)
  const changedAt = now - world.random.between(2, 20) * dayMs
  const replications = plan.vms.map((vm) => {
    const replication = createReplication({
      id: `C4-${world.random.uuid()}`,
      vappReplicationId: groupId,
      owner,
      vm,
      source: plan.source,
      destination,
      settings,
      storageProfile: plan.vdc.storageProfiles[0] ?? anyStorageProfile,
      isMigration: false,
      now: changedAt,
    })
    const firstAt = changedAt + world.random.between(1, dayMs / 1_000) * 1_000
    const periodMs = settings.rpo * 60_000
    replication.timeline.open({ transferFrom: changedAt, firstAt, periodMs })
    world.replications.set(replication.id, replication)
    return replication
  })
  if (groupId !== null && plan.groupName !== null) {
    world.groups.set(groupId, {
      id: groupId,
      owner,
      name: plan.groupName,
      source: plan.source,
      destination,
      recoveredVappId: null,
      memberIds: replications.map(({ id }) => id),
      isMigration: false,
      lastUpdated: changedAt,
      networkSettings: noNetworkSettings,
    })
  }
  return replications
}

const addBranchApplication = (world: VcdaWorld, application: Application): readonly SimVm[] =>
  application.machines.map((name) => {
    const place = { site: siteNames.branch, org: firstOrganization, vdcId: null, vappId: null }
    return addVm(world, { ...place, id: world.nextMoref(), name })
  })

/** The sixth application stands in the customer's machine room, every fourth one of the rest in the west. */
const branchIndex = 5

const planFor = (world: VcdaWorld, application: Application, index: number): Plan => {
  if (index === branchIndex) {
    const vms = addBranchApplication(world, application)
    const vdc = vdcOf(world, siteNames.east, firstOrganization)
    return { vms, source: toPremisesEnd(siteNames.branch, application.name), vdc, groupName: null }
  }
  const [from, to] = index % 4 === 3 ? [siteNames.west, siteNames.east] : [siteNames.east, siteNames.west]
  const org = index === 0 ? firstOrganization : application.organization
  const here = vdcOf(world, from, org)
  const vapp = addCloudApplication(world, application, here)
  const vms = vapp.vmIds.flatMap((id) => world.vms.get(id) ?? [])
  return { vms, source: toCloudEnd(here, vapp), vdc: vdcOf(world, to, org), groupName: application.name }
}

/** What the first tenant has besides: a vApp at each cloud that nobody protects yet, and a template. */
const addUnprotected = (world: VcdaWorld): void => {
  const add = (site: string, name: string, count: number): SimVapp => {
    const machines = Array.from({ length: count }, (_, index) => `${name}-0${index + 1}`)
    const application = { name, organization: firstOrganization, machines }
    return addCloudApplication(world, application, vdcOf(world, site, firstOrganization))
  }
  add(siteNames.east, 'sandbox-east', 3)
  add(siteNames.west, 'sandbox-west', 2)
  const template = add(siteNames.east, 'golden-image', 1)
  world.vapps.set(template.id, { ...template, isTemplate: true })
}

/**
 * Fills an empty world with `fleetSize` VM replications, about half of them inside vApp replications, and with some
 * machines that nobody protects. The same random source gives the same fleet; ages are relative to `now`.
 */
export const fillWorld = (world: VcdaWorld, fleetSize: number, now: number): void => {
  addSites(world)
  addSlaProfiles(world)
  const unprotected = Math.max(6, Math.floor(fleetSize / 20))
  const applications = generateApplications(world.random, fleetSize + unprotected)
  let left = fleetSize
  let grouped = 0
  for (const [index, application] of applications.entries()) {
    const plan = planFor(world, application, index)
    const vms = plan.vms.slice(0, left)
    if (vms.length === 0) continue
    const done = fleetSize - left
    const asGroup = plan.groupName !== null && vms.length === plan.vms.length && grouped * 2 <= done
    protect(world, { ...plan, vms, groupName: asGroup ? plan.groupName : null }, now)
    grouped += asGroup ? vms.length : 0
    left -= vms.length
  }
  addUnprotected(world)
  applySpecialCases(world, now)
  addProviderResources(world, siteNames.east, now)
}
