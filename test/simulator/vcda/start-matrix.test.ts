import { expect, test } from 'vitest'
import { minuteMs, secondMs, startRig, type Rig, type WireGroup, type WireReplication } from './vcda-rig.ts'

interface Extras {
  readonly vmId: string
  readonly settings: { readonly excludedDiskKeys: readonly number[] }
  readonly startupInfo: { readonly order: number; readonly startDelay: number; readonly stopAction: string }
}

const find = <T>(items: readonly T[], matches: (item: T) => boolean): T => {
  const found = items.find(matches)
  if (found === undefined) throw new Error('not in the fleet')
  return found
}

/** Everything that a start can go out from and to, all of the tenant Acme and none of it replicated. */
const prepare = async (rig: Rig) => {
  const { world } = rig.simulator
  for (const replication of world.replications.values()) {
    if (replication.source.site !== 'acme-branch') continue
    await rig.east.act('DELETE', `/vm-replications/${replication.id}`)
  }
  rig.clock.turn(5 * secondMs)
  await rig.east.get('/sessions')
  const vapps = [...world.vapps.values()].filter(({ org }) => org === 'Acme')
  const vapp = find(vapps, ({ name }) => name === 'sandbox-east')
  const seedVapp = find(vapps, ({ name }) => name === 'sandbox-west')
  const template = find(vapps, ({ isTemplate }) => isTemplate)
  const vdc = find([...world.vdcs.values()], ({ org, site }) => org === 'Acme' && site === 'cloud-west')
  const branchVms = [...world.vms.values()].filter(({ site }) => site === 'acme-branch').map(({ id }) => id)
  const vcUuid = world.sites.get('acme-branch')?.vcId ?? ''
  const [first = '', ...others] = branchVms
  // Machines of the branch that can be seeds there while the first one stays a source.
  const seedIds = [world.nextMoref(), world.nextMoref()]
  for (const id of seedIds) {
    const like = world.vms.get(first)
    if (like !== undefined) world.vms.set(id, { ...like, id, name: `seed ${id}` })
  }
  return { vapp, seedVapp, template, vdc, vcUuid, branchVms: [first, ...others], seedIds }
}

type Fleet = Awaited<ReturnType<typeof prepare>>

const vmSources = {
  vm: ({ vapp }: Fleet) => ({ type: 'vm', site: 'cloud-east', vmId: vapp.vmIds[0] }),
  vcVm: ({ vcUuid, branchVms }: Fleet) => ({
    type: 'vcVm',
    site: 'acme-branch',
    vcUuid,
    vmId: branchVms[0],
    vappName: 'target vApp',
  }),
}

const vappSources = {
  vapp: ({ vapp }: Fleet) => ({ type: 'vapp', site: 'cloud-east', vappId: vapp.id }),
  vappTemplate: ({ template }: Fleet) => ({ type: 'vappTemplate', site: 'cloud-east', vappTemplateId: template.id }),
  vcVapp: ({ vcUuid, branchVms }: Fleet) => ({
    type: 'vcVapp',
    site: 'acme-branch',
    vcUuid,
    vmIds: branchVms,
    vappName: 'from branch',
  }),
}

const cloud = (fleet: Fleet) => ({
  site: 'cloud-west',
  vdc: fleet.vdc.id,
  storageProfile: '*',
  placementPolicy: '18ef881b-6a49-4268-b306-65491f1f2146',
  sizingPolicy: '7384329a-907c-42fc-8dc9-35de4e81f203',
})

const toSeed = (fleet: Fleet, index: number) => ({ moId: fleet.seedIds[index], vcId: fleet.vcUuid })

/** The body of each destination, and the ids of the machines that it uses up. */
const vmDestinations = {
  vcloud: (fleet: Fleet) => ({ body: { type: 'vcloud', ...cloud(fleet) }, seeds: [] }),
  vm: (fleet: Fleet) => ({
    body: { type: 'vm', ...cloud(fleet), seedVmId: fleet.seedVapp.vmIds[0] },
    seeds: fleet.seedVapp.vmIds.slice(0, 1),
  }),
  vc: () => ({ body: { type: 'vc', site: 'acme-branch' }, seeds: [] }),
  vcVm: (fleet: Fleet) => ({
    body: { type: 'vcVm', site: 'acme-branch', seedVm: toSeed(fleet, 0) },
    seeds: fleet.seedIds.slice(0, 1),
  }),
}

