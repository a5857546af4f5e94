import { findProblem } from '../../src/domain/errors.ts'
import type { AuditKind } from '../../src/domain/audit.ts'
import type { VendorAdapter } from '../../src/domain/ports/vendor-adapter.ts'
import type { Journal } from '../../src/domain/ports/journal.ts'
import { isFinal } from '../../src/domain/task.ts'
import { createMemoryStore, MemoryJournal, type MemoryJournalOptions } from '../support/memory-journal.ts'
import { Callers } from './callers.ts'
import { GatewayProcess, type World } from './gateway-process.ts'
import { Ledger } from './ledger.ts'
import { type Action, describeAction, type Scenario } from './scenario.ts'
import { SimulatedVendor } from './simulated-vendor.ts'
import { StepScheduler } from './step-scheduler.ts'
import { VendorHandle, type VendorHandleOptions } from './vendor-handle.ts'
import { VirtualTime } from './virtual-time.ts'

/** What a run may be broken with, to prove that this is noticed. */
export interface Sabotage {
  /** @default the journal in memory as it is */
  readonly openJournal?: (options: MemoryJournalOptions) => Journal
  /** @default the way to the simulated vendor as it is */
  readonly openSite?: (options: VendorHandleOptions) => VendorAdapter
}

/** Thrown by a run in which a promise was broken. `message` holds the trace. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise'
}

// A request that has left arrives within this time, and no process stands still for longer: everything that waits goes
// before more than this passes. What settles a lost call waits ten times as long.
const longestHoldSeconds = 30

// Turns of time until all has come to rest; a call that was lost is settled after some thirty.
const mostTurns = 80

// What is to be seen in a trace is seen by then.
const turnsTold = 8

const listFaults = <T>(faults: readonly T[], none: T): (() => T) => {
  let used = 0
  return () => {
    used += 1
    return faults[used - 1] ?? none
  }
}

/** A line less where nothing came between an operation of the journal and its end. */
const foldSteps = (trace: readonly string[]): readonly string[] =>
  trace.filter((words, index) => words !== `${trace[index - 1]} is done`)

class Run {
  readonly #scenario: Scenario
  readonly #store = createMemoryStore()
  readonly #ledger = new Ledger(this.#store)
  readonly #time = new VirtualTime()
  readonly #scheduler: StepScheduler
  readonly #vendor: SimulatedVendor
  readonly #world: World
  readonly #gateways: GatewayProcess[] = []
  /** Every life of each. */
  readonly #all: GatewayProcess[] = []
  /** How often each has been started. */
  readonly #lives: number[] = []
  readonly #callers: Callers
  #isHealed = false
  /** Time that has passed since nothing waited. */
  #heldSeconds = 0

