import { expect, test } from 'vitest'
import { authSection, findUnknownSites } from '../src/config-auth.ts'
import { unbounded } from '../src/domain/viewer.ts'

const sha256 = 'ab'.repeat(32)
const issuer = { issuer: 'https://idp.example', audience: 'dr-gateway', jwksUrl: 'https://idp.example/keys' }

const grantsOf = (members: object) =>
  authSection.parse({ tokens: [{ name: 'ci', sha256, ...members }] }).tokens[0]?.grants
const problemsOf = (auth: unknown): readonly string[] => {
  const { error } = authSection.safeParse(auth)
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}
const problemsOfToken = (members: object) => problemsOf({ tokens: [{ name: 'ci', sha256, ...members }] })

test('a token with scopes alone may use them everywhere', () => {
  expect(grantsOf({ scopes: ['dr:read', 'dr:operate'] })).toEqual([{ ...unbounded, scopes: ['dr:read', 'dr:operate'] }])
})

test('a token may be limited to sites and to organisations, whose names are compared in lower case', () => {
  expect(grantsOf({ scopes: ['dr:read'], sites: ['zvm-a'], organizations: ['ACME Corp', 'globex'] })).toEqual([
    { scopes: ['dr:read'], siteNames: ['zvm-a'], organizations: ['acme corp', 'globex'] },
  ])
})

test('a token may have several grants, each with limits of its own', () => {
  const grants = [
    { scopes: ['dr:read'] },
    { scopes: ['dr:operate', 'dr:recover'], sites: ['zvm-a'] },
    { scopes: ['dr:operate'], organizations: ['Acme'] },
  ]
  expect(grantsOf({ grants })).toEqual([
    { ...unbounded, scopes: ['dr:read'] },
    { ...unbounded, scopes: ['dr:operate', 'dr:recover'], siteNames: ['zvm-a'] },
    { ...unbounded, scopes: ['dr:operate'], organizations: ['acme'] },
  ])
})

test('a token says what it grants in one of the two ways', () => {
  const grants = [{ scopes: ['dr:read'] }]
  expect(problemsOfToken({})).toEqual(['tokens.0.scopes: is needed, or grants'])
  const twice = { grants, scopes: ['dr:read'], sites: ['zvm-a'], organizations: ['acme'] }
  expect(problemsOfToken(twice).map((problem) => problem.split(':')[0])).toEqual([
    'tokens.0.scopes',
    'tokens.0.sites',
    'tokens.0.organizations',
  ])
})

test.each([
  ['no scope', { scopes: [] }, 'tokens.0.scopes'],
  ['no grant', { grants: [] }, 'tokens.0.grants'],
  ['no site', { scopes: ['dr:read'], sites: [] }, 'tokens.0.sites'],
  ['no organisation', { scopes: ['dr:read'], organizations: [] }, 'tokens.0.organizations'],
  ['an organisation without a name', { scopes: ['dr:read'], organizations: [''] }, 'tokens.0.organizations.0'],
  ['null for a bound', { scopes: ['dr:read'], sites: null }, 'tokens.0.sites'],
  ['an unknown scope in a grant', { grants: [{ scopes: ['dr:all'] }] }, 'tokens.0.grants.0.scopes.0'],
  ['a misspelt bound', { scopes: ['dr:read'], organisations: ['acme'] }, 'tokens.0'],
  ['a misspelt bound in a grant', { grants: [{ scopes: ['dr:read'], site: ['zvm-a'] }] }, 'tokens.0.grants.0'],
])('a token with %s is refused', (_what, members, path) => {
  expect(problemsOfToken(members).map((problem) => problem.split(':')[0])).toEqual([path])
})

test('one token cannot stand for two callers', () => {
  const scopes = ['dr:read']
  expect(
    problemsOf({
      tokens: [
        { name: 'a', sha256, scopes },
        { name: 'b', sha256: sha256.toUpperCase(), scopes },
      ],
    }),
  ).toEqual(['tokens.1.sha256: is already the one of auth.tokens.0'])
})

test('an issuer says which claims set bounds, and what values of claims grant', () => {
  const given = {
    ...issuer,
    siteClaim: 'dr.sites',
    organizationClaim: 'tenant',
    grants: [
      {
        claim: 'realm_access.roles',
        value: 'dr-admin',
        scopes: ['dr:recover'],
        sites: ['zvm-a'],
        organizations: ['ACME'],
      },
    ],
  }
  expect(authSection.parse({ issuers: [given] }).issuers[0]).toMatchObject({
    scopeClaim: 'scope',
    siteClaim: 'dr.sites',
    organizationClaim: 'tenant',
    grants: [
      {
        claim: 'realm_access.roles',
        value: 'dr-admin',
        scopes: ['dr:recover'],
        siteNames: ['zvm-a'],
        organizations: ['acme'],
      },
    ],
  })
})

test.each([
  ['no value', { claim: 'groups', scopes: ['dr:read'] }, 'grants.0.value'],
  ['an empty claim', { claim: '', value: 'x', scopes: ['dr:read'] }, 'grants.0.claim'],
  ['no scope', { claim: 'groups', value: 'x' }, 'grants.0.scopes'],
])('a grant by a claim with %s is refused', (_what, grant, path) => {
  const problems = problemsOf({ issuers: [{ ...issuer, grants: [grant] }] })
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([`issuers.0.${path}`])
})

test('names of sites have to be configured ones, wherever they stand', () => {
  const file = {
    sites: [{ name: 'zvm-a' }, 'nonsense', {}],
    auth: {
      tokens: [
        { sites: ['zvm-a', 'zvm-b'] },
        { grants: [{ sites: ['ZVM-A'] }, { sites: ['zvm-a'] }, {}] },
        { grants: 'nonsense', sites: [7] },
        'nonsense',
      ],
      issuers: [{ siteClaim: 'zvm-x', grants: [{ sites: ['zvm-c', 'zvm-a'] }] }],
    },
  }
  expect(findUnknownSites(file)).toEqual([
    'auth.tokens.0.sites.1',
    'auth.tokens.1.grants.0.sites.0',
    'auth.tokens.2.sites.0',
    'auth.issuers.0.grants.0.sites.0',
  ])
  for (const nonsense of [null, 'x', {}, { auth: 7 }, { auth: { tokens: {} } }])
    expect(findUnknownSites(nonsense)).toEqual([])
})
