import { helpIdentifiers, listAlerts, toAlertApi, type AlertRow } from './zerto-sim-alerts.ts'
import { enumNames } from './zerto-sim-enums.ts'
import { filterEvents, listEvents, toEventApi } from './zerto-sim-event-view.ts'
import { filterRows, numbered } from './zerto-sim-filters.ts'
import { filterReports, toRecoveryReportApi } from './zerto-sim-report-view.ts'
import { emptyReply, parsePage, parseSpan, ZvmRefusal } from './zerto-sim-request.ts'
import { listResourceSamples } from './zerto-sim-resource-report.ts'
import { get, type Call, type Route } from './zerto-sim-router.ts'

const requireAlert = (call: Call): AlertRow => {
  const found = listAlerts(call).find(({ alert }) => alert.id === call.param('alert').toLowerCase())
  if (found === undefined) throw ZvmRefusal.unknown('Alert', call.param('alert'))
  return found
}

const filterAlerts = (call: Call): readonly AlertRow[] => {
  const { holds } = parseSpan(call.request, call.site.utcOffsetMinutes, ['startDate', 'endDate'])
  const rows = filterRows(listAlerts(call), call.request, {
    vpgIdentifier: ({ vpg }) => [vpg?.id ?? ''],
    zorgIdentifier: ({ vpg }) => [vpg?.zorgId ?? ''],
    siteIdentifier: () => [call.site.siteIdentifier],
    level: ({ alert }) => numbered(enumNames.alertLevel, alert.level),
    entity: ({ entity }) => numbered(enumNames.alertEntity, enumNames.alertEntity.indexOf(entity)),
    helpIdentifier: ({ alert }) => [alert.helpIdentifier],
    isDismissed: ({ alert }) => [call.world.dismissedAlerts.has(alert.id)],
  })
  return rows.filter(({ alert }) => holds(alert.turnedOn))
}

const alertRoutes: readonly Route[] = [
  get('/alerts', (call) => filterAlerts(call).map((row) => toAlertApi(call, row))),
  get('/alerts/levels', () => enumNames.alertLevel),
  get('/alerts/entities', () => enumNames.alertEntity),
  get('/alerts/helpidentifiers', () => helpIdentifiers),
  get('/alerts/:alert', (call) => toAlertApi(call, requireAlert(call))),
  ...(['dismiss', 'undismiss'] as const).map((word): Route => ({
    method: 'POST',
    path: `/alerts/:alert/${word}`,
    handle: (call) => {
      const { id } = requireAlert(call).alert
      if (word === 'dismiss') call.world.dismissedAlerts.add(id)
      else call.world.dismissedAlerts.delete(id)
      return emptyReply
    },
  })),
]

const eventRoutes: readonly Route[] = [
  get('/events', (call) => filterEvents(call, call.request).map((event) => toEventApi(call, event))),
  get('/events/types', () => enumNames.eventType),
  get('/events/entities', () => enumNames.eventEntity),
  get('/events/categories', () => enumNames.eventCategory),
  get('/events/:event', (call) => {
    const id = call.param('event').toLowerCase()
    const event = listEvents(call).find((candidate) => candidate.id === id)
    if (event === undefined) throw ZvmRefusal.unknown('Event', call.param('event'))
    return toEventApi(call, event)
  }),
]

const reportRoutes: readonly Route[] = [
  get('/reports/recovery', (call) => {
    const rows = filterReports(call, call.request)
    const { from, to } = parsePage(call.request, rows.length)
    return rows.slice(from, to).map((report) => toRecoveryReportApi(call, report))
  }),
  get('/reports/recovery/:report', (call) => {
    const report = call.world.reports.find(({ id }) => id === call.param('report').toLowerCase())
    if (report === undefined) throw ZvmRefusal.unknown('Recovery operation', call.param('report'))
    return toRecoveryReportApi(call, report)
  }),
  get('/reports/resources', listResourceSamples),
]

/** What is wrong, what has happened, and what was written down about it. */
export const logRoutes: readonly Route[] = [...alertRoutes, ...eventRoutes, ...reportRoutes]
