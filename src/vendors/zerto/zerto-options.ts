import * as z from 'zod'
import type { CommitPolicy } from '../../domain/protection.ts'
import type { VendorOptions } from '../../domain/command.ts'
import { DomainError } from '../../domain/errors.ts'
import { largestInt32 } from './zerto-group-options.ts'
import { isObjectId } from './zerto-ids.ts'

/** Where this vendor's block stands in an input. */
export const optionsPath = 'input.zerto'

const flag = z.boolean().nullish()
const count = z.int().min(0).max(largestInt32).nullish()
const objectId = z.string().refine(isObjectId, 'not an identifier of this vendor, e.g. <guid>.host-15').nullish()

/** `ZertoCommitPolicy`. MANUAL is the vendor's None: the recovery waits for a person. */
export const commitPolicies = ['COMMIT', 'ROLLBACK', 'MANUAL'] as const satisfies readonly CommitPolicy[]
/** `ZertoShutdownPolicy`, for the protected machines before a failover. */
export const shutdownPolicies = ['NONE', 'GRACEFUL', 'FORCE'] as const

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
  /** What the block of a failover or move says of its commit; the rest of it was sent then. */
  pending: z.object({ reverseProtection: flag, keepSourceVms: flag }),
  stop: z.strictObject({ keepRecoveryVolumes: flag, force: flag }),
  clone: z.strictObject({ datastoreId: objectId }),
} as const

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
