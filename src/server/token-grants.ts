import type { JWTPayload } from 'jose'
import type { Bounds } from '../domain/reach.ts'
import { scopes, type Grant } from '../domain/viewer.ts'

/** What callers with a certain value in a certain claim may do, and where. */
export interface ClaimGrant extends Grant {
  /** Path of the claim, as {@link GrantClaims} have them. */
  readonly claim: string
  /** What the claim is, or holds when it is a list. */
  readonly value: string
}

/**
 * Where in a token stands what it grants. Each claim is named by its path: dots lead into what is nested, as in
 * `realm_access.roles`, and a dot that is part of a name is written `\.`.
 */
export interface GrantClaims {
  /** The claim with the scopes: words with spaces between, or a list. Words that are no `Scope` are left out. */
  readonly scopeClaim: string
  /** The claim with the sites at which these scopes hold: a name, or a list of names. Null where they hold at all. */
  readonly siteClaim: string | null
  /** The same for organisations. */
  readonly organizationClaim: string | null
  /** What else is granted, by the values of other claims. */
  readonly grants: readonly ClaimGrant[]
}

/** What is between the dots of a path, where a dot after a backslash is none. */
const parsePath = (path: string): readonly string[] =>
  path.split(/(?<!\\)\./).map((name) => name.replaceAll('\\.', '.'))

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands in a token at a path; undefined where nothing does. What every object has by itself is nothing. */
export const findClaim = (payload: JWTPayload, path: string): unknown => {
  let found: unknown = payload
  for (const name of parsePath(path)) {
    if (!isRecord(found) || !Object.hasOwn(found, name)) return undefined
    found = found[name]
  }
  return found
}

/** The texts of a claim that is one, or is a list of nothing else; none for any other. */
const toTexts = (claim: unknown): readonly string[] => {
  const items: readonly unknown[] = Array.isArray(claim) ? claim : [claim]
  return items.every((item) => typeof item === 'string' && item !== '') ? [...new Set(items.map(String))] : []
}

const toWords = (claim: unknown): readonly unknown[] => {
  if (typeof claim === 'string') return claim.split(' ')
  return Array.isArray(claim) ? claim : []
}

/** Where the scopes of the scope claim hold. A claim that is not there, or names nothing, makes an empty bound. */
const toBounds = (payload: JWTPayload, claims: GrantClaims, siteNames: ReadonlySet<string>): Bounds => {
  const { siteClaim, organizationClaim } = claims
  return {
    siteNames: siteClaim === null ? null : toTexts(findClaim(payload, siteClaim)).filter((name) => siteNames.has(name)),
    organizations:
      organizationClaim === null
        ? null
        : [...new Set(toTexts(findClaim(payload, organizationClaim)).map((name) => name.toLowerCase()))],
  }
}

const isEmpty = ({ siteNames, organizations }: Bounds): boolean =>
  siteNames?.length === 0 || organizations?.length === 0

/**
 * What a token grants: the scopes of its scope claim, where its other claims say, and what its issuer's configuration
 * gives to the values that it holds. Whatever is missing or malformed grants nothing, and never more.
 *
 * @param siteNames The configured ones. Other names in a token are left out.
 */
export const toGrants = (
  payload: JWTPayload,
  claims: GrantClaims,
  siteNames: ReadonlySet<string>,
): readonly Grant[] => {
  const words = toWords(findClaim(payload, claims.scopeClaim))
  const own = { ...toBounds(payload, claims, siteNames), scopes: scopes.filter((scope) => words.includes(scope)) }
  const given = claims.grants
    .filter(({ claim, value }) => toTexts(findClaim(payload, claim)).includes(value))
    .map(({ claim: _claim, value: _value, ...grant }): Grant => grant)
  return [own, ...given].filter((grant) => grant.scopes.length > 0 && !isEmpty(grant))
}
