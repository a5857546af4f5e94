import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createRandom } from '../../src/simulator/random.ts'
import { type Answer, choosePresses, listCalls, press } from '../replicas/presses.ts'
import { type ReplicaRig, startReplicaRig } from '../replicas/replica-rig.ts'
import { createTestDatabase } from '../support/test-database.ts'

/** Resolves with the only task when it is so. */
const untilTask = async ({ database }: ReplicaRig, state: string): Promise<Readonly<Record<string, unknown>>> => {
  for (let left = 200; left > 0; left -= 1) {
    const [row] = await database.run(`select id, state, dispatch, document from tasks where asked_by is not null`)
    if (row?.['state'] === state) return row
    await wait(100)
  }
  throw new Error(`The task is not ${state} after 20 seconds`)
}

const hasStoodStill = (answer: Answer): boolean => answer.kind === 'REFUSED' && answer.code === 'STORE_BUSY'

it('a gateway that stands still before a call leaves does not send it when others have taken it for dead', async () => {
  // S5, A1, A2, C9, C10
  await using database = await createTestDatabase()
  await using rig = await startReplicaRig({ database, replicas: 2, fleetSize: 40, seed: 1 })
  const [wanted] = await choosePresses(rig, createRandom(1), { round: 0, count: 1, isBusy: () => false })
  if (wanted === undefined) throw new Error('Nothing can be asked for')
  const countCalls = (): number => listCalls(rig, wanted.targetId).flat().length
  const struck = rig.arm({ moment: 'MARK_STANDS', act: 'FREEZE', isPassedOn: true })
  const late = press(rig, 0, wanted)
  const frozen = await struck
  const { id: taskId } = await untilTask(rig, 'OUTCOME_UNKNOWN')
  // The other one knows the key, and what has become of it so far.
  expect(await press(rig, 1, wanted)).toEqual({ kind: 'TASK', taskId })
  frozen.thaw()
  const task = await untilTask(rig, 'FAILED')
  // A client was given it, so it stays, also when nothing came of it after all.
  expect(task).toMatchObject({ id: taskId, dispatch: 'NOT_SENT' })
  expect(JSON.parse(String(task['document']))).toMatchObject({
    problem: { code: 'STORE_BUSY', message: expect.stringContaining('stood still') },
    reconciliation: { verdict: 'DID_NOT_HAPPEN' },
  })
  await late
  expect(countCalls()).toBe(0)

  // The key answers with that, and another one begins anew.
  expect(await press(rig, 1, wanted)).toEqual({ kind: 'REFUSED', code: 'STORE_BUSY' })
  expect(countCalls()).toBe(0)
  const pressAgain = () => press(rig, 0, { ...wanted, key: 'another' })
  let again = await pressAgain()
  // It lives again from its next beat on; a machine that is busy may stand still more than once.
  for (let left = 20; left > 0 && hasStoodStill(again); left -= 1) {
    await wait(500)
    again = await pressAgain()
  }
  expect(again.kind).toBe('TASK')
  expect(countCalls()).toBe(1)
}, 90_000)
