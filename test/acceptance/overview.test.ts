import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actualRpoSeconds } from '../../src/simulator/zerto/zerto-sim-vpg.ts'
import {
  FailoverDocument,
  OverviewDocument,
  ProtectionGroupsDocument,
  type OverviewQuery,
  type ProtectionGroupFilter,
} from '../generated/graphql.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { takeDown } from './plan-documents.ts'

type Overview = OverviewQuery['overview']

const look = async (gateway: TestGateway, filter: ProtectionGroupFilter = {}): Promise<Overview> =>
  (await gateway.dataOf(OverviewDocument, { filter })).overview

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)
const siteOf = ({ bySite }: Overview, name: string) => bySite.find(({ site }) => site.name === name)

/** How long a test waits for what must come. */
const patience = { timeout: 10_000 }
const totals = (targetCount: number, groupCount: number, vmCount: number) => ({ targetCount, groupCount, vmCount })

describe('the overview', () => {
  let gateway: TestGateway
  let overview: Overview
  beforeAll(async () => {
    gateway = await startGateway({ fleetSize: 60, maxAgeSeconds: 3600 })
    overview = await look(gateway)
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  it('counts groups and machines as the vendors have them, by product', () => {
    const { vcda, zerto } = gateway
    const vpgs = [...zerto.world.vpgs.values()]
    const alone = [...vcda.world.replications.values()].filter((one) => one.vappReplicationId === null)
    const expected = {
      VCDA: totals(vcda.world.groups.size + alone.length, vcda.world.groups.size, vcda.world.replications.size),
      ZERTO: totals(vpgs.length, vpgs.length, sum(vpgs.map(({ vms }) => vms.length))),
    }
    expect(alone.length * vcda.world.groups.size * vpgs.length).toBeGreaterThan(0)
    for (const vendor of ['VCDA', 'ZERTO'] as const) {
      expect(overview.byVendor.find((row) => row.vendor === vendor)?.totals).toMatchObject(expected[vendor])
    }
    expect(overview.totals).toMatchObject(
      totals(
        expected.VCDA.targetCount + expected.ZERTO.targetCount,
        expected.VCDA.groupCount + expected.ZERTO.groupCount,
        expected.VCDA.vmCount + expected.ZERTO.vmCount,
      ),
    )
    expect(sum(overview.byHealth.map(({ count }) => count))).toBe(overview.totals.targetCount)
    expect(sum(overview.byState.map(({ count }) => count))).toBe(overview.totals.targetCount)
  })

  it('counts by side of each site, peers that are not configured included', () => {
    for (const { name, index } of gateway.zerto.world.sites) {
      const vpgs = [...gateway.zerto.world.vpgs.values()]
      expect(siteOf(overview, name)?.asSource.targetCount).toBe(
        vpgs.filter(({ protectedSite }) => protectedSite === index).length,
      )
      expect(siteOf(overview, name)?.asDestination.targetCount).toBe(
        vpgs.filter(({ protectedSite }) => protectedSite !== index).length,
      )
    }
    const machines = [...gateway.vcda.world.replications.values()]
    for (const name of new Set(machines.flatMap(({ source, destination }) => [source.site, destination.site]))) {
      const at = (side: 'source' | 'destination') => machines.filter((one) => one[side].site === name).length
      expect(siteOf(overview, name)?.asSource.vmCount).toBe(at('source'))
      expect(siteOf(overview, name)?.asDestination.vmCount).toBe(at('destination'))
    }
    const states = overview.bySite.map(({ site }) => [site.name, site.connection?.state])
    expect(states).toContainEqual(['Boston', 'UP'])
    expect(states).toContainEqual(['acme-branch', undefined])
  })

  it('reckons how objectives are kept, with the worst first', async () => {
    const now = gateway.clock.now()
    const figures = [...gateway.zerto.world.vpgs.values()].map((vpg) => {
      const actual = actualRpoSeconds(vpg, now)
      return { name: vpg.name, actual, missed: Math.max(0, actual - vpg.configuredRpoSeconds) }
    })
    const { rpo } = await look(gateway, { vendors: ['ZERTO'] })
    const late = figures.filter(({ missed }) => missed > 0).toSorted((one, other) => other.missed - one.missed)
    const met = figures.filter(({ actual, missed }) => actual >= 0 && missed === 0)
    expect(late.length * met.length).toBeGreaterThan(0)
    expect(rpo).toMatchObject({ meeting: met.length, violating: late.length })
    expect(rpo.worst.map(({ name, rpo: { violationSeconds } }) => [name, violationSeconds])).toEqual(
      late.slice(0, 5).map(({ name, missed }) => [name, missed]),
    )
    const judged = figures.length - rpo.notMeasured
    expect(rpo.percentMeeting).toBeCloseTo((100 * met.length) / judged)
    const all = overview.rpo
    expect(all.meeting + all.violating + all.neverSynced + all.notMeasured).toBe(overview.totals.targetCount)
  })

  it('counts tests by what the vendors tell', () => {
    const tested = [...gateway.zerto.world.vpgs.values()].flatMap(({ name, lastTest }) =>
      lastTest === null ? [] : [{ name, lastTest }],
    )
    const { inTime, overdue, never, byAge, oldest, oldestAt } = overview.tests
    expect(inTime + overdue).toBe(tested.length)
    expect(never).toBe(overview.totals.targetCount - tested.length)
    expect(sum(byAge.map(({ count }) => count))).toBe(tested.length)
    const first = tested.toSorted((one, other) => one.lastTest - other.lastTest)[0]
    expect([oldest?.name, oldestAt?.slice(0, 10)]).toEqual([
      first?.name,
      new Date(first?.lastTest ?? 0).toISOString().slice(0, 10),
    ])
  })

  it('adds up storage, and what recovery points take', () => {
    const vms = [...gateway.zerto.world.vpgs.values()].flatMap((vpg) => vpg.vms)
    expect(overview.totals.storage.provisionedBytes).toBe(
      sum(vms.map(({ provisionedMb }) => provisionedMb)) * 1024 ** 2,
    )
    expect(overview.totals.storage.usedBytes).toBeGreaterThan(0)
    expect(overview.totals.storage.journalUsedBytes).toBeGreaterThan(0)
  })

  it('tells how many machines nobody protects, and does not ask for it with a filter', async () => {
    expect(overview.unprotectedVmCount).toBeGreaterThanOrEqual(
      sum(gateway.zerto.world.sites.map(({ unprotected }) => unprotected.size)),
    )
    expect((await look(gateway, { vendors: ['ZERTO'] })).unprotectedVmCount).toBeNull()
  })

  // R2
  it('asks no vendor anything beyond the lists, however often and however differently it is asked', async () => {
    gateway.forget()
    const filters: readonly ProtectionGroupFilter[] = [{}, { vendors: ['VCDA'] }, { healths: ['CRITICAL'] }, {}]
    await Promise.all(filters.map((filter) => look(gateway, filter)))
    expect(gateway.countRequests()).toBe(0)
  })

  it('counts what a list with the same filter shows, and nothing for a filter that nothing matches', async () => {
    const filter: ProtectionGroupFilter = { vendors: ['ZERTO'], priorities: ['HIGH'] }
    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500, filter })
    expect((await look(gateway, filter)).totals.targetCount).toBe(protectionGroups.totalCount)
    const nothing = await look(gateway, { nameContains: 'no such name' })
    expect(nothing).toMatchObject({ asOf: null, totals: { targetCount: 0 }, rpo: { percentMeeting: null } })
  })
})

