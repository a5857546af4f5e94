import { expect, it } from 'vitest'
import { createRandom } from '../../src/simulator/random.ts'
import { choosePresses, listCalls, press } from '../replicas/presses.ts'
import { startReplicaRig } from '../replicas/replica-rig.ts'
import { runReplicaSession } from '../replicas/replica-session.ts'
import { createTestDatabase } from '../support/test-database.ts'

const rounds = 5

const title = 'send once, poll a site once and tell everybody everything once, whichever of them die or stand still'

// `npm run test:replicas` is the same at full size.
it(`three gateways ${title}`, { timeout: 180_000 }, async () => {
  // S5, A1, C9, C10, C11, W8
  await using database = await createTestDatabase()
  const goesOn = (round: number): boolean => round < rounds
  const end = await runReplicaSession({ database, seed: 1, subscribers: 50, goesOn })
  expect(end.faults).toEqual([])
  expect(end.accepted).toBeGreaterThan(rounds)
  expect(end.changes).toBeGreaterThan(end.accepted * 2)
})

it('gives no client a task that goes with the gateway which was about to send it', { timeout: 60_000 }, async () => {
  // A1, A2, C9: another gateway knows the key, and nobody has sent anything.
  await using database = await createTestDatabase()
  await using rig = await startReplicaRig({ database, replicas: 2, fleetSize: 12, seed: 1 })
  const [wanted] = await choosePresses(rig, createRandom(1), { round: 0, count: 1, isBusy: () => false })
  if (wanted === undefined) throw new Error('Nothing can be asked for')
  const struck = rig.arm({ moment: 'INTENT_STANDS', act: 'KILL', isPassedOn: true })
  const lost = press(rig, 0, wanted)
  await struck
  const answer = await press(rig, 1, wanted)
  expect(await lost).toEqual({ kind: 'NONE' })
  expect(answer.kind).toBe('TASK')
  expect(listCalls(rig, wanted.targetId).flat()).toHaveLength(1)
  const rows = await database.run(`select id from tasks where id = '${answer.kind === 'TASK' ? answer.taskId : ''}'`)
  expect(rows).toHaveLength(1)
})

it('answers with the task of a key also when another gateway was faster by a moment', { timeout: 60_000 }, async () => {
  // A1, C9: the target is looked at after another gateway has sent the same, and cannot be tested any more.
  await using database = await createTestDatabase()
  await using rig = await startReplicaRig({ database, replicas: 2, fleetSize: 12, seed: 1 })
  const [wanted] = await choosePresses(rig, createRandom(1), { round: 0, count: 1, isBusy: () => false })
  if (wanted === undefined) throw new Error('Nothing can be asked for')
  const struck = rig.arm({ moment: 'READ_LEAVES', act: 'FREEZE', isPassedOn: false })
  const slow = press(rig, 1, wanted)
  const frozen = await struck
  const answer = await press(rig, 0, wanted)
  expect(answer.kind).toBe('TASK')
  frozen.thaw()
  expect(await slow).toEqual(answer)
})
