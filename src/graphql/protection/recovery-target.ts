import { parseGlobalId, toGlobalId } from '../../domain/global-id.ts'
import type { ProtectedObject, RecoveryStatus } from '../../domain/protection.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import { builder } from '../builder.ts'
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
      resolve: (object, _args, { loaders }) =>
        object.recovery.phase === 'AWAITING_COMMIT' ? withDecision(object, loaders) : object.recovery,
    }),
    actions: t.field({
      type: [ActionAvailabilityRef],
      description: 'What may be done now. A mutation looks again, freshly, before it sends anything.',
      resolve: (object, _args, { inventory }) => [
        ...inventory.judge(isGroup(object) ? 'ProtectionGroup' : 'Replication', object),
      ],
    }),
    isStale: t.exposeBoolean('isStale', {
      description: 'True when no site that lists it could be read just now: this is how it was at `observations`.',
    }),
  }),
})
