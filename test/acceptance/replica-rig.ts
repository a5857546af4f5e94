import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { stringify } from 'yaml'
import { scopes } from '../../src/domain/viewer.ts'
import { createSimClock } from '../../src/simulator/clock.ts'
import { startZertoSimulator, type ZertoSimulator } from '../../src/simulator/zerto/zerto-simulator.ts'
import { type RunningCommand, runCommand } from '../support/run-command.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

const token = 'secret-of-the-tester'
const authorization = `Bearer ${token}`
const host = '127.0.0.1'
const free = { host, port: 0 }
const endpoint = /serves (?<url>\S+)/

/** Vendor time passes so many times faster: a test failover is over in some seconds. */
const speed = 10

/** One gateway process after the other, in one place. */
export interface Replica {
  /** Of the GraphQL endpoint of the process that runs. */
  readonly url: string
  /** Kills it and starts another one; resolves when that serves. */
  replace(): Promise<void>
  /** It stands still until {@link Replica.thaw}. */
  freeze(): void
  thaw(): void
}

/** Gateways in processes of their own on one PostgreSQL, over one simulated vendor. */
export interface ReplicaRig extends AsyncDisposable {
  readonly database: TestDatabase
  readonly zerto: ZertoSimulator
  readonly replicas: readonly Replica[]
  /** The data of an answer; null when the gateway died, does not answer, or is not there. */
  ask(replica: Replica, document: string, variables?: object): Promise<Readonly<Record<string, unknown>> | null>
  /** Follows all tasks, from gateway to gateway, beginning with this one. */
  follow(first: number): Follower
  /** The same for what changes on replications and groups. */
  followProtection(first: number): Follower
}

/** A subscriber that resumes after the last event that it has seen, at the next gateway. */
export interface Follower extends Disposable {
  /** Resolves with the first event. */
  readonly begun: Promise<void>
  /**
   * `<task> <cursor> <state>` of each change of state, or `<target> <cursor> <kind> <fields>` of each change of a replication or
   * group, in the order in which they came.
   */
  readonly changes: readonly string[]
  /** What was told besides events of tasks, such as that some were left out; errors too. */
  readonly faults: readonly string[]
}

interface FeedEvent {
  readonly cursor: string
  readonly kind: string
  readonly task?: { readonly id: string; readonly state: string } | null
  readonly targetId?: string | null
  readonly changedFields?: readonly string[]
}

const feeds = {
  tasks: 'subscription ($after: Cursor) { event: taskEvents(after: $after) { cursor kind task { id state } } }',
  protection: `subscription ($after: Cursor) {
    event: protectionEvents(after: $after) { cursor kind targetId changedFields }
  }`,
} as const

/** Null for what is no change. */
const toChange = ({ cursor, kind, task, targetId, changedFields }: FeedEvent): string | null => {
  if (kind === 'STATE_CHANGE' && task) return `${task.id} ${cursor} ${task.state}`
  if (targetId) return `${targetId} ${cursor} ${kind} ${changedFields?.join() ?? ''}`
  return null
}

const follow = (query: string, findUrl: () => string): Follower => {
  const changes: string[] = []
  const faults: string[] = []
  const variables: { after: string | null } = { after: null }
  const begun = Promise.withResolvers<void>()
  const client = createClient({
    url: () => findUrl().replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: () => new Promise((resolve) => void setTimeout(resolve, 50 + Math.random() * 100)),
  })
  client.subscribe<{ readonly event: FeedEvent }>(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (data === null || data === undefined) {
          faults.push(JSON.stringify(errors))
          return
        }
        const { event } = data
        variables.after = event.cursor
        if (event.kind === 'LAGGED') faults.push('some events were left out')
        const change = toChange(event)
        if (change !== null) changes.push(change)
        begun.resolve()
      },
      error: (error) => faults.push(JSON.stringify(error)),
      complete: () => {},
    },
  )
  return {
    begun: begun.promise,
    changes,
    faults,
    [Symbol.dispose]: () => void client.dispose(),
  }
}

const toConfig = (zerto: ZertoSimulator): string =>
  stringify({
    listen: free,
    store: { url: '${env:STORE_URL}' },
    auth: {
      tokens: [{ name: 'tester', sha256: createHash('sha256').update(token).digest('hex'), scopes: [...scopes] }],
    },
    sites: zerto.sites.map(({ name, service, login }, index) => ({
      name,
      vendor: 'zerto',
      url: service.url,
      login: { type: 'password', username: login.username, password: `\${env:ZERTO_PASSWORD_${index}}` },
    })),
    limits: { pollIntervalMs: 100, maxAgeSeconds: 1, maxSocketsPerCaller: 10_000 },
  })

const findUrl = (said: string): string => endpoint.exec(said)?.groups?.['url'] ?? ''

const startReplica = async (start: () => RunningCommand): Promise<Replica & AsyncDisposable> => {
  let command = start()
  let url = findUrl(await command.saying(endpoint))
  const end = async (): Promise<void> => {
    command.stop('SIGKILL')
    await command.ended
  }
  return {
    get url() {
      return url
    },
    replace: async () => {
      await end()
      command = start()
      url = findUrl(await command.saying(endpoint))
    },
    freeze: () => command.stop('SIGSTOP'),
    thaw: () => command.stop('SIGCONT'),
    [Symbol.asyncDispose]: end,
  }
}

/** Starts so many gateways, and the simulator with so many machines. */
export const startReplicaRig = async (options: {
  readonly replicas: number
  readonly fleetSize: number
  readonly seed: number
  /** Added to the environment of the gateway with this place. @default nothing */
  readonly envOf?: (place: number) => Readonly<Record<string, string>>
}): Promise<ReplicaRig> => {
  await using stack = new AsyncDisposableStack()
  const { fleetSize, seed } = options
  const database = stack.use(await createTestDatabase())
  const clock = createSimClock({ speed })
  const zerto = stack.use(await startZertoSimulator({ clock, fleetSize, seed, listen: [free, free] }))
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-replicas-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'gateway.yaml'), toConfig(zerto))
  const env = {
    STORE_URL: database.url.reveal(),
    ...Object.fromEntries(zerto.sites.map(({ login }, index) => [`ZERTO_PASSWORD_${index}`, login.password])),
    NODE_COMPILE_CACHE: join(tmpdir(), 'dr-gateway-crash-compiled'),
  }
  const startAt = (place: number) => (): RunningCommand =>
    runCommand(['serve', '--config', 'gateway.yaml'], { cwd: folder, env: { ...env, ...options.envOf?.(place) } })
  const replicas = await Promise.all(
    Array.from({ length: options.replicas }, (_, place) => startReplica(startAt(place))),
  )
  for (const replica of replicas) stack.use(replica)
  const urlsFrom = (first: number) => {
    let next = first
    return (): string => {
      const { url } = replicas[next % replicas.length] ?? { url: '' }
      next += 1
      return url
    }
  }
  const owned = stack.move()
  return {
    database,
    zerto,
    replicas,
    ask: async ({ url }, document, variables = {}) => {
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
    },
    follow: (first) => follow(feeds.tasks, urlsFrom(first)),
    followProtection: (first) => follow(feeds.protection, urlsFrom(first)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
