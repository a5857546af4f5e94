import {
  createSourceEventStream,
  executeSubscriptionEvent,
  validateSubscriptionArgs,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  type ValidatedSubscriptionArgs,
} from 'graphql'
import type { Logger } from '../domain/ports/logger.ts'
import type { Viewer } from '../domain/viewer.ts'
import { isLive, type Arrival } from '../graphql/stream/live-stream.ts'
import { maySeeSchema } from './introspection-gate.ts'
import { maskErrors, toPublicError, withRequestId } from './public-errors.ts'
import { toNextFrame } from './socket-frame.ts'
import { toViewerKey } from './viewer-key.ts'

/** Makes what the resolvers of one event get: nothing of the subscriber who happens to be the first one. */
export type MakeEventContext = (viewer: Viewer) => object

/** What the context of an operation tells of its caller. */
interface SubscriptionContext {
  readonly viewer: Viewer
  readonly requestId: string
}

/** Whose request a subscription is, and where it is said what went wrong. */
interface SubscriberScope {
  readonly requestId: string
  readonly logger: Logger
}

/** A valid operation, ready to run. */
export type SubscriptionArgs = ExecutionArgs & { readonly contextValue: SubscriptionContext }

/** More text than this is not looked at to find equal variables. */
const mostKeyCharacters = 4096

/** What all who asked for the same with the same rights get of one event. */
export class SharedResult {
  readonly result: ExecutionResult
  #bytes: Buffer | null = null
  #frame: { readonly head: string; readonly bytes: Buffer } | null = null

  constructor(result: ExecutionResult) {
    this.result = result
  }

