import { inferredRefusals, toOwner } from './vcda-inferred.ts'
import {
  badInput,
  findFlag,
  findText,
  parseJsonObject,
  requireObject,
  requireText,
  requireTexts,
  type JsonObject,
} from './vcda-sim-body.ts'
import { requireAccess, requireSite, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import type { ReplicationEnd, SimVm, StorageProfile } from './vcda-sim-model.ts'
import { VcdaRefusal, refusals } from './vcda-sim-refusal.ts'
import {
  anyStorageProfile,
  createReplication,
  noNetworkSettings,
  openFirstCopy,
  toCloudEnd,
  toPremisesEnd,
  type NewReplication,
} from './vcda-sim-replication.ts'
import { acceptTask } from './vcda-sim-run-action.ts'
import { parseNewSettings } from './vcda-sim-settings.ts'

interface ParsedSource {
  readonly vms: readonly SimVm[]
  readonly end: ReplicationEnd
  readonly name: string
}

interface ParsedDestination {
  readonly end: ReplicationEnd
  readonly storageProfile: StorageProfile
}

const requireVm = (call: VcdaCall, id: string, site: string): SimVm => {
  const vm = call.world.vms.get(id)
  const isHidden = vm !== undefined && !call.session.isProvider && vm.org !== call.session.org
  if (vm === undefined || isHidden || vm.site !== site) throw badInput(`VM ${id} was not found at site ${site}.`, id)
  return vm
}

const fromVm = (call: VcdaCall, source: JsonObject, site: string): ParsedSource => {
  const vm = requireVm(call, requireText(source, 'vmId'), site)
  const vdc = call.world.vdcs.get(vm.vdcId ?? '')
  if (vdc === undefined) throw badInput(`VM ${vm.id} is in no virtual data center.`, vm.id)
  return { vms: [vm], end: toCloudEnd(vdc, call.world.vapps.get(vm.vappId ?? '') ?? null), name: vm.name }
}

const fromVapp = (member: string, isTemplate: boolean) => (call: VcdaCall, source: JsonObject, site: string) => {
  const id = requireText(source, member)
  const vapp = call.world.vapps.get(id)
  const vdc = call.world.vdcs.get(vapp?.vdcId ?? '')
  const isHidden = !call.session.isProvider && vapp?.org !== call.session.org
  if (vapp === undefined || vdc === undefined || isHidden || vapp.site !== site || vapp.isTemplate !== isTemplate) {
    throw badInput(`${member} ${id} was not found at site ${site}.`, id)
  }
  const vms = vapp.vmIds.map((vmId) => requireVm(call, vmId, site))
  return { vms, end: toCloudEnd(vdc, vapp), name: vapp.name }
}

const requireVcenter = (call: VcdaCall, source: JsonObject, site: string): void => {
  const id = requireText(source, 'vcUuid')
  if (call.world.sites.get(site)?.vcId !== id) throw badInput(`vCenter ${id} was not found at site ${site}.`, id)
}

const fromPremisesVm = (call: VcdaCall, source: JsonObject, site: string): ParsedSource => {
  requireVcenter(call, source, site)
  const vm = requireVm(call, requireText(source, 'vmId'), site)
  return { vms: [vm], end: toPremisesEnd(site, findText(source, 'vappName')), name: vm.name }
}

const fromPremisesVapp = (call: VcdaCall, source: JsonObject, site: string): ParsedSource => {
  requireVcenter(call, source, site)
  const vms = requireTexts(source, 'vmIds').map((id) => requireVm(call, id, site))
  const name = requireText(source, 'vappName')
  return { vms, end: toPremisesEnd(site, name), name }
}

type SourceReader = (call: VcdaCall, source: JsonObject, site: string) => ParsedSource
type Level = 'vmReplication' | 'vappReplication'

const sourceReaders: Readonly<Record<Level, ReadonlyMap<string, SourceReader>>> = {
  vmReplication: new Map([
    ['vm', fromVm],
    ['vcVm', fromPremisesVm],
  ]),
  vappReplication: new Map([
    ['vapp', fromVapp('vappId', false)],
    ['vappTemplate', fromVapp('vappTemplateId', true)],
    ['vcVapp', fromPremisesVapp],
  ]),
}

const toCloud = (call: VcdaCall, destination: JsonObject, site: string): ParsedDestination => {
  const id = requireText(destination, 'vdc')
  const vdc = call.world.vdcs.get(id)
  const isHidden = !call.session.isProvider && vdc?.org !== call.session.org
  if (vdc === undefined || isHidden || vdc.site !== site) throw badInput(`VDC ${id} was not found at site ${site}.`, id)
  const wanted = findText(destination, 'storageProfile') ?? '*'
  const profiles = vdc.storageProfiles
  const storageProfile = wanted === '*' ? profiles[0] : profiles.find((profile) => profile.id === wanted)
  if (storageProfile === undefined) throw badInput(`Storage profile ${wanted} was not found.`, wanted)
  return { end: toCloudEnd(vdc, null), storageProfile }
}

const toPremises = (call: VcdaCall, _destination: JsonObject, site: string): ParsedDestination => {
  if (call.world.sites.get(site)?.kind !== 'vcenter') throw badInput(`Site ${site} has no vCenter.`, site)
  return { end: toPremisesEnd(site, null), storageProfile: anyStorageProfile }
}

const toSeedVm = (call: VcdaCall, destination: JsonObject, site: string): ParsedDestination => {
  requireVm(call, requireText(destination, 'seedVmId'), site)
  return toCloud(call, destination, site)
}

const toSeedVapp = (call: VcdaCall, destination: JsonObject, site: string): ParsedDestination => {
  const id = requireText(destination, 'seedVappId')
  if (call.world.vapps.get(id)?.site !== site) throw badInput(`vApp ${id} was not found at site ${site}.`, id)
  return toCloud(call, destination, site)
}

const toPremisesSeed = (call: VcdaCall, destination: JsonObject, site: string): ParsedDestination => {
  requireVm(call, requireText(requireObject(destination, 'seedVm'), 'moId'), site)
  return toPremises(call, destination, site)
}

type DestinationReader = (call: VcdaCall, destination: JsonObject, site: string) => ParsedDestination

const destinationReaders: Readonly<Record<Level, ReadonlyMap<string, DestinationReader>>> = {
  vmReplication: new Map([
    ['vcloud', toCloud],
    ['vm', toSeedVm],
    ['vc', toPremises],
    ['vcVm', toPremisesSeed],
  ]),
  vappReplication: new Map([
    ['vcloud', toCloud],
    ['vapp', toSeedVapp],
    ['vc', toPremises],
    ['vcVapp', toPremises],
  ]),
}

const readEnd = <T>(
  call: VcdaCall,
  end: JsonObject,
  readers: ReadonlyMap<string, (call: VcdaCall, end: JsonObject, site: string) => T>,
): T => {
  const type = requireText(end, 'type')
  const reader = readers.get(type)
  if (reader === undefined) {
    throw new VcdaRefusal(refusals.badRequest, `Could not resolve type id '${type}'.`, [type])
  }
  const site = requireText(end, 'site')
  requireSite(call.world, site)
  return reader(call, end, site)
}

const alreadyReplicated = (vmId: string): VcdaRefusal =>
  new VcdaRefusal(inferredRefusals.alreadyReplicated, `VM ${vmId} is already replicated.`, [vmId])

const refuseReplicated = (call: VcdaCall, vms: readonly SimVm[]): void => {
  const wanted = new Map(vms.map((vm) => [vm.id, vm.site]))
  for (const replication of call.world.replications.values()) {
    if (wanted.get(replication.vmId) === replication.source.site) throw alreadyReplicated(replication.vmId)
  }
  for (const { id } of vms) if (call.world.startingVmIds.has(id)) throw alreadyReplicated(id)
}

const addGroup = (call: VcdaCall, id: string, name: string, members: readonly NewReplication[], at: number): void => {
  const [first] = members
  if (first === undefined) return
  const { owner, source, destination, isMigration } = first
  call.world.groups.set(id, {
    id,
    owner,
    name,
    source,
    destination,
    isMigration,
    recoveredVappId: null,
    lastUpdated: at,
    memberIds: members.map((member) => member.id),
    networkSettings: noNetworkSettings,
  })
}

const renderStarted = ({ world }: VcdaCall, id: string, at: number) => {
  const group = world.groups.get(id)
  if (group !== undefined) return world.renderGroup(group, at)
  const replication = world.replications.get(id)
  return replication === undefined ? null : world.renderReplication(replication, at)
}

/**
 * Starts a replication of one VM, or of a vApp, which fans out into one for each of its VMs. It is there when the
 * task has succeeded; its id is in the task's `workflowInfo` at once.
 *
 * @throws VcdaRefusal for a body that is incomplete or names what is not there.
 */
export const startReplication = (call: VcdaCall, level: Level): VcdaAnswer => {
  const { world, session, now } = call
  const body = parseJsonObject(call.body)
  const isMigration = findFlag(body, 'isMigration') ?? false
  const settings = parseNewSettings(body, world.slaProfiles, isMigration)
  const source = readEnd(call, requireObject(body, 'source'), sourceReaders[level])
  const { end: destination, storageProfile } = readEnd(
    call,
    requireObject(body, 'destination'),
    destinationReaders[level],
  )
  requireAccess(call, [source.end.site, destination.site])
  refuseReplicated(call, source.vms)
  const groupId = level === 'vmReplication' ? null : `C4VAPP-${world.random.uuid()}`
  const owner = toOwner(session.org, destination.site)
  const members = source.vms.map((vm) => ({
    id: `C4-${world.random.uuid()}`,
    vappReplicationId: groupId,
    owner,
    vm,
    source: source.end,
    destination,
    settings,
    storageProfile,
    isMigration,
    now,
  }))
  const resourceId = groupId ?? members[0]?.id ?? ''
  for (const { vm } of members) world.startingVmIds.add(vm.id)
  const settle = () => {
    for (const { vm } of members) world.startingVmIds.delete(vm.id)
  }
  const finish = (at: number) => {
    for (const member of members) {
      const replication = createReplication({ ...member, now: at })
      openFirstCopy(replication, at)
      world.replications.set(member.id, replication)
    }
    if (groupId !== null) addGroup(call, groupId, source.name, members, at)
    settle()
    return renderStarted(call, resourceId, at)
  }
  const subject = {
    type: 'start' as const,
    resourceType: level,
    resourceId,
    resourceName: source.name,
    site: call.site,
    user: session.user,
    sourceOrg: source.end.org,
    destinationOrg: destination.org,
    operationId: call.operationId,
  }
  const task = world.tasks.start(subject, now, {
    begin: () => {},
    finish,
    abort: settle,
    look: () => {
      settle()
      return null
    },
  })
  return acceptTask(call, task)
}
