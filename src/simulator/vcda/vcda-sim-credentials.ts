import { createHash } from 'node:crypto'
import { findText, requireText, type JsonObject } from './vcda-sim-body.ts'
import { VcdaRefusal, refusals } from './vcda-sim-refusal.ts'
import type { Identity } from './vcda-sim-sessions.ts'
import type { VcdaWorld } from './vcda-world.ts'

/** Passwords of everybody who may sign in: the providers, and `admin@<org>` of every organisation. */
export const vcdaPasswords = { provider: 'Provider-Pass-1', tenant: 'Tenant-Pass-1' } as const

/** The organisation of providers in Cloud Director. */
export const systemOrganization = 'System'

const providerUser = `administrator@${systemOrganization}`

const toBase64Url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * The Cloud Director access token of an organisation's administrator, `System` for the provider's: a JWT in form,
 * the same at every start and never expired, signed by nobody.
 */
export const toAccessToken = (org: string): string => {
  const header = toBase64Url({ alg: 'RS256', typ: 'JWT' })
  const payload = toBase64Url({
    sub: org === systemOrganization ? 'administrator' : 'admin',
    iss: org,
    exp: 4_102_444_800,
  })
  return `${header}.${payload}.${createHash('sha256').update(payload).digest('base64url')}`
}

/** The Cloud Director session cookie of an organisation's administrator, 32 hexadecimal digits. */
export const toCookie = (org: string): string => createHash('md5').update(`cookie of ${org}`).digest('hex')

const provider = (user: string): Identity => ({ user, org: systemOrganization, isProvider: true })

const administratorOf = (org: string): Identity =>
  org === systemOrganization ? provider(providerUser) : { user: `admin@${org}`, org, isProvider: false }

const findByPassword = (world: VcdaWorld, user: string | null, password: string | null): Identity | null => {
  if (user === providerUser) return password === vcdaPasswords.provider ? provider(user) : null
  const [name, org = ''] = user?.split('@') ?? []
  if (name !== 'admin' || !world.organizations.has(org)) return null
  return password === vcdaPasswords.tenant ? administratorOf(org) : null
}

const findByProof = (world: VcdaWorld, proof: string, toProof: (org: string) => string): Identity | null => {
  const org = [systemOrganization, ...world.organizations].find((candidate) => toProof(candidate) === proof)
  return org === undefined ? null : administratorOf(org)
}

/** A provider with a tenant `context` acts as that tenant, under the provider's name. That it does is inferred. */
const inContext = (world: VcdaWorld, identity: Identity | null, context: string | null): Identity | null => {
  if (identity === null || context === null || context === identity.org) return identity
  if (!identity.isProvider || !world.organizations.has(context)) return null
  return { user: identity.user, org: context, isProvider: false }
}

const findProviderUser = (expected: string, user: string, password: string): Identity | null =>
  user === expected && password === vcdaPasswords.provider ? provider(user) : null

const unknownType = (type: string): VcdaRefusal =>
  new VcdaRefusal(refusals.badRequest, `Could not resolve type id '${type}'.`, [type])

/** Who signs in by this body of POST /sessions; null when the proof is wrong. @throws VcdaRefusal BadRequest. */
export const findIdentity = (world: VcdaWorld, body: JsonObject): Identity | null => {
  const type = requireText(body, 'type')
  switch (type) {
    case 'localUser':
      return findProviderUser('root', requireText(body, 'localUser'), requireText(body, 'localPassword'))
    case 'ssoCredentials':
      return findProviderUser(
        'administrator@vsphere.local',
        requireText(body, 'username'),
        requireText(body, 'password'),
      )
    case 'vcdCredentials':
      return findByPassword(world, requireText(body, 'vcdUser'), requireText(body, 'vcdPassword'))
    case 'vcdCookie':
      return findByProof(world, requireText(body, 'vcdCookie'), toCookie)
    case 'vcdAccessToken': {
      const identity = findByProof(world, requireText(body, 'vcdAccessToken'), toAccessToken)
      return inContext(world, identity, findText(body, 'context'))
    }
    // Nobody can make a SAML assertion for a simulator: understood and turned down.
    case 'ssoToken':
      return null
    default:
      throw unknownType(type)
  }
}

/** The first of these members that is there: the documents and the community client name them differently. */
const firstText = (body: JsonObject, ...names: readonly string[]): string =>
  names.map((name) => findText(body, name)).find((text) => text !== null) ?? ''

/** Who an extension reaches the other site as; null when the proof is wrong. @throws VcdaRefusal BadRequest. */
export const findRemoteIdentity = (
  world: VcdaWorld,
  session: { readonly org: string; readonly isProvider: boolean },
  body: JsonObject,
): Pick<Identity, 'org'> | null => {
  const type = requireText(body, 'type')
  switch (type) {
    // The documents say vcdUser at sign-in and vcdUsername here; a client in use says vcdUser in both.
    case 'credentials':
      return findByPassword(world, firstText(body, 'vcdUsername', 'vcdUser'), findText(body, 'vcdPassword'))
    case 'cookie':
      return findByProof(world, firstText(body, 'cookie', 'vcdCookie'), toCookie)
    // The prose of the newest document says vcdAccessToken, its list of types accessToken and apiToken.
    case 'vcdAccessToken':
    case 'accessToken':
    case 'apiToken':
      return findByProof(world, firstText(body, 'vcdAccessToken', 'accessToken', 'apiToken'), toAccessToken)
    case 'multisite': {
      const org = requireText(body, 'org')
      return session.isProvider || org === session.org ? { org } : null
    }
    default:
      throw unknownType(type)
  }
}
