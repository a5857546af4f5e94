import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Inventory } from '../../src/inventory/inventory.ts'
import { toDatedJson } from '../../src/std/dated-json.ts'
import { startInventoryRig, type InventoryRig } from './inventory-rig.ts'

let rig: InventoryRig
beforeEach(async () => {
  rig = await startInventoryRig()
})
afterEach(() => rig[Symbol.asyncDispose]())

const siteNames = () => rig.zerto.sites.map(({ name }) => name)
const breakAll = () => {
  for (const { service } of rig.zerto.sites) service.faults.add({ path: /./, effect: { kind: 'RESET_BEFORE' } })
}
const mendAll = () => {
  for (const { service } of rig.zerto.sites) service.faults.clear()
}
const look = async (inventory: Inventory) => {
  const [groups, replications] = await Promise.all([inventory.listGroups(), inventory.listReplications()])
  return { groups: [...groups.byId.values()], replications: [...replications.byId.values()], coverage: groups.coverage }
}
/** When the kept groups of each site were read. */
const observed = async (store: Awaited<ReturnType<InventoryRig['open']>>['store']) => {
  const kept = await store.snapshots.load(siteNames())
  return kept.filter(({ list }) => list === 'groups').map(({ observedAt }) => observedAt.toISOString().slice(11, 19))
}

const aVpg = () => {
  const [vpg] = rig.zerto.world.vpgs.values()
  if (vpg === undefined) throw new Error('an empty fleet')
  return vpg
}

describe('what a former process read', () => {
  // R3, N16
  it('is shown as it was, dates and all, while the sites are down', async () => {
    const before = await (async () => {
      await using first = await rig.open()
      return { ...(await look(first.inventory)), sites: await first.inventory.listSites() }
    })()
    breakAll()
    rig.clock.turn(3_600_000)
    await using second = await rig.open()
    const after = await look(second.inventory)
    for (const list of ['groups', 'replications'] as const) {
      expect(after[list]).toEqual(before[list].map((object) => ({ ...object, isStale: true, conflicts: [] })))
    }
    expect(after.coverage.map(({ completeness, problem }) => [completeness, problem?.code])).toEqual([
      ['STALE', 'VENDOR_UNAVAILABLE'],
      ['STALE', 'VENDOR_UNAVAILABLE'],
    ])
    const sites = await second.inventory.listSites()
    expect(sites.map(({ id, name, capabilities }) => [id, name, capabilities])).toEqual(
      before.sites.map(({ id, name, capabilities }) => [id, name, capabilities]),
    )
    expect(sites.every(({ connection }) => connection?.state === 'DOWN')).toBe(true)

    // N17
    mendAll()
    // The breaker counts by the real time: another process has not called yet.
    await using third = await rig.open()
    const fresh = await look(third.inventory)
    expect(fresh.groups.some(({ isStale }) => isStale)).toBe(false)
    expect(fresh.coverage.every(({ completeness }) => completeness === 'COMPLETE')).toBe(true)
  })

  it('is not shown any more when it is too old', async () => {
    {
      await using first = await rig.open()
      await look(first.inventory)
    }
    breakAll()
    rig.clock.turn(86_400_000 + 1)
    await using second = await rig.open()
    const { groups, coverage } = await look(second.inventory)
    expect(groups).toEqual([])
    expect(coverage.every(({ completeness }) => completeness === 'UNAVAILABLE')).toBe(true)
  })

  it.each<[string, (kept: { vendor: string; url: string }) => string]>([
    ['no JSON', () => '{"shape":1'],
    ['of another shape', (kept) => toDatedJson({ ...kept, shape: 0, value: [{ id: 'x' }] })],
    ['something else altogether', () => '7'],
    ['a list of something else', (kept) => toDatedJson({ ...kept, shape: 1, value: [{ name: 'x' }, 7] })],
    ['of another site of the same name', (kept) => toDatedJson({ ...kept, shape: 1, url: 'https://old', value: [] })],
  ])('is left out when it is %s', async (_what, toText) => {
    breakAll()
    {
      await using first = await rig.open()
      const observedAt = rig.clock.now()
      const texts = rig.zerto.sites.map(({ name, service }) => ({
        siteName: name,
        list: 'groups' as const,
        observedAt,
        text: toText({ vendor: 'ZERTO', url: service.url }),
      }))
      await first.store.snapshots.save(texts)
    }
    await using second = await rig.open()
    const { coverage } = await look(second.inventory)
    expect(coverage.map(({ completeness }) => completeness)).toEqual(['UNAVAILABLE', 'UNAVAILABLE'])
    expect(second.warnings).toEqual([])
  })

  it('is kept at once, then once a minute at most, and what is newest at the end', async () => {
    {
      await using first = await rig.open()
      await look(first.inventory)
      const { store } = first
      while ((await observed(store)).length < 2) await new Promise((resolve) => setImmediate(resolve))
      rig.clock.turn(59_000)
      await look(first.inventory)
      expect(await observed(store)).toEqual(['00:00:00', '00:00:00'])
      rig.clock.turn(6_000)
      await look(first.inventory)
      while ((await observed(store)).includes('00:00:00')) await new Promise((resolve) => setImmediate(resolve))
      rig.clock.turn(10_000)
      await look(first.inventory)
      expect(await observed(store)).toEqual(['00:01:05', '00:01:05'])
    }
    await using second = await rig.open()
    expect(await observed(second.store)).toEqual(['00:01:15', '00:01:15'])
  })
})

