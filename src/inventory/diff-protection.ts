import type { TargetKind } from '../domain/capabilities.ts'
import { parseGlobalId } from '../domain/global-id.ts'
import type { ProtectionState } from '../domain/ports/protection-log.ts'
import type { ProtectionChange } from '../domain/protection-event.ts'
import type { Place } from '../domain/reach.ts'
import type { TaskTarget } from '../domain/task.ts'
import type { Vendor } from '../domain/vendor.ts'
import { configurationFields, findOrganization, findSiteId, type DecisiveFields } from './decisive-fields.ts'

/** One list of one configured site. */
export interface SiteLook {
  readonly kind: TargetKind
  readonly vendor: Vendor
  /** Configured name. */
  readonly siteName: string
  /** Global id; null while nobody knows which site it is. */
  readonly siteId: string | null
  /** True when the last try to read it succeeded. */
  readonly isFresh: boolean
  readonly observedAt: Date
  /** By global id. What an older list held counts as being there still. */
  readonly fieldsById: ReadonlyMap<string, DecisiveFields>
}

export interface ProtectionDifference {
  readonly changes: readonly ProtectionChange[]
  /** How everything that was looked at is now, where that is not as it was: what changed, and what does without an event. */
  readonly states: readonly ProtectionState[]
}

/** Between the values of a field on which sites do not agree. The first one is the one that was told of. */
const separator = '\u001F'

/**
 * A field as it is now, from what each site says, the freshest first.
 *
 * It has changed when the freshest says what nobody said before, or when nobody says any more what was told of. So a change
 * that one site shows before the other is told once, when it is what is shown of the object, and sites that go on disagreeing
 * are not told of with every look.
 */
const toNext = (before: string | undefined, values: readonly string[]): { text: string; isChanged: boolean } => {
  const [freshest = ''] = values
  const said = new Set(values)
  if (before === undefined) return { text: toText(freshest, said), isChanged: false }
  if (said.size === 1 && before === freshest) return { text: before, isChanged: false }
  const known = before.split(separator)
  const [told = ''] = known
  const isChanged = !said.has(told) || !known.includes(freshest)
  const kept = new Set(values.filter((value) => value === freshest || known.includes(value)))
  return { text: toText(isChanged ? freshest : told, kept), isChanged }
}

const toText = (told: string, said: ReadonlySet<string>): string =>
  [told, ...[...said].filter((value) => value !== told).toSorted()].join(separator)

interface Sighting {
  readonly fields: DecisiveFields
  readonly at: Date
}

/** Almost everything is as it was, and is found to be so without making anything. */
const isAsBefore = (before: ProtectionState, sightings: readonly Sighting[]): boolean => {
  for (const { fields } of sightings) {
    for (const name in fields) if (fields[name] !== before.fields[name]) return false
  }
  return true
}

const compare = (
  before: ProtectionState,
  sightings: readonly Sighting[],
  at: Date,
): { readonly state: ProtectionState; readonly changedFields: readonly string[] } => {
  const fields: Record<string, string> = { ...before.fields }
  const changedFields: string[] = []
  let isSame = true
  for (const name of new Set(sightings.flatMap((sighting) => Object.keys(sighting.fields)))) {
    const known = before.fields[name]
    // A site that does not know a field yet says nothing about it.
    const values = sightings.flatMap((sighting) => sighting.fields[name] ?? [])
    const { text, isChanged } = toNext(known, values)
    fields[name] = text
    if (text !== known) isSame = false
    if (isChanged) changedFields.push(name)
  }
  if (isSame) return { state: before, changedFields }
  const isConfiguration = changedFields.some((name) => configurationFields.has(name))
  const configurationChangedAt = isConfiguration ? at : before.configurationChangedAt
  return { state: { id: before.id, fields, configurationChangedAt }, changedFields: changedFields.toSorted() }
}

/** How something is that was not known. What one site alone lists is kept as that site says it. */
const seeFirst = (id: string, sightings: readonly Sighting[], at: Date): ReturnType<typeof compare> => {
  const [first, second] = sightings
  if (first === undefined || second !== undefined) {
    return compare({ id, fields: {}, configurationChangedAt: null }, sightings, at)
  }
  return { state: { id, fields: first.fields, configurationChangedAt: null }, changedFields: [] }
}

