import { setTimeout as wait } from 'node:timers/promises'
import { parseGlobalId } from '../../src/domain/global-id.ts'
import type { FaultEffect } from '../../src/simulator/faults.ts'
import { createRandom, type Random } from '../../src/simulator/random.ts'
import { callers } from './crash-rig.ts'
import { startCrashSession, type Button, type CrashSession } from './crash-session.ts'
import type { KillOrder } from './kill-order.ts'
import { toGroupStart } from './new-group.ts'
import { documents, type Intent, type PressedOperation } from './press.ts'

/** What a row of random runs came to. */
export interface RandomRunsEnd {
  readonly runs: number
  readonly kills: number
  /** Calls that the vendors have accepted. */
  readonly accepted: number
  /** Tasks whose answer was lost, by what was found out about them. */
  readonly adopted: number
  readonly didNotHappen: number
  /** Everything that was found wrong in the first run in which anything was, with its trace; null when nothing was. */
  readonly failure: string | null
}

/** Groups that are begun by a run, so that it may end them again. */
const ownGroups = 'crash-'

/** How often each is chosen, where it can be. What takes a machine away from the fleet is not. */
const weights: Readonly<Partial<Record<PressedOperation, number>>> = {
  FAILOVER: 4,
  ROLLBACK_FAILOVER: 6,
  COMMIT_FAILOVER: 1,
  REVERSE: 6,
  MOVE: 1,
  ROLLBACK_MOVE: 6,
  TEST_FAILOVER: 3,
  END_TEST_FAILOVER: 6,
  PAUSE: 2,
  RESUME: 6,
  SYNC: 2,
  CREATE_CHECKPOINT: 2,
}

const isPressed = (action: string): action is PressedOperation => Object.hasOwn(documents, action)

const chooseOperation = ({ actions, name }: Button, random: Random): PressedOperation | null => {
  const possible = actions
    .filter(({ available }) => available)
    .map(({ action }) => action)
    .filter(isPressed)
  if (name.startsWith(ownGroups) && possible.includes('STOP')) return 'STOP'
  const lots = possible.flatMap((operation) => Array.from({ length: weights[operation] ?? 0 }, () => operation))
  return lots.length === 0 ? null : random.pick(lots)
}

const toInput = (operation: PressedOperation, targetId: string, key: string): Intent['input'] => {
  if (operation === 'CREATE_CHECKPOINT') return { targetId, name: key }
  if (operation === 'MOVE' || operation === 'COMMIT_FAILOVER') return { targetId, reason: key }
  return { targetId }
}

/** Some different things to press, on targets that nobody has touched since the record was begun anew. */
const chooseIntents = async (session: CrashSession, run: number, random: Random): Promise<readonly Intent[]> => {
  const free = (await session.listButtons()).flatMap((button) => {
    const targetNativeId = parseGlobalId(button.id)?.nativeId ?? null
    return targetNativeId === null || session.isUsed(targetNativeId) ? [] : [{ button, targetNativeId }]
  })
  const intents: Intent[] = []
  for (let left = random.between(1, 5); left > 0 && free.length > 0; left -= 1) {
    const [chosen] = free.splice(random.between(0, free.length - 1), 1)
    const operation = chosen === undefined ? null : chooseOperation(chosen.button, random)
    if (chosen === undefined || operation === null) continue
    const key = `run-${run}-${intents.length}`
    const input = toInput(operation, chosen.button.id, key)
    const { targetNativeId } = chosen
    intents.push({ key, caller: random.pick(callers), operation, input, targetNativeId, newName: null })
  }
  if (random.next() < 0.3 && !session.isUsed(null)) {
    const start = { key: `run-${run}-start`, caller: random.pick(callers), newName: `${ownGroups}${run}` }
    const intent = toGroupStart(session.rig, start)
    if (intent !== null) intents.push(intent)
  }
  return intents
}

const changes = /^\/(v1\/(vpgs|vpgsettings)|vapp-replications|vm-replications)/i

const effects: readonly FaultEffect[] = [
  { kind: 'RESET_AFTER' },
  { kind: 'RESET_AFTER' },
  { kind: 'RESET_BEFORE' },
  { kind: 'TRUNCATED_BODY' },
  { kind: 'HANG' },
  { kind: 'DELAY', delayMs: 50 },
  { kind: 'ANSWER', status: 503, body: '' },
]

