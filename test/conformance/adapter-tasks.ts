import { expect } from 'vitest'
import { actions, type Action } from '../../src/domain/actions.ts'
import type { Command } from '../../src/domain/command.ts'
import type { Acceptance, PreparedCall, VendorAdapter } from '../../src/domain/ports/vendor-adapter.ts'
import type { TaskReading, TaskTarget, WireCall } from '../../src/domain/task.ts'
import type { FaultEffect } from '../../src/simulator/faults.ts'
import { nouns, targetKinds, toPathPattern } from './adapter-actions.ts'
import { strike } from './failing-site.ts'
import type { VendorSuite } from './vendor-adapter.suite.ts'
import {
  findHealthyTarget,
  never,
  problemOf,
  readTarget,
  send,
  sendOptions,
  settle,
  settleSeconds,
  toCommand,
  toStartCommand,
  type VendorRig,
} from './vendor-rig.ts'

const idOf = (acceptance: Acceptance): string => {
  if (acceptance.kind !== 'TASK') throw new Error('a task was to come')
  return acceptance.vendorTaskId
}

const idsOf = (tasks: readonly TaskReading[]): readonly string[] => tasks.map(({ vendorTaskId }) => vendorTaskId)

const list = (adapter: VendorAdapter, since: Date, operationId: string | null = null) =>
  adapter.listTasks({ since, operationId }, never)

/** Longer than any adapter allows for the difference of two clocks. */
const longAgoSeconds = 1200

/** Turns the vendor's time, and lets the adapter see it some milliseconds before anything is done, as any change does. */
const turnAndLook = async (rig: VendorRig, seconds: number): Promise<void> => {
  rig.turn(seconds)
  await rig.first.readSite(never)
  await rig.first.listGroups(never)
  await rig.first.listReplications(never)
}

const addListing = ({ capabilities, start, test }: VendorSuite): void => {
  const { supports } = capabilities

  test('lists a task that began, with what it is and what it is about', async () => {
    await using rig = await start()
    const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
    const since = new Date()
    const vendorTaskId = idOf(await send(rig.first, toCommand('PAUSE', target)))
    const tasks = await list(rig.first, since)
    expect(tasks).toEqual([expect.objectContaining({ vendorTaskId, operation: 'PAUSE', state: 'RUNNING', target })])
    const reading = (await rig.first.readTasks([vendorTaskId], never)).get(vendorTaskId)
    expect(tasks[0]).toEqual(reading)
  })

  test('lists tasks the newest first, and none that began before', async () => {
    await using rig = await start()
    const targets: TaskTarget[] = []
    const pauseAnother = async (): Promise<string> => {
      const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
      expect(targets).not.toContainEqual(target)
      targets.push(target)
      return idOf(await send(rig.first, toCommand('PAUSE', target)))
    }
    await pauseAnother()
    await turnAndLook(rig, longAgoSeconds)
    const since = new Date()
    const first = await pauseAnother()
    rig.turn(5)
    const last = await pauseAnother()
    expect(idsOf(await list(rig.first, since))).toEqual([last, first])
    await turnAndLook(rig, longAgoSeconds)
    expect(await list(rig.first, new Date())).toEqual([])
  })

  test('lists what somebody else has started at the site', async () => {
    // W5
    await using rig = await start()
    const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
    const since = new Date()
    const vendorTaskId = idOf(await send(rig.open(), toCommand('PAUSE', target)))
    expect(await list(rig.first, since)).toMatchObject([{ vendorTaskId, operation: 'PAUSE', target }])
  })

  for (const seconds of [3600, -3600]) {
    const words = seconds > 0 ? 'fast' : 'slow'
    test(`lists a task of a site whose clock is an hour ${words}`, async () => {
      // C4
      await using rig = await start()
      const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
      rig.turn(seconds)
      const [sender, searcher] = [rig.open(), rig.open()]
      await sender.readSite(never)
      const since = new Date()
      const vendorTaskId = idOf(await send(sender, toCommand('PAUSE', target)))
      for (const adapter of [sender, searcher]) {
        expect(idsOf(await list(adapter, since))).toEqual([vendorTaskId])
      }
    })
  }

  if (supports.OPERATION_IDS) {
    test('lists the tasks of the calls with an operation id alone', async () => {
      await using rig = await start()
      const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
      const since = new Date()
      const ids: string[] = []
      for (const action of ['PAUSE', 'RESUME'] as const) {
        const prepared = await rig.first.prepare(toCommand(action, target), never)
        const acceptance = await prepared.send({ ...sendOptions, operationId: `id-of-${action}` })
        await settle(rig, acceptance)
        ids.push(idOf(acceptance))
      }
      const found = async (operationId: string) => idsOf(await list(rig.first, since, operationId))
      expect(await found('id-of-PAUSE')).toEqual(ids.slice(0, 1))
      expect(await found('id-of-RESUME')).toEqual(ids.slice(1))
      expect(await found('id-of-nobody')).toEqual([])
    })
  }
}

