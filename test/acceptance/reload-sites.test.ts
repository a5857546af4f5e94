import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { stringify } from 'yaml'
import { createSimClock, type SimClock } from '../../src/simulator/clock.ts'
import type { HttpService } from '../../src/simulator/http-service.ts'
import { startVcdaSimulator, type VcdaSimulator } from '../../src/simulator/vcda/vcda-simulator.ts'
import { startZertoSimulator, type ZertoSimulator } from '../../src/simulator/zerto/zerto-simulator.ts'
import { openSocket, query, type SocketClient, type Subscription } from '../support/graphql-client.ts'
import { runCommand, type RunningCommand } from '../support/run-command.ts'
import { tokenOf } from '../support/start-gateway.ts'

const free = { host: '127.0.0.1', port: 0 }
const authorization = `Bearer ${tokenOf('ops')}`

let clock: SimClock
let zerto: ZertoSimulator
let vcda: VcdaSimulator
beforeEach(async () => {
  clock = createSimClock({ speed: 0 })
  zerto = await startZertoSimulator({ clock, fleetSize: 12, seed: 7, listen: [free, free] })
  onTestFinished(() => zerto[Symbol.asyncDispose]())
  vcda = await startVcdaSimulator({ clock, fleetSize: 12, seed: 7, listen: [free, free] })
  onTestFinished(() => vcda[Symbol.asyncDispose]())
})

const zertoSite = (index: number): ZertoSimulator['sites'][number] => {
  const site = zerto.sites[index]
  if (site === undefined) throw new Error('there is no such site')
  return site
}

const vcdaSite = (index: number): VcdaSimulator['sites'][number] => {
  const site = vcda.sites[index]
  if (site === undefined) throw new Error('there is no such site')
  return site
}

/** Both sites of the one product; their passwords stand in files. */
const zertoSites = () =>
  zerto.sites.map(({ service, login }, index) => ({
    name: `zvm-${index}`,
    vendor: 'zerto',
    url: service.url,
    login: { type: 'password', username: login.username, password: `\${file:zvm-${index}.password}` },
  }))

const cloud = (index: number) => ({
  name: `cloud-${index}`,
  vendor: 'vcda',
  url: vcdaSite(index).service.url,
  login: { type: 'localUser', user: vcdaSite(index).login.user, password: '${env:CLOUD_PASSWORD}' },
})

interface Rig {
  readonly url: string
  readonly metricsUrl: string
  readonly serving: RunningCommand
  write(sites: readonly object[], more?: object): void
  writeFile(name: string, text: string): void
  /** What was put in force, by the line of the log that names it. */
  logged(pattern: RegExp): Promise<Readonly<Record<string, unknown>>>
  ask<Data>(document: string, variables?: object): Promise<Data>
}

const startRig = async (sites: readonly object[]): Promise<Rig> => {
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-sites-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const writeFile = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  const sha256 = createHash('sha256').update(tokenOf('ops')).digest('hex')
  const write = (given: readonly object[], more: object = {}): void =>
    writeFile(
      'gateway.yaml',
      stringify({
        listen: free,
        metrics: free,
        store: { url: 'sqlite:journal.db' },
        auth: { tokens: [{ name: 'ops', sha256, scopes: ['dr:read', 'dr:operate', 'dr:recover'] }] },
        sites: given,
        limits: { maxAgeSeconds: 0, pollIntervalMs: 100 },
        ...more,
      }),
    )
  for (const [index, { login }] of zerto.sites.entries()) writeFile(`zvm-${index}.password`, login.password)
  write(sites)
  const env = { CLOUD_PASSWORD: vcdaSite(0).login.password }
  const serving = runCommand(['serve', '--config', 'gateway.yaml'], { cwd: folder, env })
  onTestFinished(() => serving[Symbol.asyncDispose]())
  const said = await serving.saying(/serves \S+/)
  const url = /serves (\S+)/.exec(said)?.[1] ?? ''
  return {
    url,
    metricsUrl: /"url":"([^"]+\/metrics)"/.exec(said)?.[1] ?? '',
    serving,
    write,
    writeFile,
    logged: async (pattern) => {
      const text = await serving.saying(new RegExp(`${pattern.source}.*\n`))
      return JSON.parse(text.split('\n').find((line) => pattern.test(line)) ?? '{}')
    },
    ask: async (document, variables = {}) => {
      const { body } = await query(url, document, variables, { authorization })
      if (body.data === null || body.data === undefined) throw new Error(JSON.stringify(body.errors))
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the document says which data it asks for
      return body.data as never
    },
  }
}

