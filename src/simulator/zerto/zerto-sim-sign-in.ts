import type { ServiceReply, ServiceRequest } from '../http-service.ts'

/** How callers sign in. An appliance has Keycloak; a Windows ZVM would have sessions. */
export interface SignIn {
  /** Answers the requests that are about signing in itself; null for all others. */
  answer(request: ServiceRequest, now: number): ServiceReply | null
  /** The user's name, or null when the request carries no sign that is still good. */
  identify(request: ServiceRequest, now: number): string | null
}
