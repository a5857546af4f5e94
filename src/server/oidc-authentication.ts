import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyResult } from 'jose'
import type { Clock } from '../domain/ports/clock.ts'
import type { Logger } from '../domain/ports/logger.ts'
import { toViewer, type Grant, type Viewer } from '../domain/viewer.ts'
import type { VerifyToken } from './authentication.ts'
import { KeyRing, type IssuerKeys } from './issuer-keys.ts'
import { findClaim, toGrants, type GrantClaims } from './token-grants.ts'

/**
 * The algorithms that may be pinned: signatures by a private key. What anybody can make who knows the public key (HS256
 * and its like), or nobody has to (`none`), is not among them.
 */
export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number]

/** Who is trusted to say who somebody is. Every member is compared exactly. */
export interface TrustedIssuer extends GrantClaims {
  /** `iss` of its tokens. */
  readonly issuer: string
  /** What `aud` of a token for this gateway is, or holds. */
  readonly audience: string
  /** Where its keys are. Nothing that a token says leads anywhere else. */
  readonly jwksUrl: string
  readonly algorithms: readonly SignatureAlgorithm[]
  /**
   * Path of the claim with the caller's name, which must not change and must belong to nobody else: it scopes idempotency
   * keys.
   */
  readonly nameClaim: string
  /** What stands before each name; keeps the callers of several issuers apart. */
  readonly namePrefix: string
}

/** Whose tokens are taken. */
export interface OidcTrust {
  readonly issuers: readonly TrustedIssuer[]
  /** Names that mean somebody else here, those of static tokens. */
  readonly reservedNames: readonly string[]
  /** The configured sites: a token can be limited to these. */
  readonly siteNames: readonly string[]
}

/** Verifies the access tokens of issuers. Dispose ends the refreshing of their keys. */
export interface OidcAuthentication extends Disposable {
  readonly verify: VerifyToken
  /** Takes the tokens of other issuers from now on. Keys that are known stay so where their address does. */
  trust(trust: OidcTrust): void
  /**
   * What the token grants by now that somebody was let in with, null for nothing. The token itself was good and is not
   * looked at again: keys that its issuer has since put away do not count against it.
   *
   * @param viewer Whom `verify` has given.
   */
  review(viewer: Viewer): Viewer | null
}

/** What is remembered of a token for as long as its caller is somebody here. Of no use to show it again. */
interface Shown {
  readonly payload: JWTPayload
  readonly algorithm: string
  readonly jwksUrl: string
}

/** The same as {@link OidcTrust}, to be looked at. */
interface Trusting {
  readonly issuers: ReadonlyMap<unknown, TrustedIssuer>
  readonly reservedNames: ReadonlySet<string>
  readonly siteNames: ReadonlySet<string>
}

/** Why a token is refused, for the log: says nothing that was not in the token's own unsigned part or is our rule. */
class Refusal extends Error {}

/** How far the issuer's clock may be ahead of ours. A token that has expired gets no grace. */
const aheadToleranceSeconds = 30

/** An access token fits into a request's headers; more is not worth decoding. */
const maxTokenCharacters = 16_384

const printable = /^[^\p{C}]{1,256}$/u

/** RFC 9068 names the first; most issuers still write the second, also into tokens that are no access tokens. */
const accessTokenTypes = ['application/at+jwt', 'application/jwt']

/** Only other tokens of an issuer have them: ID tokens (OpenID Connect Core 3.3.2.11), logout tokens, security events. */
const foreignClaims = ['at_hash', 'c_hash', 's_hash', 'events']

/**
 * @throws Refusal for an ID token, a refresh token and the like, and for one that is bound to a key or a certificate
 *   (`cnf`): whoever shows that one would have to prove that he has the key, and `Bearer` proves nothing.
 */
const requireAccessToken = ({ protectedHeader, payload }: JWTVerifyResult): void => {
  const type = (protectedHeader.typ ?? '').toLowerCase()
  if (!accessTokenTypes.includes(type.includes('/') ? type : `application/${type}`)) {
    throw new Refusal('its typ is neither at+jwt nor JWT')
  }
  const foreign = foreignClaims.find((claim) => Object.hasOwn(payload, claim))
  if (foreign !== undefined) throw new Refusal(`it has the claim ${foreign} and so is no access token`)
  // Keycloak says in the payload which of its tokens it is.
  const kind = payload['typ'] ?? 'Bearer'
  if (kind !== 'Bearer') throw new Refusal('its claim typ is not Bearer')
  if (Object.hasOwn(payload, 'cnf')) throw new Refusal('it is bound to a key of its holder')
}

const toExpiry = (payload: JWTPayload, now: Date): Date => {
  const expiresAt = new Date((payload.exp ?? 0) * 1_000)
  if (!(expiresAt.getTime() > now.getTime())) throw new Refusal('it has expired')
  return expiresAt
}

const toName = (payload: JWTPayload, { nameClaim, namePrefix }: TrustedIssuer): string => {
  const name = findClaim(payload, nameClaim)
  if (typeof name !== 'string' || !printable.test(name)) throw new Refusal(`its claim ${nameClaim} is no name`)
  return `${namePrefix}${name}`
}

