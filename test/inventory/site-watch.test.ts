import { afterEach, beforeEach, expect, it } from 'vitest'
import { maxAgeSeconds, startInventoryRig, type InventoryRig, type OpenInventory } from './inventory-rig.ts'

let rig: InventoryRig
let open: OpenInventory
beforeEach(async () => {
  rig = await startInventoryRig()
  open = await rig.open()
})
afterEach(async () => {
  await open[Symbol.asyncDispose]()
  await rig[Symbol.asyncDispose]()
})

/** Both sites have been looked at, and wait for the next time. */
const untilLooked = () => rig.clock.untilWaiting(2)

/** Seconds until every site has been looked at again. */
const turnUntilLooked = async (): Promise<number> => {
  rig.forget()
  let seconds = 0
  while (rig.clock.waiting() === 2) {
    rig.clock.turn(100)
    seconds += 0.1
    await Promise.resolve()
    // One site wakes a moment before the other.
    while (rig.clock.waiting() === 1 && seconds < 60) {
      rig.clock.turn(100)
      seconds += 0.1
      await Promise.resolve()
    }
  }
  await untilLooked()
  return seconds
}

// R2
it('asks no site for anything while nobody watches or asks', async () => {
  for (let minute = 0; minute < 60; minute += 1) {
    rig.clock.turn(60_000)
    await Promise.resolve()
  }
  expect(rig.clock.waiting()).toBe(0)
  expect(rig.zerto.sites.flatMap(({ service }) => service.exchanges)).toEqual([])
})

// R2
it('asks each site once in a while however many watch, and stops with the last one', async () => {
  const watchers = Array.from({ length: 100 }, () => open.inventory.watch())
  await untilLooked()
  expect(rig.lists()).toHaveLength(4)
  const [first, ...others] = watchers
  for (const watcher of others) watcher[Symbol.dispose]()
  expect(await turnUntilLooked()).toBeGreaterThan(maxAgeSeconds * 0.9)
  expect(rig.lists()).toHaveLength(4)
  first?.[Symbol.dispose]()
  first?.[Symbol.dispose]()
  expect(rig.clock.waiting()).toBe(0)
  rig.forget()
  rig.clock.turn(3_600_000)
  expect(rig.zerto.sites.flatMap(({ service }) => service.exchanges)).toEqual([])
})

it('looks again for who watches after nobody did', async () => {
  open.inventory.watch()[Symbol.dispose]()
  open.inventory.watch()
  await untilLooked()
  expect(rig.lists().length).toBeGreaterThanOrEqual(4)
  expect(rig.clock.waiting()).toBe(2)
})

it('looks more and more slowly while nothing changes, and never more slowly than every 30 seconds', async () => {
  open.inventory.watch()
  await untilLooked()
  // Everything is new at the first look: that counts as a change.
  await open.nextEvent()
  const pauses: number[] = []
  for (let round = 0; round < 8; round += 1) pauses.push(await turnUntilLooked())
  expect(pauses[0]).toBeLessThan(maxAgeSeconds * 1.2)
  expect(pauses.at(-1)).toBeGreaterThan(27)
  expect(Math.max(...pauses)).toBeLessThan(33)
  expect(rig.lists()).toHaveLength(4)
})

it('looks at once after a change was sent, and quickly again after one was seen', async () => {
  open.inventory.watch()
  await untilLooked()
  for (let round = 0; round < 6; round += 1) await turnUntilLooked()
  expect(await turnUntilLooked()).toBeGreaterThan(20)
  rig.forget()
  open.inventory.forget({ vendor: 'VCDA' })
  expect(rig.clock.waiting()).toBe(2)
  open.inventory.forget({ vendor: 'ZERTO' })
  while (rig.lists().length < 4) await new Promise((resolve) => setImmediate(resolve))
  await untilLooked()
  expect(await turnUntilLooked()).toBeLessThan(maxAgeSeconds * 1.2)

  for (let round = 0; round < 6; round += 1) await turnUntilLooked()
  const [vpg] = rig.zerto.world.vpgs.values()
  if (vpg === undefined) throw new Error('an empty fleet')
  vpg.priority = (vpg.priority + 1) % 3
  const seen = open.events.length
  await turnUntilLooked()
  while (open.events.length === seen) await new Promise((resolve) => setImmediate(resolve))
  expect(open.events.at(-1)).toMatchObject({ kind: 'CHANGED', changedFields: ['priority'] })
  await turnUntilLooked()
  expect(await turnUntilLooked()).toBeLessThan(maxAgeSeconds * 2)
})
