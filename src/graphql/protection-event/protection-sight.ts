import type { TargetKind } from '../../domain/capabilities.ts'
import type { ProtectedObject } from '../../domain/protection.ts'
import type { ProtectionGroup } from '../../domain/protection-group.ts'
import type { Replication } from '../../domain/replication.ts'
import type { InventoryView } from '../../inventory/inventory-view.ts'
import type { Listing } from '../../inventory/listing.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import type { ChangeKind, ProtectionStreamEvent } from './protection-event-stream.ts'

/** One event as a subscriber gets it: with what it is about, as it is now. */
export interface ProtectionSight {
  readonly cursor: string
  readonly kind: ChangeKind
  readonly at: Date
  /** Global id; null for a word about the stream itself. */
  readonly targetId: string | null
  readonly target: Seen<ProtectedObject> | null
  readonly changedFields: readonly string[]
  readonly totalCount: number | null
  readonly missedEvents: number | null
}

/** What a subscriber asked for. */
export interface Interest {
  readonly kinds: ReadonlySet<TargetKind>
  readonly matchesGroup: (group: Seen<ProtectionGroup>) => boolean
  readonly matchesReplication: (replication: Seen<Replication>) => boolean
}

type Lists = Pick<InventoryView, 'reach' | 'catchUp' | 'listGroups' | 'listReplications'>

// However old: nobody is asked for the sake of one event.
const anyAgeSeconds = Number.MAX_SAFE_INTEGER

const count = <T extends ProtectedObject>({ byId }: Listing<T>, matches: (object: Seen<T>) => boolean): number =>
  byId.values().reduce((sum, object) => (matches(object) ? sum + 1 : sum), 0)

const countMatching = async ({ kinds, matchesGroup, matchesReplication }: Interest, lists: Lists): Promise<number> => {
  const [groups, replications] = await Promise.all([
    kinds.has('ProtectionGroup') ? lists.listGroups(anyAgeSeconds) : null,
    kinds.has('Replication') ? lists.listReplications(anyAgeSeconds) : null,
  ])
  return (
    (groups === null ? 0 : count(groups, matchesGroup)) +
    (replications === null ? 0 : count(replications, matchesReplication))
  )
}

const findIn = <T extends ProtectedObject>(
  { byId }: Listing<T>,
  id: string,
  matches: (object: Seen<T>) => boolean,
): { readonly target: Seen<T> | null; readonly isWanted: boolean } => {
  const target = byId.get(id) ?? null
  return { target, isWanted: target === null || matches(target) }
}

/**
 * Looks at what an event is about. Something that is not what was asked for is told of as REMOVED: whether the subscriber
 * has it is not known here, because he may have read the list at any time. So is, for who sees a part only, what is not there:
 * it may have left that part, and then no other event will follow.
 */
export const lookAt = async (
  { cursor, kind, at, change, missedEvents }: ProtectionStreamEvent,
  interest: Interest,
  lists: Lists,
): Promise<ProtectionSight> => {
  const bare = { cursor, kind, at, targetId: null, target: null, changedFields: [], totalCount: null, missedEvents }
  if (kind === 'SNAPSHOT') return { ...bare, totalCount: await countMatching(interest, lists) }
  if (change === null) return bare
  const { id: targetId, changedFields } = change
  const removed: ProtectionSight = { ...bare, targetId, kind: 'REMOVED' }
  if (kind === 'REMOVED') return removed
  await lists.catchUp(change)
  const { target, isWanted } =
    change.target.kind === 'ProtectionGroup'
      ? findIn(await lists.listGroups(anyAgeSeconds), targetId, interest.matchesGroup)
      : findIn(await lists.listReplications(anyAgeSeconds), targetId, interest.matchesReplication)
  const isOut = target === null && lists.reach !== null
  return isWanted && !isOut ? { ...bare, targetId, target, changedFields } : removed
}
