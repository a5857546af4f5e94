import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { parseGlobalId } from '../../src/domain/global-id.ts'
import type { RecordedExchange } from '../../src/simulator/http-service.ts'
import { createRandom, type Random } from '../../src/simulator/random.ts'
import { TestFailoverDocument } from '../generated/graphql.ts'
import { type Follower, type Replica, type ReplicaRig, startReplicaRig } from './replica-rig.ts'

// `REPLICA_SUBSCRIBERS=500 REPLICA_ROUNDS=20 npx vitest run test/acceptance/replicas.test.ts` is the same at full size.
const subscribers = Number(process.env['REPLICA_SUBSCRIBERS'] ?? 50)
const rounds = Number(process.env['REPLICA_ROUNDS'] ?? 4)
const seed = Number(process.env['REPLICA_SEED'] ?? 1)

const groupsQuery = '{ protectionGroups(first: 500) { nodes { id actions { action available } } } }'

const findMember = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const toText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Global ids of the groups on which a test failover can be started. */
const listTargets = async (rig: ReplicaRig): Promise<readonly string[]> => {
  const [replica] = rig.replicas
  const data = replica === undefined ? null : await rig.ask(replica, groupsQuery)
  const nodes = toList(findMember(findMember(data, 'protectionGroups'), 'nodes'))
  const canBeTested = (node: unknown): boolean =>
    toList(findMember(node, 'actions')).some(
      (one) => findMember(one, 'action') === 'TEST_FAILOVER' && findMember(one, 'available') === true,
    )
  return nodes.filter(canBeTested).map((node) => toText(findMember(node, 'id')))
}

/** Presses at several gateways at once, with one key. @returns the task, or what was answered instead. */
const press = async (rig: ReplicaRig, replicas: readonly Replica[], targetId: string): Promise<string> => {
  const input = { targetId, idempotencyKey: `key-${targetId}` }
  const answers = await Promise.all(replicas.map((one) => rig.ask(one, TestFailoverDocument.toString(), { input })))
  const ids = answers.map((data) => toText(findMember(findMember(findMember(data, 'testFailover'), 'task'), 'id')))
  return ids.find((id) => id !== '') ?? JSON.stringify(answers)
}

/** One is killed, and another one is started in its place; or it stands still for longer than a lease lasts. */
const disturb = async (replica: Replica, random: Random): Promise<void> => {
  await wait(random.between(50, 600))
  if (random.next() < 0.5) {
    await replica.replace()
    return
  }
  replica.freeze()
  await wait(random.between(3_500, 5_000))
  replica.thaw()
}

/** Who has asked a site for one of these, one entry for each time that this was somebody else than before. */
const listPollers = (exchanges: readonly RecordedExchange[], paths: readonly string[]): readonly string[] =>
  exchanges
    .filter(({ method, path }) => method === 'GET' && paths.includes(path))
    .map(({ headers }) => headers['authorization'] ?? headers['x-zerto-session'] ?? '')
    .filter((poller, place, all) => poller !== all[place - 1])

const countSends = ({ zerto }: ReplicaRig, targetId: string): number => {
  const nativeId = encodeURIComponent(parseGlobalId(targetId)?.nativeId ?? '')
  const sends = zerto.sites
    .flatMap(({ service }) => service.exchanges)
    .filter(({ method, path }) => method !== 'GET' && path.split('/').includes(nativeId))
  return sends.length
}

/** Resolves when all tasks have come to an end and everybody was told so. */
const untilQuiet = async (
  { database }: ReplicaRig,
  taskIds: ReadonlySet<string>,
  followers: readonly Follower[],
): Promise<void> => {
  const ids = [...taskIds].map((id) => `'${id}'`).join()
  for (let left = 300; left > 0; left -= 1) {
    const [row] = await database.run(`
      select (select count(*) from tasks where id in (${ids}) and state not in ('SUCCEEDED', 'FAILED', 'OUTCOME_UNKNOWN'))
        as open, (select count(*) from task_events where kind = 'STATE_CHANGE' and task_id in (${ids})) as events
    `)
    const hasAll = ({ changes }: Follower): boolean =>
      changes.filter((change) => taskIds.has(change.split(' ')[0] ?? '')).length >= Number(row?.['events'])
    if (Number(row?.['open']) === 0 && followers.every(hasAll)) return
    await wait(100)
  }
  throw new Error('Tasks are open, or subscribers have not heard of everything, after 30 seconds')
}

const title = 'send once, poll a site once and tell everybody everything once, whichever of them die or stand still'

