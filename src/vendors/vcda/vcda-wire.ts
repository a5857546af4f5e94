import { z } from 'zod'

/**
 * Payloads in the vendor's own words and units, as the cloud service's API reference (3.5 to 4.7) shows them.
 *
 * Members that are not listed are dropped; every member but an object's own id may be missing or null, because
 * half-created replications are listed with nested members missing (Broadcom knowledge article 315136); words of the
 * vendor's enums stay strings here, so that a new word breaks nothing. A member of the wrong type does break: it means
 * that something else answered.
 *
 * Times are milliseconds since 1970, `-1` for "not yet". Periods of settings (`rpo`, `distance`) are minutes.
 */

/** The body as JSON; null for what is none. */
export const findJson = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

/** A text that may be missing or null. */
export const text = z.string().nullish()
/** A number that may be missing or null. */
export const number = z.number().nullish()
/** A yes or no that may be missing or null. */
export const flag = z.boolean().nullish()

/** Strict about hexadecimal digits, because the id goes into paths. */
export const replicationIdPattern = /^C4-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
export const vappReplicationIdPattern = /^C4VAPP-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The error body, also inside tasks, as `lastError` and as the state of a link. */
export const apiError = z.object({ code: text, msg: text, args: z.array(z.unknown()).nullish().catch(null) })
export type ApiErrorWire = z.infer<typeof apiError>

/** `GET /diagnostics/about`; members from a public client. */
export const about = z.object({ serviceType: text, productName: text, buildVersion: text, buildDate: text })
export type AboutWire = z.infer<typeof about>

/** `C4SessionDetails`. */
export const sessionDetails = z.object({
  user: text,
  roles: z.array(z.string()).nullish(),
  authenticatedSites: z.array(z.object({ site: text, org: text })).nullish(),
})

/** A recovery point. `key` identifies it inside its replication. */
export const instance = z.object({
  key: text,
  sequenceNumber: number,
  timestamp: number,
  transferBytes: number,
  transferSeconds: number,
  quiescedType: text,
  isPinned: flag,
})
export type InstanceWire = z.infer<typeof instance>

const end = z.object({
  site: text,
  org: text,
  vdcId: text,
  vdcName: text,
  vappId: text,
  vappName: text,
  recoveredVappId: text,
  destinationCatalogItemId: text,
})
export type EndWire = z.infer<typeof end>

const retentionPolicy = z.object({
  rules: z.array(z.object({ distance: number, numberOfInstances: number })).nullish(),
})

const settings = z.object({
  description: text,
  rpo: number,
  dataConnectionType: text,
  quiesced: flag,
  retentionPolicy: retentionPolicy.nullish(),
  initialSyncTime: number,
  excludedDiskKeys: z.array(z.number()).nullish(),
})

const progress = z.object({
  bytesToTransfer: number,
  bytesTransferred: number,
  checksumComparedBytes: number,
  checksumTotalBytes: number,
  /** Percent. */
  progress: number,
})

/** `stateAge` is milliseconds since the state came from the other site. */
const sourceState = z.object({ state: text, stateAge: number, progress: progress.nullish() })

const destinationState = z.object({
  state: text,
  stateAge: number,
  /** Minutes; 0 means that the RPO is met. */
  currentRpoViolation: number,
  /** Bytes used at the destination. */
  spaceRequirement: number,
  isMovingReplica: flag,
  lastError: apiError.nullish(),
  latestInstance: instance.nullish(),
  recoveryInfo: z
    .object({
      recoveryState: text,
      type: text,
      optimizeUntil: number,
      vAppId: text,
      vcdVmId: text,
      storageProfileId: text,
      storageProfileName: text,
    })
    .nullish(),
})

const startupInfo = z.object({
  order: number,
  startAction: text,
  startDelay: number,
  stopAction: text,
  stopDelay: number,
})

