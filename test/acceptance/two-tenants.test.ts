import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bounds } from '../../src/domain/reach.ts'
import { scopes } from '../../src/domain/viewer.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { registerVendorSchemas } from '../../src/vendors/registry.ts'
import { parseCsv } from '../support/parse-csv.ts'
import { openSocket, subscribe } from '../support/graphql-client.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'
import { listRootFields, madeUpId } from './policy-documents.ts'
import {
  ask,
  dataOf,
  isCovered,
  listHiddenIds,
  listTargets,
  readWorld,
  toMadeUp,
  withoutId,
  type Target,
  type World,
} from './tenant-world.ts'

// Two organisations with groups of both products, and two sites of which none lists what the other does.
const bounds = {
  initech: { siteNames: null, organizations: ['initech'] },
  tyrell: { siteNames: null, organizations: ['tyrell'] },
  boston: { siteNames: ['Boston'], organizations: null },
  east: { siteNames: ['cloud-east'], organizations: null },
} as const satisfies Readonly<Record<string, Bounds>>
type Tenant = keyof typeof bounds
const tenants = ['initech', 'tyrell', 'boston', 'east'] as const satisfies readonly Tenant[]

const pairs = [
  ['initech', 'tyrell'],
  ['tyrell', 'initech'],
  ['boston', 'east'],
  ['east', 'boston'],
] as const satisfies readonly (readonly [Tenant, Tenant])[]

let gateway: TestGateway
let world: World
/** A group of each tenant that the other one of its pair does not see. */
const picked = new Map<Tenant, string>()
const own = (tenant: Tenant): readonly Target[] => listTargets(world).filter((one) => isCovered(bounds[tenant], one))
const idsOf = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id).toSorted()

/** Pauses a group, or lets it go on, and sees it through, so that nothing is asked of the sites any more for its sake. */
const toggle = async (id: string, key: string): Promise<void> => {
  const now = await ask(gateway, `{ node(id: "${id}") { ... on ProtectionGroup { actions { action available } } } }`)
  const mutation = JSON.stringify(now).includes('{"action":"PAUSE","available":true}')
    ? 'pauseReplication'
    : 'resumeReplication'
  const input = `{ targetId: "${id}", idempotencyKey: "${key}" }`
  const { data } = await ask(
    gateway,
    `mutation { ${mutation}(input: ${input}) { ... on TaskStarted { task { id } } } }`,
  )
  const [taskId] = JSON.stringify(data).match(/(?<="id":")[^"]+/) ?? []
  if (taskId === undefined) throw new Error(`Could not be done: ${JSON.stringify([mutation, data])}`)
  await using watch = subscribe(gateway.url, `subscription { taskProgress(id: "${taskId}") { task { state } } }`)
  gateway.turn(600)
  expect((await watch.untilDone()).at(-1)).toMatchObject({ data: { taskProgress: { task: { state: 'SUCCEEDED' } } } })
}

interface ReplicationPage {
  readonly replications: {
    readonly totalCount: number
    readonly nodes: readonly { readonly id: string }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
  }
}

interface ProtectionTold {
  readonly protectionEvents: { readonly targetId: string | null }
}

type Counts = readonly { readonly count: number }[]

interface OverviewOfTenant {
  readonly overview: {
    readonly byHealth: Counts
    readonly readiness: Counts
    readonly coverage: readonly { readonly siteName: string }[]
  }
}

const sum = (counts: Counts): number => counts.reduce((all, { count }) => all + count, 0)
const canPause = ({ actions }: Target): boolean => actions.some((one) => one.action === 'PAUSE' && one.available)

/** A group of one tenant, and not of the other, that runs and can be paused. */
const pickGroup = (tenant: Tenant, notOf: Tenant): string => {
  const others = new Set(idsOf(own(notOf)))
  const found = own(tenant).find((one) => one.group === undefined && !others.has(one.id) && canPause(one))
  if (found === undefined) throw new Error(`${tenant} has no group that could be paused`)
  return found.id
}

beforeAll(async () => {
  const callers = tenants.map((name) => ({ name, scopes, ...bounds[name] }))
  gateway = await startGateway({ callers, fleetSize: 40, maxAgeSeconds: 3600 })
  world = await readWorld(gateway)
  for (const [tenant, other] of pairs) picked.set(tenant, pickGroup(tenant, other))
  for (const [tenant, id] of picked) await toggle(id, `first-${tenant}`)
  world = await readWorld(gateway)
}, 60_000)
afterAll(() => gateway[Symbol.asyncDispose]())

