import { expect, test } from 'vitest'
import { hourMs, minuteMs, startRig, type WireGroup, type WirePage, type WireReplication } from './vcda-rig.ts'

type Page = WirePage<WireReplication>

test('gives a hundred at a time, whatever is asked for, and everything over the pages', async () => {
  await using rig = await startRig(230)
  expect(await rig.east.get<Page>('/vm-replications')).toMatchObject({ limit: 100, offset: 0, total: 230 })
  expect((await rig.east.get<Page>('/vm-replications?limit=5000')).items).toHaveLength(100)
  expect((await rig.east.get<Page>('/vm-replications?limit=7')).items).toHaveLength(7)
  const ids = new Set<string>()
  for (const offset of [0, 100, 200]) {
    const page = await rig.east.get<Page>(`/vm-replications?offset=${offset}`)
    for (const { id } of page.items) ids.add(id)
  }
  expect(ids.size).toBe(230)
  expect((await rig.east.get<Page>('/vm-replications?offset=500')).items).toEqual([])
  expect(await rig.east.refusal('GET', '/vm-replications?limit=many')).toEqual([400, 'BadRequest'])
  expect(await rig.east.refusal('GET', '/vm-replications?offset=-1')).toEqual([400, 'BadRequest'])
})

test('holds ten thousand VMs, and a week that passes at once leaves each with its newest instance', async () => {
  await using rig = await startRig(10_000)
  rig.clock.turn(7 * 24 * hourMs)
  const caller = rig.stranger()
  await caller.signIn({ type: 'localUser', localUser: 'root', localPassword: 'Provider-Pass-1' })
  const page = await caller.get<Page>('/vm-replications?offset=9900&dataConnectionState=OK,PAUSED,SYNCING')
  const last = await caller.get<Page>('/vm-replications?offset=9950')
  expect([last.total, last.items.length]).toEqual([10_000, 50])
  expect(page.items.length).toBeGreaterThan(50)
  for (const { settings, destinationState, isPaused } of last.items.filter((item) => !item.isPaused)) {
    const ageMs = rig.clock.now() - (destinationState.latestInstance?.timestamp ?? 0)
    expect([isPaused, ageMs <= settings.rpo * minuteMs]).toEqual([false, true])
  }
})

test('lists the same replications on both sites, also through a doubled slash', async () => {
  await using rig = await startRig(40)
  const east = await rig.east.get<Page>('/vm-replications')
  const west = await rig.west.get<Page>('//vm-replications')
  expect(west.items).toEqual(east.items)
  expect(await rig.west.groups()).toEqual(await rig.east.groups())
})

test('makes the same fleet from the same seed', async () => {
  await using first = await startRig(30)
  await using second = await startRig(30)
  expect(await second.east.get('/vm-replications')).toEqual(await first.east.get('/vm-replications'))
})

test('shows a fleet with sorrows of every kind, and half of it in vApps', async () => {
  await using rig = await startRig(60)
  const { items } = await rig.east.get<Page>('/vm-replications')
  const states = new Set(items.map(({ dataConnectionState }) => dataConnectionState))
  for (const state of ['OK', 'PAUSED', 'ERROR', 'INITIAL_SYNCING', 'FINISHED', 'POWERED_OFF']) {
    expect(states).toContain(state)
  }
  expect(items.filter(({ isMigration }) => isMigration)).toHaveLength(1)
  const failed = items.find(({ dataConnectionState }) => dataConnectionState === 'ERROR')
  expect(failed).toMatchObject({ overallHealth: 'RED', sourceState: { state: 'error' } })
  expect(failed?.destinationState.lastError).toMatchObject({ code: 'DatastoreFull', args: ['vsan-7'] })
  const young = items.find(({ dataConnectionState }) => dataConnectionState === 'INITIAL_SYNCING')
  expect(young?.destinationState.latestInstance).toBeNull()
  expect(young?.destinationState.currentRpoViolation).toBe(0)
  expect(items.some((item) => item.dataConnectionState === 'OK' && item.overallHealth === 'YELLOW')).toBe(true)
  const grouped = items.filter(({ vappReplicationId }) => vappReplicationId !== null).length
  expect(grouped).toBeGreaterThan(20)
  expect(grouped).toBeLessThan(40)
})

test('leaves owner, ends and group out of the objects inside a vApp replication', async () => {
  await using rig = await startRig(20)
  const [group] = await rig.east.groups()
  const member = group?.vmReplications[0]
  for (const name of ['owner', 'source', 'destination', 'vappReplicationId']) expect(member).not.toHaveProperty(name)
  const alone = await rig.east.replication(member?.id ?? '')
  expect(alone).toMatchObject({ vappReplicationId: group?.id, owner: group?.owner })
  expect(await rig.east.get<WireGroup>(`/vapp-replications/${group?.id}`)).toEqual(group)
})

