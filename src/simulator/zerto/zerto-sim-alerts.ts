import { enumNames } from './zerto-sim-enums.ts'
import { linkTo, linkToSite, linkToVpg, linkToZorg, type View } from './zerto-sim-links.ts'
import { toWireDate } from './zerto-sim-request.ts'
import { actualRpoSeconds, hashUuid, type SimVpg } from './zerto-sim-vpg.ts'

/** What is wrong with a group, derived from its state whenever somebody asks. */
export interface SimAlert {
  /** The same for as long as the alert is on. */
  readonly id: string
  readonly helpIdentifier: string
  /** 0 Warning, 1 Error. */
  readonly level: 0 | 1
  readonly description: string
  readonly turnedOn: number
}

type AlertKind = Omit<SimAlert, 'id'>

/** The alert of the state, by the vendor's list of help identifiers. */
const stateAlert = (vpg: SimVpg): AlertKind | null => {
  const { phase, name } = vpg
  const alert = (helpIdentifier: string, level: 0 | 1, description: string): AlertKind => ({
    helpIdentifier,
    level,
    description,
    turnedOn: phase.since,
  })
  if (phase.kind === 'ERROR') return alert('VPG0005', 1, `VPG ${name} is in an error state.`)
  if (phase.kind === 'NEEDS_CONFIGURATION') return alert('VPG0006', 1, `VPG ${name} is missing configuration settings.`)
  if (phase.kind === 'RECOVERING' && phase.stage === 'BEFORE_COMMIT') {
    return alert('VPG0014', 0, `VPG ${name} is waiting for commit or rollback.`)
  }
  if (phase.kind === 'PAUSED') return alert('VPG0017', 0, `Protection of VPG ${name} is paused.`)
  return null
}

/** The RPO alert: a warning from 15 % over the target, an error from 25 %. */
const rpoAlert = (vpg: SimVpg, now: number): AlertKind | null => {
  if (!vpg.journal.isOpen) return null
  const actual = actualRpoSeconds(vpg, now)
  const share = actual / vpg.configuredRpoSeconds
  if (share < 1.15) return null
  const level = share < 1.25 ? 0 : 1
  const description = `The RPO of VPG ${vpg.name} is ${Math.round((share - 1) * 100)}% over its target.`
  return { helpIdentifier: level === 0 ? 'VPG0009' : 'VPG0010', level, description, turnedOn: vpg.lagSince }
}

/** The alerts of one group. */
const alertsOf = (vpg: SimVpg, now: number): readonly SimAlert[] =>
  [stateAlert(vpg), rpoAlert(vpg, now)]
    .filter((alert) => alert !== null)
    .map((alert) => ({ ...alert, id: hashUuid(`${vpg.id}${alert.helpIdentifier}${alert.turnedOn}`) }))

/** AlertStatus of a group: 0 Normal, 1 Warning, 2 Error. */
export const alertStatusOf = (vpg: SimVpg, now: number): number =>
  [stateAlert(vpg), rpoAlert(vpg, now)].reduce(
    (worst, alert) => Math.max(worst, alert === null ? 0 : alert.level + 1),
    0,
  )

/** An alert as `GET /v1/alerts` lists it. */
export const toAlertApi = (view: View, vpg: SimVpg, alert: SimAlert) => ({
  Link: linkTo(view, 'alerts', alert.id, 'AlertApi'),
  Level: enumNames.alertLevel[alert.level],
  Entity: 'Vpg',
  IsDismissed: view.world.dismissedAlerts.has(alert.id),
  HelpIdentifier: alert.helpIdentifier,
  Site: linkToSite(view, view.site.index),
  Description: alert.description,
  TurnedOn: toWireDate(alert.turnedOn),
  AffectedVpgs: [linkToVpg(view, vpg.id)],
  AffectedZorgs: vpg.zorgId === null ? [] : [linkToZorg(view, vpg.zorgId)],
  Generation: alert.turnedOn,
})

/** Every alert that is on, with its group. */
export const listAlerts = (view: View): readonly { readonly vpg: SimVpg; readonly alert: SimAlert }[] =>
  [...view.world.vpgs.values()].flatMap((vpg) => alertsOf(vpg, view.now).map((alert) => ({ vpg, alert })))
