import type { SimClock } from '../clock.ts'
import { startHttpService, type HttpService, type ServiceReply, type ServiceRequest } from '../http-service.ts'
import { createRandom, type Random } from '../random.ts'
import { actionRoutes, settingsRoutes } from './zerto-sim-action-routes.ts'
import { fillWorld } from './zerto-sim-fleet.ts'
import { messages } from './zerto-sim-inferred.ts'
import { createInfrastructure } from './zerto-sim-infrastructure.ts'
import { Keycloak, type ZvmAccounts } from './zerto-sim-keycloak.ts'
import { readRoutes } from './zerto-sim-read-routes.ts'
import { jsonReply } from './zerto-sim-request.ts'
import { createRouter } from './zerto-sim-router.ts'
import { SettingsDesk } from './zerto-sim-settings-desk.ts'
import type { SignIn } from './zerto-sim-sign-in.ts'
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
  /** What they show; tests may look at it and change it. */
  readonly world: ZertoWorld
}

const places = [
  { name: 'Boston', location: 'Boston, MA', ipAddress: '10.10.1.10', utcOffsetMinutes: -300 },
  { name: 'London', location: 'London, UK', ipAddress: '10.20.1.10', utcOffsetMinutes: 0 },
] as const

const createSite = (index: SiteIndex, random: Random): ZertoSite => {
  const place = places[index]
  return {
    ...place,
    index,
    siteIdentifier: random.uuid(),
    url: `https://${place.ipAddress}`,
    infrastructure: createInfrastructure(random, place.name),
    unprotected: new Map(),
    tasks: new TaskLog(),
  }
}

const routeCall = createRouter([...readRoutes, ...settingsRoutes, ...actionRoutes])

/** Answers one request at one ZVM: what is due happens first, then signing in, then the resource. */
const createHandler = (
  world: ZertoWorld,
  site: ZertoSite,
  signIn: SignIn,
): ((request: ServiceRequest) => ServiceReply) => {
  const desk = new SettingsDesk(world)
  return (request) => {
    const now = world.advance()
    const signingIn = signIn.answer(request, now)
    if (signingIn !== null) return signingIn
    const user = signIn.identify(request, now)
    // Clients tell an appliance from a Windows ZVM by this path before they have any credentials.
    const isSessionPath = request.path.toLowerCase() === '/v1/session/add'
    if (user === null && !isSessionPath) return jsonReply({ Message: messages.unauthorized }, 401)
    return routeCall({ world, site, now, user: user ?? '', request, desk })
  }
}

/**
 * Starts the simulated appliances, version 10.0 with Keycloak. The same seed makes the same fleet and the same
 * passwords.
 *
 * @param options.fleetSize How many protected machines there are.
 * @param options.listen Where each ZVM listens; Boston first, then London. With one entry its peer is paired but not
 * served.
 */
export const startZertoSimulator = async (options: {
  readonly clock: SimClock
  readonly fleetSize: number
  readonly seed: number
  readonly listen: readonly { readonly host: string; readonly port: number }[]
}): Promise<ZertoSimulator> => {
  const random = createRandom(options.seed)
  const sites = [createSite(0, random), createSite(1, random)] as const
  const world = new ZertoWorld({ clock: options.clock, seed: options.seed + 1, sites })
  fillWorld(world, options.fleetSize)

  await using started = new AsyncDisposableStack()
  const served: ZertoSimulatorSite[] = []
  for (const [index, { host, port }] of options.listen.entries()) {
    const site = sites[index]
    if (site === undefined) throw new Error('there are only two ZVMs')
    const accounts: ZvmAccounts = {
      login: { username: 'admin', password: `Zerto-${random.uuid().slice(0, 8)}` },
      clientLogin: { clientId: 'zerto-api', clientSecret: random.uuid() },
    }
    const signIn = new Keycloak(accounts, createRandom(options.seed + 2 + index))
    const service = started.use(
      await startHttpService({ host, port, now: world.clock.now, handle: createHandler(world, site, signIn) }),
    )
    site.url = service.url
    served.push({ name: site.name, siteIdentifier: site.siteIdentifier, service, ...accounts })
  }
  const running = started.move()
  return { sites: served, world, [Symbol.asyncDispose]: () => running.disposeAsync() }
}
