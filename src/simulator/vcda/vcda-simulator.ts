import type { SimClock } from '../clock.ts'
import {
  startHttpService,
  type HttpService,
  type ServiceAddress,
  type ServiceReply,
  type ServiceRequest,
} from '../http-service.ts'
import { createRandom } from '../random.ts'
import { inferredRefusals, providersMustExtend } from './vcda-inferred.ts'
import { requireAccess, requireSite, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import { systemOrganization, toAccessToken, vcdaPasswords } from './vcda-sim-credentials.ts'
import { fillWorld, firstOrganization, siteNames } from './vcda-sim-fleet.ts'
import { VcdaRefusal, refusals, toApiError } from './vcda-sim-refusal.ts'
import { findRoute } from './vcda-sim-routes.ts'
import { SessionStore } from './vcda-sim-sessions.ts'
import { signIn } from './vcda-sim-sign-in.ts'
import { negotiate, newestOf, toJson, type AskedVersion, type ServedVersion } from './vcda-sim-version.ts'
import { VcdaWorld } from './vcda-world.ts'

interface Login {
  readonly user: string
  readonly password: string
}

/** The appliances of one or two paired clouds, which see the same replications. */
export interface VcdaSimulator extends AsyncDisposable {
  readonly sites: readonly {
    /** As the vendor calls the site, e.g. `cloud-east`. */
    readonly name: string
    readonly service: HttpService
    /** A provider, for `localUser`. */
    readonly login: Login
    /** A tenant, for `vcdCredentials`. */
    readonly tenantLogin: Login
    /** The provider of single sign-on, for `ssoCredentials`. */
    readonly ssoLogin: Login
    /** Cloud Director tokens of the provider and of the tenant, for `vcdAccessToken`; good at both clouds. */
    readonly accessTokens: { readonly provider: string; readonly tenant: string }
  }[]
  /** To look at and to change. Call `world.agenda.runUntil(clock.now())` before looking after a turn of the clock. */
  readonly world: VcdaWorld
}

const requireJson = (request: ServiceRequest): void => {
  const type = request.headers['content-type']
  if (request.body === '' || type === undefined || /^application\/(?:[\w.-]+\+)?json\b/.test(type)) return
  throw new VcdaRefusal(inferredRefusals.unsupportedMediaType, `${type} is not supported.`, [type])
}

/** A network between the sites that is down takes the calls for the other site with it; the code is the general one. */
const requireLink = (world: VcdaWorld, localSite: string, site: string): void => {
  const error = world.sites.get(site)?.commError ?? null
  if (site === localSite || error === null) return
  throw new VcdaRefusal(refusals.generalServerFailure, `Site ${site} cannot be reached: ${error.msg}`, [site])
}

const answer = (world: VcdaWorld, sessions: SessionStore, localSite: string, now: number) => {
  return (request: ServiceRequest, apiVersion: number): VcdaAnswer => {
    requireJson(request)
    if (request.method === 'POST' && request.path === '/sessions') return signIn(world, sessions, request.body, now)
    const session = sessions.use(request.headers['x-vcav-auth'] ?? '', now)
    if (session === null) throw new VcdaRefusal(refusals.notAuthenticated, 'Not authenticated.')
    const { handle, params } = findRoute(request.method, request.path, Number(world.version))
    const site = request.query.get('site') ?? localSite
    requireSite(world, site)
    const { query, body } = request
    const operationId = request.headers.operationid ?? null
    const call: VcdaCall = { world, now, localSite, site, session, params, query, body, operationId, apiVersion }
    requireAccess(call, [site])
    requireLink(world, localSite, site)
    return handle(call)
  }
}

const toReply = (given: VcdaAnswer, version: AskedVersion): ServiceReply => {
  if (given.body === undefined) return { status: given.status, headers: given.headers ?? {} }
  const headers = { ...given.headers, 'Content-Type': version.mediaType }
  return { status: given.status, headers, body: toJson(given.body, version.number) }
}

const toErrorAnswer = (error: unknown): VcdaAnswer => {
  if (error instanceof VcdaRefusal) return { status: error.status, body: error.body }
  return { status: 500, body: toApiError(refusals.generalServerFailure.code, String(error)) }
}

const handleWith = (world: VcdaWorld, clock: SimClock, localSite: string, sessions: SessionStore) => {
  return (request: ServiceRequest): ServiceReply => {
    const now = clock.now()
    world.agenda.runUntil(now)
    let version = newestOf(world.version)
    try {
      version = negotiate(request.headers.accept, world.version)
      return toReply(answer(world, sessions, localSite, now)(request, version.number), version)
    } catch (error) {
      return toReply(toErrorAnswer(error), version)
    }
  }
}

/**
 * Starts the cloud API of this vendor for a generated fleet. Time moves only with `clock`; what became due is done
 * before the next request is answered.
 *
 * @param options.fleetSize How many VMs are replicated.
 * @param options.seed The same seed makes the same fleet.
 * @param options.listen One entry for each cloud that is served; with one, the other is paired all the same.
 * @param options.version Of both appliances: decides which calls there are. @default '4.7'
 * @param options.requiresExtension Whether a provider, too, must extend its session to the other site before it
 * changes what touches it. @default false
 */
export const startVcdaSimulator = async (options: {
  readonly clock: SimClock
  readonly fleetSize: number
  readonly seed: number
  readonly listen: readonly ServiceAddress[]
  readonly version?: ServedVersion
  readonly requiresExtension?: boolean
}): Promise<VcdaSimulator> => {
  const { clock, version = '4.7', requiresExtension = providersMustExtend } = options
  const world = new VcdaWorld(createRandom(options.seed), { version, requiresExtension })
  fillWorld(world, options.fleetSize, clock.now())
  const sites: VcdaSimulator['sites'][number][] = []
  for (const [index, name] of [siteNames.east, siteNames.west].entries()) {
    const address = options.listen[index]
    if (address === undefined) continue
    const sessions = new SessionStore(name, world.random)
    world.sessions.set(name, sessions)
    sites.push({
      name,
      service: await startHttpService({ ...address, now: clock.now, handle: handleWith(world, clock, name, sessions) }),
      login: { user: 'root', password: vcdaPasswords.provider },
      tenantLogin: { user: `admin@${firstOrganization}`, password: vcdaPasswords.tenant },
      ssoLogin: { user: 'administrator@vsphere.local', password: vcdaPasswords.provider },
      accessTokens: { provider: toAccessToken(systemOrganization), tenant: toAccessToken(firstOrganization) },
    })
  }
  return {
    sites,
    world,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(sites.map(({ service }) => service[Symbol.asyncDispose]()))
    },
  }
}
