import { DomainError, findProblem, type Problem } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { RecoveryPoint } from '../domain/recovery-point.ts'
import type { FreshTarget } from './operation.ts'

/** What a failover would start from. */
export interface RecoveryPointFound {
  /** Null when the one that was chosen is gone, where there is none, and where a group has none of its own. */
  readonly point: RecoveryPoint | null
  /** Whether the chosen one is still there; null when the newest was asked for, or nobody could say. */
  readonly isThere: boolean | null
  /** How old it was when it was read, by the vendor's own clock; null when not known. */
  readonly ageSeconds: number | null
  /** Why it could not be read; null when it could. */
  readonly problem: Problem | null
}

/** How long one site is waited for. */
const patienceMs = 5_000

const toSeconds = (ms: number): number => Math.max(0, Math.floor(ms / 1000))

const readFromSite = async (
  adapter: VendorAdapter,
  { target, object }: FreshTarget,
  wanted: string | null,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<RecoveryPointFound> => {
  const { kind, nativeId } = target
  // Left open, an adapter looks back only as far as the newest needs.
  const from = wanted === null ? null : new Date(0)
  const [lists, { clockSkewMs }] = await Promise.all([
    adapter.listRecoveryPoints([{ kind, nativeId, from, to: null }], signal),
    adapter.readSite(signal),
  ])
  const points = lists.flat()
  const point = (wanted === null ? points[0] : points.find((one) => one.nativeId === wanted)) ?? null
  const vendorNow = clock.now().getTime() + (clockSkewMs ?? 0)
  const ageSeconds = point === null ? object.rpo.actualSeconds : toSeconds(vendorNow - point.takenAt.getTime())
  return { point, isThere: wanted === null ? null : point !== null, ageSeconds, problem: null }
}

/**
 * The recovery point that a failover would start from, read now from the best site that answers. The age of what has no
 * points of its own is that of its oldest machine, as the vendor measures it.
 *
 * @param wanted Native id of the point that was chosen; null is the newest.
 */
export const readRecoveryPoint = async (
  { directory, clock }: { readonly directory: TargetDirectory; readonly clock: Clock },
  fresh: FreshTarget,
  wanted: string | null,
  signal: AbortSignal,
): Promise<RecoveryPointFound> => {
  const ageSeconds = fresh.object.rpo.actualSeconds
  let problem: Problem = DomainError.notFound(fresh.object.id).problem
  for (const adapter of directory.adaptersFor(fresh.target)) {
    const { supports } = adapter.capabilities()
    if (fresh.target.kind === 'ProtectionGroup' && !supports.GROUP_RECOVERY_POINTS) {
      return { point: null, isThere: null, ageSeconds, problem: null }
    }
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
      return await readFromSite(adapter, fresh, wanted, { clock, signal: limited })
    } catch (error) {
      const found = findProblem(error)
      if (found === null) throw error
      if (problem.code === 'NOT_FOUND') problem = found
    }
  }
  return { point: null, isThere: null, ageSeconds, problem }
}
