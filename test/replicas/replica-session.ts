import { setTimeout as wait } from 'node:timers/promises'
import { createRandom, type Random } from '../../src/simulator/random.ts'
import type { TestDatabase } from '../support/database-at.ts'
import type { Follower } from './follower.ts'
import {
  isReplaced,
  keepLeaseHistory,
  listTakeovers,
  readHandovers,
  type Struck,
  type Takeover,
} from './lease-history.ts'
import { moments } from './moments.ts'
import { type Answer, choosePresses, press, type Press } from './presses.ts'
import { judge, readEnds, readLog } from './replica-judge.ts'
import { nowMs, type Replica, type ReplicaRig, startReplicaRig, type Strike } from './replica-rig.ts'

export interface ReplicaSessionOptions {
  readonly database: TestDatabase
  readonly seed: number
  readonly subscribers: number
  /** Whether another round is to come. @param elapsedMs Since the first one began. */
  readonly goesOn: (round: number, elapsedMs: number) => boolean
}

/** What a session came to. */
export interface ReplicaSessionEnd {
  readonly rounds: number
  readonly presses: number
  /** How many of them the sites have accepted, have refused, and have never received. */
  readonly accepted: number
  readonly refused: number
  readonly unsent: number
  /** How many changes each subscriber was told of. */
  readonly changes: number
  /** How often somebody was struck, by moment and act. */
  readonly strikes: Readonly<Record<string, number>>
  readonly takeovers: readonly Takeover[]
  /** Everything that was found wrong; empty when nothing was. */
  readonly faults: readonly string[]
}

const replicaCount = 3
const pressesPerRound = 3

const chooseStrike = (random: Random): Strike => ({
  moment: random.pick(moments),
  act: random.next() < 0.5 ? 'KILL' : 'FREEZE',
  isPassedOn: random.next() < 0.5,
})

/** Everything that goes on in one session. */
class ReplicaSession {
  readonly #rig: ReplicaRig
  readonly #random: Random
  readonly #presses: Press[] = []
  readonly #told = new Map<string, Set<string>>()
  readonly #open = new Set<string>()
  readonly struck: Struck[] = []
  readonly strikes = new Map<string, number>()

  constructor(rig: ReplicaRig, random: Random) {
    this.#rig = rig
    this.#random = random
  }

  get presses(): readonly Press[] {
    return this.#presses
  }

  get told(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#told
  }

