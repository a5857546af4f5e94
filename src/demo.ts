import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { startApp, type App } from './app.ts'
import type { Logger } from './domain/ports/logger.ts'
import { scopes, unbounded } from './domain/viewer.ts'
import { createTokenAuthentication } from './server/authentication.ts'
import { startSimulator, type Simulator } from './simulator/main.ts'
import { listSecrets, Secret } from './std/secret.ts'

export interface DemoOptions {
  readonly port: number
  /** Simulated machines of each vendor. */
  readonly fleetSize: number
  readonly seed: number
  /** How many simulated seconds pass in a real one. */
  readonly speed: number
  readonly storePath: string
  readonly logger: Logger
}

/** A gateway over simulated sites of every vendor. */
export interface Demo extends AsyncDisposable {
  readonly app: App
  readonly simulator: Simulator
  /** What its sites are signed in to with. */
  readonly secrets: readonly string[]
}

const host = '127.0.0.1'

const toSites = ({ sites }: Simulator) =>
  sites.map(({ login: { type, ...credentials }, ...site }) => {
    const hidden = Object.entries(credentials).map(([name, value]) => [name, new Secret(value)] as const)
    return { ...site, tls: {}, login: { type, ...Object.fromEntries(hidden) } }
  })

/** Starts the simulators of all vendors on free ports, and a gateway over them that lets anybody on this machine in. */
export const startDemo = async ({ port, fleetSize, seed, speed, storePath, logger }: DemoOptions): Promise<Demo> => {
  await using stack = new AsyncDisposableStack()
  const simulator = stack.use(await startSimulator({ speed, seed, fleetSize }))
  if (storePath !== ':memory:') mkdirSync(dirname(storePath), { recursive: true })
  const anonymous = { name: 'demo', grants: [{ ...unbounded, scopes }] }
  const sites = toSites(simulator)
  const app = stack.use(
    await startApp({
      host,
      port,
      store: { path: storePath },
      logger,
      sites,
      authenticate: createTokenAuthentication({ tokens: [], anonymous }),
      isGraphiqlEnabled: true,
      console: { login: { kind: 'none' } },
      maxAgeSeconds: 5,
      staleForSeconds: 86_400,
      pollIntervalMs: 1000,
      settleAfterMs: 300_000,
      eventsKeptDays: 30,
      mostEventsKept: 1_000_000,
      mostQueuedEvents: 10_000,
    }),
  )
  const owned = stack.move()
  return { app, simulator, secrets: listSecrets(sites), [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

const candidateQuery = `{
  protectionGroups(first: 500, filter: { vendors: [ZERTO], healths: [HEALTHY] }) {
    nodes { id name actions { action available } }
  }
}`

const candidateForm = z.object({
  id: z.string(),
  name: z.string(),
  actions: z.array(z.object({ action: z.string(), available: z.boolean() })),
})
type Candidate = z.infer<typeof candidateForm>

const answerForm = z.object({
  data: z.object({ protectionGroups: z.object({ nodes: z.array(candidateForm) }) }),
})

/** A group that can be failed over right now, asked for like any client would. */
const findCandidate = async (url: string): Promise<Candidate | null> => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: candidateQuery }) })
  const { data } = answerForm.parse(await response.json())
  const isReady = ({ actions }: Candidate): boolean =>
    actions.some(({ action, available }) => action === 'FAILOVER' && available)
  return data.protectionGroups.nodes.find(isReady) ?? null
}

/** What to open, and three things to paste: a query, a mutation, a subscription. */
export const describeDemo = async ({ app }: Demo): Promise<string> => {
  const group = await findCandidate(app.url)
  const id = group?.id ?? 'GROUP_ID'
  return `
DR Gateway demo: one GraphQL endpoint over a simulated VCDA cloud and a simulated Zerto pair.

  Open    ${app.url.replace(/graphql$/, '')}   (the console, in a browser)
  API     ${app.url}   (GraphiQL in a browser; GraphQL over HTTP and WebSocket for programs)
  Health  ${app.url.replace(/graphql$/, 'health/ready')}

Paste these into GraphiQL, one after the other.

1. A query: what both vendors protect

query {
  replications(first: 5) { totalCount nodes { vendor name state health rpo { verdict actualSeconds } } }
  protectionGroups(first: 5) { totalCount nodes { vendor name state vmCount } coverage { siteName completeness } }
}

2. A mutation: fail the group "${group?.name ?? '...'}" over, and leave the decision to you

mutation {
  failover(input: { targetId: "${id}", idempotencyKey: "my-first-failover" }) {
    __typename
    ... on TaskStarted { replayed task { id state } }
    ... on Problem { code message }
  }
}

3. A subscription: watch it live. Put the task's id from the answer in place of TASK_ID

subscription {
  taskProgress(id: "TASK_ID") { kind task { state stage progressPercent } }
}

When it says AWAITING_DECISION, finish it:

mutation {
  commitFailover(input: { targetId: "${id}", idempotencyKey: "my-first-commit" }) {
    __typename
    ... on TaskStarted { task { id state } }
    ... on Problem { code message }
  }
}

Ctrl+C ends the demo. Nothing leaves this machine; what it simulates is forgotten.
`
}
