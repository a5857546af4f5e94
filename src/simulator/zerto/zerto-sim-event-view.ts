import type { ServiceRequest } from '../http-service.ts'
import { listAlerts } from './zerto-sim-alerts.ts'
import { enumNames } from './zerto-sim-enums.ts'
import { eventOfAlert, type SimEvent } from './zerto-sim-event-log.ts'
import { filterRows, numbered } from './zerto-sim-filters.ts'
import { linkTo, linkToSite, linkToVpg, linkToZorg, noZorg, type View } from './zerto-sim-links.ts'
import { asProfile, toLogDate } from './zerto-sim-profile.ts'
import { parseSpan } from './zerto-sim-request.ts'

const eventsShown = 1000

/** The newest thousand events, newest first: what was written down, and the beginning of every alert that is on. */
export const listEvents = (view: View): readonly SimEvent[] => {
  const begun = listAlerts(view).map(({ vpg, alert }) =>
    eventOfAlert(vpg, alert, { isOn: true, at: alert.turnedOn, siteIndex: vpg?.protectedSite ?? view.site.index }),
  )
  return [...view.world.events.list(), ...begun].toSorted((a, b) => b.at - a.at).slice(0, eventsShown)
}

const categoryOf = ({ category }: SimEvent) => [
  'All',
  0,
  ...numbered(enumNames.eventCategory, enumNames.eventCategory.indexOf(category)),
]

const vpgOf = ({ vpg }: SimEvent) => [vpg?.id ?? '']

/** The events that the filters of `GET /v1/events` let through; both spellings of a parameter are taken. */
export const filterEvents = (view: View, request: ServiceRequest): readonly SimEvent[] => {
  const { holds } = parseSpan(request, view.site.utcOffsetMinutes, ['startDate', 'endDate'])
  const siteOf = ({ siteIndex }: SimEvent) => view.world.sites[siteIndex]
  const rows = filterRows(listEvents(view), request, {
    vpgIdentifier: vpgOf,
    vpg: vpgOf,
    siteName: (event) => [siteOf(event).name],
    siteIdentifier: (event) => [siteOf(event).siteIdentifier],
    zorgIdentifier: ({ zorgId }) => [zorgId ?? noZorg],
    eventType: ({ type }) => numbered(enumNames.eventType, type),
    entityType: ({ entity }) => numbered(enumNames.eventEntity, entity),
    category: categoryOf,
    eventCategory: categoryOf,
    userName: ({ user }) => [user],
    alertIdentifier: ({ alertId }) => [alertId ?? ''],
  })
  return rows.filter(({ at }) => holds(at))
}

/** An event as `GET /v1/events` lists it; older versions repeat its groups with their names. */
export const toEventApi = (view: View, event: SimEvent): object => {
  const { profile, sites, zorgs } = view.world
  const { vpg, siteIndex, zorgId } = event
  const named = vpg === null ? [] : [{ VpgIdentifier: vpg.id, VpgName: vpg.name }]
  return asProfile(profile, 'event', {
    Description: event.description,
    EntityType: event.entity,
    EventCategory: event.category,
    EventCompletedSuccessfully: event.isSuccess,
    EventIdentifier: event.id,
    EventType: event.type,
    HelpLink: '',
    Link: linkTo(view, 'events', event.id, 'EventApi'),
    OccurredOn: toLogDate(profile, event.at),
    RelatedEntities: {
      Alerts: event.alertId === null ? [] : [linkTo(view, 'alerts', event.alertId, 'AlertApi')],
      FlrSessions: [],
      Hosts: [],
      Repositories: [],
      Sites: [linkToSite(view, siteIndex)],
      Vpgs: vpg === null ? [] : [linkToVpg(view, vpg.id)],
      Zorgs: zorgId === null ? [] : [linkToZorg(view, zorgId)],
    },
    SiteIdentifier: sites[siteIndex].siteIdentifier,
    SiteName: sites[siteIndex].name,
    UserName: event.user,
    ...(profile === 'windows' ? { Vpgs: named } : {}),
    ZorgIdentifier: zorgId ?? noZorg,
    ZorgName: zorgs.find(({ id }) => id === zorgId)?.name ?? '',
  })
}
