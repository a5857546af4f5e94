import type { ExecutionResult, GraphQLFormattedError } from 'graphql'
import { MessageType } from 'graphql-ws'
import type { Arrival } from '../graphql/stream/live-stream.ts'
import type { Addressee, DeliveryRounds } from './delivery-rounds.ts'
import type { EventResponses, SharedResult } from './shared-events.ts'
import { toNextHead } from './socket-frame.ts'
import { toSocketError } from './public-errors.ts'

/** The socket that operations are on. */
export interface OperationLine {
  /** False while something that was sent has not left. {@link OperationLine.whenClear} tells of the end of that. */
  readonly isClear: boolean
  whenClear(operation: Addressee): void
  /** Resolves when the message has left. */
  send(message: string): Promise<void>
  sendFrame(frame: Buffer): void
  /** The operation has come to its end. */
  forget(operation: SocketOperation): void
  /** Something has gone wrong that nobody has thought of. */
  fail(error: unknown): void
}

/**
 * One operation that a client has begun on a socket, until it has come to its end or the client has ended it. Events of a
 * subscription are told without a promise as long as the client takes them; while none comes, nothing is waited for.
 */
export class SocketOperation implements Arrival, Addressee {
  /** What the client calls it. */
  readonly id: string
  readonly requestId: string
  readonly #line: OperationLine
  readonly #rounds: DeliveryRounds
  readonly #controller = new AbortController()
  #head: string | null = null
  #responses: EventResponses | null = null
  /** True while something is on its way: then nobody has to be told that more has come. */
  #isBusy = false
  #isOver = false

  constructor(id: string, requestId: string, line: OperationLine, rounds: DeliveryRounds) {
    this.id = id
    this.requestId = requestId
    this.#line = line
    this.#rounds = rounds
  }

  /** Aborts when it has come to its end. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** Nothing is told any more; what it holds is let go at once. */
  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#line.forget(this)
    this.#controller.abort()
    this.#responses?.return().catch((error: unknown) => this.#line.fail(error))
  }

  /** Tells the only result, and that there are no more. */
  async answer(result: ExecutionResult): Promise<void> {
    await this.#tellOne(result)
    await this.#complete()
  }

  /** Tells that it could not begin, or has failed. Nothing comes after that. */
  async refuse(errors: readonly GraphQLFormattedError[]): Promise<void> {
    if (this.#isOver) return
    const told = this.#line.send(JSON.stringify({ id: this.id, type: MessageType.Error, payload: errors }))
    this.end()
    await told
  }

  /** Tells all results, however many there will be. */
  follow(responses: EventResponses): void {
    if (this.#isOver) {
      responses.return().catch((error: unknown) => this.#line.fail(error))
      return
    }
    this.#responses = responses
    responses.rest(this)
    this.#ask()
  }

  onArrival(): void {
    if (this.#isBusy || this.#isOver) return
    this.#isBusy = true
    this.#rounds.add(this)
  }

  serve(): void {
    try {
      if (this.#responses !== null) this.#serve(this.#responses)
    } catch (error) {
      this.#line.fail(error)
    }
  }

  #serve(responses: EventResponses): void {
    while (!this.#isOver) {
      if (!this.#line.isClear) {
        this.#line.whenClear(this)
        return
      }
      const taken = responses.takeNow()
      if (taken instanceof Promise) {
        taken.then(this.#goOn).catch((error: unknown) => this.#failWith(responses.toOwnError(error)))
        return
      }
      if (taken === null) {
        this.#isBusy = !responses.isResting
        if (this.#isBusy) this.#ask()
        return
      }
      this.#tell(responses, taken)
    }
  }

  readonly #goOn = (taken: SharedResult): void => {
    if (this.#responses !== null && !this.#isOver) this.#tell(this.#responses, taken)
    this.serve()
  }

  #tell(responses: EventResponses, taken: SharedResult): void {
    const frame = taken.frameFor((this.#head ??= toNextHead(this.id)))
    if (frame !== null) this.#line.sendFrame(frame)
    else this.#tellOne(responses.toOwn(taken)).catch((error: unknown) => this.#line.fail(error))
  }

  /** Waits for the next result. */
  #ask(): void {
    this.#isBusy = true
    this.#askNext().catch((error: unknown) => this.#line.fail(error))
  }

  async #askNext(): Promise<void> {
    const responses = this.#responses
    if (responses === null) return
    let next: IteratorResult<ExecutionResult, void>
    try {
      next = await responses.next()
    } catch (error) {
      await this.#failWith(responses.toOwnError(error))
      return
    }
    if (next.done === true) {
      await this.#complete()
      return
    }
    await this.#tellOne(next.value)
    this.serve()
  }

  async #tellOne(result: ExecutionResult): Promise<void> {
    if (!this.#isOver) await this.#line.send(JSON.stringify({ id: this.id, type: MessageType.Next, payload: result }))
  }

  async #complete(): Promise<void> {
    if (this.#isOver) return
    const told = this.#line.send(JSON.stringify({ id: this.id, type: MessageType.Complete }))
    this.end()
    await told
  }

  async #failWith(error: Parameters<typeof toSocketError>[0]): Promise<void> {
    await this.refuse([toSocketError(error)])
  }
}