it(`three gateways ${title}`, { timeout: 90_000 + rounds * 15_000 }, async () => {
  // S5, A1, C9, C10, C11, W8
  const random = createRandom(seed)
  await using rig = await startReplicaRig({ replicas: 3, fleetSize: 120, seed })
  const { replicas } = rig
  using stack = new DisposableStack()
  const followers = Array.from({ length: subscribers }, (_, place) => stack.use(rig.follow(place)))
  await Promise.all(followers.map(({ begun }) => begun))
  const targets = (await listTargets(rig)).slice(0, rounds * 3)
  expect(targets.length).toBeGreaterThan(rounds)

  for (let round = 0; round < rounds; round += 1) {
    const victim = random.pick(replicas)
    const pressed = targets
      .slice(round * 3, round * 3 + 3)
      .map((target) => press(rig, [random.pick(replicas), random.pick(replicas)], target))
    await disturb(victim, random)
    await Promise.all(pressed)
  }

  // Whoever got no answer asks again with the same key, as clients do.
  const taskIds = new Set<string>()
  for (const target of targets) {
    const id = await press(rig, replicas, target)
    // A site may refuse a group that is cut off from its peer.
    if (id.includes('VENDOR_REFUSED')) continue
    // What one was about to send when it was frozen has ended as not sent.
    if (id.includes('stood still')) continue
    expect(id).toMatch(/^\w+$/)
    taskIds.add(id)
  }
  expect(taskIds.size).toBeGreaterThan(rounds)
  await untilQuiet(rig, taskIds, followers)
  for (const target of targets) expect(countSends(rig, target)).toBeLessThanOrEqual(1)

  const toOurs = ({ changes }: Follower) => changes.filter((change) => taskIds.has(change.split(' ')[0] ?? ''))
  const [first] = followers
  const told = first === undefined ? [] : toOurs(first)
  expect(new Set(told).size).toBe(told.length)
  // Who dies between the journal and the vendor leaves one whose outcome is still being looked for.
  expect(told.filter((change) => change.endsWith(' SUCCEEDED')).length).toBeGreaterThanOrEqual(taskIds.size - rounds)
  for (const follower of followers) {
    expect(toOurs(follower)).toEqual(told)
    expect(follower.faults).toEqual([])
  }

  for (const { service } of rig.zerto.sites) {
    const pollers = listPollers(service.exchanges, ['/v1/tasks'])
    // One that has stood still may end the round trip in which it stood.
    expect(pollers.length).toBeLessThanOrEqual(new Set(pollers).size + rounds)
  }
})

/** Resolves when everybody has been told of a change of the name of so many groups. */
const untilRenamed = async (followers: readonly Follower[], count: number): Promise<void> => {
  for (let left = 600; left > 0; left -= 1) {
    if (followers.every((follower) => listRenamed(follower).length >= count)) return
    await wait(50)
  }
  throw new Error('Subscribers have not heard of every change after 30 seconds')
}

/** What a change is, without its cursor. */
const listRenamed = ({ changes }: Follower): readonly string[] =>
  changes.filter((change) => /CHANGED .*\bname\b/.test(change)).map((change) => change.split(' ')[0] ?? '')

const listsTitle = 'read the lists at one of them, and tell everybody of every change once, whichever of them die'

it(`three gateways ${listsTitle}`, { timeout: 90_000 + rounds * 15_000 }, async () => {
  // S5, R2, C10, C11, W8
  const random = createRandom(seed + 1)
  await using rig = await startReplicaRig({ replicas: 3, fleetSize: 120, seed })
  const { replicas } = rig
  using stack = new DisposableStack()
  const followers = Array.from({ length: subscribers }, (_, place) => stack.use(rig.followProtection(place)))
  await Promise.all(followers.map(({ begun }) => begun))
  const vpgs = [...rig.zerto.world.vpgs.values()]
  let renamed = 0
  const rename = (): void => {
    const vpg = vpgs[renamed]
    renamed += 1
    if (vpg !== undefined) vpg.name = `renamed ${renamed}`
  }
  // Before the first look a name is no change.
  const isSeen = async () => (await rig.database.run('select 1 from protection_states limit 1')).length > 0
  while (!(await isSeen())) await wait(50)
  for (let round = 0; round < rounds; round += 1) {
    rename()
    const disturbed = disturb(random.pick(replicas), random)
    await wait(random.between(0, 1_000))
    rename()
    await disturbed
    rename()
    await untilRenamed(followers, renamed)
    // Whoever got no answer meanwhile has read by himself. Now there is one again who reads for all.
    for (const { service } of rig.zerto.sites) service.forget()
    rename()
    await untilRenamed(followers, renamed)
    const readers = rig.zerto.sites.map(
      ({ service }) => new Set(listPollers(service.exchanges, ['/v1/vpgs', '/v1/vms'])).size,
    )
    expect(Math.max(...readers)).toBe(1)
  }

  const longest = followers.reduce((one, other) => (other.changes.length > one.changes.length ? other : one))
  expect(new Set(longest.changes).size).toBe(longest.changes.length)
  expect(longest.changes.filter((change) => change.includes(' REMOVED '))).toEqual([])
  for (const follower of followers) {
    expect(follower.changes).toEqual(longest.changes.slice(-follower.changes.length))
    // Each name has changed once.
    expect(listRenamed(follower)).toHaveLength(renamed)
    expect(new Set(listRenamed(follower)).size).toBe(renamed)
    expect(follower.faults).toEqual([])
  }
})
