import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import { openInventory, type Inventory } from '../../src/inventory/inventory.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openSqliteStore } from '../../src/journal/sqlite-store.ts'
import type { Store } from '../../src/journal/store.ts'
import { createSimClock } from '../../src/simulator/clock.ts'
import { startVcdaSimulator, type VcdaSimulator } from '../../src/simulator/vcda/vcda-simulator.ts'
import { startZertoSimulator, type ZertoSimulator } from '../../src/simulator/zerto/zerto-simulator.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { SiteDesk, type DeskSite } from '../../src/vendors/site-desk.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'

const free = { host: '127.0.0.1', port: 0 }
const logger = silentLogger

let zerto: ZertoSimulator
let vcda: VcdaSimulator
let clock: FakeClock
let store: Store
let events: ProtectionEvent[]
beforeEach(async () => {
  const simClock = createSimClock({ speed: 0 })
  zerto = await startZertoSimulator({ clock: simClock, fleetSize: 6, seed: 7, listen: [free, free] })
  onTestFinished(() => zerto[Symbol.asyncDispose]())
  vcda = await startVcdaSimulator({ clock: simClock, fleetSize: 6, seed: 7, listen: [free] })
  onTestFinished(() => vcda[Symbol.asyncDispose]())
  clock = createFakeClock()
  events = []
  const protectionBus = createMemoryEventBus<ProtectionEvent>()
  protectionBus.subscribe((event) => events.push(event))
  store = await openSqliteStore({ path: ':memory:', bus: createMemoryEventBus(), protectionBus, clock })
  onTestFinished(() => store[Symbol.asyncDispose]())
})

const zvms = (): readonly DeskSite[] =>
  zerto.sites.map(({ service, login }, index) => ({
    vendor: 'ZERTO',
    name: `zvm-${index}`,
    url: service.url,
    tls: {},
    login: { type: 'password', ...login },
  }))

const clouds = (): readonly DeskSite[] =>
  vcda.sites.map(({ service, login }) => ({
    vendor: 'VCDA',
    name: 'cloud',
    url: service.url,
    tls: {},
    login: { type: 'localUser', ...login },
  }))

interface Open extends AsyncDisposable {
  readonly inventory: Inventory
  setSites(sites: readonly DeskSite[]): void
}