test('gives an on-premises end neither organisation nor data center, and its VMs morefs', async () => {
  await using rig = await startRig(60)
  const { items } = await rig.east.get<Page>('/vm-replications?sourceSiteType=vcenter')
  expect(items.length).toBeGreaterThan(0)
  for (const { source, vmId } of items) {
    expect(Object.keys(source).sort()).toEqual(['site', 'vappId', 'vappName'])
    expect(source.site).toBe('acme-branch')
    expect(vmId).toMatch(/^vm-\d+$/)
  }
})

test('filters', async () => {
  await using rig = await startRig(60)
  const { items } = await rig.east.get<Page>('/vm-replications')
  const expectFound = async (query: string, matches: (item: WireReplication) => boolean): Promise<void> => {
    const found = await rig.east.get<Page>(`/vm-replications?${query}`)
    const expected = items.filter(matches).map(({ id }) => id)
    if (expected.length === 0 || expected.length === items.length) throw new Error(`${query} proves nothing`)
    expect([query, ...found.items.map(({ id }) => id)]).toEqual([query, ...expected])
    expect(found.total).toBe(expected.length)
  }
  const [first, second] = items
  if (first === undefined || second === undefined) throw new Error('the fleet is empty')
  await expectFound(`ids=${first.id},${second.id},C4-unknown`, ({ id }) => [first.id, second.id].includes(id))
  await expectFound('dataConnectionState=PAUSED', (item) => item.dataConnectionState === 'PAUSED')
  await expectFound('dataConnectionState=PAUSED,ERROR', (item) =>
    ['PAUSED', 'ERROR'].includes(item.dataConnectionState),
  )
  await expectFound('overallHealth=RED', (item) => item.overallHealth === 'RED')
  await expectFound('isMigration=true', (item) => item.isMigration)
  await expectFound('sourceSite=cloud-west', (item) => item.source.site === 'cloud-west')
  await expectFound('owner=Acme%40cloud-west', (item) => item.owner === 'Acme@cloud-west')
  await expectFound('sourceOrg=Acme', (item) => item.source.org === 'Acme')
  await expectFound(`vmId=${first.vmId}`, (item) => item.vmId === first.vmId)
  await expectFound('vmName=-web-', (item) => item.vmName.includes('-web-'))
  const middle = items.map(({ lastUpdated }) => lastUpdated).sort((a, b) => a - b)[30] ?? 0
  await expectFound(`lastUpdatedAfter=${middle}`, (item) => item.lastUpdated > middle)
  await expectFound(`lastUpdatedBefore=${middle}`, (item) => item.lastUpdated < middle)
  expect(await rig.east.refusal('GET', '/vm-replications?dataConnectionState=FINE')).toEqual([400, 'BadRequest'])
  expect(await rig.east.refusal('GET', '/vm-replications?isMigration=perhaps')).toEqual([400, 'BadRequest'])
  expect(await rig.east.refusal('GET', '/vm-replications?sourceSite=cloud-east')).toEqual([400, 'BadUserInput'])
})

test('filters vApps by the states of their VMs', async () => {
  await using rig = await startRig(60)
  const groups = await rig.east.groups()
  const red = await rig.east.get<WirePage<WireGroup>>('/vapp-replications?overallHealth=RED')
  expect(red.items.map(({ id }) => id)).toEqual(groups.filter((g) => g.overallHealth === 'RED').map(({ id }) => id))
  expect(red.total).toBe(1)
  const failed = await rig.east.get<WirePage<WireGroup>>('/vapp-replications?dataConnectionState=ERROR')
  expect(failed.items).toEqual(red.items)
  const name = groups[0]?.descriptor.name ?? ''
  const named = await rig.east.get<WirePage<WireGroup>>(`/vapp-replications?vappName=${name.slice(1)}`)
  expect(named.items.map(({ id }) => id)).toContain(groups[0]?.id)
})

test('sorts by several columns, a trailing hyphen meaning the other way round', async () => {
  await using rig = await startRig(60)
  const { items } = await rig.east.get<Page>('/vm-replications?sort=rpo-,vmName')
  const expected = items.toSorted(
    (a, b) => b.settings.rpo - a.settings.rpo || (a.vmName < b.vmName ? -1 : a.vmName > b.vmName ? 1 : 0),
  )
  expect(items.map(({ vmName }) => vmName)).toEqual(expected.map(({ vmName }) => vmName))
  expect(items[0]?.settings.rpo).toBeGreaterThan(items.at(-1)?.settings.rpo ?? 0)
  expect(await rig.east.refusal('GET', '/vm-replications?sort=constructor')).toEqual([400, 'BadUserInput'])
})
