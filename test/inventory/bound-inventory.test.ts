import { describe, expect, it } from 'vitest'
import type { Alert } from '../../src/domain/alert.ts'
import { toGlobalId } from '../../src/domain/global-id.ts'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import type { Reach } from '../../src/domain/reach.ts'
import type { Replication } from '../../src/domain/replication.ts'
import type { SiteFacts, SiteReport } from '../../src/domain/site.ts'
import type { TaskTarget } from '../../src/domain/task.ts'
import { Inventory } from '../../src/inventory/inventory.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openSqliteStore } from '../../src/journal/sqlite-store.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { sampleEnd, sampleMachine } from '../operations/sample-survey.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { ScriptedSite } from '../tracking/scripted-site.ts'
import { sampleGroup } from './sample-lists.ts'

const factsOf = (place: string): SiteFacts => ({
  id: sampleEnd(place).siteId,
  vendor: 'ZERTO',
  nativeId: place,
  name: place,
  description: `${place} basement`,
  location: place,
  productVersion: '10',
})

/** A site that lists what a test has written down. */
class ListedSite extends ScriptedSite {
  readonly #place: string
  readonly #peers: readonly string[]
  readonly #groups: readonly ProtectionGroup[]
  readonly #machines: readonly Replication[]

  constructor(
    siteName: string,
    place: string,
    lists: { readonly groups?: readonly ProtectionGroup[]; readonly machines?: readonly Replication[] },
    peers: readonly string[] = [],
  ) {
    super(siteName)
    this.#place = place
    this.#peers = peers
    this.#groups = lists.groups ?? []
    this.#machines = lists.machines ?? []
  }

