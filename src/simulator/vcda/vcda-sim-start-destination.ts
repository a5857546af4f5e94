import { badInput, findObject, findObjects, findText, requireText, type JsonObject } from './vcda-sim-body.ts'
import type { VcdaCall } from './vcda-sim-call.ts'
import type { ReplicationEnd, StorageProfile } from './vcda-sim-model.ts'
import { anyStorageProfile, toCloudEnd, toPremisesEnd } from './vcda-sim-replication.ts'
import { requireVm } from './vcda-sim-start-source.ts'
import type { VcdaWorld } from './vcda-world.ts'

/** Machines at the destination whose disks spare the first copy; they are gone when the replication is there. */
export interface Seeds {
  readonly vmIds: readonly string[]
  /** The vApp that goes with its machines, or null. */
  readonly vappId: string | null
}

/** Where a start goes to. */
interface ParsedDestination {
  readonly end: ReplicationEnd
  readonly storageProfile: StorageProfile
  readonly seeds: Seeds
}

const noSeeds: Seeds = { vmIds: [], vappId: null }

const toCloud = (call: VcdaCall, destination: JsonObject, site: string): ParsedDestination => {
  const id = requireText(destination, 'vdc')
  const vdc = call.world.vdcs.get(id)
  const isHidden = !call.session.isProvider && vdc?.org !== call.session.org
  if (vdc === undefined || isHidden || vdc.site !== site) throw badInput(`VDC ${id} was not found at site ${site}.`, id)
  for (const policy of ['placementPolicy', 'sizingPolicy']) findText(destination, policy)
  const wanted = findText(destination, 'storageProfile') ?? '*'
  const profiles = vdc.storageProfiles
  const storageProfile = wanted === '*' ? profiles[0] : profiles.find((profile) => profile.id === wanted)
  if (storageProfile === undefined) throw badInput(`Storage profile ${wanted} was not found.`, wanted)
  return { end: toCloudEnd(vdc, null), storageProfile, seeds: noSeeds }
}

const toPremises = (call: VcdaCall, _destination: JsonObject, site: string): ParsedDestination => {
  if (call.world.sites.get(site)?.kind !== 'vcenter') throw badInput(`Site ${site} has no vCenter.`, site)
  return { end: toPremisesEnd(site, null), storageProfile: anyStorageProfile, seeds: noSeeds }
}

/** A machine that is replicated itself, or already taken by another start, is no seed; that it is refused is inferred. */
const requireSeedVm = (call: VcdaCall, id: string, site: string): string => {
  requireVm(call, id, site)
  const isTaken = call.world.startingVmIds.has(id)
  const replications = [...call.world.replications.values()]
  const isReplicated = replications.some(({ vmId, source }) => vmId === id && source.site === site)
  if (isTaken || isReplicated) throw badInput(`VM ${id} is in use and cannot be a seed.`, id)
  return id
}

const toSeedVm = (call: VcdaCall, destination: JsonObject, site: string): ParsedDestination => {
  const vmIds = [requireSeedVm(call, requireText(destination, 'seedVmId'), site)]
  return { ...toCloud(call, destination, site), seeds: { vmIds, vappId: null } }
}

const toSeedVapp = (call: VcdaCall, destination: JsonObject, site: string): ParsedDestination => {
  const id = requireText(destination, 'seedVappId')
  const vapp = call.world.vapps.get(id)
  const isHidden = !call.session.isProvider && vapp?.org !== call.session.org
  if (vapp === undefined || isHidden || vapp.site !== site)
    throw badInput(`vApp ${id} was not found at site ${site}.`, id)
  const vmIds = vapp.vmIds.map((vmId) => requireSeedVm(call, vmId, site))
  return { ...toCloud(call, destination, site), seeds: { vmIds, vappId: id } }
}

const parsePremisesSeed = (call: VcdaCall, seed: JsonObject, site: string): string => {
  const vcId = findText(seed, 'vcId')
  if (vcId !== null && call.world.sites.get(site)?.vcId !== vcId) throw badInput(`vCenter ${vcId} was not found.`, vcId)
  return requireSeedVm(call, requireText(seed, 'moId'), site)
}

const toPremisesSeedVm = (call: VcdaCall, destination: JsonObject, site: string): ParsedDestination => {
  const seed = findObject(destination, 'seedVm')
  const vmIds = seed === null ? [] : [parsePremisesSeed(call, seed, site)]
  return { ...toPremises(call, destination, site), seeds: { vmIds, vappId: null } }
}

const toPremisesSeedVms = (call: VcdaCall, destination: JsonObject, site: string): ParsedDestination => {
  const vmIds = (findObjects(destination, 'seedVms') ?? []).map((seed) => parsePremisesSeed(call, seed, site))
  return { ...toPremises(call, destination, site), seeds: { vmIds, vappId: null } }
}

type DestinationReader = (call: VcdaCall, destination: JsonObject, site: string) => ParsedDestination

/** By `destination.type`, for each level of replication. */
export const destinationReaders: Readonly<
  Record<'vmReplication' | 'vappReplication', ReadonlyMap<string, DestinationReader>>
> = {
  vmReplication: new Map([
    ['vcloud', toCloud],
    ['vm', toSeedVm],
    ['vc', toPremises],
    ['vcVm', toPremisesSeedVm],
  ]),
  vappReplication: new Map([
    ['vcloud', toCloud],
    ['vapp', toSeedVapp],
    ['vc', toPremises],
    ['vcVapp', toPremisesSeedVms],
  ]),
}

/** The seeds' machines are deleted, only their disks go on. A vApp that merely held a seed stays without it. */
export const consumeSeeds = (world: VcdaWorld, { vmIds, vappId }: Seeds): void => {
  for (const id of vmIds) {
    const holder = world.vapps.get(world.vms.get(id)?.vappId ?? '')
    if (holder !== undefined) {
      world.vapps.set(holder.id, { ...holder, vmIds: holder.vmIds.filter((vmId) => vmId !== id) })
    }
    world.vms.delete(id)
  }
  if (vappId !== null) world.vapps.delete(vappId)
}
