import type { ServiceRequest } from '../http-service.ts'
import { filterRows } from './zerto-sim-filters.ts'
import { nameOfThing } from './zerto-sim-infrastructure.ts'
import type { View } from './zerto-sim-links.ts'
import { recoverySiteOf, type RecoveryReport } from './zerto-sim-recovery-report.ts'
import { parseSpan, queryValue, toWireDate } from './zerto-sim-request.ts'

/**
 * The reports that the filters let through, newest first. `vpgName` takes a list; `vpgIdentifier` is ignored, as a client
 * of the vendor's has found.
 */
export const filterReports = (view: View, request: ServiceRequest): readonly RecoveryReport[] => {
  const { from, to } = parseSpan(request, view.site.utcOffsetMinutes, ['startTime', 'endTime'])
  const names = queryValue(request, 'vpgName')
    ?.toLowerCase()
    .split(',')
    .map((name) => name.trim())
  const rows = filterRows(view.world.reports, request, {
    recoveryType: ({ type }) => [type],
    state: ({ status }) => [status],
  })
  return rows
    .filter(({ startedAt, endedAt }) => endedAt >= from && startedAt <= to)
    .filter(({ vpgName }) => names === undefined || names.includes(vpgName.toLowerCase()))
    .toSorted((a, b) => b.startedAt - a.startedAt)
}

const toDuration = (durationMs: number): string => new Date(Math.max(0, durationMs)).toISOString().slice(11, 19)

/** A report as `GET /v1/reports/recovery` lists it: moments, and the RTO, are texts. */
export const toRecoveryReportApi = (view: View, report: RecoveryReport): object => {
  const { sites } = view.world
  const { hosts, clusters, datastores, datastoreCluster, folders, networks } =
    sites[recoverySiteOf(report)].infrastructure
  const { recovery } = report
  const place = {
    host: nameOfThing([...hosts, ...clusters], recovery.hostIdentifier),
    datastore: nameOfThing([...datastores, datastoreCluster], recovery.datastoreIdentifier),
    folder: nameOfThing(folders, recovery.folderIdentifier),
    network: nameOfThing(
      networks,
      report.type === 'FailoverTest' ? recovery.testNetworkIdentifier : recovery.failoverNetworkIdentifier,
    ),
  }
  return {
    RecoveryOperationIdentifier: report.id,
    General: {
      VpgIdentifier: report.vpgId,
      VpgName: report.vpgName,
      RecoveryType: report.type,
      ProtectedSiteName: sites[report.protectedSite].name,
      RecoverySiteName: sites[recoverySiteOf(report)].name,
      StartTime: toWireDate(report.startedAt),
      EndTime: toWireDate(report.endedAt),
      PointInTime: toWireDate(report.pointInTime ?? report.startedAt),
      RtoInSeconds: String(report.rtoSeconds),
      Status: report.status,
      InitiatedBy: report.user,
      Notes: report.notes,
    },
    RecoverySettings: {
      Vpg: {
        DefaultHostName: place.host,
        DefaultDatastoreName: place.datastore,
        DefaultNetworkName: place.network,
      },
      Vms: report.vms.map(({ name }) => ({
        VmName: name,
        HostName: place.host,
        DatastoreName: place.datastore,
        FolderName: place.folder,
        NetworkNames: [place.network],
        Volumes: [{ VolumeName: 'scsi:0:0', DatastoreName: place.datastore }],
      })),
      Steps: report.steps.map((step) => ({
        Description: step.description,
        Result: step.isSuccess ? 'Success' : 'Fail',
        StartTime: toWireDate(step.startedAt),
        EndTime: toWireDate(step.endedAt),
        ExecutionTime: toDuration(step.endedAt - step.startedAt),
      })),
    },
  }
}
