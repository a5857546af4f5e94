import type { ServiceReply, ServiceRequest } from '../http-service.ts'

/** Who signed in. */
export interface SignedIn {
  readonly user: string
  /** The session of a Windows ZVM; null for a token, which has none. */
  readonly session: string | null
}

/** How callers sign in: by Keycloak on an appliance, by sessions on a Windows ZVM. */
export interface SignIn {
  /** Answers the requests that are about signing in itself, or need none; null for all others. */
  answer(request: ServiceRequest, now: number): ServiceReply | null
  /** Null when the request carries no sign that is still good. */
  identify(request: ServiceRequest, now: number): SignedIn | null
}
