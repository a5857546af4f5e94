import { expect, test } from 'vitest'
import { at, items, startHarness, type Harness } from './zerto-sim-harness.ts'

const list = async (zvm: Harness, path: string, site: 0 | 1 = 0) => items((await zvm.call(site, 'GET', path)).json)

const typesOf = (events: readonly unknown[]) => events.map((event) => at(event, 'EventType'))

test('writes an event for each task that ends, the newest first, at both ZVMs', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  await zvm.act(vpg, 'Failover', { CommitPolicy: 2 })
  zvm.turn(20)
  await zvm.act(vpg, 'FailoverRollback')
  zvm.turn(30)
  const events = await list(zvm, `/v1/events?vpgIdentifier=${vpg.id}&startDate=2026-01-15T12:00:00Z`)
  // Alert turned off, rollback, alert turned on, before commit.
  expect(typesOf(events).toSorted((a, b) => Number(a) - Number(b))).toEqual([32, 34, 47, 48])
  const times = events.map((event) => Date.parse(String(at(event, 'OccurredOn'))))
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  expect(events.find((event) => at(event, 'EventType') === 34)).toMatchObject({
    EntityType: 0,
    EventCategory: 'Events',
    EventCompletedSuccessfully: true,
    SiteName: 'Boston',
    UserName: 'admin',
    OccurredOn: '2026-01-15T12:00:35Z',
    RelatedEntities: { Vpgs: [{ identifier: vpg.id }], Alerts: [] },
  })
  const id = String(at(events, 0, 'EventIdentifier'))
  expect(await list(zvm, `/v1/events?vpgIdentifier=${vpg.id}&startDate=2026-01-15T12:00:00Z`, 1)).toHaveLength(4)
  expect((await zvm.call(1, 'GET', `/v1/events/${id}`)).json).toMatchObject({ EventIdentifier: id })
  expect((await zvm.call(0, 'GET', '/v1/events/nothing')).status).toBe(404)
})

test('filters events by number or name, in both spellings of a parameter, and names what it can filter by', async () => {
  await using zvm = await startHarness()
  await zvm.act(zvm.healthyVpg(), 'pause')
  zvm.turn(2)
  const all = await list(zvm, '/v1/events')
  const paused = await list(zvm, '/v1/events?eventType=42')
  expect(paused).toHaveLength(1)
  expect(await list(zvm, '/v1/events?EVENTTYPE=pauseprotectiongroup')).toEqual(paused)
  expect(await list(zvm, '/v1/events?category=All')).toEqual(all)
  const alerts = await list(zvm, '/v1/events?category=Alerts')
  expect(alerts.length).toBeGreaterThan(0)
  expect(await list(zvm, '/v1/events?eventCategory=2')).toEqual(alerts)
  expect(await list(zvm, '/v1/events?category=Events')).toHaveLength(all.length - alerts.length)
  expect(await list(zvm, '/v1/events?entityType=VPG')).toHaveLength(all.length)
  expect(await list(zvm, '/v1/events?entityType=3')).toEqual([])
  expect(await list(zvm, '/v1/events?userName=ADMIN&siteName=boston&eventType=42')).toEqual(paused)
  const alertId = String(at(alerts, 0, 'RelatedEntities', 'Alerts', 0, 'identifier'))
  expect(await list(zvm, `/v1/events?alertIdentifier=${alertId}`)).toHaveLength(1)
  expect((await list(zvm, '/v1/events/types'))[42]).toBe('PauseProtectionGroup')
  expect(await list(zvm, '/v1/events/entities')).toEqual(['VPG', 'VRA', 'Unknown', 'Site'])
  expect(await list(zvm, '/v1/events/categories')).toEqual(['All', 'Events', 'Alerts'])
})

test('lists the newest thousand events and no more', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  for (let round = 0; round < 520; round += 1) {
    await zvm.act(vpg, 'Checkpoints', { CheckpointName: `round ${round}` })
    await zvm.act(vpg, 'Checkpoints', { CheckpointName: `round ${round} again` })
    zvm.turn(10)
  }
  const events = await list(zvm, '/v1/events')
  expect(events).toHaveLength(1000)
  expect(new Set(typesOf(events))).toEqual(new Set([12]))
})