const requireGrants = (payload: JWTPayload, claims: GrantClaims, siteNames: ReadonlySet<string>): readonly Grant[] => {
  const grants = toGrants(payload, claims, siteNames)
  if (grants.length > 0) return grants
  const { scopeClaim, siteClaim, organizationClaim } = claims
  const [first, ...more] = [scopeClaim, siteClaim, organizationClaim].filter((name) => name !== null)
  throw new Refusal(
    more.length === 0
      ? `its claim ${first} grants nothing here`
      : `its claims ${[first, ...more].join(', ')} grant nothing here`,
  )
}

/** Who shows a token with this payload. */
const toHolder = (
  payload: JWTPayload,
  expiresAt: Date | null,
  trusted: TrustedIssuer,
  { reservedNames, siteNames }: Trusting,
): Viewer => {
  const name = toName(payload, trusted)
  const grants = requireGrants(payload, trusted, siteNames)
  if (reservedNames.has(name)) throw new Refusal('it has the name of a static token')
  return toViewer({ name, grants, expiresAt, isAnonymous: false })
}

/** What the log says of a refusal. Never the token, nor its claims. */
const toReason = (error: unknown): string | null => {
  if (error instanceof Refusal) return error.message
  if (error instanceof errors.JWTClaimValidationFailed) return `${error.code} ${error.claim}`
  return error instanceof errors.JOSEError ? error.code : null
}

const toTrusting = ({ issuers, reservedNames, siteNames }: OidcTrust): Trusting => ({
  issuers: new Map(issuers.map((trusted) => [trusted.issuer, trusted])),
  reservedNames: new Set(reservedNames),
  siteNames: new Set(siteNames),
})

/** @throws Refusal, and what jose throws, for whatever is not an access token of this issuer that is valid now. */
const verifyToken = async (
  token: string,
  trusted: TrustedIssuer,
  keys: IssuerKeys,
  now: Date,
): Promise<JWTVerifyResult> => {
  const verified = await jwtVerify(token, (header, input) => keys.get(header, input), {
    issuer: trusted.issuer,
    audience: trusted.audience,
    algorithms: [...trusted.algorithms],
    requiredClaims: ['exp', 'sub'],
    clockTolerance: aheadToleranceSeconds,
    currentDate: now,
  })
  requireAccessToken(verified)
  return verified
}

/** Who shows by now what somebody was let in with. @throws Refusal where it would not be taken any more. */
const reviewShown = (viewer: Viewer, { payload, algorithm, jwksUrl }: Shown, trusting: Trusting): Viewer => {
  const trusted = trusting.issuers.get(payload.iss)
  const isTrusted =
    trusted !== undefined &&
    trusted.jwksUrl === jwksUrl &&
    trusted.algorithms.some((name) => name === algorithm) &&
    [payload.aud].flat().includes(trusted.audience)
  if (!isTrusted) throw new Refusal('its issuer is not configured as it was')
  return toHolder(payload, viewer.expiresAt, trusted, trusting)
}

/**
 * Verifies OIDC access tokens (JWT) with issuer, audience, algorithms, type and keys from the configuration. A token that
 * grants nothing here is refused: it was made for something else.
 */
export const createOidcAuthentication = (
  options: OidcTrust & { readonly clock: Clock; readonly logger: Logger },
): OidcAuthentication => {
  const { clock, logger } = options
  const ring = new KeyRing({ clock, logger })
  const shown = new WeakMap<Viewer, Shown>()
  let trusting: Trusting

  const trust = (next: OidcTrust): void => {
    trusting = toTrusting(next)
    ring.keep(new Set(next.issuers.map(({ jwksUrl }) => jwksUrl)))
  }
  trust(options)

  const verify = async (token: string): Promise<Viewer> => {
    if (token.length > maxTokenCharacters) throw new Refusal('it is too long')
    const now = clock.now()
    const asOf = trusting
    const trusted = asOf.issuers.get(decodeJwt(token).iss)
    const keys = trusted === undefined ? null : ring.find(trusted.jwksUrl)
    if (trusted === undefined || keys === null) throw new Refusal('its issuer is not configured')
    const { payload, protectedHeader } = await verifyToken(token, trusted, keys, now)
    const viewer = toHolder(payload, toExpiry(payload, now), trusted, asOf)
    shown.set(viewer, { payload, algorithm: protectedHeader.alg, jwksUrl: trusted.jwksUrl })
    return viewer
  }

  return {
    trust,
    verify: async (token, requestId) => {
      try {
        return await verify(token)
      } catch (error) {
        const reason = toReason(error)
        const request = requestId === undefined ? {} : { requestId }
        if (reason === null) logger.error('A token could not be verified', { ...request, error })
        else logger.info('A token was refused', { ...request, reason })
        return null
      }
    },
    review: (viewer) => {
      const token = shown.get(viewer)
      if (token === undefined) return null
      try {
        return reviewShown(viewer, token, trusting)
      } catch (error) {
        if (error instanceof Refusal) return null
        throw error
      }
    },
    [Symbol.dispose]: () => ring[Symbol.dispose](),
  }
}
