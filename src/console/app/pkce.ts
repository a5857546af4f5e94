import type { OidcLogin } from './console-config.ts'

/** What the provider hands out. */
export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string | null
}

/** What has to be remembered between leaving for the provider and coming back. */
export interface PendingLogin {
  readonly state: string
  readonly verifier: string
  /** Where in the console to go on. */
  readonly returnTo: string
}

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const random = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(32)))

/** @param verifier RFC 7636, section 4.2, S256. */
export const toChallenge = async (verifier: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))

/** The provider's page that asks who is there, and what to remember meanwhile. */
export const beginLogin = async (
  login: OidcLogin,
  redirectUri: string,
  returnTo: string,
): Promise<{ readonly url: string; readonly pending: PendingLogin }> => {
  const pending = { state: random(), verifier: random(), returnTo }
  const url = new URL(login.authorizationEndpoint)
  for (const [name, value] of Object.entries({
    response_type: 'code',
    client_id: login.clientId,
    redirect_uri: redirectUri,
    scope: login.scope,
    state: pending.state,
    code_challenge: await toChallenge(pending.verifier),
    code_challenge_method: 'S256',
  })) {
    url.searchParams.set(name, value)
  }
  return { url: url.href, pending }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const askForTokens = async (login: OidcLogin, form: Readonly<Record<string, string>>): Promise<Tokens> => {
  const body = new URLSearchParams({ client_id: login.clientId, ...form })
  const response = await fetch(login.tokenEndpoint, { method: 'POST', body, credentials: 'omit' })
  const answer: unknown = await response.json()
  const token = isRecord(answer) ? answer['access_token'] : null
  const refresh = isRecord(answer) ? answer['refresh_token'] : null
  if (!response.ok || typeof token !== 'string') throw new Error(`${login.name} gave no token`)
  return { accessToken: token, refreshToken: typeof refresh === 'string' ? refresh : null }
}

/**
 * Turns what the provider has sent back into tokens.
 *
 * @throws Error for an answer that was not asked for here, and for a refusal.
 */
export const finishLogin = async (
  login: OidcLogin,
  redirectUri: string,
  search: URLSearchParams,
  pending: PendingLogin,
): Promise<Tokens> => {
  if (search.get('state') !== pending.state) throw new Error('The sign-in was not begun in this window')
  const code = search.get('code')
  if (code === null) throw new Error(search.get('error_description') ?? `${login.name} refused the sign-in`)
  return askForTokens(login, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: pending.verifier,
  })
}

export const refreshTokens = (login: OidcLogin, refreshToken: string): Promise<Tokens> =>
  askForTokens(login, { grant_type: 'refresh_token', refresh_token: refreshToken })
