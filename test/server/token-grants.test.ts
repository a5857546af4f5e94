import { describe, expect, test } from 'vitest'
import { findClaim, toGrants, type GrantClaims } from '../../src/server/token-grants.ts'
import { unbounded } from '../../src/domain/viewer.ts'

const sites = new Set(['cloud-a', 'zvm-a'])
const plain: GrantClaims = { scopeClaim: 'scope', siteClaim: null, organizationClaim: null, grants: [] }
const bounded: GrantClaims = { ...plain, siteClaim: 'dr.sites', organizationClaim: 'tenant' }

describe('the path of a claim', () => {
  const payload = {
    scope: 'x',
    realm_access: { roles: ['admin'] },
    'https://idp.example/roles': ['viewer'],
    'a.b': { 'c.d': 1 },
    list: [{ name: 'x' }],
  }

  test.each([
    ['scope', 'x'],
    ['realm_access.roles', ['admin']],
    ['https://idp\\.example/roles', ['viewer']],
    ['a\\.b.c\\.d', 1],
  ])('%s leads to what stands there', (path, found) => {
    expect(findClaim(payload, path)).toEqual(found)
  })

  test.each([
    'scopes',
    'realm_access.groups',
    'https://idp.example/roles',
    'a.b',
    'scope.length',
    'list.0.name',
    'list.length',
    '__proto__',
    'constructor.name',
    'realm_access.__proto__',
    'realm_access.toString',
    '.',
    'realm_access.',
  ])('%s leads to nothing', (path) => {
    expect(findClaim(payload, path)).toBeUndefined()
  })
})

describe('what a token grants', () => {
  test('is its scopes, everywhere where no claim sets a bound', () => {
    expect(toGrants({ scope: 'dr:recover openid dr:read' }, plain, sites)).toEqual([
      { ...unbounded, scopes: ['dr:read', 'dr:recover'] },
    ])
  })

  test('is bounded by the sites and organisations of its claims, which may be one or a list', () => {
    const scope = 'dr:read'
    expect(toGrants({ scope, dr: { sites: ['zvm-a', 'zvm-a'] }, tenant: 'ACME Corp' }, bounded, sites)).toEqual([
      { scopes: ['dr:read'], siteNames: ['zvm-a'], organizations: ['acme corp'] },
    ])
    expect(toGrants({ scope, dr: { sites: 'cloud-a' }, tenant: ['Acme', 'ACME', 'Globex'] }, bounded, sites)).toEqual([
      { scopes: ['dr:read'], siteNames: ['cloud-a'], organizations: ['acme', 'globex'] },
    ])
  })

  test('leaves out sites that are not configured, and is nothing when none is left', () => {
    const claims = { ...plain, siteClaim: 'sites' }
    expect(toGrants({ scope: 'dr:read', sites: ['nowhere', 'zvm-a', '*'] }, claims, sites)).toEqual([
      { scopes: ['dr:read'], siteNames: ['zvm-a'], organizations: null },
    ])
    expect(toGrants({ scope: 'dr:read', sites: ['nowhere', '*'] }, claims, sites)).toEqual([])
  })

  test.each([
    ['missing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['an empty list', []],
    ['a number', 7],
    ['true', true],
    ['an object', { acme: true }],
    ['a list with something else in it', ['acme', 7]],
    ['a list with an empty text in it', ['acme', '']],
    ['a list of lists', [['acme']]],
  ])('is nothing where a claim that sets a bound is %s', (_what, value) => {
    expect(toGrants({ scope: 'dr:read', tenant: value }, { ...plain, organizationClaim: 'tenant' }, sites)).toEqual([])
    const site = { scope: 'dr:read', dr: { sites: value }, tenant: 'acme' }
    expect(toGrants(site, bounded, sites)).toEqual([])
  })

  test('is what the configuration gives to the values of its claims, besides its scopes', () => {
    const grants = [
      { claim: 'realm_access.roles', value: 'acme-admin', ...unbounded, scopes: ['dr:operate'], siteNames: ['zvm-a'] },
      { claim: 'groups', value: 'auditors', ...unbounded, scopes: ['dr:audit'] },
      { claim: 'groups', value: 'nobody', ...unbounded, scopes: ['dr:recover'] },
    ] as const
    const payload = { scope: 'dr:read', realm_access: { roles: ['x', 'acme-admin'] }, groups: 'auditors' }
    expect(toGrants(payload, { ...plain, grants }, sites)).toEqual([
      { ...unbounded, scopes: ['dr:read'] },
      { ...unbounded, scopes: ['dr:operate'], siteNames: ['zvm-a'] },
      { ...unbounded, scopes: ['dr:audit'] },
    ])
    // What bounds the scope claim bounds nothing else, and opens nothing by being missing.
    const withBounds = toGrants(payload, { ...bounded, grants }, sites)
    expect(withBounds.map((grant) => grant.scopes)).toEqual([['dr:operate'], ['dr:audit']])
  })

  test.each([
    ['a part of the value', 'auditors-2'],
    ['another case', 'Auditors'],
    ['the value among words', 'x auditors'],
    ['a list with something else in it', ['auditors', 7]],
    ['an object with it as a key', { auditors: true }],
  ])('is not what belongs to a value where the claim is %s', (_what, groups) => {
    const grants = [{ claim: 'groups', value: 'auditors', ...unbounded, scopes: ['dr:audit'] }] as const
    expect(toGrants({ groups }, { ...plain, grants }, sites)).toEqual([])
  })
})
