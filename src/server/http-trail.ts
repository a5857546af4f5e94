import type { ReadableStream } from 'node:stream/web'
import type { OperationTypeNode } from 'graphql'
import type { TraceSpan } from '../domain/ports/tracer.ts'
import type { AnswerOrigin } from './kept-answers.ts'
import type { GivenBody } from './request-body.ts'

/** What an operation over HTTP brings along, and what it leaves behind for its answer. */
export interface HttpTrail {
  /** Taken out when it is parsed: event streams are open for long. Null where there is none to look at. */
  body: GivenBody | null
  /** Null as long as its answer is not known to last. */
  origin: AnswerOrigin | null
  /** As its caller named it; null as long as that is not known, and where nobody counts or traces operations. */
  operationName: string | null
  /** Of the signal of its operation. */
  readonly ending: AbortController
  /** Null as long as that is not known. Nothing goes on behind the answer of a query. */
  operationType: OperationTypeNode | null
  /** True once it was read as a request of GraphQL, whatever has become of it then. */
  isRead: boolean
  /** Null where nobody traces. */
  readonly span: TraceSpan | null
  /** What the answer goes on with; null for one that is finished. */
  events: ReadableStream<Uint8Array> | null
}
