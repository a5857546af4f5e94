import { logoutStatus } from './vcda-inferred.ts'
import { badInput, findText, parseJsonObject, requireText, type JsonObject } from './vcda-sim-body.ts'
import { requireSite, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import { VcdaRefusal, refusals } from './vcda-sim-refusal.ts'
import { renderSession, type Identity, type SessionStore } from './vcda-sim-sessions.ts'
import type { VcdaWorld } from './vcda-world.ts'

/** Passwords of everybody who may sign in: the providers, and `admin@<org>` of every organisation. */
export const vcdaPasswords = { provider: 'Provider-Pass-1', tenant: 'Tenant-Pass-1' } as const

const provider = (user: string): Identity => ({ user, org: 'System', isProvider: true })

const findCloudUser = (world: VcdaWorld, user: string | null, password: string | null): Identity | null => {
  if (user === 'administrator@System') return password === vcdaPasswords.provider ? provider(user) : null
  const [name, org = ''] = user?.split('@') ?? []
  if (user === null || name !== 'admin' || !world.organizations.has(org)) return null
  return password === vcdaPasswords.tenant ? { user, org, isProvider: false } : null
}

const findProviderUser = (expected: string, user: string, password: string): Identity | null =>
  user === expected && password === vcdaPasswords.provider ? provider(user) : null

/** Kinds of sign-in whose proof nobody can make for a simulator; they are understood and turned down. */
const unprovableLogins = ['ssoToken', 'vcdCookie', 'vcdAccessToken']
const unprovableExtensions = ['cookie', 'vcdAccessToken', 'accessToken', 'apiToken']

const unknownType = (type: string): VcdaRefusal =>
  new VcdaRefusal(refusals.badRequest, `Could not resolve type id '${type}'.`, [type])

const findIdentity = (world: VcdaWorld, body: JsonObject): Identity | null => {
  const type = requireText(body, 'type')
  if (type === 'localUser') {
    return findProviderUser('root', requireText(body, 'localUser'), requireText(body, 'localPassword'))
  }
  if (type === 'ssoCredentials') {
    const user = requireText(body, 'username')
    return findProviderUser('administrator@vsphere.local', user, requireText(body, 'password'))
  }
  if (type === 'vcdCredentials') {
    return findCloudUser(world, requireText(body, 'vcdUser'), requireText(body, 'vcdPassword'))
  }
  if (unprovableLogins.includes(type)) return null
  throw unknownType(type)
}

/** POST /sessions: the token is in the header `X-VCAV-Auth` and nowhere else. */
export const signIn = (world: VcdaWorld, sessions: SessionStore, body: string, now: number): VcdaAnswer => {
  const identity = findIdentity(world, parseJsonObject(body))
  if (identity === null) throw new VcdaRefusal(refusals.notAuthenticated, 'Invalid user name or password.')
  const session = sessions.create(identity, now)
  return { status: 200, body: renderSession(session), headers: { 'X-VCAV-Auth': session.token } }
}

/** GET /sessions. */
export const getSession = (call: VcdaCall): VcdaAnswer => ({ status: 200, body: renderSession(call.session) })

/** DELETE /sessions. */
export const signOut = (call: VcdaCall): VcdaAnswer => {
  call.world.sessions.get(call.localSite)?.remove(call.session.token)
  return { status: logoutStatus }
}

const findRemoteIdentity = (call: VcdaCall, body: JsonObject): { readonly org: string } | null => {
  const type = requireText(body, 'type')
  // The login says vcdUser and the extension vcdUsername; the documents mean it.
  if (type === 'credentials') {
    return findCloudUser(call.world, findText(body, 'vcdUsername'), findText(body, 'vcdPassword'))
  }
  if (type === 'multisite') {
    const org = requireText(body, 'org')
    return call.session.isProvider || org === call.session.org ? { org } : null
  }
  if (unprovableExtensions.includes(type)) return null
  throw unknownType(type)
}

/** POST /sessions/extend: the same token then reaches another site too. */
export const extendSession = (call: VcdaCall): VcdaAnswer => {
  const body = parseJsonObject(call.body)
  const site = requireText(body, 'site')
  requireSite(call.world, site)
  const identity = findRemoteIdentity(call, body)
  if (identity === null) {
    throw new VcdaRefusal(refusals.remoteAuthenticationFailure, `Authentication to site ${site} failed.`, [site])
  }
  const others = call.session.sites.filter((reached) => reached.site !== site)
  call.session.sites = [...others, { site, org: identity.org }]
  return { status: 200, body: renderSession(call.session) }
}

/** DELETE /sessions/{site}: gives up an extension. */
export const shrinkSession = (call: VcdaCall): VcdaAnswer => {
  const site = call.params.site ?? ''
  const isExtended = site !== call.localSite && call.session.sites.some((reached) => reached.site === site)
  if (!isExtended) throw badInput(`The session is not extended to ${site}.`, site)
  call.session.sites = call.session.sites.filter((reached) => reached.site !== site)
  return { status: 200, body: renderSession(call.session) }
}
