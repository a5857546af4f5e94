import type { StartReplicationCommand } from '../../domain/command.ts'
import { DomainError } from '../../domain/errors.ts'
import type { WireCall } from '../../domain/task.ts'
import {
  parseOptions,
  requireMinutes,
  vappWork,
  vcenterVmWork,
  vmWork,
  type DestinationOptions,
  type RetentionRules,
  type WorkOptions,
} from './vcda-options.ts'

/** A start, and the site at which the copy will be. */
export interface PreparedStart {
  readonly call: WireCall
  readonly siteNames: readonly string[]
}

/** The RPO of every migration: the user guide fixes it at 24 hours. */
const migrationRpoMinutes = 1440

/** Any storage profile that the destination has. */
const anyStorageProfile = '*'

const defaultConnection = 'ENCRYPTED_COMPRESSED'

type SeedType = 'vm' | 'vapp'

/**
 * A virtual data centre makes it Cloud Director's, its absence a vCenter's. A seed is an existing machine whose disks
 * are taken for the copy, and which is deleted for it.
 */
const toDestination = (options: DestinationOptions, seedType: SeedType, path: string) => {
  const { siteName: site, vdcId, seedId, seedVcenterId } = options
  if (vdcId === null || vdcId === undefined) return toVcenterDestination(options, seedType, path)
  if (seedVcenterId) throw DomainError.invalidInput(`${path}.seedVcenterId`, 'goes with a vCenter destination only')
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

const toVcenterDestination = (options: DestinationOptions, seedType: SeedType, path: string) => {
  const { siteName: site, seedId, seedVcenterId, storageProfileId, placementPolicyId, sizingPolicyId } = options
  if (storageProfileId || placementPolicyId || sizingPolicyId) {
    throw DomainError.invalidInput(path, 'storageProfileId and policies go with a vdcId only')
  }
  if (!seedId && !seedVcenterId) return { type: 'vc', site }
  if (seedType === 'vapp' || !seedId || !seedVcenterId) {
    throw DomainError.invalidInput(path, 'a seed in a vCenter is one machine: seedId and seedVcenterId together')
  }
  return { type: 'vcVm', site, seedVm: { moId: seedId, vcId: seedVcenterId } }
}

const toRetentionPolicy = (rules: RetentionRules, path: string) => ({
  rules: rules.map(({ count, distanceSeconds }, at) => ({
    distance: requireMinutes(distanceSeconds, `${path}.retentionRules.${at}.distanceSeconds`),
    numberOfInstances: count,
  })),
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

const toStart = (
  command: StartReplicationCommand,
  work: WorkOptions,
  kind: { readonly path: string; readonly seedType: SeedType; readonly source: object },
): PreparedStart => {
  const path = `input.work.${command.workKind}`
  const destination = toDestination(work.destination, kind.seedType, `${path}.destination`)
  const body = toBody(command, work, { source: kind.source, destination }, path)
  return {
    call: { method: 'POST', path: kind.path, body },
    siteNames: [work.sourceSiteName, work.destination.siteName],
  }
}

/** What can be started, by the member of the input's `work`. */
const startOf: Readonly<Record<string, (command: StartReplicationCommand) => PreparedStart>> = {
  vcdaVm: (command) => {
    const work = parseOptions(vmWork, command.work, 'input.work.vcdaVm')
    // The member name of a virtual machine of Cloud Director is inferred from its siblings.
    const source = { type: 'vm', site: work.sourceSiteName, vmId: work.vmId }
    return toStart(command, work, { path: '/vm-replications', seedType: 'vm', source })
  },
  vcdaVapp: (command) => {
    const work = parseOptions(vappWork, command.work, 'input.work.vcdaVapp')
    const source = { type: 'vapp', site: work.sourceSiteName, vappId: work.vappId }
    return toStart(command, work, { path: '/vapp-replications', seedType: 'vapp', source })
  },
  vcdaVcenterVm: (command) => {
    const work = parseOptions(vcenterVmWork, command.work, 'input.work.vcdaVcenterVm')
    const source = {
      type: 'vcVm',
      site: work.sourceSiteName,
      vcUuid: work.vcenterId,
      vmId: work.vmId,
      vappName: work.vappName,
      excludedDisks: work.excludedDiskKeys ?? [],
    }
    return toStart(command, work, { path: '/vm-replications', seedType: 'vm', source })
  },
}

/**
 * A start in the vendor's words: `POST /vm-replications` or `POST /vapp-replications`.
 *
 * @throws INVALID_INPUT for work that is not this vendor's, for an RPO that is no whole number of minutes, for a
 * migration with settings of a protection, and for members that do not go together.
 */
export const toStartCall = (command: StartReplicationCommand): PreparedStart => {
  const start = Object.hasOwn(startOf, command.workKind) ? startOf[command.workKind] : undefined
  if (start === undefined) {
    throw DomainError.invalidInput(`input.work.${command.workKind}`, 'is nothing that VCDA can start')
  }
  return start(command)
}
