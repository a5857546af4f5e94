import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { RecordedExchange } from '../../src/simulator/http-service.ts'
import type { Follower, ToldProtection } from '../replicas/follower.ts'
import { isReplaced } from '../replicas/lease-history.ts'
import { type Replica, type ReplicaRig, startReplicaRig } from '../replicas/replica-rig.ts'
import { createTestDatabase } from '../support/test-database.ts'

const subscribers = 50

/** Who is struck in each round, and how: whoever reads the lists, and one of those who do not. */
const rounds = [
  { isReader: true, act: 'KILL' },
  { isReader: true, act: 'FREEZE' },
  { isReader: false, act: 'KILL' },
  { isReader: false, act: 'FREEZE' },
] as const

const findVictim = async ({ database, replicas }: ReplicaRig, isReader: boolean): Promise<Replica> => {
  const [row] = await database.run(`select holder from leases where name = 'lists'`)
  const victim = replicas.find(({ name }) => (name === row?.['holder']) === isReader)
  if (victim === undefined) throw new Error('Nobody reads the lists')
  return victim
}

const strike = async ({ database }: ReplicaRig, victim: Replica, act: 'KILL' | 'FREEZE'): Promise<void> => {
  if (act === 'KILL') {
    victim.kill()
    await victim.restart()
    return
  }
  const { name } = victim
  victim.freeze()
  while (!(await isReplaced(database, name))) await wait(50)
  victim.thaw()
}

/** The groups of which a subscriber was told that their name is another one, in the order in which he was. */
const listRenamed = ({ changes }: Follower<ToldProtection>): readonly string[] =>
  changes
    .filter(({ kind, fields }) => kind === 'CHANGED' && fields.split(',').includes('name'))
    .map(({ targetId }) => targetId)

/** Resolves when everybody has been told of a change of the name of so many groups. */
const untilRenamed = async (followers: readonly Follower<ToldProtection>[], count: number): Promise<void> => {
  while (!followers.every((follower) => listRenamed(follower).length >= count)) await wait(50)
}

/** How many have asked a site for its lists. */
const countReaders = (exchanges: readonly RecordedExchange[]): number =>
  new Set(
    exchanges
      .filter(({ method, path }) => method === 'GET' && ['/v1/vpgs', '/v1/vms'].includes(path))
      .map(({ headers }) => headers['authorization'] ?? headers['x-zerto-session'] ?? ''),
  ).size

const title = 'read the lists at one of them, and tell everybody of every change once, whichever of them die'

it(`three gateways ${title}`, { timeout: 180_000 }, async () => {
  // S5, R2, C10, C11, W8
  await using database = await createTestDatabase()
  await using rig = await startReplicaRig({ database, replicas: 3, fleetSize: 120, seed: 1 })
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
  while ((await database.run('select 1 from protection_states limit 1')).length === 0) await wait(50)
  for (const { isReader, act } of rounds) {
    rename()
    const victim = await findVictim(rig, isReader)
    const struck = strike(rig, victim, act)
    rename()
    await struck
    rename()
    await untilRenamed(followers, renamed)
    // Whoever got no answer meanwhile has read by himself. Now there is one again who reads for all.
    for (const { service } of rig.zerto.sites) service.forget()
    rename()
    await untilRenamed(followers, renamed)
    expect(Math.max(...rig.zerto.sites.map(({ service }) => countReaders(service.exchanges)))).toBe(1)
  }

  const longest = followers.reduce((one, other) => (other.changes.length > one.changes.length ? other : one))
  const cursors = longest.changes.map(({ cursor }) => cursor)
  expect(new Set(cursors).size).toBe(cursors.length)
  expect(longest.changes.filter(({ kind }) => kind === 'REMOVED')).toEqual([])
  for (const follower of followers) {
    expect(follower.changes).toEqual(longest.changes.slice(-follower.changes.length))
    // Each name has changed once.
    expect(listRenamed(follower)).toHaveLength(renamed)
    expect(new Set(listRenamed(follower)).size).toBe(renamed)
    expect(follower.faults).toEqual([])
  }
})
