import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseGlobalId } from '../../src/domain/global-id.ts'
import { startCrashSession, type CrashSession } from './crash-session.ts'
import type { JournalledTask } from './journal-image.ts'
import { isStarting } from './judge.ts'
import type { KillOrder } from './kill-order.ts'
import { killsOfSettings, listKillsOfCall, type NamedKill } from './named-kills.ts'
import { toGroupStart } from './new-group.ts'
import type { Answer, Intent, PressedOperation } from './press.ts'

const patienceMs = 60_000

let session: CrashSession
/** What was lost, by its key, with what has to be found out in the end. */
const lost = new Map<string, 'ADOPTED' | 'DID_NOT_HAPPEN'>()
/** Targets that were pressed already. */
const used = new Set<string>()

beforeAll(async () => {
  session = await startCrashSession({ fleetSize: 90, seed: 7 })
}, patienceMs)
afterAll(() => session[Symbol.asyncDispose](), patienceMs)
beforeEach(async () => {
  if (!session.rig.isAlive) await session.restart({ downSeconds: 0 })
  session.forget()
}, patienceMs)

/** An intention for a target that nobody has touched and that can be acted on so. */
const toIntent = async (
  key: string,
  vendor: 'VCDA' | 'ZERTO',
  operation: PressedOperation,
  isPossible = true,
): Promise<Intent> => {
  for (const { id, vendor: its, actions } of await session.listButtons()) {
    const isOffered = actions.some(({ action, available }) => action === operation && available)
    if (its !== vendor || used.has(id) || isOffered !== isPossible) continue
    used.add(id)
    const targetNativeId = parseGlobalId(id)?.nativeId ?? null
    return { key, caller: 'ci-one', operation, input: { targetId: id }, targetNativeId, newName: null }
  }
  throw new Error(`nothing of ${vendor} is left for ${operation}`)
}

const countAsked = (): number => session.readCalls().filter(isStarting).length

const findTask = (key: string): JournalledTask | null =>
  session.readJournal().tasks.find(({ request }) => request?.key === key) ?? null

const pressAndDie = async (intent: Intent, order: KillOrder): Promise<readonly Answer[]> => {
  await session.rig.order(order)
  const answers = await session.press(intent)
  const isAnswered = answers.some(({ kind }) => kind !== 'NONE')
  if (isAnswered && !isAfterAnswer(order)) throw new Error(`It lived on, and answered ${JSON.stringify(answers)}`)
  await session.rig.died()
  return answers
}

/** True when whoever has pressed may have the answer before the process dies. */
const isAfterAnswer = (order: KillOrder): boolean => order.on === 'WRITE' && order.write === 'TRACKING'

const again = async (intent: Intent): Promise<Answer> => {
  const [answer] = await session.press(intent)
  if (answer === undefined) throw new Error('one press has one answer')
  return answer
}

const expectFree = async (intent: Intent): Promise<void> => {
  expect(findTask(intent.key)).toBeNull()
  expect(await again(intent)).toMatchObject({ kind: 'STARTED', replayed: false })
  expect(countAsked()).toBe(1)
}

const expectLost = async (intent: Intent, asked: 0 | 1): Promise<void> => {
  const task = findTask(intent.key)
  expect(await again(intent)).toEqual({ kind: 'STARTED', taskId: task?.id, replayed: true })
  lost.set(intent.key, asked === 1 ? 'ADOPTED' : 'DID_NOT_HAPPEN')
  if (asked === 1) {
    await session.untilKnown(task?.id ?? '')
    expect(findTask(intent.key)).toMatchObject({ dispatch: 'ACCEPTED', verdict: 'ADOPTED' })
  } else {
    expect(findTask(intent.key)).toMatchObject({ dispatch: 'SENT', state: 'OUTCOME_UNKNOWN' })
  }
  expect(countAsked()).toBe(asked)
}

const expectKnown = async (intent: Intent): Promise<void> => {
  const task = findTask(intent.key)
  expect(task).toMatchObject({ dispatch: 'ACCEPTED', vendorTaskId: expect.any(String), verdict: null })
  expect(await again(intent)).toEqual({ kind: 'STARTED', taskId: task?.id, replayed: true })
  expect(countAsked()).toBe(1)
}

const expectCleanedUp = async (intent: Intent): Promise<void> => {
  await session.untilKnown(findTask(intent.key)?.id ?? '')
  expect(findTask(intent.key)).toMatchObject({ dispatch: 'NOT_SENT', state: 'FAILED', verdict: 'DID_NOT_HAPPEN' })
  const calls = session.readCalls()
  expect(calls.filter(({ method }) => method === 'DELETE').map(({ status }) => status)).toEqual([200])
  expect((await again(intent)).kind).toBe('REFUSED')
  expect(countAsked()).toBe(0)
}

