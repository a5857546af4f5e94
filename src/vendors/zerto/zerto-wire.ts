/**
 * Payloads of what everybody looks at all the time, in the vendor's own words and units, and their parsers. How an object
 * is read stands in `zerto-wire-shapes.ts`; payloads that are read on demand in `zerto-reads-wire.ts`.
 */
import * as z from 'zod'
import { isGuid, isMachineId } from './zerto-ids.ts'
import {
  flag,
  identifierOf,
  link,
  listOf,
  maybe,
  number,
  renameMembers,
  required,
  text,
  wireObject,
  word,
} from './zerto-wire-shapes.ts'

/**
 * A GUID in lower case. Anything else would make an object that nobody can ask for again, and several objects of a broken
 * answer would fall together.
 */
const requireGuid = (identifier: string, context: z.RefinementCtx): string => {
  const guid = identifier.toLowerCase()
  if (!isGuid(guid)) context.addIssue({ code: 'custom', message: 'no GUID' })
  return guid
}

const entities = maybe(wireObject({ Protected: word, Recovery: word }))

/** `CheckpointApi`. The identifier is a number in a string, unique inside one VPG. Older versions have `Vss`. */
const checkpoint = wireObject({
  CheckpointIdentifier: required.text.refine((id) => /^\d{1,20}$/.test(id), 'no number'),
  TimeStamp: required.date,
  Tag: text,
  Vss: flag,
})
export type WireCheckpoint = z.infer<typeof checkpoint>

/** `VpgApi`: storage and throughput in MB, RPO in seconds (-1: not calculated), history in minutes. */
const vpg = wireObject({
  ActiveProcessesApi: maybe(wireObject({ RunningFailOverTestApi: maybe(wireObject({ Stage: text })) })),
  ActualRPO: number,
  AlertStatus: word,
  BackupEnabled: flag,
  ConfiguredRpoSeconds: number,
  Entities: entities,
  FailSafeHistory: maybe(
    wireObject({ ActualFailSafeHistory: number, ConfiguredFailSafeHistory: number, FailSafeDescription: text }),
  ),
  HistoryStatusApi: maybe(
    wireObject({
      ActualHistoryInMinutes: number,
      ConfiguredHistoryInMinutes: number,
      EarliestCheckpoint: maybe(wireObject({ CheckpointIdentifier: text, Tag: text, TimeStamp: text })),
    }),
  ),
  IOPs: number,
  LastTest: text,
  Link: link,
  OrganizationName: text,
  Priority: word,
  ProgressPercentage: number,
  ProtectedSite: link,
  ProtectedSiteName: text,
  ProvisionedStorageInMB: number,
  RecoverySite: link,
  RecoverySiteName: text,
  ServiceProfileIdentifier: text,
  ServiceProfileName: text,
  SourceSite: text,
  Status: word,
  StatusDescription: text,
  SubStatus: word,
  SubStatusDescription: text,
  TargetSite: text,
  ThroughputInMB: number,
  UsedStorageInMB: number,
  VmsCount: number,
  VpgDescription: text,
  VpgIdentifier: text,
  VpgName: required.text,
  VpgType: text,
  Zorg: link,
}).transform((row, context) => ({
  ...row,
  VpgIdentifier: requireGuid(identifierOf(row.VpgIdentifier, row, 'VpgIdentifier', context), context),
}))
export type WireVpg = z.infer<typeof vpg>

const journalLimit = maybe(wireObject({ LimitType: word, LimitValue: number }))
const networkAdapter = wireObject({ DisplayName: text, NetworkIdentifier: text, IpAddresses: listOf(required.text) })

const azureMachine = maybe(
  wireObject({
    ResourceGroup: text,
    MachineSize: text,
    Tags: listOf(wireObject({ Key: text, Value: text })),
  }),
)

/** `VmApi`: one row for a machine in one VPG. Storage, memory and journal in MB, bandwidth in Mbit/s. */
const vm = wireObject({
  ActualRPO: number,
  CpuCoresNum: number,
  EnabledActions: maybe(wireObject({ IsFlrEnabled: flag })),
  Entities: entities,
  GuestOs: text,
  HardwareVersion: text,
  IOPs: number,
  IsAgentInstalled: flag,
  IsVmExists: flag,
  JournalHardLimit: journalLimit,
  JournalUsedStorageMb: number,
  JournalWarningThreshold: journalLimit,
  LastTest: text,
  MemorySizeInMB: number,
  Nics: listOf(wireObject({ NicIdentifier: text })),
  OrganizationName: text,
  OutgoingBandWidthInMbps: number,
  OwningDatastoreIdentifier: text,
  OwningDatastoreName: text,
  OwningHostIdentifier: text,
  OwningHostName: text,
  PlatformInformation: maybe(wireObject({ Azure: azureMachine })),
  Priority: word,
  ProtectedSite: link,
  ProtectedSiteName: text,
  ProvisionedStorageInMB: number,
  RecoveryHostIdentifier: text,
  RecoveryHostName: text,
  RecoverySite: link,
  RecoverySiteName: text,
  SourceSite: text,
  Status: word,
  SubStatus: word,
  TargetSite: text,
  ThroughputInMB: number,
  UsedStorageInMB: number,
  VmIdentifier: required.text.refine(isMachineId, 'no identifier of a machine'),
  VmName: required.text,
  VmNetworkInformation: maybe(wireObject({ NetworkAdapters: listOf(networkAdapter) })),
  Volumes: listOf(wireObject({ VmVolumeIdentifier: text, PublicCloudVolumeIdentifier: text })),
  VpgIdentifier: required.text.transform(requireGuid),
  VpgName: text,
})
export type WireVm = z.infer<typeof vm>

