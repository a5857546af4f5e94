import { isFinal } from '../../src/domain/task.ts'
import { TaskProgressDocument, type TaskProgressSubscription } from '../generated/graphql.ts'
import { query, subscribe } from '../support/graphql-client.ts'
import { authorizationOf, startCrashRig, type CrashRig } from './crash-rig.ts'
import { readJournal, type JournalImage, type JournalledTask } from './journal-image.ts'
import { judge } from './judge.ts'
import type { KillOrder } from './kill-order.ts'
import { press, type Answer, type Intent } from './press.ts'
import { isAccepted, readCalls, readVendorTasks, type VendorCall } from './vendor-record.ts'

/** Something that can be acted on, as a console shows it. */
export interface Button {
  readonly id: string
  readonly vendor: 'VCDA' | 'ZERTO'
  readonly name: string
  readonly actions: readonly { readonly action: string; readonly available: boolean }[]
  /** Only machines have one, and only those that belong to one. */
  readonly group?: { readonly id: string } | null
}

const buttonsQuery = `{
  protectionGroups(first: 500) { nodes { id vendor name actions { action available } } }
  sites { id }
  replications(first: 500, filter: { vendors: [VCDA] }) { nodes { id vendor name actions { action available } group { id } } }
}`

interface ButtonsData {
  readonly protectionGroups: { readonly nodes: readonly Button[] }
  readonly replications: { readonly nodes: readonly Button[] }
}

const toLiveOn: KillOrder = { on: 'STEP', number: Number.MAX_SAFE_INTEGER }

/** Longer than the gateway goes on looking for a lost outcome before it says that nothing happened. */
const settlingSeconds = 600

const describeCall = ({ siteName, method, path, status, operationId }: VendorCall): string =>
  `  ${siteName} ${method} ${path} -> ${status}${operationId === null ? '' : ` (${operationId})`}`

const describeTask = (task: JournalledTask): string =>
  [
    `  ${task.operation} ${task.dispatch} ${task.state}`,
    `key ${task.request?.key ?? '(of others)'}`,
    `at ${task.siteName} as ${task.vendorTaskId ?? '?'}`,
    task.verdict ?? '',
    task.request?.operationId ?? '',
  ].join(' ')

/** Whether the answer to a key is that of the task which holds it. */
const fits = (answer: Answer, { id, dispatch }: JournalledTask): boolean =>
  answer.kind === 'STARTED' ? answer.replayed && answer.taskId === id : dispatch === 'NOT_SENT'

/** A gateway that is pressed, killed and started again, and everything that became of what was asked of it. */
export class CrashSession implements AsyncDisposable {
  readonly rig: CrashRig
  readonly #asked = new Map<string, { readonly intent: Intent; readonly answers: Answer[] }>()
  readonly #finals = new Map<string, string>()
  readonly #trace: string[] = []

  constructor(rig: CrashRig) {
    this.rig = rig
  }

  /** Says what happens, for the trace of a run that fails. */
  readonly note = (line: string): void => {
    this.#trace.push(line)
  }

  /** Presses a button, any number of times at once; what came of it is kept. */
  async press(intent: Intent, times = 1): Promise<readonly Answer[]> {
    const { key, caller, operation, targetNativeId, newName } = intent
    const entry = this.#asked.get(`${caller} ${operation} ${key}`) ?? { intent, answers: [] }
    this.#asked.set(`${caller} ${operation} ${key}`, entry)
    this.note(`${caller} presses ${operation} of ${targetNativeId ?? newName} with the key ${key}, ${times} at once`)
    const answers = await Promise.all(Array.from({ length: times }, () => press(this.rig.url, intent)))
    for (const answer of answers) this.note(`  ${key}: ${JSON.stringify(answer)}`)
    entry.answers.push(...answers)
    return answers
  }