const vappDestinations = {
  vcloud: vmDestinations.vcloud,
  vapp: (fleet: Fleet) => ({
    body: { type: 'vapp', ...cloud(fleet), seedVappId: fleet.seedVapp.id },
    seeds: fleet.seedVapp.vmIds,
  }),
  vc: vmDestinations.vc,
  vcVapp: (fleet: Fleet) => ({
    body: { type: 'vcVapp', site: 'acme-branch', seedVms: [toSeed(fleet, 0), toSeed(fleet, 1)] },
    seeds: fleet.seedIds,
  }),
}

const cross = <S, D>(path: string, sources: Readonly<Record<string, S>>, destinations: Readonly<Record<string, D>>) =>
  Object.entries(sources).flatMap(([from, source]) =>
    Object.entries(destinations).map(([to, destination]) => [path, from, to, source, destination] as const),
  )

test.for([
  ...cross('/vm-replications', vmSources, vmDestinations),
  ...cross('/vapp-replications', vappSources, vappDestinations),
])('starts by POST %s from %s to %s, and uses the seeds up', async ([path, from, , toSource, toDestination]) => {
  await using rig = await startRig(60)
  const { world } = rig.simulator
  const fleet = await prepare(rig)
  const source = toSource(fleet)
  const { body: destination, seeds } = toDestination(fleet)
  const task = await rig.east.act('POST', path, { source, destination, rpo: 60 })
  for (const id of seeds) expect(world.vms.has(id)).toBe(true)
  rig.clock.turn(5 * secondMs)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({ state: 'SUCCEEDED', error: null })
  const started = await rig.east.get<WireGroup>(`${path}/${task.workflowInfo.resourceId}`)
  expect([started.source.site, started.destination.site]).toEqual([source.site, destination.site])
  const members: readonly WireReplication[] = started.vmReplications ?? [started]
  const expected =
    from === 'vapp' || from === 'vm'
      ? fleet.vapp.vmIds
      : from === 'vappTemplate'
        ? fleet.template.vmIds
        : fleet.branchVms
  const wanted = path === '/vapp-replications' ? expected : expected.slice(0, 1)
  expect(members.map(({ vmId }) => vmId)).toEqual(wanted)
  // A seed's disks are there already: less than a minute instead of more than one.
  for (const id of seeds) expect([id, world.vms.has(id)]).toEqual([id, false])
  rig.clock.turn(50 * secondMs)
  const states = members.map(async ({ id }) => (await rig.east.replication(id)).dataConnectionState)
  expect(new Set(await Promise.all(states))).toEqual(new Set([seeds.length > 0 ? 'OK' : 'INITIAL_SYNCING']))
  rig.clock.turn(10 * minuteMs)
  for (const { id } of members) expect(await rig.east.replication(id)).toMatchObject({ dataConnectionState: 'OK' })
})

test('takes the seed out of the vApp that held it, and a seed vApp as a whole', async () => {
  await using rig = await startRig(60)
  const { world } = rig.simulator
  const fleet = await prepare(rig)
  const one = { source: vmSources.vm(fleet), destination: vmDestinations.vm(fleet).body, rpo: 60 }
  await rig.east.act('POST', '/vm-replications', one)
  rig.clock.turn(5 * secondMs)
  await rig.east.get('/sessions')
  expect(world.vapps.get(fleet.seedVapp.id)?.vmIds).toEqual(fleet.seedVapp.vmIds.slice(1))
  const whole = { source: vappSources.vappTemplate(fleet), destination: vappDestinations.vapp(fleet).body, rpo: 60 }
  await rig.east.act('POST', '/vapp-replications', whole)
  rig.clock.turn(5 * secondMs)
  const { items } = await rig.west.get<{ items: readonly { id: string }[] }>('/inventory/vapps')
  expect(items.map(({ id }) => id)).not.toContain(fleet.seedVapp.id)
})

