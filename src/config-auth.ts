import { z } from 'zod'
import { scopes, type Grant } from './domain/viewer.ts'
import { signatureAlgorithms } from './server/oidc-authentication.ts'

const grantMembers = {
  scopes: z.array(z.enum(scopes)).min(1),
  sites: z.array(z.string().min(1)).min(1).optional(),
  organizations: z.array(z.string().min(1).max(256).toLowerCase()).min(1).optional(),
}

const grant = z.strictObject(grantMembers)

const toGrant = ({ scopes: granted, sites, organizations }: z.infer<typeof grant>): Grant => ({
  scopes: granted,
  siteNames: sites ?? null,
  organizations: organizations ?? null,
})

const token = z
  .strictObject({
    name: z.string().min(1).max(128),
    sha256: z
      .string()
      .regex(/^[\da-f]{64}$/i, 'must be the SHA-256 of the token, 64 hexadecimal digits')
      .toLowerCase(),
    ...grantMembers,
    scopes: grantMembers.scopes.optional(),
    grants: z.array(grant).min(1).optional(),
  })
  .superRefine(({ grants, ...members }, context) => {
    const add = (name: string, message: string): void => context.addIssue({ code: 'custom', path: [name], message })
    if (grants === undefined) {
      if (members.scopes === undefined) add('scopes', 'is needed, or grants')
      return
    }
    for (const name of ['scopes', 'sites', 'organizations'] as const) {
      if (members[name] !== undefined) add(name, 'stands in each of the grants, where there are any')
    }
  })
  .transform(({ name, sha256, grants, ...members }) => ({
    name,
    sha256,
    grants: (grants ?? [{ ...members, scopes: members.scopes ?? [] }]).map(toGrant),
  }))

const thisMachine = ['localhost', '127.0.0.1', '[::1]']

/** Keys that came unprotected over a network would let anybody on it sign. */
const isKeyAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  const isProtected = protocol === 'https:' || (protocol === 'http:' && thisMachine.includes(hostname))
  return isProtected && username === '' && password === ''
}

const claim = z.string().min(1).max(256)

const claimGrant = z
  .strictObject({ claim, value: z.string().min(1).max(256), ...grantMembers })
  .transform((members) => ({ claim: members.claim, value: members.value, ...toGrant(members) }))

const issuer = z.strictObject({
  issuer: z.string().min(1).max(1024),
  audience: z.string().min(1).max(1024),
  jwksUrl: z.string().refine(isKeyAddress, 'must be https://, without a password; http:// only on this machine'),
  scopeClaim: claim.prefault('scope'),
  siteClaim: claim.nullable().prefault(null),
  organizationClaim: claim.nullable().prefault(null),
  grants: z.array(claimGrant).prefault([]),
  nameClaim: claim.prefault('sub'),
  namePrefix: z.string().max(64).prefault(''),
  algorithms: z.array(z.enum(signatureAlgorithms)).min(1).prefault(['RS256', 'PS256', 'ES256', 'EdDSA']),
})

type Add = (path: (string | number)[], message: string) => void

const checkIssuers = (issuers: readonly z.infer<typeof issuer>[], add: Add): void => {
  for (const [index, { issuer: name, namePrefix }] of issuers.entries()) {
    for (const [earlier, other] of issuers.slice(0, index).entries()) {
      if (other.issuer === name) add(['issuers', index, 'issuer'], `is already the one of auth.issuers.${earlier}`)
      else if (namePrefix.startsWith(other.namePrefix) || other.namePrefix.startsWith(namePrefix)) {
        const message = `must differ from the one of auth.issuers.${earlier}, and neither may begin with the other: else a caller of one could have the name of a caller of the other`
        add(['issuers', index, 'namePrefix'], message)
      }
    }
  }
}

const checkTokens = (tokens: readonly z.infer<typeof token>[], add: Add): void => {
  for (const [index, { sha256 }] of tokens.entries()) {
    const first = tokens.findIndex((other) => other.sha256 === sha256)
    if (first < index) add(['tokens', index, 'sha256'], `is already the one of auth.tokens.${first}`)
  }
}

/** The section `auth` of the configuration: who may call, and what he may do where. */
export const authSection = z
  .strictObject({ issuers: z.array(issuer).prefault([]), tokens: z.array(token).prefault([]) })
  .superRefine(({ issuers, tokens }, context) => {
    const add: Add = (path, message) => context.addIssue({ code: 'custom', path, message })
    if (issuers.length + tokens.length === 0) {
      add(['tokens'], 'at least one token, or one of auth.issuers, is needed: without either nobody may call')
    }
    checkIssuers(issuers, add)
    checkTokens(tokens, add)
  })
  .prefault({})

const someSites = z
  .object({ sites: z.array(z.unknown()) })
  .partial()
  .catch({})
const someGrants = z
  .object({ grants: z.array(someSites) })
  .partial()
  .catch({})
const wholeFile = z.object({
  sites: z.array(z.object({ name: z.unknown() }).catch({ name: null })).catch([]),
  auth: z
    .object({
      tokens: z.array(someSites.and(someGrants)).catch([]),
      issuers: z.array(someGrants).catch([]),
    })
    .catch({ tokens: [], issuers: [] }),
})

/** Which names of sites in the section `auth` are not configured ones, by their paths in the file. */
export const findUnknownSites = (file: unknown): readonly string[] => {
  const parsed = wholeFile.safeParse(file)
  if (!parsed.success) return []
  const { sites, auth } = parsed.data
  const known = new Set(sites.map(({ name }) => name))
  const look = (path: string, { sites: names = [] }: z.infer<typeof someSites>): readonly string[] =>
    names.flatMap((name, index) => (known.has(name) ? [] : [`${path}.sites.${index}`]))
  const lookAtAll = (path: string, { grants = [] }: z.infer<typeof someGrants>): readonly string[] =>
    grants.flatMap((given, index) => look(`${path}.grants.${index}`, given))
  return [
    ...auth.tokens.flatMap((given, index) => [
      ...look(`auth.tokens.${index}`, given),
      ...lookAtAll(`auth.tokens.${index}`, given),
    ]),
    ...auth.issuers.flatMap((given, index) => lookAtAll(`auth.issuers.${index}`, given)),
  ]
}
