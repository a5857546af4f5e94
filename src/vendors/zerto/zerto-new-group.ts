/** What a new VPG becomes on the wire: the parts of its settings object, or the one call of sites before 6.0. */
import { randomUUID } from 'node:crypto'
import type { CommandOf } from '../../domain/command.ts'
import { DomainError } from '../../domain/errors.ts'
import { parseGlobalId, toGlobalId } from '../../domain/global-id.ts'
import type { NamedThing } from '../../domain/ports/vendor-adapter.ts'
import type { WireCall } from '../../domain/task.ts'
import {
  groupWorkSchema,
  journalSchema,
  workPath,
  type GroupVm,
  type GroupWork,
  type JournalOptions,
} from './zerto-group-options.ts'
import { isNativeId, nilGuid } from './zerto-ids.ts'
import { parseInput } from './zerto-options.ts'
import {
  defaultBootGroup,
  findGiven,
  findJournalPart,
  findNetworkPart,
  findRecoveryPart,
  findScriptPart,
  mergeSettings,
  toVmDevices,
  toVmPart,
  type SettingsPart,
} from './zerto-settings-parts.ts'
import type { SettingsStep } from './zerto-settings-flow.ts'
import { isBefore, newerSettingsSince, settingsSince, type ZertoVersion } from './zerto-version.ts'

type StartCommand = CommandOf<'START_REPLICATION'>

/** What a new VPG gets where the caller says nothing: the values of the vendor's own example settings. */
const defaults = {
  rpoSeconds: 300,
  journalHistoryHours: 24,
  testIntervalMinutes: 262_080,
  priority: 'MEDIUM',
  useWanCompression: true,
  journalHardLimitMegabytes: 153_600,
  journalWarningMegabytes: 115_200,
} as const

