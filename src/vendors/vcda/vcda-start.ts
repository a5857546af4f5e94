import type { StartReplicationCommand } from '../../domain/command.ts'
import { DomainError } from '../../domain/errors.ts'
import type { WireCall } from '../../domain/task.ts'
import type { NamedId } from './vcda-named-things.ts'
import { parseOptions, requireMinutes, requireVersion, toRetentionPolicy } from './vcda-options.ts'
import type { ApiVersion } from './vcda-versions.ts'
import {
  vappTemplateWork,
  vappWork,
  vcenterVappWork,
  vcenterVmWork,
  vmWork,
  type DestinationOptions,
  type StartupOptions,
  type WorkOptions,
} from './vcda-work-options.ts'

/** A start, and the site at which the copy will be. */
export interface PreparedStart {
  readonly call: WireCall
  /** Of what will be there afterwards; null where it takes the name of the source, which the call does not tell. */
  readonly newName: string | null
  readonly siteNames: readonly string[]
  /** What it takes, and what it gives to. */
  readonly named: readonly NamedId[]
}

/** The RPO of every migration: the user guide fixes it at 24 hours. */
const migrationRpoMinutes = 1440

/** Any storage profile that the destination has. */
const anyStorageProfile = '*'

const defaultConnection = 'ENCRYPTED_COMPRESSED'

type SeedType = 'vm' | 'vapp'

/** Where it goes, and what decides how that is said. */
interface Place {
  readonly seedType: SeedType
  readonly version: ApiVersion | null
  readonly path: string
}

/**
 * A virtual data centre makes it Cloud Director's, its absence a vCenter's. A seed is an existing machine whose disks
 * are taken for the copy, and which is deleted for it.
 */
const toDestination = (options: DestinationOptions, place: Place) => {
  const { siteName: site, vdcId, seedId, seedVcenterId, vmSeeds } = options
  const { seedType, version, path } = place
  if (vdcId === null || vdcId === undefined) return toVcenterDestination(options, place)
  if (seedVcenterId) throw DomainError.invalidInput(`${path}.seedVcenterId`, 'goes with a vCenter destination only')
  if (vmSeeds) throw DomainError.invalidInput(`${path}.vmSeeds`, 'go with a vCenter destination only; use seedId')
  for (const member of ['placementPolicyId', 'sizingPolicyId'] as const) {
    if (options[member]) requireVersion(version, '4.5', `${path}.${member}`)
  }
  const cloud = {
    type: seedId ? seedType : 'vcloud',
    site,
    vdc: vdcId,
    storageProfile: options.storageProfileId ?? anyStorageProfile,
    // Members of later versions leave only when they were asked for: older ones need not know them.
    ...(options.placementPolicyId ? { placementPolicy: options.placementPolicyId } : {}),
    ...(options.sizingPolicyId ? { sizingPolicy: options.sizingPolicyId } : {}),
  }
  if (!seedId) return cloud
  return seedType === 'vm' ? { ...cloud, seedVmId: seedId } : { ...cloud, seedVappId: seedId }
}

const toVcenterDestination = (options: DestinationOptions, { seedType, path }: Place) => {
  const {
    siteName: site,
    seedId,
    seedVcenterId,
    vmSeeds,
    storageProfileId,
    placementPolicyId,
    sizingPolicyId,
  } = options
  if (storageProfileId || placementPolicyId || sizingPolicyId) {
    throw DomainError.invalidInput(path, 'storageProfileId and policies go with a vdcId only')
  }
  if (seedType === 'vapp') {
    if (seedId || seedVcenterId) {
      throw DomainError.invalidInput(path, 'machines of a group in a vCenter have a seed each: use vmSeeds')
    }
    return vmSeeds ? { type: 'vcVapp', site, ...toVappSeeds(vmSeeds) } : { type: 'vc', site }
  }
  if (vmSeeds) throw DomainError.invalidInput(`${path}.vmSeeds`, 'go with a vApp; use seedId and seedVcenterId')
  if (!seedId && !seedVcenterId) return { type: 'vc', site }
  if (!seedId || !seedVcenterId) {
    throw DomainError.invalidInput(path, 'a seed in a vCenter is one machine: seedId and seedVcenterId together')
  }
  return { type: 'vcVm', site, seedVm: { moId: seedId, vcId: seedVcenterId } }
}

