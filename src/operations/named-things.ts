import { DomainError } from '../domain/errors.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import type { NamedThing, PreparedCall } from '../domain/ports/vendor-adapter.ts'
import { isWithin, type Place, type Reach } from '../domain/reach.ts'
import type { CallerView } from './caller-view.ts'

const isOwnerWithin = (reach: Reach, organization: string | null): boolean =>
  reach === null ||
  reach.some(
    ({ organizations }) =>
      organizations === null || (organization !== null && organizations.includes(organization.toLowerCase())),
  )

/**
 * What is taken has to be within reach, by site and organisation. What it is given to has to be of an own organisation,
 * wherever that stands: the other end of a replication often is at a site of somebody else.
 */
const isAllowed = (reach: Reach, { role, organization }: NamedThing, place: Place): boolean =>
  role === 'TAKEN' ? isWithin(reach, [place]) : isOwnerWithin(reach, organization)

/** For what does not say whose its things are: nobody knows. */
const untold: NamedThing = { what: 'what it begins with', role: 'TAKEN', siteId: null, organization: null }

/**
 * Checks whose the things are that a call names beside its target, for a caller who is bound to a part of the world.
 * What is not there and what is not his are refused alike.
 *
 * @param base `siteName` is that of the things which do not say where they are; `mustTell` where the call has to name
 * something.
 * @returns where they are.
 * @throws PERMISSION_DENIED, and what the port's reads throw.
 */
export const requireNamedThings = async (
  view: CallerView,
  call: PreparedCall,
  base: {
    readonly directory: TargetDirectory
    readonly siteId: string | null
    readonly siteName: string | null
    readonly mustTell: boolean
  },
  signal: AbortSignal,
): Promise<readonly Place[]> => {
  const { viewer, scope, touches } = view
  if (touches === null) return []
  const told = (await call.listNamed?.(signal)) ?? []
  const things = told.length === 0 && base.mustTell ? [untold] : told
  return things.map((thing) => {
    const { what, siteId, organization } = thing
    const isHere = siteId === null || siteId === base.siteId
    const siteName = isHere ? base.siteName : (base.directory.findAdapterOfSite(siteId)?.siteName ?? null)
    const place = { siteName, organization }
    if (isAllowed(touches, thing, place)) return place
    const message = `This needs the scope ${scope} for ${what}, which ${viewer.name} does not have, or nobody can tell whose that is`
    throw new DomainError({ code: 'PERMISSION_DENIED', message, requiredScope: scope })
  })
}