const collectSightings = (looks: readonly SiteLook[]): ReadonlyMap<string, readonly Sighting[]> => {
  const freshestFirst = looks
    .filter(({ isFresh }) => isFresh)
    .toSorted((one, other) => other.observedAt.getTime() - one.observedAt.getTime())
  const sightings = new Map<string, Sighting[]>()
  for (const { fieldsById, observedAt } of freshestFirst) {
    for (const [id, fields] of fieldsById) {
      const known = sightings.get(id)
      if (known === undefined) sightings.set(id, [{ fields, at: observedAt }])
      else known.push({ fields, at: observedAt })
    }
  }
  return sightings
}

const findTarget = (id: string): TaskTarget | null => {
  const key = parseGlobalId(id)
  if (key === null || (key.kind !== 'ProtectionGroup' && key.kind !== 'Replication')) return null
  return { kind: key.kind, vendor: key.vendor, nativeId: key.nativeId }
}

const endTexts = ({ fields }: ProtectionState): readonly string[] =>
  [fields['source'], fields['destination']].flatMap((text) => text?.split(separator) ?? [])

/**
 * Where something stands and, where its ends have changed, where it stood: who has it in his list is to hear that it has left.
 * Where one site is configured under several names, those that list it.
 */
const toPlaces = (states: readonly ProtectionState[], looks: readonly SiteLook[]): readonly Place[] => {
  const namesOf = (siteId: string | null): readonly string[] => {
    const ofSite = looks.filter((look) => look.siteId === siteId && siteId !== null)
    const names = new Set(ofSite.map(({ siteName }) => siteName))
    if (names.size < 2) return [...names]
    const listers = ofSite.filter(({ fieldsById }) => states.some(({ id }) => fieldsById.has(id)))
    return [...new Set(listers.map(({ siteName }) => siteName))]
  }
  return [...new Set(states.flatMap(endTexts))].flatMap((text): readonly Place[] => {
    const names = namesOf(findSiteId(text))
    const organization = findOrganization(text)
    return names.length === 0
      ? [{ siteName: null, organization }]
      : names.map((siteName) => ({ siteName, organization }))
  })
}

/**
 * The lists in which an object would have to be: of the configured sites at its ends, and of those that nobody knows yet
 * which they are. Of all sites of the vendor where neither end is configured.
 */
const listWitnesses = (
  state: ProtectionState,
  { kind, vendor }: TaskTarget,
  looks: readonly SiteLook[],
): readonly SiteLook[] => {
  const sameVendor = looks.filter((look) => look.vendor === vendor && look.kind === kind)
  const ends = endTexts(state).map(findSiteId)
  const near = sameVendor.filter(({ siteId }) => siteId !== null && ends.includes(siteId))
  return near.length === 0 ? sameVendor : sameVendor.filter((look) => look.siteId === null || near.includes(look))
}

const toRemoval = (state: ProtectionState, looks: readonly SiteLook[], now: Date): ProtectionChange | null => {
  const target = findTarget(state.id)
  if (target === null) return null
  const witnesses = listWitnesses(state, target, looks)
  if (witnesses.some(({ isFresh }) => !isFresh)) return null
  const at = witnesses.length === 0 ? now : new Date(Math.max(...witnesses.map((look) => look.observedAt.getTime())))
  return { id: state.id, target, places: toPlaces([state], looks), kind: 'REMOVED', changedFields: [], at }
}

/**
 * What is different from how everything was last seen. Pure.
 *
 * An object is ADDED when a site lists it that was not known, and REMOVED only when every site that could list it was read
 * well and no site lists it any more. A site that could not be read changes nothing.
 *
 * @param known How everything was last seen, by global id.
 * @param looks Every list of every configured site.
 */
export const diffProtection = (
  known: ReadonlyMap<string, ProtectionState>,
  looks: readonly SiteLook[],
  now: Date,
): ProtectionDifference => {
  const changes: ProtectionChange[] = []
  const states: ProtectionState[] = []
  const sightings = collectSightings(looks)
  for (const [id, seen] of sightings) {
    const at = seen[0]?.at ?? now
    const before = known.get(id)
    if (before !== undefined && isAsBefore(before, seen)) continue
    const { state, changedFields } = before === undefined ? seeFirst(id, seen, at) : compare(before, seen, at)
    if (state === before) continue
    states.push(state)
    if (before !== undefined && changedFields.length === 0) continue
    const target = findTarget(id)
    const kind = before === undefined ? 'ADDED' : 'CHANGED'
    const places = toPlaces(before === undefined ? [state] : [before, state], looks)
    if (target !== null) changes.push({ id, target, places, kind, changedFields, at })
  }
  for (const [id, state] of known) {
    if (sightings.has(id) || looks.some(({ fieldsById }) => fieldsById.has(id))) continue
    const removal = toRemoval(state, looks, now)
    if (removal !== null) changes.push(removal)
  }
  return { changes, states }
}
