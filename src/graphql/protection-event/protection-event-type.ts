import { builder } from '../builder.ts'
import { describedEnum } from '../described-enum.ts'
import { RecoveryTargetRef } from '../protection/recovery-target.ts'
import type { ChangeKind } from './protection-event-stream.ts'
import type { ProtectionSight } from './protection-sight.ts'

const ChangeKindEnum = describedEnum<ChangeKind>('ChangeKind', 'What an event about replications and groups tells.', {
  SNAPSHOT:
    'Everything up to its cursor has happened: ask the lists now, and apply to them what follows. The first event of a subscription that does not resume.',
  ADDED: 'A site lists it that was not there before.',
  CHANGED: 'Something that people decide by is different: see `changedFields`.',
  REMOVED:
    'It is gone: every site that could list it was read, and none lists it. Or it is not, or no longer, what the subscription asked for. Drop it where you have it.',
  LAGGED: 'Events behind the cursor are no longer kept: ask the lists again, and apply to them what follows.',
  DRAINING:
    'The gateway is about to close: subscribe again, there or at another one, with this cursor as `after`. Events may still follow.',
})

export const ProtectionEventRef = builder.objectRef<ProtectionSight>('ProtectionEvent')
ProtectionEventRef.implement({
  description: 'A change of a replication or group, or a word about the stream itself.',
  fields: (t) => ({
    cursor: t.expose('cursor', {
      type: 'Cursor',
      description: 'The place in the stream: give it as `after` to go on from here without a gap.',
    }),
    kind: t.expose('kind', { type: ChangeKindEnum, description: 'What the event tells.' }),
    at: t.expose('at', {
      type: 'DateTime',
      description: 'When the site was read that showed it; of a word about the stream, when it was said.',
    }),
    targetId: t.exposeID('targetId', {
      nullable: true,
      description: 'Id of the replication or group; null in SNAPSHOT, LAGGED and DRAINING.',
    }),
    target: t.expose('target', {
      type: RecoveryTargetRef,
      nullable: true,
      description: 'The replication or group as it is now, which may be later than the event; null when it is gone.',
    }),
    changedFields: t.field({
      type: ['String'],
      description:
        'Names of its fields that differ, in alphabetical order; empty unless CHANGED. Figures that move all the time (the age of the newest recovery point, bytes, throughput, the percentage of a transfer) do not make an event.',
      resolve: ({ changedFields }) => [...changedFields],
    }),
    totalCount: t.exposeInt('totalCount', {
      nullable: true,
      description: 'In SNAPSHOT: how many replications and groups match now; null in any other.',
    }),
    missedEvents: t.exposeInt('missedEvents', {
      nullable: true,
      description: 'In LAGGED: how many events are no longer kept, of whatever object; null in any other.',
    }),
  }),
})
