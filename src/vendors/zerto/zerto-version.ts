/** The first two numbers of a product version: 10.0 of `10.0.60`. */
export interface ZertoVersion {
  readonly major: number
  readonly minor: number
}

/** Settings objects, by which VPGs are made and changed, came with 6.0; before it a VPG is made in one call. */
export const settingsSince: ZertoVersion = { major: 6, minor: 0 }

/**
 * Scratch journals, `IsSwap` and `VolumeSyncSettings` of a VPG's settings are absent from a captured answer of 7.0. That
 * the version after it has them is inferred.
 */
export const newerSettingsSince: ZertoVersion = { major: 7, minor: 5 }

/** Reads `10.0.60`, `9.7 U2`, `7.0`; null for anything else. */
export const findZertoVersion = (text: string | null): ZertoVersion | null => {
  const match = /^\s*(\d{1,3})\.(\d{1,3})(?!\d)/.exec(text ?? '')
  return match === null ? null : { major: Number(match[1]), minor: Number(match[2]) }
}

/** An unknown version counts as the newest: most sites are. */
export const isBefore = (version: ZertoVersion | null, since: ZertoVersion): boolean => {
  if (version === null) return false
  return version.major < since.major || (version.major === since.major && version.minor < since.minor)
}