/** What one process knows, on the store of the last one. */
const open = async (sites: readonly DeskSite[]): Promise<Open> => {
  await using stack = new AsyncDisposableStack()
  const desk = stack.use(new SiteDesk(sites, { clock: systemClock, logger }))
  const changes = createMemoryEventBus<ProtectionEvent>()
  const ages = { maxAgeSeconds: 5, staleForSeconds: 86_400 }
  const reading = { adapters: desk.adapters, stores: store, changes, clock, logger, ...ages }
  const inventory = stack.use(await openInventory(reading))
  const owned = stack.move()
  return {
    inventory,
    setSites: (others) => inventory.setSites(desk.adapters, desk.replace(others)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

const look = async ({ inventory }: Open, maxAgeSeconds = 0) => {
  const { byId, coverage } = await inventory.listGroups(maxAgeSeconds)
  await inventory.listReplications(maxAgeSeconds)
  return {
    vendors: [...new Set([...byId.values()].map(({ vendor }) => vendor))].toSorted(),
    observers: [...new Set([...byId.values()].flatMap(({ observations }) => observations.map((one) => one.siteName)))],
    coverage: coverage.map(({ siteName, completeness }) => `${siteName} ${completeness}`),
  }
}

const reads = [{ list: 'groups', vendors: null }] as const
const toWords = ({ kind, id }: ProtectionEvent): string => `${kind} ${id}`

/** What was told since the last time, once a look has been written down. */
const told = async (opened: Open): Promise<readonly string[]> => {
  await opened[Symbol.asyncDispose]()
  return events.splice(0).map(toWords).toSorted()
}

test('a site that comes or goes is in the lists, in what they cover and in their version at once', async () => {
  await using opened = await open(zvms())
  expect(await look(opened)).toEqual({
    vendors: ['ZERTO'],
    observers: ['zvm-0', 'zvm-1'],
    coverage: ['zvm-0 COMPLETE', 'zvm-1 COMPLETE'],
  })
  const before = opened.inventory.versionOf(reads, null)
  expect(before).not.toBeNull()

  opened.setSites([...zvms(), ...clouds()])
  // Until it has been read nothing is whole, so that nothing is answered from what was made before.
  expect(opened.inventory.versionOf(reads, null)).toBeNull()
  expect(await look(opened, 5)).toMatchObject({
    vendors: ['VCDA', 'ZERTO'],
    coverage: ['zvm-0 COMPLETE', 'zvm-1 COMPLETE', 'cloud COMPLETE'],
  })
  const between = opened.inventory.versionOf(reads, null)

  opened.setSites([...zvms().slice(0, 1), ...clouds()])
  const after = opened.inventory.versionOf(reads, null)
  expect(new Set([before, between, after]).size).toBe(3)
  expect(await look(opened, 5)).toMatchObject({
    vendors: ['VCDA', 'ZERTO'],
    observers: ['zvm-0', 'cloud'],
    coverage: ['zvm-0 COMPLETE', 'cloud COMPLETE'],
  })
  expect(opened.inventory.knownSites().map(({ configuredName }) => configuredName)).toContain('cloud')
})

test('nothing that was read of a site is served under its name once that stands for another one', async () => {
  const [first, second] = zvms()
  if (first === undefined || second === undefined) throw new Error('there are two')
  await using opened = await open([first])
  await look(opened)
  const before = opened.inventory.knownSites().find(({ configuredName }) => configuredName === first.name)
  const version = opened.inventory.versionOf(reads, null)
  opened.setSites([{ ...second, name: first.name }])
  expect(opened.inventory.knownLists().groups.size).toBe(0)
  await look(opened)
  expect(opened.inventory.versionOf(reads, null)).not.toBe(version)
  const after = opened.inventory.knownSites().find(({ configuredName }) => configuredName === first.name)
  expect(after?.connection?.url).toBe(second.url)
  expect(after?.id).not.toBe(before?.id)
})

test('what another site lists still is not removed, and what no site lists any more is, as after a restart', async () => {
  const first = await open([...zvms(), ...clouds()])
  await look(first)
  first.setSites(zvms().slice(0, 1))
  await look(first)
  const live = await told(first)
  const added = live.filter((word) => word.startsWith('ADDED'))
  const removed = live.filter((word) => word.startsWith('REMOVED'))
  expect(added.length).toBeGreaterThan(removed.length)
  expect(removed.length).toBeGreaterThan(0)

  const second = await open([...zvms(), ...clouds()])
  await look(second)
  // Of the site that comes again everything is there again, and of the others nothing has changed.
  expect(await told(second)).toEqual(removed.map((word) => word.replace('REMOVED', 'ADDED')).toSorted())
  const third = await open(zvms().slice(0, 1))
  await look(third)
  expect(await told(third)).toEqual(removed)
})

test('a site that comes again shows what was known of it until it answers', async () => {
  await using opened = await open([...zvms(), ...clouds()])
  await look(opened)
  opened.setSites(zvms())
  for (const { service } of vcda.sites) service.faults.add({ path: /./, effect: { kind: 'RESET_BEFORE' } })
  opened.setSites([...zvms(), ...clouds()])
  await expect
    .poll(() => look(opened))
    .toMatchObject({
      vendors: ['VCDA', 'ZERTO'],
      coverage: ['zvm-0 COMPLETE', 'zvm-1 COMPLETE', 'cloud STALE'],
    })
})

const countCalls = (sites: readonly { readonly service: { readonly exchanges: readonly object[] } }[]): number =>
  sites.flatMap(({ service }) => service.exchanges).length

test('while somebody watches, a new site is looked at too, and one that is gone no more', async () => {
  await using opened = await open(zvms())
  using watching = new DisposableStack()
  watching.use(opened.inventory.watch())
  await clock.untilWaiting(2)
  opened.setSites([...zvms().slice(0, 1), ...clouds()])
  await clock.untilWaiting(2)
  expect(countCalls(vcda.sites)).toBeGreaterThan(0)
  const gone = countCalls(zerto.sites.slice(1))
  clock.turn(60_000)
  await clock.untilWaiting(2)
  expect(countCalls(zerto.sites.slice(1))).toBe(gone)
})
