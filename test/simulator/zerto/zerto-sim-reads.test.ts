import { expect, test } from 'vitest'
import { at, items, startHarness } from './zerto-sim-harness.ts'

test('lists the same groups at both ZVMs, with links as each of them sees the sites', async () => {
  await using zvm = await startHarness()
  const [boston, london] = [(await zvm.call(0, 'GET', '/v1/vpgs')).json, (await zvm.call(1, 'GET', '/v1/vpgs')).json]
  const ids = items(boston).map((vpg) => at(vpg, 'VpgIdentifier'))
  expect(ids.length).toBeGreaterThan(20)
  expect(items(london).map((vpg) => at(vpg, 'VpgIdentifier'))).toEqual(ids)
  const index = items(boston).findIndex((vpg) => at(vpg, 'SourceSite') === 'Boston')
  expect(at(boston, index, 'ProtectedSite', 'type')).toBe('LocalSiteApi')
  expect(at(london, index, 'ProtectedSite', 'type')).toBe('PeerSiteApi')
  expect(at(london, index, 'RecoverySite', 'type')).toBe('LocalSiteApi')
  expect(at(boston, index, 'ProtectedSite', 'identifier')).toBe(at(london, index, 'ProtectedSite', 'identifier'))
})

test('writes a group in PascalCase with the members of version 10 and no State or Vms', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const json = await zvm.vpg(vpg.id)
  expect(json).toMatchObject({
    VpgIdentifier: vpg.id,
    VpgName: vpg.name,
    Status: 1,
    SubStatus: 0,
    StatusDescription: 'MeetingSLA',
    ConfiguredRpoSeconds: vpg.configuredRpoSeconds,
    VmsCount: vpg.vms.length,
    ActiveProcessesApi: { RunningFailOverTestApi: null },
    SourceSite: 'Boston',
    TargetSite: 'London',
    ProtectedSiteName: 'Boston',
    Entities: { Protected: 0, Recovery: 0 },
    Link: { identifier: vpg.id, rel: null, type: 'VpgApi' },
  })
  expect(at(json, 'ActualRPO')).toBeGreaterThanOrEqual(3)
  expect(at(json, 'IOPs')).toBeTypeOf('number')
  expect(json).not.toHaveProperty('State')
  expect(json).not.toHaveProperty('Vms')
  const history = at(json, 'HistoryStatusApi')
  expect(at(history, 'ActualHistoryInMinutes')).toBe(at(history, 'ConfiguredHistoryInMinutes'))
  const before = at(json, 'ThroughputInMB')
  zvm.turn(60)
  expect(at(await zvm.vpg(vpg.id), 'ThroughputInMB')).not.toBe(before)
})

test('has groups in both directions, with organisations and without, and in every state that a list must show', async () => {
  await using zvm = await startHarness()
  const vpgs = items((await zvm.call(0, 'GET', '/v1/vpgs')).json)
  const pairs = new Set(vpgs.map((vpg) => `${String(at(vpg, 'Status'))}/${String(at(vpg, 'SubStatus'))}`))
  for (const pair of ['0/1', '1/0', '3/0', '3/25', '2/8', '2/7', '2/24', '4/0']) expect(pairs).toContain(pair)
  expect(new Set(vpgs.map((vpg) => at(vpg, 'SourceSite')))).toEqual(new Set(['Boston', 'London']))
  const organizations = new Set(vpgs.map((vpg) => at(vpg, 'OrganizationName')))
  expect(organizations).toContain('')
  expect(organizations.size).toBeGreaterThan(2)
  expect(vpgs.map((vpg) => at(vpg, 'ActiveProcessesApi', 'RunningFailOverTestApi', 'Stage'))).toContain('InTest')
  const syncing = vpgs.find((vpg) => at(vpg, 'SubStatus') === 1)
  expect(syncing).toMatchObject({ ActualRPO: -1, ProgressPercentage: 40 })
})

