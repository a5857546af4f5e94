import { parseGlobalId } from '../../domain/global-id.ts'
import type { ProtectedObject } from '../../domain/protection.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import { builder } from '../builder.ts'
import { VendorEnum } from '../vendor-enum.ts'
import { HealthEnum, ProtectionStateEnum } from './protection-enums.ts'
import { ActionAvailabilityRef, isGroup, RecoveryStatusRef, RpoStatusRef } from './protection-types.ts'

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
    recovery: t.expose('recovery', { type: RecoveryStatusRef, description: 'How far a recovery has come.' }),
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
