import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyResult } from 'jose'
import type { Clock } from '../domain/ports/clock.ts'
import type { Logger } from '../domain/ports/logger.ts'
import { scopes, type Scope, type Viewer } from '../domain/viewer.ts'
import type { VerifyToken } from './authentication.ts'
import { IssuerKeys } from './issuer-keys.ts'

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
export interface TrustedIssuer {
  /** `iss` of its tokens. */
  readonly issuer: string
  /** What `aud` of a token for this gateway is, or holds. */
  readonly audience: string
  /** Where its keys are. Nothing that a token says leads anywhere else. */
  readonly jwksUrl: string
  readonly algorithms: readonly SignatureAlgorithm[]
  /** The claim with the scopes: words with spaces between, or a list. Words that are no {@link Scope} are left out. */
  readonly scopeClaim: string
  /** The claim with the caller's name, which must not change and must belong to nobody else: it scopes idempotency keys. */
  readonly nameClaim: string
  /** What stands before each name; keeps the callers of several issuers apart. */
  readonly namePrefix: string
}

/** Verifies the access tokens of issuers. Dispose ends the refreshing of their keys. */
export interface OidcAuthentication extends Disposable {
  readonly verify: VerifyToken
}

interface Trust {
  readonly trusted: TrustedIssuer
  readonly keys: IssuerKeys
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
  const name = Object.hasOwn(payload, nameClaim) ? payload[nameClaim] : undefined
  if (typeof name !== 'string' || !printable.test(name)) throw new Refusal(`its claim ${nameClaim} is no name`)
  return `${namePrefix}${name}`
}

const toScopes = (payload: JWTPayload, { scopeClaim }: TrustedIssuer): ReadonlySet<Scope> => {
  const claim = Object.hasOwn(payload, scopeClaim) ? payload[scopeClaim] : undefined
  const words: readonly unknown[] = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : []
  const granted = new Set(scopes.filter((scope) => words.includes(scope)))
  if (granted.size === 0) throw new Refusal(`its claim ${scopeClaim} grants nothing here`)
  return granted
}

const verifyWith = async ({ trusted, keys }: Trust, token: string, now: Date): Promise<Viewer> => {
  const verified = await jwtVerify(token, (header, input) => keys.get(header, input), {
    issuer: trusted.issuer,
    audience: trusted.audience,
    algorithms: [...trusted.algorithms],
    requiredClaims: ['exp', 'sub'],
    clockTolerance: aheadToleranceSeconds,
    currentDate: now,
  })
  requireAccessToken(verified)
  const { payload } = verified
  return {
    name: toName(payload, trusted),
    scopes: toScopes(payload, trusted),
    expiresAt: toExpiry(payload, now),
    isAnonymous: false,
  }
}

/** What the log says of a refusal. Never the token, nor its claims. */
const toReason = (error: unknown): string | null => {
  if (error instanceof Refusal) return error.message
  if (error instanceof errors.JWTClaimValidationFailed) return `${error.code} ${error.claim}`
  return error instanceof errors.JOSEError ? error.code : null
}

/**
 * Verifies OIDC access tokens (JWT) with issuer, audience, algorithms, type and keys from the configuration. A token
 * without any of our scopes is refused: it was made for something else.
 *
 * @param options.reservedNames Names that mean somebody else here, those of static tokens.
 */
export const createOidcAuthentication = (options: {
  readonly issuers: readonly TrustedIssuer[]
  readonly reservedNames: readonly string[]
  readonly clock: Clock
  readonly logger: Logger
}): OidcAuthentication => {
  const { clock, logger } = options
  const reserved = new Set(options.reservedNames)
  const trusts = new Map<unknown, Trust>(
    options.issuers.map((trusted) => {
      const keys = new IssuerKeys({ url: trusted.jwksUrl, clock, logger })
      return [trusted.issuer, { trusted, keys }]
    }),
  )

  const verify = async (token: string): Promise<Viewer> => {
    if (token.length > maxTokenCharacters) throw new Refusal('it is too long')
    const trust = trusts.get(decodeJwt(token).iss)
    if (trust === undefined) throw new Refusal('its issuer is not configured')
    const viewer = await verifyWith(trust, token, clock.now())
    if (reserved.has(viewer.name)) throw new Refusal('it has the name of a static token')
    return viewer
  }

  return {
    verify: async (token) => {
      try {
        return await verify(token)
      } catch (error) {
        const reason = toReason(error)
        if (reason === null) logger.error('A token could not be verified', { error })
        else logger.info('A token was refused', { reason })
        return null
      }
    },
    [Symbol.dispose]: () => {
      for (const { keys } of trusts.values()) keys[Symbol.dispose]()
    },
  }
}
