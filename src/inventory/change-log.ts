import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../domain/ports/clock.ts'
import type { ProtectionLog, ProtectionState } from '../domain/ports/protection-log.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { ProtectionChange } from '../domain/protection-event.ts'
import type { Replication } from '../domain/replication.ts'
import type { CachedRead } from './cached-read.ts'
import { toGroupFields, toReplicationFields, type DecisiveFields } from './decisive-fields.ts'
import { diffProtection, type SiteLook } from './diff-protection.ts'
import type { SiteFeed } from './site-feed.ts'

/** Objects that are looked at at a time: in between the others have their turn. */
const chunkSize = 1000

const toFieldsById = async <T extends ProtectedObject>(
  objects: readonly T[],
  toFields: (object: T) => DecisiveFields,
): Promise<ReadonlyMap<string, DecisiveFields>> => {
  const fieldsById = new Map<string, DecisiveFields>()
  for (const object of objects) {
    fieldsById.set(object.id, toFields(object))
    if (fieldsById.size % chunkSize === 0) await setImmediate()
  }
  return fieldsById
}

const toMemberIds = (replications: readonly Replication[]): ReadonlyMap<string, readonly string[]> => {
  const byGroup = new Map<string, string[]>()
  for (const { id, groupNativeId } of replications) {
    if (groupNativeId === null) continue
    const members = byGroup.get(groupNativeId)
    if (members === undefined) byGroup.set(groupNativeId, [id])
    else members.push(id)
  }
  return byGroup
}

interface Looks {
  /** Of which versions of the lists. */
  readonly stamp: string
  readonly groups: ReadonlyMap<string, DecisiveFields>
  readonly replications: ReadonlyMap<string, DecisiveFields>
}

/** Finds out what changed between two looks at the sites, and writes it down. */
export class ChangeLog {
  readonly #feeds: readonly SiteFeed[]
  readonly #log: ProtectionLog
  readonly #clock: Clock
  readonly #looks = new WeakMap<SiteFeed, Looks>()
  #known: Map<string, ProtectionState> | null = null
  #stamp = ''

  constructor(options: { readonly feeds: readonly SiteFeed[]; readonly log: ProtectionLog; readonly clock: Clock }) {
    this.#feeds = options.feeds
    this.#log = options.log
    this.#clock = options.clock
  }

  /** Reads how everything was last seen. @throws STORE_BUSY, STORE_UNAVAILABLE */
  async load(): Promise<void> {
    this.#known = new Map((await this.#log.listStates()).map((state) => [state.id, state]))
  }

  /** When something that only a test can prove anew was last seen to change; null when it never was. */
  configurationChangedAt(id: string): Date | null {
    return this.#known?.get(id)?.configurationChangedAt ?? null
  }

  /**
   * Compares what the sites list now with how it was last seen, and appends the difference. Not to be called twice at once.
   *
   * @throws STORE_BUSY, STORE_UNAVAILABLE; then the difference is found again the next time.
   */
  async record(): Promise<readonly ProtectionChange[]> {
    if (this.#known === null) await this.load()
    const known = this.#known ?? new Map<string, ProtectionState>()
    const stamp = this.#feeds.map(toStamp).join()
    if (stamp === this.#stamp) return []
    const looks = (await Promise.all(this.#feeds.map((feed) => this.#look(feed)))).flat()
    const { changes, states } = diffProtection(known, looks, this.#clock.now())
    if (changes.length > 0) await this.#log.append(changes, states)
    for (const state of states) known.set(state.id, state)
    for (const { kind, id } of changes) if (kind === 'REMOVED') known.delete(id)
    this.#stamp = stamp
    return changes
  }

  async #look(feed: SiteFeed): Promise<readonly SiteLook[]> {
    // Taken once: a list that is read anew meanwhile belongs to the next look.
    const [groups, replications] = [feed.groups.last, feed.replications.last]
    const [siteId, stamp] = [feed.report.last.value?.local.id ?? null, `${groups.version}/${replications.version}`]
    const { vendor } = feed.adapter
    const kept = this.#looks.get(feed)
    const looks = kept?.stamp === stamp ? kept : { stamp, ...(await toLooks(feed)) }
    this.#looks.set(feed, looks)
    const toLook = ({ problem, observedAt }: CachedRead<unknown>['last']) => ({
      vendor,
      siteId,
      isFresh: observedAt !== null && problem === null,
      observedAt: observedAt ?? new Date(0),
    })
    return [
      { kind: 'ProtectionGroup', ...toLook(groups), fieldsById: looks.groups },
      { kind: 'Replication', ...toLook(replications), fieldsById: looks.replications },
    ]
  }
}

const toStamp = (feed: SiteFeed): string =>
  [feed.groups.last, feed.replications.last, feed.report.last]
    .map(({ version, problem }) => `${version}${problem === null ? '' : '!'}`)
    .join('/')

const toLooks = async ({ groups, replications }: SiteFeed): Promise<Omit<Looks, 'stamp'>> => {
  const machines = replications.last.value
  const memberIds = machines === null ? null : toMemberIds(machines)
  const membersOf = (nativeId: string) => (memberIds === null ? null : (memberIds.get(nativeId) ?? []))
  return {
    groups: await toFieldsById(groups.last.value ?? [], (group) => toGroupFields(group, membersOf(group.nativeId))),
    replications: await toFieldsById(machines ?? [], toReplicationFields),
  }
}
