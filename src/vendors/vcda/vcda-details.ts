import { toGlobalId } from '../../domain/global-id.ts'
import type { VendorDetails } from '../../domain/protection.ts'
import type { RetentionRule } from '../../domain/replication.ts'
import { redact, redactText } from '../../upstream/redact.ts'
import type {
  AboutWire,
  ApiErrorWire,
  EndWire,
  MemberReplicationWire,
  SiteWire,
  SlaProfileWire,
  VappReplicationWire,
} from './vcda-wire.ts'

/** One end of a replication, as far as it has no common name. */
export interface VcdaEndDetails {
  readonly vdcId: string | null
  readonly vappId: string | null
  /** The vApp that a recovery made; null before one. */
  readonly recoveredVappId: string | null
  readonly catalogItemId: string | null
}

/** The vendor's fields of a replication that have no common name. */
export interface VcdaReplicationDetails extends VendorDetails {
  readonly vendor: 'VCDA'
  readonly nativeId: string
  /** `C4VAPP-<uuid>`; null for a machine that is replicated alone. */
  readonly vappReplicationId: string | null
  readonly owner: string | null
  /** As the vendor keeps it. */
  readonly metadata: unknown
  readonly dataConnectionState: string | null
  readonly sourceState: string | null
  readonly sourceStateAgeSeconds: number | null
  readonly destinationState: string | null
  readonly destinationStateAgeSeconds: number | null
  readonly recoveryState: string | null
  readonly isMovingReplica: boolean | null
  readonly dataConnectionType: string | null
  readonly initialSyncAt: Date | null
  readonly excludedDiskKeys: readonly number[]
  readonly lastErrorCode: string | null
  readonly lastErrorMessage: string | null
  readonly lastErrorArguments: readonly string[]
  readonly lastUpdatedAt: Date | null
  readonly slaProfileId: string | null
  readonly storageProfileId: string | null
  readonly datastoreId: string | null
  readonly datastoreMoref: string | null
  readonly vimServer: string | null
  readonly vimServerInstanceUuid: string | null
  readonly optimizedReverseUntil: Date | null
  readonly recoveredVmId: string | null
  readonly recoveredVappId: string | null
  readonly recoveryType: string | null
  readonly recoveredStorageProfileId: string | null
  readonly recoveredStorageProfileName: string | null
  /** As it came, passwords masked. */
  readonly guestCustomization: unknown
  readonly source: VcdaEndDetails
  readonly destination: VcdaEndDetails
}

/** The vendor's fields of a group that have no common name. */
export interface VcdaProtectionGroupDetails extends VendorDetails {
  readonly vendor: 'VCDA'
  readonly nativeId: string
  readonly owner: string | null
  readonly isGoldenImage: boolean | null
  readonly isTemplateCustomized: boolean | null
  /** As it came. */
  readonly metadata: unknown
  /** As they came. */
  readonly networks: unknown
  readonly lastUpdatedAt: Date | null
  readonly source: VcdaEndDetails
  readonly destination: VcdaEndDetails
}

/** The link to one paired site. */
export interface VcdaSiteLink {
  readonly siteName: string
  readonly apiUrl: string | null
  readonly publicApiUrl: string | null
  readonly certificateThumbprint: string | null
  readonly apiVersion: string | null
  readonly buildVersion: string | null
  readonly incomingError: string | null
  readonly outgoingError: string | null
}

export interface VcdaSlaProfile {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly rpoSeconds: number | null
  readonly isQuiesced: boolean | null
  readonly dataConnectionType: string | null
  readonly retentionRules: readonly RetentionRule[]
  readonly initialSyncAt: Date | null
  readonly organizationCount: number | null
  readonly replicationCount: number | null
}

/** The vendor's fields of a site that have no common name. */
export interface VcdaSiteDetails extends VendorDetails {
  readonly vendor: 'VCDA'
  /** Global id. */
  readonly siteId: string
  readonly productName: string | null
  readonly buildVersion: string | null
  readonly buildDate: string | null
  readonly apiUrl: string | null
  readonly publicApiUrl: string | null
  readonly certificateThumbprint: string | null
  readonly apiVersion: string | null
  readonly links: readonly VcdaSiteLink[]
  /** Null where the site did not give them. */
  readonly slaProfiles: readonly VcdaSlaProfile[] | null
}

