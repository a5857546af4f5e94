import type { HttpClient } from '../../upstream/http-client.ts'
import { toProtocolError, toSignInError, type CallContext } from './zerto-errors.ts'

/**
 * The two generations of the product. ZVMA is the Linux appliance (9.5 U1 to 9.7 beside it, alone from 10.0) with
 * Keycloak; WINDOWS the Windows service (up to 9.7) with a session of its own. The resources are the same.
 */
export type ZertoGeneration = 'ZVMA' | 'WINDOWS'

/**
 * Asks a site which generation it is, before any credential leaves: the way in of a Windows ZVM is asked for without
 * credentials. An appliance has no such path and answers 404, a Windows ZVM asks for credentials with 401 (two public
 * clients tell them apart like this).
 *
 * @throws VENDOR_PROTOCOL for any other answer, VENDOR_UNAVAILABLE or RATE_LIMITED where the site could not answer.
 */
export const findGeneration = async (
  siteName: string,
  http: HttpClient,
  signal: AbortSignal,
): Promise<ZertoGeneration> => {
  const context: CallContext = { siteName, call: 'asking how to sign in', objectId: null }
  const reply = await http.request({
    effect: 'READ',
    method: 'POST',
    path: '/v1/session/add',
    headers: { accept: 'application/json' },
    signal,
  })
  if (reply.status === 404) return 'ZVMA'
  if (reply.status === 401) return 'WINDOWS'
  if (reply.status === 429 || reply.status >= 500) throw toSignInError(context, reply)
  const reason = `status ${reply.status}, where an appliance says 404 and a Windows ZVM 401`
  throw toProtocolError(context, reply, new Error(reason))
}
