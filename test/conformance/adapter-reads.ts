import { expect } from 'vitest'
import { listCapabilities } from '../../src/domain/capabilities.ts'
import { actions } from '../../src/domain/actions.ts'
import { parseGlobalId, toGlobalId, type NodeKind } from '../../src/domain/global-id.ts'
import type { RecoveryPointQuery, VendorAdapter } from '../../src/domain/ports/vendor-adapter.ts'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import type { Replication } from '../../src/domain/replication.ts'
import { targetKinds } from './adapter-actions.ts'
import type { VendorSuite } from './vendor-adapter.suite.ts'
import {
  findHealthyTarget,
  listPoints,
  never,
  problemOf,
  readTarget,
  readTask,
  send,
  settle,
  toCommand,
  toTarget,
  type VendorRig,
} from './vendor-rig.ts'

const hostileTexts = ['', '.', '..', '%2e%2e', 'a/b', '?x=', '#', '\r\n', '\0', '\u202e', 'x'.repeat(5000), '__proto__']

/** What must never become part of a path, by itself or behind an id that is good. */
const hostileIds = (good: string): readonly string[] => [
  ...hostileTexts,
  ...['/..', '%2f..', '?x=', '#x', '\n', '\r\nHost: evil', '\0', ' '].map((tail) => `${good}${tail}`),
  ...['../', ' ', '\n'].map((head) => `${head}${good}`),
]

/** The same form, naming nothing: the last hexadecimal digits of a uuid are other ones. */
const toUnknown = (nativeId: string): string => nativeId.replace(/[\da-f]{12}/, 'feedfeedfeed')

// The adapter measures ages by the vendor's clock, which it knows to the second only.
const withoutAges = <T extends ProtectionGroup | Replication>(object: T): T => ({
  ...object,
  rpo: { ...object.rpo, actualSeconds: null },
})

/** The newest point of each machine and of each group, the owners with the most of them first. */
const findOwners = async (adapter: VendorAdapter) => {
  const objects = [
    ...(await adapter.listGroups(never)).map((group) => toTarget('ProtectionGroup', group)),
    ...(await adapter.listReplications(never)).map((replication) => toTarget('Replication', replication)),
  ]
  const queries = objects.map(({ kind, nativeId }): RecoveryPointQuery => ({ kind, nativeId, from: null, to: null }))
  const lists = await adapter.listRecoveryPoints(queries, never)
  const owners = objects.map((target, index) => ({ target, points: lists[index] ?? [] }))
  return owners.toSorted((one, other) => other.points.length - one.points.length)
}

const addSites = ({ vendor, capabilities, start, test }: VendorSuite): void => {
  test('names the site, its version and the site it is paired with', async () => {
    await using rig = await start()
    const [one, other] = [await rig.first.readSite(never), await rig.second.readSite(never)]
    for (const { local, peers } of [one, other]) {
      for (const site of [local, ...peers]) {
        expect(parseGlobalId(site.id)).toEqual({ kind: 'Site', vendor, nativeId: site.nativeId })
        expect(rig.first.ownsId('Site', site.nativeId)).toBe(true)
        expect(site.name).not.toBe('')
      }
      expect(local.productVersion).toMatch(/^\d+\./)
    }
    expect(one.peers.map(({ id }) => id)).toContain(other.local.id)
    expect(other.peers.map(({ id }) => id)).toContain(one.local.id)
    expect(one.details.vendor).toBe(vendor)
  })

  test('tells how far the clock of the site is off', async () => {
    await using rig = await start()
    const { clockSkewMs } = await rig.first.readSite(never)
    rig.turn(3600)
    const later = await rig.first.readSite(never)
    expect(Math.abs(clockSkewMs ?? Infinity)).toBeLessThan(30_000)
    expect(Math.abs((later.clockSkewMs ?? 0) - 3_600_000)).toBeLessThan(30_000)
  })

  test('declares at least as much after it has asked the site for its version as before', async () => {
    await using rig = await start()
    expect(rig.first.capabilities()).toEqual(capabilities)
    const known = (await rig.first.readSite(never)).capabilities
    expect(listCapabilities(known)).toEqual(expect.arrayContaining([...listCapabilities(capabilities)]))
    expect({ ...known, supports: null }).toEqual({ ...capabilities, supports: null })
    expect(rig.first.vendor).toBe(vendor)
  })

  test('declares kinds of target exactly for the actions it supports', async () => {
    for (const action of actions) {
      expect([action, capabilities.actsOn[action].length > 0]).toEqual([action, capabilities.supports[action]])
    }
    expect(capabilities.supports.TAGGED_RECOVERY_POINTS).toBe(capabilities.supports.CREATE_CHECKPOINT)
    const { COMMIT_FAILOVER, COMMIT_MOVE, MOVE } = capabilities.supports
    expect(COMMIT_MOVE).toBe(COMMIT_FAILOVER && MOVE)
  })

  test('tells when the site last answered', async () => {
    await using rig = await start()
    expect(rig.first.connection()).toMatchObject({ breaker: 'CLOSED', lastSuccessAt: null, url: rig.services[0].url })
    await rig.first.readSite(never)
    expect(rig.first.connection().lastSuccessAt).toBeInstanceOf(Date)
  })
}

