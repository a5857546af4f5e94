import { isDeepStrictEqual } from 'node:util'
import type { OperationResult } from '../../src/operations/operation.ts'
import type { MemoryStore } from '../support/memory-journal.ts'
import { GatewayProcess } from './gateway-process.ts'
import { nameTask } from './ledger.ts'
import type { Press } from './scenario.ts'

interface Told {
  readonly press: Press
  readonly result: OperationResult
}

const toWords = (result: OperationResult): string =>
  result.kind === 'REFUSED'
    ? `refused: ${result.problem.code}, ${result.problem.message}`
    : `${result.replayed ? 'replayed' : 'started'}, ${result.task.dispatch} ${result.task.state}`

/** The input that a press comes with, as a task keeps it. */
const isInputOf = (press: Press, input: unknown): boolean =>
  isDeepStrictEqual(input, {
    idempotencyKey: press.key,
    targetId: GatewayProcess.targetIdOf(press),
    reason: press.reason,
  })

/** Those who press the buttons: they hold every answer against what they have asked for. */
export class Callers {
  readonly #store: MemoryStore
  readonly #note: (words: string) => void
  readonly #violations: string[]
  readonly #isAlone: boolean
  readonly #told: Told[] = []

  constructor({
    store,
    note,
    violations,
    isAlone,
  }: {
    readonly store: MemoryStore
    /** Writes a line of the trace. */
    readonly note: (words: string) => void
    readonly violations: string[]
    /** Whether one gateway has the journal for itself. */
    readonly isAlone: boolean
  }) {
    this.#store = store
    this.#note = note
    this.#violations = violations
    this.#isAlone = isAlone
  }

  /** As often as the press says. */
  press(press: Press, gateway: GatewayProcess | null): void {
    for (let count = 0; count < press.times; count += 1) {
      const answer = gateway?.press(press) ?? null
      if (answer === null) this.#note('nobody answers')
      else
        void answer.then(
          (result) => this.#hear(press, result),
          (error: unknown) => this.#hearFailure(press, error),
        )
    }
  }

  /** Who was told of a task finds it again. */
  checkRest(): void {
    for (const { press, result } of this.#told) {
      if (result.kind !== 'STARTED' || this.#store.tasks.has(result.task.id)) continue
      // Another gateway may still take back what it has not sent: whoever comes second cannot know.
      if (result.replayed && !this.#isAlone && result.task.dispatch !== 'ACCEPTED') continue
      this.#violations.push(`${press.caller} was told of ${nameTask(result.task)}, which is gone`)
    }
  }

  /** C1, C2: an equal intention gets the same task, another one a refusal. */
  #hear(press: Press, result: OperationResult): void {
    const { caller, operation, key } = press
    this.#note(`${caller} is answered about ${operation} with key ${key}: ${toWords(result)}`)
    this.#told.push({ press, result })
    if (result.kind === 'STARTED') {
      const { request } = result.task
      const isOwn = request?.requestedBy === caller && request.idempotencyKey === key
      if (isOwn && isInputOf(press, request.input)) return
      this.#violations.push(`${caller} is given ${nameTask(result.task)}, which is something else`)
    } else if (result.problem.code === 'IDEMPOTENCY_MISMATCH') {
      const task = this.#store.tasks.get(result.problem.originalTaskId)
      if (task === undefined || !isInputOf(press, task.request?.input)) return
      this.#violations.push(`${caller} is refused for a mismatch with the same input`)
    }
  }

  /** An intent that another gateway has taken back is not sent; whoever asked gets an error that says nothing else. */
  #hearFailure({ caller, operation, key }: Press, error: unknown): void {
    this.#note(`${caller} gets an error about ${operation} with key ${key}: ${String(error)}`)
    const isTakenBack = !this.#isAlone && /holds no task|not PREPARED/.test(String(error))
    if (!isTakenBack) this.#violations.push(`${caller} gets an error that nobody expects: ${String(error)}`)
  }
}