test('takes filters by number or name, in any case, all of them together, and ignores what it does not know', async () => {
  await using zvm = await startHarness()
  const names = async (query: string) =>
    items((await zvm.call(0, 'GET', `/v1/vpgs?${query}`)).json).map((vpg) => at(vpg, 'VpgName'))
  const all = await names('')
  const byNumber = await names('status=3')
  expect(byNumber.length).toBeGreaterThan(0)
  expect(byNumber.length).toBeLessThan(all.length)
  expect(await names('STATUS=rponotmeetingsla')).toEqual(byNumber)
  expect(await names('subStatus=ReplicationPausedUserInitiated')).toEqual(await names('substatus=25'))
  expect(await names('volumetype=scratch')).toEqual(all)
  const vpg = zvm.healthyVpg()
  expect(await names(`name=${vpg.name.toUpperCase()}&priority=${vpg.priority}`)).toEqual([vpg.name])
  expect(await names(`name=${vpg.name}&status=8`)).toEqual([])
  const london = zvm.simulator.sites[1]?.siteIdentifier
  expect(await names(`protectedSiteIdentifier=${london}`)).toEqual(await names('sourceSite=london'))
  expect(items((await zvm.call(0, 'GET', '/V1/Vpgs')).json)).toHaveLength(all.length)
})

test('lists a machine once for each of its groups, and asks which one when only the machine is named', async () => {
  await using zvm = await startHarness()
  const shared = [...zvm.simulator.world.vpgs.values()].find(({ name }) => name.endsWith('-compliance'))
  const id = shared?.vms[0]?.identifiers[shared.protectedSite]
  const rows = items((await zvm.call(0, 'GET', `/v1/vms?vmIdentifier=${id}`)).json)
  expect(rows).toHaveLength(2)
  const refused = await zvm.call(0, 'GET', `/v1/vms/${id}`)
  expect(refused).toMatchObject({ status: 500, json: { Message: expect.stringContaining('several VPGs') } })
  const row = await zvm.call(0, 'GET', `/v1/vms/${id}?VPGIDENTIFIER=${shared?.id}`)
  expect(row.json).toMatchObject({ VmIdentifier: id, VpgIdentifier: shared?.id, IsVmExists: true })
  expect(at(row.json, 'Link', 'identifier')).toBe(`${id}?VpgIdentifier=${shared?.id}`)
  const vpg = zvm.healthyVpg(0, 2)
  const machines = items((await zvm.call(0, 'GET', `/v1/vms?vpgName=${vpg.name}`)).json)
  expect(machines.map((vm) => at(vm, 'VmName'))).toEqual(vpg.vms.map(({ name }) => name))
})

test('lists 120 machines for a fleet of 120, and one more for the second copy', async () => {
  await using zvm = await startHarness()
  expect(items((await zvm.call(1, 'GET', '/v1/vms')).json)).toHaveLength(121)
})

test('shows its own site, its peer, and what both vCenters offer', async () => {
  await using zvm = await startHarness()
  const [boston, london] = zvm.simulator.sites
  const local = (await zvm.call(0, 'GET', '/v1/localsite')).json
  expect(local).toMatchObject({ SiteIdentifier: boston?.siteIdentifier, SiteName: 'Boston', Version: '10.0.60' })
  const peers = (await zvm.call(0, 'GET', '/v1/peersites')).json
  expect(peers).toMatchObject([
    { SiteIdentifier: london?.siteIdentifier, PeerSiteName: 'London', PairingStatus: 0, Port: 9071 },
  ])
  expect((await zvm.call(0, 'GET', '/v1/peersites?peerName=london')).json).toEqual([])
  const sites = (await zvm.call(0, 'GET', '/v1/virtualizationsites')).json
  expect(items(sites).map((site) => at(site, 'SiteIdentifier'))).toEqual([
    boston?.siteIdentifier,
    london?.siteIdentifier,
  ])
  // A group can be built through one ZVM alone: the peer's vCenter is readable from here.
  const base = `/v1/virtualizationsites/${london?.siteIdentifier}`
  for (const child of ['vms', 'datastores', 'networks', 'hosts', 'folders']) {
    expect(items((await zvm.call(0, 'GET', `${base}/${child}`)).json).length).toBeGreaterThan(0)
  }
  expect((await zvm.call(0, 'GET', `${base}/folders`)).json).toContainEqual(
    expect.objectContaining({ FolderName: '/' }),
  )
  const profiles = (await zvm.call(0, 'GET', '/v1/serviceprofiles')).json
  expect(profiles).toContainEqual(
    expect.objectContaining({ ServiceProfileName: 'Gold', Rpo: '00:05:00', History: '7.00:00:00' }),
  )
})

