import { afterEach, describe, expect, vi } from 'vitest'
import type { VendorAdapter } from '../../src/domain/ports/vendor-adapter.ts'
import type { TaskTarget } from '../../src/domain/task.ts'
import type { Fault, FaultEffect } from '../../src/simulator/faults.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import type { VendorSuite } from './vendor-adapter.suite.ts'
import {
  findHealthyTarget,
  listPoints,
  never,
  problemOf,
  readTarget,
  readTask,
  send,
  sendOptions,
  settle,
  toCommand,
  toStartCommand,
  type VendorRig,
} from './vendor-rig.ts'

type Read = (adapter: VendorAdapter, scene: Scene, signal: AbortSignal) => Promise<unknown>

interface Scene {
  readonly group: TaskTarget
  readonly replication: TaskTarget
  readonly taskId: string
}

const reads: Readonly<Record<string, Read>> = {
  readSite: (adapter, _scene, signal) => adapter.readSite(signal),
  listGroups: (adapter, _scene, signal) => adapter.listGroups(signal),
  listReplications: (adapter, _scene, signal) => adapter.listReplications(signal),
  getGroup: (adapter, { group }, signal) => adapter.getGroup(group.nativeId, signal),
  getReplication: (adapter, { replication }, signal) => adapter.getReplication(replication.nativeId, signal),
  listRecoveryPoints: (adapter, { replication: { kind, nativeId } }, signal) =>
    adapter.listRecoveryPoints([{ kind, nativeId, from: null, to: null }], signal),
  readTasks: (adapter, { taskId }, signal) => adapter.readTasks([taskId], signal),
}

/** A site at which everything can be read, and nobody who has signed in to it with `adapter`. */
const setScene = async (rig: VendorRig): Promise<Scene & { readonly adapter: VendorAdapter }> => {
  const group = await findHealthyTarget(rig.first, 'ProtectionGroup')
  const replication = await findHealthyTarget(rig.first, 'Replication')
  const task = await readTask(rig.first, await send(rig.first, toCommand('PAUSE', group)))
  rig.forget()
  return { group, replication, taskId: task.vendorTaskId, adapter: rig.open() }
}

const strike = (rig: VendorRig, fault: Fault): void => rig.services[0].faults.add(fault)

const answer = (status: number, body = '{}'): FaultEffect => ({ kind: 'ANSWER', status, body })

const anyGet = { method: 'GET', path: /./ } as const

/** Resolves when the site has seen a request; lets the event loop turn meanwhile. */
const untilSeen = async (rig: VendorRig, isIt: () => boolean = () => rig.requests().length > 0): Promise<void> => {
  while (!isIt()) await new Promise((resolve) => void setImmediate(resolve))
}

