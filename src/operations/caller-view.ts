import type { DomainError } from '../domain/errors.ts'
import { isSiteWithin, isWithin, type Place, type Reach } from '../domain/reach.ts'
import { requireScope } from '../domain/required-scope.ts'
import type { Sight } from '../domain/sight.ts'
import { reachOf, type Scope, type Viewer } from '../domain/viewer.ts'

/** What one caller may see and touch with the scope that an operation takes. */
export interface CallerView {
  readonly viewer: Viewer
  readonly scope: Scope
  /** Where the scope holds. */
  readonly touches: Reach
  /** Where he may be told of something: where he may look, and where he may act. */
  readonly sees: Reach
  /** What he may be told of what was done; null is everything. */
  readonly sight: Sight | null
}

const join = (one: Reach, other: Reach): Reach => (one === null || other === null ? null : [...one, ...other])

const toView = (viewer: Viewer, scope: Scope, touches: Reach, sees: Reach): CallerView => ({
  viewer,
  scope,
  touches,
  sees,
  sight: sees === null ? null : { reach: sees, viewerName: viewer.name },
})

/** For doing what takes this scope. */
export const toCallerView = (viewer: Viewer, scope: Scope): CallerView => {
  const touches = reachOf(viewer, scope)
  return toView(viewer, scope, touches, join(reachOf(viewer, 'dr:read'), touches))
}

/** For planning what takes this scope: whatever he may see may be planned. */
export const toPlannerView = (viewer: Viewer, scope: Scope): CallerView => {
  const sees = join(reachOf(viewer, 'dr:read'), reachOf(viewer, scope))
  return toView(viewer, 'dr:read', sees, sees)
}

/**
 * Refuses what is out of reach. What may not be seen is refused as what is not there, and so is what nobody has listed:
 * it costs the same, and nobody is asked.
 *
 * @throws what `toAbsent` makes; PERMISSION_DENIED for what may be seen and is out of the scope's reach.
 */
export const requireReach = (
  { viewer, scope, touches, sees }: CallerView,
  places: readonly Place[],
  toAbsent: () => DomainError,
): void => {
  if (touches === null) return
  if (places.length === 0 || !isWithin(sees, places)) throw toAbsent()
  if (!isWithin(touches, places)) requireScope(viewer, scope, places)
}

/**
 * The same for a site at which something is to begin.
 *
 * @throws what `toAbsent` makes; PERMISSION_DENIED
 */
export const requireSiteReach = (
  { viewer, scope, touches, sees }: CallerView,
  siteName: string,
  toAbsent: () => DomainError,
): void => {
  if (isSiteWithin(touches, siteName)) return
  if (!isSiteWithin(sees, siteName)) throw toAbsent()
  requireScope(viewer, scope, [{ siteName, organization: null }])
}

/** The places that may stand in the audit entry of an attempt: a guess at something hidden tells its owner nothing. */
export const toToldPlaces = ({ sees }: CallerView, places: readonly Place[]): readonly Place[] =>
  isWithin(sees, places) ? places : []