describe('the overview of what goes on', () => {
  it('shows the tasks that run and the recoveries that wait for a decision', async () => {
    await using gateway = await startGateway()
    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, {
      first: 500,
      filter: { vendors: ['ZERTO'], states: ['PROTECTED'] },
    })
    const [group] = protectionGroups.nodes
    const zerto = { commitPolicy: 'COMMIT', commitAfterSeconds: 86_400 } as const
    const input = { targetId: group?.id ?? '', idempotencyKey: 'f', zerto }
    await gateway.dataOf(FailoverDocument, { input })
    const running = (await look(gateway)).runningTasks?.map(({ targetName, operation }) => [targetName, operation])
    expect(running).toEqual([[group?.name, 'FAILOVER']])
    expect((await look(gateway, { vendors: ['VCDA'] })).runningTasks).toEqual([])
    expect((await look(gateway, { vendors: ['ZERTO'] })).runningTasks).toHaveLength(1)
    await expect
      .poll(async () => {
        gateway.turn(10)
        return (await look(gateway)).awaitingDecision
      }, patience)
      .toMatchObject([{ id: group?.id, recovery: { phase: 'AWAITING_COMMIT', commitPolicy: 'COMMIT' } }])
    const [waiting] = (await look(gateway)).awaitingDecision
    expect(waiting?.recovery.autoDecisionAt).not.toBeNull()
  })

  it('shows a machine that both products protect, with the evidence', async () => {
    await using gateway = await startGateway()
    expect((await look(gateway)).doublyProtected).toEqual([])
    const { vpgs, zorgs } = gateway.zerto.world
    const twins = [...vpgs.values()].flatMap((vpg) => {
      const organization = zorgs.find(({ id }) => id === vpg.zorgId)?.name
      const replication = [...gateway.vcda.world.replications.values()].find(
        ({ source }) => source.org === organization,
      )
      const [machine] = vpg.vms
      return organization === undefined || replication === undefined || machine === undefined
        ? []
        : [{ replication, machine, vpg }]
    })
    const [twin] = twins
    if (twin === undefined) throw new Error('the fleets have no organisation in common')
    twin.replication.overrides = { ...twin.replication.overrides, vmName: twin.machine.name.toUpperCase() }
    const { doublyProtected } = await look(gateway)
    // Zerto may protect the machine in several groups: each is a pair.
    const copies = [...vpgs.values()].filter(({ vms }) => vms.some(({ name }) => name === twin.machine.name))
    expect(doublyProtected).toHaveLength(copies.length)
    for (const { name, knownBy, protections } of doublyProtected) {
      expect(name.toLowerCase()).toBe(twin.machine.name)
      expect(knownBy).toBe('NAME_AND_ORGANIZATION')
      expect(protections.map(({ vendor }) => vendor).toSorted()).toEqual(['VCDA', 'ZERTO'])
    }
    expect((await look(gateway, { nameContains: twin.vpg.name })).doublyProtected.length).toBeGreaterThan(0)
    expect((await look(gateway, { nameContains: 'no such name' })).doublyProtected).toEqual([])
  })
})

