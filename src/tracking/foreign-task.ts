import { createHash } from 'node:crypto'
import type { Operation } from '../domain/actions.ts'
import { toGlobalId } from '../domain/global-id.ts'
import type { Place } from '../domain/reach.ts'
import { isFinal, type Task, type TaskReading, type TaskTarget } from '../domain/task.ts'
import type { Vendor } from '../domain/vendor.ts'
import { endStages } from './decision-stage.ts'

/** One form of the vendor's id of a task for comparing: a vendor may write one id in letters of either case. */
export const toTaskKey = (vendorTaskId: string): string => vendorTaskId.toLowerCase()

// Whoever finds a vendor's task, and however often: it has one id here.
const toNativeId = (vendor: Vendor, vendorTaskId: string): string =>
  createHash('sha256')
    .update(`${vendor}:${toTaskKey(vendorTaskId)}`)
    .digest('hex')
    .slice(0, 32)

const isFurther = (one: TaskReading, other: TaskReading): boolean => {
  if (isFinal(one.state) !== isFinal(other.state)) return isFinal(one.state)
  return (one.progressPercent ?? -1) > (other.progressPercent ?? -1)
}

const startOf = ({ startedAt }: TaskReading): number => startedAt?.getTime() ?? Infinity

/** Each task once, as it stands the furthest, the oldest first: a site may list one twice, and in any order. */
export const toOrder = (readings: readonly TaskReading[]): readonly TaskReading[] => {
  const byKey = new Map<string, TaskReading>()
  for (const reading of readings) {
    const key = toTaskKey(reading.vendorTaskId)
    const known = byKey.get(key)
    if (known === undefined || isFurther(reading, known)) byKey.set(key, reading)
  }
  return [...byKey.values()].toSorted((one, other) => startOf(one) - startOf(other) || 0)
}

const mayBeSameTarget = (one: TaskTarget | null, other: TaskTarget | null): boolean => {
  // A vendor may name the group of the machine that was asked for.
  if (one === null || other === null || one.kind !== other.kind) return true
  return one.nativeId === other.nativeId
}

/** Whether a task that the site lists could be that of a call from here whose answer is not known. */
export const mayBeOf = (unanswered: Task, reading: TaskReading): boolean => {
  if (reading.operation !== unanswered.operation && reading.operation !== 'OTHER') return false
  if (unanswered.operation === 'START_REPLICATION') {
    const [one, other] = [unanswered.targetName, reading.targetName]
    return one === null || other === null || one === other
  }
  return mayBeSameTarget(unanswered.target, reading.target)
}

const rollbacks: ReadonlySet<Operation> = new Set(['ROLLBACK_FAILOVER', 'ROLLBACK_MOVE'])

/** What comes after a recovery on the same target, so that how the target is now says nothing of the recovery any more. */
const sequels: ReadonlySet<Operation> = new Set([
  'FAILOVER',
  'MOVE',
  'COMMIT_FAILOVER',
  'COMMIT_MOVE',
  'REVERSE',
  'STOP',
  ...rollbacks,
])

const isSameTarget = (one: TaskTarget | null, other: TaskTarget | null): boolean =>
  one !== null && other !== null && one.kind === other.kind && one.nativeId === other.nativeId

/**
 * How a task of the site that has succeeded stands, where its site has recoveries that are decided on. The newest one of its
 * target may wait for the decision: it is RUNNING until a look at the target has told.
 *
 * @param listed All that the site has listed, the oldest first.
 */
export const toOpenOrEnded = (
  reading: TaskReading,
  listed: readonly TaskReading[],
): Pick<TaskReading, 'state' | 'stage'> => {
  const { state, stage, target } = reading
  const later = listed.slice(listed.indexOf(reading) + 1)
  const sequel = later.find((other) => sequels.has(other.operation) && isSameTarget(other.target, target))
  if (sequel === undefined || !isFinal(sequel.state)) return { state: 'RUNNING', stage: null }
  const isTakenBack = rollbacks.has(sequel.operation) && sequel.state === 'SUCCEEDED'
  return isTakenBack ? { state: 'CANCELLED', stage: endStages.rolledBack } : { state, stage }
}

/** A task of the site as one that somebody else has started. The site's clock may be ahead: it did not start in our future. */
export const toForeignTask = (
  reading: TaskReading,
  found: { readonly vendor: Vendor; readonly siteName: string; readonly places: readonly Place[]; readonly at: Date },
): Task => {
  const { vendor, siteName, places, at } = found
  const { startedAt, endedAt, ...told } = reading
  return {
    ...told,
    id: toGlobalId('Task', vendor, toNativeId(vendor, reading.vendorTaskId)),
    vendor,
    siteName,
    places,
    dispatch: 'FOREIGN',
    startedAt: startedAt === null || startedAt > at ? at : startedAt,
    updatedAt: at,
    endedAt: isFinal(reading.state) ? (endedAt ?? at) : null,
    request: null,
    awaitingSince: null,
    autoDecisionAt: null,
    unfinishedSend: null,
    reconciliation: null,
  }
}
