import { expect } from 'vitest'
import type { VendorAdapter } from '../../src/domain/ports/vendor-adapter.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { answer, anyGet, reads, setScene, strike, type ReadableScene } from './failing-site.ts'
import type { VendorSuite } from './vendor-adapter.suite.ts'
import { findHealthyTarget, never, problemOf, readTarget, send, sendOptions, settle, toCommand } from './vendor-rig.ts'

/** Every read three times, 21 all at once. */
const readOften = (adapter: VendorAdapter, scene: ReadableScene): Promise<unknown> =>
  Promise.all([1, 2, 3].flatMap(() => Object.values(reads).map((read) => read(adapter, scene, never))))

/** How an adapter signs in: once for all, again where it must, and never too often. */
export const addSessions = ({ signInPath, start, test }: VendorSuite): void => {
  test('signs in once for 21 reads that come together', async () => {
    await using rig = await start()
    const { adapter, ...scene } = await setScene(rig)
    await readOften(adapter, scene)
    expect(rig.countSignIns()).toBe(1)
  })

  test('signs in once more when 21 reads find the session ended, and answers them all', async () => {
    // N3
    await using rig = await start()
    const { adapter, ...scene } = await setScene(rig)
    await adapter.listGroups(never)
    rig.turn(3600)
    await readOften(adapter, scene)
    expect(rig.countSignIns()).toBe(2)
  })

  test('signs in once more when the site turns away one of 20 reads', async () => {
    // N3
    await using rig = await start()
    const { adapter } = await setScene(rig)
    await adapter.listGroups(never)
    strike(rig, { ...anyGet, effect: answer(401), times: 1 })
    const lists = await Promise.all(Array.from({ length: 20 }, () => adapter.listGroups(never)))
    expect(lists.every(({ length }) => length === lists[0]?.length)).toBe(true)
    expect(rig.countSignIns()).toBe(2)
  })

  test('signs in as often as sessions end that were good before', async () => {
    // A site that restarts, or that an administrator signs everybody out of, is no site that refuses the password.
    await using rig = await start()
    const { adapter } = await setScene(rig)
    for (let round = 1; round <= 6; round += 1) {
      await adapter.listGroups(never)
      expect(rig.countSignIns()).toBe(round)
      rig.turn(3600)
    }
  })

  test('renews a session in time when it knows that it is about to end', async () => {
    await using rig = await start()
    const clock = createFakeClock(rig.now())
    const adapter = rig.open(clock)
    await adapter.listGroups(never)
    rig.turn(3600)
    clock.turn(3_600_000)
    rig.forget()
    await adapter.listGroups(never)
    expect(rig.countSignIns()).toBe(1)
    expect(rig.requests().map(({ status }) => status)).not.toContain(401)
  })

  test('signs in no more than three times in five minutes where every call is turned away', async () => {
    // N4
    await using rig = await start()
    const clock = createFakeClock(rig.now())
    const adapter = rig.open(clock)
    strike(rig, { ...anyGet, effect: answer(401) })
    for (let minute = 0; minute < 10; minute += 1) {
      if (minute % 5 === 0) rig.forget()
      for (let count = 0; count < 5; count += 1) {
        const problem = await problemOf(adapter.listGroups(never))
        expect(['VENDOR_REFUSED', 'VENDOR_UNAVAILABLE']).toContain(problem.code)
      }
      clock.turn(60_000)
      expect(rig.countSignIns()).toBeGreaterThan(0)
      expect(rig.countSignIns()).toBeLessThanOrEqual(3)
    }
  })

  test('finds back to a site that turned every call away, however often it was asked meanwhile', async () => {
    // N4, N17
    await using rig = await start()
    const clock = createFakeClock(rig.now())
    const adapter = rig.open(clock)
    strike(rig, { ...anyGet, effect: answer(401) })
    const isAnswered = async (): Promise<boolean> => {
      clock.turn(30_000)
      return adapter.listGroups(never).then(
        (groups) => groups.length > 0,
        () => false,
      )
    }
    for (let count = 0; count < 20; count += 1) expect(await isAnswered()).toBe(false)
    // Whatever token is left is of no use any more.
    rig.turn(3600)
    rig.services[0].faults.clear()
    const answers: boolean[] = []
    for (let count = 0; count < 11; count += 1) answers.push(await isAnswered())
    expect(answers.at(-1)).toBe(true)
  })

  test('tries a refused password no more than three times in five minutes', async () => {
    // N4
    await using rig = await start()
    const clock = createFakeClock(rig.now())
    const adapter = rig.open(clock)
    strike(rig, { method: 'POST', path: signInPath, effect: answer(401) })
    const codes: string[] = []
    for (let count = 0; count < 10; count += 1) codes.push((await problemOf(adapter.listGroups(never))).code)
    expect(rig.countSignIns()).toBe(3)
    expect(rig.requests()).toEqual([])
    expect(codes.slice(0, 3)).toEqual(['VENDOR_REFUSED', 'VENDOR_REFUSED', 'VENDOR_REFUSED'])
    expect(new Set(codes.slice(3))).toEqual(new Set(['VENDOR_UNAVAILABLE']))
    rig.services[0].faults.clear()
    clock.turn(5 * 60_000)
    expect((await adapter.listGroups(never)).length).toBeGreaterThan(0)
  })

  test('does not repeat a change that finds the session ended, and says that nothing was done', async () => {
    // A1
    await using rig = await start()
    const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
    rig.turn(3600)
    rig.forget()
    const pause = await rig.first.prepare(toCommand('PAUSE', target), never)
    expect(await problemOf(pause.send(sendOptions))).toMatchObject({ code: 'VENDOR_UNAVAILABLE', httpStatus: 401 })
    expect(rig.changes().map(({ status }) => status)).toEqual([401])
    expect(rig.countSignIns()).toBe(0)
    await settle(rig, await send(rig.first, toCommand('PAUSE', target)))
    expect(rig.changes()).toHaveLength(2)
    expect((await readTarget(rig.first, target)).recovery.isPaused).toBe(true)
  })
}
