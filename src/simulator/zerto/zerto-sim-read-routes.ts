import { enumNames, taskTypes } from './zerto-sim-enums.ts'
import { filterRows, filterTasks, listVmRows, vmFilters, vpgFilters, type VmRow } from './zerto-sim-filters.ts'
import type { SimCheckpoint } from './zerto-sim-journal.ts'
import { parseSpan, queryValue, toWireDate, ZvmRefusal } from './zerto-sim-request.ts'
import { get, type Call, type Route } from './zerto-sim-router.ts'
import { requireVpg } from './zerto-sim-rules.ts'
import { toTaskApi } from './zerto-sim-task-view.ts'
import { toVmApi } from './zerto-sim-vm-view.ts'
import { hashFraction } from './zerto-sim-vpg.ts'
import { isReplicating, toCheckpointApi, toVpgApi } from './zerto-sim-vpg-view.ts'

/** The checkpoints between two dates of the query, as `toApi` shows each. */
const listCheckpoints = (
  call: Call,
  vpgId: string,
  toApi: (checkpoint: SimCheckpoint) => object,
): readonly object[] => {
  const { journal } = requireVpg(call.world, vpgId)
  const { from, to } = parseSpan(call.request, call.site.utcOffsetMinutes, ['startDate', 'endDate'])
  return journal.list(call.now, from, to).map(toApi)
}

const getStats = (call: Call, vpgId: string, toApi: (checkpoint: SimCheckpoint) => object): object => {
  const { journal } = requireVpg(call.world, vpgId)
  const [earliest, latest] = [journal.earliest(call.now), journal.latest(call.now)]
  return {
    Earliest: earliest === null ? null : toApi(earliest),
    Latest: latest === null ? null : toApi(latest),
  }
}

const getCheckpointStats = (call: Call): object =>
  getStats(call, call.param('vpg'), (checkpoint) => toCheckpointApi(call, checkpoint))

const vpgRoutes: readonly Route[] = [
  get('/vpgs', (call) => {
    const rows = filterRows(call.world.vpgs.values(), call.request, vpgFilters(call.world, call.now))
    return rows.map((vpg) => toVpgApi(call, vpg))
  }),
  get('/vpgs/statuses', () => enumNames.vpgStatus),
  get('/vpgs/substatuses', () => enumNames.vpgSubStatus),
  get('/vpgs/priorities', () => enumNames.priority),
  get('/vpgs/entitytypes', () => enumNames.entityType),
  get('/vpgs/failovercommitpolicies', () => enumNames.commitPolicy),
  get('/vpgs/failovershutdownpolicies', () => enumNames.shutdownPolicy),
  get('/vpgs/retentionpolicies', () => enumNames.retentionPolicy),
  get('/vpgs/:vpg', (call) => toVpgApi(call, requireVpg(call.world, call.param('vpg')))),
  get('/vpgs/:vpg/checkpoints', (call) =>
    listCheckpoints(call, call.param('vpg'), (checkpoint) => toCheckpointApi(call, checkpoint)),
  ),
  // The second spelling is deprecated since 5.0 and gone in version 10.
  get('/vpgs/:vpg/checkpoints/stats', getCheckpointStats),
  get('/vpgs/:vpg/checkpoints/summary', getCheckpointStats, 'windows'),
]

/** The one row of a machine. @throws ZvmRefusal when none, or when it is in several groups and none was named. */
const requireVmRow = (call: Call): VmRow => {
  const id = call.param('vm')
  const vpgId = queryValue(call.request, 'vpgIdentifier')?.toLowerCase()
  const rows = listVmRows(call.world).filter(({ vpg, vm }) => vm.identifiers[vpg.protectedSite] === id)
  const [row, ...others] = vpgId === undefined ? rows : rows.filter(({ vpg }) => vpg.id === vpgId)
  if (row === undefined) throw ZvmRefusal.unknown('VM', id)
  if (others.length > 0) throw ZvmRefusal.rule(`VM ${id} is protected by several VPGs. Provide the vpgIdentifier.`)
  return row
}

/** A point in time of a machine: a checkpoint here, because no retention sets are kept. */
const toPointInTimeApi =
  (call: Call) =>
  (checkpoint: SimCheckpoint): object => ({
    Checkpoint: toCheckpointApi(call, checkpoint),
    RetentionSet: null,
    CanMount: { IsAllowed: true, Reason: '' },
  })

/** When the counters of a simulated ZVM began to run. */
const countersSince = Date.UTC(2025, 0, 1)

/** What has been read, written and sent for a machine since the counters began; it never goes back. */
const toStatisticsApi = (call: Call, { vpg, vm }: VmRow): object => {
  const until = isReplicating(vpg) ? call.now : vpg.phase.since
  const runSeconds = Math.max(0, until - countersSince) / 1000
  const rate = 0.02 + hashFraction(`${vpg.id}${vm.name}statistics`) * 0.5
  const writtenMb = Math.floor(runSeconds * rate)
  return {
    VmIdentifier: vm.identifiers[vpg.protectedSite],
    VpgIdentifier: vpg.id,
    IoOperationsCounter: Math.floor(runSeconds * rate * 60),
    WriteCounterInMBs: writtenMb,
    SyncCounterInMBs: vm.usedMb,
    NetworkTrafficCounterInMBs: Math.floor(writtenMb / 2),
    SampleTime: toWireDate(call.now),
  }
}

const vmRoutes: readonly Route[] = [
  get('/vms', (call) => {
    const rows = filterRows(listVmRows(call.world), call.request, vmFilters(call.world, call.now))
    return rows.map(({ vpg, vm }) => toVmApi(call, vpg, vm))
  }),
  get('/vms/:vm', (call) => {
    const { vpg, vm } = requireVmRow(call)
    return toVmApi(call, vpg, vm)
  }),
  get('/vms/:vm/pointsintime', (call) => listCheckpoints(call, requireVmRow(call).vpg.id, toPointInTimeApi(call))),
  get('/vms/:vm/pointsintime/stats', (call) => getStats(call, requireVmRow(call).vpg.id, toPointInTimeApi(call))),
  get('/statistics/vms', (call) => listVmRows(call.world).map((row) => toStatisticsApi(call, row))),
]

const taskRoutes: readonly Route[] = [
  get('/tasks', (call) => filterTasks(call.site, call.request).map((task) => toTaskApi(call, task))),
  get('/tasks/types', () => taskTypes),
  get('/tasks/:task', (call) => {
    const task = call.site.tasks.find(call.param('task'))
    if (task === null) throw ZvmRefusal.unknown('Task', call.param('task'))
    return toTaskApi(call, task)
  }),
]

/** Groups, machines and tasks. Fixed words come before the identifiers they hide. */
export const readRoutes: readonly Route[] = [...vpgRoutes, ...vmRoutes, ...taskRoutes]
