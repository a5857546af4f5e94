import { expect, vi } from 'vitest'
import type { Problem } from '../../src/domain/errors.ts'
import type { FaultEffect } from '../../src/simulator/faults.ts'
import { answer, anyGet, reads, setScene, strike } from './failing-site.ts'
import type { VendorSuite } from './vendor-adapter.suite.ts'
import {
  findHealthyTarget,
  never,
  problemOf,
  readTarget,
  sendOptions,
  toCommand,
  toStartCommand,
  type VendorRig,
} from './vendor-rig.ts'

/** Resolves when the site has seen a request; lets the event loop turn meanwhile. */
const untilSeen = async (rig: VendorRig): Promise<void> => {
  while (rig.requests().length === 0) await new Promise((resolve) => void setImmediate(resolve))
}

/** What `work` ends with when the site has seen it and a minute has passed without an answer. */
const waitInVain = async (rig: VendorRig, work: () => Promise<unknown>): Promise<Problem> => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const ended = problemOf(work())
    await untilSeen(rig)
    vi.advanceTimersByTime(60_000)
    return await ended
  } finally {
    vi.useRealTimers()
  }
}

const nonsense = ['<html>sign in</html>', '', '{"items": [', '42', '{}', '[null]', '"ok"']

const addLostReads = ({ start, test }: VendorSuite): void => {
  for (const [name, read] of Object.entries(reads)) {
    test(`repeats ${name} after a passing failure`, async () => {
      // N7
      await using rig = await start()
      const { adapter, ...scene } = await setScene(rig)
      await read(adapter, scene, never)
      const passing: readonly FaultEffect[] = [answer(503), { kind: 'RESET_BEFORE' }, { kind: 'RESET_AFTER' }]
      for (const effect of passing) {
        rig.forget()
        strike(rig, { ...anyGet, effect, times: 1 })
        // A read that fails rejects: that it resolves is what is to be shown here.
        await read(adapter, scene, never)
        expect(rig.requests().filter(({ status }) => status === 200).length).toBeGreaterThan(0)
      }
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
      const problem = await waitInVain(rig, () => read(adapter, scene, never))
      expect(problem).toMatchObject({ code: 'TIMEOUT', siteName: adapter.siteName })
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

/** A change that is ready to leave, from an adapter that has signed in. */
const prepare = async (rig: VendorRig) => {
  const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
  const prepared = await rig.first.prepare(toCommand('PAUSE', target), never)
  rig.forget()
  return { target, prepared }
}

const addLostChanges = ({ capabilities, start, test }: VendorSuite): void => {
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

  test('sends nothing when it is told in the last moment that nothing may leave', async () => {
    // S5, C10
    await using rig = await start()
    const { prepared } = await prepare(rig)
    const { code } = await problemOf(prepared.send({ ...sendOptions, mayLeave: () => false }))
    expect(code).toBe('VENDOR_UNAVAILABLE')
    expect(rig.changes()).toEqual([])
  })

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
    const problem = await waitInVain(rig, () => prepared.send(sendOptions))
    expect(problem.code).toBe('OUTCOME_UNKNOWN')
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
      expect(problem.code).toBe('VENDOR_UNAVAILABLE')
    }
    expect(rig.changes()).toEqual([])
  })

  if (!capabilities.supports.START_REPLICATION) return

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

/** What an adapter makes of sites that fail and of answers that are lost. */
export const addFailures = (suite: VendorSuite): void => {
  suite.part('reads that go wrong', () => addLostReads(suite))
  suite.part('changes that go wrong', () => addLostChanges(suite))
}
