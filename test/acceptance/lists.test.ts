import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  ProtectionGroupsDocument,
  ReplicationsDocument,
  SitesDocument,
  type OrderDirection,
  type ProtectionGroupFilter,
  type ProtectionGroupOrderField,
  type ReplicationFilter,
  type ReplicationOrderField,
  type ReplicationsQuery,
} from '../generated/graphql.ts'
import { query } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

const cursorOf = (list: string): string => Buffer.from(JSON.stringify([list, 'a', 'b'])).toString('base64url')
const toIds = (nodes: readonly { readonly id: string }[]): readonly string[] => nodes.map(({ id }) => id)

describe('lists over both vendors', () => {
  let gateway: TestGateway
  const sorted = async (field: ReplicationOrderField, direction: OrderDirection) =>
    (await gateway.dataOf(ReplicationsDocument, { first: 500, orderBy: { field, direction } })).replications.nodes
  const sortedGroups = async (field: ProtectionGroupOrderField, direction: OrderDirection) =>
    (await gateway.dataOf(ProtectionGroupsDocument, { first: 500, orderBy: { field, direction } })).protectionGroups
      .nodes
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

  it.each<ReplicationOrderField>(['NAME', 'HEALTH', 'STORAGE'])(
    'walks a list by %s to its end without a gap or a double',
    async (field) => {
      const orderBy = { field, direction: 'DESC' } as const
      const seen: string[] = []
      let after: string | null = null
      do {
        const page: ReplicationsQuery = await gateway.dataOf(ReplicationsDocument, { first: 7, after, orderBy })
        const { nodes, pageInfo } = page.replications
        seen.push(...nodes.map(({ id }) => id))
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null
      } while (after !== null)
      expect(seen).toEqual(toIds(await sorted(field, 'DESC')))
    },
  )

  it('narrows replications by every member of the filter', async () => {
    const all = (await gateway.dataOf(ReplicationsDocument, { first: 500 })).replications.nodes
    const { sites } = await gateway.dataOf(SitesDocument, {})
    const boston = sites.find(({ name }) => name === 'Boston')?.id ?? ''
    const group = all.find((replication) => replication.group !== null)?.group?.id ?? ''
    const organization = all.find(({ destination }) => destination.organization !== null)?.destination.organization
    type Node = (typeof all)[number]
    const expected: readonly (readonly [ReplicationFilter, (node: Node) => boolean])[] = [
      [{ vendors: ['ZERTO'] }, ({ vendor }) => vendor === 'ZERTO'],
      [{ states: ['PAUSED'] }, ({ state }) => state === 'PAUSED'],
      [{ healths: ['CRITICAL'] }, ({ health }) => health === 'CRITICAL'],
      [{ rpoVerdicts: ['MEETING'] }, ({ rpo }) => rpo.verdict === 'MEETING'],
      [{ text: 'PROD' }, ({ name }) => name.includes('prod')],
      [{ nameContains: 'PROD' }, ({ name }) => name.includes('prod')],
      [{ sourceSiteIds: [boston] }, ({ source }) => source.site.id === boston],
      [{ destinationSiteIds: [boston] }, ({ destination }) => destination.site.id === boston],
      [{ siteIds: [boston] }, ({ source, destination }) => [source.site.id, destination.site.id].includes(boston)],
      [
        { organizations: [organization?.toUpperCase() ?? ''] },
        ({ source, destination }) => [source.organization, destination.organization].includes(organization ?? ''),
      ],
      [{ groupIds: [group] }, (node) => node.group?.id === group],
      [{ isGrouped: true }, (node) => node.group !== null],
      [{ isStale: false, hasConflicts: false, purposes: ['PROTECTION'] }, ({ purpose }) => purpose === 'PROTECTION'],
    ]
    for (const [filter, matches] of expected) {
      const { nodes, totalCount } = (await gateway.dataOf(ReplicationsDocument, { first: 500, filter })).replications
      expect([filter, toIds(nodes)]).toEqual([filter, toIds(all.filter((node) => matches(node)))])
      expect([filter, totalCount > 0]).toEqual([filter, true])
    }
  })

  it('narrows groups by what only groups have', async () => {
    const all = (await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })).protectionGroups.nodes
    const tests = all.flatMap(({ lastTestedAt }) => (lastTestedAt === null ? [] : [lastTestedAt])).toSorted()
    const testedBefore = tests[tests.length >> 1] ?? ''
    type Node = (typeof all)[number]
    const expected: readonly (readonly [ProtectionGroupFilter, (node: Node) => boolean])[] = [
      [{ priorities: ['HIGH', 'LOW'] }, ({ priority }) => priority === 'HIGH' || priority === 'LOW'],
      [{ isTested: true }, ({ lastTestedAt }) => lastTestedAt !== null],
      [{ testedBefore }, ({ lastTestedAt }) => lastTestedAt === null || lastTestedAt < testedBefore],
      [{ isTestRunning: false }, ({ recovery }) => !recovery.isTestRunning],
      [{ isAwaitingDecision: false }, ({ recovery }) => recovery.phase !== 'AWAITING_COMMIT'],
    ]
    for (const [filter, matches] of expected) {
      const { nodes } = (await gateway.dataOf(ProtectionGroupsDocument, { first: 500, filter })).protectionGroups
      expect([filter, toIds(nodes)]).toEqual([filter, toIds(all.filter((node) => matches(node)))])
      expect([filter, nodes.length > 0]).toEqual([filter, true])
    }
  })

  it('sorts by name, health, age and violation of the objective and storage, both ways', async () => {
    const byName = await sorted('NAME', 'ASC')
    expect(byName.map(({ name }) => name.toLowerCase())).toEqual(
      byName.map(({ name }) => name.toLowerCase()).toSorted(),
    )
    expect(toIds(await sorted('NAME', 'DESC'))).toEqual(toIds(byName).toReversed())
    expect((await sorted('HEALTH', 'ASC'))[0]?.health).toBe('CRITICAL')
    const latest = Number.MAX_SAFE_INTEGER
    const ages = (await sorted('RPO', 'DESC')).map(({ rpo }) => rpo.actualSeconds ?? latest)
    expect(ages).toEqual(ages.toSorted((a, b) => b - a))
    const misses = (await sorted('RPO_VIOLATION', 'DESC')).map(({ rpo }) => rpo.violationSeconds ?? latest)
    expect(misses).toEqual(misses.toSorted((a, b) => b - a))
    const sizes = (await sorted('STORAGE', 'ASC')).map(({ storage }) => storage.usedBytes ?? storage.provisionedBytes)
    expect(sizes).toEqual(sizes.toSorted((a, b) => (a ?? -1) - (b ?? -1)))
  })

  it('sorts groups by their last test, those without one first', async () => {
    const tests = (await sortedGroups('LAST_TEST', 'ASC')).map(({ lastTestedAt }) => lastTestedAt ?? '')
    expect(tests).toEqual(tests.toSorted())
    expect(new Set(tests).size).toBeGreaterThan(2)
    expect((await sortedGroups('LAST_TEST', 'DESC')).map(({ lastTestedAt }) => lastTestedAt ?? '')).toEqual(
      tests.toReversed(),
    )
  })

  // D6
  it.each([
    ['a page size over the cap', '{ replications(first: 501) { totalCount } }'],
    ['a page size below zero', '{ protectionGroups(first: -1) { totalCount } }'],
    ['a cursor of nobody', '{ replications(after: "nonsense") { totalCount } }'],
    ['a cursor of another list', `{ protectionGroups(after: "${cursorOf('Replication.NAME')}") { totalCount } }`],
    ['a cursor of another order', `{ protectionGroups(after: "${cursorOf('ProtectionGroup.RPO')}") { totalCount } }`],
    ['an age below zero', '{ replications(maxAgeSeconds: -1) { totalCount } }'],
    ['a cursor of no task', '{ tasks(after: "nonsense") { totalCount } }'],
  ])('refuses %s without asking anybody', async (_what, document) => {
    const { status, body } = await query(gateway.url, document)
    expect(status).toBe(200)
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' })
    expect(gateway.countRequests()).toBe(0)
  })

  // D6
  it.each(['last: 5', 'before: "x"'])('does not offer to page backwards by %s', async (argument) => {
    const { body } = await query(gateway.url, `{ replications(${argument}) { totalCount } }`)
    expect(body.errors?.[0]?.message).toContain('Unknown argument')
    expect(gateway.countRequests()).toBe(0)
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
    const stale = { filter: { isStale: true }, first: 500 } as const
    expect((await gateway.ask(ReplicationsDocument, stale)).data?.replications.totalCount).toBe(
      after.nodes.filter(({ vendor }: { vendor: string }) => vendor === 'ZERTO').length,
    )
    const longestUnseen = { orderBy: { field: 'UPDATED' }, first: 500 } as const
    const seen = (await gateway.ask(ReplicationsDocument, longestUnseen)).data?.replications.nodes ?? []
    const vendors = seen.map(({ vendor }) => vendor)
    expect(vendors).toHaveLength(before.totalCount)
    expect(vendors).toEqual(vendors.toSorted().toReversed())
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
