import type { ServiceReply, ServiceRequest } from '../http-service.ts'
import { messages, statusOf } from './zerto-sim-inferred.ts'
import type { View } from './zerto-sim-links.ts'
import { jsonReply, RequestBody, ZvmRefusal } from './zerto-sim-request.ts'
import type { ZertoProfile } from './zerto-sim-profile.ts'
import type { SettingsDesk } from './zerto-sim-settings-desk.ts'
import type { SettingsExports } from './zerto-sim-settings-exports.ts'
import type { Caller } from './zerto-world.ts'

/** A signed-in request at one ZVM, with what its path named. */
export interface Call extends CallContext {
  /** The parameter of the path with this name, decoded. */
  param(name: string): string
  /** @throws ZvmRefusal when the body is not a JSON object. */
  body(): RequestBody
}

/** One resource and method; segments of `path` are in lower case, those that begin with a colon take anything. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/v1`, e.g. `/vpgs/:vpg/checkpoints`. */
  readonly path: string
  /** Only this generation has it. @default both */
  readonly profile?: ZertoProfile
  readonly handle: (call: Call) => ServiceReply
}

/** What a router needs besides the path. */
export interface CallContext extends View, Caller {
  readonly request: ServiceRequest
  readonly desk: SettingsDesk
  readonly exports: SettingsExports
}

interface CompiledRoute extends Route {
  readonly segments: readonly string[]
}

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw ZvmRefusal.badInput('The path is not well encoded.')
  }
}

/** A route that reads and answers JSON. */
export const get = (path: string, read: (call: Call) => unknown, profile?: ZertoProfile): Route => ({
  method: 'GET',
  path,
  ...(profile === undefined ? {} : { profile }),
  handle: (call) => jsonReply(read(call)),
})

const matches = (route: CompiledRoute, segments: readonly string[], profile: ZertoProfile): boolean =>
  (route.profile ?? profile) === profile &&
  route.segments.length === segments.length &&
  route.segments.every((part, index) => part.startsWith(':') || part === segments[index]?.toLowerCase())

/** Finds the route of a request without regard to case, and runs it; refusals become `{"Message": "..."}`. */
export const createRouter = (routes: readonly Route[]): ((context: CallContext) => ServiceReply) => {
  const compiled = routes.map((route) => ({ ...route, segments: route.path.split('/').slice(1) }))

  const dispatch = (context: CallContext): ServiceReply => {
    const { request } = context
    const [, root = '', ...raw] = request.path.replace(/\/$/, '').split('/')
    const segments = raw.map(decode)
    const candidates =
      root.toLowerCase() === 'v1' ? compiled.filter((route) => matches(route, segments, context.world.profile)) : []
    if (candidates.length === 0) throw new ZvmRefusal(statusOf.unknownPath, messages.unknownPath)
    const route = candidates.find(({ method }) => method === request.method)
    if (route === undefined) throw new ZvmRefusal(statusOf.wrongMethod, messages.wrongMethod)
    return route.handle({
      ...context,
      param: (name) => segments[route.segments.indexOf(`:${name}`)] ?? '',
      body: () => new RequestBody(request.body),
    })
  }

  return (context) => {
    try {
      return dispatch(context)
    } catch (error) {
      if (error instanceof ZvmRefusal) return jsonReply({ Message: error.message }, error.status)
      throw error
    }
  }
}
