import type { ServiceReply, ServiceRequest } from '../http-service.ts'
import type { Random } from '../random.ts'
import { messages, statusOf, tokenLife } from './zerto-sim-inferred.ts'
import { jsonReply } from './zerto-sim-request.ts'
import type { SignedIn, SignIn } from './zerto-sim-sign-in.ts'

/** Who may sign in. */
export interface ZvmAccounts {
  readonly login: { readonly username: string; readonly password: string }
  readonly clientLogin: { readonly clientId: string; readonly clientSecret: string }
}

interface Grant {
  readonly user: string
  readonly expiresAt: number
}

const tokenPath = '/auth/realms/zerto/protocol/openid-connect/token'

/** The public client of the password grant. */
const publicClientId = 'zerto-client'

/** Tokens kept in each of the two lists; the oldest go first. */
const tokensKept = 10_000

const refuse = (status: number, error: string, description: string): ServiceReply =>
  jsonReply({ error, error_description: description }, status)

/**
 * The token endpoint of realm `zerto`, and the check of what it gave out. Tokens live in simulated time. Errors are
 * Keycloak's: 400 or 401 with `error` and `error_description`.
 */
export class Keycloak implements SignIn {
  readonly #accounts: ZvmAccounts
  readonly #random: Random
  readonly #access = new Map<string, Grant>()
  readonly #refresh = new Map<string, Grant>()

  constructor(accounts: ZvmAccounts, random: Random) {
    this.#accounts = accounts
    this.#random = random
  }

  answer(request: ServiceRequest, now: number): ServiceReply | null {
    // Clients tell an appliance from a Windows ZVM by this path before they have any credentials.
    if (/^\/v1\/session\/add\/?$/i.test(request.path)) {
      return jsonReply({ Message: messages.unknownPath }, statusOf.unknownPath)
    }
    if (request.path !== tokenPath) return null
    if (request.method !== 'POST') return refuse(statusOf.wrongMethod, 'invalid_request', 'HTTP 405 Method Not Allowed')
    const contentType = request.headers['content-type'] ?? ''
    if (!contentType.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
      return refuse(statusOf.notAForm, 'invalid_request', 'HTTP 415 Unsupported Media Type')
    }
    const form = new URLSearchParams(request.body)
    switch (form.get('grant_type')) {
      case 'password':
        return this.#grantPassword(form, now)
      case 'client_credentials':
        return this.#grantClient(form, now)
      case 'refresh_token':
        return this.#grantRefresh(form, now)
      case null:
        return refuse(400, 'invalid_request', 'Missing form parameter: grant_type')
      default:
        return refuse(400, 'unsupported_grant_type', 'Unsupported grant_type')
    }
  }

  identify(request: ServiceRequest, now: number): SignedIn | null {
    const match = /^Bearer ([^ ]+)$/i.exec(request.headers['authorization'] ?? '')
    const grant = this.#access.get(match?.[1] ?? '')
    return grant === undefined || grant.expiresAt <= now ? null : { user: grant.user, session: null }
  }

  #grantPassword(form: URLSearchParams, now: number): ServiceReply {
    if (form.get('client_id') !== publicClientId) return refuse(401, 'invalid_client', 'Invalid client credentials')
    const { username, password } = this.#accounts.login
    if (form.get('username') !== username || form.get('password') !== password) {
      return refuse(401, 'invalid_grant', 'Invalid user credentials')
    }
    return this.#issue(username, now, true)
  }

  #grantClient(form: URLSearchParams, now: number): ServiceReply {
    const { clientId, clientSecret } = this.#accounts.clientLogin
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
      return refuse(401, 'unauthorized_client', 'Invalid client or Invalid client credentials')
    }
    return this.#issue(`service-account-${clientId}`, now, false)
  }

  #grantRefresh(form: URLSearchParams, now: number): ServiceReply {
    if (form.get('client_id') !== publicClientId) return refuse(401, 'invalid_client', 'Invalid client credentials')
    const grant = this.#refresh.get(form.get('refresh_token') ?? '')
    if (grant === undefined) return refuse(400, 'invalid_grant', 'Invalid refresh token')
    if (grant.expiresAt <= now) return refuse(400, 'invalid_grant', 'Token is not active')
    return this.#issue(grant.user, now, true)
  }

  #issue(user: string, now: number, canRefresh: boolean): ServiceReply {
    const accessToken = this.#keep(this.#access, { user, expiresAt: now + tokenLife.accessSeconds * 1000 })
    const common = {
      access_token: accessToken,
      expires_in: tokenLife.accessSeconds,
      token_type: 'Bearer',
      'not-before-policy': 0,
      scope: 'profile email',
    }
    if (!canRefresh) return jsonReply({ ...common, refresh_expires_in: 0 })
    const refreshToken = this.#keep(this.#refresh, { user, expiresAt: now + tokenLife.refreshSeconds * 1000 })
    const refresh = { refresh_token: refreshToken, refresh_expires_in: tokenLife.refreshSeconds }
    return jsonReply({ ...common, ...refresh, session_state: this.#random.uuid() })
  }

  #keep(tokens: Map<string, Grant>, grant: Grant): string {
    const token = [1, 2, 3].map(() => this.#random.uuid().replaceAll('-', '')).join('.')
    tokens.set(token, grant)
    const oldest = tokens.keys().next().value
    if (tokens.size > tokensKept && oldest !== undefined) tokens.delete(oldest)
    return token
  }
}