/** A time in milliseconds since 1970; null for none, for "not yet" and for what no calendar has. */
export const toDate = (timeMs: number | null | undefined): Date | null => {
  if (typeof timeMs !== 'number' || timeMs <= 0) return null
  const date = new Date(timeMs)
  return Number.isNaN(date.getTime()) ? null : date
}

/** Vendor periods of settings, in minutes, as seconds. */
export const minutesToSeconds = (minutes: number | null | undefined): number | null =>
  typeof minutes === 'number' ? Math.round(minutes * 60) : null

/** Retention rules; `distance` is minutes. A rule that lacks a part is left out. */
export const toRetentionRules = (
  rules: NonNullable<SlaProfileWire['retentionPolicy']>['rules'],
): readonly RetentionRule[] =>
  (rules ?? []).flatMap(({ numberOfInstances, distance }) => {
    const distanceSeconds = minutesToSeconds(distance)
    return typeof numberOfInstances === 'number' && distanceSeconds !== null
      ? [{ count: numberOfInstances, distanceSeconds }]
      : []
  })

const millisecondsToSeconds = (milliseconds: number | null | undefined): number | null =>
  typeof milliseconds === 'number' && milliseconds >= 0 ? Math.floor(milliseconds / 1000) : null

// Some answers print a missing id as the word.
const toId = (id: string | null | undefined): string | null => (id === 'null' || id === '' ? null : (id ?? null))

/** The vendor's words for an error, without secrets; null for none. */
export const toErrorText = (error: ApiErrorWire | null | undefined): string | null => {
  const words = error?.msg ?? error?.code ?? null
  return words === null ? null : redactText(words)
}

const toErrorArguments = (error: ApiErrorWire | null | undefined): readonly string[] =>
  (error?.args ?? []).map((argument) => redactText(typeof argument === 'string' ? argument : JSON.stringify(argument)))

const toEndDetails = (end: EndWire | null | undefined): VcdaEndDetails => ({
  vdcId: toId(end?.vdcId),
  vappId: toId(end?.vappId),
  recoveredVappId: toId(end?.recoveredVappId),
  catalogItemId: toId(end?.destinationCatalogItemId),
})

/** What stands only in `SingleVmReplicationInfo`. */
interface OwnedEnds {
  readonly vappReplicationId?: string | null | undefined
  readonly owner?: string | null | undefined
  readonly source?: EndWire | null | undefined
  readonly destination?: EndWire | null | undefined
}

export const toReplicationDetails = (wire: MemberReplicationWire & OwnedEnds): VcdaReplicationDetails => {
  const { settings, sourceState, destinationState, vimLocation } = wire
  const recoveryInfo = destinationState?.recoveryInfo
  return {
    vendor: 'VCDA',
    nativeId: wire.id,
    vappReplicationId: toId(wire.vappReplicationId),
    owner: wire.owner ?? null,
    metadata: redact(wire.metadata ?? null),
    dataConnectionState: wire.dataConnectionState ?? null,
    sourceState: sourceState?.state ?? null,
    sourceStateAgeSeconds: millisecondsToSeconds(sourceState?.stateAge),
    destinationState: destinationState?.state ?? null,
    destinationStateAgeSeconds: millisecondsToSeconds(destinationState?.stateAge),
    recoveryState: recoveryInfo?.recoveryState ?? null,
    isMovingReplica: destinationState?.isMovingReplica ?? null,
    dataConnectionType: settings?.dataConnectionType ?? null,
    initialSyncAt: toDate(settings?.initialSyncTime),
    excludedDiskKeys: settings?.excludedDiskKeys ?? [],
    lastErrorCode: destinationState?.lastError?.code ?? null,
    lastErrorMessage: toErrorText(destinationState?.lastError),
    lastErrorArguments: toErrorArguments(destinationState?.lastError),
    lastUpdatedAt: toDate(wire.lastUpdated),
    slaProfileId: toId(wire.slaProfile?.id),
    storageProfileId: toId(wire.storageProfile),
    datastoreId: toId(vimLocation?.datastore),
    datastoreMoref: toId(vimLocation?.datastoreMoref),
    vimServer: toId(vimLocation?.vimServer),
    vimServerInstanceUuid: toId(vimLocation?.vimServerInstanceUuid),
    optimizedReverseUntil: toDate(recoveryInfo?.optimizeUntil),
    recoveredVmId: toId(recoveryInfo?.vcdVmId),
    recoveredVappId: toId(recoveryInfo?.vAppId),
    recoveryType: recoveryInfo?.type ?? null,
    recoveredStorageProfileId: toId(recoveryInfo?.storageProfileId),
    recoveredStorageProfileName: recoveryInfo?.storageProfileName ?? null,
    guestCustomization: redact(wire.guestCustomization ?? null),
    source: toEndDetails(wire.source),
    destination: toEndDetails(wire.destination),
  }
}

