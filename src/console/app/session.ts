import type { TokenOccasion } from '../../client/gateway-client.ts'
import type { ConsoleConfig } from './console-config.ts'
import { beginLogin, finishLogin, refreshTokens, type PendingLogin, type Tokens } from './pkce.ts'

/** Kept for this window only: another one signs in by itself. */
const places = { tokens: 'dr-gateway.tokens', pending: 'dr-gateway.sign-in' } as const

export const callbackPath = '/login/callback'
const redirectUri = (): string => `${location.origin}${callbackPath}`

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const readTokens = (): Tokens | null => {
  const value: unknown = JSON.parse(sessionStorage.getItem(places.tokens) ?? 'null')
  if (!isRecord(value) || typeof value['accessToken'] !== 'string') return null
  const { accessToken, refreshToken } = value
  return { accessToken, refreshToken: typeof refreshToken === 'string' ? refreshToken : null }
}

const readPending = (): PendingLogin | null => {
  const value: unknown = JSON.parse(sessionStorage.getItem(places.pending) ?? 'null')
  sessionStorage.removeItem(places.pending)
  if (!isRecord(value)) return null
  return { state: String(value['state']), verifier: String(value['verifier']), returnTo: String(value['returnTo']) }
}

/** Whether somebody is signed in, and if not, why not any more. */
export interface SessionState {
  readonly isSignedIn: boolean
  readonly message: string | null
}

/** Who is signed in in this window. */
export class Session {
  readonly config: ConsoleConfig
  #state: SessionState
  readonly #listeners = new Set<() => void>()

  constructor(config: ConsoleConfig) {
    this.config = config
    this.#state = { isSignedIn: config.login.kind === 'none' || readTokens() !== null, message: null }
  }

  get state(): SessionState {
    return this.#state
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #become(state: SessionState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }

  #keep(tokens: Tokens): void {
    sessionStorage.setItem(places.tokens, JSON.stringify(tokens))
  }

  /** Takes a token that somebody has pasted. */
  signInWith(token: string): void {
    this.#keep({ accessToken: token.trim().replace(/^bearer\s+/i, ''), refreshToken: null })
    this.#become({ isSignedIn: true, message: null })
  }

  /** Leaves for the provider. */
  async leaveToSignIn(): Promise<void> {
    const { login } = this.config
    if (login.kind !== 'oidc') return
    const { url, pending } = await beginLogin(login, redirectUri(), `${location.pathname}${location.search}`)
    sessionStorage.setItem(places.pending, JSON.stringify(pending))
    location.assign(url)
  }

  /** Comes back from the provider; where to go on. */
  async comeBack(): Promise<string> {
    const { login } = this.config
    const pending = readPending()
    try {
      if (login.kind !== 'oidc' || pending === null) throw new Error('The sign-in was not begun in this window')
      this.#keep(await finishLogin(login, redirectUri(), new URLSearchParams(location.search), pending))
      this.#become({ isSignedIn: true, message: null })
    } catch (error) {
      this.#become({ isSignedIn: false, message: error instanceof Error ? error.message : String(error) })
    }
    // Only a path of this page: what comes back from outside must not lead elsewhere.
    return pending !== null && /^\/(?!\/)/.test(pending.returnTo) && pending.returnTo !== callbackPath
      ? pending.returnTo
      : '/'
  }

  signOut(message: string | null = null): void {
    sessionStorage.removeItem(places.tokens)
    if (this.config.login.kind !== 'none') this.#become({ isSignedIn: false, message })
  }

  /** For the client: the present token, or a fresh one. Signs out where there is none. */
  readonly findToken = async (occasion: TokenOccasion): Promise<string | null> => {
    const tokens = readTokens()
    if (tokens === null) return null
    if (occasion === 'first') return tokens.accessToken
    const { login } = this.config
    if (login.kind === 'oidc' && tokens.refreshToken !== null) {
      try {
        const fresh = await refreshTokens(login, tokens.refreshToken)
        this.#keep({ ...fresh, refreshToken: fresh.refreshToken ?? tokens.refreshToken })
        return fresh.accessToken
      } catch {
        // As without one.
      }
    }
    if (occasion === 'refused') this.signOut('The gateway does not take this token, or not any more. Sign in again.')
    return null
  }
}