  /** Some things are asked for at two gateways each, and one gateway is struck in the middle of it. */
  async round(round: number): Promise<void> {
    const [rig, random] = [this.#rig, this.#random]
    await this.#noteOpen()
    const isBusy = (targetId: string): boolean => this.#open.has(targetId)
    const chosen = await choosePresses(rig, random, { round, count: pressesPerRound, isBusy })
    this.#presses.push(...chosen)
    const strike = chooseStrike(random)
    const anybody = random.pick(rig.replicas)
    const armed = rig.arm(strike)
    const places = chosen.map(() => [random.between(0, replicaCount - 1), random.between(0, replicaCount - 1)])
    const answered = Promise.all(
      chosen.flatMap((one, index) => (places[index] ?? []).map((place) => this.#press(place, one))),
    )
    const victim = await Promise.race([armed, answered.then(() => null)])
    rig.disarm()
    const name = victim === null ? `${strike.act} anybody` : `${strike.act} ${strike.moment}`
    this.strikes.set(name, (this.strikes.get(name) ?? 0) + 1)
    if (victim === null) this.#strike(anybody, strike.act)
    await this.#recover(victim ?? anybody, strike.act)
    await answered
    for (const one of chosen) await this.#insist(one)
  }

  #strike(replica: Replica, act: Strike['act']): void {
    if (act === 'KILL') replica.kill()
    else replica.freeze()
  }

  /** Another process comes in its place; or it goes on when the others have taken its place. */
  async #recover(replica: Replica, act: Strike['act']): Promise<void> {
    const { name } = replica
    this.struck.push({ name, act, atMs: nowMs() })
    if (act === 'KILL') {
      await replica.restart()
      return
    }
    for (let left = 200; left > 0 && !(await isReplaced(this.#rig.database, name)); left -= 1) await wait(50)
    replica.thaw()
  }

  async #press(place: number, one: Press): Promise<Answer> {
    const answer = await press(this.#rig, place, one)
    const words = this.#told.get(one.key) ?? new Set()
    this.#told.set(one.key, words)
    if (answer.kind === 'TASK') words.add(answer.taskId)
    if (answer.kind === 'REFUSED') words.add(`refused: ${answer.code}`)
    return answer
  }

  /** Whoever got no answer asks again with the same key, as clients do. */
  async #insist(one: Press): Promise<void> {
    for (let place = 0; (this.#told.get(one.key)?.size ?? 0) === 0; place += 1) {
      if (place === 20) throw new Error(`Nobody has an answer to ${one.operation} ${one.key}`)
      if ((await this.#press(place, one)).kind === 'NONE') await wait(100)
    }
  }

  async #noteOpen(): Promise<void> {
    const rows = await this.#rig.database.run(
      `select target_id from tasks where asked_by is not null and state not in ('SUCCEEDED', 'FAILED', 'CANCELLED')`,
    )
    this.#open.clear()
    for (const { target_id: targetId } of rows) this.#open.add(String(targetId))
  }

  /** Resolves when all tasks have come to an end and everybody was told so, or that takes too long: the judge says what. */
  async settle(followers: readonly Follower[]): Promise<void> {
    for (let left = 600; left > 0; left -= 1) {
      await this.#noteOpen()
      const log = await this.readLog()
      const taskIds = new Set(log.map(({ taskId }) => taskId))
      const hasAll = ({ changes }: Follower): boolean =>
        changes.filter(({ taskId }) => taskIds.has(taskId)).length >= log.length
      if (this.#open.size === 0 && followers.every(hasAll)) return
      await wait(100)
    }
  }

  async readLog() {
    const rows = await this.#rig.database.run('select id from tasks where asked_by is not null')
    return readLog(this.#rig, new Set(rows.map(({ id }) => String(id))))
  }
}

/**
 * Three gateways on one database under load: things are asked for at several of them with one key, and at named moments of
 * that one of them is killed or stands still. What clients, subscribers, sites and the database have seen is compared at
 * the end.
 */
export const runReplicaSession = async (options: ReplicaSessionOptions): Promise<ReplicaSessionEnd> => {
  const { database, seed, subscribers, goesOn } = options
  await using rig = await startReplicaRig({ database, replicas: replicaCount, fleetSize: 120, seed })
  await keepLeaseHistory(database)
  using stack = new DisposableStack()
  const followers = Array.from({ length: subscribers }, (_, place) => stack.use(rig.follow(place)))
  await Promise.all(followers.map(({ begun }) => begun))
  const session = new ReplicaSession(rig, createRandom(seed))
  const begunAt = performance.now()
  let rounds = 0
  for (; goesOn(rounds, performance.now() - begunAt); rounds += 1) await session.round(rounds)
  await session.settle(followers)

  const ends = await readEnds(rig, session.presses, session.told)
  const log = await session.readLog()
  const handovers = await readHandovers(database)
  const audit = await rig.run(['audit', 'verify'])
  const faults = [
    ...judge(rig, { ends, followers, log, handovers }),
    ...(audit.exitCode === 0 ? [] : [`the audit log: ${audit.stdout}${audit.stderr}`]),
  ]
  const count = (isMeant: (status: number | undefined) => boolean): number =>
    ends.filter(({ received }) => isMeant(received[0])).length
  return {
    rounds,
    presses: ends.length,
    accepted: count((status) => status !== undefined && status < 400),
    refused: count((status) => status !== undefined && status >= 400),
    unsent: count((status) => status === undefined),
    changes: log.length,
    strikes: Object.fromEntries([...session.strikes].toSorted(([one], [other]) => one.localeCompare(other))),
    takeovers: listTakeovers(session.struck, handovers, rig.looks),
    faults,
  }
}
