/**
 * Payloads in the vendor's own words and units, and their parsers. Three hazards of this wire are met here:
 *
 * - Member names are PascalCase on the wire and camelCase in the API description (`IOPs` and `ioPs`), so every object is
 *   read without regard to case. Link objects alone are lower case.
 * - The description omits members that are on the wire (`VpgIdentifier`, `SiteIdentifier`, `TaskIdentifier`), and older
 *   versions lack newer ones: a missing member is null. Where an identifier is missing, its link has it.
 * - Some int64 members (`VraIdentifier`, `Generation`) exceed 2^53 and lose digits in JSON.parse: none is declared here.
 *
 * A member of another type than declared is an error, an unknown member is dropped.
 */
import * as z from 'zod'
import { findVendorDate } from './zerto-dates.ts'

/** The payload is not what the API describes. The message names the place, never the value. */
export class WireFormatError extends Error {
  override readonly name = 'WireFormatError'
}

const renameMembers = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const renamed: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) {
    const name = names.get(key.toLowerCase())
    if (name !== undefined && !Object.hasOwn(renamed, name)) renamed[name] = member
  }
  return renamed
}

const wireObject = <S extends z.ZodRawShape>(shape: S) => {
  const names = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]))
  return z.preprocess((value) => renameMembers(value, names), z.object(shape))
}

const maybe = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? null)
const listOf = <S extends z.ZodType>(schema: S) =>
  z
    .array(schema)
    .nullish()
    .transform((value) => value ?? [])

const text = maybe(z.string())
const number = maybe(z.number())
const flag = maybe(z.boolean())
const word = maybe(z.union([z.number(), z.string()]))
const link = maybe(wireObject({ identifier: text }))

interface Linked {
  readonly Link: { readonly identifier: string | null } | null
}

/** The identifier of the object itself: its own member, or else that of its link. */
const identifierOf = (own: string | null, linked: Linked, name: string, context: z.RefinementCtx): string => {
  const identifier = own ?? linked.Link?.identifier ?? null
  if (identifier !== null && identifier !== '') return identifier
  context.addIssue({ code: 'custom', message: `neither ${name} nor a link has the identifier` })
  return ''
}

const entities = maybe(wireObject({ Protected: word, Recovery: word }))
const siteLink = maybe(wireObject({ identifier: text }))

/** `CheckpointApi`. The identifier is a number in a string, unique inside one VPG. Older versions have `Vss`. */
const checkpoint = wireObject({
  CheckpointIdentifier: z.string().regex(/^\d{1,20}$/),
  TimeStamp: z.string().refine((date) => findVendorDate(date, 0) !== null, 'no date'),
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
      EarliestCheckpoint: maybe(wireObject({ CheckpointIdentifier: text, TimeStamp: text })),
    }),
  ),
  IOPs: number,
  LastTest: text,
  Link: link,
  OrganizationName: text,
  Priority: word,
  ProgressPercentage: number,
  ProtectedSite: siteLink,
  ProtectedSiteName: text,
  ProvisionedStorageInMB: number,
  RecoverySite: siteLink,
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
  VpgName: z.string(),
  VpgType: text,
  Zorg: link,
}).transform((row, context) => ({
  ...row,
  VpgIdentifier: identifierOf(row.VpgIdentifier, row, 'VpgIdentifier', context).toLowerCase(),
}))
export type WireVpg = z.infer<typeof vpg>

const journalLimit = maybe(wireObject({ LimitType: word, LimitValue: number }))
const networkAdapter = wireObject({ DisplayName: text, NetworkIdentifier: text, IpAddresses: listOf(z.string()) })

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
  OwningDatastoreName: text,
  OwningHostIdentifier: text,
  OwningHostName: text,
  Priority: word,
  ProtectedSite: siteLink,
  ProtectedSiteName: text,
  ProvisionedStorageInMB: number,
  RecoveryHostIdentifier: text,
  RecoveryHostName: text,
  RecoverySite: siteLink,
  RecoverySiteName: text,
  SourceSite: text,
  Status: word,
  SubStatus: word,
  TargetSite: text,
  ThroughputInMB: number,
  UsedStorageInMB: number,
  VmIdentifier: z.string(),
  VmName: z.string(),
  VmNetworkInformation: maybe(wireObject({ NetworkAdapters: listOf(networkAdapter) })),
  Volumes: listOf(wireObject({ VmVolumeIdentifier: text, PublicCloudVolumeIdentifier: text })),
  VpgIdentifier: z.string().transform((identifier) => identifier.toLowerCase()),
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
  SiteIdentifier: text,
  SiteName: text,
  SiteType: text,
  SiteTypeVersion: text,
  UtcOffsetInMinutes: number,
  Version: text,
  ZvmApiVersion: text,
}).transform((site, context) => ({
  ...site,
  SiteIdentifier: identifierOf(site.SiteIdentifier, site, 'SiteIdentifier', context).toLowerCase(),
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
  SiteIdentifier: identifierOf(site.SiteIdentifier, site, 'SiteIdentifier', context).toLowerCase(),
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
  /** The members of `Basic` are sent back as they came, so they keep their names. */
  vpgSettings: wireObject({ Basic: z.record(z.string(), z.unknown()) }),
} as const

/** @throws WireFormatError when the text is no JSON or not of the schema. */
export const parseWire = <S extends z.ZodType>(schema: S, body: string): z.infer<S> => {
  const result = schema.safeParse(parseJson(body))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new WireFormatError(`${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'unexpected'}`)
}

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    throw new WireFormatError(body.trim() === '' ? 'the body is empty' : 'the body is no JSON')
  }
}

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