const lastOf = ({ calls }: PreparedCall): WireCall => {
  const last = calls.at(-1)
  if (last === undefined) throw new Error('a prepared call sends nothing')
  return last
}

/** Sends a command whose last call meets a fault, and looks for its task by what the vendor can tell. */
const lose = async (rig: VendorRig, command: Command, effect: FaultEffect) => {
  const { OPERATION_IDS } = rig.first.capabilities().supports
  const prepared = await rig.first.prepare(command, never)
  const { method, path } = lastOf(prepared)
  strike(rig, { method, path: toPathPattern({ path }), effect, times: 1 })
  rig.forget()
  const since = new Date()
  const operationId = 'operation-of-the-lost'
  const { code } = await problemOf(prepared.send({ ...sendOptions, operationId }))
  expect(code).toBe('OUTCOME_UNKNOWN')
  const changes = rig
    .changes()
    .filter((change) => change.method === method && toPathPattern({ path }).test(change.path))
  rig.turn(10)
  const found = await list(rig.first, since, OPERATION_IDS ? operationId : null)
  return { prepared, changes, found }
}

const losable = ['PAUSE', 'SYNC', 'STOP', 'FAILOVER', 'TEST_FAILOVER', 'UPDATE'] as const satisfies readonly Action[]

const addLostTasks = ({ capabilities, start, test }: VendorSuite): void => {
  const { supports } = capabilities

  for (const action of losable.filter((candidate) => supports[candidate])) {
    test(`finds the task of a ${action} whose answer was lost, and none where the call was lost`, async () => {
      // A2, N8
      await using rig = await start()
      const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
      const before = await lose(rig, toCommand(action, target), { kind: 'RESET_BEFORE' })
      expect([before.changes, before.found]).toEqual([[], []])
      const after = await lose(rig, toCommand(action, target), { kind: 'RESET_AFTER' })
      expect(after.changes).toHaveLength(1)
      expect(after.found).toMatchObject([{ operation: action, target }])
    })
  }

  if (!supports.START_REPLICATION) return

  test('finds the task of a start whose answer was lost, and none where the call was lost', async () => {
    // A2, N8
    await using rig = await start()
    expect((await lose(rig, toStartCommand(rig), { kind: 'RESET_BEFORE' })).found).toEqual([])
    const { found, changes, prepared } = await lose(rig, toStartCommand(rig), { kind: 'RESET_AFTER' })
    expect(changes).toHaveLength(1)
    expect(found).toMatchObject([{ operation: 'START_REPLICATION' }])
    const target = found[0]?.target
    if (target === null || target === undefined) throw new Error('the task of a start names nothing')
    const { name } = await readTarget(rig.first, target)
    expect(prepared.newName ?? name).toBe(name)
  })
}

/** Keeps what a send wants to be remembered, and may fail or wait for ever at a step of it. */
const toMemory = (onHandle: (handle: string | null) => Promise<void> = () => Promise.resolve()) => {
  const handles: (string | null)[] = []
  const remember = (handle: string | null): Promise<void> => {
    handles.push(handle)
    return onHandle(handle)
  }
  return { handles, remember }
}

const takeHandle = (handles: readonly (string | null)[]): string => {
  const [handle] = handles
  if (typeof handle === 'string') return handle
  throw new Error('nothing was to be remembered')
}

/** A start, of which it is known whether it takes several calls. */
const prepareStart = async (rig: VendorRig) => {
  const prepared = await rig.first.prepare(toStartCommand(rig), never)
  const groups = await rig.first.listGroups(never)
  rig.forget()
  return { prepared, groups, hasSteps: prepared.calls.length > 1 }
}

/** Nothing has come of a start, and nothing will. */
const expectNothingStarted = async (rig: VendorRig, groups: readonly unknown[], since: Date): Promise<void> => {
  rig.turn(settleSeconds)
  expect(await rig.first.listGroups(never)).toHaveLength(groups.length)
  expect(await list(rig.first, since)).toEqual([])
}

