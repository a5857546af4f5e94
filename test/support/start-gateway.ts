import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApp, type App, type AppOptions } from '../../src/app.ts'
import type { Bounds } from '../../src/domain/reach.ts'
import { scopes, unbounded, type Grant, type Scope } from '../../src/domain/viewer.ts'
import { createTokenAuthentication } from '../../src/server/authentication.ts'
import { createOidcAuthentication, type TrustedIssuer } from '../../src/server/oidc-authentication.ts'
import { createSimClock, type SimClock } from '../../src/simulator/clock.ts'
import type { HttpService, RecordedExchange } from '../../src/simulator/http-service.ts'
import { startVcdaSimulator, type VcdaSimulator } from '../../src/simulator/vcda/vcda-simulator.ts'
import { startZertoSimulator, type ZertoSimulator } from '../../src/simulator/zerto/zerto-simulator.ts'
import { Secret } from '../../src/std/secret.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import type { TypedDocumentString } from '../generated/graphql.ts'
import { query, subscribe, type Result, type Subscription } from './graphql-client.ts'
import { everywhere } from './viewer-of.ts'

/** A caller with one grant, which holds everywhere but for the bounds that it is given, or with several. */
export type TestCaller = { readonly name: string } & (
  | ({ readonly scopes: readonly Scope[] } & Partial<Bounds>)
  | { readonly grants: readonly Grant[] }
)

export interface TestGatewayOptions {
  /** Simulated machines of each vendor. @default 24 */
  readonly fleetSize?: number
  /** @default 0 // every query asks the sites, so that a test sees what it has just caused */
  readonly maxAgeSeconds?: number
  /** @default 86_400 */
  readonly staleForSeconds?: number
  /** Callers besides the anonymous one, who may do everything. Each has a token of {@link tokenOf}. @default none */
  readonly callers?: readonly TestCaller[]
  /** Whose access tokens are taken, too. @default none */
  readonly issuers?: readonly TrustedIssuer[]
  /** How long a lost answer is looked for before it is said that nothing happened. @default 300 */
  readonly settleAfterMs?: number
  /** What else the gateway is started with. */
  readonly more?: Partial<AppOptions>
}

type Document<R, V> = TypedDocumentString<R, V>

/** The bearer token of a caller. */
export const tokenOf = (name: string): string => `token-of-${name}`

/** A gateway over both simulators, spoken to only over HTTP and WebSocket, with time that stands still until turned. */
export interface TestGateway extends AsyncDisposable {
  readonly url: string
  /** Of the figures, for a gateway that was started with `more.metrics`. */
  readonly metricsUrl: string | null
  /** The file of the journal. */
  readonly storePath: string
  readonly clock: SimClock
  readonly vcda: VcdaSimulator
  readonly zerto: ZertoSimulator
  /** The services of every simulated site. */
  readonly services: readonly HttpService[]
  /** @param caller One of the gateway's callers; left out, the anonymous one. */
  ask<R, V extends object>(document: Document<R, V>, variables: V, caller?: string): Promise<Result<R>>
  /** The data of an answer without errors; fails when there are any. */
  dataOf<R, V extends object>(document: Document<R, V>, variables: V): Promise<R>
  watch<R, V extends object>(document: Document<R, V>, variables: V): Subscription<R>
  /** Turns the vendors' time, in seconds. */
  turn(seconds: number): void
  /** Turns the vendors' time and the gateway's, in seconds. */
  turnAll(seconds: number): void
  /** Everything that any simulated site was asked to change, oldest first; sign-ins are not counted. */
  changes(): readonly RecordedExchange[]
  /** How many requests all simulated sites have had, sign-ins left out. */
  countRequests(): number
  /** Forgets what was asked so far. */
  forget(): void
  /** Ends the gateway as a deployment would and starts another one on the same store and port. */
  restart(): Promise<void>
}

/** Time between two looks of the gateway at a site's tasks. */
export const pollIntervalMs = 20

const host = '127.0.0.1'
const free = { host, port: 0 }
const signIns = /^\/(sessions|auth\/|v1\/session)/

