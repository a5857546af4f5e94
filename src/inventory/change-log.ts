import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../domain/ports/clock.ts'
import type { ProtectionLog, ProtectionState } from '../domain/ports/protection-log.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { ProtectionChange } from '../domain/protection-event.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Replication } from '../domain/replication.ts'
import type { CachedRead } from './cached-read.ts'
import {
  isSameGroup,
  isSameReplication,
  toGroupFields,
  toReplicationFields,
  type DecisiveFields,
} from './decisive-fields.ts'
import { diffProtection, type SiteLook } from './diff-protection.ts'
import type { SiteFeed } from './site-feed.ts'

/** Objects that are looked at at a time: in between the others have their turn. */
const chunkSize = 1000

/** One list, and what of it counts, by global id. */
interface ListLook<T> {
  readonly list: readonly T[]
  /** In the order of the list. */
  readonly fields: readonly DecisiveFields[]
  /** The same map as the last time when nothing in it is different. */
  readonly fieldsById: ReadonlyMap<string, DecisiveFields>
}

const hasSameText = (one: DecisiveFields | undefined, other: DecisiveFields): one is DecisiveFields => {
  if (one === undefined || Object.keys(one).length !== Object.keys(other).length) return false
  for (const name in other) if (one[name] !== other[name]) return false
  return true
}

/** @param how.isSame Whether an object is known to have the fields that it had the last time. */
const lookAtList = async <T extends ProtectedObject>(
  list: readonly T[],
  last: ListLook<T> | undefined,
  how: { readonly isSame: (before: T, now: T) => boolean; readonly toFields: (object: T) => DecisiveFields },
): Promise<ListLook<T>> => {
  const fields: DecisiveFields[] = []
  let isSameList = last?.list.length === list.length
  for (const object of list) {
    const place = fields.length
    const before = last?.list[place]
    const isInPlace = before?.id === object.id
    const known = isInPlace ? last?.fields[place] : last?.fieldsById.get(object.id)
    if (isInPlace && known !== undefined && how.isSame(before, object)) fields.push(known)
    else {
      const made = how.toFields(object)
      const isKept = hasSameText(known, made)
      isSameList &&= isKept && isInPlace
      fields.push(isKept ? known : made)
    }
    if (fields.length % chunkSize === 0) await setImmediate()
  }
  if (isSameList && last !== undefined) return { list, fields, fieldsById: last.fieldsById }
  return { list, fields, fieldsById: new Map(list.map(({ id }, place) => [id, fields[place] ?? {}])) }
}

/** Global ids of a group's machines, by its native id; null while the machines of the site are not known. */
type MembersOf = (groupNativeId: string) => readonly string[] | null

const none: readonly string[] = []

const toMembersOf = (replications: readonly Replication[] | null): MembersOf => {
  if (replications === null) return () => null
  const byGroup = new Map<string, string[]>()
  for (const { id, groupNativeId } of replications) {
    if (groupNativeId === null) continue
    const members = byGroup.get(groupNativeId)
    if (members === undefined) byGroup.set(groupNativeId, [id])
    else members.push(id)
  }
  return (groupNativeId) => byGroup.get(groupNativeId) ?? none
}

const isSameIds = (one: readonly string[] | null, other: readonly string[] | null): boolean =>
  one === other || (one !== null && one.length === other?.length && one.every((item, place) => item === other[place]))

interface Looks {
  /** Of which versions of the lists. */
  readonly stamp: string
  readonly groups: ListLook<ProtectionGroup>
  readonly replications: ListLook<Replication>
  /** Whether the machines of the site are known. */
  readonly isComplete: boolean
  readonly membersOf: MembersOf
}

/** Finds out what changed between two looks at the sites, and writes it down. */
export class ChangeLog {
  readonly #feeds: readonly SiteFeed[]
  readonly #log: Pick<ProtectionLog, 'listStates' | 'append'>
  readonly #clock: Clock
  readonly #isReadHere: (read: CachedRead<unknown>) => boolean
  readonly #looks = new WeakMap<SiteFeed, Looks>()
  #known: Map<string, ProtectionState> | null = null
  #stamp = ''
  /** The looks of which everything is written down. */
  #recorded: readonly SiteLook[] = []

