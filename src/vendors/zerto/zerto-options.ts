import * as z from 'zod'
import type { CommitPolicy } from '../../domain/protection.ts'
import type { VendorOptions } from '../../domain/command.ts'
import { DomainError } from '../../domain/errors.ts'
import { isMachineId, isNativeId, isObjectId } from './zerto-ids.ts'

/** Where this vendor's block stands in an input. */
export const optionsPath = 'input.zerto'
/** Where the description of a new group stands in an input. */
export const workPath = 'input.work.zertoGroup'

const flag = z.boolean().nullish()
const largestInt32 = 2_147_483_647
const count = z.int().min(0).max(largestInt32).nullish()
const positive = z.int().min(1).max(largestInt32).nullish()
const objectId = z.string().refine(isObjectId, 'not an identifier of this vendor, e.g. <guid>.host-15').nullish()

/** `ZertoCommitPolicy`. MANUAL is the vendor's None: the recovery waits for a person. */
export const commitPolicies = ['COMMIT', 'ROLLBACK', 'MANUAL'] as const satisfies readonly CommitPolicy[]
/** `ZertoShutdownPolicy`, for the protected machines before a failover. */
export const shutdownPolicies = ['NONE', 'GRACEFUL', 'FORCE'] as const
/** `ZertoGroupPriority`. */
export const groupPriorities = ['LOW', 'MEDIUM', 'HIGH'] as const

const commit = { commitPolicy: z.enum(commitPolicies).nullish(), commitAfterSeconds: count }

/** The members of each option block, in the shape of its GraphQL input. */
export const optionSchemas = {
  none: z.strictObject({}),
  failover: z.strictObject({ ...commit, shutdownPolicy: z.enum(shutdownPolicies).nullish(), reverseProtection: flag }),
  commitFailover: z.strictObject({ reverseProtection: flag }),
  move: z.strictObject({
    ...commit,
    forceShutdown: flag,
    reverseProtection: flag,
    keepSourceVms: flag,
    continueOnPreScriptFailure: flag,
  }),
  commitMove: z.strictObject({ reverseProtection: flag, keepSourceVms: flag }),
  stop: z.strictObject({ keepRecoveryVolumes: flag, force: flag }),
  clone: z.strictObject({ datastoreId: objectId }),
  update: z.strictObject({ journalHistoryHours: positive }),
} as const

const siteId = z.string().refine((id) => isNativeId('Site', id), 'no site of this vendor')

const groupVm = z.strictObject({
  vmId: z.string().refine(isMachineId, 'not the identifier of a machine, e.g. <guid>.vm-38'),
  recoveryHostId: objectId,
  recoveryDatastoreId: objectId,
  recoveryFolderId: objectId,
})

/** `ZertoGroupWorkInput`, once its site ids are native. */
export const groupWorkSchema = z.strictObject({
  name: z.string().refine((name) => name.trim() !== '', 'must not be empty'),
  protectedSiteId: siteId,
  recoverySiteId: siteId,
  vms: z.array(groupVm).min(1),
  defaultHostId: objectId,
  defaultHostClusterId: objectId,
  defaultDatastoreId: objectId,
  defaultFolderId: objectId,
  resourcePoolId: objectId,
  failoverNetworkId: objectId,
  testNetworkId: objectId,
  journalHistoryHours: positive,
  journalDatastoreId: objectId,
  journalHardLimitMegabytes: count,
  journalWarningMegabytes: count,
  testIntervalMinutes: count,
  priority: z.enum(groupPriorities).nullish(),
  useWanCompression: flag,
  organizationId: objectId,
})
export type GroupWork = z.infer<typeof groupWorkSchema>

/** @throws INVALID_INPUT naming every member that is wrong; nothing the vendor cannot honour is ignored. */
export const parseInput = <S extends z.ZodType>(schema: S, input: VendorOptions | null, path: string): z.infer<S> => {
  const result = schema.safeParse({ ...input })
  if (result.success) return result.data
  const fields = result.error.issues.map((issue) => ({
    path: [path, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }))
  const [first] = fields
  throw new DomainError({ code: 'INVALID_INPUT', message: `${first?.path}: ${first?.message}`, fields })
}
