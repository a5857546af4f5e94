/** Versions of the API that are spoken by name, the oldest first. */
export const apiVersions = ['4.2', '4.3', '4.4', '4.5', '4.6', '4.7'] as const
export type ApiVersion = (typeof apiVersions)[number]

/** What a site is asked for first. */
export const newestApiVersion: ApiVersion = '4.7'

const leadingVersion = /^\s*(\d{1,3})(?:\.(\d{1,3}))?(?![\d])/

/**
 * The spoken version that a text begins with, e.g. of `4.6` and of the build `4.5.0.5226630-ab9eb01ccb`. What is newer
 * than the newest counts as the newest, because appliances go on speaking the older ones; null for what is older than
 * the oldest, and for anything else.
 */
export const parseApiVersion = (text: string | null | undefined): ApiVersion | null => {
  const match = leadingVersion.exec(text ?? '')
  if (match === null) return null
  const [major, minor] = [Number(match[1]), Number(match[2] ?? 0)]
  const found = apiVersions.find((version) => version === `${major}.${minor}`)
  if (found !== undefined) return found
  const [newestMajor = 0, newestMinor = 0] = newestApiVersion.split('.').map(Number)
  return major > newestMajor || (major === newestMajor && minor > newestMinor) ? newestApiVersion : null
}

/** True when `version` is known and is `least` or later. */
export const isAtLeast = (version: ApiVersion | null, least: ApiVersion): boolean =>
  version !== null && apiVersions.indexOf(version) >= apiVersions.indexOf(least)

/** True when `version` is known and is before `first`: a member of `first` would be lost on it. */
export const isBefore = (version: ApiVersion | null, first: ApiVersion): boolean =>
  version !== null && !isAtLeast(version, first)

/** What `Accept` asks for one version. */
export const toMediaType = (version: ApiVersion): string => `application/vnd.vmware.h4-v${version}+json;charset=UTF-8`

const vendorMedia = /application\/vnd\.vmware\.h4-v([\d.]+)\+json/i

/** The version that a `Content-Type` names; null for plain JSON, for other types and for versions that are not spoken. */
export const findMediaVersion = (contentType: string | undefined): ApiVersion | null =>
  parseApiVersion(vendorMedia.exec(contentType ?? '')?.[1])
