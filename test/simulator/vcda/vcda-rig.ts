import { createSimClock, type SimClock } from '../../../src/simulator/clock.ts'
import type { ServedVersion } from '../../../src/simulator/vcda/vcda-sim-version.ts'
import { startVcdaSimulator, type VcdaSimulator } from '../../../src/simulator/vcda/vcda-simulator.ts'

/** The members of the vendor's objects that the tests look at. */
export interface WireError {
  readonly args: readonly string[]
  readonly code: string
  readonly msg: string
  readonly stacktrace: string
}

interface WireEnd {
  readonly site: string
  readonly org?: string
  readonly vdcId?: string
  readonly vappId?: string | null
  readonly recoveredVappId?: string | null
}

export interface WireInstance {
  readonly key: string
  readonly timestamp: number
  readonly sequenceNumber: number
  readonly isPinned: boolean
}

export interface WireReplication {
  readonly id: string
  readonly owner: string
  readonly vmId: string
  readonly vmName: string
  readonly isPaused: boolean
  readonly isReversed: boolean
  readonly isMigration: boolean
  readonly dataConnectionState: string
  readonly overallHealth: string
  readonly lastUpdated: number
  readonly source: WireEnd
  readonly destination: WireEnd
  readonly vappReplicationId: string | null
  readonly storageProfile: string
  readonly settings: {
    readonly rpo: number
    readonly description: string
    readonly retentionPolicy: { readonly rules: readonly unknown[] }
  }
  readonly slaProfile: { readonly id: string; readonly displayName: string } | null
  readonly sourceState: { readonly state: string; readonly progress: { readonly progress: number } | null }
  readonly destinationState: {
    readonly currentRpoViolation: number
    readonly lastError: WireError | null
    readonly latestInstance: WireInstance | null
    readonly isMovingReplica: boolean
    readonly recoveryInfo: { readonly recoveryState: string }
  }
}

export interface WireGroup extends WireReplication {
  readonly descriptor: { readonly name: string }
  readonly vmReplications: readonly WireReplication[]
}

export interface WireTask {
  readonly id: string
  readonly state: string
  readonly progress: number
  readonly startTime: number
  readonly endTime: number
  readonly lastUpdated: number
  readonly site: string
  readonly user: string
  readonly error: WireError | null
  readonly result?: WireReplication
  readonly resultType?: string
  readonly workflowInfo: {
    readonly type: string
    readonly resourceId: string
    readonly resourceType: string
    readonly resourceName: string
  }
}

export interface WirePage<T> {
  readonly items: readonly T[]
  readonly limit: number
  readonly offset: number
  readonly total: number
}

export interface Reply<T> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

/** Speaks to one appliance as one signed-in user. */
export class Caller {
  readonly url: string
  token = ''

  constructor(url: string) {
    this.url = url
  }

  async send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply<T>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(this.token === '' ? {} : { 'X-VCAV-Auth': this.token }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await response.text()
    const parsed: T = JSON.parse(text === '' ? 'null' : text)
    return { status: response.status, headers: response.headers, body: parsed }
  }

  async get<T>(path: string): Promise<T> {
    const reply = await this.send<T>('GET', path)
    if (reply.status !== 200) throw new Error(`GET ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
    return reply.body
  }

  async signIn(body: unknown): Promise<Reply<unknown>> {
    const reply = await this.send('POST', '/sessions', body)
    this.token = reply.headers.get('X-VCAV-Auth') ?? ''
    return reply
  }

  /** Sends a change that must be accepted and gives its task. */
  async act(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<WireTask> {
    const reply = await this.send<WireTask>(method, path, body, headers)
    if (reply.status !== 202) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
    return reply.body
  }

  /** Sends a change that must be refused and gives the code. */
  async refusal(method: string, path: string, body?: unknown): Promise<readonly [number, string]> {
    const reply = await this.send<WireError>(method, path, body)
    return [reply.status, reply.body.code]
  }

  replication(id: string): Promise<WireReplication> {
    return this.get<WireReplication>(`/vm-replications/${id}`)
  }

  /** The first one in this state that is in no vApp replication. */
  async findReplication(dataConnectionState: string): Promise<WireReplication> {
    const path = `/vm-replications?dataConnectionState=${dataConnectionState}&sourceSiteType=vcloud&isMigration=false`
    const { items } = await this.get<WirePage<WireReplication>>(path)
    const found = items.find(
      (item) => item.vappReplicationId === null && item.destinationState.currentRpoViolation === 0,
    )
    if (found === undefined) throw new Error(`no replication is ${dataConnectionState}`)
    return found
  }

  async groups(): Promise<readonly WireGroup[]> {
    return (await this.get<WirePage<WireGroup>>('/vapp-replications')).items
  }
}

export interface Rig extends AsyncDisposable {
  readonly clock: SimClock
  readonly simulator: VcdaSimulator
  /** Providers, signed in as `root`. */
  readonly east: Caller
  readonly west: Caller
  /** A new caller of the east that has not signed in. */
  stranger(): Caller
  /** The tenant of Acme in the east. */
  tenant(): Promise<Caller>
}

/** What differs from a plain appliance of the newest version. */
interface RigOptions {
  readonly version?: ServedVersion
  readonly requiresExtension?: boolean
}

/** Both sites on free ports, a clock that stands still, providers signed in at both. */
export const startRig = async (fleetSize = 60, options: RigOptions = {}): Promise<Rig> => {
  const clock = createSimClock({ speed: 0, startAt: Date.UTC(2026, 0, 5, 9) })
  const listen = [
    { host: '127.0.0.1', port: 0 },
    { host: '127.0.0.1', port: 0 },
  ]
  const simulator = await startVcdaSimulator({ clock, fleetSize, seed: 7, listen, ...options })
  const [eastSite, westSite] = simulator.sites
  if (eastSite === undefined || westSite === undefined) throw new Error('two sites were asked for')
  const signInAt = async (site: typeof eastSite): Promise<Caller> => {
    const caller = new Caller(site.service.url)
    await caller.signIn({ type: 'localUser', localUser: site.login.user, localPassword: site.login.password })
    return caller
  }
  return {
    clock,
    simulator,
    east: await signInAt(eastSite),
    west: await signInAt(westSite),
    stranger: () => new Caller(eastSite.service.url),
    tenant: async () => {
      const caller = new Caller(eastSite.service.url)
      const { user, password } = eastSite.tenantLogin
      await caller.signIn({ type: 'vcdCredentials', vcdUser: user, vcdPassword: password })
      return caller
    },
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  }
}

export const secondMs = 1_000
export const minuteMs = 60_000
export const hourMs = 60 * minuteMs

/** A recovery with nothing chosen. */
export const plainRecovery = { type: 'vcloud', powerOn: true, consolidate: false, instanceId: null }