test('keeps the seed when the start fails, and refuses one that is replicated, taken, elsewhere or unknown', async () => {
  await using rig = await startRig(60)
  const { world } = rig.simulator
  const fleet = await prepare(rig)
  const seedVmId = fleet.seedVapp.vmIds[0] ?? ''
  const bodyFor = (seed: string, vmId = fleet.vapp.vmIds[0]) => ({
    source: { type: 'vm', site: 'cloud-east', vmId },
    destination: { type: 'vm', ...cloud(fleet), seedVmId: seed },
    rpo: 60,
  })
  world.tasks.plan({ outcome: 'FAIL' })
  await rig.east.act('POST', '/vm-replications', bodyFor(seedVmId))
  const taken = bodyFor(seedVmId, fleet.vapp.vmIds[1])
  expect(await rig.east.refusal('POST', '/vm-replications', taken)).toEqual([400, 'BadUserInput'])
  rig.clock.turn(5 * secondMs)
  await rig.east.get('/sessions')
  expect(world.vms.has(seedVmId)).toBe(true)
  const replicated = [...world.replications.values()].find(({ source }) => source.site === 'cloud-west')?.vmId ?? ''
  for (const seed of [replicated, fleet.vapp.vmIds[1] ?? '', 'nobody', '']) {
    const [status] = await rig.east.refusal('POST', '/vm-replications', bodyFor(seed))
    expect([seed, status]).toEqual([seed, 400])
  }
  const elsewhere = { type: 'vcVm', site: 'acme-branch', seedVm: { moId: fleet.seedIds[0], vcId: 'another' } }
  const body = { source: vmSources.vm(fleet), destination: elsewhere, rpo: 60 }
  expect(await rig.east.refusal('POST', '/vm-replications', body)).toEqual([400, 'BadUserInput'])
})

test('leaves out disks and keeps the order of starting up', async () => {
  await using rig = await startRig(60)
  const fleet = await prepare(rig)
  const [first = '', second = ''] = fleet.vapp.vmIds
  const source = {
    ...vappSources.vapp(fleet),
    vmExcludedDisks: { [first]: [2_000, 2_001] },
    vmStartupInfoMap: { [second]: { order: 2, startAction: 'powerOn', startDelay: 30, stopAction: 'guestShutdown' } },
  }
  const destination = vmDestinations.vcloud(fleet).body
  const task = await rig.east.act('POST', '/vapp-replications', { source, destination, rpo: 60 })
  rig.clock.turn(5 * secondMs)
  const group = await rig.east.get<Omit<WireGroup, 'vmReplications'> & { vmReplications: readonly Extras[] }>(
    `/vapp-replications/${task.workflowInfo.resourceId}`,
  )
  expect(group.vmReplications).toMatchObject([
    { vmId: first, settings: { excludedDiskKeys: [2_000, 2_001] }, startupInfo: { order: 0, stopAction: 'powerOff' } },
    {
      vmId: second,
      settings: { excludedDiskKeys: [] },
      startupInfo: { order: 2, startDelay: 30, stopDelay: 0, stopAction: 'guestShutdown' },
    },
    { settings: { excludedDiskKeys: [] } },
  ])
  const stray = { ...source, vmExcludedDisks: { nobody: [2_000] } }
  const refused = await rig.east.refusal('POST', '/vapp-replications', { source: stray, destination, rpo: 60 })
  expect(refused).toEqual([400, 'BadUserInput'])
  const path = `/vapp-replications/${group.id}/disks`
  await rig.east.act('PATCH', path, { [second]: [2_002] })
  rig.clock.turn(3 * secondMs)
  const changed = await rig.east.get<WireGroup>(`/vapp-replications/${group.id}`)
  expect(changed.vmReplications).toMatchObject([
    { settings: { excludedDiskKeys: [2_000, 2_001] } },
    { settings: { excludedDiskKeys: [2_002] } },
    {},
  ])
  expect(await rig.east.refusal('PATCH', path, { [second]: ['2002'] })).toEqual([400, 'BadRequest'])
})

test('starts nothing once the license has run out', async () => {
  await using rig = await startRig(60)
  const fleet = await prepare(rig)
  const body = { source: vmSources.vm(fleet), destination: vmDestinations.vcloud(fleet).body, rpo: 60 }
  const appliance = rig.simulator.world.appliances.get('cloud-east')
  if (appliance === undefined) throw new Error('no appliance')
  appliance.licensedUntil = rig.clock.now()
  expect(await rig.east.get('/license')).toMatchObject({ isLicensed: false, expirationDate: rig.clock.now() })
  expect(await rig.east.refusal('POST', '/vm-replications', body)).toEqual([400, 'ServiceNotLicensed'])
  expect(await rig.east.refusal('POST', '/license', { key: 'please' })).toEqual([400, 'BadUserInput'])
  const key = 'AAAAA-11111-BBBBB-22222-CCCCC'
  expect((await rig.east.send('POST', '/license', { key })).body).toMatchObject({ key, isLicensed: true })
  await rig.east.act('POST', '/vm-replications', body)
})
