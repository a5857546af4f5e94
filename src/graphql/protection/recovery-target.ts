import type { ActionAvailability } from '../../domain/actions.ts'
import { parseGlobalId, toGlobalId } from '../../domain/global-id.ts'
import type { ProtectedObject, RecoveryStatus } from '../../domain/protection.ts'
import { findScopeRefusal, scopeOf } from '../../domain/required-scope.ts'
import { reachOf, type Scope, type Viewer } from '../../domain/viewer.ts'
import type { InventoryView } from '../../inventory/inventory-view.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import { keptBy } from '../../std/kept-by.ts'
import { builder } from '../builder.ts'
import { lastingWith } from '../lasting.ts'
import type { Loaders } from '../loaders.ts'
import { VendorEnum } from '../vendor-enum.ts'
import { HealthEnum, ProtectionStateEnum } from './protection-enums.ts'
import { ActionAvailabilityRef, isGroup, RecoveryStatusRef, RpoStatusRef } from './protection-types.ts'

/** The deadline of a decision, which only the task knows that asked for it where the vendor does not tell. */
const withDecision = async (object: Seen<ProtectedObject>, loaders: Loaders): Promise<RecoveryStatus> => {
  const { id, vendor, recovery } = object
  const groupNativeId = 'groupNativeId' in object ? String(object.groupNativeId) : null
  const ids = groupNativeId === null ? [id] : [id, toGlobalId('ProtectionGroup', vendor, groupNativeId)]
  const waiting = (await Promise.all(ids.map((one) => loaders.awaiting.load(one)))).find((task) => task !== null)
  if (waiting === undefined) return recovery
  return {
    ...recovery,
    since: recovery.since ?? waiting.awaitingSince,
    commitPolicy: recovery.commitPolicy ?? waiting.request?.decision?.policy ?? null,
    autoDecisionAt: recovery.autoDecisionAt ?? waiting.autoDecisionAt,
  }
}

/** The scopes that hold everywhere: where an object stands is not looked at then. */
const boundlessScopes = keptBy(
  (viewer: Viewer): ReadonlySet<Scope> =>
    new Set([...viewer.scopes].filter((scope) => reachOf(viewer, scope) === null)),
)

/** What the caller has no scope for may not be done, however it stands. */
const toAllowed = (
  verdict: ActionAvailability,
  viewer: Viewer,
  object: ProtectedObject,
  inventory: InventoryView,
): ActionAvailability => {
  const scope = scopeOf[verdict.action]
  if (boundlessScopes(viewer).has(scope)) return verdict
  const reason = findScopeRefusal(viewer, scope, inventory.toPlaces(object))
  return reason === null ? verdict : { ...verdict, available: false, reason }
}

export const RecoveryTargetRef = builder.interfaceRef<Seen<ProtectedObject>>('RecoveryTarget')
RecoveryTargetRef.implement({
  description: 'Anything that can be recovered: a replication or a group.',
  resolveType: ({ id }) => parseGlobalId(id)?.kind,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Opaque, and the same for as long as the vendor keeps the object.' }),
    vendor: t.expose('vendor', { type: VendorEnum, description: 'The product.' }),
    name: t.exposeString('name', { description: 'As the vendor calls it.' }),
    state: t.expose('state', { type: ProtectionStateEnum, description: 'Where it stands.' }),
    health: t.expose('health', { type: HealthEnum, description: 'How much attention it needs.' }),
    rpo: t.expose('rpo', { type: RpoStatusRef, description: 'The recovery point objective, and how it is kept.' }),
    recovery: t.field({
      type: RecoveryStatusRef,
      description: 'How far a recovery has come.',
      extensions: lastingWith(),
      resolve: (object, _args, { loaders }) =>
        object.recovery.phase === 'AWAITING_COMMIT' ? withDecision(object, loaders) : object.recovery,
    }),
    actions: t.field({
      type: [ActionAvailabilityRef],
      description: 'What may be done now, by who is asking. A mutation looks again, freshly, before it sends anything.',
      extensions: lastingWith(),
      resolve: (object, _args, { inventory, viewer }) => {
        const verdicts = inventory.judge(isGroup(object) ? 'ProtectionGroup' : 'Replication', object)
        return verdicts.map((verdict) => toAllowed(verdict, viewer, object, inventory))
      },
    }),
    isStale: t.exposeBoolean('isStale', {
      description: 'True when no site that lists it could be read just now: this is how it was at `observations`.',
    }),
  }),
})
