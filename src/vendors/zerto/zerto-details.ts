import type { VendorDetails } from '../../domain/protection.ts'
import type { ZertoGeneration } from './zerto-generation.ts'

/** A limit on a journal: of which kind, and how much. */
export interface ZertoJournalLimit {
  /** `Unlimited`, `Megabytes` or `Percentage`. */
  readonly type: string
  readonly value: number | null
}

/** How far back the journal reaches at worst, in minutes (inferred: the API description gives no unit). */
export interface ZertoFailSafeHistory {
  readonly actualMinutes: number | null
  readonly configuredMinutes: number | null
  readonly description: string | null
}

/** What a VPG has beyond the common words. */
export interface ZertoProtectionGroupDetails extends VendorDetails {
  readonly vendor: 'ZERTO'
  readonly vpgType: string | null
  readonly status: string | null
  readonly statusDescription: string | null
  readonly subStatus: string | null
  readonly subStatusDescription: string | null
  readonly alertStatus: string | null
  readonly testStage: string | null
  readonly progressPercent: number | null
  readonly protectedEntity: string | null
  readonly recoveryEntity: string | null
  readonly organizationId: string | null
  readonly organizationName: string | null
  readonly serviceProfileId: string | null
  readonly serviceProfileName: string | null
  readonly isBackupEnabled: boolean | null
  readonly actualHistoryMinutes: number | null
  readonly configuredHistoryMinutes: number | null
  readonly earliestCheckpointId: string | null
  readonly earliestCheckpointAt: Date | null
  readonly earliestCheckpointTag: string | null
  readonly failSafeHistory: ZertoFailSafeHistory | null
}

export interface ZertoNetworkAdapter {
  readonly name: string | null
  readonly networkId: string | null
  readonly ipAddresses: readonly string[]
}

/** What a machine in Azure has beyond others. */
export interface ZertoAzureMachine {
  readonly resourceGroup: string | null
  readonly size: string | null
  /** `key=value` */
  readonly tags: readonly string[]
}

/** What a protected machine has beyond the common words. */
export interface ZertoReplicationDetails extends VendorDetails {
  readonly vendor: 'ZERTO'
  readonly vmIdentifier: string
  readonly vpgIdentifier: string
  readonly vpgName: string | null
  readonly priority: string | null
  readonly organizationName: string | null
  readonly isVmExisting: boolean | null
  readonly isAgentInstalled: boolean | null
  readonly isFileRecoveryEnabled: boolean | null
  readonly lastTestedAt: Date | null
  readonly iops: number | null
  readonly throughputBytesPerSecond: number | null
  readonly outgoingBandwidthMbps: number | null
  readonly journalHardLimit: ZertoJournalLimit | null
  readonly journalWarningThreshold: ZertoJournalLimit | null
  readonly protectedHostId: string | null
  readonly protectedHostName: string | null
  readonly protectedDatastoreId: string | null
  readonly recoveryHostId: string | null
  readonly recoveryHostName: string | null
  readonly volumeIds: readonly string[]
  readonly nicIds: readonly string[]
  readonly networkAdapters: readonly ZertoNetworkAdapter[]
  readonly azure: ZertoAzureMachine | null
}

/** A site that the asked one is paired with. */
export interface ZertoPeer {
  readonly siteIdentifier: string
  readonly name: string | null
  readonly location: string | null
  readonly hostName: string | null
  readonly port: number | null
  readonly pairingStatus: string | null
  readonly siteType: string | null
  readonly version: string | null
  readonly regionName: string | null
  readonly provisionedBytes: number | null
  readonly usedBytes: number | null
  readonly incomingThroughputBytesPerSecond: number | null
  readonly outgoingBandwidthMbps: number | null
}

/** What a site has beyond the common words. */
export interface ZertoSiteDetails extends VendorDetails {
  readonly vendor: 'ZERTO'
  readonly siteIdentifier: string
  /** Which generation of the product it is; null before a sign-in. */
  readonly generation: ZertoGeneration | null
  readonly siteType: string | null
  readonly siteTypeVersion: string | null
  readonly displayVersion: string | null
  readonly apiVersion: string | null
  readonly ipAddress: string | null
  readonly utcOffsetMinutes: number | null
  /** Null is unlimited, or not told. */
  readonly bandwidthThrottlingBytesPerSecond: number | null
  readonly isReplicationToSelfEnabled: boolean | null
  readonly isLoginBannerEnabled: boolean | null
  readonly loginBanner: string | null
  readonly contactName: string | null
  readonly contactEmail: string | null
  readonly contactPhone: string | null
  readonly vcenterAddress: string | null
  readonly azureRegion: string | null
  readonly azureSubscription: string | null
  readonly azureResourceGroup: string | null
  readonly peers: readonly ZertoPeer[]
}