const listAll = async (adapter: VendorAdapter) => ({
  ProtectionGroup: await adapter.listGroups(never),
  Replication: await adapter.listReplications(never),
})

const addLists = ({ vendor, start, test }: VendorSuite): void => {
  test('gives every object an id of its kind and vendor, and no id twice', async () => {
    await using rig = await start()
    const lists = await listAll(rig.first)
    for (const kind of targetKinds) {
      const objects = lists[kind]
      expect(objects.length).toBeGreaterThan(5)
      expect(new Set(objects.map(({ id }) => id)).size).toBe(objects.length)
      for (const object of objects) {
        expect(object.vendor).toBe(vendor)
        expect(parseGlobalId(object.id)).toEqual({ kind, vendor, nativeId: object.nativeId })
        expect(rig.first.ownsId(kind, object.nativeId)).toBe(true)
        expect([object.source, object.destination].map(({ siteId }) => parseGlobalId(siteId)?.kind)).toEqual([
          'Site',
          'Site',
        ])
      }
    }
  })

  test('lists the same objects at both sites', async () => {
    await using rig = await start()
    const [one, other] = [await listAll(rig.first), await listAll(rig.second)]
    for (const kind of targetKinds) {
      expect(other[kind].map(({ id }) => id).sort()).toEqual(one[kind].map(({ id }) => id).sort())
    }
  })

  test('lists the group of every member, and as many members as the group counts', async () => {
    await using rig = await start()
    const { ProtectionGroup: groups, Replication: replications } = await listAll(rig.first)
    const members = Map.groupBy(replications, ({ groupNativeId }) => groupNativeId)
    members.delete(null)
    expect(new Set(members.keys())).toEqual(new Set(groups.map(({ nativeId }) => nativeId)))
    for (const group of groups) expect(members.get(group.nativeId)).toHaveLength(group.vmCount)
  })

  test('knows a state for everything in a fleet that has its troubles', async () => {
    await using rig = await start()
    const { ProtectionGroup: groups, Replication: replications } = await listAll(rig.first)
    const states = new Set([...groups, ...replications].map(({ state }) => state))
    expect(states).not.toContain('UNKNOWN')
    for (const state of ['PROTECTED', 'PAUSED', 'INITIALIZING'] as const) expect(states).toContain(state)
    expect([...groups, ...replications].filter(({ vendorState }) => vendorState === '')).toEqual([])
  })

  test('reads one object as it lists it', async () => {
    await using rig = await start()
    const { ProtectionGroup: groups, Replication: replications } = await listAll(rig.first)
    for (const group of groups) {
      expect(withoutAges(await rig.first.getGroup(group.nativeId, never))).toEqual(withoutAges(group))
    }
    for (const replication of replications) {
      const read = await rig.first.getReplication(replication.nativeId, never)
      expect(withoutAges(read)).toEqual(withoutAges(replication))
    }
  })
}

