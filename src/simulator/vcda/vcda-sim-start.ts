import { inferredRefusals, seededSyncMs, toOwner } from './vcda-inferred.ts'
import { findFlag, parseJsonObject, requireObject, requireText, type JsonObject } from './vcda-sim-body.ts'
import { requireAccess, requireSite, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import type { SimVm } from './vcda-sim-model.ts'
import { usableProfiles } from './vcda-sim-sla.ts'
import { VcdaRefusal, refusals } from './vcda-sim-refusal.ts'
import type { Rendered } from './vcda-sim-rendering.ts'
import { createReplication, noNetworkSettings, openFirstCopy, type NewReplication } from './vcda-sim-replication.ts'
import { acceptTask } from './vcda-sim-run-action.ts'
import { parseNewSettings } from './vcda-sim-settings.ts'
import { consumeSeeds, destinationReaders, type Seeds } from './vcda-sim-start-destination.ts'
import { sourceReaders } from './vcda-sim-start-source.ts'

type Level = 'vmReplication' | 'vappReplication'

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

const renderStarted = ({ world }: VcdaCall, id: string, at: number): Rendered | null => {
  const group = world.groups.get(id)
  if (group !== undefined) return world.renderGroup(group, at)
  const replication = world.replications.get(id)
  return replication === undefined ? null : world.renderReplication(replication, at)
}

/** A license that has run out ends starts, not what is replicated already; that it is looked at here is documented. */
const requireLicense = (call: VcdaCall): void => {
  const appliance = call.world.appliances.get(call.localSite)
  if (appliance !== undefined && call.now < appliance.licensedUntil) return
  throw new VcdaRefusal(refusals.serviceNotLicensed, 'The service is not licensed.')
}

interface NewStart {
  readonly level: Level
  readonly name: string
  /** Null for a single VM. */
  readonly groupId: string | null
  readonly members: readonly NewReplication[]
  readonly seeds: Seeds
}

/** @throws VcdaRefusal for a body that is incomplete or names what is not there. */
const parseStart = (call: VcdaCall, level: Level): NewStart => {
  const { world, session, now } = call
  const body = parseJsonObject(call.body)
  const isMigration = findFlag(body, 'isMigration') ?? false
  const settings = parseNewSettings(body, usableProfiles(call), isMigration)
  const source = readEnd(call, requireObject(body, 'source'), sourceReaders[level])
  const destination = readEnd(call, requireObject(body, 'destination'), destinationReaders[level])
  requireAccess(call, [source.end.site, destination.end.site])
  refuseReplicated(
    call,
    source.vms.map(({ vm }) => vm),
  )
  const groupId = level === 'vmReplication' ? null : `C4VAPP-${world.random.uuid()}`
  const common = {
    vappReplicationId: groupId,
    owner: toOwner(session.org, destination.end.site),
    source: source.end,
    destination: destination.end,
    storageProfile: destination.storageProfile,
    settings,
    isMigration,
    now,
  }
  const members = source.vms.map((vm) => ({ ...common, ...vm, id: `C4-${world.random.uuid()}` }))
  return { level, name: source.name, groupId, members, seeds: destination.seeds }
}

/** The replications are there from now on; seeds spare most of their first copy. */
const establish = (call: VcdaCall, { groupId, name, members, seeds }: NewStart, at: number): void => {
  const hasSeeds = seeds.vmIds.length > 0
  for (const member of members) {
    const replication = createReplication({ ...member, now: at })
    openFirstCopy(replication, at, hasSeeds ? seededSyncMs : undefined)
    call.world.replications.set(member.id, replication)
  }
  if (groupId !== null) addGroup(call, groupId, name, members, at)
  consumeSeeds(call.world, seeds)
}

/**
 * Starts a replication of one VM, or of a vApp, which fans out into one for each of its VMs. It is there when the
 * task has succeeded; its id is in the task's `workflowInfo` at once.
 *
 * @throws VcdaRefusal for a body that is incomplete or names what is not there.
 */
export const startReplication = (call: VcdaCall, level: Level): VcdaAnswer => {
  const { world, session, now } = call
  requireLicense(call)
  const start = parseStart(call, level)
  const [first] = start.members
  const resourceId = start.groupId ?? first?.id ?? ''
  const claimed = [...start.members.map(({ vm }) => vm.id), ...start.seeds.vmIds]
  for (const id of claimed) world.startingVmIds.add(id)
  const settle = (): null => {
    for (const id of claimed) world.startingVmIds.delete(id)
    return null
  }
  const subject = {
    type: 'start' as const,
    resourceType: level,
    resourceId,
    resourceName: start.name,
    site: call.site,
    user: session.user,
    sourceOrg: first?.source.org ?? null,
    destinationOrg: first?.destination.org ?? null,
    operationId: call.operationId,
  }
  const task = world.tasks.start(subject, now, {
    begin: () => {},
    finish: (at) => {
      establish(call, start, at)
      settle()
      return renderStarted(call, resourceId, at)
    },
    abort: settle,
    look: settle,
  })
  return acceptTask(call, task)
}
