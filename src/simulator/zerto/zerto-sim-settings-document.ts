import { enumNames, findEnumNumber } from './zerto-sim-enums.ts'
import { isRecord, memberOf, ZvmRefusal } from './zerto-sim-request.ts'

/** A settings object or a part of it, in the names of the wire. */
export type SettingsPart = Readonly<Record<string, unknown>>

/** What a member may hold. VCD and RDM are in upper case on the wire. */
type Shape = 'text' | 'count' | 'flag' | 'priority' | 'any' | readonly [Shape] | ObjectShape

interface ObjectShape {
  readonly [name: string]: Shape
}

const limitation = {
  HardLimitInMB: 'count',
  HardLimitInPercent: 'count',
  WarningThresholdInMB: 'count',
  WarningThresholdInPercent: 'count',
} as const
const journal = { Limitation: limitation, DatastoreIdentifier: 'text', DatastoreClusterIdentifier: 'text' } as const
const script = { Command: 'text', Parameters: 'text', TimeoutInSeconds: 'count' } as const
const network = { VCD: 'any', Hypervisor: { DefaultNetworkIdentifier: 'text' }, PublicCloud: 'any' } as const
const ipConfig = {
  StaticIp: 'text',
  SubnetMask: 'text',
  Gateway: 'text',
  PrimaryDns: 'text',
  SecondaryDns: 'text',
  IsDhcp: 'flag',
} as const
const hypervisorNic = {
  NetworkIdentifier: 'text',
  ShouldReplaceMacAddress: 'flag',
  DnsSuffix: 'text',
  IpConfig: ipConfig,
  ShouldReplaceIpConfiguration: 'flag',
} as const
const nicNetwork = { Hypervisor: hypervisorNic, VCD: 'any', PublicCloud: 'any' } as const

const volumeShape = {
  VolumeIdentifier: 'text',
  VCD: 'any',
  Preseed: { DatastoreIdentifier: 'text', Path: 'text' },
  RDM: { DeviceIdentifier: 'text', IsPhysical: 'flag' },
  Datastore: { DatastoreClusterIdentifier: 'text', DatastoreIdentifier: 'text', IsThin: 'flag' },
  IsSwap: 'flag',
  VolumeSyncSettings: 'text',
} as const

/** The shape of one machine of a settings object. */
export const vmShape = {
  VmIdentifier: 'text',
  Recovery: {
    HostIdentifier: 'text',
    HostClusterIdentifier: 'text',
    DatastoreIdentifier: 'text',
    DatastoreClusterIdentifier: 'text',
    FolderIdentifier: 'text',
    ResourcePoolIdentifier: 'text',
    VCD: 'any',
    PublicCloud: 'any',
  },
  BootGroupIdentifier: 'text',
  Journal: journal,
  Scratch: journal,
  Volumes: [volumeShape],
  Nics: [{ NicIdentifier: 'text', FailoverTest: nicNetwork, Failover: nicNetwork }],
} as const satisfies Shape

/** The shape of a whole settings object. */
export const settingsShape = {
  Basic: {
    Name: 'text',
    VpgType: 'text',
    RpoInSeconds: 'count',
    TestIntervalInMinutes: 'count',
    JournalHistoryInHours: 'count',
    Priority: 'priority',
    UseWanCompression: 'flag',
    ServiceProfileIdentifier: 'text',
    ZorgIdentifier: 'text',
    ProtectedSiteIdentifier: 'text',
    RecoverySiteIdentifier: 'text',
  },
  Scripting: { PreRecovery: script, PostRecovery: script, PostBackup: script },
  BootGroups: { BootGroups: [{ BootGroupIdentifier: 'text', Name: 'text', BootDelayInSeconds: 'count' }] },
  Journal: journal,
  Scratch: journal,
  LongTermRetention: 'any',
  Recovery: {
    DefaultHostIdentifier: 'text',
    DefaultHostClusterIdentifier: 'text',
    DefaultDatastoreIdentifier: 'text',
    DefaultDatastoreClusterIdentifier: 'text',
    DefaultFolderIdentifier: 'text',
    ResourcePoolIdentifier: 'text',
    VCD: 'any',
    PublicCloud: 'any',
  },
  Networks: { Failover: network, FailoverTest: network },
  Vms: [vmShape],
  Protected: { VCD: 'any' },
} as const satisfies Shape

/** The group that holds every machine for which no other is named. */
const defaultBootGroup = '00000000-0000-0000-0000-000000000000'

