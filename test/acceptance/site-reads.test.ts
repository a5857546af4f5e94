import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  AlertsDocument,
  DismissAlertDocument,
  EndTestFailoverDocument,
  ProtectionGroupsDocument,
  ProtectionProfilesDocument,
  RecoveryReportsDocument,
  ReplicationsDocument,
  SiteConditionDocument,
  SiteResourcesDocument,
  SitesDocument,
  TargetPastDocument,
  TaskProgressDocument,
  TestFailoverDocument,
  UndismissAlertDocument,
  UnprotectedVmsDocument,
  type ResourceKind,
} from '../generated/graphql.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

let gateway: TestGateway
const siteIds = new Map<string, string>()
beforeAll(async () => {
  gateway = await startGateway({ fleetSize: 40 })
  const { sites } = await gateway.dataOf(SitesDocument, {})
  for (const { name, id } of sites) siteIds.set(name, id)
})
afterAll(() => gateway[Symbol.asyncDispose]())
beforeEach(() => gateway.forget())

const siteId = (name: string): string => siteIds.get(name) ?? ''
const cloud = (): string => siteId(gateway.vcda.sites[0]?.name ?? '')

describe('alerts', () => {
  it('are those that the sites raise, and derived ones where a vendor raises none', async () => {
    const { alerts } = await gateway.dataOf(AlertsDocument, { first: 500 })
    const raised = alerts.nodes.filter(({ vendor }) => vendor === 'ZERTO')
    const derived = alerts.nodes.filter(({ vendor }) => vendor === 'VCDA')
    expect(raised.length).toBeGreaterThan(0)
    expect(raised.every(({ isDerived, code }) => !isDerived && code !== null)).toBe(true)
    expect(derived.length).toBeGreaterThan(0)
    expect(derived.every(({ isDerived, targets }) => isDerived && targets.length === 1)).toBe(true)
    expect(alerts.coverage.every(({ completeness }) => completeness === 'COMPLETE')).toBe(true)
    expect(new Set(alerts.nodes.map(({ id }) => id)).size).toBe(alerts.totalCount)
  })

  it('can be put aside and taken back where a site raised them, each sent once', async () => {
    const { alerts } = await gateway.dataOf(AlertsDocument, { first: 500, filter: { vendors: ['ZERTO'] } })
    const alertId = alerts.nodes[0]?.id ?? ''
    gateway.forget()
    const input = { alertId, idempotencyKey: 'dismiss' }
    for (const replayed of [false, true]) {
      const { dismissAlert } = await gateway.dataOf(DismissAlertDocument, { input })
      expect(dismissAlert).toMatchObject({ __typename: 'TaskStarted', replayed, task: { state: 'SUCCEEDED' } })
    }
    expect(gateway.changes()).toHaveLength(1)
    const dismissed = await gateway.dataOf(AlertsDocument, { first: 500, filter: { isDismissed: true } })
    expect(dismissed.alerts.nodes.map(({ id }) => id)).toContain(alertId)
    const { undismissAlert } = await gateway.dataOf(UndismissAlertDocument, {
      input: { alertId, idempotencyKey: 'undismiss' },
    })
    expect(undismissAlert.__typename).toBe('TaskStarted')
    const again = await gateway.dataOf(AlertsDocument, { first: 500, filter: { isDismissed: true } })
    expect(again.alerts.nodes.map(({ id }) => id)).not.toContain(alertId)
  })

  it('cannot be put aside where they are derived, and nothing is sent', async () => {
    const { alerts } = await gateway.dataOf(AlertsDocument, { first: 1, filter: { vendors: ['VCDA'] } })
    const input = { alertId: alerts.nodes[0]?.id ?? '', idempotencyKey: 'derived' }
    expect((await gateway.dataOf(DismissAlertDocument, { input })).dismissAlert.__typename).toBe('NotFound')
    expect(gateway.changes()).toEqual([])
  })
})

