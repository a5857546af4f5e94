import type { SimClock } from '../clock.ts'
import {
  startHttpService,
  type HttpService,
  type ServiceAddress,
  type ServiceReply,
  type ServiceRequest,
} from '../http-service.ts'
import { createRandom, type Random } from '../random.ts'
import { actionRoutes } from './zerto-sim-action-routes.ts'
import { encryptionRoutes } from './zerto-sim-encryption.ts'
import { fileRoutes } from './zerto-sim-files.ts'
import { fillWorld } from './zerto-sim-fleet.ts'
import { messages, statusOf } from './zerto-sim-inferred.ts'
import { createInfrastructure } from './zerto-sim-infrastructure.ts'
import { Keycloak, type ZvmAccounts } from './zerto-sim-keycloak.ts'
import { logRoutes } from './zerto-sim-log-routes.ts'
import type { ZertoProfile } from './zerto-sim-profile.ts'
import { readRoutes } from './zerto-sim-read-routes.ts'
import { acceptsOnlyXml, jsonReply } from './zerto-sim-request.ts'
import { createRouter } from './zerto-sim-router.ts'
import { WindowsSessions } from './zerto-sim-sessions.ts'
import { SettingsDesk } from './zerto-sim-settings-desk.ts'
import { exportRoutes, SettingsExports } from './zerto-sim-settings-exports.ts'
import { settingsRoutes } from './zerto-sim-settings-routes.ts'
import type { SignIn } from './zerto-sim-sign-in.ts'
import { siteRoutes } from './zerto-sim-site-routes.ts'
import { storageRoutes } from './zerto-sim-storage-routes.ts'
import { TaskLog } from './zerto-sim-tasks.ts'
import type { SiteIndex } from './zerto-sim-vpg.ts'
import { ZertoWorld, type ZertoSite } from './zerto-world.ts'

/** One ZVM that can be spoken to. */
interface ZertoSimulatorSite extends ZvmAccounts {
  readonly name: string
  readonly siteIdentifier: string
  readonly service: HttpService
}

/** Two paired ZVMs over one world. */
export interface ZertoSimulator extends AsyncDisposable {
  /** The ZVMs that are served, in the order of `listen`. */
  readonly sites: readonly ZertoSimulatorSite[]
  readonly profile: ZertoProfile
  /** What they show; tests may look at it and change it. */
  readonly world: ZertoWorld
}

const places = [
  { name: 'Boston', location: 'Boston, MA', ipAddress: '10.10.1.10', utcOffsetMinutes: -300 },
  { name: 'London', location: 'London, UK', ipAddress: '10.20.1.10', utcOffsetMinutes: 0 },
] as const

/** What each generation calls its first user, and where it listens; the port is what an unserved peer's links name. */
const generations = {
  zvma: { username: 'admin', port: '' },
  windows: { username: 'Administrator', port: ':9669' },
} as const

const createSite = (index: SiteIndex, random: Random, profile: ZertoProfile): ZertoSite => {
  const place = places[index]
  return {
    ...place,
    index,
    siteIdentifier: random.uuid(),
    url: `https://${place.ipAddress}${generations[profile].port}`,
    infrastructure: createInfrastructure(random, place.name),
    unprotected: new Map(),
    tasks: new TaskLog(),
    vraOffSince: new Map(),
  }
}

const routeCall = createRouter([
  ...readRoutes,
  ...storageRoutes,
  ...logRoutes,
  ...siteRoutes,
  // Before the settings, whose identifiers would hide their fixed words.
  ...exportRoutes,
  ...settingsRoutes,
  ...actionRoutes,
  ...fileRoutes,
  ...encryptionRoutes,
])

/** What a Windows ZVM says of itself in every answer, by a captured one. */
const windowsHeaders = { Server: 'Microsoft-HTTPAPI/2.0', 'X-Content-Type-Options': 'nosniff' }

/** Answers one request at one ZVM: what is due happens first, then signing in, then the resource. */
const createHandler = (
  world: ZertoWorld,
  site: ZertoSite,
  signIn: SignIn,
): ((request: ServiceRequest) => ServiceReply) => {
  const desk = new SettingsDesk(world)
  const exports = new SettingsExports()
  const answer = (request: ServiceRequest): ServiceReply => {
    const now = world.advance()
    const signingIn = signIn.answer(request, now)
    if (signingIn !== null) return signingIn
    const signedIn = signIn.identify(request, now)
    if (signedIn === null) return jsonReply({ Message: messages.unauthorized }, 401)
    if (acceptsOnlyXml(request)) return jsonReply({ Message: messages.onlyXml }, statusOf.onlyXmlAccepted)
    return routeCall({ world, site, now, ...signedIn, request, desk, exports })
  }
  if (world.profile === 'zvma') return answer
  return (request) => {
    const reply = answer(request)
    return { ...reply, headers: { ...windowsHeaders, ...reply.headers } }
  }
}

/**
 * Starts the simulated ZVMs. The same seed makes the same fleet and the same passwords.
 *
 * @param options.profile The generation of both: appliances of version 10.0 with Keycloak, or Windows ZVMs of 9.7 with
 * sessions. @default 'zvma'
 * @param options.fleetSize How many protected machines there are.
 * @param options.listen Where each ZVM listens; Boston first, then London. With one entry its peer is paired but not
 * served.
 */
export const startZertoSimulator = async (options: {
  readonly clock: SimClock
  readonly fleetSize: number
  readonly seed: number
  readonly profile?: ZertoProfile
  readonly listen: readonly ServiceAddress[]
}): Promise<ZertoSimulator> => {
  const random = createRandom(options.seed)
  const profile = options.profile ?? 'zvma'
  const sites = [createSite(0, random, profile), createSite(1, random, profile)] as const
  const world = new ZertoWorld({ clock: options.clock, seed: options.seed + 1, profile, sites })
  fillWorld(world, options.fleetSize)

  await using started = new AsyncDisposableStack()
  const served: ZertoSimulatorSite[] = []
  for (const [index, address] of options.listen.entries()) {
    const site = sites[index]
    if (site === undefined) throw new Error('there are only two ZVMs')
    const accounts: ZvmAccounts = {
      login: { username: generations[profile].username, password: `Zerto-${random.uuid().slice(0, 8)}` },
      clientLogin: { clientId: 'zerto-api', clientSecret: random.uuid() },
    }
    const signInRandom = createRandom(options.seed + 2 + index)
    const signIn =
      profile === 'zvma'
        ? new Keycloak(accounts, signInRandom)
        : new WindowsSessions(accounts, signInRandom, () => site.url)
    const service = started.use(
      await startHttpService({ ...address, now: world.clock.now, handle: createHandler(world, site, signIn) }),
    )
    site.url = service.url
    served.push({ name: site.name, siteIdentifier: site.siteIdentifier, service, ...accounts })
  }
  const running = started.move()
  return { profile, sites: served, world, [Symbol.asyncDispose]: () => running.disposeAsync() }
}
