import * as z from 'zod'
import { DomainError } from '../../domain/errors.ts'
import { Secret } from '../../std/secret.ts'
import type { SiteOptions } from '../../upstream/site-options.ts'
import type { SignIn, SiteSession } from '../../upstream/site-session.ts'
import { toProtocolError, toSignInError, type CallContext } from './zerto-errors.ts'
import { findGeneration, type ZertoGeneration } from './zerto-generation.ts'
import { parseWire, WireFormatError } from './zerto-wire-shapes.ts'
import { wire } from './zerto-wire.ts'

const word = z.union([z.string().min(1), z.instanceof(Secret)])

/**
 * How to sign in. `password` works at both generations: as a Keycloak user through the public client `zerto-client`, or by
 * Basic at a Windows ZVM, there with an account of the Windows host, or of its hypervisor manager (`account: hypervisor`;
 * an appliance has one directory, and does not look at it). `clientCredentials` is a Keycloak client that an administrator
 * has made for the gateway: appliances only.
 */
export const zertoLoginSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('password'),
    username: word,
    password: word,
    account: z.enum(['windows', 'hypervisor']).optional(),
  }),
  z.strictObject({ type: z.literal('clientCredentials'), clientId: word, secret: word }),
])
type ZertoLogin = z.infer<typeof zertoLoginSchema>

type ZertoSignIn = SignIn<ZertoGeneration>
/** The one session of a ZVM, and of which generation it was at the last sign-in. */
export type ZertoSession = SiteSession<ZertoGeneration>

const tokenPath = '/auth/realms/zerto/protocol/openid-connect/token'
const sessionPath = '/v1/session/add'
const sessionHeader = 'x-zerto-session'

/** A Windows session ends after this long without a call (session API of the online help, 9.5). */
const sessionIdleSeconds = 30 * 60

/** `AuthenticationMethod`; without a body it is the account of the Windows host. */
const hypervisorAccount = 1

/** After this many refusals in a row the site is asked again which generation it is: it may have been replaced. */
const refusalsBeforeAsking = 2

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
  (context: CallContext, login: ZertoLogin): ZertoSignIn =>
  async (http, signal) => {
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
      return {
        way: 'ZVMA',
        headers: { authorization: `Bearer ${token}` },
        lifetimeSeconds,
        isSliding: false,
      }
    } catch (error) {
      if (!(error instanceof WireFormatError)) throw error
      http.reportNonsense()
      throw toProtocolError(context, reply, error)
    }
  }

const toBasic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`

/** The session of a Windows ZVM: an answer without a body, the session in a header (online help of 9.5, "session"). */
const windowsSignIn =
  (context: CallContext, login: ZertoLogin): ZertoSignIn =>
  async (http, signal) => {
    if (login.type === 'clientCredentials') {
      throw DomainError.vendor({
        code: 'VENDOR_REFUSED',
        message: `site ${context.siteName} is a Windows ZVM, which has no clients: configure a login of type password`,
        siteName: context.siteName,
        retry: 'never',
      })
    }
    const isHypervisor = login.account === 'hypervisor'
    const reply = await http.request({
      effect: 'READ',
      method: 'POST',
      path: sessionPath,
      headers: {
        authorization: toBasic(reveal(login.username), reveal(login.password)),
        accept: 'application/json',
        ...(isHypervisor ? { 'content-type': 'application/json' } : {}),
      },
      ...(isHypervisor ? { body: JSON.stringify({ AuthenticationMethod: hypervisorAccount }) } : {}),
      signal,
    })
    if (reply.status !== 200) throw toSignInError(context, reply)
    const session = reply.headers[sessionHeader] ?? ''
    if (!/^[\w.-]{1,200}$/.test(session)) {
      http.reportNonsense()
      throw toProtocolError(context, reply, new WireFormatError(`no ${sessionHeader} header`))
    }
    return {
      way: 'WINDOWS',
      headers: { [sessionHeader]: session },
      lifetimeSeconds: sessionIdleSeconds,
      isSliding: true,
    }
  }

const parseLogin = (site: SiteOptions): ZertoLogin => {
  const login = zertoLoginSchema.safeParse(site.login)
  if (login.success) return login.data
  const [issue] = login.error.issues
  throw DomainError.invalidInput(`sites.${site.name}.login.${issue?.path.join('.') ?? ''}`, issue?.message ?? 'invalid')
}

/**
 * Asks the site once which generation it is, and signs in its way from then on. It is asked again after two refusals in
 * a row, and at once when the way of its generation is gone.
 *
 * @throws INVALID_INPUT when the login of the configuration is not one of {@link zertoLoginSchema}.
 */
export const createSignIn = (site: SiteOptions): ZertoSignIn => {
  const login = parseLogin(site)
  const context: CallContext = { siteName: site.name, call: 'signing in', objectId: null }
  const ways = { ZVMA: keycloakSignIn(context, login), WINDOWS: windowsSignIn(context, login) } as const
  let generation: ZertoGeneration | null = null
  let refusals = 0
  const noteRefusal = (error: unknown): void => {
    if (!(error instanceof DomainError) || error.code !== 'VENDOR_REFUSED') return
    refusals += 1
    const isGone = 'httpStatus' in error.problem && error.problem.httpStatus === 404
    if (!isGone && refusals < refusalsBeforeAsking) return
    generation = null
    refusals = 0
  }
  return async (http, signal) => {
    generation ??= await findGeneration(site.name, http, signal)
    try {
      const signedIn = await ways[generation](http, signal)
      refusals = 0
      return signedIn
    } catch (error) {
      noteRefusal(error)
      throw error
    }
  }
}
