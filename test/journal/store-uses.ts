import type { ProtectionChange } from '../../src/domain/protection-event.ts'
import type { RpoSample } from '../../src/domain/ports/rpo-history.ts'
import type { StoredSnapshot } from '../../src/domain/ports/snapshot-store.ts'
import type { Store } from '../../src/journal/store.ts'

/** When everything happened. */
export const at = new Date('2026-01-01T00:00:00Z')

/** A list of a site. */
export const snapshot: StoredSnapshot = { siteName: 'zvm-a', list: 'groups', observedAt: at, text: '[]' }

/** How the group with this number kept its objective. */
export const sampleOf = (number: number, given: Partial<RpoSample> = {}): RpoSample => ({
  groupId: `group-${number}`,
  at,
  actualSeconds: 1,
  targetSeconds: 2,
  verdict: 'MEETING',
  ...given,
})

/** The group with this number is new. */
export const changeOf = (number: number): ProtectionChange => ({
  id: `group-${number}`,
  target: { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId: `native-${number}` },
  places: [],
  kind: 'ADDED',
  changedFields: [],
  at,
})

/** How the group with this number was seen. */
export const stateOf = (number: number) => ({
  id: `group-${number}`,
  fields: { name: `group ${number}`, state: 'PROTECTED' },
  configurationChangedAt: null,
})

/** 0 and up, so many. */
export const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number)

/** One use of a store, and a table that it needs. */
export interface Use {
  readonly title: string
  readonly table: string
  readonly run: (store: Store) => Promise<unknown>
}

/** Every use of the parts of a store. */
export const uses: readonly Use[] = [
  { title: 'saving a snapshot', table: 'snapshots', run: ({ snapshots }) => snapshots.save([snapshot]) },
  { title: 'loading snapshots', table: 'snapshots', run: ({ snapshots }) => snapshots.load(['zvm-a']) },
  { title: 'appending samples', table: 'rpo_buckets', run: ({ rpoHistory }) => rpoHistory.append([sampleOf(1)]) },
  { title: 'listing the newest samples', table: 'rpo_groups', run: ({ rpoHistory }) => rpoHistory.listNewest() },
  { title: 'reading samples', table: 'rpo_buckets', run: ({ rpoHistory }) => rpoHistory.read('group-1', at, at) },
  { title: 'thinning samples', table: 'rpo_buckets', run: ({ rpoHistory }) => rpoHistory.thin(at) },
  { title: 'listing states', table: 'protection_states', run: ({ protectionLog }) => protectionLog.listStates() },
  {
    title: 'appending changes',
    table: 'protection_states',
    run: ({ protectionLog }) => protectionLog.append([changeOf(2)], [stateOf(2)]),
  },
  { title: 'reading changes', table: 'protection_events', run: ({ protectionLog }) => protectionLog.readEvents(0, 1) },
  { title: 'finding the bounds', table: 'protection_head', run: ({ protectionLog }) => protectionLog.bounds() },
  { title: 'pruning changes', table: 'protection_events', run: ({ protectionLog }) => protectionLog.prune(at, 0) },
]