  constructor(scenario: Scenario, sabotage: Sabotage) {
    this.#scenario = scenario
    this.#scheduler = new StepScheduler(() => this.#afterStep())
    this.#vendor = new SimulatedVendor(
      scenario.vendor,
      () => this.#time.now(),
      (arrival) => this.#ledger.noteArrival(arrival),
    )
    this.#ledger.watch(this.#vendor)
    this.#callers = new Callers({
      store: this.#store,
      note: (words) => this.#scheduler.note(words),
      violations: this.#ledger.violations,
      isAlone: scenario.trackers.length === 1,
    })
    const whileIll =
      <T>(next: () => T, none: T) =>
      (): T =>
        this.#isHealed ? none : next()
    this.#world = {
      store: this.#store,
      vendor: this.#vendor,
      scheduler: this.#scheduler,
      time: this.#time,
      nextSendFault: whileIll(listFaults(scenario.sendFaults, 'NONE'), 'NONE'),
      nextReadFault: whileIll(listFaults(scenario.readFaults, 'NONE'), 'NONE'),
      nextStoreFault: whileIll(listFaults(scenario.storeFaults, false), false),
      openJournal: sabotage.openJournal ?? ((options) => new MemoryJournal(options)),
      openSite: sabotage.openSite ?? ((options) => new VendorHandle(options)),
    }
  }

  /** Every kind of entry that the audit log has at the end. */
  listAuditKinds(): ReadonlySet<AuditKind> {
    return new Set(this.#store.drafts.map(({ kind }) => kind))
  }

  async go(): Promise<void> {
    try {
      for (const [index] of this.#scenario.trackers.entries()) this.#start(index)
      for (const step of this.#scenario.steps) {
        if (step === null) continue
        this.#scheduler.follow(step.order)
        await this.#carryOut(step.action)
      }
      this.#scheduler.follow(this.#scenario.lastOrder)
      await this.#comeToRest()
    } catch (error) {
      if (this.#ledger.violations.length === 0) this.#ledger.violations.push(String(error))
    }
    if (this.#ledger.violations.length === 0) return
    const steps = foldSteps(this.#scheduler.trace).map((words, index) => `${String(index + 1).padStart(4)}. ${words}`)
    throw new BrokenPromise([...this.#ledger.violations, ...steps].join('\n'))
  }

  #afterStep(): void {
    this.#time.turn(1)
    this.#ledger.checkStep()
    if (this.#ledger.violations.length > 0) throw new Error('broken')
  }

  async #carryOut(action: Action): Promise<void> {
    if (action.kind === 'TIME') return this.#pass(action.seconds)
    const words = describeAction(action)
    const gateway = this.#gateways[action.gateway] ?? null
    if (action.kind === 'PRESS') {
      return this.#scheduler.runUntilChosen(words, () => this.#callers.press(action, gateway))
    }
    await this.#scheduler.runUntilChosen(words, () => gateway?.kill())
    if (action.downSeconds > 0) await this.#pass(action.downSeconds)
    this.#start(action.gateway)
  }

  async #pass(seconds: number): Promise<void> {
    this.#heldSeconds += seconds
    if (this.#heldSeconds > longestHoldSeconds) {
      await this.#scheduler.runAll()
      this.#heldSeconds = 0
    }
    await this.#scheduler.runUntilChosen(`${seconds} s pass`, () => this.#time.turn(seconds * 1_000))
  }

  #start(index: number): void {
    const life = (this.#lives[index] ?? 0) + 1
    this.#lives[index] = life
    const name = life === 1 ? `gateway-${index + 1}` : `gateway-${index + 1} in life ${life}`
    const gateway = new GatewayProcess(this.#world, name)
    this.#all.push(gateway)
    this.#gateways[index] = gateway
    const started = gateway.start(this.#scenario.trackers[index] ?? false)
    void started.then(
      () => this.#scheduler.note(`${name} listens`),
      (error: unknown) => this.#hearStartFailure(gateway, error),
    )
  }

  /** A gateway that cannot start is started again by whatever watches over it. */
  #hearStartFailure(gateway: GatewayProcess, error: unknown): void {
    const { name } = gateway.actor
    this.#scheduler.note(`${name} does not start: ${String(error)}`)
    gateway.kill()
    // Another gateway may take back an intent that this one was about to clear up.
    const isOtherwise = this.#gateways.length > 1 && /holds no task/.test(String(error))
    const mayTryAgain = findProblem(error)?.code === 'STORE_BUSY' || isOtherwise
    if (mayTryAgain) this.#start(this.#gateways.indexOf(gateway))
    else this.#ledger.violations.push(`${name} cannot start: ${String(error)}`)
  }

  /** Everything is well again, the gateways are started anew, and time passes until nothing changes any more. */
  async #comeToRest(): Promise<void> {
    await this.#scheduler.runUntilChosen('the end: all is well again, every gateway is restarted', () => {
      this.#isHealed = true
    })
    for (const [index] of this.#gateways.entries()) this.#gateways[index]?.kill()
    await this.#scheduler.runAll()
    this.#start(0)
    for (let turns = 0; turns < mostTurns; turns += 1) {
      await this.#scheduler.runAll()
      if (this.#isAtRest()) break
      if (turns === turnsTold) this.#scheduler.fallSilent('and so on')
      const waitMs = this.#time.untilNextMs()
      if (waitMs === null) break
      this.#scheduler.note(`${Math.ceil(waitMs / 1_000)} s pass`)
      this.#time.turn(waitMs)
    }
    this.#checkRest()
  }

  #isAtRest(): boolean {
    this.#vendor.catchUp()
    const groups = [...this.#vendor.groups.values()]
    const isVendorAtRest = groups.every(({ autoDecisionAt }) => autoDecisionAt === null)
    const states = [...this.#store.tasks.values()].map(({ state }) => state)
    return isVendorAtRest && states.every((state) => isFinal(state) || state === 'AWAITING_DECISION')
  }

  #checkRest(): void {
    this.#ledger.checkRest()
    this.#ledger.checkHeard(this.#all.map(({ heard }) => heard))
    this.#callers.checkRest()
  }
}

/**
 * Runs a scenario from the first press until everything has come to rest.
 *
 * @returns What it came to, in the words of the audit log.
 * @throws BrokenPromise with the steps in words.
 */
export const runScenario = async (scenario: Scenario, sabotage: Sabotage = {}): Promise<ReadonlySet<AuditKind>> => {
  const run = new Run(scenario, sabotage)
  await run.go()
  return run.listAuditKinds()
}
