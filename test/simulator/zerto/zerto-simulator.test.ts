import { expect, test } from 'vitest'
import { createSimClock } from '../../../src/simulator/clock.ts'
import { startZertoSimulator } from '../../../src/simulator/zerto/zerto-simulator.ts'
import { at, items, startHarness } from './zerto-sim-harness.ts'

const place = { host: '127.0.0.1', port: 0 }

const start = (seed: number) =>
  startZertoSimulator({ clock: createSimClock({ speed: 0, startAt: 0 }), fleetSize: 50, seed, listen: [place] })

test('makes the same fleet, sites and passwords for the same seed', async () => {
  await using first = await start(3)
  await using second = await start(3)
  await using other = await start(4)
  expect([...second.world.vpgs.keys()]).toEqual([...first.world.vpgs.keys()])
  expect(second.sites[0]?.login).toEqual(first.sites[0]?.login)
  expect(second.sites[0]?.siteIdentifier).toBe(first.sites[0]?.siteIdentifier)
  expect([...other.world.vpgs.keys()]).not.toEqual([...first.world.vpgs.keys()])
})

test('serves one ZVM when it is given one place, and still shows the peer', async () => {
  const clock = createSimClock({ speed: 0, startAt: 0 })
  await using simulator = await startZertoSimulator({ clock, fleetSize: 10, seed: 1, listen: [place] })
  expect(simulator.sites.map(({ name }) => name)).toEqual(['Boston'])
  expect(simulator.world.sites[1].url).toBe('https://10.20.1.10')
})

test('lists ten thousand machines, each with its own identifier, as quickly as a poll needs', async () => {
  await using zvm = await startHarness(10_000)
  await zvm.call(0, 'GET', '/v1/localsite')
  const began = performance.now()
  const [vpgs, vms] = [await zvm.call(0, 'GET', '/v1/vpgs'), await zvm.call(0, 'GET', '/v1/vms')]
  const tookMs = performance.now() - began
  const keys = items(vms.json).map((vm) => `${String(at(vm, 'VmIdentifier'))} ${String(at(vm, 'VpgIdentifier'))}`)
  expect(new Set(keys).size).toBe(10_001)
  expect(items(vpgs.json).length).toBeGreaterThan(2000)
  // Generous, so that a busy machine does not fail it; a checkpoint stored one by one would take far longer.
  expect(tookMs).toBeLessThan(5000)
})

test('shows what a test changes in the world at once', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  vpg.lagSeconds = 5000
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 3, AlertStatus: 2 })
  zvm.simulator.world.enter(vpg, { kind: 'ERROR', since: zvm.clock.now() })
  expect(await zvm.vpg(vpg.id, 1)).toMatchObject({ Status: 2, SubStatus: 8 })
})