export const toGroupDetails = (wire: VappReplicationWire): VcdaProtectionGroupDetails => ({
  vendor: 'VCDA',
  nativeId: wire.id,
  owner: wire.owner ?? null,
  isGoldenImage: wire.descriptor?.isGolden ?? null,
  isTemplateCustomized: wire.descriptor?.enabledTemplateCustomization ?? null,
  metadata: redact(wire.descriptor?.metadata ?? null),
  networks: redact(wire.descriptor?.networks ?? null),
  lastUpdatedAt: toDate(wire.lastUpdated),
  source: toEndDetails(wire.source),
  destination: toEndDetails(wire.destination),
})

const toLink = (wire: SiteWire): VcdaSiteLink => ({
  siteName: wire.site,
  apiUrl: wire.apiUrl ?? null,
  publicApiUrl: wire.apiPublicUrl ?? null,
  certificateThumbprint: wire.apiThumbprint ?? null,
  apiVersion: wire.apiVersion ?? null,
  buildVersion: wire.buildVersion ?? null,
  incomingError: toErrorText(wire.state?.incomingCommError),
  outgoingError: toErrorText(wire.state?.outgoingCommError),
})

const toSlaProfile = (wire: SlaProfileWire): VcdaSlaProfile => ({
  id: wire.id,
  name: wire.displayName ?? wire.id,
  description: wire.description ?? null,
  rpoSeconds: minutesToSeconds(wire.rpo),
  isQuiesced: wire.quiesced ?? null,
  dataConnectionType: wire.dataConnectionType ?? null,
  retentionRules: toRetentionRules(wire.retentionPolicy?.rules),
  initialSyncAt: toDate(wire.initialSyncTime),
  organizationCount: wire.orgs ?? null,
  replicationCount: wire.replications ?? null,
})

/** What one site says of itself: {@link SiteWire} of its own, those of its peers, and what else it gave. */
export interface SiteAnswers {
  readonly local: SiteWire
  readonly peers: readonly SiteWire[]
  /** Null where the site did not give them. */
  readonly slaProfiles: readonly SlaProfileWire[] | null
  /** Null where the site did not give it. */
  readonly about: AboutWire | null
}

export const toSiteDetails = ({ local, peers, slaProfiles, about }: SiteAnswers): VcdaSiteDetails => ({
  vendor: 'VCDA',
  siteId: toGlobalId('Site', 'VCDA', local.site),
  productName: about?.productName ?? null,
  buildVersion: about?.buildVersion ?? local.buildVersion ?? null,
  buildDate: about?.buildDate ?? null,
  apiUrl: local.apiUrl ?? null,
  publicApiUrl: local.apiPublicUrl ?? null,
  certificateThumbprint: local.apiThumbprint ?? null,
  apiVersion: local.apiVersion ?? null,
  links: peers.map(toLink),
  slaProfiles: slaProfiles === null ? null : slaProfiles.map(toSlaProfile),
})
