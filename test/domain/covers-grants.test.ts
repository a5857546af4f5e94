import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coversGrants } from '../../src/domain/covers-grants.ts'
import { isWithin, type Place } from '../../src/domain/reach.ts'
import { reachOf, scopes, unbounded, type Grant } from '../../src/domain/viewer.ts'

const siteNames = ['cloud-a', 'cloud-b', 'zvm-a']
const organizations = ['acme', 'globex']

const bound = (names: readonly string[]): fc.Arbitrary<readonly string[] | null> =>
  fc.option(fc.subarray([...names]), { nil: null })
const grant: fc.Arbitrary<Grant> = fc.record({
  scopes: fc.subarray([...scopes]),
  siteNames: bound(siteNames),
  organizations: bound(organizations),
})
const grants = fc.array(grant, { maxLength: 4 })

/** Every place that there is to tell apart. */
const places: readonly Place[] = [...siteNames, 'elsewhere', null].flatMap((siteName) =>
  [...organizations, 'initech', null].map((organization) => ({ siteName, organization })),
)

const mayReach = (given: readonly Grant[]): ReadonlySet<string> =>
  new Set(
    scopes.flatMap((scope) => {
      const reach = given.some((one) => one.scopes.includes(scope)) ? reachOf({ grants: given }, scope) : []
      return places
        .filter((place) => isWithin(reach, [place]))
        .map(({ siteName, organization }) => `${scope} at ${siteName} for ${organization}`)
    }),
  )

test('who is covered may do nothing that the fresh grants do not allow', () => {
  fc.assert(
    fc.property(grants, grants, (fresh, former) => {
      fc.pre(coversGrants(fresh, former))
      expect(mayReach(former).isSubsetOf(mayReach(fresh))).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('grants cover themselves, with whatever is added and in whatever order', () => {
  fc.assert(
    fc.property(grants, grants, (former, more) => {
      expect(coversGrants([...more, ...former.toReversed()], former)).toBe(true)
    }),
  )
})

test('covering goes on: what covers something that covers, covers', () => {
  fc.assert(
    fc.property(grants, grants, grants, (first, second, third) => {
      fc.pre(coversGrants(second, first) && coversGrants(third, second))
      expect(coversGrants(third, first)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

const read: Grant = { ...unbounded, scopes: ['dr:read'] }

test.each<[what: string, fresh: readonly Grant[], former: readonly Grant[], isCovered: boolean]>([
  ['nothing covers nothing', [], [], true],
  ['nothing does not cover something', [], [read], false],
  ['everywhere covers one site', [read], [{ ...read, siteNames: ['cloud-a'] }], true],
  ['one site does not cover everywhere', [{ ...read, siteNames: ['cloud-a'] }], [read], false],
  [
    'two sites cover one of them',
    [{ ...read, siteNames: ['cloud-b', 'cloud-a'] }],
    [{ ...read, siteNames: ['cloud-a'] }],
    true,
  ],
  ['one organisation does not cover a site', [{ ...read, organizations: ['acme'] }], [read], false],
  [
    'the same site for one organisation does not cover the site',
    [{ ...read, siteNames: ['cloud-a'], organizations: ['acme'] }],
    [{ ...read, siteNames: ['cloud-a'] }],
    false,
  ],
  ['another scope does not cover', [{ ...read, scopes: ['dr:audit'] }], [read], false],
  [
    'scopes of one grant may be covered by different ones',
    [read, { ...read, scopes: ['dr:operate'] }],
    [{ ...read, scopes: ['dr:read', 'dr:operate'], siteNames: ['cloud-a'] }],
    true,
  ],
  [
    'one scope is not covered by two grants together',
    [
      { ...read, siteNames: ['cloud-a'] },
      { ...read, siteNames: ['cloud-b'] },
    ],
    [{ ...read, siteNames: ['cloud-a', 'cloud-b'] }],
    false,
  ],
])('%s', (_what, fresh, former, isCovered) => {
  expect(coversGrants(fresh, former)).toBe(isCovered)
})
