import { describe, expect, it } from 'vitest'
import type { Reach } from '../../src/domain/reach.ts'
import type { ProtectionStreamEvent } from '../../src/graphql/protection-event/protection-event-stream.ts'
import { lookAt } from '../../src/graphql/protection-event/protection-sight.ts'
import { mergeObservations } from '../../src/inventory/merge-observations.ts'
import { sampleGroup, sampleListing } from '../inventory/sample-lists.ts'

const group = sampleGroup()
const at = new Date('2026-01-01T00:00:00Z')
const changed: ProtectionStreamEvent = {
  cursor: 'c',
  kind: 'CHANGED',
  at,
  missedEvents: null,
  change: {
    sequence: 1,
    id: group.id,
    target: { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId: group.nativeId },
    places: [],
    kind: 'CHANGED',
    changedFields: ['source'],
    at,
  },
}
const everything = {
  kinds: new Set(['ProtectionGroup', 'Replication'] as const),
  matchesGroup: () => true,
  matchesReplication: () => true,
}
/** @param isListedLate Whether the lists come from another gateway, after the event. */
const look = (reach: Reach, isListed: boolean, isListedLate = false) => {
  let isThere = isListed
  return lookAt(changed, everything, {
    reach,
    catchUp: async () => {
      isThere ||= isListedLate
    },
    listGroups: async () => ({
      byId: mergeObservations(isThere ? [sampleListing('Boston', [group])] : []),
      coverage: [],
    }),
    listReplications: async () => ({ byId: new Map(), coverage: [] }),
  })
}

describe('an event about something that is not in the lists', () => {
  const acme: Reach = [{ siteNames: null, organizations: ['acme'] }]

  it('says to who sees everything that it has changed: REMOVED follows when it is gone', async () => {
    expect(await look(null, false)).toMatchObject({ kind: 'CHANGED', targetId: group.id, target: null })
  })

  it('is REMOVED to who sees a part: it has changed hands, and nothing else would follow', async () => {
    // A3
    expect(await look(acme, false)).toMatchObject({ kind: 'REMOVED', targetId: group.id, changedFields: [] })
    expect(await look(acme, true)).toMatchObject({ kind: 'CHANGED', target: { id: group.id } })
    expect(await look(acme, false, true)).toMatchObject({ kind: 'CHANGED', target: { id: group.id } })
  })
})