describe('the overview of a vendor in trouble', () => {
  // R1
  it('leaves out what has never been seen, and says so', async () => {
    await using gateway = await startGateway()
    for (const { name } of gateway.vcda.sites) takeDown(gateway, name)
    const { data, errors } = await gateway.ask(OverviewDocument, {})
    expect(data?.overview.totals.targetCount).toBe(gateway.zerto.world.vpgs.size)
    const unseen = data?.overview.coverage.filter(({ completeness }) => completeness === 'UNAVAILABLE')
    expect(unseen?.map(({ siteName }) => siteName)).toEqual(gateway.vcda.sites.map(({ name }) => name))
    expect(errors?.filter(({ path }) => path?.join() === 'overview')).toHaveLength(2)
    expect(data?.overview.byVendor.find(({ vendor }) => vendor === 'VCDA')?.totals.targetCount).toBe(0)
    // What could not be read is not known to be none.
    expect(data?.overview.unprotectedVmCount).toBeNull()
  })

  // R3
  it('goes on counting what was seen last, and says how old it is', async () => {
    await using gateway = await startGateway()
    const before = await look(gateway)
    for (const { name } of gateway.zerto.sites) takeDown(gateway, name)
    const { data } = await gateway.ask(OverviewDocument, {})
    expect(data?.overview.totals).toEqual(before.totals)
    expect(data?.overview.coverage.map(({ completeness }) => completeness)).toEqual([
      'COMPLETE',
      'COMPLETE',
      'STALE',
      'STALE',
    ])
    const stale = data?.overview.coverage.filter(({ completeness }) => completeness === 'STALE')
    expect(stale?.map(({ observedAt }) => observedAt)).toContain(data?.overview.asOf)
    expect(siteOf(data?.overview ?? before, 'Boston')?.site.connection?.state).toBe('DOWN')
  })
})
