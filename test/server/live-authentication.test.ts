import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { unbounded, type Grant, type Viewer } from '../../src/domain/viewer.ts'
import { issuerKeyLimits } from '../../src/server/issuer-keys.ts'
import { LiveAuthentication, type CallerSettings } from '../../src/server/live-authentication.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { startTokenIssuer, type TokenIssuer } from '../support/token-issuer.ts'
import { everywhere } from '../support/viewer-of.ts'

const siteNames = ['cloud-a', 'zvm-a']
const nobody: CallerSettings = { tokens: [], issuers: [], siteNames }

const tokenOf = (name: string, grants: readonly Grant[], text = name) => ({
  name,
  sha256: createHash('sha256').update(text).digest('hex'),
  grants,
})

const withTokens = (...tokens: CallerSettings['tokens']): CallerSettings => ({ ...nobody, tokens })

const read = everywhere(['dr:read'])
const readAtSite: readonly Grant[] = [{ ...unbounded, scopes: ['dr:read'], siteNames: ['zvm-a'] }]

let clock: FakeClock
let issuer: TokenIssuer
beforeEach(async () => {
  clock = createFakeClock(Date.now())
  issuer = await startTokenIssuer()
  onTestFinished(() => issuer[Symbol.asyncDispose]())
})

const start = (settings: CallerSettings): LiveAuthentication => {
  const authentication = new LiveAuthentication(settings, { clock, logger: silentLogger })
  onTestFinished(() => authentication[Symbol.dispose]())
  return authentication
}

const arrive = async (authentication: LiveAuthentication, token: string): Promise<Viewer> => {
  const viewer = await authentication.authenticate(`Bearer ${token}`)
  if (viewer === null) throw new Error(`${token} was refused`)
  return viewer
}

/** How often somebody was told that his grant was withdrawn. */
const watch = (authentication: LiveAuthentication, viewer: Viewer) => {
  const told = { times: 0 }
  const watching = authentication.watch(viewer, () => {
    told.times += 1
  })
  return { told, stop: () => watching[Symbol.dispose]() }
}

describe('the holder of a static token', () => {
  test.each<[what: string, settings: CallerSettings, times: number]>([
    ['stays as it is', withTokens(tokenOf('ci', read)), 0],
    ['has more scopes', withTokens(tokenOf('ci', everywhere(['dr:read', 'dr:operate']))), 0],
    ['stands behind a new one', withTokens(tokenOf('other', read), tokenOf('ci', read)), 0],
    ['is gone', withTokens(tokenOf('other', read)), 1],
    ['has another text', withTokens(tokenOf('ci', read, 'changed')), 1],
    ['has fewer scopes', withTokens(tokenOf('ci', everywhere(['dr:audit']))), 1],
    ['holds at one site only', withTokens(tokenOf('ci', readAtSite)), 1],
    ['is of another caller', withTokens(tokenOf('cd', read)), 1],
  ])('is told when it %s: %#', async (_what, settings, times) => {
    // W3
    const authentication = start(withTokens(tokenOf('ci', read)))
    const { told } = watch(authentication, await arrive(authentication, 'ci'))
    const names = authentication.replace(settings)
    expect([told.times, names]).toEqual([times, times === 0 ? [] : ['ci']])
    authentication.replace(settings)
    expect(told.times).toBe(times)
  })

  test('is measured by what he came with, however the grant has changed in between', async () => {
    const authentication = start(withTokens(tokenOf('ci', readAtSite)))
    const { told } = watch(authentication, await arrive(authentication, 'ci'))
    authentication.replace(withTokens(tokenOf('ci', read)))
    const late = watch(authentication, await arrive(authentication, 'ci'))
    authentication.replace(withTokens(tokenOf('ci', readAtSite)))
    expect([told.times, late.told.times]).toEqual([0, 1])
  })

  test('is told nothing any more when he has gone', async () => {
    const authentication = start(withTokens(tokenOf('ci', read)))
    const { told, stop } = watch(authentication, await arrive(authentication, 'ci'))
    stop()
    expect(authentication.replace(nobody)).toEqual([])
    expect(told.times).toBe(0)
  })

  test('is told at once when he comes to watch too late', async () => {
    // W3
    const authentication = start(withTokens(tokenOf('ci', read)))
    const viewer = await arrive(authentication, 'ci')
    authentication.replace(nobody)
    expect(watch(authentication, viewer).told.times).toBe(1)
  })
})

