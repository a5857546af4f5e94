import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { scopes } from '../../src/domain/viewer.ts'
import { createSimClock } from '../../src/simulator/clock.ts'
import { startZertoSimulator, type ZertoSimulator } from '../../src/simulator/zerto/zerto-simulator.ts'
import type { TestDatabase } from '../support/database-at.ts'
import { type CommandEnd, type RunningCommand, runCommand } from '../support/run-command.ts'
import { type Follower, follow, protectionFeed, taskFeed, type ToldProtection } from './follower.ts'
import { type Moment, watchSite, watchStore } from './moments.ts'
import { openTcpLine, type Passage } from './tcp-line.ts'

const token = 'secret-of-the-tester'
const authorization = `Bearer ${token}`
const host = '127.0.0.1'
const free = { host, port: 0 }
const endpoint = /serves (?<url>\S+)/
const configName = 'gateway.yaml'

/** Vendor time passes so many times faster: a test failover is over in some seconds. */
const speed = 10

// Longer than anybody stands still here, so that what was not sent is known within a run.
const settleAfterMs = 15_000

/** One gateway process after the other, in one place. */
export interface Replica {
  /** Of the GraphQL endpoint of the process that runs. */
  readonly url: string
  /** The name under which it has leases: another one for each process. */
  readonly name: string
  kill(): void
  /** Starts a process in the place of the one that was killed; resolves when that serves. */
  restart(): Promise<void>
  /** It stands still until {@link Replica.thaw}. */
  freeze(): void
  thaw(): void
  /** Resolves with the next {@link Replica.thaw}. */
  readonly goesOn: Promise<void>
  /** From now on it does not hear what others tell at the database, and nobody tells it so. */
  deafen(): void
}

/** What is to be done to whoever comes to a moment first. */
export interface Strike {
  readonly moment: Moment
  readonly act: 'KILL' | 'FREEZE'
  /** Whether what it was saying, or being told, still arrives: where it dies, at all; where it stands still, at once. */
  readonly isPassedOn: boolean
}

/** Somebody has asked a site for its tasks. */
export interface Look {
  readonly siteName: string
  readonly name: string
  /** Milliseconds since 1970, with parts of them. */
  readonly atMs: number
}

/** Gateways in processes of their own on one PostgreSQL, over one simulated vendor. */
export interface ReplicaRig extends AsyncDisposable {
  readonly database: TestDatabase
  readonly zerto: ZertoSimulator
  readonly replicas: readonly Replica[]
  readonly looks: readonly Look[]
  /** The first who comes to the moment is struck in it; resolves with who it was. Replaces the strike before. */
  arm(strike: Strike): Promise<Replica>
  disarm(): void
  /** The data of an answer; null when the gateway died, does not answer, or is not there. */
  ask(replica: Replica, document: string, variables?: object): Promise<Readonly<Record<string, unknown>> | null>
  /** Follows all tasks, from gateway to gateway, beginning with this one. */
  follow(first: number): Follower
  /** The same for what changes on replications and groups. */
  followProtection(first: number): Follower<ToldProtection>
  /** Runs a command of the gateway with the same configuration. */
  run(args: readonly string[]): Promise<CommandEnd>
}

/** Milliseconds since 1970 that never go back, to compare with those of a database on the same machine. */
export const nowMs = (): number => performance.timeOrigin + performance.now()

const toConfig = (zerto: ZertoSimulator, ports: readonly number[]): string =>
  stringify({
    listen: free,
    store: { url: '${env:STORE_URL}' },
    auth: {
      tokens: [{ name: 'tester', sha256: createHash('sha256').update(token).digest('hex'), scopes: [...scopes] }],
    },
    sites: zerto.sites.map(({ name, login }, index) => ({
      name,
      vendor: 'zerto',
      url: `http://${host}:${ports[index] ?? 0}`,
      login: { type: 'password', username: login.username, password: `\${env:ZERTO_PASSWORD_${index}}` },
    })),
    limits: { pollIntervalMs: 100, maxAgeSeconds: 1, maxSocketsPerCaller: 10_000, settleAfterMs },
  })

const toService = (url: string) => {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}

/** Who waits for which moment. */
class Trap {
  #strike: Strike | null = null
  #struck = Promise.withResolvers<Replica>()

  arm(strike: Strike): Promise<Replica> {
    this.#strike = strike
    this.#struck = Promise.withResolvers()
    return this.#struck.promise
  }

  disarm(): void {
    this.#strike = null
  }

  /** @returns whether, or when, what makes the moment passes. */
  spring(moment: Moment, replica: Replica): Passage {
    const strike = this.#strike
    if (strike?.moment !== moment) return true
    this.#strike = null
    if (strike.act === 'KILL') replica.kill()
    else replica.freeze()
    this.#struck.resolve(replica)
    return strike.isPassedOn || (strike.act === 'FREEZE' && replica.goesOn)
  }
}

