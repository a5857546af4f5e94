import { DomainError } from '../domain/errors.ts'
import { withGroupFacts } from '../domain/member-facts.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { Replication } from '../domain/replication.ts'
import type { TaskTarget } from '../domain/task.ts'
import type { FreshTarget } from './operation.ts'

const passing = new Set(['VENDOR_UNAVAILABLE', 'TIMEOUT', 'NOT_FOUND', 'VENDOR_PROTOCOL', 'RATE_LIMITED'])

/** A machine as it is now, with what only its group tells. */
const readMember = async (adapter: VendorAdapter, nativeId: string, signal: AbortSignal): Promise<Replication> => {
  const member = await adapter.getReplication(nativeId, signal)
  if (member.groupNativeId === null || !adapter.capabilities().rules.testIsToldByGroup) return member
  return withGroupFacts(member, await adapter.getGroup(member.groupNativeId, signal))
}

/** One read of a target from one site. @throws what the port's reads throw. */
export const readFrom = async (
  adapter: VendorAdapter,
  target: TaskTarget,
  signal: AbortSignal,
): Promise<FreshTarget> => {
  const { kind, nativeId } = target
  const object =
    kind === 'ProtectionGroup' ? await adapter.getGroup(nativeId, signal) : await readMember(adapter, nativeId, signal)
  return { target, object }
}

/**
 * The target as it is now, not as it was last listed, from the best site that answers.
 *
 * @throws NOT_FOUND when no site knows it, else what the best site threw when none answers.
 */
export const readFresh = async (
  directory: TargetDirectory,
  targetId: string,
  target: TaskTarget,
  signal: AbortSignal,
): Promise<{ readonly adapter: VendorAdapter; readonly fresh: FreshTarget }> => {
  let failure: DomainError | null = null
  for (const adapter of directory.adaptersFor(target)) {
    try {
      return { adapter, fresh: await readFrom(adapter, target, signal) }
    } catch (error) {
      if (!(error instanceof DomainError) || !passing.has(error.code)) throw error
      // A site that does not answer says more than one that does not know it.
      if (failure === null || failure.code === 'NOT_FOUND') failure = error
    }
  }
  if (failure === null || failure.code === 'NOT_FOUND') throw DomainError.notFound(targetId)
  throw failure
}
