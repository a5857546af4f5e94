import { getOperationAST, type ExecutionArgs } from 'graphql'
import type { SubscribePayload } from 'graphql-ws'
import type { Plugin } from 'graphql-yoga'
import type { AnsweredOperation, OperationObserver, OperationOutcome } from '../domain/ports/operation-observer.ts'
import type { HttpTrail } from './http-trail.ts'
import { isGraphqlRefusal, toOutcome } from './operation-outcome.ts'
import { noteAnswered } from './traced-operations.ts'

const operationStart = /^\s*(?:query|mutation|subscription)\s+(?<name>[_a-z]\w*)/i

/** The name that the caller gave an operation. Of a document with several operations he has to say which one he means. */
export const toOperationName = (operationName: unknown, text: unknown): string | null => {
  if (typeof operationName === 'string' && operationName !== '') return operationName
  return typeof text === 'string' ? (operationStart.exec(text)?.groups?.['name'] ?? null) : null
}

const toSeconds = (beganMs: number): number => (performance.now() - beganMs) / 1000

/** A finished answer that was given again: such a one has no errors. */
export const toKeptOperation = (name: string | null, beganMs: number): AnsweredOperation => ({
  name,
  transport: 'HTTP',
  outcome: 'OK',
  seconds: toSeconds(beganMs),
})

interface TrailContext {
  readonly trail?: Pick<HttpTrail, 'operationName' | 'operationType' | 'isRead' | 'span'>
}

/**
 * Tells the observer, and the trace, of each operation over HTTP that the engine answers, and leaves its name for when the
 * answer is given again.
 */
export const observedOperations = (
  observer: OperationObserver | null,
  isTraced: boolean,
): Plugin<object, TrailContext> => {
  if (observer === null && !isTraced) return {}
  const begun = new WeakMap<Request, { readonly beganMs: number; name: string | null; isRead: boolean }>()
  return {
    onRequestParse: ({ request }) => {
      begun.set(request, { beganMs: performance.now(), name: null, isRead: false })
    },
    onParams: ({ request, params, context: { trail } }) => {
      const operation = begun.get(request)
      if (operation === undefined) return
      operation.name = toOperationName(params.operationName, params.query)
      operation.isRead = true
      if (trail !== undefined) trail.operationName = operation.name
    },
    onResultProcess: ({ request, result, serverContext: { trail } }) => {
      const operation = begun.get(request)
      if (operation === undefined) return
      const { name, beganMs } = operation
      const isRead = operation.isRead || isGraphqlRefusal(result)
      if (trail !== undefined) trail.isRead = isRead
      const outcome = toOutcome(result)
      // What could not be read was turned away, and is counted there.
      if (isRead) observer?.noteOperation({ name, transport: 'HTTP', outcome, seconds: toSeconds(beganMs) })
      noteAnswered(trail?.span ?? null, { type: trail?.operationType ?? null, name, result })
    },
  }
}

/** Runs operations of a socket, and tells the observer of each. What is thrown is thrown on. */
export const observedRun = <Result>(
  observer: OperationObserver | null,
  run: (args: ExecutionArgs) => Promise<Result> | Result,
): ((args: ExecutionArgs) => Promise<Result> | Result) => {
  if (observer === null) return run
  return async (args) => {
    const beganMs = performance.now()
    const name = getOperationAST(args.document, args.operationName)?.name?.value ?? null
    let outcome: OperationOutcome = 'FAILED'
    try {
      const result = await run(args)
      outcome = toOutcome(result)
      return result
    } finally {
      observer.noteOperation({ name, transport: 'WS', outcome, seconds: toSeconds(beganMs) })
    }
  }
}

/** Tells the observer of an operation on a socket that was refused before it could run. */
export const noteSocketRefusal = (
  observer: OperationObserver | null,
  { operationName, query }: SubscribePayload,
): void => {
  const name = toOperationName(operationName, query)
  observer?.noteOperation({ name, transport: 'WS', outcome: 'FAILED', seconds: 0 })
}
