import { describe, expect, it } from 'vitest'
import {
  EndTestFailoverDocument,
  GroupReadinessDocument,
  MachineReadinessDocument,
  OverviewDocument,
  TestFailoverDocument,
  type GroupReadinessQuery,
  type ReadinessCheckName,
} from '../generated/graphql.ts'
import { query } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { takeDown } from './plan-documents.ts'

type Group = GroupReadinessQuery['protectionGroups']['nodes'][number]

const dayMs = 86_400_000

const listGroups = async (gateway: TestGateway): Promise<readonly Group[]> =>
  (await gateway.ask(GroupReadinessDocument, { first: 500 })).data?.protectionGroups.nodes ?? []

const getGroup = async (gateway: TestGateway, name: string): Promise<Group> => {
  const group = (await listGroups(gateway)).find((one) => one.name === name && one.vendor === 'ZERTO')
  if (group === undefined) throw new Error(`no group is called ${name}`)
  return group
}

const checkOf = (group: Group | undefined, name: ReadinessCheckName) =>
  group?.readiness.checks.find((check) => check.name === name)

/** A group of the simulated fleet in a state that is known: protected, and meeting its objective. */
const requireVpg = ({ zerto, clock }: TestGateway) => {
  const vpg = [...zerto.world.vpgs.values()].find(
    ({ phase, lagSeconds, isHistoryShort, test, vms }) =>
      phase.kind === 'PROTECTING' && lagSeconds === 0 && !isHistoryShort && test === null && vms.length > 0,
  )
  if (vpg === undefined) throw new Error('no group is well protected')
  return { vpg, now: clock.now() }
}

/** How long a test waits for what must come. */
const patience = { timeout: 10_000 }