const listSiteNames = async (rig: Rig): Promise<readonly string[]> => {
  const { sites } = await rig.ask<{ sites: readonly { configuredName: string | null }[] }>(
    '{ sites { configuredName } }',
  )
  return sites.flatMap(({ configuredName }) => configuredName ?? [])
}

interface Group {
  readonly id: string
  readonly vendor: string
  readonly actions: readonly { readonly action: string; readonly available: boolean }[]
}

interface Groups {
  readonly nodes: readonly Group[]
  readonly coverage: readonly { readonly siteName: string; readonly completeness: string }[]
}

const groupsDocument = `{ protectionGroups(first: 500) {
  nodes { id vendor actions { action available } } coverage { siteName completeness }
} }`

const listGroups = async (rig: Rig): Promise<Groups> =>
  (await rig.ask<{ protectionGroups: Groups }>(groupsDocument)).protectionGroups

const findGroup = async (rig: Rig, vendor: string, action: string): Promise<string> => {
  const { nodes } = await listGroups(rig)
  const can = ({ actions }: Group): boolean => actions.some((one) => one.action === action && one.available)
  const group = nodes.find((one) => one.vendor === vendor && can(one))
  if (group === undefined) throw new Error(`nothing can be done: ${action}`)
  return group.id
}

/** The id of the task that it started. */
const press = async (rig: Rig, mutation: string, targetId: string): Promise<string> => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`
  const data = await rig.ask<Record<string, { readonly task?: { readonly id: string } }>>(
    `mutation Press($input: ${type}!) {
      ${mutation}(input: $input) { ... on TaskStarted { task { id } } ... on Problem { message } }
    }`,
    { input: { targetId, idempotencyKey: `${mutation}-${targetId}`, reason: 'a drill' } },
  )
  const id = data[mutation]?.task?.id
  if (id === undefined) throw new Error(JSON.stringify(data))
  return id
}

const taskDocument = 'query One($id: ID!) { node(id: $id) { ... on Task { state } } }'
const progressDocument =
  'subscription Watch($id: ID!) { taskProgress(id: $id) { kind task { state progressPercent } } }'

const readState = async (rig: Rig, id: string): Promise<string | null> =>
  (await rig.ask<{ node: { state: string } | null }>(taskDocument, { id })).node?.state ?? null

type Progress = Subscription<{ readonly taskProgress: { readonly task: { readonly state: string } } }>

const openWatch = (socket: SocketClient, id: string): Progress => socket.subscribe(progressDocument, { id })

/** The socket tells of this state. Time at the sites goes on meanwhile. */
const untilState = async (progress: Progress, wanted: string): Promise<void> => {
  const passing = setInterval(() => clock.turn(10_000), 50)
  try {
    for (;;) {
      const { data, errors } = await progress.next()
      if (errors !== undefined) throw new Error(JSON.stringify(errors))
      if (data?.taskProgress.task.state === wanted) return
    }
  } finally {
    clearInterval(passing)
  }
}

const openTestSocket = ({ url }: Rig): SocketClient => {
  const socket = openSocket(url, authorization)
  onTestFinished(() => socket[Symbol.asyncDispose]())
  return socket
}

const isSignOut = ({ method, path }: HttpService['exchanges'][number]): boolean =>
  method === 'DELETE' && path === '/sessions'

test('a site that SIGHUP adds is there, while what runs at another one goes on over the same socket', async () => {
  const rig = await startRig(zertoSites())
  const socket = openTestSocket(rig)
  const targetId = await findGroup(rig, 'ZERTO', 'FAILOVER')
  const id = await press(rig, 'failover', targetId)
  const progress = openWatch(socket, id)
  await progress.next()
  expect(await listSiteNames(rig)).toEqual(['zvm-0', 'zvm-1'])

  rig.write([...zertoSites(), cloud(0)])
  rig.serving.stop('SIGHUP')
  const line = await rig.logged(/read anew/)
  expect(line).toMatchObject({ changed: ['sites cloud-0 added'], needsRestart: [], closed: {} })
  expect(await listSiteNames(rig)).toEqual(['zvm-0', 'zvm-1', 'cloud-0'])
  const { nodes, coverage } = await listGroups(rig)
  expect(nodes.some(({ vendor }) => vendor === 'VCDA')).toBe(true)
  expect(coverage.map(({ siteName, completeness }) => `${siteName} ${completeness}`)).toEqual([
    'zvm-0 COMPLETE',
    'zvm-1 COMPLETE',
    'cloud-0 COMPLETE',
  ])
  expect(await (await fetch(rig.metricsUrl)).text()).toMatch(/site_state\{site="cloud-0",vendor="vcda",state="up"\} 1/)
  const health = await (await fetch(new URL('/health/ready', rig.url))).text()
  expect(health).toContain('cloud-0')

  await untilState(progress, 'AWAITING_DECISION')
  // Its tasks are followed, and told on the socket that was there before.
  const added = await press(rig, 'testFailover', await findGroup(rig, 'VCDA', 'TEST_FAILOVER'))
  await untilState(openWatch(socket, added), 'SUCCEEDED')
  await press(rig, 'commitFailover', targetId)
  await untilState(progress, 'SUCCEEDED')
}, 60_000)

test('a password that was changed at the site comes into force by its file, and a running task goes on', async () => {
  const rig = await startRig(zertoSites())
  const socket = openTestSocket(rig)
  const targetId = await findGroup(rig, 'ZERTO', 'FAILOVER')
  const id = await press(rig, 'failover', targetId)
  const progress = openWatch(socket, id)
  await progress.next()
  const { service, login } = zertoSite(1)
  Object.assign(login, { password: 'Another-1' })
  service.forget()

  rig.writeFile('zvm-1.password', 'Another-1')
  const line = await rig.logged(/read anew/)
  expect(line).toMatchObject({ changed: ['sites zvm-1 changed'], needsRestart: [], closed: {} })
  expect(JSON.stringify(line)).not.toContain('Another')
  await untilState(progress, 'AWAITING_DECISION')
  const signIns = service.exchanges.filter(({ path }) => path.startsWith('/auth/'))
  expect(signIns.map(({ status, body }) => [status, body.includes('Another-1')])).toEqual([[200, true]])
  const { coverage } = await listGroups(rig)
  expect(coverage.map(({ completeness }) => completeness)).toEqual(['COMPLETE', 'COMPLETE'])
}, 60_000)

test('a site that is taken away is asked no more, is signed out of, and its tasks can be read', async () => {
  const rig = await startRig([...zertoSites(), cloud(0)])
  const socket = openTestSocket(rig)
  const other = openWatch(socket, await press(rig, 'failover', await findGroup(rig, 'ZERTO', 'FAILOVER')))
  await other.next()
  const id = await press(rig, 'testFailover', await findGroup(rig, 'VCDA', 'TEST_FAILOVER'))
  const { service } = vcdaSite(0)

  rig.write(zertoSites())
  expect(await rig.logged(/read anew/)).toMatchObject({ changed: ['sites cloud-0 removed'], needsRestart: [] })
  await expect.poll(() => service.exchanges.some(isSignOut)).toBe(true)
  expect(service.exchanges.findLastIndex(isSignOut)).toBe(service.exchanges.length - 1)
  service.forget()
  expect(await listSiteNames(rig)).toEqual(['zvm-0', 'zvm-1'])
  const { nodes, coverage } = await listGroups(rig)
  expect(new Set(nodes.map(({ vendor }) => vendor))).toEqual(new Set(['ZERTO']))
  expect(coverage.map(({ siteName }) => siteName)).toEqual(['zvm-0', 'zvm-1'])
  const figures = await (await fetch(rig.metricsUrl)).text()
  expect(figures).toContain('site_state{site="zvm-0"')
  expect(figures).not.toMatch(/dr_gateway_(?:site|snapshot)\w*\{site="cloud-0"/)
  await untilState(other, 'AWAITING_DECISION')
  expect(['QUEUED', 'RUNNING']).toContain(await readState(rig, id))
  expect(service.exchanges).toEqual([])

  // Who takes it back follows what has become of it.
  rig.write([...zertoSites(), cloud(0)])
  await rig.logged(/cloud-0 added/)
  await untilState(openWatch(socket, id), 'SUCCEEDED')
}, 60_000)

test('another sign-in at the same address signs out of the former one, and serves what was known until then', async () => {
  const rig = await startRig([cloud(0)])
  const { nodes: before } = await listGroups(rig)
  const { service, ssoLogin } = vcdaSite(0)
  // Whoever asks meanwhile has an answer of the site as it was.
  service.faults.add({ path: /^\/sessions$/, method: 'POST', effect: { kind: 'ANSWER', status: 503, body: '' } })
  const login = { type: 'ssoCredentials', user: ssoLogin.user, password: '${env:CLOUD_PASSWORD}' }
  rig.write([{ ...cloud(0), login }])
  expect(await rig.logged(/read anew/)).toMatchObject({ changed: ['sites cloud-0 changed'], needsRestart: [] })
  await expect.poll(() => service.exchanges.some(isSignOut)).toBe(true)
  const during = await listGroups(rig)
  expect(during.nodes.map(({ id, actions }) => ({ id, actions }))).toEqual(
    before.map(({ id, actions }) => ({ id, actions })),
  )
  expect(during.coverage).toMatchObject([{ siteName: 'cloud-0', completeness: 'STALE' }])

  service.faults.clear()
  await expect
    .poll(async () => (await listGroups(rig)).coverage, { timeout: 20_000 })
    .toMatchObject([{ siteName: 'cloud-0', completeness: 'COMPLETE' }])
}, 60_000)

test('the same name at another address is another site: nothing of the former one is served', async () => {
  const rig = await startRig([{ ...cloud(0), name: 'cloud' }])
  const siteId = async (): Promise<readonly string[]> => {
    const { sites } = await rig.ask<{ sites: readonly { id: string; configuredName: string | null }[] }>(
      '{ sites { id configuredName } }',
    )
    return sites.filter(({ configuredName }) => configuredName === 'cloud').map(({ id }) => id)
  }
  const [former] = await siteId()
  await listGroups(rig)
  rig.write([{ ...cloud(1), name: 'cloud' }])
  expect(await rig.logged(/read anew/)).toMatchObject({ changed: ['sites cloud changed'] })
  const present = await siteId()
  expect(present).toHaveLength(1)
  expect(present).not.toContain(former)
  const { nodes, coverage } = await listGroups(rig)
  expect(nodes.length).toBeGreaterThan(0)
  expect(coverage).toEqual([{ siteName: 'cloud', completeness: 'COMPLETE' }])
  const { service } = vcdaSite(0)
  await expect.poll(() => service.exchanges.some(isSignOut)).toBe(true)
}, 60_000)

test('sites that cannot be used change nothing, not even those that could', async () => {
  const rig = await startRig(zertoSites())
  const before = await listGroups(rig)
  rig.write([...zertoSites(), cloud(0), { ...cloud(1), name: 'cloud-0' }])
  rig.serving.stop('SIGHUP')
  expect(await rig.logged(/cannot be used/)).toMatchObject({
    level: 'error',
    problems: [{ path: 'sites.3.name', message: 'is already the name of sites.2' }],
  })
  rig.write([cloud(0), { ...cloud(1), tls: { ca: 'missing.pem' } }])
  rig.serving.stop('SIGHUP')
  expect(await rig.logged(/missing\.pem/)).toMatchObject({ level: 'error' })
  // What only the maker of an adapter finds out.
  rig.writeFile('ca.pem', '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n')
  rig.write([cloud(0), { ...cloud(1), tls: { ca: 'ca.pem' } }], { server: { corsOrigins: ['https://portal.example'] } })
  rig.serving.stop('SIGHUP')
  expect(await rig.logged(/certificates can only/)).toMatchObject({
    level: 'error',
    problems: [{ path: 'sites cloud-1.url', message: 'certificates can only be checked on https' }],
  })
  expect(await listSiteNames(rig)).toEqual(['zvm-0', 'zvm-1'])
  expect((await listGroups(rig)).nodes.map(({ id }) => id)).toEqual(before.nodes.map(({ id }) => id))
  expect(vcda.sites.flatMap(({ service }) => service.exchanges)).toEqual([])

  rig.write([...zertoSites(), cloud(0)])
  rig.serving.stop('SIGHUP')
  expect(await rig.logged(/read anew/)).toMatchObject({ changed: ['sites cloud-0 added'] })
}, 60_000)

/** Presses a test failover of a group of the cloud, and holds its checks up until the sites have been changed. */
const pressDuring = async (rig: Rig, targetId: string, change: () => Promise<unknown>) => {
  const { service } = vcdaSite(0)
  const slow = { path: /^\/vapp-replications\/./, effect: { kind: 'DELAY', delayMs: 3_000 }, times: 1 } as const
  const fault = service.faults.add({ ...slow, method: 'GET' })
  const pressed = rig.ask<{ readonly testFailover: { readonly code?: string; readonly task?: object } }>(
    `mutation Press($input: TestFailoverInput!) {
      testFailover(input: $input) { ... on TaskStarted { task { id } } ... on Problem { code message } }
    }`,
    { input: { targetId, idempotencyKey: 'the-same', reason: 'a drill' } },
  )
  await expect.poll(() => service.faults.list().some(({ id }) => id === fault)).toBe(false)
  await change()
  return (await pressed).testFailover
}

const isTest = ({ method, path }: HttpService['exchanges'][number]): boolean =>
  method === 'POST' && /failover-?test/i.test(path)

test('what is being checked when its site goes is not sent, and goes with the next sign-in when only that changes', async () => {
  // C1: the same key, pressed again, sends once.
  const rig = await startRig([...zertoSites(), cloud(0)])
  const { service, ssoLogin } = vcdaSite(0)
  const targetId = await findGroup(rig, 'VCDA', 'TEST_FAILOVER')
  const refused = await pressDuring(rig, targetId, async () => {
    rig.write(zertoSites())
    rig.serving.stop('SIGHUP')
    await rig.logged(/cloud-0 removed/)
  })
  expect(refused).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
  expect(service.exchanges.filter(isTest)).toEqual([])

  rig.write([...zertoSites(), cloud(0)])
  rig.serving.stop('SIGHUP')
  await rig.logged(/cloud-0 added/)
  await listGroups(rig)
  const login = { type: 'ssoCredentials', user: ssoLogin.user, password: '${env:CLOUD_PASSWORD}' }
  const started = await pressDuring(rig, targetId, async () => {
    rig.write([...zertoSites(), { ...cloud(0), login }])
    rig.serving.stop('SIGHUP')
    await rig.logged(/cloud-0 changed/)
  })
  expect(started).toMatchObject({ task: { id: expect.any(String) } })
  expect(service.exchanges.filter(isTest)).toHaveLength(1)
}, 60_000)
