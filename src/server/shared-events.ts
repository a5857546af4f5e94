import {
  createSourceEventStream,
  executeSubscriptionEvent,
  validateSubscriptionArgs,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type ValidatedSubscriptionArgs,
} from 'graphql'
import type { Logger } from '../domain/ports/logger.ts'
import type { Viewer } from '../domain/viewer.ts'
import { maySeeSchema } from './introspection-gate.ts'
import { maskErrors, toPublicError, withRequestId, type ErrorScope } from './public-errors.ts'
import { toViewerKey } from './viewer-key.ts'

/** Makes what the resolvers of one event get: nothing of the subscriber who happens to be the first one. */
export type MakeEventContext = (viewer: Viewer) => object

/** What the context of an operation tells of its caller. */
interface SubscriptionContext {
  readonly viewer: Viewer
  readonly requestId: string
}

/** A valid operation, ready to run. */
export type SubscriptionArgs = ExecutionArgs & { readonly contextValue: SubscriptionContext }

/** More text than this is not looked at to find equal variables. */
const mostKeyCharacters = 4096

const texts = new WeakMap<object, string>()
const shared = new WeakSet<object>()

/** The JSON text of a result that goes to several subscribers, made once; null for any other result. */
export const toSharedText = (result: object): string | null => {
  if (!shared.has(result)) return null
  const text = texts.get(result) ?? JSON.stringify(result)
  texts.set(result, text)
  return text
}

/** What is equal for all who get the same of an event; null where that is too long to be looked at. */
const toKey = ({ operationName, variableValues, contextValue }: SubscriptionArgs): string | null => {
  const key = `${operationName ?? ''}\n${toViewerKey(contextValue.viewer)}\n${JSON.stringify(variableValues ?? {})}`
  return key.length > mostKeyCharacters ? null : key
}

/** What everybody who asked for the same with the same rights gets of one event. */
class SharedSelection {
  readonly #args: ValidatedSubscriptionArgs
  readonly #makeContext: () => object
  readonly #logger: Logger
  readonly #results = new WeakMap<object, Promise<ExecutionResult>>()

  constructor(args: ValidatedSubscriptionArgs, makeContext: () => object, logger: Logger) {
    this.#args = args
    this.#makeContext = makeContext
    this.#logger = logger
  }

  /** The answer for one event; made once for each, as long as anybody holds the event. */
  resultOf(event: unknown): Promise<ExecutionResult> {
    if (typeof event !== 'object' || event === null) return this.#execute(event)
    const known = this.#results.get(event) ?? this.#execute(event)
    this.#results.set(event, known)
    return known
  }

  async #execute(event: unknown): Promise<ExecutionResult> {
    // Whose request it is, is said to each subscriber apart.
    const scope = { requestId: null, logger: this.#logger }
    const contextValue = this.#makeContext()
    const result = maskErrors(await executeSubscriptionEvent({ ...this.#args, rootValue: event, contextValue }), scope)
    shared.add(result)
    return result
  }
}

/** The events of one subscriber as results. */
class Responses implements AsyncGenerator<ExecutionResult, void, void> {
  readonly #source: AsyncIterator<unknown>
  readonly #selection: SharedSelection
  readonly #scope: ErrorScope
  #isOver = false

  constructor(source: AsyncIterator<unknown>, selection: SharedSelection, scope: ErrorScope) {
    this.#source = source
    this.#selection = selection
    this.#scope = scope
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
      return { done: false, value: this.#own(await this.#selection.resultOf(value)) }
    } catch (error) {
      // As of a generator: nothing comes after what it has thrown.
      this.#isOver = true
      throw toPublicError(error, this.#scope)
    }
  }

  #own(result: ExecutionResult): ExecutionResult {
    const { errors } = result
    if (errors === undefined) return result
    return { ...result, errors: errors.map((error) => withRequestId(error, this.#scope.requestId)) }
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
  async subscribe(args: SubscriptionArgs): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
    const { viewer, requestId } = args.contextValue
    const scope = { requestId, logger: this.#logger }
    const validated = validateSubscriptionArgs({ ...args, hideSuggestions: !maySeeSchema(viewer) })
    if (!('schema' in validated)) return maskErrors({ errors: validated }, scope)
    const source = await createSourceEventStream(validated)
    if (!(Symbol.asyncIterator in source)) return maskErrors(source, scope)
    const selection = this.#find(args, { ...validated, contextValue: undefined })
    return new Responses(source[Symbol.asyncIterator](), selection, scope)
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
