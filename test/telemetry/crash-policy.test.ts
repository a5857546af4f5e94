import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import { createSimClock } from '../../src/simulator/clock.ts'
import { startZertoSimulator } from '../../src/simulator/zerto/zerto-simulator.ts'
import { crashExitCode, endOnCrash } from '../../src/telemetry/crash-policy.ts'
import { query } from '../support/graphql-client.ts'

const main = join(import.meta.dirname, '../../src/main.ts')
const token = 'token-of-the-crash-test'
const free = { host: '127.0.0.1', port: 0 }

/** Rejects, with the password in what is thrown, and nobody expects it: as a mistake in the gateway would. */
const mistake = `process.on('SIGUSR2', () => {
  void Promise.reject(new Error('signing in with ' + process.env.ZVM_PASSWORD + ' failed'))
})`
const preload = `data:text/javascript,${encodeURIComponent(mistake)}`

const serve = ['serve', '--config', 'gateway.yaml']

const startChild = async (folder: string, password: string, args: readonly string[] = serve) => {
  const child = spawn(process.execPath, ['--import', preload, main, ...args], {
    cwd: folder,
    env: { ...process.env, ZVM_PASSWORD: password },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const findUrl = (): string | undefined => /(?:serves|API) +(?<url>\S+)/.exec(said)?.groups?.['url']
  while (findUrl() === undefined && child.exitCode === null) await Promise.race([once(child.stdout, 'data'), closed])
  return {
    url: findUrl() ?? '',
    said: () => said,
    /** Resolves with the exit code. */
    end: async (signal: NodeJS.Signals): Promise<number | null> => {
      child.kill(signal)
      await closed
      return child.exitCode
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await closed
    },
  }
}

const ask = async <Data>(url: string, document: string, variables: object = {}): Promise<Data> => {
  const { body } = await query<Data>(url, document, variables, { authorization: `Bearer ${token}` })
  if (body.data === null || body.data === undefined) throw new Error(JSON.stringify(body.errors))
  return body.data
}

const groupsQuery = '{ protectionGroups(first: 500) { nodes { id actions { action available } } } }'
interface Groups {
  readonly protectionGroups: {
    readonly nodes: readonly {
      readonly id: string
      readonly actions: readonly { action: string; available: boolean }[]
    }[]
  }
}

const pressMutation = `mutation Press($input: FailoverInput!) {
  failover(input: $input) { ... on TaskStarted { task { id state } } ... on Problem { message } }
}`
interface Pressed {
  readonly failover: { readonly task?: { readonly id: string; readonly state: string } }
}

const taskQuery = 'query One($id: ID!) { node(id: $id) { ... on Task { id state } } }'
interface One {
  readonly node: { readonly id: string; readonly state: string } | null
}

const writeConfig = (folder: string, url: string, username: string): void => {
  const sha256 = createHash('sha256').update(token).digest('hex')
  const login = { type: 'password', username, password: '${env:ZVM_PASSWORD}' }
  const config = {
    listen: free,
    metrics: free,
    store: { url: 'sqlite:journal.db' },
    auth: { tokens: [{ name: 'ci', sha256, scopes: ['dr:read', 'dr:operate', 'dr:recover'] }] },
    sites: [{ name: 'zvm-a', vendor: 'zerto', url, login }],
    limits: { maxAgeSeconds: 0, pollIntervalMs: 100 },
  }
  writeFileSync(join(folder, 'gateway.yaml'), stringify(config))
}

it('ends with 70 at a rejection that nobody expects, says so masked, and goes on with the task afterwards', async () => {
  await using stack = new AsyncDisposableStack()
  const clock = createSimClock({ speed: 0 })
  const simulator = stack.use(await startZertoSimulator({ clock, fleetSize: 12, seed: 7, listen: [free, free] }))
  const [site] = simulator.sites
  if (site === undefined) throw new Error('there is no site')
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-crash-policy-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  writeConfig(folder, site.service.url, site.login.username)

  const first = stack.use(await startChild(folder, site.login.password))
  const figuresUrl = /"url":"(?<url>[^"]+\/metrics)"/.exec(first.said())?.groups?.['url'] ?? ''
  expect(await (await fetch(figuresUrl)).text()).toContain('\ndr_gateway_started 1\n')
  const { protectionGroups } = await ask<Groups>(first.url, groupsQuery)
  const targetId = protectionGroups.nodes.find(({ actions }) =>
    actions.some(({ action, available }) => action === 'FAILOVER' && available),
  )?.id
  const input = { targetId, idempotencyKey: 'crash-1', reason: 'a drill' }
  const { failover } = await ask<Pressed>(first.url, pressMutation, { input })
  const id = failover.task?.id ?? ''
  expect(id).not.toBe('')

  expect(await first.end('SIGUSR2')).toBe(crashExitCode)
  const last: unknown = JSON.parse(first.said().trimEnd().split('\n').at(-1) ?? '')
  const error = expect.objectContaining({ type: 'Error', message: 'signing in with [redacted] failed' })
  expect(last).toMatchObject({ level: 'fatal', kind: 'rejection', exitCode: 70, error })
  // A4 of the authentication faults
  expect(first.said()).not.toContain(site.login.password)

  const second = stack.use(await startChild(folder, site.login.password))
  const readState = async (): Promise<string | undefined> => {
    clock.turn(30_000)
    return (await ask<One>(second.url, taskQuery, { id })).node?.state
  }
  await expect.poll(readState, { timeout: 30_000 }).toBe('AWAITING_DECISION')
  // The key is known, and nothing is sent a second time.
  expect((await ask<Pressed>(second.url, pressMutation, { input })).failover.task?.id).toBe(id)
  const sent = site.service.exchanges.filter(({ method, path }) => method === 'POST' && /\/failover$/i.test(path))
  expect(sent).toHaveLength(1)
  expect(await second.end('SIGTERM')).toBe(0)
}, 120_000)