  /**
   * The frame that carries it on a socket, of JSON that is made once; null where each subscriber gets his own: errors say
   * whose request it was.
   *
   * @param head See {@link toNextHead}. Made once for all who come one after the other with the same one: many clients
   *   count their operations from one.
   */
  frameFor(head: string): Buffer | null {
    if (this.result.errors !== undefined) return null
    if (this.#frame?.head === head) return this.#frame.bytes
    this.#bytes ??= Buffer.from(JSON.stringify(this.result))
    const bytes = toNextFrame(head, this.#bytes)
    this.#frame = { head, bytes }
    return bytes
  }
}

/** What is equal for all who get the same of an event; null where that is too long to be looked at. */
const toKey = ({ operationName, variableValues, contextValue }: SubscriptionArgs): string | null => {
  const key = `${operationName ?? ''}\n${toViewerKey(contextValue.viewer)}\n${JSON.stringify(variableValues ?? {})}`
  return key.length > mostKeyCharacters ? null : key
}

/** Executes the selection of everybody who asked for the same with the same rights. */
class SharedSelection {
  readonly #args: ValidatedSubscriptionArgs
  readonly #makeContext: () => object
  readonly #logger: Logger
  readonly #results = new WeakMap<object, SharedResult | Promise<SharedResult>>()

  constructor(args: ValidatedSubscriptionArgs, makeContext: () => object, logger: Logger) {
    this.#args = args
    this.#makeContext = makeContext
    this.#logger = logger
  }

  /** The answer for one event; made once for each, as long as anybody holds the event. Never throws, but may reject. */
  resultOf(event: unknown): SharedResult | Promise<SharedResult> {
    if (typeof event !== 'object' || event === null) return this.#execute(event)
    const known = this.#results.get(event) ?? this.#execute(event)
    this.#results.set(event, known)
    return known
  }

  #execute(event: unknown): SharedResult | Promise<SharedResult> {
    try {
      const contextValue = this.#makeContext()
      const result = executeSubscriptionEvent({ ...this.#args, rootValue: event, contextValue })
      return result instanceof Promise ? result.then((later) => this.#toShared(later)) : this.#toShared(result)
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)))
    }
  }

  #toShared(result: ExecutionResult): SharedResult {
    // Whose request it is, is said to each subscriber apart.
    return new SharedResult(maskErrors(result, { requestId: null, logger: this.#logger }))
  }
}

/** The events of one subscriber as results: one after the other as they are asked for, or without waiting. */
export class EventResponses implements AsyncGenerator<ExecutionResult, void, void> {
  readonly #source: AsyncIterator<unknown>
  readonly #selection: SharedSelection
  readonly #requestId: string
  readonly #logger: Logger
  #isOver = false

  constructor(source: AsyncIterator<unknown>, selection: SharedSelection, { requestId, logger }: SubscriberScope) {
    this.#source = source
    this.#selection = selection
    this.#requestId = requestId
    this.#logger = logger
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  async next(): Promise<IteratorResult<ExecutionResult, void>> {
    try {
      const { done = false, value } = this.#isOver ? { done: true, value: undefined } : await this.#source.next()
      if (done) return { done, value: undefined }
      return { done: false, value: this.toOwn(await this.#selection.resultOf(value)) }
    } catch (error) {
      // As of a generator: nothing comes after what it has thrown.
      this.#isOver = true
      throw this.toOwnError(error)
    }
  }

  /** What can be told now; null when nothing can, or when `next` has to find it out. See {@link LiveStream}. */
  takeNow(): SharedResult | Promise<SharedResult> | null {
    const event = !this.#isOver && isLive(this.#source) ? this.#source.takeNow() : null
    return event === null ? null : this.#selection.resultOf(event)
  }

  /** True when nothing but an arrival can bring more; asked after {@link EventResponses.takeNow} gave null. */
  get isResting(): boolean {
    return !this.#isOver && isLive(this.#source) && this.#source.isResting
  }

  /** Tells `arrival` of all that comes from now on. */
  rest(arrival: Arrival): void {
    if (isLive(this.#source)) this.#source.rest(arrival)
  }

  /** A result as this subscriber gets it. */
  toOwn({ result }: SharedResult): ExecutionResult {
    const { errors } = result
    return errors === undefined
      ? result
      : { ...result, errors: errors.map((error) => withRequestId(error, this.#requestId)) }
  }

  /** What this subscriber may see of what was thrown. */
  toOwnError(error: unknown): GraphQLError {
    return toPublicError(error, { requestId: this.#requestId, logger: this.#logger })
  }

  async return(): Promise<IteratorResult<ExecutionResult, void>> {
    await this.#source.return?.()
    return { done: true, value: undefined }
  }

  async throw(error: unknown): Promise<IteratorResult<ExecutionResult, void>> {
    await this.#source.return?.()
    throw error
  }
}

/**
 * Runs the selection of a subscription once for each event and everybody who has asked for the same document with the same
 * variables and the same rights: a thousand watchers of one task cost one. Each has a stream of his own all the same,
 * with its own place and its own queue.
 */
export class SharedEvents {
  readonly #makeContext: MakeEventContext
  readonly #logger: Logger
  readonly #selections = new WeakMap<DocumentNode, Map<string, WeakRef<SharedSelection>>>()
  readonly #unused = new FinalizationRegistry<{ readonly from: Map<string, WeakRef<SharedSelection>>; key: string }>(
    ({ from, key }) => {
      if (from.get(key)?.deref() === undefined) from.delete(key)
    },
  )

  constructor(makeContext: MakeEventContext, logger: Logger) {
    this.#makeContext = makeContext
    this.#logger = logger
  }

  /** For whoever carries the results: over HTTP as a plugin of the engine, over a socket by itself. */
  async subscribe(args: SubscriptionArgs): Promise<EventResponses | ExecutionResult> {
    const { viewer, requestId } = args.contextValue
    const scope = { requestId, logger: this.#logger }
    const validated = validateSubscriptionArgs({ ...args, hideSuggestions: !maySeeSchema(viewer) })
    if (!('schema' in validated)) return maskErrors({ errors: validated }, scope)
    const source = await createSourceEventStream(validated)
    if (!(Symbol.asyncIterator in source)) return maskErrors(source, scope)
    const selection = this.#find(args, { ...validated, contextValue: undefined })
    return new EventResponses(source[Symbol.asyncIterator](), selection, scope)
  }

  #find(args: SubscriptionArgs, validated: ValidatedSubscriptionArgs): SharedSelection {
    const { viewer } = args.contextValue
    const key = toKey(args)
    const ofDocument = this.#selections.get(args.document) ?? new Map<string, WeakRef<SharedSelection>>()
    this.#selections.set(args.document, ofDocument)
    const known = key === null ? undefined : ofDocument.get(key)?.deref()
    if (known !== undefined) return known
    const made = new SharedSelection(validated, () => this.#makeContext(viewer), this.#logger)
    if (key === null) return made
    ofDocument.set(key, new WeakRef(made))
    this.#unused.register(made, { from: ofDocument, key })
    return made
  }
}
