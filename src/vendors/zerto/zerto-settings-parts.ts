/**
 * The parts of a settings object, in the names of the wire (VCD and RDM in upper case there), out of what a caller gave.
 * Pure. Parts of a new VPG are whole; those of a change hold what changes, and are laid over what the site has.
 */
import { nilGuid } from './zerto-ids.ts'
import type {
  GroupVm,
  JournalOptions,
  NicNetworkOptions,
  NicOptions,
  ScriptOptions,
  VcdNetworkOptions,
  VolumeOptions,
} from './zerto-group-options.ts'

/** A part of a settings object. */
export type SettingsPart = Readonly<Record<string, unknown>>

type Members = Readonly<Record<string, unknown>>

/** Without the members that were not given. */
const given = (members: Members): SettingsPart =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined))

const orNull = (part: SettingsPart): SettingsPart | null => (Object.keys(part).length === 0 ? null : part)

/** Null where nothing in it was given. */
export const findGiven = (members: Members): SettingsPart | null => orNull(given(members))

/** Of two members that exclude each other: naming one takes the other one away. */
const either = (one: readonly [string, unknown], other: readonly [string, unknown]): SettingsPart => {
  const isOne = (one[1] ?? null) !== null
  const isOther = (other[1] ?? null) !== null
  return isOne || isOther ? { [one[0]]: one[1] ?? null, [other[0]]: other[1] ?? null } : {}
}

/** A limit in MB or in percent; the other unit is 0, as in the vendor's example. */
const toLimit = (
  name: string,
  megabytes: number | null | undefined,
  percent: number | null | undefined,
): SettingsPart => {
  const isGiven = (megabytes ?? percent ?? null) !== null
  return isGiven ? { [`${name}InMB`]: megabytes ?? 0, [`${name}InPercent`]: percent ?? 0 } : {}
}

/** `VpgSettingsJournalApi` and its likes. Null where nothing was given. */
export const findJournalPart = (journal: JournalOptions | null | undefined): SettingsPart | null => {
  if (journal === null || journal === undefined) return null
  const limitation = {
    ...toLimit('HardLimit', journal.hardLimitMegabytes, journal.hardLimitPercent),
    ...toLimit('WarningThreshold', journal.warningMegabytes, journal.warningPercent),
  }
  return orNull({ ...given({ Limitation: orNull(limitation) }), ...toStore(journal) })
}

const toStore = (place: Pick<JournalOptions, 'datastoreId' | 'datastoreClusterId'>): SettingsPart =>
  either(['DatastoreIdentifier', place.datastoreId], ['DatastoreClusterIdentifier', place.datastoreClusterId])

/** Where machines are recovered to: the defaults of a VPG. */
export interface RecoveryOptions {
  readonly defaultHostId?: string | null | undefined
  readonly defaultHostClusterId?: string | null | undefined
  readonly defaultDatastoreId?: string | null | undefined
  readonly defaultDatastoreClusterId?: string | null | undefined
  readonly defaultFolderId?: string | null | undefined
  readonly resourcePoolId?: string | null | undefined
  readonly orgVdcId?: string | null | undefined
}

/** `VpgSettingsRecoveryApi`. Null where nothing was given. */
export const findRecoveryPart = (options: RecoveryOptions): SettingsPart | null => {
  const { orgVdcId = null } = options
  return orNull({
    ...either(
      ['DefaultHostIdentifier', options.defaultHostId],
      ['DefaultHostClusterIdentifier', options.defaultHostClusterId],
    ),
    ...either(
      ['DefaultDatastoreIdentifier', options.defaultDatastoreId],
      ['DefaultDatastoreClusterIdentifier', options.defaultDatastoreClusterId],
    ),
    ...given({ DefaultFolderIdentifier: options.defaultFolderId, ResourcePoolIdentifier: options.resourcePoolId }),
    ...(orgVdcId === null ? {} : { VCD: { OrgVdcIdentifier: orgVdcId } }),
  })
}

const toVcdNetwork = (network: VcdNetworkOptions): SettingsPart =>
  given({
    CopyNATRules: network.copyNatRules,
    IsEnableGuestCustomization: network.isGuestCustomizationEnabled,
    Mapping: network.mappings?.map((mapping) => ({
      ProtectedOrgVdcNetworkIdentifier: mapping.protectedNetworkId,
      RecoveryOrgVdcNetworkIdentifier: mapping.recoveryNetworkId ?? null,
      ReverseTestOrgVdcNetworkIdentifier: mapping.reverseTestNetworkId ?? null,
    })),
    DefaultRecoveryOrgVdcNetworkIdentifier: network.defaultNetworkId,
  })

/** `VpgSettingsNetworkApi`. Null where nothing was given. */
export const findNetworkPart = (
  networkId: string | null | undefined,
  vcd: VcdNetworkOptions | null | undefined,
): SettingsPart | null =>
  findGiven({
    VCD: vcd === null || vcd === undefined ? null : findGiven(toVcdNetwork(vcd)),
    Hypervisor: findGiven({ DefaultNetworkIdentifier: networkId }),
  })

/** How long a script may run where the caller says nothing: the value of the vendor's example settings. */
const scriptTimeoutSeconds = 300

/** `VpgSettingsScriptApi`. Null where nothing was given. */
export const findScriptPart = (script: ScriptOptions | null | undefined): SettingsPart | null =>
  script === null || script === undefined
    ? null
    : {
        Command: script.command,
        Parameters: script.parameters ?? null,
        TimeoutInSeconds: script.timeoutSeconds ?? scriptTimeoutSeconds,
      }

const ipModeNames = { IP_POOL: 'IPPool', MANUAL: 'Manual', DHCP: 'Dhcp', NONE: 'None' } as const