/** The members of a vCenter destination with seeds for a whole vApp were not seen: inferred from that for one machine. */
const toVappSeeds = (seeds: NonNullable<DestinationOptions['vmSeeds']>) => ({
  seedVms: seeds.map(({ vmId, seedId, seedVcenterId }) => ({ vmId, moId: seedId, vcId: seedVcenterId })),
})

const toRpoMinutes = (command: StartReplicationCommand, isMigration: boolean): number | null => {
  if (isMigration && (command.rpoSeconds !== null || command.slaProfileId !== null)) {
    throw DomainError.invalidInput('input', 'a migration takes neither rpoSeconds nor slaProfileId')
  }
  if (command.rpoSeconds !== null) return requireMinutes(command.rpoSeconds, 'input.rpoSeconds')
  if (isMigration) return migrationRpoMinutes
  if (command.slaProfileId !== null) return null
  throw DomainError.invalidInput('input.rpoSeconds', 'is needed where no slaProfileId is given')
}

/**
 * The body of a start: eleven members, always all of them, so that nothing is left to a default. Where an SLA profile
 * is given, what it decides is sent as null unless it was asked for all the same.
 */
const toBody = (
  command: StartReplicationCommand,
  work: WorkOptions,
  ends: { source: object; destination: object },
  path: string,
) => {
  const isMigration = work.isMigration ?? false
  const hasProfile = command.slaProfileId !== null
  return {
    dataConnectionType: work.dataConnectionType ?? (hasProfile ? null : defaultConnection),
    description: command.description,
    destination: ends.destination,
    initialSyncTime: work.initialSyncAt?.getTime() ?? 0,
    isMigration,
    quiesced: work.isQuiesced ?? (hasProfile ? null : false),
    retentionPolicy: work.retentionRules
      ? toRetentionPolicy(work.retentionRules, path)
      : hasProfile
        ? null
        : { rules: [] },
    rpo: toRpoMinutes(command, isMigration),
    slaProfileId: command.slaProfileId,
    source: ends.source,
    targetDiskType: work.targetDiskType ?? 'THIN',
  }
}

/** Where the copy goes, and the seeds, which are used up for it. */
const toNamedDestination = (options: DestinationOptions, seedType: SeedType): readonly NamedId[] => {
  const { siteName, vdcId = null, seedId = null, vmSeeds } = options
  const seedIds = [...(seedId === null ? [] : [seedId]), ...(vmSeeds ?? []).map((seed) => seed.seedId)]
  const seedList = vdcId === null ? null : (`${seedType}s` as const)
  return [
    { role: 'GIVEN_TO', siteName, list: vdcId === null ? null : 'vdcs', id: vdcId },
    ...seedIds.map((id) => ({ role: 'TAKEN', siteName, list: seedList, id }) as const),
  ]
}

const toStart = (
  command: StartReplicationCommand,
  work: WorkOptions,
  kind: {
    readonly path: '/vm-replications' | '/vapp-replications'
    readonly source: object
    readonly version: ApiVersion | null
    readonly newName?: string
    /** What is to be copied. */
    readonly taken: Pick<NamedId, 'list' | 'id'>
  },
): PreparedStart => {
  const path = `input.work.${command.workKind}`
  const seedType = kind.path === '/vm-replications' ? 'vm' : 'vapp'
  const place = { seedType, version: kind.version, path: `${path}.destination` } as const
  const body = toBody(command, work, { source: kind.source, destination: toDestination(work.destination, place) }, path)
  return {
    call: { method: 'POST', path: kind.path, body },
    newName: kind.newName ?? null,
    siteNames: [work.sourceSiteName, work.destination.siteName],
    named: [
      { role: 'TAKEN', siteName: work.sourceSiteName, ...kind.taken },
      ...toNamedDestination(work.destination, seedType),
    ],
  }
}

/** The unit of the delays is not stated by the vendor; seconds, as in Cloud Director (inferred). */
const toStartupInfo = (startup: StartupOptions) => ({
  order: startup.order ?? 0,
  startAction: startup.startAction ?? 'powerOn',
  startDelay: startup.startDelaySeconds ?? 0,
  stopAction: startup.stopAction ?? 'powerOff',
  stopDelay: startup.stopDelaySeconds ?? 0,
})