/** Spoils the next change at one of the sites, in a part of the runs. */
const addFault = ({ rig, note }: CrashSession, random: Random): void => {
  if (random.next() >= 0.3) return
  const { siteName, service } = random.pick(rig.services)
  const effect = random.pick(effects)
  service.faults.add({ method: random.pick(['POST', 'PUT']), path: changes, effect, times: 1 })
  note(`${effect.kind} waits for the next change at ${siteName}`)
}

/** How a process is to die: by its own step, or from outside after a time. */
type Death = { readonly kind: 'ORDER'; readonly order: KillOrder } | { readonly kind: 'TIME'; readonly afterMs: number }

const chooseDeath = (random: Random): Death =>
  random.next() < 0.5
    ? { kind: 'ORDER', order: { on: 'STEP', number: random.between(1, 250) } }
    : { kind: 'TIME', afterMs: random.next() ** 2 * 300 }

/** Orders for processes that are to die while they start, and clear up after the one before. */
const chooseStartOrders = (random: Random): readonly KillOrder[] => {
  const orders: KillOrder[] = []
  while (random.next() < 0.2) orders.push({ on: 'STEP', number: random.between(1, 45) })
  return orders
}

/** Presses, and dies meanwhile: at the latest when all have been answered. */
const pressAndDie = async (session: CrashSession, intents: readonly Intent[], random: Random): Promise<void> => {
  const { rig } = session
  const death = chooseDeath(random)
  session.note(`to die by ${JSON.stringify(death)}`)
  if (death.kind === 'ORDER') await rig.order(death.order)
  const pressed = Promise.all(intents.map((intent) => session.press(intent, random.between(1, 4))))
  if (death.kind === 'TIME') {
    // The moment of a death from outside is a moment of time and nothing else.
    await wait(death.afterMs)
    await rig.kill()
  } else {
    await Promise.race([pressed, rig.died()])
    // Whoever waits for an answer that never comes is freed by this too.
    if (rig.isAlive) await rig.kill()
  }
  await pressed
}

/** One death: what is asked for, what it leaves behind, and what the next process makes of it. */
const runOnce = async (session: CrashSession, run: number, random: Random): Promise<readonly string[]> => {
  const intents = await chooseIntents(session, run, random)
  addFault(session, random)
  await pressAndDie(session, intents, random)
  const isLong = random.next() < 0.4
  await session.restart({ downSeconds: isLong ? 600 : random.between(0, 5), orders: chooseStartOrders(random) })
  const faults = await session.pressAgain(() => random.between(1, 2))
  if (isLong) await session.untilAllKnown()
  return [...faults, ...session.judge(isLong)]
}

/**
 * Kills a gateway at random, over and over: each process that is started again is the one that the next run kills. After
 * every run the journal is held against the vendors' record.
 *
 * @param options.deaths How many at least; a run has one or more.
 * @param options.seed The same seed makes the same plan; the moment of a death from outside is as exact as a timer.
 * @param options.onRun Called after each run, with the number of deaths so far.
 */
export const killAtRandom = async (options: {
  readonly deaths: number
  readonly seed: number
  readonly onRun?: (deaths: number) => void
}): Promise<RandomRunsEnd> => {
  const random = createRandom(options.seed)
  await using session = await startCrashSession({ fleetSize: 60, seed: options.seed })
  let accepted = 0
  const end = (runs: number, failure: string | null): RandomRunsEnd => {
    const { tasks } = session.readJournal()
    return {
      runs,
      kills: session.rig.kills,
      accepted: accepted + session.countAccepted(),
      adopted: tasks.filter(({ verdict }) => verdict === 'ADOPTED').length,
      didNotHappen: tasks.filter(({ verdict }) => verdict === 'DID_NOT_HAPPEN').length,
      failure,
    }
  }
  let run = 0
  while (session.rig.kills < options.deaths) {
    run += 1
    let faults: readonly string[]
    try {
      faults = await runOnce(session, run, random)
    } catch (error) {
      faults = [String(error)]
    }
    if (faults.length > 0) {
      return end(run, [`run ${run} with the seed ${options.seed}:`, ...faults, session.describe()].join('\n'))
    }
    if (session.isAllKnown()) {
      accepted += session.countAccepted()
      session.forget()
    }
    options.onRun?.(session.rig.kills)
  }
  return end(run, null)
}
