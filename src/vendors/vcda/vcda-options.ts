import { z } from 'zod'
import { DomainError } from '../../domain/errors.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import type { VendorOptions } from '../../domain/command.ts'
import { findRecoveryPointParts } from './vcda-ids.ts'
import { networks } from './vcda-networks.ts'
import { isBefore, type ApiVersion } from './vcda-versions.ts'

/** The blocks that only this vendor understands, in the shape of its GraphQL inputs. An unknown member is refused. */

export const dataConnectionTypes = ['PLAIN', 'ENCRYPTED', 'ENCRYPTED_COMPRESSED'] as const

const vendorId = z.string().min(1).max(256)
const flag = z.boolean().nullish()
const wholeNumber = z.number().int().nonnegative()
const moment = z.union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))])

const recoveryPoints = z
  .array(z.strictObject({ replicationId: z.string(), recoveryPointId: z.string() }))
  .min(1)
  .max(500)
export type RecoveryPointChoice = z.infer<typeof recoveryPoints>

export const failoverOptions = z.strictObject({
  powerOn: flag,
  consolidate: flag,
  networks: networks.nullish(),
  placementPolicyId: vendorId.nullish(),
  sizingPolicyId: vendorId.nullish(),
  copySecurityTags: flag,
  recoveryPointByReplication: recoveryPoints.nullish(),
})

export const testFailoverOptions = z.strictObject({
  powerOn: flag,
  syncFirst: flag,
  networks: networks.nullish(),
  recoveryPointByReplication: recoveryPoints.nullish(),
})

export const moveOptions = z.strictObject({
  powerOn: flag,
  consolidate: flag,
  networks: networks.nullish(),
  placementPolicyId: vendorId.nullish(),
  sizingPolicyId: vendorId.nullish(),
  copySecurityTags: flag,
})

const retentionRules = z
  .array(z.strictObject({ count: z.number().int().min(1).max(24), distanceSeconds: wholeNumber }))
  .max(5)
type RetentionRules = z.infer<typeof retentionRules>

/** Settings of the transfer, which a start and an update have in common. */
export const transfer = {
  dataConnectionType: z.enum(dataConnectionTypes).nullish(),
  isQuiesced: flag,
  retentionRules: retentionRules.nullish(),
  initialSyncAt: moment.nullish(),
}

export const updateOptions = z.strictObject({
  ...transfer,
  owner: z
    .string()
    .max(256)
    .regex(/^[^@]+@[^@]+$/, { error: 'expected organisation@site' })
    .nullish(),
  storageProfileId: vendorId.nullish(),
  reapplyStorageProfile: flag,
  networkSettings: z.strictObject({ failover: networks.nullish(), testFailover: networks.nullish() }).nullish(),
})
export type UpdateOptions = z.infer<typeof updateOptions>

/** The block as its schema has it; without one, the block in which nothing is set. @throws INVALID_INPUT */
export const parseOptions = <T>(schema: z.ZodType<T>, options: VendorOptions | null, path: string): T => {
  const parsed = schema.safeParse(options ?? {})
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = [path, ...(issue?.path ?? [])].join('.')
  throw DomainError.invalidInput(where, issue?.message ?? 'not understood')
}

/** @throws INVALID_INPUT for an option that the site's version, where it is known, does not have yet. */
export const requireVersion = (version: ApiVersion | null, first: ApiVersion, path: string): void => {
  if (isBefore(version, first)) {
    throw DomainError.invalidInput(path, `needs VCDA ${first}, and the site speaks ${version ?? ''}`)
  }
}

/** Seconds as whole minutes, which are all that the vendor counts in. @throws INVALID_INPUT */
export const requireMinutes = (seconds: number, path: string): number => {
  if (seconds % 60 === 0) return seconds / 60
  throw DomainError.invalidInput(path, `${seconds} seconds are no whole number of minutes, and VCDA counts in minutes`)
}

/** Retention rules in the vendor's words: `distance` is minutes. @throws INVALID_INPUT */
export const toRetentionPolicy = (rules: RetentionRules, path: string) => ({
  rules: rules.map(({ count, distanceSeconds }, at) => ({
    distance: requireMinutes(distanceSeconds, `${path}.retentionRules.${at}.distanceSeconds`),
    numberOfInstances: count,
  })),
})

/** `{ <replication id>: <instance key> }`. @throws INVALID_INPUT for ids that do not belong together. */
export const toInstanceMap = (choices: RecoveryPointChoice, path: string): Record<string, string> => {
  const map = new Map<string, string>()
  for (const { replicationId, recoveryPointId } of choices) {
    const replication = parseGlobalId(replicationId)
    const point = parseGlobalId(recoveryPointId)
    const parts =
      point?.vendor === 'VCDA' && point.kind === 'RecoveryPoint' ? findRecoveryPointParts(point.nativeId) : null
    if (replication?.kind !== 'Replication' || replication.vendor !== 'VCDA' || parts === null) {
      throw DomainError.invalidInput(path, 'expected the ids of a VCDA replication and of one of its recovery points')
    }
    if (parts.replicationId !== replication.nativeId) {
      throw DomainError.invalidInput(path, `${recoveryPointId} is a recovery point of another replication`)
    }
    if (map.has(replication.nativeId)) throw DomainError.invalidInput(path, `${replicationId} is named twice`)
    map.set(replication.nativeId, parts.instanceKey)
  }
  return Object.fromEntries(map)
}