const typeOf = { text: 'string', count: 'number', flag: 'boolean' } as const

/**
 * Reads a part into the names of the wire: names without case, unknown members dropped, a missing member as in `base`,
 * null as null. That a missing member keeps what was there is a conclusion; no source says it.
 *
 * @throws ZvmRefusal for a value of another type.
 */
export const mergeSettings = (shape: Shape, input: unknown, base: unknown, path = 'settings'): unknown => {
  if (input === undefined) return base ?? (Array.isArray(shape) ? [] : null)
  if (input === null || shape === 'any') return input
  if (shape === 'priority') {
    const number = findEnumNumber(enumNames.priority, input)
    if (number === null) throw ZvmRefusal.badInput(`${path} is no priority.`)
    return enumNames.priority[number]
  }
  if (typeof shape === 'string') {
    if (typeof input === typeOf[shape]) return input
    throw ZvmRefusal.badInput(`${path} is not a ${typeOf[shape]}.`)
  }
  if (isList(shape)) {
    if (!Array.isArray(input)) throw ZvmRefusal.badInput(`${path} is not a list.`)
    return input.map((item: unknown, index) => mergeSettings(shape[0], item, null, `${path}[${index}]`))
  }
  return mergeObject(shape, input, base, path)
}

/** {@link mergeSettings} for what must be an object. @throws ZvmRefusal when it is none. */
export const mergeObject = (shape: ObjectShape, input: unknown, base: unknown, path = 'settings'): SettingsPart => {
  if (!isRecord(input)) throw ZvmRefusal.badInput(`${path} is not an object.`)
  return Object.fromEntries(
    Object.entries(shape).map(([name, inner]) => [
      name,
      mergeSettings(inner, memberOf(input, name), memberOf(base, name), `${path}.${name}`),
    ]),
  )
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape)

const unlimited = {
  HardLimitInMB: 153_600,
  HardLimitInPercent: 0,
  WarningThresholdInMB: 115_200,
  WarningThresholdInPercent: 0,
}
const noScript = { Command: null, Parameters: null, TimeoutInSeconds: 300 }
const journalDefaults = { Limitation: unlimited, DatastoreIdentifier: null, DatastoreClusterIdentifier: null }

/** The settings of a group that nobody has filled in. */
export const newSettings = (): SettingsPart => ({
  Basic: {
    Name: null,
    VpgType: 'Remote',
    RpoInSeconds: 300,
    TestIntervalInMinutes: 262_080,
    JournalHistoryInHours: 24,
    Priority: 'Medium',
    UseWanCompression: true,
    ServiceProfileIdentifier: null,
    ZorgIdentifier: null,
    ProtectedSiteIdentifier: null,
    RecoverySiteIdentifier: null,
  },
  Scripting: { PreRecovery: noScript, PostRecovery: noScript, PostBackup: null },
  BootGroups: {
    BootGroups: [{ BootGroupIdentifier: defaultBootGroup, Name: 'Default', BootDelayInSeconds: 0 }],
  },
  Journal: journalDefaults,
  Scratch: journalDefaults,
  LongTermRetention: null,
  Recovery: mergeSettings(settingsShape.Recovery, {}, null),
  Networks: {
    Failover: { VCD: null, Hypervisor: { DefaultNetworkIdentifier: null }, PublicCloud: null },
    FailoverTest: { VCD: null, Hypervisor: { DefaultNetworkIdentifier: null }, PublicCloud: null },
  },
  Vms: [],
  Protected: { VCD: null },
})

/** The settings of one machine that nobody has filled in: everything as the group says. */
export const newVmSettings = (vmIdentifier: string): SettingsPart => ({
  VmIdentifier: vmIdentifier,
  Recovery: mergeSettings(vmShape.Recovery, {}, null),
  BootGroupIdentifier: defaultBootGroup,
  Journal: journalDefaults,
  Scratch: journalDefaults,
  Volumes: [
    {
      VolumeIdentifier: 'scsi:0:0',
      VCD: null,
      Preseed: null,
      RDM: null,
      Datastore: { DatastoreClusterIdentifier: null, DatastoreIdentifier: null, IsThin: true },
      IsSwap: null,
      VolumeSyncSettings: 'ContinuousSync',
    },
  ],
  Nics: [mergeSettings(vmShape.Nics[0], { NicIdentifier: 'Network adapter 1' }, null)],
})
