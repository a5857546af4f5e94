import { alertStatusOf } from './zerto-sim-alerts.ts'
import { enumNames } from './zerto-sim-enums.ts'
import type { SimCheckpoint } from './zerto-sim-journal.ts'
import { linkTo, linkToSite, linkToVpg, linkToZorg, type View } from './zerto-sim-links.ts'
import { asProfile } from './zerto-sim-profile.ts'
import { toWireDate } from './zerto-sim-request.ts'
import {
  actualRpoSeconds,
  hashFraction,
  otherSite,
  recoveryEntityOf,
  statusOfVpg,
  syncProgress,
  type SimVpg,
} from './zerto-sim-vpg.ts'

/** A checkpoint as `/checkpoints` and HistoryStatusApi have it; older versions have Vss instead of Type. */
export const toCheckpointApi = (view: View, checkpoint: SimCheckpoint): object => ({
  CheckpointIdentifier: checkpoint.id,
  TimeStamp: toWireDate(checkpoint.at),
  Tag: checkpoint.tag,
  ...(view.world.profile === 'windows' ? { Vss: false } : { Type: 0 }),
})

/** What a group is at either end, as a number; older versions repeat both under the names they had before. */
export const toEntities = ({ world }: View, vpg: SimVpg): object => {
  const recovery = recoveryEntityOf(vpg)
  const legacy = world.profile === 'windows' ? { Source: 0, Target: recovery } : {}
  return { Protected: 0, Recovery: recovery, ...legacy }
}

/** What replication moves now: input and output operations a second, and megabytes a second. */
export const trafficOf = (key: string, isRunning: boolean, now: number) => {
  const noise = isRunning ? hashFraction(`${key}${Math.floor(now / 5000)}`) : 0
  return { iops: Math.floor(noise * 60), throughputMb: Math.floor(noise * 4096) / 1024 }
}

/** True while changes of the machines reach the journal. */
export const isReplicating = (vpg: SimVpg): boolean => vpg.journal.isOpen || vpg.phase.kind === 'SYNCING'

const toHistory = (view: View, vpg: SimVpg) => {
  const { now } = view
  const earliest = vpg.journal.earliest(now)
  const latest = vpg.journal.latest(now)
  const held = earliest === null || latest === null ? 0 : Math.floor((latest.at - earliest.at) / 60_000)
  return {
    ActualHistoryInMinutes: vpg.isHistoryShort ? Math.floor(held / 2) : held,
    ConfiguredHistoryInMinutes: vpg.journal.historyMinutes,
    EarliestCheckpoint: earliest === null ? null : toCheckpointApi(view, earliest),
  }
}

const toFailSafeHistory = ({ world }: View, vpg: SimVpg, actualMinutes: number) => {
  // Version 10 leaves it null on some groups.
  if (world.profile === 'zvma' && hashFraction(`${vpg.id}failsafe`) < 0.5) return null
  const configured = Math.min(240, vpg.journal.historyMinutes)
  return {
    ActualFailSafeHistory: Math.min(configured, actualMinutes),
    ConfiguredFailSafeHistory: configured,
    FailSafeDescription: '',
  }
}

/** A group as `GET /v1/vpgs` lists it. There is neither a State nor a Vms member. */
export const toVpgApi = (view: View, vpg: SimVpg): object => {
  const { world, now } = view
  const { status, subStatus } = statusOfVpg(vpg, now)
  const { iops, throughputMb } = trafficOf(vpg.id, isReplicating(vpg), now)
  const history = toHistory(view, vpg)
  const recoverySite = otherSite(vpg.protectedSite)
  const names = { protected: world.sites[vpg.protectedSite].name, recovery: world.sites[recoverySite].name }
  const profile = world.serviceProfiles.find(({ id }) => id === vpg.serviceProfileId)
  return asProfile(world.profile, 'vpg', {
    ActiveProcessesApi: { RunningFailOverTestApi: vpg.test === null ? null : { Stage: vpg.test.stage } },
    ActualRPO: actualRpoSeconds(vpg, now),
    AlertStatus: alertStatusOf(vpg, now),
    BackupEnabled: false,
    ConfiguredRpoSeconds: vpg.configuredRpoSeconds,
    Entities: toEntities(view, vpg),
    FailSafeHistory: toFailSafeHistory(view, vpg, history.ActualHistoryInMinutes),
    HistoryStatusApi: history,
    IOPs: iops,
    LastTest: vpg.lastTest === null ? null : toWireDate(vpg.lastTest),
    Link: linkToVpg(view, vpg.id),
    OrganizationName: world.zorgs.find(({ id }) => id === vpg.zorgId)?.name ?? '',
    Priority: vpg.priority,
    ProgressPercentage: syncProgress(vpg, now),
    ProtectedSite: linkToSite(view, vpg.protectedSite),
    ProtectedSiteName: names.protected,
    ProvisionedStorageInMB: vpg.vms.reduce((sum, vm) => sum + vm.provisionedMb, 0),
    RecoverySite: linkToSite(view, recoverySite),
    RecoverySiteName: names.recovery,
    ServiceProfile: profile === undefined ? null : linkTo(view, 'serviceprofiles', profile.id, 'ServiceProfileApi'),
    ServiceProfileIdentifier: profile?.id ?? null,
    ServiceProfileName: profile?.name ?? '',
    SourceSite: names.protected,
    Status: status,
    StatusDescription: enumNames.vpgStatus[status] ?? '',
    SubStatus: subStatus,
    SubStatusDescription: enumNames.vpgSubStatus[subStatus] ?? '',
    TargetSite: names.recovery,
    ThroughputInMB: throughputMb,
    UsedStorageInMB: vpg.vms.reduce((sum, vm) => sum + vm.usedMb, 0),
    VmsCount: vpg.vms.length,
    VpgDescription: vpg.description,
    VpgIdentifier: vpg.id,
    VpgName: vpg.name,
    VpgType: 'Remote',
    Zorg: linkToZorg(view, vpg.zorgId),
  })
}