  /**
   * @param options.isReadHere Whether what is known was read by who writes the log now: what others have read may be older than
   *   what they have written down.
   */
  constructor(options: {
    readonly feeds: readonly SiteFeed[]
    readonly log: Pick<ProtectionLog, 'listStates' | 'append'>
    readonly clock: Clock
    readonly isReadHere: (read: CachedRead<unknown>) => boolean
  }) {
    this.#feeds = options.feeds
    this.#log = options.log
    this.#clock = options.clock
    this.#isReadHere = options.isReadHere
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
    if (isSameLooks(looks, this.#recorded)) {
      this.#stamp = stamp
      return []
    }
    const { changes, states } = diffProtection(known, looks, this.#clock.now())
    if (changes.length > 0) await this.#log.append(changes, states)
    for (const state of states) known.set(state.id, state)
    for (const { kind, id } of changes) if (kind === 'REMOVED') known.delete(id)
    this.#stamp = stamp
    this.#recorded = looks
    return changes
  }

  async #look(feed: SiteFeed): Promise<readonly SiteLook[]> {
    // Taken once: a list that is read anew meanwhile belongs to the next look.
    const [groups, replications] = [feed.groups.last, feed.replications.last]
    const [areGroupsRead, areMachinesRead] = [feed.groups, feed.replications].map((read) => this.#isReadHere(read))
    const [siteId, stamp] = [feed.report.last.value?.local.id ?? null, `${groups.version}/${replications.version}`]
    const { vendor, siteName } = feed.adapter
    const kept = this.#looks.get(feed)
    const looks = kept?.stamp === stamp ? kept : { stamp, ...(await toLooks(feed, kept)) }
    this.#looks.set(feed, looks)
    const toLook = ({ problem, observedAt }: CachedRead<unknown>['last'], isReadHere = false) => ({
      vendor,
      siteName,
      siteId,
      isFresh: isReadHere && observedAt !== null && problem === null,
      observedAt: observedAt ?? new Date(0),
    })
    return [
      { kind: 'ProtectionGroup', ...toLook(groups, areGroupsRead), fieldsById: looks.groups.fieldsById },
      { kind: 'Replication', ...toLook(replications, areMachinesRead), fieldsById: looks.replications.fieldsById },
    ]
  }
}

/** True when a look tells nothing that the one before has not told. */
const isSameLook = (look: SiteLook, before: SiteLook | undefined): boolean =>
  look.fieldsById === before?.fieldsById && look.isFresh === before.isFresh && look.siteId === before.siteId

const isSameLooks = (looks: readonly SiteLook[], before: readonly SiteLook[]): boolean =>
  looks.length === before.length && looks.every((look, place) => isSameLook(look, before[place]))

const toStamp = ({ number, groups, replications, report }: SiteFeed): string => {
  const reads = [groups.last, replications.last, report.last]
  return [number, ...reads.map(({ version, problem }) => `${version}${problem === null ? '' : '!'}`)].join('/')
}

const toLooks = async ({ groups, replications }: SiteFeed, last: Looks | undefined): Promise<Omit<Looks, 'stamp'>> => {
  // Taken together: both may be read anew while the first is looked at.
  const [groupList, machineList] = [groups.last.value ?? [], replications.last.value]
  const machines = await lookAtList(machineList ?? [], last?.replications, {
    isSame: isSameReplication,
    toFields: toReplicationFields,
  })
  const isKnown = last?.isComplete === (machineList !== null) && last.replications.fieldsById === machines.fieldsById
  const membersOf = isKnown ? last.membersOf : toMembersOf(machineList)
  const hasSameMembers = ({ nativeId }: ProtectionGroup): boolean =>
    membersOf === last?.membersOf || isSameIds(last?.membersOf(nativeId) ?? null, membersOf(nativeId))
  return {
    isComplete: machineList !== null,
    membersOf,
    replications: machines,
    groups: await lookAtList(groupList, last?.groups, {
      isSame: (before, now) => isSameGroup(before, now) && hasSameMembers(now),
      toFields: (group) => toGroupFields(group, membersOf(group.nativeId)),
    }),
  }
}
