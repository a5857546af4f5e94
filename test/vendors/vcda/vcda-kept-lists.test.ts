import { expect, it } from 'vitest'
import { findGroupSyncedMs, toProtectionGroup } from '../../../src/vendors/vcda/vcda-group-mapping.ts'
import { KeptMapping } from '../../../src/vendors/vcda/vcda-kept-mapping.ts'
import type { MappingContext } from '../../../src/vendors/vcda/vcda-mapping.ts'
import type { VappReplicationWire } from '../../../src/vendors/vcda/vcda-wire.ts'
import { aGroup, emptyContext, vappId, vendorNow, vmId } from './vcda-samples.ts'
import { never, problemOf, startScriptedSite } from './vcda-site.ts'

const later = new Date(vendorNow.getTime() + 90_000)
const contexts: readonly MappingContext[] = [
  emptyContext,
  { ...emptyContext, vendorNow: later },
  { ...emptyContext, unreachableSites: new Set(['west']) },
  { ...emptyContext, unreachableSites: new Set(['elsewhere']) },
  { ...emptyContext, runningOperations: new Map([[vmId, 'TEST_FAILOVER']]) },
  { ...emptyContext, runningOperations: new Map([[vappId, 'FAILOVER']]), vendorNow: later },
]

it('maps a row that has not changed as if it were new, whatever else is known meanwhile', () => {
  const wires = [
    aGroup([{}]),
    aGroup([{ recovery: 'IN_PROGRESS' }, { instanceAgeMinutes: 60, violationMinutes: 45 }]),
    aGroup([{ instanceAgeMinutes: null }]),
    aGroup([]),
  ]
  const mapping = new KeptMapping({
    toObject: toProtectionGroup,
    findSyncedMs: findGroupSyncedMs,
    toIds: ({ id, vmReplications }: VappReplicationWire) => [id, ...(vmReplications ?? []).map((member) => member.id)],
  })
  for (const context of [...contexts, ...contexts.toReversed()]) {
    expect(mapping.toAll(wires, context)).toEqual(wires.map((wire) => toProtectionGroup(wire, context)))
  }
})

const toId = (number: number): string => `C4-11111111-1111-4111-8111-${String(number).padStart(12, '0')}`

const machine = (number: number, more: object = {}): Record<string, unknown> => ({
  id: toId(number),
  vmName: `machine-${number}`,
  overallHealth: 'GREEN',
  dataConnectionState: 'OK',
  source: { site: 'east', org: 'Acme' },
  destination: { site: 'west', org: 'Acme' },
  destinationState: {
    state: 'idle',
    currentRpoViolation: 0,
    latestInstance: { key: 'one', timestamp: 1_700_000_000_000 },
    ...more,
  },
})

/** A site whose list a test changes; every page has at most as many as the site likes. */
const startListedSite = async (list: { items: readonly unknown[]; most: number; cutAt: number | null }) =>
  startScriptedSite(({ url }) => {
    if (url === '/sites') return { status: 200, body: [{ site: 'east', isLocal: true }] }
    if (!url.startsWith('/vm-replications?')) return null
    const offset = Number(new URLSearchParams(url.split('?')[1]).get('offset'))
    const items = list.items.slice(offset, offset + list.most)
    const body = JSON.stringify({ items, offset, limit: list.most, total: list.items.length })
    return { status: 200, body: list.cutAt === null ? body : body.slice(0, list.cutAt) }
  })

it('lists what the site lists, however the list has changed since, and asks who has never asked before', async () => {
  const machines = Array.from({ length: 25 }, (_, number) => machine(number))
  const list = { items: machines as readonly unknown[], most: 10, cutAt: null as number | null }
  await using site = await startListedSite(list)
  const changed = machine(12, { spaceRequirement: 5 })
  const lists: readonly (readonly unknown[])[] = [
    machines,
    machines.with(12, changed),
    machines.toSpliced(3, 1),
    [machine(90), machine(91), ...machines],
    machines.toReversed(),
    machines.map((each) => Object.fromEntries(Object.entries(each).toReversed())),
    [],
    machines,
  ]
  for (const items of lists) {
    for (const most of [10, 7, 100]) {
      list.items = items
      list.most = most
      await using fresh = await startListedSite(list)
      const known = await site.adapter.listReplications(never)
      const asked = await fresh.adapter.listReplications(never)
      const timeless = (each: (typeof known)[number]) => ({ ...each, rpo: { ...each.rpo, actualSeconds: null } })
      expect(known.map(timeless)).toEqual(asked.map(timeless))
      expect(known).toHaveLength(items.length)
    }
  }
})

// N1 to N10: what comes is not trusted for having been good before.
it('refuses a list that it knew when it comes cut off or with a member of another type, and knows it again after', async () => {
  const list = { items: [machine(1), machine(2)] as readonly unknown[], most: 10, cutAt: null as number | null }
  await using site = await startListedSite(list)
  const first = await site.adapter.listReplications(never)
  list.cutAt = 150
  const cut = await problemOf(site.adapter.listReplications(never))
  expect(cut).toMatchObject({ code: 'VENDOR_PROTOCOL' })
  list.cutAt = null
  list.items = [machine(1), { ...machine(2), overallHealth: 5 }]
  const wrong = await problemOf(site.adapter.listReplications(never))
  expect(wrong).toMatchObject({ code: 'VENDOR_PROTOCOL', message: expect.stringContaining('items.1.overallHealth') })
  list.items = [machine(1), machine(2)]
  const again = await site.adapter.listReplications(never)
  expect(again[0]?.recovery).toBe(first[0]?.recovery)
})