describe('what changes at the sites', () => {
  it('is told by the names of the fields, and what changed while nobody ran is found at the next start', async () => {
    const vpg = aVpg()
    {
      await using first = await rig.open()
      await look(first.inventory)
    }
    vpg.priority = (vpg.priority + 1) % 3
    const gone = [...rig.zerto.world.vpgs.values()].at(-1)
    if (gone !== undefined) rig.zerto.world.vpgs.delete(gone.id)
    rig.clock.turn(60_000)
    {
      await using second = await rig.open()
      const added = second.events.length
      await look(second.inventory)
      await second.inventory[Symbol.asyncDispose]()
      const told = second.events.slice(added).map(({ kind, changedFields }) => [kind, ...changedFields].join(' '))
      expect(told.filter((line) => line === 'CHANGED priority')).toHaveLength(1)
      expect(told.filter((line) => line === 'REMOVED').length).toBe(1 + (gone?.vms.length ?? 0))
      expect(told.some((line) => line === 'ADDED')).toBe(false)
      const changed = second.events.find(({ changedFields }) => changedFields.includes('priority'))
      expect(second.inventory.configurationChangedAt(changed?.id ?? '')).toEqual(changed?.at)
    }
    await using third = await rig.open()
    await look(third.inventory)
    await third.inventory[Symbol.asyncDispose]()
    expect(third.events).toEqual([])
  })

  it('is nothing when the sites cannot be read', async () => {
    {
      await using first = await rig.open()
      await look(first.inventory)
    }
    breakAll()
    rig.zerto.world.vpgs.clear()
    await using second = await rig.open()
    await look(second.inventory)
    await second.inventory[Symbol.asyncDispose]()
    expect(second.events).toEqual([])
  })
})

it('keeps how groups keep their objectives, and leaves a gap while they cannot be read', async () => {
  await using open = await rig.open()
  const sampled = async () => {
    const { groups } = await look(open.inventory)
    const [group] = groups
    if (group === undefined) throw new Error('an empty fleet')
    return (await open.store.rpoHistory.read(group.id, new Date(0), new Date('2027-01-01'))).length
  }
  while ((await sampled()) < 1) await new Promise((resolve) => setImmediate(resolve))
  breakAll()
  rig.clock.turn(600_000)
  await sampled()
  expect(await sampled()).toBe(1)
  mendAll()
})

it('finds the machines that two products protect once for each version of the lists', async () => {
  await using open = await rig.open()
  const one = await open.inventory.listDoubleProtections()
  expect(await open.inventory.listDoubleProtections()).toBe(one)
})

it('goes on reading when nothing can be written down', async () => {
  await using open = await rig.open()
  await open.store[Symbol.asyncDispose]()
  const { groups } = await look(open.inventory)
  expect(groups.length).toBeGreaterThan(0)
  await open.inventory[Symbol.asyncDispose]()
  expect(open.warnings.length).toBeGreaterThan(0)
})