const appSites = (vcda: VcdaSimulator, zerto: ZertoSimulator) => [
  ...vcda.sites.map(({ name, service, login }) => ({
    vendor: 'VCDA' as const,
    name,
    url: service.url,
    tls: {},
    login: { type: 'localUser', user: login.user, password: new Secret(login.password) },
  })),
  ...zerto.sites.map(({ name, service, login }) => ({
    vendor: 'ZERTO' as const,
    name,
    url: service.url,
    tls: {},
    login: { type: 'password', username: login.username, password: new Secret(login.password) },
  })),
]

export const startGateway = async (options: TestGatewayOptions = {}): Promise<TestGateway> => {
  const { fleetSize = 24, maxAgeSeconds = 0, staleForSeconds = 86_400, callers = [], settleAfterMs = 300 } = options
  await using stack = new AsyncDisposableStack()
  const clock = createSimClock({ speed: 0 })
  const vcda = stack.use(await startVcdaSimulator({ clock, fleetSize, seed: 7, listen: [free, free] }))
  const zerto = stack.use(await startZertoSimulator({ clock, fleetSize, seed: 7, listen: [free, free] }))
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const storePath = join(folder, 'journal.db')
  const anonymous = { name: 'tester', grants: everywhere(scopes) }
  const tokens = callers.map(({ name, ...grant }) => ({
    name,
    grants: 'grants' in grant ? grant.grants : [{ ...unbounded, ...grant }],
    sha256: createHash('sha256').update(tokenOf(name)).digest('hex'),
  }))
  const reservedNames = callers.map(({ name }) => name)
  const siteNames = appSites(vcda, zerto).map(({ name }) => name)
  const trust = { issuers: options.issuers ?? [], reservedNames, siteNames }
  const oidc = stack.use(createOidcAuthentication({ ...trust, clock: systemClock, logger: silentLogger }))
  let aheadMs = 0
  const ownClock = { now: () => new Date(Date.now() + aheadMs), wait: systemClock.wait }
  const start = (port: number): Promise<App> =>
    startApp({
      host,
      port,
      store: { path: storePath },
      sites: appSites(vcda, zerto),
      logger: silentLogger,
      clock: ownClock,
      authenticate: createTokenAuthentication({ tokens, anonymous, verifyToken: oidc.verify }),
      isGraphiqlEnabled: true,
      maxAgeSeconds,
      staleForSeconds,
      pollIntervalMs,
      settleAfterMs,
      eventsKeptDays: 30,
      mostEventsKept: 1_000_000,
      mostQueuedEvents: 10_000,
      ...options.more,
    })
  let app = await start(0)
  const { url } = app
  stack.defer(() => app[Symbol.asyncDispose]())
  const services = [...vcda.sites, ...zerto.sites].map(({ service }) => service)
  const owned = stack.move()
  const requests = (): readonly RecordedExchange[] =>
    services.flatMap(({ exchanges }) => exchanges).filter(({ path }) => !signIns.test(path))

  const ask: TestGateway['ask'] = async (document, variables, caller) => {
    const headers = caller === undefined ? {} : { authorization: `Bearer ${tokenOf(caller)}` }
    const { body } = await query(url, document.toString(), { ...variables }, headers)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the document says which data it asks for
    return body as Result<never>
  }
  return {
    url,
    get metricsUrl() {
      return app.metricsUrl
    },
    storePath,
    clock,
    vcda,
    zerto,
    services,
    ask,
    dataOf: async (document, variables) => {
      const { data, errors } = await ask(document, variables)
      if (data === null || data === undefined || errors !== undefined) throw new Error(JSON.stringify(errors))
      return data
    },
    watch: (document, variables) => subscribe(url, document.toString(), { ...variables }),
    turn: (seconds) => clock.turn(seconds * 1000),
    turnAll: (seconds) => {
      aheadMs += seconds * 1000
      clock.turn(seconds * 1000)
    },
    changes: () => requests().filter(({ method }) => method !== 'GET'),
    countRequests: () => requests().length,
    forget: () => {
      for (const service of services) service.forget()
    },
    restart: async () => {
      await app[Symbol.asyncDispose]()
      app = await start(Number(new URL(url).port))
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
