import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { scopes, unbounded } from '../../src/domain/viewer.ts'
import { createTokenAuthentication } from '../../src/server/authentication.ts'
import { startGateway, tokenOf } from '../support/start-gateway.ts'
import { startTokenIssuer } from '../support/token-issuer.ts'
import { buildConsole, findViolations, hasBrowser, openBrowser } from './browser.ts'

const patience = { timeout: 30_000 }

interface Provider extends AsyncDisposable {
  readonly url: string
  /** Grant types of the tokens that were asked for. */
  readonly grants: readonly string[]
}

/** An OpenID Connect provider at which somebody is signed in already: it sends back at once, as RFC 6749 and 7636 say. */
const startProvider = async (sign: () => Promise<string>): Promise<Provider> => {
  const grants: string[] = []
  const challenges = new Map<string, string>()
  const authorize = (asked: URL, response: ServerResponse): void => {
    const { searchParams } = asked
    const code = `code-${challenges.size}`
    challenges.set(code, searchParams.get('code_challenge') ?? '')
    const back = new URL(searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('code', code)
    back.searchParams.set('state', searchParams.get('state') ?? '')
    response.writeHead(302, { location: back.href }).end()
  }
  const grantToken = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await text(request))
    const grant = form.get('grant_type') ?? ''
    grants.push(grant)
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isProved = grant === 'refresh_token' || challenges.get(form.get('code') ?? '') === proof
    response.writeHead(isProved ? 200 : 400, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
    response.end(JSON.stringify(isProved ? { access_token: await sign(), refresh_token: 'again' } : { error: 'no' }))
  }
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://provider')
    if (asked.pathname === '/authorize') authorize(asked, response)
    else void grantToken(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The provider has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    grants,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

const caller = { name: 'operator', scopes }
const originOf = (url: string): string => new URL(url).origin

const signIn = async (page: Page, token: string): Promise<void> => {
  await page.getByLabel('Access token').fill(token)
  await page.getByRole('button', { name: 'Sign in with this token' }).click()
}

describe.runIf(hasBrowser)('signing in at the console', { timeout: 60_000 }, () => {
  beforeAll(buildConsole, 60_000)

  it('takes a token that is pasted, for this window only', async () => {
    await using gateway = await startGateway({
      callers: [caller],
      more: {
        console: { login: { kind: 'token' } },
        authenticate: createTokenAuthentication({
          tokens: [
            {
              name: 'operator',
              grants: [{ ...unbounded, scopes }],
              sha256: createHash('sha256').update(tokenOf('operator')).digest('hex'),
            },
          ],
          anonymous: null,
        }),
      },
    })
    await using browser = await openBrowser()
    const { page } = await browser.open(`${originOf(gateway.url)}/tasks`)
    await page.getByLabel('Access token').waitFor(patience)
    expect(await findViolations(page)).toEqual([])
    await signIn(page, 'a wrong one')
    await page.getByText('The gateway does not take this token').waitFor(patience)
    await signIn(page, `Bearer ${tokenOf('operator')}`)
    await page.getByRole('heading', { name: 'Tasks', level: 1 }).waitFor(patience)
    await page.getByText('Live', { exact: true }).first().waitFor(patience)
    await page.getByText('operator').waitFor(patience)
    expect(await page.evaluate('JSON.stringify({ ...localStorage })')).not.toContain('token-of')
    await page.getByRole('button', { name: 'Account' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByLabel('Access token').waitFor(patience)
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).not.toContain('token-of')
  })

  it('fetches a token from the provider, comes back to where it was, and renews it in time', async () => {
    // W2
    await using issuer = await startTokenIssuer()
    let handedOut = 0
    await using provider = await startProvider(() => {
      handedOut += 1
      const lifeSeconds = handedOut < 3 ? 4 : 3_600
      return issuer.sign({ scope: scopes.join(' '), exp: Math.floor(Date.now() / 1_000) + lifeSeconds })
    })
    await using gateway = await startGateway({
      issuers: [issuer.trusted],
      more: {
        console: {
          login: {
            kind: 'oidc',
            name: 'Example',
            clientId: 'console',
            authorizationEndpoint: `${provider.url}/authorize`,
            tokenEndpoint: `${provider.url}/token`,
            scope: 'openid',
          },
        },
      },
    })
    await using browser = await openBrowser()
    const { page, errors } = await browser.open(`${originOf(gateway.url)}/tasks?states=open`)
    await page.getByRole('button', { name: 'Sign in with Example' }).click()
    await page.getByRole('heading', { name: 'Tasks', level: 1 }).waitFor(patience)
    expect(page.url()).toBe(`${originOf(gateway.url)}/tasks?states=open`)
    await page.getByText('alice').waitFor(patience)
    await expect.poll(() => provider.grants, patience).toEqual(['authorization_code', 'refresh_token', 'refresh_token'])
    await page.getByText('Live', { exact: true }).first().waitFor(patience)
    expect(errors).toEqual([])
  })

  it('refuses an answer of the provider that was not asked for in this window', async () => {
    await using gateway = await startGateway({
      more: {
        console: {
          login: {
            kind: 'oidc',
            name: 'Example',
            clientId: 'console',
            authorizationEndpoint: 'https://idp.example/authorize',
            tokenEndpoint: 'https://idp.example/token',
            scope: 'openid',
          },
        },
      },
    })
    await using browser = await openBrowser()
    const { page } = await browser.open(`${originOf(gateway.url)}/login/callback?code=stolen&state=guessed`)
    await page.getByText('The sign-in was not begun in this window').waitFor(patience)
    expect(new URL(page.url()).pathname).toBe('/')
  })

  it('is of use where the gateway runs stored documents only', async () => {
    await using gateway = await startGateway({
      more: { console: { login: { kind: 'none' } }, documents: { mode: 'only', path: null, texts: {} } },
    })
    await using browser = await openBrowser()
    const { page, errors } = await browser.open(`${originOf(gateway.url)}/`)
    await page.getByText('All 4 sites answer').waitFor(patience)
    await page.getByText('Live', { exact: true }).first().waitFor(patience)
    expect(errors).toEqual([])
  })
})
