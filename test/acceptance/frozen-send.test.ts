import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { parseGlobalId } from '../../src/domain/global-id.ts'
import { TestFailoverDocument } from '../generated/graphql.ts'
import { startReplicaRig, type ReplicaRig } from './replica-rig.ts'

const groupsQuery = '{ protectionGroups(first: 100) { nodes { id actions { action available } } } }'

const pressed = `mutation ($input: TestFailoverInput!) {
  testFailover(input: $input) { ... on Problem { code message } ... on TaskStarted { task { id } } }
}`

/** Members by their names, one in the other. */
const dig = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value,
  )

const findTarget = async (rig: ReplicaRig): Promise<string> => {
  const [, replica] = rig.replicas
  const nodes = dig(replica && (await rig.ask(replica, groupsQuery)), 'protectionGroups', 'nodes')
  const canBeTested = (node: unknown): boolean => {
    const actions = dig(node, 'actions')
    return (
      Array.isArray(actions) && actions.some((one) => dig(one, 'action') === 'TEST_FAILOVER' && dig(one, 'available'))
    )
  }
  return String(dig(Array.isArray(nodes) ? nodes.find(canBeTested) : null, 'id'))
}

const countSends = ({ zerto }: ReplicaRig, targetId: string): number => {
  const nativeId = encodeURIComponent(parseGlobalId(targetId)?.nativeId ?? '')
  return zerto.sites
    .flatMap(({ service }) => service.exchanges)
    .filter(({ method, path }) => method !== 'GET' && path.split('/').includes(nativeId)).length
}

/** Resolves with the only task when it is so. */
const untilTask = async ({ database }: ReplicaRig, state: string): Promise<Readonly<Record<string, unknown>>> => {
  for (let left = 200; left > 0; left -= 1) {
    const [row] = await database.run(`select state, dispatch, document from tasks where asked_by is not null`)
    if (row?.['state'] === state) return row
    await wait(100)
  }
  throw new Error(`The task is not ${state} after 20 seconds`)
}

it('a gateway that stands still before a call leaves does not send it when others have taken it for dead', async () => {
  // S5, C9, C10, A1
  const preload = join(import.meta.dirname, 'freeze-point.ts')
  await using rig = await startReplicaRig({
    replicas: 2,
    fleetSize: 40,
    seed: 1,
    envOf: (place): Readonly<Record<string, string>> => (place === 0 ? { NODE_OPTIONS: `--import ${preload}` } : {}),
  })
  const [frozen, other] = rig.replicas
  if (frozen === undefined || other === undefined) throw new Error('There are two')
  const targetId = await findTarget(rig)
  const input = { targetId, idempotencyKey: 'key-1' }
  const answer = rig.ask(frozen, TestFailoverDocument.toString(), { input })
  await untilTask(rig, 'OUTCOME_UNKNOWN')
  frozen.thaw()
  const task = await untilTask(rig, 'FAILED')
  expect(task['dispatch']).toBe('NOT_SENT')
  expect(JSON.parse(String(task['document']))).toMatchObject({
    problem: { code: 'STORE_BUSY', message: expect.stringContaining('stood still') },
    reconciliation: { verdict: 'DID_NOT_HAPPEN' },
  })
  await answer
  expect(countSends(rig, targetId)).toBe(0)

  // The key answers with that, and another one begins anew.
  expect(await rig.ask(other, pressed, { input })).toMatchObject({ testFailover: { code: 'STORE_BUSY' } })
  expect(countSends(rig, targetId)).toBe(0)
  const pressAgain = () => rig.ask(frozen, pressed, { input: { ...input, idempotencyKey: 'key-2' } })
  let again = await pressAgain()
  // It lives again from its next beat on; a machine that is busy may stand still more than once.
  for (let left = 20; left > 0 && dig(again, 'testFailover', 'code') === 'STORE_BUSY'; left -= 1) {
    await wait(500)
    again = await pressAgain()
  }
  expect(again).toMatchObject({ testFailover: { task: { id: expect.any(String) } } })
  expect(countSends(rig, targetId)).toBe(1)
}, 90_000)
