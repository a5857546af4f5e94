import { findProblem } from '../domain/errors.ts'
import { withGroupFacts } from '../domain/member-facts.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Replication } from '../domain/replication.ts'
import type { TaskTarget } from '../domain/task.ts'

/** What one read of a target gave. */
export type TargetView =
  /** `groupNativeId` is that of a replication's group. */
  | {
      readonly kind: 'SEEN'
      readonly object: ProtectionGroup | Replication
      readonly groupNativeId: string | null
    }
  /** The site does not know it. */
  | { readonly kind: 'GONE' }
  /** `problem` is what came instead. */
  | { readonly kind: 'UNREADABLE'; readonly problem: unknown }

/** One fresh read. Rejects only when `signal` aborts. */
export const viewTarget = async (
  adapter: VendorAdapter,
  { kind, nativeId }: TaskTarget,
  signal: AbortSignal,
): Promise<TargetView> => {
  try {
    if (kind === 'ProtectionGroup') {
      return { kind: 'SEEN', object: await adapter.getGroup(nativeId, signal), groupNativeId: null }
    }
    const object = await adapter.getReplication(nativeId, signal)
    return { kind: 'SEEN', object, groupNativeId: object.groupNativeId }
  } catch (error) {
    signal.throwIfAborted()
    const problem = findProblem(error)
    return problem?.code === 'NOT_FOUND' ? { kind: 'GONE' } : { kind: 'UNREADABLE', problem: problem ?? String(error) }
  }
}

/** Like {@link viewTarget}, with what only its group tells of a machine. */
export const viewWithGroupFacts = async (
  adapter: VendorAdapter,
  target: TaskTarget,
  signal: AbortSignal,
): Promise<TargetView> => {
  const view = await viewTarget(adapter, target, signal)
  if (view.kind !== 'SEEN' || view.groupNativeId === null || !('vm' in view.object)) return view
  if (!adapter.capabilities().rules.testIsToldByGroup) return view
  const group = await viewTarget(adapter, { ...target, kind: 'ProtectionGroup', nativeId: view.groupNativeId }, signal)
  if (group.kind !== 'SEEN') return { kind: 'UNREADABLE', problem: 'The group of the machine cannot be read' }
  return { ...view, object: withGroupFacts(view.object, group.object) }
}
