import { hashUuid, type SimVpg } from './zerto-sim-vpg.ts'

/** Something that is wrong, derived from the state of the world whenever somebody asks. */
export interface SimAlert {
  /** The same for as long as the alert is on. */
  readonly id: string
  readonly helpIdentifier: string
  /** 0 Warning, 1 Error. */
  readonly level: 0 | 1
  readonly description: string
  readonly turnedOn: number
}

/** An identifier that is always the same for one alert of one object, from one moment on. */
export const toAlertId = (objectId: string, helpIdentifier: string, turnedOn: number): string =>
  hashUuid(`${objectId}${helpIdentifier}${turnedOn}`)

/** The alert of what a group is doing, by the vendor's list of help identifiers; null when it is nothing bad. */
export const phaseAlert = (vpg: SimVpg): SimAlert | null => {
  const { id, phase, name } = vpg
  const alert = (helpIdentifier: string, level: 0 | 1, description: string): SimAlert => ({
    id: toAlertId(id, helpIdentifier, phase.since),
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