const vmMembers = {
  id: z.string().regex(replicationIdPattern),
  vmId: text,
  vmName: text,
  vmDescription: text,
  computerName: text,
  isPaused: flag,
  isMigration: flag,
  isReversed: flag,
  overallHealth: text,
  dataConnectionState: text,
  lastUpdated: number,
  /** No document says what is in it; `{}` and null were seen. */
  metadata: z.unknown().nullish(),
  settings: settings.nullish(),
  slaProfile: z.object({ id: text, displayName: text }).nullish(),
  sourceState: sourceState.nullish(),
  destinationState: destinationState.nullish(),
  startupInfo: startupInfo.nullish(),
  guestCustomization: z.unknown().optional(),
  storageProfile: text,
  storageProfileName: text,
  vimLocation: z
    .object({
      datastore: text,
      datastoreMoref: text,
      datastoreName: text,
      vimServer: text,
      vimServerInstanceUuid: text,
    })
    .nullish(),
}

/** `VmReplicationInfo`: a member as it stands inside a vApp replication, without owner and ends. */
export const memberReplication = z.object(vmMembers)
export type MemberReplicationWire = z.infer<typeof memberReplication>

/** `SingleVmReplicationInfo`: what the list and the page of VM replications give. */
export const vmReplication = z.object({
  ...vmMembers,
  owner: text,
  source: end.nullish(),
  destination: end.nullish(),
  vappReplicationId: text,
})
export type VmReplicationWire = z.infer<typeof vmReplication>

/** `VappReplicationInfo`. */
export const vappReplication = z.object({
  id: z.string().regex(vappReplicationIdPattern),
  owner: text,
  source: end.nullish(),
  destination: end.nullish(),
  descriptor: z
    .object({
      name: text,
      description: text,
      isGolden: flag,
      enabledTemplateCustomization: flag,
      metadata: z.unknown().optional(),
      networks: z.unknown().optional(),
    })
    .nullish(),
  vmReplications: z.array(memberReplication).nullish(),
  lastUpdated: number,
  isMigration: flag,
  isReversed: flag,
  overallHealth: text,
})
export type VappReplicationWire = z.infer<typeof vappReplication>

/** The owner of a replication or of a vApp replication, whatever else is in it. */
export const owned = z.object({ owner: text })

/** The envelope of paged lists. */
export interface PageWire<T> {
  readonly items: readonly T[]
  readonly total: number
}

const total = z.number().int().nonnegative()

/** A page without its objects. */
export const pageAround = z.object({ total })

/** A schema for one page of `item`. */
export const toPageSchema = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), total })

/** `C4ApiTask`. `endTime` is -1 until the task is done; `result` is there after success only. */
export const task = z.object({
  id: z.string().min(1),
  user: text,
  state: text,
  progress: number,
  startTime: number,
  endTime: number,
  lastUpdated: number,
  error: apiError.nullish(),
  warnings: z.array(apiError).nullish(),
  resultType: text,
  result: z
    .object({ id: text, vmName: text, descriptor: z.object({ name: text }).nullish() })
    .nullish()
    .catch(null),
  workflowInfo: z.object({ type: text, resourceType: text, resourceId: text, resourceName: text }).nullish(),
})
export type TaskWire = z.infer<typeof task>

/**
 * The task that a change is answered with. Its id is all that is needed to find it again, so that nothing else in it,
 * however unforeseen, can make a change look lost.
 */
export const acceptedTask = task.pick({ id: true })
export type AcceptedTaskWire = z.infer<typeof acceptedTask>

/** One of the paired sites; both errors null means that the link works. */
export const site = z.object({
  site: z.string().min(1),
  description: text,
  apiUrl: text,
  apiPublicUrl: text,
  apiThumbprint: text,
  apiVersion: text,
  buildVersion: text,
  isLocal: flag,
  state: z.object({ incomingCommError: apiError.nullish(), outgoingCommError: apiError.nullish() }).nullish(),
})
export type SiteWire = z.infer<typeof site>

export const slaProfile = z.object({
  id: z.string().min(1),
  displayName: text,
  description: text,
  rpo: number,
  quiesced: flag,
  dataConnectionType: text,
  retentionPolicy: retentionPolicy.nullish(),
  initialSyncTime: number,
  orgs: number,
  replications: number,
})
export type SlaProfileWire = z.infer<typeof slaProfile>
