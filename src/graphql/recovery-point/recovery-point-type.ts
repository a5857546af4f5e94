import type { RecoveryPoint, QuiesceKind } from '../../domain/recovery-point.ts'
import type { Ordering } from '../../inventory/paging.ts'
import { builder } from '../builder.ts'
import { connectionType } from '../connection-type.ts'
import { describedEnum } from '../described-enum.ts'
import { NodeRef } from '../node/node-interface.ts'

const QuiesceKindEnum = describedEnum<QuiesceKind>(
  'QuiesceKind',
  'How the guest was quieted when the point was taken.',
  {
    NONE: 'Not at all: as after a power cut.',
    APPLICATION: 'Its applications wrote out what they held.',
    FILE_SYSTEM: 'Its file systems wrote out what they held.',
    UNKNOWN: 'The vendor said something that this gateway does not know.',
  },
)

export const RecoveryPointRef = builder.objectRef<RecoveryPoint>('RecoveryPoint')
RecoveryPointRef.implement({
  description: 'A moment to which a replication or group can be taken back.',
  interfaces: [NodeRef],
  fields: (t) => ({
    takenAt: t.expose('takenAt', { type: 'DateTime', description: 'The moment.' }),
    tag: t.exposeString('tag', { nullable: true, description: 'Its name; null when it has none.' }),
    isPinned: t.exposeBoolean('isPinned', {
      nullable: true,
      description: 'True when it does not age out; null where the vendor has no such thing.',
    }),
    quiesced: t.expose('quiesced', {
      type: QuiesceKindEnum,
      nullable: true,
      description: 'How the guest was quieted; null where the vendor does not tell.',
    }),
    transferBytes: t.expose('transferBytes', {
      type: 'ByteCount',
      nullable: true,
      description: 'Bytes that were sent for it; null where the vendor does not tell.',
    }),
    transferSeconds: t.exposeInt('transferSeconds', {
      nullable: true,
      description: 'Seconds that the sending took; null where the vendor does not tell.',
    }),
    sequenceNumber: t.exposeInt('sequenceNumber', {
      nullable: true,
      description: "The vendor's own count; null where it does not count.",
    }),
    vendorId: t.exposeString('vendorId', { description: "The vendor's own identifier of it." }),
  }),
})

export const RecoveryPointConnectionRef = connectionType('RecoveryPoint', RecoveryPointRef, {
  list: 'Recovery points, newest first.',
  coverage: 'Why there are none, where the site could not be asked; empty when all is well.',
})

export const newestFirst: Ordering<RecoveryPoint> = {
  name: 'TAKEN-',
  isDescending: true,
  toKey: ({ takenAt }) => takenAt.getTime(),
  toId: ({ id }) => id,
}