it('ends the demo with 70, too, without what its simulated sites are signed in to with', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-crash-policy-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  // The same seed makes the same passwords.
  const zerto = await startZertoSimulator({
    clock: createSimClock({ speed: 0 }),
    fleetSize: 6,
    seed: 1,
    listen: [free],
  })
  const password = zerto.sites[0]?.login.password ?? ''
  await zerto[Symbol.asyncDispose]()
  await using child = await startChild(folder, password, ['demo', '--port', '0', '--fleet', '6', '--seed', '1'])
  expect(child.url).toContain('/graphql')
  expect(await child.end('SIGUSR2')).toBe(crashExitCode)
  const last: unknown = JSON.parse(child.said().trimEnd().split('\n').at(-1) ?? '')
  expect(last).toMatchObject({ level: 'fatal', kind: 'rejection', exitCode: 70 })
  expect(child.said()).toContain('[redacted]')
  expect(child.said()).not.toContain(password)
}, 60_000)

const failToTell = (): never => {
  throw new Error('no secrets')
}

it('masks what stands in causes, in addresses and behind the names of secrets, and ends also when the line cannot be written', () => {
  const lines: string[] = []
  const ends: number[] = []
  const listeners = new Map<string, (error: unknown) => void>()
  const events = { on: (event: string, listener: (error: unknown) => void) => listeners.set(event, listener) }
  const end = (code: number) => ends.push(code)
  endOnCrash({ events, end, secrets: () => ['canary-1'], write: (line) => lines.push(line) })
  const cause = new Error('postgres://dr:canary-2@db/dr?x=1')
  listeners.get('uncaughtException')?.(new TypeError('canary-1, Bearer canary-3-of-a-token', { cause }))
  listeners.get('unhandledRejection')?.('password=canary-4')
  expect(lines).toHaveLength(2)
  expect(lines.join('')).not.toContain('canary')
  expect(lines[0]).toContain('TypeError')
  endOnCrash({ events, end, secrets: failToTell, write: (line) => lines.push(line) })
  expect(() => listeners.get('uncaughtException')?.(new Error('x'))).toThrow('no secrets')
  expect(ends).toEqual([70, 70, 70])
})
