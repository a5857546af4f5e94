import { z } from 'zod'
import { Secret } from '../../std/secret.ts'

const word = z.union([z.string().min(1), z.instanceof(Secret)])
const secret = z.instanceof(Secret, { error: 'must not stand in the file: use ${env:NAME} or ${file:PATH}' })
const siteName = z.string().min(1).max(128)

/**
 * How the session is carried on to a remote site, where the site's work needs it. `credentials` and `vcdAccessToken`
 * are of a user of the remote site; `multisite` goes by the association of the organisations and sends no secret.
 */
const extension = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('credentials'), site: siteName, user: word, password: secret }),
  z.strictObject({ type: z.literal('vcdAccessToken'), site: siteName, token: secret }),
  z.strictObject({ type: z.literal('multisite'), site: siteName, org: z.string().min(1).max(128).optional() }),
])
type Extension = z.infer<typeof extension>

const extend = z
  .array(extension)
  .max(100)
  .refine((list) => new Set(list.map(({ site }) => site)).size === list.length, { error: 'names a site twice' })
  .optional()

/**
 * How to sign in: `localUser` is the appliance's root user, `ssoCredentials` a vCenter single sign-on user,
 * `vcdCredentials` a Cloud Director user as `user@org`, `vcdAccessToken` a Cloud Director JWT; `context` is the
 * organisation that a provider's token acts for. A value that came by reference is a {@link Secret}.
 */
export const vcdaLoginSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('localUser'), user: word, password: word, extend }),
  z.strictObject({ type: z.literal('ssoCredentials'), user: word, password: word, extend }),
  z.strictObject({ type: z.literal('vcdCredentials'), user: word, password: word, extend }),
  z.strictObject({ type: z.literal('vcdAccessToken'), token: word, context: z.string().min(1).optional(), extend }),
])
export type VcdaLogin = z.infer<typeof vcdaLoginSchema>

const reveal = (value: string | Secret): string => (value instanceof Secret ? value.reveal() : value)

/** The body of `POST /sessions`. */
export const toSignInBody = (login: VcdaLogin): string => {
  const { type } = login
  switch (type) {
    case 'localUser':
      return JSON.stringify({ type, localUser: reveal(login.user), localPassword: reveal(login.password) })
    case 'ssoCredentials':
      return JSON.stringify({ type, username: reveal(login.user), password: reveal(login.password), principal: null })
    case 'vcdCredentials':
      return JSON.stringify({ type, vcdUser: reveal(login.user), vcdPassword: reveal(login.password) })
    default:
      return JSON.stringify({
        type,
        vcdAccessToken: reveal(login.token),
        ...(login.context === undefined ? {} : { context: login.context }),
      })
  }
}

const toExtendBody = (chosen: Extension, org: string | null): string => {
  const { type, site } = chosen
  switch (type) {
    // Sign-in says `vcdUser`, extension says `vcdUsername` (reference).
    case 'credentials':
      return JSON.stringify({ type, site, vcdUsername: reveal(chosen.user), vcdPassword: reveal(chosen.password) })
    case 'vcdAccessToken':
      return JSON.stringify({ type, site, vcdAccessToken: reveal(chosen.token) })
    default:
      return JSON.stringify({ type, site, org: chosen.org ?? org })
  }
}

/** True for a user of Cloud Director, whose session is good for one site until it is extended. */
export const isCloudDirectorLogin = ({ type }: VcdaLogin): boolean =>
  type === 'vcdCredentials' || type === 'vcdAccessToken'

/** The remote sites that the configuration names. */
export const extendedSites = (login: VcdaLogin): readonly string[] => (login.extend ?? []).map(({ site }) => site)

/**
 * The body of `POST /sessions/extend` for one remote site: as configured; for a user of Cloud Director without a
 * configured way by `multisite`, which sends no secret to the other site; null for others, who need none (inferred).
 *
 * @param org The organisation of the signed-in user, for `multisite`.
 */
export const findExtendBody = (login: VcdaLogin, site: string, org: string | null): string | null => {
  const chosen = login.extend?.find((candidate) => candidate.site === site)
  if (chosen !== undefined) return toExtendBody(chosen, org)
  return isCloudDirectorLogin(login) ? toExtendBody({ type: 'multisite', site }, org) : null
}