const startReplica = async (
  { database, zerto, folder, env, looks, trap }: Surroundings,
  place: number,
): Promise<Replica & AsyncDisposable> => {
  await using stack = new AsyncDisposableStack()
  let name = ''
  let url = ''
  let isDeaf = false
  let thawed = Promise.withResolvers<void>()
  let command: RunningCommand | null = null
  const replica = {
    get url() {
      return url
    },
    get name() {
      return name
    },
    kill: () => command?.stop('SIGKILL'),
    restart: async () => {
      await command?.ended
      command = runCommand(['serve', '--config', configName], { cwd, env: ownEnv })
      url = endpoint.exec(await command.saying(endpoint))?.groups?.['url'] ?? ''
    },
    get goesOn() {
      return thawed.promise
    },
    freeze: () => {
      thawed = Promise.withResolvers()
      command?.stop('SIGSTOP')
    },
    thaw: () => {
      command?.stop('SIGCONT')
      thawed.resolve()
    },
    deafen: () => {
      isDeaf = true
    },
  }
  const onMoment = (moment: Moment): Passage => trap.spring(moment, replica)
  const store = new URL(database.url.reveal())
  const about = {
    onName: (found: string): void => {
      name = found
    },
    isDeaf: () => isDeaf,
  }
  const storeLine = stack.use(await openTcpLine(toService(store.href), () => watchStore(onMoment, about)))
  store.host = `${host}:${storeLine.port}`
  const ports: number[] = []
  for (const { name: siteName, service } of zerto.sites) {
    const onLook = (): void => void looks.push({ siteName, name, atMs: nowMs() })
    const line = stack.use(await openTcpLine(toService(service.url), () => watchSite(onMoment, onLook)))
    ports.push(line.port)
  }
  const cwd = mkdtempSync(join(folder, `place-${place}-`))
  writeFileSync(join(cwd, configName), toConfig(zerto, ports))
  const ownEnv = { ...env, STORE_URL: store.href }
  stack.defer(async () => {
    command?.stop('SIGKILL')
    await command?.ended
  })
  await replica.restart()
  const owned = stack.move()
  return Object.assign(replica, { [Symbol.asyncDispose]: () => owned.disposeAsync() })
}

interface Surroundings {
  readonly database: TestDatabase
  readonly zerto: ZertoSimulator
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly looks: Look[]
  readonly trap: Trap
}

const ask: ReplicaRig['ask'] = async ({ url }, document, variables = {}) => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query: document, variables }),
      signal: AbortSignal.timeout(8_000),
    })
    const body: unknown = await response.json()
    const data: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'data') : null
    return typeof data === 'object' && data !== null ? { ...data } : null
  } catch {
    return null
  }
}

/**
 * Starts so many gateways, and the simulator with so many machines.
 *
 * @param options.database Empty; it is disposed of by whoever has made it.
 */
export const startReplicaRig = async (options: {
  readonly database: TestDatabase
  readonly replicas: number
  readonly fleetSize: number
  readonly seed: number
}): Promise<ReplicaRig> => {
  await using stack = new AsyncDisposableStack()
  const { database, fleetSize, seed } = options
  const clock = createSimClock({ speed })
  const zerto = stack.use(await startZertoSimulator({ clock, fleetSize, seed, listen: [free, free] }))
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-replicas-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const env = {
    ...Object.fromEntries(zerto.sites.map(({ login }, index) => [`ZERTO_PASSWORD_${index}`, login.password])),
    NODE_COMPILE_CACHE: join(tmpdir(), 'dr-gateway-crash-compiled'),
  }
  const trap = new Trap()
  const looks: Look[] = []
  const around = { database, zerto, folder, env, looks, trap }
  const replicas: Replica[] = []
  const places = Array.from({ length: options.replicas }, (_, place) => startReplica(around, place))
  for (const replica of await Promise.all(places)) replicas.push(stack.use(replica))
  const owned = stack.move()
  /** Which gateway a subscriber tries next. */
  const findUrlFrom = (first: number): (() => string) => {
    let next = first
    return () => {
      const { url } = replicas[next % replicas.length] ?? { url: '' }
      next += 1
      return url
    }
  }
  return {
    database,
    zerto,
    replicas,
    looks,
    arm: (strike) => trap.arm(strike),
    disarm: () => trap.disarm(),
    ask,
    follow: (first) => follow(taskFeed, findUrlFrom(first), authorization),
    followProtection: (first) => follow(protectionFeed, findUrlFrom(first), authorization),
    run: (args) => {
      const cwd = mkdtempSync(join(folder, 'command-'))
      const ports = zerto.sites.map(({ service }) => toService(service.url).port)
      writeFileSync(join(cwd, configName), toConfig(zerto, ports))
      return runCommand([...args, '--config', configName], {
        cwd,
        env: { ...env, STORE_URL: database.url.reveal() },
      }).ended
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