describe('readiness', () => {
  it('is READY after a recent test, NOT_VERIFIED without one and when it is too long ago', async () => {
    await using gateway = await startGateway()
    const { vpg, now } = requireVpg(gateway)
    vpg.lastTest = now - 10 * dayMs
    const tested = await getGroup(gateway, vpg.name)
    expect(tested.readiness).toMatchObject({ verdict: 'READY' })
    expect(new Date(tested.testDueAt ?? '').getTime() - new Date(tested.lastTestedAt ?? '').getTime()).toBe(182 * dayMs)

    vpg.lastTest = now - 200 * dayMs
    const overdue = await getGroup(gateway, vpg.name)
    expect(overdue.readiness.verdict).toBe('NOT_VERIFIED')
    expect(checkOf(overdue, 'LAST_TEST')?.detail).toContain('longer ago than 182 days')

    vpg.lastTest = null
    const never = await getGroup(gateway, vpg.name)
    expect(never).toMatchObject({ readiness: { verdict: 'NOT_VERIFIED' }, testDueAt: null })
    expect(checkOf(never, 'LAST_TEST')?.verdict).toBe('NOT_VERIFIED')
  })

  it('is NOT_VERIFIED again when the configuration has changed since the test', async () => {
    await using gateway = await startGateway()
    const { vpg, now } = requireVpg(gateway)
    vpg.lastTest = now - dayMs
    expect((await getGroup(gateway, vpg.name)).readiness.verdict).toBe('READY')
    vpg.priority = (vpg.priority + 1) % 3
    await expect
      .poll(async () => checkOf(await getGroup(gateway, vpg.name), 'LAST_TEST'), patience)
      .toMatchObject({ verdict: 'NOT_VERIFIED', detail: expect.stringContaining('configuration changed') })
  })

  it('is AT_RISK where the objective is missed and NOT_READY where the newest point is far too old', async () => {
    await using gateway = await startGateway()
    const { vpg, now } = requireVpg(gateway)
    vpg.lastTest = now - dayMs
    vpg.lagSeconds = vpg.configuredRpoSeconds + 60
    const late = await getGroup(gateway, vpg.name)
    expect(late.readiness.verdict).toBe('AT_RISK')
    expect(checkOf(late, 'RPO')?.verdict).toBe('AT_RISK')
    expect(checkOf(late, 'RECOVERY_POINTS')?.verdict).toBe('READY')
    vpg.lagSeconds = vpg.configuredRpoSeconds * 4 + 1
    expect(checkOf(await getGroup(gateway, vpg.name), 'RECOVERY_POINTS')?.verdict).toBe('NOT_READY')
  })

  it('says of every state that speaks against a failover why, in the words of the action', async () => {
    await using gateway = await startGateway()
    const { vpg } = requireVpg(gateway)
    vpg.phase = { kind: 'NEEDS_CONFIGURATION', since: gateway.clock.now() }
    const group = await getGroup(gateway, vpg.name)
    expect(checkOf(group, 'STATE')).toMatchObject({ verdict: 'NOT_READY' })
    const document = 'query ($id: ID!) { node(id: $id) { ... on RecoveryTarget { actions { action reason } } } }'
    const { body } = await query<{ node: { actions: { action: string; reason: string }[] } }>(gateway.url, document, {
      id: group.id,
    })
    const refusal = body.data?.node.actions.find(({ action }) => action === 'FAILOVER')?.reason
    expect(checkOf(group, 'STATE')?.detail).toBe(refusal)
  })

  // R3
  it('tells a silent site of recovery from a silent site of production', async () => {
    await using gateway = await startGateway()
    const { vpg, now } = requireVpg(gateway)
    vpg.lastTest = now - dayMs
    await getGroup(gateway, vpg.name)
    const [production, recovery] = [vpg.protectedSite, 1 - vpg.protectedSite].map(
      (index) => gateway.zerto.sites[index]?.name ?? '',
    )
    takeDown(gateway, production ?? '')
    const without = await getGroup(gateway, vpg.name)
    expect(checkOf(without, 'SITES')).toMatchObject({ verdict: 'AT_RISK' })
    expect(checkOf(without, 'SITES')?.detail).toContain(`${production}, where it runs`)
    takeDown(gateway, recovery ?? '')
    const cut = await getGroup(gateway, vpg.name)
    expect(cut.readiness.verdict).toBe('NOT_READY')
    expect(checkOf(cut, 'SITES')?.detail).toContain(`${recovery}, where it would be recovered`)
  })

  it('counts a test that was done from here, also for a vendor that tells of none', async () => {
    await using gateway = await startGateway()
    const candidates = (await listGroups(gateway)).filter(
      ({ vendor, state }) => vendor === 'VCDA' && state === 'PROTECTED',
    )
    const before = candidates.find((group) => checkOf(group, 'RPO')?.verdict === 'READY')
    expect(before).toMatchObject({ lastTestedAt: null, testDueAt: null })
    const targetId = before?.id ?? ''
    await gateway.dataOf(TestFailoverDocument, { input: { targetId, idempotencyKey: 't' } })
    const after = async () => (await listGroups(gateway)).find(({ id }) => id === targetId)
    await expect
      .poll(async () => {
        gateway.turn(60)
        return (await after())?.testDueAt
      }, patience)
      .not.toBeNull()
    await gateway.dataOf(EndTestFailoverDocument, { input: { targetId, idempotencyKey: 'e' } })
    await expect
      .poll(async () => {
        gateway.turn(60)
        return (await after())?.state
      }, patience)
      .toBe('PROTECTED')
    expect(checkOf(await after(), 'LAST_TEST')?.verdict).toBe('READY')
    const { tests } = (await gateway.dataOf(OverviewDocument, { filter: { vendors: ['VCDA'] } })).overview
    expect(tests.inTime).toBe(1)
    await gateway.restart()
    expect(checkOf(await after(), 'LAST_TEST')?.verdict).toBe('READY')
  })

  it('looks at alerts of the group, and not at those that somebody has put aside', async () => {
    await using gateway = await startGateway()
    const alerted = (await listGroups(gateway)).find((group) => checkOf(group, 'ALERTS')?.verdict === 'AT_RISK')
    expect(alerted?.vendor).toBe('ZERTO')
    const document = '{ alerts(first: 500) { nodes { id targets { id } } } }'
    const { body } = await query<{ alerts: { nodes: { id: string; targets: { id: string }[] }[] } }>(
      gateway.url,
      document,
    )
    const about = body.data?.alerts.nodes.filter(({ targets }) => targets.some(({ id }) => id === alerted?.id)) ?? []
    expect(about.length).toBeGreaterThan(0)
    const dismiss = 'mutation ($input: AlertInput!) { dismissAlert(input: $input) { __typename } }'
    for (const { id } of about) {
      await query(gateway.url, dismiss, { input: { alertId: id, idempotencyKey: id } })
    }
    const after = (await listGroups(gateway)).find(({ id }) => id === alerted?.id)
    expect(checkOf(after, 'ALERTS')?.verdict).toBe('READY')
  })

  it('looks at the licence of both sites, which costs one call per site and hour', async () => {
    await using gateway = await startGateway()
    const { zerto } = gateway
    zerto.world.license = null
    gateway.forget()
    const groups = (await listGroups(gateway)).filter(({ vendor }) => vendor === 'ZERTO')
    expect(new Set(groups.map((group) => checkOf(group, 'LICENSE')?.verdict))).toEqual(new Set(['NOT_READY']))
    await listGroups(gateway)
    const asked = zerto.sites.map(
      ({ service }) => service.exchanges.filter(({ path }) => path.startsWith('/v1/license')).length,
    )
    expect(asked).toEqual([1, 1])
  })

  it('is not held up by a site that does not tell its licence, and does not take that for granted', async () => {
    await using gateway = await startGateway()
    const { vpg, now } = requireVpg(gateway)
    vpg.lastTest = now - dayMs
    for (const { service } of gateway.zerto.sites)
      service.faults.add({ method: 'GET', path: /license/, effect: { kind: 'HANG' } })
    const group = await getGroup(gateway, vpg.name)
    expect(group.readiness.verdict).toBe('NOT_VERIFIED')
    expect(checkOf(group, 'LICENSE')).toMatchObject({ verdict: 'NOT_VERIFIED' })
    expect(checkOf(group, 'LICENSE')?.detail).toContain('has not been read yet')
  })

  it('judges machines that are replicated alone, and leaves members to their group', async () => {
    await using gateway = await startGateway()
    const { replications } = await gateway.dataOf(MachineReadinessDocument, { first: 500 })
    expect(replications.nodes.length).toBeGreaterThan(0)
    for (const { readiness } of replications.nodes) expect(readiness?.checks.length).toBeGreaterThan(5)
    const document = '{ replications(first: 500, filter: { isGrouped: true }) { nodes { readiness { verdict } } } }'
    const { body } = await query<{ replications: { nodes: { readiness: unknown }[] } }>(gateway.url, document)
    expect(new Set(body.data?.replications.nodes.map(({ readiness }) => readiness))).toEqual(new Set([null]))
  })

  it('is counted by the overview as the lists show it', async () => {
    await using gateway = await startGateway({ maxAgeSeconds: 3600 })
    const groups = (await listGroups(gateway)).map(({ readiness }) => readiness.verdict)
    const { nodes } = (await gateway.dataOf(MachineReadinessDocument, { first: 500 })).replications
    const verdicts = [...groups, ...nodes.map(({ readiness }) => readiness?.verdict)]
    const { overview } = await gateway.dataOf(OverviewDocument, {})
    expect(new Set(verdicts).size).toBeGreaterThan(2)
    expect(overview.readiness.map(({ verdict, count }) => [verdict, count])).toEqual(
      ['READY', 'NOT_VERIFIED', 'AT_RISK', 'NOT_READY'].map((verdict) => [
        verdict,
        verdicts.filter((one) => one === verdict).length,
      ]),
    )
  })
})