const findNicNetwork = (network: NicNetworkOptions | null | undefined): SettingsPart | null => {
  if (network === null || network === undefined) return null
  const { ipConfig, vcd } = network
  return findGiven({
    Hypervisor: findGiven({
      NetworkIdentifier: network.networkId,
      ShouldReplaceMacAddress: network.replaceMacAddress,
      DnsSuffix: network.dnsSuffix,
      IpConfig: findGiven({
        StaticIp: ipConfig?.staticIp,
        SubnetMask: ipConfig?.subnetMask,
        Gateway: ipConfig?.gateway,
        PrimaryDns: ipConfig?.primaryDns,
        SecondaryDns: ipConfig?.secondaryDns,
        IsDhcp: ipConfig?.isDhcp,
      }),
      ShouldReplaceIpConfiguration: network.replaceIpConfiguration,
    }),
    VCD: findGiven({
      IsResetMacAddress: vcd?.resetMacAddress,
      IsPrimary: vcd?.isPrimary,
      IsConnected: vcd?.isConnected,
      IpMode: vcd?.ipMode === null || vcd?.ipMode === undefined ? null : ipModeNames[vcd.ipMode],
      IpAddress: vcd?.ipAddress,
      RecoveryOrgVdcNetworkIdentifier: vcd?.networkId,
    }),
  })
}

const toNic = (nic: NicOptions): SettingsPart => ({
  NicIdentifier: nic.nicId,
  ...given({ FailoverTest: findNicNetwork(nic.test), Failover: findNicNetwork(nic.failover) }),
})

const toVolume = (volume: VolumeOptions): SettingsPart => ({
  VolumeIdentifier: volume.volumeId,
  ...given({
    VCD: findGiven({ IsThin: volume.vcdIsThin }),
    Preseed:
      volume.preseed === null || volume.preseed === undefined
        ? null
        : { DatastoreIdentifier: volume.preseed.datastoreId, Path: volume.preseed.path },
    RDM:
      volume.rawDevice === null || volume.rawDevice === undefined
        ? null
        : { DeviceIdentifier: volume.rawDevice.deviceId, IsPhysical: volume.rawDevice.isPhysical ?? false },
    Datastore: orNull({ ...toStore(volume), ...given({ IsThin: volume.isThin }) }),
    IsSwap: volume.isSwap,
    VolumeSyncSettings: volume.syncSettings,
  }),
})

const findVmRecovery = (vm: GroupVm): SettingsPart | null =>
  orNull({
    ...either(['HostIdentifier', vm.recoveryHostId], ['HostClusterIdentifier', vm.recoveryHostClusterId]),
    ...either(
      ['DatastoreIdentifier', vm.recoveryDatastoreId],
      ['DatastoreClusterIdentifier', vm.recoveryDatastoreClusterId],
    ),
    ...given({ FolderIdentifier: vm.recoveryFolderId, ResourcePoolIdentifier: vm.resourcePoolId }),
    ...given({ VCD: findGiven({ StoragePolicyIdentifier: vm.storagePolicyId }) }),
  })

/** What was said of a machine besides its volumes and NICs. */
export const toVmPart = (vm: GroupVm, bootGroupId: string | null): SettingsPart =>
  given({
    Recovery: findVmRecovery(vm),
    BootGroupIdentifier: bootGroupId,
    Journal: findJournalPart(vm.journal),
    Scratch: findJournalPart(vm.scratch),
  })

/** What was said of a machine's volumes and NICs. */
export const toVmDevices = (vm: GroupVm): SettingsPart =>
  given({ Volumes: findList(vm.volumes?.map(toVolume)), Nics: findList(vm.nics?.map(toNic)) })

const findList = (rows: readonly SettingsPart[] | undefined): readonly SettingsPart[] | null =>
  rows === undefined || rows.length === 0 ? null : rows

/** The boot group of every machine that names none. */
export const defaultBootGroup = { BootGroupIdentifier: nilGuid, Name: 'Default', BootDelayInSeconds: 0 } as const

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const memberOf = (record: Readonly<Record<string, unknown>>, name: string): unknown => {
  const lowered = name.toLowerCase()
  return Object.entries(record).find(([key]) => key.toLowerCase() === lowered)?.[1]
}

/** Lists whose rows are told apart by a member: a change of one row leaves the others as they are. */
const rowNames: Readonly<Record<string, string>> = { volumes: 'VolumeIdentifier', nics: 'NicIdentifier' }

const mergeRows = (base: readonly unknown[], changes: readonly unknown[], idName: string): readonly unknown[] => {
  const idOf = (row: unknown): unknown => (isRecord(row) ? memberOf(row, idName) : undefined)
  const isOf = (change: unknown) => (row: unknown) => idOf(row) === idOf(change)
  const kept = base.map((row) => {
    const change = changes.find(isOf(row))
    return change === undefined ? row : mergeSettings(row, change)
  })
  return [...kept, ...changes.filter((change) => !base.some(isOf(change)))]
}

/** The changes laid over what the site has, whatever the case of its names. A list without row names is replaced. */
export const mergeSettings = (base: unknown, changes: unknown): unknown => {
  if (!isRecord(base) || !isRecord(changes)) return changes
  const changed = new Map(Object.entries(changes).map(([name, value]) => [name.toLowerCase(), { name, value }]))
  const kept = Object.entries(base).filter(([name]) => !changed.has(name.toLowerCase()))
  const merged = [...changed].map(([lowered, { name, value }]): [string, unknown] => {
    const old = memberOf(base, name)
    const idName = rowNames[lowered]
    const isRows = idName !== undefined && Array.isArray(old) && Array.isArray(value)
    return [name, isRows ? mergeRows(old, value, idName) : mergeSettings(old, value)]
  })
  return { ...Object.fromEntries(kept), ...Object.fromEntries(merged) }
}
