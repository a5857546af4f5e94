import { DomainError } from '../domain/errors.ts'
import { parseGlobalId } from '../domain/global-id.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import type { Place } from '../domain/reach.ts'
import type { TaskTarget } from '../domain/task.ts'
import type { Vendor } from '../domain/vendor.ts'

/** @throws NOT_FOUND for what no gateway made, INVALID_INPUT for the id of something that cannot be acted on. */
export const requireTarget = (targetId: string): TaskTarget => {
  const key = parseGlobalId(targetId)
  if (key === null) throw DomainError.notFound(targetId)
  if (key.kind === 'ProtectionGroup' || key.kind === 'Replication') {
    return { kind: key.kind, vendor: key.vendor, nativeId: key.nativeId }
  }
  throw DomainError.invalidInput(
    'input.targetId',
    `is the id of a ${key.kind}, not of a Replication or ProtectionGroup`,
  )
}

/** Where the target with this id stands as it was last listed; nowhere for any other id. */
export const toListedPlaces = (id: string, directory: Pick<TargetDirectory, 'placesOf'>): readonly Place[] => {
  const key = parseGlobalId(id)
  if (key?.kind !== 'ProtectionGroup' && key?.kind !== 'Replication') return []
  return directory.placesOf({ kind: key.kind, vendor: key.vendor, nativeId: key.nativeId })
}

/** The vendor of a site. @throws NOT_FOUND for what is no id of a site. */
export const requireSite = (siteId: string): Vendor => {
  const key = parseGlobalId(siteId)
  if (key?.kind === 'Site') return key.vendor
  throw DomainError.notFound(siteId, `No configured site has the id ${siteId}`)
}

/** Native id of an alert. @throws NOT_FOUND for what is no id of an alert. */
export const requireAlert = (alertId: string): string => {
  const key = parseGlobalId(alertId)
  if (key?.kind === 'Alert') return key.nativeId
  throw DomainError.notFound(alertId)
}

/** Native id of a recovery point of the target's vendor; null stays null, which means the newest. @throws INVALID_INPUT */
export const parseRecoveryPointId = (id: string | null, target: TaskTarget): string | null => {
  if (id === null) return null
  const key = parseGlobalId(id)
  if (key?.kind === 'RecoveryPoint' && key.vendor === target.vendor) return key.nativeId
  throw DomainError.invalidInput('input.recoveryPointId', `is not the id of a recovery point of ${target.vendor}`)
}

/** Native ids of the members to recover; null stays null, which means all of them. @throws INVALID_INPUT */
export const parseMemberIds = (ids: readonly string[] | null, target: TaskTarget): readonly string[] | null => {
  if (ids === null) return null
  const path = 'input.replicationIds'
  if (target.kind === 'Replication') throw DomainError.invalidInput(path, 'goes with a group as target only')
  if (ids.length === 0) throw DomainError.invalidInput(path, 'names no member; leave it out to recover all of them')
  return [...new Set(ids)].map((id) => {
    const key = parseGlobalId(id)
    if (key?.kind === 'Replication' && key.vendor === target.vendor) return key.nativeId
    throw DomainError.invalidInput(path, `${id} is not the id of a replication of ${target.vendor}`)
  })
}