test('prints the names behind the numbers', async () => {
  await using zvm = await startHarness(20)
  const list = async (path: string) => items((await zvm.call(0, 'GET', path)).json)
  expect((await list('/v1/vpgs/statuses'))[3]).toBe('RpoNotMeetingSLA')
  expect((await list('/v1/vpgs/subStatuses'))[15]).toBe('FailingOverBeforeCommit')
  expect(await list('/v1/vpgs/failovercommitpolicies')).toEqual(['Rollback', 'Commit', 'None'])
  expect(await list('/v1/vpgs/failovershutdownpolicies')).toEqual(['None', 'Shutdown', 'ForceShutdown'])
  expect(await list('/v1/vpgs/priorities')).toEqual(['Low', 'Medium', 'High'])
  expect(await list('/v1/alerts/levels')).toEqual(['Warning', 'Error'])
})

test('answers a message to an unknown identifier, path or method, and to a body or date that cannot be read', async () => {
  await using zvm = await startHarness(20)
  const message = { Message: expect.any(String) }
  const unknown = '/v1/vpgs/00000000-0000-4000-8000-000000000000'
  expect(await zvm.call(0, 'GET', unknown)).toMatchObject({ status: 404, json: message })
  expect(await zvm.call(0, 'POST', `${unknown}/failover`, {})).toMatchObject({ status: 404, json: message })
  expect(await zvm.call(0, 'GET', '/v1/nothing')).toMatchObject({ status: 404, json: message })
  expect(await zvm.call(0, 'POST', '/v1/vpgs', {})).toMatchObject({ status: 405, json: message })
  const vpg = [...zvm.simulator.world.vpgs.values()][0]
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg?.id}/failover`, '{"x"')).toMatchObject({
    status: 400,
    json: message,
  })
  const odd = await zvm.call(0, 'POST', `/v1/vpgs/${vpg?.id}/failover`, { CommitPolicy: 'Sometimes' })
  expect(odd).toMatchObject({ status: 400, json: message })
  const date = await zvm.call(0, 'GET', `/v1/vpgs/${vpg?.id}/checkpoints?startDate=yesterday`)
  expect(date).toMatchObject({ status: 400, json: message })
})

const helpOf = (alert: unknown) => at(alert, 'HelpIdentifier')

test('derives alerts from the state of the groups, and dismisses them', async () => {
  await using zvm = await startHarness()
  const alerts = items((await zvm.call(0, 'GET', '/v1/alerts')).json)
  expect(new Set(alerts.map(helpOf))).toEqual(new Set(['VPG0005', 'VPG0006', 'VPG0009', 'VPG0010', 'VPG0017']))
  expect(alerts.find((alert) => helpOf(alert) === 'VPG0010')).toMatchObject({ Level: 'Error', Entity: 'Vpg' })
  const paused = alerts.find((alert) => helpOf(alert) === 'VPG0017')
  const vpg = zvm.simulator.world.vpgs.get(String(at(paused, 'AffectedVpgs', 0, 'identifier')))
  expect(vpg?.phase.kind).toBe('PAUSED')
  const id = String(at(paused, 'Link', 'identifier'))
  expect(await zvm.call(0, 'POST', `/v1/alerts/${id}/dismiss`)).toMatchObject({ status: 200, text: '' })
  expect(items((await zvm.call(0, 'GET', '/v1/alerts?isDismissed=true')).json)).toHaveLength(1)
  await zvm.call(0, 'POST', `/v1/alerts/${id}/undismiss`)
  expect((await zvm.call(0, 'GET', `/v1/alerts/${id}`)).json).toMatchObject({ IsDismissed: false })
  expect(at(await zvm.vpg(vpg?.id ?? ''), 'AlertStatus')).toBe(1)
})
