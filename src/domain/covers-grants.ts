import type { Grant } from './viewer.ts'

/** Whether all of a bound is within another one; null bounds nothing. */
const isPartOf = (inner: readonly string[] | null, outer: readonly string[] | null): boolean =>
  outer === null || (inner !== null && inner.every((name) => outer.includes(name)))

/**
 * Whether somebody with the fresh grants may do all that he might with the former ones: each scope of each former grant
 * has to hold in one of the fresh ones, at the same sites and for the same organisations or at more. Several fresh grants
 * that would do together do not: where one begins and the other ends is not for us to guess.
 */
export const coversGrants = (fresh: readonly Grant[], former: readonly Grant[]): boolean =>
  former.every(({ scopes, siteNames, organizations }) =>
    scopes.every((scope) =>
      fresh.some(
        (grant) =>
          grant.scopes.includes(scope) &&
          isPartOf(siteNames, grant.siteNames) &&
          isPartOf(organizations, grant.organizations),
      ),
    ),
  )
