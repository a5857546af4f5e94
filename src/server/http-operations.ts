import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { DoorObserver } from '../domain/ports/door-observer.ts'
import type { OperationObserver } from '../domain/ports/operation-observer.ts'
import type { Tracer, TraceSpan } from '../domain/ports/tracer.ts'
import type { Viewer } from '../domain/viewer.ts'
import { hasLeft } from './caller-signal.ts'
import type { GraphqlEngine } from './graphql-engine.ts'
import type { HttpTrail } from './http-trail.ts'
import { toAnswerKey, type KeptAnswers } from './kept-answers.ts'
import type { ServerLimits } from './limit-table.ts'
import { toKeptOperation } from './observed-operations.ts'
import { findBodyProblem, readBody, type GivenBody } from './request-body.ts'
import { noteKept, traceRequest } from './traced-operations.ts'

/** Is told of what callers ask for, and of whom is turned away. */
export type ServerObserver = OperationObserver & DoorObserver

/** What operations over HTTP are answered with. */
export interface HttpOperations {
  readonly engine: GraphqlEngine
  readonly answers: KeptAnswers
  readonly limits: ServerLimits
  readonly observer: ServerObserver | null
  readonly tracer: Tracer | null
  /** Answers to what was read as a request of GraphQL: they are counted as operations. */
  readonly asOperations: WeakSet<ServerResponse>
}

/** Who asks. */
export interface HttpCaller {
  readonly viewer: Viewer
  readonly requestId: string
}

/** Tells an operation that its caller has left. A query that has been answered needs no telling. */
const endWhenLeft = (response: ServerResponse, trail: HttpTrail): void => {
  if (response.closed) trail.ending.abort(hasLeft)
  response.once('close', () => {
    if (trail.operationType !== 'query' || !response.writableFinished) trail.ending.abort(hasLeft)
  })
}

const hasBody = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' && findBodyProblem(headers['content-type'] ?? null, headers['content-encoding'] ?? null) === null

const sendEvents = (response: ServerResponse, events: ReadableStream<Uint8Array>): void => {
  // It fails when its caller leaves, and then there is nobody to tell.
  pipeline(Readable.fromWeb(events), response).catch(() => undefined)
}

const answerAnew = async (
  { engine, answers, asOperations }: HttpOperations,
  request: IncomingMessage,
  response: ServerResponse,
  { viewer, requestId }: HttpCaller,
  asked: {
    readonly body: GivenBody | null
    readonly key: string | null
    readonly epoch: number
    readonly span: TraceSpan | null
  },
): Promise<void> => {
  const lastEventId = request.headers['last-event-id']
  const delivery = { resumeAfter: typeof lastEventId === 'string' ? lastEventId : null, cursor: null }
  const ending = new AbortController()
  const trail: HttpTrail = {
    body: asked.body,
    ending,
    operationName: null,
    operationType: null,
    isRead: false,
    span: asked.span,
    origin: null,
    events: null,
  }
  endWhenLeft(response, trail)
  const scope = { viewer, session: null, requestId, signal: ending.signal, delivery, trail }
  const answer = await engine.answer(request, response, scope)
  if (trail.isRead) asOperations.add(response)
  response.statusCode = answer.status
  answer.headers.forEach((value, name) => response.setHeader(name, value))
  const { events, origin, operationName } = trail
  if (events !== null) {
    sendEvents(response, events)
    return
  }
  const body = Buffer.from(await answer.text())
  const isOfNow = asked.epoch === answers.epoch
  if (asked.key !== null && isOfNow && origin !== null && answer.status === 200) {
    answers.keep(asked.key, origin, { contentType: answer.headers.get('content-type') ?? '', body, operationName })
  }
  if (!response.destroyed) response.end(body)
}

/** @param span Of the operation; null where nobody traces. */
const answerInTrace = async (
  operations: HttpOperations,
  request: IncomingMessage,
  response: ServerResponse,
  caller: HttpCaller,
  span: TraceSpan | null,
): Promise<void> => {
  const { answers, limits, observer } = operations
  const beganMs = performance.now()
  const { accept, 'content-length': length } = request.headers
  const isBodyRead = hasBody(request)
  const body = isBodyRead ? await readBody(request, limits.maxBodyBytes) : null
  // The caller has left.
  if (isBodyRead && body === null) return
  const key = Buffer.isBuffer(body) ? toAnswerKey(caller.viewer, accept, body) : null
  const { epoch } = answers
  const kept = key === null ? null : answers.find(key)
  if (kept !== null) {
    response.writeHead(200, { 'content-type': kept.contentType, 'content-length': kept.body.length }).end(kept.body)
    observer?.noteOperation(toKeptOperation(kept.operationName, beganMs))
    if (span !== null) noteKept(span, kept.operationName)
    return
  }
  // It is not read to its end, so nothing else can come on this connection.
  if (body === 'TOO_LARGE' && length === undefined) response.setHeader('connection', 'close')
  await answerAnew(operations, request, response, caller, { body, key, epoch, span })
}

/**
 * Answers an operation over HTTP of a caller who is known: with what is kept where the same was asked before, else by the
 * engine. Resolves when the answer is on its way, for a stream of events when it has begun.
 */
export const answerOperation = (
  operations: HttpOperations,
  request: IncomingMessage,
  response: ServerResponse,
  caller: HttpCaller,
): Promise<void> => {
  const { tracer } = operations
  if (tracer === null) return answerInTrace(operations, request, response, caller, null)
  const { requestId } = caller
  return traceRequest(tracer, { request, response, requestId }, (span) =>
    answerInTrace(operations, request, response, caller, span),
  )
}
