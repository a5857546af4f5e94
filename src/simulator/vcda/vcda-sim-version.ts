import { inferredRefusals } from './vcda-inferred.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'

/** Versions that an appliance of this simulator can be. A newer one also speaks every older version of the API. */
export const servedVersions = ['4.2', '4.5', '4.6', '4.7'] as const
/** One of {@link servedVersions}. */
export type ServedVersion = (typeof servedVersions)[number]

/** Every version of the API that had a media type of its own, as a number: `h4-v4` and `h4-v4.0` are one. */
const apiVersions: readonly number[] = [3, 3.5, 4, 4.1, 4.2, 4.3, 4.4, 4.5, 4.6, 4.7]

/** What an appliance of each version says of itself; 4.5 and 4.6 as in the vendor's samples. */
export const buildVersions: Readonly<Record<ServedVersion, string>> = {
  '4.2': '4.2.0.4530112-6c0f2f1a90',
  '4.5': '4.5.0.5226630-ab9eb01ccb',
  '4.6': '4.6.0.6689753-8554b3d026',
  '4.7': '4.7.0.7113210-2f1c0a9b61',
}

/** A version as it is compared, and as the caller has spelled it. */
export interface AskedVersion {
  readonly number: number
  readonly mediaType: string
}

const toMediaType = (version: string): string => `application/vnd.vmware.h4-v${version}+json;charset=UTF-8`

/** The newest that an appliance speaks: what it answers with when nothing else is asked for. */
export const newestOf = (served: ServedVersion): AskedVersion => ({
  number: Number(served),
  mediaType: toMediaType(served),
})

const vendorMedia = /application\/vnd\.vmware\.h4-v(\d+(?:\.\d+)?)\+json/g

/**
 * The first media type of an `Accept` header that the appliance speaks. Whoever names no version gets the newest.
 *
 * @throws VcdaRefusal NotAcceptable when only versions are named that the appliance does not speak.
 */
export const negotiate = (accept: string | undefined, served: ServedVersion): AskedVersion => {
  const named = [...(accept ?? '').matchAll(vendorMedia)].map(([, version]) => version ?? '')
  const spoken = named.find((version) => apiVersions.includes(Number(version)) && Number(version) <= Number(served))
  if (spoken !== undefined) return { number: Number(spoken), mediaType: toMediaType(spoken) }
  const takesAny = /\*\/\*|application\/(?:json|\*)/.test(accept ?? '')
  if (named.length === 0 || takesAny) return newestOf(served)
  throw new VcdaRefusal(inferredRefusals.notAcceptable, `API version ${named.join(', ')} is not supported.`, named)
}

/** The version that first shows a member: the first stored document that does, so it may really be older. */
const memberSince: Readonly<Record<string, number>> = {
  isPinned: 4,
  slaProfile: 4.1,
  optimizeUntil: 4.3,
  vAppId: 4.3,
  vcdVmId: 4.3,
  storageProfileId: 4.3,
  destinationCatalogItemId: 4.3,
  guestCustomization: 4.5,
  // Of policies: one switch for both kinds of replication at first, then four, then six.
  allowIncomingMigrations: 4.1,
  allowIncomingProtections: 4.1,
  allowOutgoingMigrations: 4.1,
  allowOutgoingProtections: 4.1,
  allowNotificationConfiguration: 4.1,
  migrationViolation: 4.1,
  protectionViolation: 4.1,
  allowAdvancedRetentionRules: 4.3,
  allowOutgoingOnpremMigrations: 4.5,
  allowOutgoingOnpremProtections: 4.6,
}

/** QUEUED came with this version; older ones call such a task RUNNING. */
const queuedSince = 4.7

/** The word for a task's state in the given version. */
export const toShownState = (state: string, version: number): string =>
  state === 'QUEUED' && version < queuedSince ? 'RUNNING' : state

/** The body as the given version of the API would write it. */
export const toJson = (body: unknown, version: number): string => {
  // The newest version shows everything, and is asked for most.
  if (version >= queuedSince) return JSON.stringify(body)
  return JSON.stringify(body, (name, value: unknown) => {
    if (Object.hasOwn(memberSince, name) && version < (memberSince[name] ?? 0)) return undefined
    return name === 'state' && typeof value === 'string' ? toShownState(value, version) : value
  })
}
