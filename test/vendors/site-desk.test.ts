import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Command } from '../../src/domain/command.ts'
import type { VendorAdapter } from '../../src/domain/ports/vendor-adapter.ts'
import { createSimClock } from '../../src/simulator/clock.ts'
import { startVcdaSimulator, type VcdaSimulator } from '../../src/simulator/vcda/vcda-simulator.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { SiteDesk, type DeskSite } from '../../src/vendors/site-desk.ts'
import { requireSpecifics } from '../../src/vendors/vcda/vcda-specifics.ts'

const free = { host: '127.0.0.1', port: 0 }
const signal = new AbortController().signal

let vcda: VcdaSimulator
let desk: SiteDesk
beforeEach(async () => {
  vcda = await startVcdaSimulator({ clock: createSimClock({ speed: 0 }), fleetSize: 6, seed: 7, listen: [free, free] })
  onTestFinished(() => vcda[Symbol.asyncDispose]())
  desk = new SiteDesk([east()], { clock: systemClock, logger: silentLogger })
  onTestFinished(() => desk[Symbol.asyncDispose]())
})

const simulated = (index: number): VcdaSimulator['sites'][number] => {
  const site = vcda.sites[index]
  if (site === undefined) throw new Error('there are two')
  return site
}

const east = (): DeskSite => {
  const { service, login } = simulated(0)
  return { vendor: 'VCDA', name: 'east', url: service.url, tls: {}, login: { type: 'localUser', ...login } }
}

/** The same site with another sign-in. */
const eastAnew = (): DeskSite => ({ ...east(), login: { type: 'ssoCredentials', ...simulated(0).ssoLogin } })

const adapterAt = (index: number): VendorAdapter => {
  const adapter = desk.adapters[index]
  if (adapter === undefined) throw new Error('there is no such adapter')
  return adapter
}

const paths = (method: string, path: RegExp): readonly string[] =>
  simulated(0)
    .service.exchanges.filter((one) => one.method === method && path.test(one.path))
    .map((one) => one.path)

const countSignIns = (): number => paths('POST', /^\/sessions$/).length
const countSignOuts = (): number => paths('DELETE', /^\/sessions$/).length

const toPause = async (adapter: VendorAdapter): Promise<Command> => {
  const [group] = await adapter.listGroups(signal)
  if (group === undefined) throw new Error('an empty fleet')
  const target = { kind: 'ProtectionGroup', vendor: 'VCDA', nativeId: group.nativeId } as const
  return { operation: 'PAUSE', target, options: null }
}

const sendOptions = { operationId: 'a', signal, remember: async () => {}, mayLeave: () => true }
const refusal = { problem: { code: 'VENDOR_UNAVAILABLE', siteName: 'east' } }

test('a call that is under way ends with the sign-in that it began with, and the former one is signed out of then', async () => {
  const adapter = adapterAt(0)
  await adapter.readSite(signal)
  const known = adapter.capabilities()
  simulated(0).service.faults.add({ path: /^\/sites$/, effect: { kind: 'DELAY', delayMs: 300 }, times: 1 })
  const underWay = adapter.readSite(signal)
  expect(desk.replace([eastAnew()])).toEqual([adapter])
  expect(adapterAt(0)).toBe(adapter)
  // What the site can do does not change for who asks before it was read anew.
  expect(adapter.capabilities()).toEqual(known)
  await adapter.listGroups(signal)
  expect([countSignIns(), countSignOuts()]).toEqual([2, 0])
  expect((await underWay).local.name).toBe(simulated(0).name)
  await expect.poll(countSignOuts).toBe(1)
})

test('what only its vendor tells counts as under way, too', async () => {
  const adapter = adapterAt(0)
  simulated(0).service.faults.add({ path: /policies/, effect: { kind: 'DELAY', delayMs: 300 }, times: 1 })
  const underWay = requireSpecifics(adapter).listPolicies(signal)
  const closed = desk.replace([eastAnew()])
  expect(closed).toHaveLength(1)
  expect((await underWay).length).toBeGreaterThan(0)
})

test('what was prepared is sent by the sign-in that it was checked with, as long as somebody holds it', async () => {
  const adapter = adapterAt(0)
  const call = await adapter.prepare(await toPause(adapter), signal)
  const hold = desk.hold()
  desk.replace([eastAnew()])
  expect(await call.send(sendOptions)).toMatchObject({ kind: 'TASK' })
  expect([countSignIns(), countSignOuts()]).toEqual([1, 0])
  hold[Symbol.dispose]()
  await expect.poll(countSignOuts).toBe(1)
  // Nobody holds it any more.
  await expect(call.send(sendOptions)).rejects.toMatchObject(refusal)
  expect(paths('POST', /pause/)).toHaveLength(1)
})

test('what was prepared for a site that is gone is never sent, neither there nor to one of the same name', async () => {
  const adapter = adapterAt(0)
  const call = await adapter.prepare(await toPause(adapter), signal)
  using holding = new DisposableStack()
  holding.use(desk.hold())
  desk.replace([{ ...east(), url: simulated(1).service.url }])
  expect(adapterAt(0)).not.toBe(adapter)
  await expect(call.send(sendOptions)).rejects.toMatchObject(refusal)
  await expect(adapter.readSite(signal)).rejects.toMatchObject(refusal)
  expect(vcda.sites.flatMap(({ service }) => service.exchanges).filter(({ path }) => /pause/.test(path))).toEqual([])
  await expect(adapterAt(0).readSite(signal)).resolves.toMatchObject({ local: { name: simulated(1).name } })
})

test('sites of which one cannot be used change nothing', async () => {
  const adapter = adapterAt(0)
  const bad = { ...east(), name: 'west', tls: { pin: 'SHA-256:nonsense' } }
  expect(() => desk.replace([eastAnew(), bad])).toThrow('sites west.')
  expect(desk.adapters).toEqual([adapter])
  await adapter.readSite(signal)
  desk.replace([east()])
  expect(countSignIns()).toBe(1)
  expect(countSignOuts()).toBe(0)
})