const describeSessions = ({ signInPath, start, test }: VendorSuite): void => {
  test('signs in once for 20 reads that come together', async () => {
    await using rig = await start()
    const { adapter, ...scene } = await setScene(rig)
    const all = Object.values(reads)
    await Promise.all(Array.from({ length: 20 }, (_, index) => all[index % all.length]?.(adapter, scene, never)))
    expect(rig.countSignIns()).toBe(1)
  })

  test('signs in once more when 20 reads find the session ended, and answers them all', async () => {
    // N3
    await using rig = await start()
    const { adapter, ...scene } = await setScene(rig)
    await adapter.listGroups(never)
    rig.turn(3600)
    const all = Object.values(reads)
    await Promise.all(Array.from({ length: 20 }, (_, index) => all[index % all.length]?.(adapter, scene, never)))
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
    const readOften = async (): Promise<void> => {
      for (let count = 0; count < 10; count += 1) {
        const problem = await problemOf(adapter.listGroups(never))
        expect(['VENDOR_REFUSED', 'VENDOR_UNAVAILABLE']).toContain(problem.code)
      }
    }
    await readOften()
    expect(rig.countSignIns()).toBeLessThanOrEqual(3)
    clock.turn(5 * 60_000)
    await readOften()
    expect(rig.countSignIns()).toBeLessThanOrEqual(6)
    clock.turn(5 * 60_000)
    rig.services[0].faults.clear()
    expect((await adapter.listGroups(never)).length).toBeGreaterThan(0)
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

const nonsense = ['<html>sign in</html>', '', '{"items": [', '42', '{}', '[null]', '"ok"']

const describeReads = ({ start, test }: VendorSuite): void => {
  for (const [name, read] of Object.entries(reads)) {
    test(`repeats ${name} after a passing failure`, async () => {
      // N7
      await using rig = await start()
      const { adapter, ...scene } = await setScene(rig)
      const whole = await read(adapter, scene, never)
      strike(rig, { ...anyGet, effect: answer(503), times: 1 })
      expect(JSON.stringify(await read(adapter, scene, never)).length).toBeCloseTo(JSON.stringify(whole).length, -2)
      strike(rig, { ...anyGet, effect: { kind: 'RESET_BEFORE' }, times: 1 })
      await read(adapter, scene, never)
      strike(rig, { ...anyGet, effect: { kind: 'RESET_AFTER' }, times: 1 })
      await read(adapter, scene, never)
    })

    test(`takes nonsense for an answer to ${name} as no answer`, async () => {
      // N1
      await using rig = await start()
      const { adapter: _unused, ...scene } = await setScene(rig)
      for (const body of nonsense) {
        const adapter = rig.open()
        strike(rig, { ...anyGet, effect: answer(200, body) })
        const problem = await problemOf(read(adapter, scene, never))
        expect([body, problem]).toMatchObject([body, { code: 'VENDOR_PROTOCOL', siteName: adapter.siteName }])
        rig.services[0].faults.clear()
      }
    })

    test(`ends ${name} as soon as its caller leaves`, async () => {
      await using rig = await start()
      const { adapter, ...scene } = await setScene(rig)
      strike(rig, { ...anyGet, effect: { kind: 'HANG' } })
      const caller = new AbortController()
      const ended = problemOf(read(adapter, scene, caller.signal))
      await untilSeen(rig)
      caller.abort()
      expect(await ended).toMatchObject({ code: 'CANCELLED', siteName: adapter.siteName })
      rig.forget()
      expect(await problemOf(read(adapter, scene, caller.signal))).toMatchObject({ code: 'CANCELLED' })
      expect(rig.requests()).toEqual([])
    })

    test(`ends ${name} when the site is silent for too long`, async () => {
      // N9
      await using rig = await start()
      const { adapter, ...scene } = await setScene(rig)
      await adapter.readSite(never)
      rig.forget()
      strike(rig, { ...anyGet, effect: { kind: 'HANG' } })
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      const ended = problemOf(read(adapter, scene, never))
      await untilSeen(rig)
      vi.advanceTimersByTime(60_000)
      vi.useRealTimers()
      const problem = await ended
      expect(['TIMEOUT', 'VENDOR_UNAVAILABLE']).toContain(problem.code)
    })
  }

  test('tries a read that fails for ever three times', async () => {
    // N7
    await using rig = await start()
    const { adapter, taskId } = await setScene(rig)
    strike(rig, { ...anyGet, effect: answer(503) })
    const problem = await problemOf(adapter.readTasks([taskId], never))
    expect(problem).toMatchObject({ code: 'VENDOR_UNAVAILABLE', httpStatus: 503 })
    expect(rig.requests()).toHaveLength(3)
  })

  test('says that a site which asks for patience is busy', async () => {
    // N6
    await using rig = await start()
    const { adapter } = await setScene(rig)
    const headers = { 'Retry-After': '90' }
    strike(rig, { ...anyGet, effect: { kind: 'ANSWER', status: 429, body: '', headers } })
    const problem = await problemOf(adapter.listGroups(never))
    expect(problem).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 90 })
  })

  test('says that a site to which no connection can be made is not available', async () => {
    await using rig = await start()
    const { adapter, ...scene } = await setScene(rig)
    await rig.services[0][Symbol.asyncDispose]()
    for (const read of Object.values(reads)) {
      expect((await problemOf(read(adapter, scene, never))).code).toBe('VENDOR_UNAVAILABLE')
    }
  })
}

/** What can happen to a change, what the adapter makes of it, and whether the site has done it. */
const lostAnswers: readonly {
  readonly what: string
  readonly effect: FaultEffect
  readonly code: string
  readonly isDone: boolean
}[] = [
  { what: 'loses its answer', effect: { kind: 'RESET_AFTER' }, code: 'OUTCOME_UNKNOWN', isDone: true },
  { what: 'loses its connection', effect: { kind: 'RESET_BEFORE' }, code: 'OUTCOME_UNKNOWN', isDone: false },
  { what: 'is answered with 503', effect: answer(503, 'down'), code: 'OUTCOME_UNKNOWN', isDone: false },
  { what: 'is answered with a bare 500', effect: answer(500, ''), code: 'OUTCOME_UNKNOWN', isDone: false },
  { what: 'is answered with nonsense', effect: answer(200, '<html>'), code: 'OUTCOME_UNKNOWN', isDone: false },
  { what: 'is answered with nothing', effect: answer(200, ''), code: 'OUTCOME_UNKNOWN', isDone: false },
  { what: 'is answered with 429', effect: answer(429, ''), code: 'RATE_LIMITED', isDone: false },
  { what: 'is answered with 403', effect: answer(403), code: 'VENDOR_REFUSED', isDone: false },
  { what: 'is answered with 404', effect: answer(404), code: 'VENDOR_REFUSED', isDone: false },
]

const describeChanges = ({ start, test }: VendorSuite): void => {
  const prepare = async (rig: VendorRig) => {
    const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
    const prepared = await rig.first.prepare(toCommand('PAUSE', target), never)
    await listPoints(rig.first, target)
    rig.forget()
    return { target, prepared }
  }

  for (const { what, effect, code, isDone } of lostAnswers) {
    test(`sends a change once that ${what}: ${code}`, async () => {
      // N8
      await using rig = await start()
      const { target, prepared } = await prepare(rig)
      strike(rig, { method: 'POST', path: /./, effect, times: 1 })
      expect((await problemOf(prepared.send(sendOptions))).code).toBe(code)
      // What the connection took with it, the site has not even seen: a second try would show.
      expect(rig.changes()).toHaveLength(effect.kind === 'RESET_BEFORE' ? 0 : 1)
      rig.turn(10)
      expect((await readTarget(rig.first, target)).recovery.isPaused).toBe(isDone)
    })
  }

  test('does not know what became of a change that its caller did not wait for', async () => {
    // N8
    await using rig = await start()
    const { prepared } = await prepare(rig)
    strike(rig, { method: 'POST', path: /./, effect: { kind: 'HANG' } })
    const caller = new AbortController()
    const ended = problemOf(prepared.send({ ...sendOptions, signal: caller.signal }))
    await untilSeen(rig)
    caller.abort()
    expect((await ended).code).toBe('OUTCOME_UNKNOWN')
    expect(rig.changes()).toHaveLength(1)
  })

  test('does not know what became of a change on which the site is silent for too long', async () => {
    // N8, N9
    await using rig = await start()
    const { prepared } = await prepare(rig)
    strike(rig, { method: 'POST', path: /./, effect: { kind: 'HANG' } })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const ended = problemOf(prepared.send(sendOptions))
    await untilSeen(rig)
    vi.advanceTimersByTime(60_000)
    vi.useRealTimers()
    expect((await ended).code).toBe('OUTCOME_UNKNOWN')
    expect(rig.changes()).toHaveLength(1)
  })

  test('knows that a change did not leave where no connection can be made', async () => {
    await using rig = await start()
    const { prepared } = await prepare(rig)
    await rig.services[0][Symbol.asyncDispose]()
    expect((await problemOf(prepared.send(sendOptions))).code).toBe('VENDOR_UNAVAILABLE')
  })

  test('knows that a change did not leave where the sign-in failed', async () => {
    await using rig = await start()
    const { target } = await prepare(rig)
    for (const effect of [answer(401), answer(503), answer(200, '<html>')]) {
      const prepared = await rig.open().prepare(toCommand('PAUSE', target), never)
      rig.services[0].faults.clear()
      strike(rig, { method: 'POST', path: /./, effect })
      const problem = await problemOf(prepared.send(sendOptions))
      expect(['VENDOR_UNAVAILABLE', 'VENDOR_REFUSED']).toContain(problem.code)
    }
    expect(rig.changes()).toEqual([])
  })

  test('starts nothing when a start is lost before its last call, and does not know when it is lost there', async () => {
    // N8
    await using rig = await start()
    const before = await rig.first.listGroups(never)
    const { calls } = await rig.first.prepare(toStartCommand(rig), never)
    for (const [index, { method, path }] of calls.entries()) {
      const isLast = index === calls.length - 1
      const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
      strike(rig, { method, path: pattern, effect: { kind: 'RESET_AFTER' }, times: 1 })
      const prepared = await rig.first.prepare(toStartCommand(rig), never)
      rig.forget()
      const { code } = await problemOf(prepared.send(sendOptions))
      expect([index, code]).toEqual([index, isLast ? 'OUTCOME_UNKNOWN' : 'VENDOR_UNAVAILABLE'])
      expect(rig.changes().filter((change) => change.method === method && pattern.test(change.path))).toHaveLength(1)
      rig.turn(60)
      expect(await rig.first.listGroups(never)).toHaveLength(before.length + (isLast ? 1 : 0))
    }
  })
}

/** What the adapter makes of sessions that end, sites that fail and answers that are lost. */
export const describeFailures = (suite: VendorSuite): void => {
  afterEach(() => {
    vi.useRealTimers()
  })
  describe('with sessions', () => describeSessions(suite))
  describe('with reads', () => describeReads(suite))
  describe('with changes', () => describeChanges(suite))
}
