import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  ProtectionGroupsDocument,
  ReplicationsDocument,
  SitesDocument,
  type OrderDirection,
  type OrderField,
  type ReplicationFilter,
  type ReplicationsQuery,
} from '../generated/graphql.ts'
import { query } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

const toIds = (nodes: readonly { readonly id: string }[]): readonly string[] => nodes.map(({ id }) => id)

describe('lists over both vendors', () => {
  let gateway: TestGateway
  const sorted = async (field: OrderField, direction: OrderDirection) =>
    (await gateway.dataOf(ReplicationsDocument, { first: 500, orderBy: { field, direction } })).replications.nodes
  beforeAll(async () => {
    gateway = await startGateway({ fleetSize: 40 })
  })
  afterAll(() => gateway[Symbol.asyncDispose]())
  beforeEach(() => gateway.forget())

  it('answers with both vendors in one operation, and every site complete', async () => {
    const document = `{
      replications(first: 500) { totalCount nodes { vendor } coverage { siteName completeness } }
      protectionGroups(first: 500) { totalCount nodes { vendor } coverage { siteName completeness } }
    }`
    const { body } = await query<ReturnType<typeof JSON.parse>>(gateway.url, document)
    expect(body.errors).toBeUndefined()
    for (const list of [body.data.replications, body.data.protectionGroups]) {
      expect(new Set(list.nodes.map(({ vendor }: { vendor: string }) => vendor))).toEqual(new Set(['VCDA', 'ZERTO']))
      expect(list.totalCount).toBe(list.nodes.length)
      expect(list.coverage.map(({ completeness }: { completeness: string }) => completeness)).toEqual(
        Array.from({ length: 4 }, () => 'COMPLETE'),
      )
    }
  })

  // R4
  it('shows what two paired sites list as one object with two observations', async () => {
    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
    expect(new Set(protectionGroups.nodes.map(({ id }) => id)).size).toBe(protectionGroups.nodes.length)
    for (const group of protectionGroups.nodes) expect(group.observations).toHaveLength(2)
    expect(protectionGroups.nodes.filter(({ vendor }) => vendor === 'ZERTO')).toHaveLength(
      gateway.zerto.world.vpgs.size,
    )
  })

  it('costs a handful of vendor calls for a hundred groups with their members', async () => {
    await gateway.dataOf(SitesDocument, {})
    gateway.forget()
    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 100 })
    const members = protectionGroups.nodes.flatMap(({ replications }) => replications.nodes)
    expect(members.length).toBeGreaterThan(40)
    // For each of the four sites one list of groups and one of machines.
    expect(gateway.countRequests()).toBe(8)
  })

  it('walks a list to its end without a gap or a double', async () => {
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: ReplicationsQuery = await gateway.dataOf(ReplicationsDocument, { first: 7, after })
      const { nodes, pageInfo } = page.replications
      seen.push(...nodes.map(({ id }) => id))
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after !== null)
    const { replications } = await gateway.dataOf(ReplicationsDocument, { first: 500 })
    expect(seen).toEqual(replications.nodes.map(({ id }) => id))
  })

  it('narrows by vendor, state, health, site and text', async () => {
    const all = (await gateway.dataOf(ReplicationsDocument, { first: 500 })).replications.nodes
    const narrow = async (filter: ReplicationFilter) =>
      toIds((await gateway.dataOf(ReplicationsDocument, { first: 500, filter })).replications.nodes)
    expect(await narrow({ vendors: ['ZERTO'] })).toEqual(toIds(all.filter(({ vendor }) => vendor === 'ZERTO')))
    expect(await narrow({ states: ['PAUSED'] })).toEqual(toIds(all.filter(({ state }) => state === 'PAUSED')))
    expect(await narrow({ healths: ['CRITICAL'] })).toEqual(toIds(all.filter(({ health }) => health === 'CRITICAL')))
    expect(await narrow({ text: 'PROD' })).toEqual(toIds(all.filter(({ name }) => name.includes('prod'))))
    const { sites } = await gateway.dataOf(SitesDocument, {})
    const boston = sites.find(({ name }) => name === 'Boston')
    expect(await narrow({ siteIds: [boston?.id ?? ''] })).toEqual(
      toIds(all.filter(({ source, destination }) => [source.site.name, destination.site.name].includes('Boston'))),
    )
    const filters: readonly ReplicationFilter[] = [{ states: ['PAUSED'] }, { healths: ['CRITICAL'] }, { text: 'PROD' }]
    for (const filter of filters) {
      expect((await narrow(filter)).length).toBeGreaterThan(0)
    }
  })

  it('sorts by name, health and age of the newest recovery point, both ways', async () => {
    const byName = await sorted('NAME', 'ASC')
    expect(byName.map(({ name }) => name.toLowerCase())).toEqual(
      byName.map(({ name }) => name.toLowerCase()).toSorted(),
    )
    expect((await sorted('NAME', 'DESC')).map(({ id }) => id)).toEqual(byName.map(({ id }) => id).toReversed())
    expect((await sorted('HEALTH', 'ASC'))[0]?.health).toBe('CRITICAL')
    const ages = (await sorted('RPO', 'DESC')).map(({ rpo }) => rpo.actualSeconds ?? Number.MAX_SAFE_INTEGER)
    expect(ages).toEqual(ages.toSorted((a, b) => b - a))
  })

  // D6
  it.each([
    ['a page size over the cap', '{ replications(first: 501) { totalCount } }'],
    ['a page size below zero', '{ protectionGroups(first: -1) { totalCount } }'],
    ['a cursor of nobody', '{ replications(after: "nonsense") { totalCount } }'],
    ['an age below zero', '{ replications(maxAgeSeconds: -1) { totalCount } }'],
    ['a cursor of no task', '{ tasks(after: "nonsense") { totalCount } }'],
  ])('refuses %s without asking anybody', async (_what, document) => {
    const { status, body } = await query(gateway.url, document)
    expect(status).toBe(200)
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('a vendor in trouble', () => {
  // R1
  it('costs its own part only when it is down, and says so in coverage and errors', async () => {
    await using gateway = await startGateway()
    for (const { service } of gateway.vcda.sites) await service[Symbol.asyncDispose]()
    const { data, errors } = await gateway.ask(ReplicationsDocument, { first: 500 })
    expect(new Set(data?.replications.nodes.map(({ vendor }) => vendor))).toEqual(new Set(['ZERTO']))
    const missing = data?.replications.coverage.filter(({ completeness }) => completeness === 'UNAVAILABLE')
    expect(missing?.map(({ siteName }) => siteName)).toEqual(gateway.vcda.sites.map(({ name }) => name))
    expect(missing?.every(({ problem }) => problem?.code === 'VENDOR_UNAVAILABLE')).toBe(true)
    expect(errors).toHaveLength(2)
    expect(errors?.[0]).toMatchObject({ path: ['replications'], extensions: { code: 'VENDOR_UNAVAILABLE' } })
  })

  // R3
  it('goes on showing the last it said, marked stale', async () => {
    await using gateway = await startGateway()
    const before = (await gateway.dataOf(ReplicationsDocument, { first: 500 })).replications
    for (const { service } of gateway.zerto.sites) await service[Symbol.asyncDispose]()
    const document = '{ replications(first: 500) { totalCount nodes { vendor isStale } coverage { completeness } } }'
    const { body } = await query<ReturnType<typeof JSON.parse>>(gateway.url, document)
    const after = body.data.replications
    expect(after.totalCount).toBe(before.totalCount)
    for (const node of after.nodes) expect(node.isStale).toBe(node.vendor === 'ZERTO')
    expect(after.coverage.map(({ completeness }: { completeness: string }) => completeness)).toEqual([
      'COMPLETE',
      'COMPLETE',
      'STALE',
      'STALE',
    ])
  })

  // N1
  it.each([
    ['HTML with 200', '<html>maintenance</html>'],
    ['nothing with 200', ''],
    ['truncated JSON', '[{"VpgIdentifier":"'],
    ['another type', '{"items": 7}'],
  ])('is a problem of that site alone when it answers %s', async (_what, body) => {
    await using gateway = await startGateway()
    const headers = { 'Content-Type': 'application/json' }
    for (const { service } of [...gateway.zerto.sites, ...gateway.vcda.sites.slice(1)]) {
      service.faults.add({
        method: 'GET',
        path: /vpgs|replications/,
        effect: { kind: 'ANSWER', status: 200, body, headers },
      })
    }
    const { data } = await gateway.ask(ProtectionGroupsDocument, { first: 500 })
    expect(new Set(data?.protectionGroups.nodes.map(({ vendor }) => vendor))).toEqual(new Set(['VCDA']))
    const codes = data?.protectionGroups.coverage.map(({ problem }) => problem?.code ?? 'none')
    expect(codes).toEqual(['none', 'VENDOR_PROTOCOL', 'VENDOR_PROTOCOL', 'VENDOR_PROTOCOL'])
    for (const service of gateway.services) service.faults.clear()
  })

  // R5
  it('does not break a query by an unknown state or by members that are missing or new', async () => {
    await using gateway = await startGateway()
    const [replication] = gateway.vcda.world.replications.values()
    if (replication === undefined) throw new Error('an empty fleet')
    replication.overrides = {
      dataConnectionState: 'LEVITATING',
      recoveryState: 'SIDEWAYS',
      sourceState: null,
      news: [1],
    }
    const { replications } = await gateway.dataOf(ReplicationsDocument, { first: 500 })
    const odd = replications.nodes.find(({ vendorState }) => vendorState.includes('LEVITATING'))
    expect(odd?.state).toBe('UNKNOWN')
  })
})