describe.each(tenants)('%s', (tenant) => {
  // A3, W12: everything below.
  it('sees what is his in the lists and counts, and nothing else', async () => {
    const seen = await readWorld(gateway, tenant)
    const mine = own(tenant)
    expect(mine.length).toBeGreaterThan(2)
    expect(mine.length).toBeLessThan(listTargets(world).length)
    expect(idsOf(listTargets(seen))).toEqual(idsOf(mine))
    expect(seen.replications.totalCount + seen.protectionGroups.totalCount).toBe(mine.length)
    const hidden = listHiddenIds(world, bounds[tenant])
    expect(hidden.Alert.length + hidden.Task.length + hidden.RecoveryReport.length).toBeGreaterThan(2)
    for (const list of ['alerts', 'tasks', 'recoveryReports'] as const) {
      const others = new Set([...hidden.Alert, ...hidden.Task, ...hidden.RecoveryReport])
      const shown = world[list].nodes.filter(({ id }) => !others.has(id))
      expect([list, seen[list].totalCount, idsOf(seen[list].nodes)]).toEqual([list, shown.length, idsOf(shown)])
    }
  })

  it('pages through his own, and no cursor or count tells of others', async () => {
    const found: string[] = []
    let after = ''
    for (;;) {
      const { replications: page } = await dataOf<ReplicationPage>(
        gateway,
        `{ replications(first: 4${after}) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
        tenant,
      )
      found.push(...page.nodes.map(({ id }) => id))
      expect(page.totalCount).toBe(own(tenant).filter(({ group }) => group !== undefined).length)
      if (!page.pageInfo.hasNextPage) break
      after = `, after: "${page.pageInfo.endCursor}"`
    }
    expect(found.toSorted()).toEqual(idsOf(own(tenant).filter(({ group }) => group !== undefined)))
  })

  it('has an overview that counts what is his', async () => {
    const { overview } = await dataOf<OverviewOfTenant>(
      gateway,
      `{ overview { totals { targetCount groupCount } byHealth { count } readiness { count } coverage { siteName }
         bySite { site { name } asSource { targetCount } } runningTasks { id } } }`,
      tenant,
    )
    const targets = own(tenant).filter(({ group }) => group === undefined || group === null)
    const groupCount = targets.filter(({ group }) => group === undefined).length
    expect(overview).toMatchObject({ totals: { targetCount: targets.length, groupCount } })
    expect([sum(overview.byHealth), sum(overview.readiness)]).toEqual([targets.length, targets.length])
    const { siteNames } = bounds[tenant]
    const all = world.sites.flatMap(({ configuredName }) => configuredName ?? [])
    expect(overview.coverage.map(({ siteName }) => siteName)).toEqual(siteNames ?? all)
  })

  it('is told of no id of others by anything that hangs on what is his', async () => {
    const hidden = listHiddenIds(world, bounds[tenant])
    const deep = `
      alerts { id targets { id } } history(first: 5) { nodes { vendorId } } recoveryPoints(first: 2) { nodes { id } }
      tasks(first: 5) { nodes { id target { id } site { id } } } observations { site { id name } }
      conflicts { values { site { id } } } readiness { checks { detail } }`
    const answer = JSON.stringify(
      await Promise.all([
        ask(
          gateway,
          `{ protectionGroups(first: 6) { nodes { id ${deep} replications(first: 50) { nodes { id group { id } } } } } }`,
          tenant,
        ),
        ask(gateway, `{ replications(first: 6) { nodes { id group { id } ${deep} } } }`, tenant),
        ask(
          gateway,
          '{ overview { rpo { worst { id } } tests { oldest { id } } awaitingDecision { id } doublyProtected { protections { id } } } }',
          tenant,
        ),
        ask(gateway, '{ auditLog { totalCount nodes { targetId task { id } target { id } } } }', tenant),
        ask(gateway, '{ sites { id peers { id } license { __typename } details { __typename } } }', tenant),
      ]),
    )
    expect(answer).not.toContain('INTERNAL')
    expect(answer).not.toContain('GRAPHQL_VALIDATION_FAILED')
    for (const id of Object.values(hidden).flat()) expect(answer).not.toContain(id)
  })

  it('exports the reports that he sees', async () => {
    const headers = { authorization: `Bearer ${tokenOf(tenant)}` }
    const csv = await (await fetch(new URL('/reports/recovery.csv', gateway.url), { headers })).text()
    const { recoveryReports } = await readWorld(gateway, tenant)
    expect(parseCsv(csv)).toHaveLength(recoveryReports.totalCount + 1)
    for (const id of listHiddenIds(world, bounds[tenant]).RecoveryReport) expect(csv).not.toContain(id)
  })
})

registerVendorSchemas()
const rootFields = listRootFields(createSchema())

/** Every mutation and plan that takes a target, with another id in it. */
const targetPaths = rootFields
  .filter(({ document, operation }) => operation !== 'subscription' && document.includes(madeUpId('ProtectionGroup')))
  .map(
    ({ document }) =>
      (id: string) =>
        document.replace(madeUpId('ProtectionGroup'), id),
  )
const alertPaths = rootFields
  .filter(({ document }) => document.includes(madeUpId('Alert')))
  .map(
    ({ document }) =>
      (id: string) =>
        document.replace(madeUpId('Alert'), id),
  )

type Path = (id: string) => string
const nodePaths: readonly Path[] = [
  (id) => `{ node(id: "${id}") { __typename id } }`,
  (id) => `{ nodes(ids: ["${id}"]) { __typename id } }`,
]
const entityOf =
  (kind: string): Path =>
  (id) =>
    `{ _entities(representations: [{ __typename: "${kind}", id: "${id}" }]) { __typename } }`
const filterOf =
  (list: string, member: string): Path =>
  (id) =>
    `{ ${list}(filter: { ${member}: ["${id}"] }) { totalCount nodes { __typename } } }`

const paths = {
  ProtectionGroup: [
    ...nodePaths,
    entityOf('ProtectionGroup'),
    ...targetPaths,
    filterOf('replications', 'groupIds'),
    filterOf('alerts', 'targetIds'),
    filterOf('tasks', 'targetIds'),
    filterOf('auditLog', 'targetIds'),
  ],
  Replication: [
    ...nodePaths,
    entityOf('Replication'),
    ...targetPaths,
    filterOf('alerts', 'targetIds'),
    filterOf('tasks', 'targetIds'),
    filterOf('auditLog', 'targetIds'),
  ],
  Task: [
    ...nodePaths,
    entityOf('Task'),
    filterOf('auditLog', 'taskIds'),
    (id: string) => `{ tasks(first: 2, after: "${id}") { totalCount nodes { id } } }`,
  ],
  Alert: [...nodePaths, ...alertPaths],
  RecoveryReport: nodePaths,
  RecoveryPoint: nodePaths,
} as const

const sitePaths: readonly Path[] = [
  (id) => `{ protectionProfiles(siteId: "${id}") { name } }`,
  (id) => `{ siteResources(siteId: "${id}", kind: VM) { totalCount coverage { problem { message } } } }`,
  (id) => `{ unprotectedVms(siteId: "${id}") { totalCount coverage { problem { message } } } }`,
]

const siteResourcesAt = (home: string, id: string): string =>
  `{ siteResources(siteId: "${home}", atSiteId: "${id}", kind: VM) { totalCount coverage { problem { message } } } }`
const startPaths = rootFields
  .filter(({ name }) => name === 'startReplication')
  .map(
    ({ document }) =>
      (id: string) =>
        document.replace(madeUpId('Site'), id),
  )

/** How a caller is answered to an id by every path, and what that cost the sites. */
const tryAll = async (tenant: Tenant, every: readonly Path[], id: string): Promise<unknown> => {
  gateway.forget()
  const answers: unknown[] = []
  for (const path of every) answers.push(withoutId(await ask(gateway, path(id), tenant), id))
  return { answers, requests: gateway.countRequests() }
}

describe.each(pairs)('to %s an id of %s', (tenant, other) => {
  it('is no other than an id that nobody has given, by every path, and costs the sites the same', async () => {
    const theirs = new Set(own(other).map(({ id }) => id))
    const hidden = listHiddenIds(world, bounds[tenant])
    for (const kind of ['ProtectionGroup', 'Replication'] as const) {
      // Lists that are out of date are read for whoever asks first, whatever he asks for.
      await tryAll(tenant, paths[kind], madeUpId(kind))
      const ids = hidden[kind].filter((id) => theirs.has(id))
      expect(ids.length).toBeGreaterThan(1)
      for (const id of ids.slice(0, 6)) {
        expect(await tryAll(tenant, paths[kind], id)).toEqual(await tryAll(tenant, paths[kind], toMadeUp(id)))
      }
    }
    for (const kind of ['Task', 'Alert', 'RecoveryReport'] as const) {
      for (const id of hidden[kind]) {
        expect(await tryAll(tenant, paths[kind], id)).toEqual(await tryAll(tenant, paths[kind], toMadeUp(id)))
      }
    }
  }, 60_000)

  it('is a recovery point of nothing', async () => {
    const [group] = own(other).filter(({ id }) => listHiddenIds(world, bounds[tenant]).Replication.includes(id))
    const { data } = await ask(
      gateway,
      `{ node(id: "${group?.id}") { ... on Replication { recoveryPoints(first: 1) { nodes { id } } }
         ... on ProtectionGroup { recoveryPoints(first: 1) { nodes { id } } } } }`,
    )
    const [id] = JSON.stringify(data).match(/(?<="id":")[^"]+/) ?? []
    expect(id).toBeDefined()
    expect(await tryAll(tenant, nodePaths, id ?? '')).toEqual(await tryAll(tenant, nodePaths, toMadeUp(id ?? '')))
  })

  it('is a task that nobody can watch', async () => {
    await using socket = openSocket(gateway.url, `Bearer ${tokenOf(tenant)}`)
    const watch = async (id: string): Promise<unknown> => {
      await using subscription = socket.subscribe(`subscription { taskProgress(id: "${id}") { kind } }`)
      return withoutId(await subscription.next(), id)
    }
    const [id] = listHiddenIds(world, bounds[tenant]).Task
    expect(await watch(id ?? '')).toEqual(await watch(toMadeUp(id ?? '')))
  })

  it('is a site that cannot be asked, nor asked about', async () => {
    const whole: readonly string[] = bounds[tenant].siteNames ?? []
    const home = world.sites.find(({ configuredName }) => whole.includes(configuredName ?? ''))?.id
    const through = home === undefined ? [] : [(id: string) => siteResourcesAt(home, id)]
    const shown = new Set((await readWorld(gateway, tenant)).sites.map(({ id }) => id))
    for (const { id, configuredName } of world.sites) {
      if (whole.includes(configuredName ?? '')) continue
      const hidden = shown.has(id)
        ? []
        : [...nodePaths, entityOf('Site'), ...startPaths, filterOf('replications', 'siteIds')]
      const every = [...sitePaths, ...through, ...hidden]
      expect(await tryAll(tenant, every, id)).toEqual(await tryAll(tenant, every, toMadeUp(id)))
    }
  })

  it('is in no event', async () => {
    await using socket = openSocket(gateway.url, `Bearer ${tokenOf(tenant)}`)
    await using tasks = socket.subscribe('subscription { taskEvents { kind task { target { id } } } }')
    await using changes = socket.subscribe<ProtectionTold>(
      'subscription { protectionEvents { kind targetId totalCount } }',
    )
    expect(await changes.next()).toMatchObject({
      data: { protectionEvents: { kind: 'SNAPSHOT', totalCount: own(tenant).length } },
    })
    const told = await tasks.next()
    expect(JSON.stringify(told)).toContain('SNAPSHOT')
    const mine = new Set(own(tenant).map(({ id }) => id))
    const [theirs = '', ours = ''] = [picked.get(other), picked.get(tenant)]
    await toggle(theirs, `theirs-${tenant}`)
    await toggle(ours, `ours-${tenant}`)
    await ask(
      gateway,
      '{ protectionGroups(maxAgeSeconds: 0) { totalCount } replications(maxAgeSeconds: 0) { totalCount } }',
    )
    const seen: (string | null)[] = []
    while (!seen.includes(ours)) seen.push((await changes.next()).data?.protectionEvents.targetId ?? null)
    expect(seen.filter((id) => !mine.has(id ?? ''))).toEqual([])
    const { data } = await tasks.next()
    expect(data).toMatchObject({ taskEvents: { task: { target: { id: ours } } } })
  }, 30_000)
})