test('reports a test with what the tester said of it, the machines tested and the checkpoint used', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg(0, 2)
  const checkpoint = vpg.journal.latest(zvm.clock.now() - 3_600_000)
  const machine = vpg.vms[0]
  const body = { CheckpointIdentifier: checkpoint?.id, VmIdentifiers: [machine?.identifiers[0]] }
  await zvm.act(vpg, 'failoverTest', body)
  zvm.turn(100)
  const before = await list(zvm, `/v1/reports/recovery?vpgName=${vpg.name}`)
  const said = { FailoverTestSuccess: false, FailoverTestSummary: 'The portal did not start.' }
  await zvm.act(vpg, 'failoverTestStop', said)
  zvm.turn(8)
  const reports = await list(zvm, `/v1/reports/recovery?vpgName=${vpg.name.toUpperCase()}`)
  expect(reports).toHaveLength(before.length + 1)
  expect(reports[0]).toMatchObject({
    General: {
      VpgIdentifier: vpg.id,
      RecoveryType: 'FailoverTest',
      ProtectedSiteName: 'Boston',
      RecoverySiteName: 'London',
      StartTime: '2026-01-15T12:00:00Z',
      EndTime: '2026-01-15T12:01:48Z',
      PointInTime: new Date(checkpoint?.at ?? 0).toISOString().replace('.000Z', 'Z'),
      RtoInSeconds: '12',
      Status: 'Fail',
      Notes: 'The portal did not start.',
    },
    RecoverySettings: { Vms: [{ VmName: machine?.name }], Steps: [{ Result: 'Success' }, { Result: 'Success' }] },
  })
  expect(items(at(reports[0], 'RecoverySettings', 'Vms'))).toHaveLength(1)
  const id = String(at(reports[0], 'RecoveryOperationIdentifier'))
  expect((await zvm.call(1, 'GET', `/v1/reports/recovery/${id}`)).json).toEqual(reports[0])
})

test('reports failovers and moves when they are committed, rolled back or have failed', async () => {
  await using zvm = await startHarness()
  const [moved, failed] = [zvm.healthyVpg(0), zvm.healthyVpg(1)]
  await zvm.act(moved, 'move', { CommitPolicy: 'Commit', CommitPolicyTimeout: 0 })
  for (const vm of failed.vms) vm.hasTools = false
  await zvm.act(failed, 'Failover', { ShutdownPolicy: 1 })
  zvm.turn(6)
  zvm.turn(54)
  const general = async (query: string) =>
    (await list(zvm, `/v1/reports/recovery?${query}`)).map((report) => at(report, 'General'))
  expect(await general('recoveryType=move')).toMatchObject([
    { VpgName: moved.name, Status: 'Success', ProtectedSiteName: 'Boston', RtoInSeconds: '40' },
  ])
  expect(await general('recoveryType=Failover&state=fail')).toMatchObject([
    { VpgName: failed.name, Notes: expect.stringContaining('VMware Tools') },
  ])
  for (const vm of failed.vms) vm.hasTools = true
  await zvm.act(failed, 'Failover', { CommitPolicy: 2 })
  zvm.turn(30)
  await zvm.act(failed, 'FailoverRollback')
  zvm.turn(30)
  expect(await general('recoveryType=Failover')).toMatchObject([{ Notes: 'Rolled back.' }, { VpgName: failed.name }])
})

test('pages recovery reports, filters them by time, ignores a group identifier, refuses pages out of range', async () => {
  await using zvm = await startHarness()
  const path = '/v1/reports/recovery'
  const all = await list(zvm, path)
  expect(all.length).toBeGreaterThan(6)
  expect(await list(zvm, `${path}?pageNumber=1&pageSize=4`)).toEqual(all.slice(0, 4))
  expect(await list(zvm, `${path}?pageNumber=2&pageSize=4`)).toEqual(all.slice(4, 8))
  expect(await list(zvm, `${path}?pageNumber=900&pageSize=4`)).toEqual([])
  expect(await list(zvm, `${path}?vpgIdentifier=${zvm.healthyVpg().id}`)).toEqual(all)
  const newest = String(at(all, 0, 'General', 'StartTime'))
  expect(await list(zvm, `${path}?startTime=${newest}`)).toHaveLength(1)
  for (const query of ['pageNumber=0', 'pageSize=1001', 'pageSize=x', 'startTime=soon']) {
    expect({ query, status: (await zvm.call(0, 'GET', `${path}?${query}`)).status }).toEqual({ query, status: 400 })
  }
})

test('samples the resources of every machine each hour, page by page', async () => {
  await using zvm = await startHarness()
  const path = '/v1/reports/resources'
  const newest = await list(zvm, path)
  expect(newest).toHaveLength(121)
  expect(new Set(newest.map((row) => at(row, 'SampleTime')))).toEqual(new Set(['2026-01-15T12:00:00Z']))
  const vpg = zvm.healthyVpg()
  const day = `vpgName=${vpg.name}&startTime=2026-01-14T12:00:00Z`
  expect(await list(zvm, `${path}?${day}`)).toHaveLength(25 * vpg.vms.length)
  const page = await list(zvm, `${path}?${day}&pageSize=10&pageNumber=2`)
  expect(page).toHaveLength(10)
  expect(page[0]).toMatchObject({ ProtectedSite: { SiteName: 'Boston' }, Vpg: { VpgName: vpg.name } })
})
