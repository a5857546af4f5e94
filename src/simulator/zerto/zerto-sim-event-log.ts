import type { SimAlert } from './zerto-sim-alert-rules.ts'
import { enumNames, type TaskType } from './zerto-sim-enums.ts'
import type { SimTask } from './zerto-sim-tasks.ts'
import { hashUuid, type SimVpg, type SiteIndex } from './zerto-sim-vpg.ts'

/** Something that has happened. */
export interface SimEvent {
  readonly id: string
  readonly at: number
  /** Its place in `enumNames.eventType`. */
  readonly type: number
  /** Its place in `enumNames.eventEntity`. */
  readonly entity: number
  readonly category: 'Events' | 'Alerts'
  readonly isSuccess: boolean
  readonly description: string
  readonly user: string
  readonly siteIndex: SiteIndex
  readonly vpg: { readonly id: string; readonly name: string } | null
  readonly zorgId: string | null
  readonly alertId: string | null
}

/** Documented: the call answers the last thousand. */
const eventsKept = 1000

/** What has happened at both sites, oldest first. */
export class EventLog {
  #events: SimEvent[] = []

  add(event: SimEvent): void {
    const index = this.#events.findLastIndex((other) => other.at <= event.at)
    this.#events.splice(index + 1, 0, event)
    if (this.#events.length > eventsKept) this.#events.shift()
  }

  list(): readonly SimEvent[] {
    return this.#events
  }
}

const typeNumber = (name: string): number => Math.max(0, enumNames.eventType.indexOf(name))

const what: Readonly<Record<TaskType, string>> = {
  CreateProtectionGroup: 'Create VPG',
  UpdateProtectionGroup: 'Update VPG',
  RemoveProtectionGroup: 'Delete VPG',
  FailoverBeforeCommit: 'Failover before commit of VPG',
  FailoverCommit: 'Commit failover of VPG',
  FailoverRollback: 'Roll back failover of VPG',
  MoveBeforeCommit: 'Move before commit of VPG',
  MoveCommit: 'Commit move of VPG',
  MoveRollback: 'Roll back move of VPG',
  FailOverTest: 'Failover test of VPG',
  StopFailOverTest: 'Stop failover test of VPG',
  InsertTaggedCP: 'Insert tagged checkpoint into VPG',
  Clone: 'Clone VPG',
  InitFullSync: 'Force sync of VPG',
  PauseProtectionGroup: 'Pause VPG',
  ResumeProtectionGroup: 'Resume VPG',
  FlrJournalMount: 'Mount journal of VPG',
  FlrJournalUnmount: 'Unmount journal of VPG',
}

/** An event about a group, by the name of its type. */
export const vpgEvent = (
  event: Pick<SimEvent, 'at' | 'isSuccess' | 'user' | 'siteIndex' | 'zorgId'> & {
    readonly type: TaskType
    readonly vpgId: string
    readonly vpgName: string
    /** What makes its identifier its own. */
    readonly key: string
    readonly reason: string
  },
): SimEvent => {
  const { key, vpgId, vpgName, type, reason, ...rest } = event
  const outcome = event.isSuccess ? 'completed successfully' : `failed. ${reason}`
  return {
    ...rest,
    id: hashUuid(`event${key}`),
    type: typeNumber(type),
    entity: 0,
    category: 'Events',
    description: `${what[type]} ${vpgName} ${outcome}`.trim(),
    vpg: { id: vpgId, name: vpgName },
    alertId: null,
  }
}

/** What a task leaves behind when it has ended. */
export const eventOfTask = (task: SimTask, at: number, zorgId: string | null): SimEvent =>
  vpgEvent({
    at,
    zorgId,
    key: task.id,
    type: task.type,
    vpgId: task.vpgId,
    vpgName: task.vpgName,
    isSuccess: task.state === 6,
    reason: task.completeReason,
    user: task.initiatedBy,
    siteIndex: task.siteIndex,
  })

/** The event of an alert that was turned on, or off again at `at`. */
export const eventOfAlert = (
  vpg: SimVpg | null,
  alert: SimAlert,
  change: { readonly isOn: boolean; readonly at: number; readonly siteIndex: SiteIndex },
): SimEvent => ({
  id: hashUuid(`event${alert.id}${change.isOn ? 'on' : 'off'}`),
  at: change.at,
  type: typeNumber(change.isOn ? 'AlertTurnedOn' : 'AlertTurnedOff'),
  entity: vpg === null ? 1 : 0,
  category: 'Alerts',
  isSuccess: true,
  description: `${change.isOn ? 'Alert turned on' : 'Alert turned off'}: ${alert.description}`,
  user: 'System',
  siteIndex: change.siteIndex,
  vpg: vpg === null ? null : { id: vpg.id, name: vpg.name },
  zorgId: vpg?.zorgId ?? null,
  alertId: alert.id,
})

/** What an alert that is over leaves behind. Of one that is on, the list itself shows the first of the two. */
export const eventsOfEndedAlert = (vpg: SimVpg, alert: SimAlert, at: number): readonly SimEvent[] => [
  eventOfAlert(vpg, alert, { isOn: true, at: alert.turnedOn, siteIndex: vpg.protectedSite }),
  eventOfAlert(vpg, alert, { isOn: false, at, siteIndex: vpg.protectedSite }),
]