  /**
   * What was asked for and never answered is sent again, with the same key, as its clients do.
   *
   * @param times How often at once, for each.
   * @returns What is wrong with the answers.
   */
  async pressAgain(times: () => number): Promise<readonly string[]> {
    const unanswered = [...this.#asked.values()].filter(({ answers }) => answers.every(({ kind }) => kind === 'NONE'))
    const before = new Set(this.#listRequested().map(({ id }) => id))
    const pressed = await Promise.all(
      unanswered.map(async ({ intent }) => ({ intent, answers: await this.press(intent, times()) })),
    )
    const known = this.#listRequested().filter(({ id }) => before.has(id))
    return pressed.flatMap(({ intent: { key, caller }, answers }) => {
      const task = known.find(({ request }) => request?.key === key && request.caller === caller)
      const wrong = task === undefined ? [] : answers.filter((answer) => !fits(answer, task))
      return wrong.map((answer) => `the key ${key} was known, and the answer is ${JSON.stringify(answer)}`)
    })
  }

  /** True when somebody has asked for something on it since the last {@link CrashSession.forget}. */
  isUsed(targetNativeId: string | null): boolean {
    return [...this.#asked.values()].some(({ intent }) => intent.targetNativeId === targetNativeId)
  }

  /** All groups, and the machines that are in none. */
  async listButtons(): Promise<readonly Button[]> {
    const headers = { authorization: authorizationOf('ci-one') }
    const { body } = await query<ButtonsData>(this.rig.url, buttonsQuery, {}, headers)
    if (!body.data) throw new Error(JSON.stringify(body.errors))
    const { protectionGroups, replications } = body.data
    return [...protectionGroups.nodes, ...replications.nodes.filter(({ group }) => group === null)]
  }

  /**
   * Starts a gateway where the last one was killed, again and again until one lives long enough to serve.
   *
   * @param options.downSeconds How much time passes meanwhile.
   * @param options.orders When the first ones are to die.
   */
  async restart(options: { readonly downSeconds: number; readonly orders?: readonly KillOrder[] }): Promise<void> {
    this.clearFaults()
    this.rig.passTime(options.downSeconds)
    this.note(`started again after ${options.downSeconds} s`)
    for (const order of options.orders ?? []) {
      await this.rig.start(order)
      // One that has come so far lives on.
      await this.rig.order(toLiveOn)
      if (this.rig.isAlive) return
      this.note(`died at the start by ${JSON.stringify(order)}`)
    }
    if (!(await this.rig.start())) throw new Error('the gateway died without an order')
  }

  clearFaults(): void {
    for (const { service } of this.rig.services) service.faults.clear()
  }

  /** Lets so much time pass that every lost outcome can be told, and waits until it is. */
  async settle(): Promise<void> {
    if (this.rig.isAlive) await this.rig.kill()
    await this.restart({ downSeconds: settlingSeconds })
    await this.untilAllKnown()
  }

  /** Resolves when no task is OUTCOME_UNKNOWN any more but those of which the gateway says that it cannot tell. */
  async untilAllKnown(): Promise<void> {
    await Promise.all(this.#listUnknown().map(({ id }) => this.untilKnown(id)))
  }

  isAllKnown(): boolean {
    return this.#listUnknown().length === 0
  }

  /** Resolves when the task is no longer OUTCOME_UNKNOWN, or the gateway says that it cannot tell. */
  async untilKnown(taskId: string): Promise<void> {
    await using events = subscribe<TaskProgressSubscription>(
      this.rig.url,
      TaskProgressDocument.toString(),
      { id: taskId },
      authorizationOf('ci-one'),
    )
    do await events.next()
    while (this.#listUnknown().some(({ id }) => id === taskId))
  }

  readJournal(): JournalImage {
    return readJournal(this.rig.storePath)
  }

  /** The vendors' record since the last {@link CrashSession.forget}. */
  readCalls(): readonly VendorCall[] {
    return readCalls(this.rig)
  }

  /** Everything in which the journal and the vendors' record disagree. */
  judge(isSettled: boolean): readonly string[] {
    const journal = this.readJournal()
    const verdict = judge({
      intents: [...this.#asked.values()],
      calls: this.readCalls(),
      vendorTasks: readVendorTasks(this.rig),
      journal,
      finals: this.#finals,
      isSettled,
    })
    for (const { id, state, document } of journal.tasks) if (isFinal(state)) this.#finals.set(id, document)
    return verdict
  }

  /** How many calls the vendors have accepted since the last {@link CrashSession.forget}. */
  countAccepted(): number {
    return this.readCalls().filter(isAccepted).length
  }

  /** What happened since the last {@link CrashSession.forget}, what the vendors were asked, and what the journal holds. */
  describe(): string {
    const keys = new Set([...this.#asked.values()].map(({ intent }) => intent.key))
    const tasks = this.readJournal().tasks.filter(({ request }) => request === null || keys.has(request.key))
    return [
      ...this.#trace,
      'the vendors were asked:',
      ...this.readCalls().map(describeCall),
      'the journal holds:',
      ...tasks.map(describeTask),
      'the gateway said:',
      this.rig.lastWords,
    ].join('\n')
  }

  /** Begins the vendors' record anew. Only where everything is settled: what is forgotten is not judged again. */
  forget(): void {
    this.#asked.clear()
    this.#trace.length = 0
    for (const { service } of this.rig.services) service.forget()
  }

  #listRequested(): readonly JournalledTask[] {
    return this.readJournal().tasks.filter(({ request }) => request !== null)
  }

  #listUnknown(): readonly JournalledTask[] {
    return this.readJournal().tasks.filter(({ state, isUnclear }) => state === 'OUTCOME_UNKNOWN' && !isUnclear)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rig[Symbol.asyncDispose]()
  }
}

/** @param options.fleetSize Simulated machines of each vendor. */
export const startCrashSession = async (options: {
  readonly fleetSize: number
  readonly seed: number
}): Promise<CrashSession> => new CrashSession(await startCrashRig(options))
