import { phaseAlert, toAlertId, type SimAlert } from './zerto-sim-alert-rules.ts'
import { enumNames } from './zerto-sim-enums.ts'
import { vraNameOf } from './zerto-sim-infrastructure.ts'
import { linkTo, linkToSite, linkToVpg, linkToZorg, type View } from './zerto-sim-links.ts'
import { asProfile, toLogDate } from './zerto-sim-profile.ts'
import { actualRpoSeconds, type SimVpg } from './zerto-sim-vpg.ts'

/** Every help identifier that this simulator can turn on. */
export const helpIdentifiers = [
  'LIC0003',
  'VPG0005',
  'VPG0006',
  'VPG0009',
  'VPG0010',
  'VPG0014',
  'VPG0017',
  'VRA0028',
] as const

/** An alert and what it is about; `vpg` is null for what is about the site. */
export interface AlertRow {
  readonly vpg: SimVpg | null
  readonly entity: (typeof enumNames.alertEntity)[number]
  readonly alert: SimAlert
}

const alertOf = (
  objectId: string,
  helpIdentifier: (typeof helpIdentifiers)[number],
  alert: Omit<SimAlert, 'id' | 'helpIdentifier'>,
): SimAlert => ({ ...alert, helpIdentifier, id: toAlertId(objectId, helpIdentifier, alert.turnedOn) })

/** The RPO alert: a warning from 15 % over the target, an error from 25 %. */
const rpoAlert = (vpg: SimVpg, now: number): SimAlert | null => {
  if (!vpg.journal.isOpen) return null
  const actual = actualRpoSeconds(vpg, now)
  const share = actual / vpg.configuredRpoSeconds
  if (share < 1.15) return null
  const level = share < 1.25 ? 0 : 1
  const description = `The RPO of VPG ${vpg.name} is ${Math.round((share - 1) * 100)}% over its target.`
  return alertOf(vpg.id, level === 0 ? 'VPG0009' : 'VPG0010', { level, description, turnedOn: vpg.lagSince })
}

/** The alerts of one group. */
const alertsOf = (vpg: SimVpg, now: number): readonly SimAlert[] =>
  [phaseAlert(vpg), rpoAlert(vpg, now)].filter((alert) => alert !== null)

/** AlertStatus of a group: 0 Normal, 1 Warning, 2 Error. */
export const alertStatusOf = (vpg: SimVpg, now: number): number =>
  Math.max(0, ...alertsOf(vpg, now).map(({ level }) => level + 1))

/** Alerts about the site that was asked: appliances that are switched off, a licence that has ended. */
const siteAlerts = ({ world, site, now }: View): readonly AlertRow[] => {
  const vras = site.infrastructure.hosts.flatMap(({ identifier, name }): readonly AlertRow[] => {
    const turnedOn = site.vraOffSince.get(identifier)
    if (turnedOn === undefined) return []
    const description = `VRA ${vraNameOf(name)} is powered off.`
    return [{ vpg: null, entity: 'Vra', alert: alertOf(identifier, 'VRA0028', { level: 1, description, turnedOn }) }]
  })
  const endedAt = world.license?.expiresAt ?? Number.POSITIVE_INFINITY
  if (endedAt > now) return vras
  const ended = { level: 1, description: 'The license has expired.', turnedOn: endedAt } as const
  return [...vras, { vpg: null, entity: 'License', alert: alertOf(site.siteIdentifier, 'LIC0003', ended) }]
}

/** An alert as `GET /v1/alerts` lists it. */
export const toAlertApi = (view: View, { vpg, entity, alert }: AlertRow): object =>
  asProfile(view.world.profile, 'same', {
    Link: linkTo(view, 'alerts', alert.id, 'AlertApi'),
    Level: enumNames.alertLevel[alert.level],
    Entity: entity,
    IsDismissed: view.world.dismissedAlerts.has(alert.id),
    HelpIdentifier: alert.helpIdentifier,
    Site: linkToSite(view, view.site.index),
    Description: alert.description,
    TurnedOn: toLogDate(view.world.profile, alert.turnedOn),
    AffectedVpgs: vpg === null ? [] : [linkToVpg(view, vpg.id)],
    AffectedZorgs: vpg === null || vpg.zorgId === null ? [] : [linkToZorg(view, vpg.zorgId)],
    Generation: alert.turnedOn,
  })

/** Every alert that is on, as the ZVM that was asked sees it. */
export const listAlerts = (view: View): readonly AlertRow[] => [
  ...[...view.world.vpgs.values()].flatMap((vpg) =>
    alertsOf(vpg, view.now).map((alert): AlertRow => ({ vpg, entity: 'Vpg', alert })),
  ),
  ...siteAlerts(view),
]
