/** One end of something: where it stands, and whose it is there. */
export interface Place {
  /** Configured name of the site; null for a site that is not configured, or has never answered. */
  readonly siteName: string | null
  /** The tenant, as the vendor names it; null where the vendor tells none. */
  readonly organization: string | null
}

/** Which places one grant covers. A null member sets no bound. */
export interface Bounds {
  /** Configured names. */
  readonly siteNames: readonly string[] | null
  /** In lower case: vendors do not agree with themselves about it. */
  readonly organizations: readonly string[] | null
}

/**
 * What part of the world somebody may see or touch: what any of the bounds covers. Empty covers nothing; null is
 * everything, also what nobody knows the place of.
 */
export type Reach = readonly Bounds[] | null

/** Without an own bound. */
export const isUnbounded = ({ siteNames, organizations }: Bounds): boolean =>
  siteNames === null && organizations === null

/** The reach of several grants together. */
export const toReach = (bounds: readonly Bounds[]): Reach => (bounds.some(isUnbounded) ? null : bounds)

const covers = ({ siteNames, organizations }: Bounds, { siteName, organization }: Place): boolean =>
  (siteNames === null || (siteName !== null && siteNames.includes(siteName))) &&
  (organizations === null || (organization !== null && organizations.includes(organization.toLowerCase())))

/**
 * Whether something with these ends is within reach: one end has to be covered, by site and organisation at once. Both ends of
 * a replication may see it, as both see it in the vendors' own products. Without a known end nothing is, but by a reach
 * without bounds.
 */
export const isWithin = (reach: Reach, places: readonly Place[]): boolean =>
  reach === null || reach.some((bounds) => places.some((place) => covers(bounds, place)))

/**
 * Whether all of a site is within reach, and with it what belongs to no organisation: its licence, its health, its
 * resources.
 */
export const isWholeSiteWithin = (reach: Reach, siteName: string | null): boolean =>
  reach === null ||
  reach.some((bounds) => bounds.organizations === null && covers(bounds, { siteName, organization: null }))

/** Whether anything of a site may be within reach, so that its name and state can be shown. */
export const isSiteWithin = (reach: Reach, siteName: string | null): boolean =>
  reach === null ||
  reach.some(({ siteNames }) => siteNames === null || (siteName !== null && siteNames.includes(siteName)))

/** The same text for the same reach: what is kept for one is good for the other. */
export const toReachKey = (reach: Reach): string =>
  reach === null
    ? ''
    : JSON.stringify(
        reach
          .map(({ siteNames, organizations }) => [siteNames?.toSorted() ?? null, organizations?.toSorted() ?? null])
          .map((bounds) => JSON.stringify(bounds))
          .toSorted(),
      )
