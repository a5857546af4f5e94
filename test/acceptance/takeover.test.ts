import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createRandom } from '../../src/simulator/random.ts'
import type { Follower } from '../replicas/follower.ts'
import { choosePresses, press } from '../replicas/presses.ts'
import { nowMs, type Replica, type ReplicaRig, startReplicaRig } from '../replicas/replica-rig.ts'
import { createTestDatabase } from '../support/test-database.ts'

// What operators are promised (S5, C11): a bound, not a measure of this machine.
const promisedMs = 5_000
const giveUpMs = 20_000

const requireSoon = async <T>(find: () => T | undefined): Promise<T> => {
  const untilMs = nowMs() + giveUpMs
  for (;;) {
    const found = find()
    if (found !== undefined) return found
    if (nowMs() > untilMs) throw new Error('It did not come')
    await wait(10)
  }
}

/** Who asks the site for its tasks, by the requests that left it. */
const findPoller = async ({ looks, replicas }: ReplicaRig, siteName: string): Promise<Replica> =>
  requireSoon(() => {
    const last = looks.findLast((look) => look.siteName === siteName)
    return replicas.find(({ name }) => name === last?.name)
  })

/** Strikes whoever asks the site. @returns how long it took until somebody else asked it. */
const takeOver = async (rig: ReplicaRig, siteName: string, strike: (poller: Replica) => void): Promise<number> => {
  const poller = await findPoller(rig, siteName)
  const { name } = poller
  const struckAtMs = nowMs()
  strike(poller)
  const next = await requireSoon(() =>
    rig.looks.find((look) => look.siteName === siteName && look.atMs > struckAtMs && look.name !== name),
  )
  return next.atMs - struckAtMs
}

it('asks a site again within 5 seconds after its poller was killed', { timeout: 90_000 }, async () => {
  // S5, C10
  await using database = await createTestDatabase()
  await using rig = await startReplicaRig({ database, replicas: 2, fleetSize: 12, seed: 1 })
  using stack = new DisposableStack()
  stack.use(rig.follow(0))
  const [{ name: siteName } = { name: '' }] = rig.zerto.sites
  const tookMs = await takeOver(rig, siteName, (poller) => poller.kill())
  expect(tookMs).toBeLessThan(promisedMs)
})

it(
  'asks a site again within 5 seconds after its poller stood still, and once when that goes on',
  { timeout: 90_000 },
  async () => {
    // S5, C10
    await using database = await createTestDatabase()
    await using rig = await startReplicaRig({ database, replicas: 2, fleetSize: 12, seed: 1 })

    using stack = new DisposableStack()
    for (const place of [0, 1]) stack.use(rig.follow(place))
    const [{ name: siteName } = { name: '' }] = rig.zerto.sites
    const frozen = await findPoller(rig, siteName)
    const tookMs = await takeOver(rig, siteName, (poller) => poller.freeze())
    expect(tookMs).toBeLessThan(promisedMs)
    frozen.thaw()
    const thawedAtMs = nowMs()
    const toOwn = () => rig.looks.filter((look) => look.siteName === siteName && look.atMs > thawedAtMs)
    // The other one has asked often enough: by then the one that stood still would have, too.
    await requireSoon(() => (toOwn().filter(({ name }) => name !== frozen.name).length >= 10 ? true : undefined))
    expect(toOwn().filter(({ name }) => name === frozen.name).length).toBeLessThanOrEqual(1)
  },
)

const lostNotifications: readonly (readonly [string, (rig: ReplicaRig, replica: Replica) => Promise<unknown>])[] = [
  [
    'the connection on which it listens is cut',
    ({ database }) =>
      database.run(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'`),
  ],
  ['nothing that is told reaches it', async (_rig, replica) => replica.deafen()],
]

it.for(lostNotifications)('tells subscribers within 5 seconds when %s', { timeout: 90_000 }, async ([, lose]) => {
  // C11, S5
  await using database = await createTestDatabase()
  await using rig = await startReplicaRig({ database, replicas: 2, fleetSize: 12, seed: 1 })
  const [one, other] = rig.replicas
  if (one === undefined || other === undefined) throw new Error('There are two')
  using follower: Follower = rig.follow(1)
  await follower.begun
  const [wanted] = await choosePresses(rig, createRandom(1), { round: 0, count: 1, isBusy: () => false })
  if (wanted === undefined) throw new Error('Nothing can be asked for')
  await lose(rig, other)
  const answer = await press(rig, 0, wanted)
  const answeredAtMs = nowMs()
  const taskId = answer.kind === 'TASK' ? answer.taskId : ''
  await requireSoon(() => follower.changes.find((change) => change.taskId === taskId))
  expect(nowMs() - answeredAtMs).toBeLessThan(promisedMs)
})