/** `VpgPriorityApi` by its names, as settings have it. */
export const priorityNames = { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High' } as const

/** A site's own GUID, from its global id or as it is. */
const toNativeSiteId = (id: unknown): unknown => {
  const key = typeof id === 'string' ? parseGlobalId(id) : null
  return key !== null && key.kind === 'Site' && key.vendor === 'ZERTO' ? key.nativeId : id
}

/** @throws INVALID_INPUT when it is no GUID, or an RPO stands beside it. */
export const requireServiceProfile = (slaProfileId: string | null, rpoSeconds: number | null): string | null => {
  if (slaProfileId === null) return null
  // Profiles are named by a GUID, as sites are.
  if (!isNativeId('Site', slaProfileId)) {
    throw DomainError.invalidInput('input.slaProfileId', 'not the GUID of a service profile')
  }
  if (rpoSeconds === null) return slaProfileId
  throw DomainError.invalidInput('input.rpoSeconds', 'comes from the service profile: give one of the two')
}

/** @throws INVALID_INPUT: the wire shows a description and takes none. */
export const refuseDescription = (description: string | null): void => {
  if (description === null) return
  throw DomainError.invalidInput('input.description', 'the settings of a VPG have no description')
}

/** @throws INVALID_INPUT when the work is not a VPG, or a member does not fit. */
export const parseGroupWork = (command: StartCommand): GroupWork => {
  refuseDescription(command.description)
  if (command.workKind !== 'zertoGroup') {
    throw DomainError.invalidInput(`input.work.${command.workKind}`, 'this site starts groups: give zertoGroup')
  }
  requireServiceProfile(command.slaProfileId, command.rpoSeconds)
  const { protectedSiteId, recoverySiteId, ...rest } = command.work
  const work = parseInput(
    groupWorkSchema,
    { ...rest, protectedSiteId: toNativeSiteId(protectedSiteId), recoverySiteId: toNativeSiteId(recoverySiteId) },
    workPath,
  )
  parseInput(journalSchema, toJournalOptions(work), workPath)
  requireOnce(work.vms)
  return work
}

const requireOnce = (vms: readonly GroupVm[]): void => {
  if (new Set(vms.map(({ vmId }) => vmId)).size === vms.length) return
  throw DomainError.invalidInput(`${workPath}.vms`, 'a machine is named twice')
}

const toJournalOptions = (work: GroupWork) => ({
  hardLimitMegabytes: work.journalHardLimitMegabytes,
  hardLimitPercent: work.journalHardLimitPercent,
  warningMegabytes: work.journalWarningMegabytes,
  warningPercent: work.journalWarningPercent,
  datastoreId: work.journalDatastoreId,
  datastoreClusterId: work.journalDatastoreClusterId,
})

const toBasic = (command: StartCommand, work: GroupWork): SettingsPart => {
  const profileId = command.slaProfileId
  const own = {
    RpoInSeconds: command.rpoSeconds ?? defaults.rpoSeconds,
    TestIntervalInMinutes: work.testIntervalMinutes ?? defaults.testIntervalMinutes,
    JournalHistoryInHours: work.journalHistoryHours ?? defaults.journalHistoryHours,
  }
  return {
    Name: work.name,
    ...(profileId === null ? own : {}),
    Priority: priorityNames[work.priority ?? defaults.priority],
    UseWanCompression: work.useWanCompression ?? defaults.useWanCompression,
    ServiceProfileIdentifier: profileId,
    ZorgIdentifier: work.organizationId ?? null,
    ProtectedSiteIdentifier: work.protectedSiteId,
    RecoverySiteIdentifier: work.recoverySiteId,
  }
}

const noJournal = {
  Limitation: {
    HardLimitInMB: defaults.journalHardLimitMegabytes,
    HardLimitInPercent: 0,
    WarningThresholdInMB: defaults.journalWarningMegabytes,
    WarningThresholdInPercent: 0,
  },
  DatastoreIdentifier: null,
  DatastoreClusterIdentifier: null,
}
const noRecovery = {
  DefaultHostIdentifier: null,
  DefaultHostClusterIdentifier: null,
  DefaultDatastoreIdentifier: null,
  DefaultDatastoreClusterIdentifier: null,
  DefaultFolderIdentifier: null,
  ResourcePoolIdentifier: null,
  VCD: null,
  PublicCloud: null,
}
const noNetwork = { VCD: null, Hypervisor: { DefaultNetworkIdentifier: null }, PublicCloud: null }
const noVmRecovery = {
  HostIdentifier: null,
  HostClusterIdentifier: null,
  DatastoreIdentifier: null,
  DatastoreClusterIdentifier: null,
  FolderIdentifier: null,
  ResourcePoolIdentifier: null,
}

/** The boot groups by name, each with an identifier of ours: the vendor takes any GUID (inferred from its example). */
const toBootGroups = (work: GroupWork): ReadonlyMap<string, SettingsPart> =>
  new Map(
    (work.bootGroups ?? []).map(({ name, delaySeconds }) => [
      name,
      { BootGroupIdentifier: randomUUID(), Name: name, BootDelayInSeconds: delaySeconds ?? 0 },
    ]),
  )

const toBootGroupId = (vm: GroupVm, bootGroups: ReadonlyMap<string, SettingsPart>): string => {
  if (vm.bootGroup === null || vm.bootGroup === undefined) return nilGuid
  const id = bootGroups.get(vm.bootGroup)?.['BootGroupIdentifier']
  if (typeof id === 'string') return id
  throw DomainError.invalidInput(`${workPath}.vms`, `no boot group is called ${vm.bootGroup}`)
}

/**
 * The steps that put a machine into open settings. The site knows its volumes and NICs, so what was said of those is laid
 * over what it has found.
 */
export const toVmSteps = (vm: GroupVm, bootGroupId: string | null): readonly SettingsStep[] => {
  const own = mergeSettings({ Recovery: noVmRecovery }, toVmPart(vm, bootGroupId))
  const add: SettingsStep = {
    kind: 'SEND',
    method: 'POST',
    part: '/vms',
    body: { VmIdentifier: vm.vmId, ...Object.fromEntries(Object.entries(own ?? {})) },
  }
  const devices = findGiven(toVmDevices(vm))
  return devices === null ? [add] : [add, { kind: 'MERGE', part: `/vms/${encodeURIComponent(vm.vmId)}`, body: devices }]
}

const put = (part: string, body: unknown): SettingsStep => ({ kind: 'SEND', method: 'PUT', part, body })

const usesNewerSettings = ({ scratch, volumes }: GroupVm): boolean =>
  findJournalPart(scratch) !== null ||
  (volumes ?? []).some(({ isSwap, syncSettings }) => (isSwap ?? syncSettings ?? null) !== null)

/** @throws INVALID_INPUT where a site is given settings that it would ignore, because its version has none of the kind. */
export const requireNewerSettings = (
  given: { readonly scratch?: JournalOptions | null | undefined; readonly vms: readonly GroupVm[] },
  version: ZertoVersion | null,
  path: string,
): void => {
  if (!isBefore(version, newerSettingsSince)) return
  const { major, minor } = newerSettingsSince
  const reason = `scratch journals, isSwap and syncSettings need ${major}.${minor} or newer`
  if (findJournalPart(given.scratch) !== null || given.vms.some(usesNewerSettings)) {
    throw DomainError.invalidInput(path, reason)
  }
}

const toNetwork = (part: SettingsPart | null): unknown => mergeSettings(noNetwork, part ?? {})

/** A ZVM does not tell whose its machines are that no VPG protects. */
export const listNewMachines = (vms: readonly GroupVm[], protectedSiteId: string | null): readonly NamedThing[] =>
  vms.map(({ vmId }) => ({
    what: `the machine ${vmId}`,
    role: 'TAKEN',
    siteId: protectedSiteId === null ? null : toGlobalId('Site', 'ZERTO', protectedSiteId.toLowerCase()),
    organization: null,
  }))

/** What opens the settings of a new VPG, and the steps that fill them, in order. */
export const toNewGroup = (
  command: StartCommand,
  work: GroupWork,
  version: ZertoVersion | null,
): { readonly open: unknown; readonly steps: readonly SettingsStep[] } => {
  requireNewerSettings(work, version, workPath)
  const bootGroups = toBootGroups(work)
  const scratch = findJournalPart(work.scratch)
  const scripts = findGiven({
    PreRecovery: findScriptPart(work.preRecoveryScript),
    PostRecovery: findScriptPart(work.postRecoveryScript),
  })
  const vappId = work.protectedVappId ?? null
  return {
    // `Protected` is the one member without a path of its own.
    open: vappId === null ? {} : { Protected: { VCD: { VcdVappIdentifier: vappId } } },
    steps: [
      put('/basic', toBasic(command, work)),
      put('/journal', mergeSettings(noJournal, findJournalPart(toJournalOptions(work)) ?? {})),
      ...(scratch === null ? [] : [put('/scratch', scratch)]),
      put('/recovery', mergeSettings(noRecovery, findRecoveryPart(work) ?? {})),
      put('/networks', {
        Failover: toNetwork(findNetworkPart(work.failoverNetworkId, work.failoverVcdNetwork)),
        FailoverTest: toNetwork(findNetworkPart(work.testNetworkId, work.testVcdNetwork)),
      }),
      ...(bootGroups.size === 0 ? [] : [put('/bootgroup', { BootGroups: [defaultBootGroup, ...bootGroups.values()] })]),
      ...(scripts === null ? [] : [put('/scripting', scripts)]),
      ...work.vms.flatMap((vm) => toVmSteps(vm, toBootGroupId(vm, bootGroups))),
    ],
  }
}

/** What the one call of old sites takes; anything else that is given would be lost there. */
const legacyMembers: ReadonlySet<string> = new Set([
  'name',
  'protectedSiteId',
  'recoverySiteId',
  'vms',
  'defaultDatastoreId',
  'resourcePoolId',
  'orgVdcId',
  'protectedVappId',
  'priority',
  'organizationId',
])

/**
 * `POST /v1/vpgs`, deprecated since settings objects came with 6.0 (online help of 4.5 and 5.5). Its RPO and journal are
 * those of the service profile, or the site's own.
 *
 * @throws INVALID_INPUT for a member that the call has no place for.
 */
export const toLegacyCall = (command: StartCommand, work: GroupWork): WireCall => {
  const { major, minor } = settingsSince
  const refuse = (path: string): DomainError =>
    DomainError.invalidInput(path, `cannot be set at a site older than ${major}.${minor}`)
  if (command.rpoSeconds !== null) throw refuse('input.rpoSeconds')
  const extra = Object.keys(findGiven(work) ?? {}).find((name) => !legacyMembers.has(name))
  if (extra !== undefined) throw refuse(`${workPath}.${extra}`)
  if (work.vms.some((vm) => Object.keys(findGiven(vm) ?? {}).length > 1)) throw refuse(`${workPath}.vms`)
  return {
    method: 'POST',
    path: '/v1/vpgs',
    body: {
      VpgName: work.name,
      VmsIdentifiers: work.vms.map(({ vmId }) => vmId),
      SourceSiteIdentifier: work.protectedSiteId,
      TargetSiteIdentifier: work.recoverySiteId,
      Priority: priorityNames[work.priority ?? defaults.priority],
      DatastoreIdentifier: work.defaultDatastoreId ?? null,
      OrgVdcIdentifier: work.orgVdcId ?? null,
      ResourcePoolIdentifier: work.resourcePoolId ?? null,
      ServiceProfileIdentifier: command.slaProfileId,
      VcdVappIdentifier: work.protectedVappId ?? null,
      ZorgIdentifier: work.organizationId ?? null,
    },
  }
}