const recordOf = <T, V>(items: readonly T[], entry: (item: T) => readonly [string, V] | null): Record<string, V> =>
  Object.fromEntries(items.map(entry).filter((pair) => pair !== null))

type Starter = (command: StartReplicationCommand, version: ApiVersion | null) => PreparedStart

/** What can be started, by the member of the input's `work`. */
const startOf: Readonly<Record<string, Starter>> = {
  vcdaVm: (command, version) => {
    const work = parseOptions(vmWork, command.work, 'input.work.vcdaVm')
    // The member name of a virtual machine of Cloud Director is inferred from its siblings.
    const source = { type: 'vm', site: work.sourceSiteName, vmId: work.vmId }
    return toStart(command, work, { path: '/vm-replications', source, version, taken: { list: 'vms', id: work.vmId } })
  },
  vcdaVapp: (command, version) => {
    const work = parseOptions(vappWork, command.work, 'input.work.vcdaVapp')
    const source = { type: 'vapp', site: work.sourceSiteName, vappId: work.vappId }
    const taken = { list: 'vapps', id: work.vappId } as const
    return toStart(command, work, { path: '/vapp-replications', source, version, taken })
  },
  vcdaVappTemplate: (command, version) => {
    const work = parseOptions(vappTemplateWork, command.work, 'input.work.vcdaVappTemplate')
    // Not in the reference of 4.2, and in that of 4.5.
    requireVersion(version, '4.3', 'input.work.vcdaVappTemplate')
    const source = { type: 'vappTemplate', site: work.sourceSiteName, vappTemplateId: work.vappTemplateId }
    const taken = { list: null, id: work.vappTemplateId } as const
    return toStart(command, work, { path: '/vapp-replications', source, version, taken })
  },
  vcdaVcenterVm: (command, version) => {
    const work = parseOptions(vcenterVmWork, command.work, 'input.work.vcdaVcenterVm')
    const source = {
      type: 'vcVm',
      site: work.sourceSiteName,
      vcUuid: work.vcenterId,
      vmId: work.vmId,
      vappName: work.vappName,
      excludedDisks: work.excludedDiskKeys ?? [],
      ...(work.startup ? { vmStartupInfo: toStartupInfo(work.startup) } : {}),
    }
    const taken = { list: null, id: work.vmId } as const
    return toStart(command, work, { path: '/vm-replications', source, version, taken })
  },
  vcdaVcenterVapp: (command, version) => {
    const work = parseOptions(vcenterVappWork, command.work, 'input.work.vcdaVcenterVapp')
    const ids = work.vms.map(({ vmId }) => vmId)
    if (new Set(ids).size < ids.length) {
      throw DomainError.invalidInput('input.work.vcdaVcenterVapp.vms', 'names a machine twice')
    }
    const source = {
      type: 'vcVapp',
      site: work.sourceSiteName,
      vcUuid: work.vcenterId,
      vappName: work.vappName,
      vmIds: ids,
      vmExcludedDisks: recordOf(work.vms, (vm) => (vm.excludedDiskKeys ? [vm.vmId, vm.excludedDiskKeys] : null)),
      vmStartupInfoMap: recordOf(work.vms, (vm) => (vm.startup ? [vm.vmId, toStartupInfo(vm.startup)] : null)),
    }
    return toStart(command, work, {
      path: '/vapp-replications',
      source,
      version,
      newName: work.vappName,
      taken: { list: null, id: work.vappName },
    })
  },
}

/**
 * A start in the vendor's words: `POST /vm-replications` or `POST /vapp-replications`.
 *
 * @param version Of the site; null where it is not known, and then nothing is refused for it.
 * @throws INVALID_INPUT for work that is not this vendor's, for an RPO that is no whole number of minutes, for a
 * migration with settings of a protection, and for members that do not go together or with the version.
 */
export const toStartCall = (command: StartReplicationCommand, version: ApiVersion | null = null): PreparedStart => {
  const start = Object.hasOwn(startOf, command.workKind) ? startOf[command.workKind] : undefined
  if (start === undefined) {
    throw DomainError.invalidInput(`input.work.${command.workKind}`, 'is nothing that VCDA can start')
  }
  return start(command, version)
}
