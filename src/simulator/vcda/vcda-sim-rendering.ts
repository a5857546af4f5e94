import type { ReplicationEnd, SimGroup, SimReplication, SimSite } from './vcda-sim-model.ts'
import type { ApiError } from './vcda-sim-refusal.ts'
import { toReplicationStatus, type ReplicationStatus } from './vcda-sim-status.ts'
import type { Moment, Transfer } from './vcda-sim-timeline.ts'
import { buildVersions, type ServedVersion } from './vcda-sim-version.ts'

/** A JSON object on its way out, in the vendor's words and units. */
export type Rendered = Readonly<Record<string, unknown>>

const hash = (text: string, start: number): number => {
  let value = start
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b)
  return (value ^ (value >>> 13)) >>> 0
}

/** A whole number that is always the same for the same text. */
export const seedOf = (text: string): number => hash(text, 0x811c9dc5)

/** A version 4 uuid that is always the same for the same text; made often, so made cheaply. */
export const uuidFor = (text: string): string => {
  const digits = [1, 2, 3, 4]
    .map((salt) =>
      hash(text, salt * 0x9e3779b9)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')
  const at = (from: number, to: number): string => digits.slice(from, to)
  return `${at(0, 8)}-${at(8, 12)}-4${at(13, 16)}-a${at(17, 20)}-${at(20, 32)}`
}

/** The instance's key never changes while it is kept: it follows from the replication and the sequence number. */
export const instanceKey = (replication: SimReplication, moment: Moment): string =>
  `replica-${uuidFor(`${replication.id}/${moment.at}/${moment.sequence}`)}`

/** All instances that can be recovered now, newest first, with what a test holds. */
export const listMoments = (replication: SimReplication, now: number): readonly Moment[] => {
  const kept = replication.timeline.kept(now, replication.settings.rules)
  const { pinned } = replication
  if (pinned === null || kept.some((moment) => moment.at === pinned.at)) return kept
  return [...kept, pinned].sort((a, b) => b.at - a.at)
}

/** What the transfer before an instance carried. */
export const transferBytesOf = (replication: { readonly id: string }, moment: Moment): number =>
  (1 + (seedOf(`${replication.id}${moment.sequence}`) % 900)) * 1_048_576

/** The members of an instance as the list gives them. `timestamp` is milliseconds since 1970. */
export const renderInstance = (replication: SimReplication, moment: Moment): Rendered => ({
  key: instanceKey(replication, moment),
  sequenceNumber: moment.sequence,
  timestamp: moment.at,
  transferBytes: transferBytesOf(replication, moment),
  transferSeconds: Math.round(replication.timeline.transferMs / 1_000),
  quiescedType: replication.settings.quiesced ? 'fileSystemQuiesced' : 'none',
  isPinned: replication.pinned?.at === moment.at,
})

const renderProgress = (replication: SimReplication, transfer: Transfer, now: number): Rendered => {
  const part = Math.min(0.99, (now - transfer.from) / Math.max(1, transfer.until - transfer.from))
  const total = Math.floor(replication.sizeGigabytes * 1_073_741_824 * (transfer.isFull ? 1 : 0.01))
  return {
    bytesToTransfer: total,
    bytesTransferred: Math.floor(total * part),
    checksumComparedBytes: Math.floor(total * part),
    checksumTotalBytes: total,
    progress: Math.floor(part * 100),
  }
}

const sourceWords = {
  ERROR: 'error',
  FINISHED: 'none',
  INITIAL_SYNCING: 'syncing',
  PAUSED: 'paused',
  SYNCING: 'active',
}
const destinationWords = { FINISHED: 'passive', INITIAL_SYNCING: 'fullsync', PAUSED: 'paused', SYNCING: 'lwd' }

const wordFor = (words: Readonly<Record<string, string>>, connection: string, otherwise: string): string =>
  words[connection] ?? otherwise

const renderRecovery = (replication: SimReplication): Rendered => {
  const { recovered, recoveryState } = replication
  if (recovered === null) return { recoveryState }
  const { vappId, vmId, optimizeUntil } = recovered
  return {
    recoveryState,
    type: replication.destination.org === null ? 'vcenter' : 'vcloud',
    vAppId: vappId,
    vcdVmId: vmId,
    storageProfileId: replication.storageProfile.id,
    storageProfileName: replication.storageProfile.name,
    optimizeUntil,
  }
}

const renderDestinationState = (replication: SimReplication, status: ReplicationStatus, now: number): Rendered => ({
  currentRpoViolation: status.violationMinutes,
  isMovingReplica: replication.isMovingReplica,
  lastError: replication.lastError,
  latestInstance: status.latest === null ? null : renderInstance(replication, status.latest),
  recoveryInfo: renderRecovery(replication),
  spaceRequirement: status.latest === null ? 0 : replication.sizeGigabytes * 1_073_741_824,
  state: wordFor(destinationWords, status.connection, 'opened'),
  stateAge: stateAge(replication, status, now),
})

const stateAge = (replication: SimReplication, status: ReplicationStatus, now: number): number =>
  Math.max(0, now - Math.max(replication.lastUpdated, status.transfer?.from ?? 0, status.latest?.at ?? 0))

const renderSettings = ({ settings, excludedDiskKeys }: SimReplication): Rendered => ({
  dataConnectionType: settings.dataConnectionType,
  description: settings.description,
  excludedDiskKeys,
  initialSyncTime: settings.initialSyncTime,
  quiesced: settings.quiesced,
  retentionPolicy: { rules: settings.rules },
  rpo: settings.rpo,
})

/** The datastore below a data center, or of a machine room; the vendor's members of `vimLocation`. */
export const toVimLocation = ({ vdcId, site }: { readonly vdcId: string | null; readonly site: string }) => {
  const number = seedOf(vdcId ?? site) % 90
  return {
    datastore: uuidFor(`datastore-${number}`),
    datastoreMoref: `datastore-${number}`,
    datastoreName: `vsan-${number}`,
    vimServer: uuidFor(`vim-${site}`),
    vimServerInstanceUuid: uuidFor(`vim-instance-${site}`),
  }
}

/** `VmReplicationInfo`: the object inside a vApp replication, without owner, ends and the id of its group. */
export const renderMember = (replication: SimReplication, profileName: string | null, now: number): Rendered => {
  const status = toReplicationStatus(replication, now)
  const { transfer } = status
  const showsProgress = transfer !== null && ['INITIAL_SYNCING', 'SYNCING'].includes(status.connection)
  return {
    id: replication.id,
    vmId: replication.vmId,
    vmName: replication.vmName,
    computerName: replication.vmName,
    vmDescription: '',
    isPaused: replication.isPaused,
    isReversed: replication.isReversed,
    isMigration: replication.isMigration,
    settings: renderSettings(replication),
    slaProfile: profileName === null ? null : { displayName: profileName, id: replication.settings.slaProfileId },
    startupInfo: replication.startupInfo,
    guestCustomization: replication.guestCustomization?.failoverSettings ?? null,
    metadata: null,
    sourceState: {
      progress: showsProgress ? renderProgress(replication, transfer, now) : null,
      state: wordFor(sourceWords, status.connection, 'idle'),
      stateAge: stateAge(replication, status, now),
    },
    destinationState: renderDestinationState(replication, status, now),
    dataConnectionState: status.connection,
    overallHealth: status.health,
    lastUpdated: replication.lastUpdated,
    storageProfile: replication.storageProfile.id,
    storageProfileName: replication.storageProfile.name,
    vimLocation: toVimLocation(replication.destination),
    ...replication.overrides,
  }
}

const renderPlace = (end: ReplicationEnd): Rendered =>
  end.org === null ? { site: end.site } : { site: end.site, org: end.org, vdcId: end.vdcId, vdcName: end.vdcName }

/** `SingleVmReplicationInfo`: what the VM-level calls give. */
export const renderReplication = (replication: SimReplication, profileName: string | null, now: number): Rendered => ({
  ...renderMember(replication, profileName, now),
  owner: replication.owner,
  source: {
    ...renderPlace(replication.source),
    vappId: replication.source.vappId,
    vappName: replication.source.vappName,
  },
  destination: {
    ...renderPlace(replication.destination),
    recoveredVappId: replication.recovered?.vappId ?? null,
    destinationCatalogItemId: null,
  },
  vappReplicationId: replication.vappReplicationId,
  metadata: {},
  ...replication.overrides,
})

const worst = (healths: readonly unknown[]): unknown =>
  ['RED', 'YELLOW'].find((health) => healths.includes(health)) ?? 'GREEN'

/** `VappReplicationInfo`: as bad as the worst of its members. */
export const renderGroup = (group: SimGroup, members: readonly Rendered[]): Rendered => ({
  id: group.id,
  owner: group.owner,
  source: { ...renderPlace(group.source), vappId: group.source.vappId },
  destination: { ...renderPlace(group.destination), recoveredVappId: group.recoveredVappId },
  descriptor: { name: group.name, description: '', metadata: null },
  vmReplications: members,
  lastUpdated: group.lastUpdated,
  isMigration: group.isMigration,
  overallHealth: worst(members.map((member) => member.overallHealth)),
})

/** A certificate's fingerprint in the vendor's form, always the same for the same name. */
export const thumbprintFor = (name: string): string => {
  const hex = `${uuidFor(`${name}/1`)}${uuidFor(`${name}/2`)}`.replaceAll('-', '').toUpperCase()
  return `SHA-256:${hex.replaceAll(/..(?!$)/g, '$&:')}`
}

/** A paired site as `local` sees it, of the version both are; `linkError` is what ails the way between the two. */
export const renderSite = (
  site: SimSite,
  { local, version, linkError }: { local: string; version: ServedVersion; linkError: ApiError | null },
): Rendered => ({
  site: site.name,
  description: site.description,
  apiUrl: `https://${site.name}.example:8048`,
  apiPublicUrl: `https://${site.name}.example:8048`,
  apiThumbprint: thumbprintFor(site.name),
  apiVersion: version,
  buildVersion: buildVersions[version],
  isLocal: site.name === local,
  state: { incomingCommError: linkError, outgoingCommError: linkError },
})