/** `LocalSiteApi`. Throttling in MB/s, -1 is unlimited. */
const localSite = wireObject({
  BandwidthThrottlingInMBs: number,
  ContactEmail: text,
  ContactName: text,
  ContactPhone: text,
  DisplayVersion: text,
  IpAddress: text,
  IsLoginBannerEnabled: flag,
  IsReplicationToSelfEnabled: flag,
  Link: link,
  Location: text,
  LoginBanner: text,
  PlatformInformation: maybe(
    wireObject({
      Azure: maybe(wireObject({ RegionName: text, ResourceGroup: text, Subscription: text })),
      VCenter: maybe(wireObject({ Ip: text })),
    }),
  ),
  SiteIdentifier: text,
  SiteName: text,
  SiteType: text,
  SiteTypeVersion: text,
  UtcOffsetInMinutes: number,
  Version: text,
  ZvmApiVersion: text,
}).transform((site, context) => ({
  ...site,
  SiteIdentifier: requireGuid(identifierOf(site.SiteIdentifier, site, 'SiteIdentifier', context), context),
}))
export type WireLocalSite = z.infer<typeof localSite>

/** `PeerSiteApi`. Storage in MB (inferred), incoming throughput in MB/s and outgoing bandwidth in Mbit/s (inferred). */
const peerSite = wireObject({
  HostName: text,
  IncomingThroughputInMb: number,
  Link: link,
  Location: text,
  OutgoingBandWidth: number,
  PairingStatus: word,
  PeerSiteName: text,
  Port: number,
  ProvisionedStorage: number,
  RegionName: text,
  SiteIdentifier: text,
  SiteType: text,
  UsedStorage: number,
  Version: text,
}).transform((site, context) => ({
  ...site,
  SiteIdentifier: requireGuid(identifierOf(site.SiteIdentifier, site, 'SiteIdentifier', context), context),
}))
export type WirePeerSite = z.infer<typeof peerSite>

/** `TaskApi`. `Type` is a name; the identifier is `<task guid>.<site guid>`, whose site may be the peer. */
const task = wireObject({
  CompleteReason: text,
  Completed: text,
  InitiatedBy: text,
  Link: link,
  RelatedEntities: maybe(wireObject({ Vpgs: listOf(wireObject({ identifier: text })) })),
  Started: text,
  Status: maybe(wireObject({ Progress: number, State: word })),
  TaskIdentifier: text,
  Type: maybe(z.union([z.string(), z.number()])),
}).transform((row, context) => ({
  ...row,
  TaskIdentifier: identifierOf(row.TaskIdentifier, row, 'TaskIdentifier', context),
}))
export type WireTask = z.infer<typeof task>

/** Keycloak's answer to a sign-in. `expires_in` is seconds, and whatever an administrator has set. */
const token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

/** What each endpoint answers with. */
export const wire = {
  vpg,
  vpgs: z.array(vpg),
  vm,
  vms: z.array(vm),
  checkpoints: z.array(checkpoint),
  checkpointStats: wireObject({ Earliest: maybe(checkpoint), Latest: maybe(checkpoint) }),
  localSite,
  peerSites: z.array(peerSite),
  tasks: z.array(task),
  token,
  /** What is sent back keeps its names, so an open settings object is not taken apart. */
  vpgSettings: z.record(z.string(), z.unknown()),
} as const

const identifierPattern = /^[\w.:-]{1,200}$/
// The page's own example of a task is "String content". Bare, a sentence must not pass for an identifier; nor may one
// with a blank come into a path, as that of settings does.
const namedTaskPattern = /^[\w.:-][\w.: -]{0,199}$/

/**
 * The identifier in an answer that is either a bare JSON string (the API description and every client) or an object
 * (the vendor's documentation page: `{"TaskIdentifier": "..."}`). Null when there is none in it.
 */
export const findIdentifier = (member: 'TaskIdentifier' | 'VpgSettingsIdentifier', body: string): string | null => {
  const names = new Map([[member.toLowerCase(), member]])
  const schema = z.union([z.string(), z.preprocess((value) => renameMembers(value, names), z.looseObject({}))])
  let parsed: unknown
  try {
    parsed = schema.parse(JSON.parse(body))
  } catch {
    return null
  }
  if (typeof parsed === 'string') return identifierPattern.test(parsed) ? parsed : null
  const named: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, member) : null
  const pattern = member === 'TaskIdentifier' ? namedTaskPattern : identifierPattern
  return typeof named === 'string' && pattern.test(named) ? named : null
}
