import type { ProtectedObject } from '../../domain/protection.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import type { builder } from '../builder.ts'
import { ReplicationPurposeEnum } from './protection-enums.ts'
import {
  ObservationConflictRef,
  ObservationRef,
  ReplicationEndRef,
  StorageUseRef,
  SyncProgressRef,
} from './protection-types.ts'

type SeenRef = ReturnType<typeof builder.objectRef<Seen<ProtectedObject>>>
type FieldBuilder = Parameters<NonNullable<Parameters<SeenRef['implement']>[0]['fields']>>[0]

/** What replications and groups have in common beyond what the interface RecoveryTarget gives both. */
export const protectedFields = (t: FieldBuilder) => ({
  description: t.exposeString('description', { nullable: true, description: 'Free text from the vendor.' }),
  purpose: t.expose('purpose', { type: ReplicationPurposeEnum, description: 'What it is for.' }),
  source: t.expose('source', { type: ReplicationEndRef, description: 'Where it runs.' }),
  destination: t.expose('destination', { type: ReplicationEndRef, description: 'Where it is recovered.' }),
  isReversed: t.exposeBoolean('isReversed', {
    description: 'True after a reversal: it runs at what was first its destination.',
  }),
  vendorState: t.exposeString('vendorState', { description: "The vendor's own words, of which `state` was made." }),
  sync: t.expose('sync', {
    type: SyncProgressRef,
    nullable: true,
    description: 'How far a running transfer has come; null when nothing is transferred.',
  }),
  storage: t.expose('storage', { type: StorageUseRef, description: 'Storage it takes.' }),
  observations: t.expose('observations', {
    type: [ObservationRef],
    extensions: { listSize: 2 },
    description:
      'Who listed it and when, freshest first. Two sites that list it make one object with two observations.',
  }),
  conflicts: t.expose('conflicts', {
    type: [ObservationConflictRef],
    extensions: { listSize: 1 },
    description: 'Fields on which the sites do not agree; empty when they do.',
  }),
})
