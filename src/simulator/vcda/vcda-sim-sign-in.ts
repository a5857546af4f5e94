import { extensionLifeMs, logoutStatus } from './vcda-inferred.ts'
import { badInput, parseJsonObject, requireText } from './vcda-sim-body.ts'
import { requireSite, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import { findIdentity, findRemoteIdentity } from './vcda-sim-credentials.ts'
import { VcdaRefusal, refusals } from './vcda-sim-refusal.ts'
import { reachedSites, renderSession, type SessionStore } from './vcda-sim-sessions.ts'
import type { VcdaWorld } from './vcda-world.ts'

/** POST /sessions: the token is in the header `X-VCAV-Auth` and nowhere else. */
export const signIn = (world: VcdaWorld, sessions: SessionStore, body: string, now: number): VcdaAnswer => {
  const identity = findIdentity(world, parseJsonObject(body))
  if (identity === null) throw new VcdaRefusal(refusals.notAuthenticated, 'Invalid user name or password.')
  const session = sessions.create(identity, now)
  return { status: 200, body: renderSession(session, now), headers: { 'X-VCAV-Auth': session.token } }
}

/** GET /sessions. */
export const getSession = (call: VcdaCall): VcdaAnswer => ({
  status: 200,
  body: renderSession(call.session, call.now),
})

/** DELETE /sessions. */
export const signOut = (call: VcdaCall): VcdaAnswer => {
  call.world.sessions.get(call.localSite)?.remove(call.session.token)
  return { status: logoutStatus }
}

/** POST /sessions/extend: the same token then reaches another site too, for as long as the proof given is good. */
export const extendSession = (call: VcdaCall): VcdaAnswer => {
  const body = parseJsonObject(call.body)
  const site = requireText(body, 'site')
  requireSite(call.world, site)
  const identity = findRemoteIdentity(call.world, call.session, body)
  if (identity === null) {
    throw new VcdaRefusal(refusals.remoteAuthenticationFailure, `Authentication to site ${site} failed.`, [site])
  }
  if (site !== call.localSite) {
    const others = call.session.sites.filter((reached) => reached.site !== site)
    call.session.sites = [...others, { site, org: identity.org, until: call.now + extensionLifeMs }]
  }
  return getSession(call)
}

/** DELETE /sessions/{site}: gives up an extension. */
export const shrinkSession = (call: VcdaCall): VcdaAnswer => {
  const site = call.params.site ?? ''
  const isExtended =
    site !== call.localSite && reachedSites(call.session, call.now).some((reached) => reached.site === site)
  if (!isExtended) throw badInput(`The session is not extended to ${site}.`, site)
  call.session.sites = call.session.sites.filter((reached) => reached.site !== site)
  return getSession(call)
}