describe('a start dialogue', () => {
  const kinds: readonly (readonly [string, ResourceKind])[] = [
    ['Boston', 'VM'],
    ['Boston', 'NETWORK'],
    ['Boston', 'DATASTORE'],
    ['Boston', 'HOST'],
    ['Boston', 'FOLDER'],
    ['cloud', 'VM'],
    ['cloud', 'VAPP'],
    ['cloud', 'DATACENTER'],
  ]
  it.each(kinds)('finds at %s resources of the kind %s', async (site, kind) => {
    const variables = { siteId: site === 'cloud' ? cloud() : siteId(site), kind, first: 500 }
    const { siteResources } = await gateway.dataOf(SiteResourcesDocument, variables)
    expect(siteResources.totalCount).toBeGreaterThan(0)
    expect(siteResources.nodes.every((resource) => resource.kind === kind && resource.name !== '')).toBe(true)
    const names = siteResources.nodes.map(({ name }) => name.toLowerCase())
    expect(names).toEqual(names.toSorted())
  })

  it('sees the resources of the other site of the pair through the one that is asked', async () => {
    const variables = { siteId: siteId('Boston'), atSiteId: siteId('London'), kind: 'NETWORK' } as const
    const { siteResources } = await gateway.dataOf(SiteResourcesDocument, variables)
    const own = await gateway.dataOf(SiteResourcesDocument, { siteId: siteId('London'), kind: 'NETWORK' })
    expect(siteResources.nodes.map(({ vendorId }) => vendorId)).toEqual(
      own.siteResources.nodes.map(({ vendorId }) => vendorId),
    )
  })

  it('lists only machines that nobody protects', async () => {
    const { unprotectedVms } = await gateway.dataOf(UnprotectedVmsDocument, { siteId: cloud(), first: 500 })
    expect(unprotectedVms.totalCount).toBeGreaterThan(0)
    const { replications } = await gateway.dataOf(ReplicationsDocument, { first: 500, filter: { vendors: ['VCDA'] } })
    const protectedNames = new Set(replications.nodes.map(({ name }) => name))
    expect(unprotectedVms.nodes.filter(({ name }) => protectedNames.has(name))).toEqual([])
  })

  it.each(['Boston', 'cloud'])('offers the profiles of %s', async (site) => {
    const variables = { siteId: site === 'cloud' ? cloud() : siteId(site) }
    const { protectionProfiles } = await gateway.dataOf(ProtectionProfilesDocument, variables)
    expect(protectionProfiles.length).toBeGreaterThan(0)
    expect(protectionProfiles.every(({ name, rpoSeconds }) => name !== '' && (rpoSeconds ?? 0) > 0)).toBe(true)
  })

  it('says in its coverage that a site cannot be asked, and in the errors', async () => {
    const service = gateway.zerto.sites[0]?.service
    service?.faults.add({
      method: 'GET',
      path: /virtualizationsites/,
      effect: { kind: 'ANSWER', status: 503, body: '' },
    })
    const { data, errors } = await gateway.ask(UnprotectedVmsDocument, { siteId: siteId('Boston') })
    service?.faults.clear()
    expect(data?.unprotectedVms).toMatchObject({
      totalCount: 0,
      coverage: [{ problem: { code: 'VENDOR_UNAVAILABLE' } }],
    })
    expect(errors?.[0]?.path).toEqual(['unprotectedVms'])
  })
})

describe('a site', () => {
  it('tells its licence and what carries its traffic', async () => {
    const { node } = await gateway.dataOf(SiteConditionDocument, { id: siteId('Boston') })
    expect(node).toMatchObject({ license: { isLicensed: true }, health: null })
    expect(node !== null && 'appliances' in node && (node.appliances?.length ?? 0) > 0).toBe(true)
  })
})

describe('the past', () => {
  it('of a group holds the test that it had, with a report for the auditors', async () => {
    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
    const group = protectionGroups.nodes.find(
      ({ vendor, actions }) =>
        vendor === 'ZERTO' && actions.some(({ action, available }) => action === 'TEST_FAILOVER' && available),
    )
    const targetId = group?.id ?? ''
    const finish = async (taskId: string): Promise<void> => {
      await using events = gateway.watch(TaskProgressDocument, { id: taskId })
      for (let ended = false; !ended;) {
        gateway.turn(30)
        ended = ((await events.next()).data?.taskProgress.task.endedAt ?? null) !== null
      }
    }
    const begun = (await gateway.dataOf(TestFailoverDocument, { input: { targetId, idempotencyKey: 't' } }))
      .testFailover
    if (begun.__typename !== 'TaskStarted') throw new Error(JSON.stringify(begun))
    await finish(begun.task.id)
    const input = { targetId, idempotencyKey: 'e', wasSuccessful: true, summary: 'all came up' }
    const ended = (await gateway.dataOf(EndTestFailoverDocument, { input })).endTestFailover
    if (ended.__typename !== 'TaskStarted') throw new Error(JSON.stringify(ended))
    await finish(ended.task.id)

    const filter = { groupIds: [targetId], kinds: ['TEST_FAILOVER' as const] }
    const { recoveryReports } = await gateway.dataOf(RecoveryReportsDocument, { filter })
    expect(recoveryReports).toMatchObject({ totalCount: 1, nodes: [{ wasSuccessful: true, group: { id: targetId } }] })
    expect(recoveryReports.nodes[0]?.notes).toContain('all came up')
    const { node } = await gateway.dataOf(TargetPastDocument, { id: targetId })
    const history = node !== null && 'history' in node ? node.history.nodes : []
    expect(history.map(({ vendorOperation }) => vendorOperation).join()).toMatch(/test/i)
  })

  it('of a replication has its traffic as a series', async () => {
    const { replications } = await gateway.dataOf(ReplicationsDocument, {
      first: 1,
      filter: { vendors: ['VCDA'], states: ['PROTECTED'] },
    })
    const { node } = await gateway.dataOf(TargetPastDocument, { id: replications.nodes[0]?.id ?? '' })
    const usage = node !== null && 'usage' in node ? (node.usage ?? []) : []
    expect(usage.length).toBeGreaterThan(0)
    expect(usage.every(({ bytes }) => Number.isSafeInteger(bytes) && bytes >= 0)).toBe(true)
  })
})
