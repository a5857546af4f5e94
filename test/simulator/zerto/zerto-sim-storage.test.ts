import { expect, test } from 'vitest'
import { at, items, startHarness, type Harness } from './zerto-sim-harness.ts'

const list = async (zvm: Harness, path: string, site: 0 | 1 = 0) => items((await zvm.call(site, 'GET', path)).json)

const sum = (rows: readonly unknown[], ...path: readonly string[]): number =>
  rows.reduce<number>((total, row) => total + Number(at(row, ...path)), 0)

test('identifies an appliance by a number over 2^53, written with all its digits and as a text beside it', async () => {
  await using zvm = await startHarness(20)
  const { text, json } = await zvm.call(0, 'GET', '/v1/vras')
  const ids = items(json).map((vra) => String(at(vra, 'VraIdentifierStr')))
  expect(ids).toHaveLength(4)
  for (const id of ids) {
    expect(BigInt(id)).toBeGreaterThan(2n ** 53n)
    expect(BigInt(id)).toBeLessThan(2n ** 63n)
    expect(text).toContain(`"VraIdentifier":${id},`)
  }
  const one = await zvm.call(0, 'GET', `/v1/vras/${ids[1]}`)
  expect(one.json).toMatchObject({ VraIdentifierStr: ids[1], Status: 0, Link: { identifier: ids[1] } })
  expect((await zvm.call(0, 'GET', `/v1/vras/1`)).status).toBe(404)
})

test('counts what each appliance protects and recovers, and filters appliances', async () => {
  await using zvm = await startHarness()
  const vras = await list(zvm, '/v1/vras')
  const volumes = await list(zvm, '/v1/volumes')
  const ofType = (type: string) => volumes.filter((volume) => at(volume, 'VolumeType') === type)
  expect(sum(vras, 'ProtectedCounters', 'Vms')).toBe(ofType('Protected').length)
  expect(sum(vras, 'RecoveryCounters', 'Vms')).toBe(ofType('Recovery').length)
  const name = String(at(vras, 2, 'VraName'))
  expect(await list(zvm, `/v1/vras?vraName=${name.toUpperCase()}&status=installed`)).toEqual([vras[2]])
  expect(await list(zvm, '/v1/vras?status=3')).toEqual([])
  expect((await list(zvm, '/v1/vras/statuses'))[9]).toBe('HostInMaintenanceMode')
  expect(await list(zvm, '/v1/vras/ipConfigurationTypes')).toEqual(['Static', 'Dhcp'])
})

test('turns an alert on for an appliance that is switched off, at its own site', async () => {
  await using zvm = await startHarness()
  const [boston] = zvm.simulator.world.sites
  boston.vraOffSince.set(boston.infrastructure.hosts[0]?.identifier ?? '', zvm.clock.now())
  expect(await list(zvm, '/v1/alerts?entity=vra')).toMatchObject([
    { HelpIdentifier: 'VRA0028', Level: 'Error', Entity: 'Vra', AffectedVpgs: [], TurnedOn: '2026-01-15T12:00:00Z' },
  ])
  expect(await list(zvm, '/v1/alerts?entity=Vra', 1)).toEqual([])
  expect((await list(zvm, '/v1/vras'))[0]).toMatchObject({ VraAlerts: { VraAlertsStatus: 2 } })
  expect(await list(zvm, '/v1/alerts/helpidentifiers')).toContain('VRA0028')
})

test('lists the disks of its own site by type, group, machine and datastore', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg(0, 2)
  const ofVpg = `/v1/volumes?vpgIdentifier=${vpg.id}`
  expect(await list(zvm, `${ofVpg}&volumeType=protected`)).toHaveLength(vpg.vms.length)
  expect(await list(zvm, `${ofVpg}&volumeType=journal`)).toEqual([])
  expect(await list(zvm, `${ofVpg}&volumeType=journal`, 1)).toHaveLength(vpg.vms.length)
  expect(await list(zvm, `${ofVpg}&volumeType=scratch`, 1)).toEqual([])
  await zvm.act(vpg, 'failoverTest')
  expect(await list(zvm, `${ofVpg}&volumeType=scratch`, 1)).toHaveLength(vpg.vms.length)
  const machine = vpg.vms[0]?.identifiers[0]
  const [disk, ...others] = await list(zvm, `/v1/volumes?protectedVmIdentifier=${machine}`)
  expect(others).toEqual([])
  expect(disk).toMatchObject({ VolumeType: 'Protected', OwningVm: { Identifier: machine }, Vpg: { Name: vpg.name } })
  const datastore = String(at(disk, 'Datastore', 'Identifier'))
  expect(await list(zvm, `/v1/volumes?datastoreIdentifier=${datastore}`)).toContainEqual(disk)
  expect(await list(zvm, '/v1/volumes?volumeType=appliance')).toHaveLength(4)
})

test('adds up what lies on each datastore', async () => {
  await using zvm = await startHarness()
  const datastores = await list(zvm, '/v1/datastores')
  const volumes = await list(zvm, '/v1/volumes')
  expect(datastores).toHaveLength(4)
  for (const datastore of datastores) {
    const id = String(at(datastore, 'DatastoreIdentifier'))
    const own = volumes.filter((volume) => at(volume, 'Datastore', 'Identifier') === id)
    const ofType = (type: string) => own.filter((volume) => at(volume, 'VolumeType') === type)
    const usage = at(datastore, 'Stats', 'Usage')
    for (const [member, type] of [
      ['Protected', 'Protected'],
      ['Recovery', 'Recovery'],
      ['Journal', 'Journal'],
      ['Appliances', 'Appliance'],
    ] as const) {
      expect(at(usage, 'Zerto', member, 'UsedInBytes')).toBe(sum(ofType(type), 'Size', 'UsedInBytes'))
    }
    const { CapacityInBytes, FreeInBytes, UsedInBytes } = Object(at(usage, 'Datastore'))
    expect(CapacityInBytes).toBe(FreeInBytes + UsedInBytes)
    expect(at(datastore, 'Stats', 'NumIncomingVMs')).toBe(ofType('Recovery').length)
    expect((await zvm.call(0, 'GET', `/v1/datastores/${id}`)).json).toEqual(datastore)
  }
  expect((await zvm.call(0, 'GET', '/v1/datastores/x')).status).toBe(404)
})

test('counts what every machine writes, never backwards, and no further while it is not replicated', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const written = async () => {
    const rows = await list(zvm, '/v1/statistics/vms')
    expect(rows).toHaveLength(121)
    return Number(
      at(
        rows.find((row) => at(row, 'VpgIdentifier') === vpg.id),
        'WriteCounterInMBs',
      ),
    )
  }
  const first = await written()
  zvm.turn(600)
  const second = await written()
  expect(second).toBeGreaterThan(first)
  await zvm.act(vpg, 'pause')
  zvm.turn(600)
  expect(await written()).toBe(second)
})
