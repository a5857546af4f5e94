import type { GraphQLResolveInfo } from 'graphql'
import type { TargetKind } from '../../domain/capabilities.ts'
import { DomainError } from '../../domain/errors.ts'
import type { ProtectedObject } from '../../domain/protection.ts'
import type { RecoveryPoint } from '../../domain/recovery-point.ts'
import { requirePageSize, toPage } from '../../inventory/paging.ts'
import type { Connection } from '../connection-type.ts'
import type { GatewayContext } from '../context.ts'
import { noteGaps } from '../coverage.ts'
import { newestFirst } from './recovery-point-type.ts'

const defaultPage = 50

/** What may be asked of an object's recovery points. */
export interface RecoveryPointArgs {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly from?: Date | null | undefined
  readonly to?: Date | null | undefined
  readonly taggedOnly?: boolean | null | undefined
}

/** The recovery points of one object. A site that cannot be asked costs this list only, and says so in `coverage`. */
export const loadRecoveryPoints = async (
  kind: TargetKind,
  { vendor, nativeId }: ProtectedObject,
  args: RecoveryPointArgs,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<Connection<RecoveryPoint>> => {
  const { first, after = null, from = null, to = null } = args
  requirePageSize(first ?? defaultPage)
  if (from !== null && to !== null && from > to) throw DomainError.invalidInput('from', 'is later than `to`')
  const { points, problem } = await context.loaders.recoveryPoints.load({ kind, vendor, nativeId, from, to })
  const chosen = args.taggedOnly === true ? points.filter(({ tag }) => tag !== null) : points
  const siteName = problem !== null && 'siteName' in problem ? problem.siteName : vendor
  const coverage =
    problem === null ? [] : [{ siteName, completeness: 'UNAVAILABLE', observedAt: null, problem } as const]
  noteGaps(coverage, context, info)
  return { ...toPage(chosen, newestFirst, { first: first ?? defaultPage, after }), coverage }
}