const addSteps = ({ start, test }: VendorSuite): void => {
  test('has remembered what it opens while it starts something, and forgets it before the last call', async () => {
    // D5
    await using rig = await start()
    const { prepared, hasSteps } = await prepareStart(rig)
    const seen: (readonly string[])[] = []
    const { handles, remember } = toMemory(() => {
      seen.push(rig.changes().map(({ method, path }) => `${method} ${path}`))
      return Promise.resolve()
    })
    await prepared.send({ ...sendOptions, remember })
    expect(handles.map((handle) => typeof handle)).toEqual(hasSteps ? ['string', 'object'] : [])
    expect(seen.map(({ length }) => length)).toEqual(hasSteps ? [1, prepared.calls.length - 1] : [])
    expect(rig.changes()).toHaveLength(prepared.calls.length)
  })

  test('starts nothing where what it opens cannot be remembered, and takes it away', async () => {
    // D5
    await using rig = await start()
    const { groups, hasSteps } = await prepareStart(rig)
    const since = new Date()
    for (const failing of hasSteps ? ['opened', 'forgotten'] : []) {
      const prepared = await rig.first.prepare(toStartCommand(rig), never)
      const full = new Error('the disk is full')
      const { handles, remember } = toMemory((handle) =>
        (handle === null) === (failing === 'forgotten') ? Promise.reject(full) : Promise.resolve(),
      )
      rig.forget()
      await expect(prepared.send({ ...sendOptions, remember })).rejects.toBe(full)
      const paths = rig.changes().map(({ path }) => path)
      expect(paths.filter((path) => toPathPattern(lastOf(prepared)).test(path))).toEqual([])
      expect(rig.changes().at(-1)).toMatchObject({ method: 'DELETE', status: 200 })
      expect(paths.at(-1)).toContain(takeHandle(handles))
    }
    await expectNothingStarted(rig, groups, since)
  })

  test('starts nothing where its caller leaves before the last call', async () => {
    // N8
    await using rig = await start()
    const { prepared, groups, hasSteps } = await prepareStart(rig)
    const since = new Date()
    const caller = new AbortController()
    const { remember } = toMemory(() => Promise.resolve(caller.abort()))
    if (!hasSteps) caller.abort()
    const { code } = await problemOf(prepared.send({ ...sendOptions, signal: caller.signal, remember }))
    expect(code).toBe('VENDOR_UNAVAILABLE')
    await expectNothingStarted(rig, groups, since)
  })

  test('takes away what a send has left open that never went on, as often as it is asked', async () => {
    // D5
    await using rig = await start()
    const { prepared, groups, hasSteps } = await prepareStart(rig)
    // Whoever leaves nothing open is never asked to take it away.
    if (!hasSteps) return
    const since = new Date()
    const opened = Promise.withResolvers<string>()
    // The process that has opened it is killed here: its promise is never heard of again.
    const { remember } = toMemory((handle) => {
      opened.resolve(handle ?? '')
      return new Promise(() => {})
    })
    void prepared.send({ ...sendOptions, remember })
    const handle = await opened.promise
    rig.forget()
    strike(rig, { method: 'DELETE', path: /./, effect: { kind: 'RESET_BEFORE' }, times: 1 })
    expect((await problemOf(rig.first.cleanUp(handle, never))).code).toBe('VENDOR_UNAVAILABLE')
    expect(rig.changes()).toEqual([])
    await rig.first.cleanUp(handle, never)
    expect(rig.changes()).toMatchObject([{ method: 'DELETE', path: expect.stringContaining(handle), status: 200 }])
    await rig.first.cleanUp(handle, never)
    await rig.open().cleanUp(handle, never)
    expect(rig.changes()).toHaveLength(3)
    await expectNothingStarted(rig, groups, since)
  })
}

const addDecisions = ({ capabilities, start, test }: VendorSuite): void => {
  const { supports, actsOn } = capabilities

  test('says what becomes of a recovery that waits, and nothing of what does not wait', async () => {
    // A4
    await using rig = await start()
    for (const kind of targetKinds) {
      const target = await findHealthyTarget(rig.first, kind)
      for (const action of actions.filter((one) => supports[one] && actsOn[one].includes(kind))) {
        const { decision, newName } = await rig.first.prepare(toCommand(action, target), never)
        const waits = supports.COMMIT_POLICY && (action === 'FAILOVER' || action === 'MOVE')
        const expected = waits ? { policy: 'MANUAL', afterSeconds: null } : null
        expect([nouns[kind], action, decision, newName]).toEqual([nouns[kind], action, expected, null])
      }
    }
  })

  if (supports.START_REPLICATION) {
    test('says nothing of a decision where it starts something', async () => {
      await using rig = await start()
      expect((await rig.first.prepare(toStartCommand(rig), never)).decision).toBeNull()
    })
  }

  for (const action of (['FAILOVER', 'MOVE'] as const).filter(() => supports.COMMIT_POLICY)) {
    test(`leaves a ${action} to a person for a day, as it says`, async () => {
      // A4
      await using rig = await start()
      const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
      await settle(rig, await send(rig.first, toCommand(action, target)))
      rig.turn(24 * 3600)
      expect((await readTarget(rig.first, target)).recovery).toMatchObject({
        phase: 'AWAITING_COMMIT',
        pending: action,
      })
    })
  }
}

/** How the work of a site is found again, and what is known of a call beside its acceptance. */
export const addTasks = (suite: VendorSuite): void => {
  suite.part('the tasks of a site', () => addListing(suite))
  suite.part('a task whose answer was lost', () => addLostTasks(suite))
  if (suite.capabilities.supports.START_REPLICATION) suite.part('a call of several steps', () => addSteps(suite))
  suite.part('what a call says of its decision', () => addDecisions(suite))
}