/** Settings that take the issuer's tokens. */
const trusting = (more: object = {}, settings: CallerSettings = nobody): CallerSettings => ({
  ...settings,
  issuers: [{ ...issuer.trusted, ...more }],
})

describe('the holder of an access token', () => {
  const claims = { scope: 'dr:read dr:operate', groups: ['staff'], tenant: 'ACME', roles: 'x' }
  const group = { claim: 'groups', value: 'staff', ...unbounded, scopes: ['dr:audit'] } as const

  test.each<[what: string, toSettings: () => CallerSettings, times: number]>([
    ['stays as it is', () => trusting(), 0],
    [
      'trusts one more besides',
      () => ({
        ...trusting(),
        issuers: [...trusting().issuers, { ...issuer.trusted, issuer: 'other', namePrefix: 'o:' }],
      }),
      0,
    ],
    ['grants more by a claim', () => trusting({ grants: [group] }), 0],
    ['is gone', () => nobody, 1],
    ['is for another audience', () => trusting({ audience: 'other' }), 1],
    ['has its keys elsewhere', () => trusting({ jwksUrl: 'http://127.0.0.1:1/keys' }), 1],
    ['takes other algorithms', () => trusting({ algorithms: ['RS256'] }), 1],
    ['has its scopes in another claim', () => trusting({ scopeClaim: 'roles' }), 1],
    ['bounds by a claim that the token has', () => trusting({ organizationClaim: 'tenant' }), 1],
    ['bounds by a claim that the token lacks', () => trusting({ siteClaim: 'sites' }), 1],
    ['puts something before names', () => trusting({ namePrefix: 'corp:' }), 1],
    ['leaves his name to a static token', () => trusting({}, withTokens(tokenOf('alice', read))), 1],
  ])('is told when his issuer %s: %#', async (_what, toSettings, times) => {
    // W3
    const authentication = start(trusting())
    const { told } = watch(authentication, await arrive(authentication, await issuer.sign(claims)))
    authentication.replace(toSettings())
    expect(told.times).toBe(times)
  })

  test('loses what the value of a claim has given him', async () => {
    const authentication = start(trusting({ grants: [group] }))
    const viewer = await arrive(authentication, await issuer.sign(claims))
    expect([...viewer.scopes]).toContain('dr:audit')
    const { told } = watch(authentication, viewer)
    authentication.replace(trusting({ grants: [{ ...group, siteNames: ['zvm-a'] }] }))
    expect(told.times).toBe(1)
  })

  test('keeps what he has when his issuer has put the key away, or does not answer', async () => {
    // A2, W3
    const authentication = start(trusting())
    const token = await issuer.sign()
    const { told } = watch(authentication, await arrive(authentication, token))
    issuer.answerWith((_request, response) => response.destroy())
    authentication.replace(trusting({ grants: [group] }))
    // The keys that are known go on to be known: nobody has to show one again.
    expect((await authentication.authenticate(`Bearer ${token}`))?.name).toBe('alice')
    expect([told.times, issuer.requests()]).toEqual([0, 1])
    await clock.untilWaiting(1)
    const asked = issuer.whenAsked()
    clock.turn(issuerKeyLimits.refreshIntervalMs)
    await asked
  })

  test('is refused when nobody knows him any more by the time at which his key was read', async () => {
    const authentication = start(trusting())
    const token = await issuer.sign()
    await arrive(authentication, token)
    await issuer.addKey()
    clock.turn(issuerKeyLimits.leastGapMs)
    const authorization = `Bearer ${await issuer.sign()}`
    const asked = issuer.whenAsked()
    const pending = authentication.authenticate(authorization)
    await asked
    authentication.replace(nobody)
    expect(await pending).toBeNull()
  })
})

test('lets in by the present settings, and no longer by former ones', async () => {
  const authentication = start(withTokens(tokenOf('ci', read)))
  authentication.replace(withTokens(tokenOf('cd', readAtSite)))
  expect(await authentication.authenticate('Bearer ci')).toBeNull()
  expect((await arrive(authentication, 'cd')).grants).toEqual(readAtSite)
  expect(await authentication.authenticate(null)).toBeNull()
})
