import * as z from 'zod'
import { DomainError } from '../../domain/errors.ts'
import { Secret } from '../../std/secret.ts'
import type { HttpClient } from '../../upstream/http-client.ts'
import type { SiteOptions } from '../../upstream/site-options.ts'
import { toProtocolError, toSignInError, type CallContext } from './zerto-errors.ts'
import { parseWire, wire, WireFormatError } from './zerto-wire.ts'

const word = z.union([z.string().min(1), z.instanceof(Secret)])

/**
 * How to sign in to an appliance: as a Keycloak user, through its public client `zerto-client`, or as a Keycloak client
 * that an administrator has made for the gateway.
 */
export const zertoLoginSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('password'), username: word, password: word }),
  z.strictObject({ type: z.literal('clientCredentials'), clientId: word, secret: word }),
])
type ZertoLogin = z.infer<typeof zertoLoginSchema>

/** What a sign-in gave. */
export interface SignedIn {
  /** Go with every call. */
  readonly headers: Readonly<Record<string, string>>
  /** As the site said. */
  readonly lifetimeSeconds: number
}

/**
 * One way of signing in, tried once. The Windows ZVM (up to 9.7) is another: `POST /v1/session/add`, and its header.
 *
 * @throws VENDOR_REFUSED when the site said no.
 */
export type SignIn = (http: HttpClient, signal: AbortSignal) => Promise<SignedIn>

const tokenPath = '/auth/realms/zerto/protocol/openid-connect/token'

const reveal = (value: string | Secret): string => (value instanceof Secret ? value.reveal() : value)

const toForm = (login: ZertoLogin): URLSearchParams =>
  login.type === 'password'
    ? new URLSearchParams({
        grant_type: 'password',
        client_id: 'zerto-client',
        username: reveal(login.username),
        password: reveal(login.password),
        scope: 'openid',
      })
    : new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: reveal(login.clientId),
        client_secret: reveal(login.secret),
        scope: 'openid',
      })

/** Bearer tokens of the appliance's own Keycloak, realm `zerto` (API description of 10.0 U6, "token"). */
const keycloakSignIn =
  (siteName: string, login: ZertoLogin): SignIn =>
  async (http, signal) => {
    const context: CallContext = { siteName, call: 'signing in', objectId: null }
    const reply = await http.request({
      effect: 'READ',
      method: 'POST',
      path: tokenPath,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: toForm(login).toString(),
      signal,
    })
    if (reply.status !== 200) throw toSignInError(context, reply)
    try {
      const { access_token: token, expires_in: lifetimeSeconds } = parseWire(wire.token, reply.body)
      return { headers: { authorization: `Bearer ${token}` }, lifetimeSeconds }
    } catch (error) {
      if (!(error instanceof WireFormatError)) throw error
      http.reportNonsense()
      throw toProtocolError(context, reply, error)
    }
  }

/** @throws INVALID_INPUT when the login of the configuration is not one of {@link zertoLoginSchema}. */
export const createSignIn = (site: SiteOptions): SignIn => {
  const login = zertoLoginSchema.safeParse(site.login)
  if (login.success) return keycloakSignIn(site.name, login.data)
  const [issue] = login.error.issues
  throw DomainError.invalidInput(`sites.${site.name}.login.${issue?.path.join('.') ?? ''}`, issue?.message ?? 'invalid')
}