const addIds = ({ vendor, start, test }: VendorSuite): void => {
  test('answers NOT_FOUND for an id of the right form that the site does not know', async () => {
    await using rig = await start()
    for (const kind of targetKinds) {
      const nativeId = toUnknown((await findHealthyTarget(rig.first, kind)).nativeId)
      expect(rig.first.ownsId(kind, nativeId)).toBe(true)
      const problem = await problemOf(readTarget(rig.first, { kind, vendor, nativeId }))
      expect(problem).toMatchObject({ code: 'NOT_FOUND', id: toGlobalId(kind, vendor, nativeId) })
    }
  })

  test('owns no hostile id, and no id of another kind', async () => {
    // V1
    await using rig = await start()
    const { local } = await rig.first.readSite(never)
    const owner = (await findOwners(rig.first))[0]
    const good: Readonly<Record<Exclude<NodeKind, 'Task' | 'Alert' | 'RecoveryReport'>, string>> = {
      Site: local.nativeId,
      ProtectionGroup: (await findHealthyTarget(rig.first, 'ProtectionGroup')).nativeId,
      Replication: (await findHealthyTarget(rig.first, 'Replication')).nativeId,
      RecoveryPoint: owner?.points[0]?.nativeId ?? '',
    }
    for (const kind of ['ProtectionGroup', 'Replication', 'RecoveryPoint'] as const) {
      expect(rig.first.ownsId(kind, good[kind])).toBe(true)
      expect(hostileIds(good[kind]).filter((id) => rig.first.ownsId(kind, id))).toEqual([])
      const foreign = targetKinds.filter((other) => other !== kind).map((other) => good[other])
      expect(foreign.filter((id) => rig.first.ownsId(kind, id))).toEqual([])
    }
    // A site's name is its id where a vendor has no other: it may hold blanks.
    const siteIds = hostileIds(good.Site).filter((id) => id.trim() !== good.Site && /[^\w-]/.test(id))
    expect(siteIds.filter((id) => rig.first.ownsId('Site', id))).toEqual([])
  })

  test('asks nobody about a hostile id', async () => {
    // V1: the vendor's path never changes.
    await using rig = await start()
    const targets = [await findHealthyTarget(rig.first, 'ProtectionGroup')]
    targets.push(await findHealthyTarget(rig.first, 'Replication'))
    rig.forget()
    for (const { kind, nativeId: good } of targets) {
      for (const nativeId of hostileIds(good)) {
        expect((await problemOf(readTarget(rig.first, { kind, vendor, nativeId }))).code).toBe('NOT_FOUND')
        expect(await listPoints(rig.first, { kind, vendor, nativeId })).toEqual([])
        const refusal = await problemOf(rig.first.prepare(toCommand('FAILOVER', { kind, vendor, nativeId }), never))
        expect(['NOT_FOUND', 'INVALID_INPUT']).toContain(refusal.code)
      }
    }
    expect(rig.requests()).toEqual([])
  })
}

const addPoints = ({ vendor, capabilities, start, test }: VendorSuite): void => {
  test('lists recovery points newest first, each with an id of its own and its owner', async () => {
    // R3
    await using rig = await start()
    const owners = (await findOwners(rig.first)).filter(({ points }) => points.length > 0)
    expect(owners.length).toBeGreaterThan(5)
    for (const { target, points } of owners) {
      const times = points.map(({ takenAt }) => takenAt.getTime())
      expect(times).toEqual(times.toSorted((one, other) => other - one))
      expect(times[0]).toBeLessThanOrEqual(rig.now().getTime())
      expect(new Set(points.map(({ id }) => id)).size).toBe(points.length)
      for (const { id, nativeId } of points) {
        expect(parseGlobalId(id)).toEqual({ kind: 'RecoveryPoint', vendor, nativeId })
        expect(rig.first.ownsId('RecoveryPoint', nativeId)).toBe(true)
      }
      const object = target.kind === 'Replication' ? await rig.first.getReplication(target.nativeId, never) : null
      const allowed = new Set([target.nativeId, object?.groupNativeId])
      expect([...new Set(points.map(({ ownerNativeId }) => ownerNativeId))].filter((id) => !allowed.has(id))).toEqual(
        [],
      )
    }
  })

  test('keeps to the span that was asked for, both ends included, and to the order of the queries', async () => {
    await using rig = await start()
    const [owner] = await findOwners(rig.first)
    const { kind, nativeId } = owner?.target ?? (await findHealthyTarget(rig.first, 'Replication'))
    const points = owner?.points ?? []
    expect(points.length).toBeGreaterThan(4)
    const [newest, second, , fourth] = points.map(({ takenAt }) => takenAt)
    if (newest === undefined || second === undefined || fourth === undefined) throw new Error('too few points')
    const after = new Date(newest.getTime() + 1)
    const query = { kind, nativeId }
    const lists = await rig.first.listRecoveryPoints(
      [
        { ...query, from: fourth, to: second },
        { ...query, from: second, to: second },
        { ...query, from: after, to: null },
        { ...query, from: fourth, to: null },
      ],
      never,
    )
    expect(lists).toEqual([points.slice(1, 4), points.slice(1, 2), [], points.slice(0, 4)])
    const [older] = await rig.first.listRecoveryPoints([{ ...query, from: null, to: second }], never)
    expect(older?.[0]).toEqual(points[1])
  })

  test('has an empty list for what the site does not know', async () => {
    await using rig = await start()
    for (const kind of targetKinds) {
      const target = await findHealthyTarget(rig.first, kind)
      expect(await listPoints(rig.first, { ...target, nativeId: toUnknown(target.nativeId) })).toEqual([])
    }
  })

  if (capabilities.supports.GROUP_RECOVERY_POINTS) {
    test('lists the recovery points of a group', async () => {
      await using rig = await start()
      const group = await findHealthyTarget(rig.first, 'ProtectionGroup')
      const points = await listPoints(rig.first, group)
      expect(points.length).toBeGreaterThan(1)
      expect(points.every(({ ownerNativeId }) => ownerNativeId === group.nativeId)).toBe(true)
    })
  } else {
    test('has no recovery points for a group, and asks nobody for them', async () => {
      await using rig = await start()
      const group = await findHealthyTarget(rig.first, 'ProtectionGroup')
      rig.forget()
      expect(await listPoints(rig.first, group)).toEqual([])
      expect(rig.requests()).toEqual([])
    })
  }
}

