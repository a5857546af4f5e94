import { initialSyncMs } from './vcda-inferred.ts'
import type {
  ReplicationEnd,
  ReplicationSettings,
  SimReplication,
  SimVdc,
  SimVm,
  StartupInfo,
  StorageProfile,
} from './vcda-sim-model.ts'
import { Timeline } from './vcda-sim-timeline.ts'

/** What has to be known to replicate a VM; the rest begins as it begins for every replication. */
export interface NewReplication {
  readonly id: string
  readonly vappReplicationId: string | null
  readonly owner: string
  readonly vm: SimVm
  readonly source: ReplicationEnd
  readonly destination: ReplicationEnd
  readonly settings: ReplicationSettings
  readonly storageProfile: StorageProfile
  readonly isMigration: boolean
  readonly excludedDiskKeys?: readonly number[]
  readonly startupInfo?: StartupInfo
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Of a machine for which nothing was said. */
export const plainStartup: StartupInfo = {
  order: 0,
  startAction: 'powerOn',
  startDelay: 0,
  stopAction: 'powerOff',
  stopDelay: 0,
}

/** The datastore default where a destination names no storage profile: an on-premises one has none. */
export const anyStorageProfile: StorageProfile = { id: '*', name: 'Any' }

/** How long one delta travels: bigger machines change more. From 4 to 40 seconds. */
const transferMsOf = (vm: SimVm): number => 4_000 + (vm.sizeGigabytes % 37) * 1_000

/** A replication without any instance yet; its {@link SimReplication.timeline} is still to be opened. */
export const createReplication = (fresh: NewReplication): SimReplication => ({
  id: fresh.id,
  vappReplicationId: fresh.vappReplicationId,
  owner: fresh.owner,
  vmId: fresh.vm.id,
  vmName: fresh.vm.name,
  sizeGigabytes: fresh.vm.sizeGigabytes,
  source: fresh.source,
  destination: fresh.destination,
  settings: fresh.settings,
  storageProfile: fresh.storageProfile,
  isMigration: fresh.isMigration,
  isPaused: false,
  isReversed: false,
  isPoweredOff: false,
  isMovingReplica: false,
  busyWith: null,
  timeline: new Timeline(transferMsOf(fresh.vm)),
  recoveryState: 'NOT_STARTED',
  recovered: null,
  pinned: null,
  lastError: null,
  lastUpdated: fresh.now,
  networkSettings: noNetworkSettings,
  guestCustomization: null,
  excludedDiskKeys: fresh.excludedDiskKeys ?? [],
  startupInfo: fresh.startupInfo ?? plainStartup,
  overrides: {},
})

/** Nothing set: a recovery takes the networks as they are. */
export const noNetworkSettings = {
  failoverSettings: { vAppNetworkSettings: null, vmNetworkSettings: null },
  failoverTestSettings: { vAppNetworkSettings: null, vmNetworkSettings: null },
}

const wholeCopyMs = ({ sizeGigabytes }: SimReplication): number =>
  initialSyncMs.base + sizeGigabytes * initialSyncMs.perGigabyte

/**
 * The first copy begins at `initialSyncTime` when that is still to come, else at once.
 *
 * @param durationMs How long it takes where disks are there already. @default by the size of the machine
 */
export const openFirstCopy = (replication: SimReplication, now: number, durationMs?: number): void => {
  const from = Math.max(now, replication.settings.initialSyncTime)
  replication.timeline.open({
    transferFrom: from,
    firstAt: from + (durationMs ?? wholeCopyMs(replication)),
    periodMs: replication.settings.rpo * 60_000,
    isFull: true,
  })
}

const isFlowing = (replication: SimReplication): boolean =>
  !replication.isPaused &&
  !replication.isPoweredOff &&
  replication.lastError === null &&
  replication.recoveryState !== 'COMPLETE'

/**
 * The next instance after `delayMs`, and then one in every RPO again. Does nothing to a replication that sends
 * nothing, nor to one whose first copy is under way.
 */
export const hurryNextInstance = (replication: SimReplication, now: number, delayMs: number): void => {
  const { timeline, settings } = replication
  if (!isFlowing(replication) || timeline.awaitsFirstCopy(now)) return
  timeline.close(now)
  const isFull = timeline.latest(now) === null
  timeline.open({ transferFrom: now, firstAt: now + delayMs, periodMs: settings.rpo * 60_000, isFull })
}

/** The end of a replication in a tenant's data center. */
export const toCloudEnd = (
  vdc: SimVdc,
  vapp: { readonly id: string; readonly name: string } | null,
): ReplicationEnd => ({
  site: vdc.site,
  org: vdc.org,
  vdcId: vdc.id,
  vdcName: vdc.name,
  vappId: vapp?.id ?? null,
  vappName: vapp?.name ?? null,
})

/** The end of a replication on premises, where nobody knows organisations. */
export const toPremisesEnd = (site: string, vappName: string | null): ReplicationEnd => ({
  site,
  org: null,
  vdcId: null,
  vdcName: null,
  vappId: null,
  vappName,
})