  override async readSite(): Promise<SiteReport> {
    return { ...(await super.readSite()), local: factsOf(this.#place), peers: this.#peers.map(factsOf) }
  }

  override async listGroups(): Promise<readonly ProtectionGroup[]> {
    return this.#groups
  }

  override async listReplications(): Promise<readonly Replication[]> {
    return this.#machines
  }
}

const between = (source: string, destination: string, organization: string | null) => ({
  source: sampleEnd(source, organization),
  destination: sampleEnd(destination, organization),
})
const group = (nativeId: string, ends: ReturnType<typeof between>): ProtectionGroup =>
  sampleGroup({ nativeId, id: toGlobalId('ProtectionGroup', 'ZERTO', nativeId), ...ends })
const machine = (name: string, groupNativeId: string | null, ends: ReturnType<typeof between>): Replication =>
  sampleMachine(name, { groupNativeId, ...ends })

const payroll = group('payroll', between('Boston', 'Denver', 'Acme'))
const web = group('web', between('Boston', 'Denver', 'Umbrella'))
const far = group('far', between('Oslo', 'Perth', 'ACME'))
const machines = [
  machine('payroll-db', 'payroll', between('Boston', 'Denver', 'Acme')),
  machine('web-1', 'web', between('Boston', 'Denver', 'Umbrella')),
  machine('lone', null, between('Denver', 'Boston', null)),
]
const targetOf = (nativeId: string): TaskTarget => ({ kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId })

const alert = (nativeId: string, place: string, targetIds: readonly string[]): Alert => ({
  id: toGlobalId('Alert', 'ZERTO', nativeId),
  vendor: 'ZERTO',
  nativeId,
  level: 'ERROR',
  subject: targetIds.length === 0 ? 'SITE' : 'GROUP',
  code: null,
  description: nativeId,
  turnedOnAt: null,
  isDismissed: false,
  isDerived: false,
  siteId: sampleEnd(place).siteId,
  targetIds,
})

const open = async (sites: readonly ListedSite[]) => {
  await using stack = new AsyncDisposableStack()
  const clock = createFakeClock()
  const changes = createMemoryEventBus<ProtectionEvent>()
  const stores = stack.use(
    await openSqliteStore({ path: ':memory:', bus: createMemoryEventBus(), protectionBus: changes, clock }),
  )
  const freshness = { maxAgeSeconds: 60, staleForSeconds: 3600 }
  const inventory = stack.use(
    new Inventory({ adapters: sites, stores, changes, clock, logger: silentLogger, ...freshness }),
  )
  await inventory.restore()
  await Promise.all([inventory.listSites(), inventory.listGroups(), inventory.listReplications()])
  const owned = stack.move()
  return { inventory, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Boston and Denver, a pair; Oslo, which is paired with Denver and tells of what is not its own. */
const threeSites = () => {
  const boston = new ListedSite('boston', 'Boston', { groups: [payroll, web], machines }, ['Denver', 'Perth'])
  const denver = new ListedSite('denver', 'Denver', { groups: [payroll, web], machines }, ['Boston', 'Oslo'])
  const told = { ...payroll, state: 'DISCONNECTED' as const }
  const oslo = new ListedSite('oslo', 'Oslo', { groups: [far, told] }, ['Denver'])
  return { boston, denver, oslo, all: [boston, denver, oslo] }
}

const acme: Reach = [{ siteNames: null, organizations: ['acme'] }]
const inBoston: Reach = [{ siteNames: ['boston'], organizations: null }]
const inOslo: Reach = [{ siteNames: ['oslo'], organizations: null }]
const namesOf = (objects: Iterable<{ readonly nativeId: string }>): readonly string[] =>
  [...objects].map(({ nativeId }) => nativeId).toSorted()

// A3, W12: this whole file.
describe('a view of the read model', () => {
  it('without bounds is the read model itself', async () => {
    await using rig = await open(threeSites().all)
    expect(rig.inventory.within(null)).toBe(rig.inventory)
  })

  it('of one reach is one, whoever has it, and its lists are made once for each version', async () => {
    await using rig = await open(threeSites().all)
    const view = rig.inventory.within(acme)
    expect(rig.inventory.within([{ siteNames: null, organizations: ['acme'] }])).toBe(view)
    expect((await view.listGroups()).byId).toBe((await view.listGroups()).byId)
    expect(rig.inventory.within(inBoston)).not.toBe(view)
  })

  it('holds what has one end within reach, by site or by organisation in any case', async () => {
    await using rig = await open(threeSites().all)
    const listed = async (reach: Reach): Promise<readonly string[]> => {
      const view = rig.inventory.within(reach)
      const [groups, replications] = await Promise.all([view.listGroups(), view.listReplications()])
      return namesOf([...groups.byId.values(), ...replications.byId.values()])
    }
    expect(await listed(acme)).toEqual(['far', 'payroll', 'payroll-db'])
    expect(await listed(inBoston)).toEqual(['lone', 'payroll', 'payroll-db', 'web', 'web-1'])
    expect(await listed(inOslo)).toEqual(['far'])
    expect(await listed([...acme, ...inBoston])).toHaveLength(6)
    expect(await listed([{ siteNames: ['oslo'], organizations: ['umbrella'] }])).toEqual([])
    expect(await listed([])).toEqual([])
  })

  it('has the members that are in it, and coverage of the sites that it may know of', async () => {
    await using rig = await open(threeSites().all)
    const view = rig.inventory.within(acme)
    expect([...(await view.listMembers()).keys()]).toEqual([payroll.id])
    const coverageOf = async (reach: Reach) =>
      (await rig.inventory.within(reach).listGroups()).coverage.map(({ siteName }) => siteName)
    expect(await coverageOf(acme)).toEqual(['boston', 'denver', 'oslo'])
    expect(await coverageOf(inBoston)).toEqual(['boston'])
    expect((await rig.inventory.within(inBoston).listCoverage()).map(({ siteName }) => siteName)).toEqual(['boston'])
  })

  it('does not tell of a site out of reach that is neither end, nor of what that says', async () => {
    await using rig = await open(threeSites().all)
    const whole = (await rig.inventory.listGroups()).byId.get(payroll.id)
    expect(whole?.observations.map(({ siteName }) => siteName).toSorted()).toEqual(['boston', 'denver', 'oslo'])
    expect(whole?.conflicts.map(({ field }) => field)).toContain('state')
    const seen = (await rig.inventory.within(inBoston).listGroups()).byId.get(payroll.id)
    expect(seen?.observations.map(({ siteName }) => siteName).toSorted()).toEqual(['boston', 'denver'])
    expect(seen?.conflicts).toEqual([])
  })

  it('answers what is hidden as what never was, and asks nobody', async () => {
    const sites = threeSites()
    await using rig = await open(sites.all)
    const view = rig.inventory.within(inOslo)
    const read = (nativeId: string) => view.readTarget(targetOf(nativeId), async ({ siteName }) => siteName)
    const failureOf = async (nativeId: string): Promise<string> => {
      const message = await read(nativeId).then(String, (error: unknown) => String(error))
      return message.replaceAll(toGlobalId('ProtectionGroup', 'ZERTO', nativeId), 'ID')
    }
    expect(await read('far')).toBe('oslo')
    expect(await failureOf('payroll')).toBe(await failureOf('none'))
    for (const nativeId of ['payroll', 'none']) {
      expect(view.isListed(targetOf(nativeId))).toBe(false)
      expect(view.adaptersFor(targetOf(nativeId))).toEqual([])
      expect(view.configurationChangedAt(toGlobalId('ProtectionGroup', 'ZERTO', nativeId))).toBeNull()
    }
    expect([view.isHidden(targetOf('payroll')), view.isHidden(targetOf('none'))]).toEqual([true, false])
  })
})

describe('alerts in a view', () => {
  it('are those about what is there, as far as they are, and those of sites that are seen whole', async () => {
    const { boston, denver, all } = threeSites()
    boston.alerts = [
      alert('both', 'Boston', [payroll.id, web.id]),
      alert('web', 'Boston', [web.id]),
      alert('gone', 'Boston', [toGlobalId('ProtectionGroup', 'ZERTO', 'gone')]),
      alert('boston', 'Boston', []),
    ]
    denver.alerts = [alert('denver', 'Denver', [])]
    await using rig = await open(all)
    const told = async (reach: Reach) =>
      (await rig.inventory.within(reach).listAlerts()).alerts.map(({ nativeId, targetIds }) => [
        nativeId,
        targetIds.length,
      ])
    expect(await told(acme)).toEqual([['both', 1]])
    expect(await told(inBoston)).toEqual([
      ['both', 2],
      ['web', 1],
      ['gone', 0],
      ['boston', 0],
    ])
    expect(await told(inOslo)).toEqual([])
  })
})

describe('sites in a view', () => {
  it('are those within reach, and peers of those that are seen whole, by name only', async () => {
    await using rig = await open(threeSites().all)
    const view = rig.inventory.within(inBoston)
    expect(view.knownSites().map(({ name, configuredName }) => [name, configuredName])).toEqual([
      ['Boston', 'boston'],
      ['Denver', null],
      ['Perth', null],
    ])
    expect(view.findSite(factsOf('Denver').id)).toMatchObject({
      connection: null,
      capabilities: null,
      details: null,
      description: null,
      peerIds: [factsOf('Boston').id],
    })
    expect(view.findSite(factsOf('Oslo').id)).toBeNull()
    expect(view.findSite(factsOf('Boston').id)).toEqual(rig.inventory.findSite(factsOf('Boston').id))
  })

  it('tell their plain facts to who has a part of them only, and cannot be asked', async () => {
    await using rig = await open(threeSites().all)
    const view = rig.inventory.within(acme)
    expect(view.knownSites()).toHaveLength(3)
    const boston = view.findSite(factsOf('Boston').id)
    expect(boston).toMatchObject({
      name: 'Boston',
      configuredName: 'boston',
      description: null,
      peerIds: [],
      details: null,
    })
    expect(boston?.connection).toMatchObject({ state: 'UP', url: null })
    expect(view.findAdapterOfSite(factsOf('Boston').id)).toBeNull()
    expect(rig.inventory.within(inBoston).findAdapterOfSite(factsOf('Boston').id)?.siteName).toBe('boston')
    expect(rig.inventory.within(inBoston).findAdapterOfSite(factsOf('Denver').id)).toBeNull()
  })

  it('may be asked about peers that are not configured, and about no hidden or made-up one', async () => {
    await using rig = await open(threeSites().all)
    const view = rig.inventory.within(inBoston)
    const asked = ['Boston', 'Perth', 'Denver', 'Oslo', 'Nowhere'].map((place) => view.mayAskAbout(factsOf(place).id))
    expect(asked).toEqual([true, true, false, false, false])
  })

  it('that are configured twice are two, each with what its own sign-in lists', async () => {
    const mine = new ListedSite('boston-acme', 'Boston', { groups: [payroll] })
    const theirs = new ListedSite('boston-umbrella', 'Boston', { groups: [web] })
    await using rig = await open([mine, theirs])
    const groupsOf = async (siteName: string) => {
      const view = rig.inventory.within([{ siteNames: [siteName], organizations: null }])
      return namesOf((await view.listGroups()).byId.values())
    }
    expect(await groupsOf('boston-acme')).toEqual(['payroll'])
    expect(await groupsOf('boston-umbrella')).toEqual(['web'])
    expect(rig.inventory.toPlaces({ ...web }).map(({ siteName }) => siteName)).toEqual(['boston-umbrella', null])
  })
})

/** A machine that two products know under one name of the platform. */
const twin = (vendor: 'ZERTO' | 'VCDA', organization: string): Replication =>
  sampleMachine(`${vendor}-twin`, {
    vendor,
    platformIds: ['vcenter:a/twin'],
    groupNativeId: null,
    ...between('Boston', 'Denver', organization),
  })

describe('machines that two products protect, in a view', () => {
  it('are told of as a pair where both protections are there, and else not at all', async () => {
    const site = new ListedSite('boston', 'Boston', { machines: [twin('ZERTO', 'Acme'), twin('VCDA', 'Umbrella')] })
    await using rig = await open([site])
    expect(await rig.inventory.listDoubleProtections()).toHaveLength(1)
    expect(await rig.inventory.within(inBoston).listDoubleProtections()).toHaveLength(1)
    expect(await rig.inventory.within(acme).listDoubleProtections()).toEqual([])
  })
})