const expectAftermath = async (intent: Intent, { asked, aftermath }: NamedKill): Promise<void> => {
  if (aftermath === 'FREE') await expectFree(intent)
  else if (aftermath === 'KNOWN') await expectKnown(intent)
  else if (aftermath === 'CLEANED_UP') await expectCleanedUp(intent)
  else await expectLost(intent, asked)
  expect(session.judge(false)).toEqual([])
}

const oneCall = [
  { vendor: 'VCDA', path: '^/(vapp|vm)-replications/[^/]+/failover$' },
  { vendor: 'ZERTO', path: '^/v1/vpgs/[^/]+/Failover$' },
] as const

// C4, A1, A2
describe.each(oneCall)('a failover of one call at $vendor, killed', ({ vendor, path }) => {
  it.each(listKillsOfCall(path))('$name', { timeout: patienceMs }, async (kill) => {
    const intent = await toIntent(`${vendor} ${kill.name}`, vendor, 'FAILOVER')
    await pressAndDie(intent, kill.order)
    await session.restart({ downSeconds: 0 })
    expect(countAsked()).toBe(kill.asked)
    await expectAftermath(intent, kill)
  })
})

// C4, A1, A2
describe('a start of several calls, killed', () => {
  it.each(killsOfSettings)('$name', { timeout: patienceMs }, async (kill) => {
    await session.listButtons()
    const intent = toGroupStart(session.rig, { key: kill.name, caller: 'ci-two', newName: kill.name })
    if (intent === null) throw new Error('nothing is left to be protected')
    await pressAndDie(intent, kill.order)
    // A new group is listed some seconds after the site has made it.
    await session.restart({ downSeconds: 15 })
    expect(countAsked()).toBe(kill.asked)
    await expectAftermath(intent, kill)
  })
})

// C4
describe.each(['VCDA', 'ZERTO'] as const)('a refusal at %s, killed', (vendor) => {
  it.each([
    { name: 'in its append to the audit log', moment: 'AUDIT_INSERTED', entries: 1 },
    { name: 'after its append to the audit log', moment: 'AFTER_COMMIT', entries: 2 },
  ] as const)('$name: nothing was sent, and the log is whole', { timeout: patienceMs }, async ({ moment, entries }) => {
    const intent = await toIntent(`${vendor} refusal ${moment}`, vendor, 'RESUME', false)
    expect(await pressAndDie(intent, { on: 'WRITE', write: 'AUDIT_ONLY', moment })).toEqual([{ kind: 'NONE' }])
    await session.restart({ downSeconds: 0 })
    expect((await again(intent)).kind).toBe('REFUSED')
    const refusals = session.readJournal().audit.filter(({ key, kind }) => key === intent.key && kind === 'REFUSED')
    expect(refusals).toHaveLength(entries)
    expect(session.readCalls()).toEqual([])
    expect(session.judge(false)).toEqual([])
  })
})

// C4
describe.each(oneCall)('a refusal by $vendor itself, killed', ({ vendor }) => {
  /** Presses what the vendor refuses, dies, and presses again. */
  const pressTwice = async (moment: 'BEFORE_COMMIT' | 'AFTER_COMMIT'): Promise<[Intent, Answer]> => {
    const intent = await toIntent(`${vendor} refused ${moment}`, vendor, 'FAILOVER')
    const effect = { kind: 'ANSWER', status: 400, body: '{"code":"InvalidOperation","msg":"No.","args":[]}' } as const
    for (const { service } of session.rig.services) service.faults.add({ method: 'POST', path: /failover$/i, effect })
    await pressAndDie(intent, { on: 'WRITE', write: 'NOT_SENT', moment })
    await session.restart({ downSeconds: 0 })
    const answer = await again(intent)
    expect(countAsked()).toBe(1)
    expect(session.judge(false)).toEqual([])
    return [intent, answer]
  }

  it('before the journal has it: nobody knows, and nothing is sent', { timeout: patienceMs }, async () => {
    const [intent, answer] = await pressTwice('BEFORE_COMMIT')
    expect(answer).toMatchObject({ kind: 'STARTED', replayed: true })
    lost.set(intent.key, 'DID_NOT_HAPPEN')
  })

  it('when the journal has it: the same press is refused alike', { timeout: patienceMs }, async () => {
    const [, answer] = await pressTwice('AFTER_COMMIT')
    expect(answer).toMatchObject({ kind: 'REFUSED', code: 'VENDOR_REFUSED' })
  })
})

describe('when time has passed', () => {
  // A2, C4
  it(
    'is known of everything that was lost whether it happened, and of nothing is it wrong',
    { timeout: patienceMs },
    async () => {
      await session.settle()
      const found = [...lost.keys()].map((key) => [key, findTask(key)?.verdict])
      expect(found).toEqual([...lost])
      expect(lost.size).toBeGreaterThan(10)
      expect(session.readJournal().faults).toEqual([])
    },
  )
})