/** Ids of the same form as a real one, which name nothing. */
const toUnknownTaskIds = (id: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => id.replace(/^[\da-f]{8}/, index.toString(16).padStart(8, '0')))

const pauseSomething = async (rig: VendorRig) => {
  const target = await findHealthyTarget(rig.first, 'ProtectionGroup')
  const acceptance = await send(rig.first, toCommand('PAUSE', target))
  return { target, acceptance, id: (await readTask(rig.first, acceptance)).vendorTaskId }
}

const addTasks = ({ start, test }: VendorSuite): void => {
  test('tells of a task what it does, to what, for whom, and when it ended', async () => {
    await using rig = await start()
    const { target, acceptance } = await pauseSomething(rig)
    const running = await readTask(rig.first, acceptance)
    expect(running).toMatchObject({ operation: 'PAUSE', state: 'RUNNING', target, endedAt: null, problem: null })
    expect(running.startedAt).toEqual(rig.now())
    expect(running.startedBy).not.toBeNull()
    const began = rig.now()
    const ended = await settle(rig, acceptance)
    expect(ended).toMatchObject({ operation: 'PAUSE', state: 'SUCCEEDED', target, progressPercent: 100, problem: null })
    expect(ended.warnings).toEqual([])
    expect(ended.endedAt?.getTime()).toBeGreaterThan(began.getTime())
    expect(ended.endedAt?.getTime()).toBeLessThan(rig.now().getTime())
  })

  test('leaves tasks out that the site does not list', async () => {
    await using rig = await start()
    const { id } = await pauseSomething(rig)
    const unknown = toUnknownTaskIds(id, 3)
    expect([...(await rig.first.readTasks([...unknown, id], never)).keys()]).toEqual([id])
    expect((await rig.first.readTasks(unknown, never)).size).toBe(0)
  })

  test('reads 60 tasks with one request, 250 with three at most, and none with none', async () => {
    await using rig = await start()
    const { id } = await pauseSomething(rig)
    const countFor = async (ids: readonly string[]): Promise<number> => {
      rig.forget()
      await rig.first.readTasks(ids, never)
      return rig.requests().length
    }
    expect(await countFor([id, ...toUnknownTaskIds(id, 59)])).toBe(1)
    expect(await countFor([id, ...toUnknownTaskIds(id, 249)])).toBeLessThanOrEqual(3)
    expect(await countFor([])).toBe(0)
  })
}

/** What can be read without changing anything. */
export const addReads = (suite: VendorSuite): void => {
  suite.part('reading the site', () => addSites(suite))
  suite.part('reading its lists', () => addLists(suite))
  suite.part('reading by id', () => addIds(suite))
  suite.part('reading recovery points', () => addPoints(suite))
  suite.part('reading tasks', () => addTasks(suite))
}
