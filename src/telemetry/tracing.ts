import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
  type SpanContext,
  type Tracer as SpanMaker,
} from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { findProblem } from '../domain/errors.ts'
import { withFields, type Logger } from '../domain/ports/logger.ts'
import type { TraceFacts, TraceKind, TracePlace, Tracer, TraceSpan, TraceStart } from '../domain/ports/tracer.ts'
import { BoundedNames, isPlainName } from './bounded-names.ts'
import { CollectorExporter } from './collector-exporter.ts'

/** Where traces go, and how many of them. */
export interface TracingOptions {
  /** Of the collector, with the path, e.g. `http://127.0.0.1:4318/v1/traces`. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** From 0 to 1: which part of the traces that begin here is written down. */
  readonly sampleRatio: number
  /** Of the gateway. */
  readonly version: string
  readonly logger: Logger
}

/** Operations that have a span name of their own. */
const mostOperationNames = 200

/** What waits for the collector. There is no more: what comes on top of it is dropped. */
const queue = { maxQueueSize: 2_048, maxExportBatchSize: 256, scheduledDelayMillis: 2_000 } as const
const batchTimeoutMs = 5_000
// At the end all batches leave at once, beside the one that may be on its way.
const mostBatches = Math.ceil(queue.maxQueueSize / queue.maxExportBatchSize) + 1
/** What the collector has not taken by then, when the gateway ends, is dropped. */
const lastFlushMs = 3_000

/** No fact is longer: they are words and names. */
const longestFact = 256

const kinds: Readonly<Record<TraceKind, SpanKind>> = {
  OPERATION: SpanKind.SERVER,
  STEP: SpanKind.INTERNAL,
  CALL: SpanKind.CLIENT,
  WAIT: SpanKind.INTERNAL,
}

const toAttributes = (facts: TraceFacts): Attributes =>
  Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])))

const toSpanContext = ({ traceId, spanId, isSampled }: TracePlace, isRemote: boolean): SpanContext => ({
  traceId,
  spanId,
  traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
  isRemote,
})

const codeForm = /^[A-Z][A-Z_]{0,63}$/

/** The code of an error, or what callers are told in its place. Never its message, which may repeat anything. */
const toCode = (error: unknown): string => {
  const code = findProblem(error)?.code
  if (code !== undefined) return code
  const extensions: unknown = error instanceof Error && 'extensions' in error ? error.extensions : null
  const given: unknown =
    typeof extensions === 'object' && extensions !== null && 'code' in extensions ? extensions.code : null
  return typeof given === 'string' && codeForm.test(given) ? given : 'INTERNAL_SERVER_ERROR'
}

class LiveSpan implements TraceSpan {
  readonly #span: Span
  readonly #names: BoundedNames
  #isOver = false

  constructor(span: Span, names: BoundedNames) {
    this.#span = span
    this.#names = names
  }

  /** From then on what still goes on is no part of it. */
  get isOver(): boolean {
    return this.#isOver
  }

  get isRecorded(): boolean {
    return this.#span.isRecording()
  }

  get place(): TracePlace {
    const { traceId, spanId, traceFlags } = this.#span.spanContext()
    return { traceId, spanId, isSampled: (traceFlags & TraceFlags.SAMPLED) !== 0 }
  }

  /** For what is a part of it. */
  get context(): Context {
    return trace.setSpan(ROOT_CONTEXT, this.#span)
  }

  note(facts: TraceFacts): void {
    if (this.isRecorded) this.#span.setAttributes(toAttributes(facts))
  }

  nameOperation(type: string, name: string | null, hasFailed: boolean): void {
    if (!this.isRecorded) return
    this.#span.updateName(name === null ? type : `${type} ${this.#names.toName(name, !hasFailed)}`)
    const shown = name !== null && isPlainName(name) ? name : null
    this.note({ 'graphql.operation.type': type, 'graphql.operation.name': shown })
  }

  fail(code: string): void {
    if (!this.isRecorded) return
    this.#span.setStatus({ code: SpanStatusCode.ERROR })
    this.note({ 'error.type': code })
  }

  end(): void {
    this.#isOver = true
    this.#span.end()
  }
}

/** Of what is not written down. */
const noSpan: TraceSpan = {
  place: { traceId: '0'.repeat(32), spanId: '0'.repeat(16), isSampled: false },
  note: () => {},
  nameOperation: () => {},
  fail: () => {},
}

/**
 * Traces of one gateway, handed over to a collector in the background. What is under way is known by the asynchronous context:
 * nothing has to be handed on by who does the work. Nothing of the library is global, and no header of another system is written.
 */
export class Tracing implements Tracer, AsyncDisposable {
  readonly #provider: TracerProvider
  readonly #maker: SpanMaker
  readonly #active = new AsyncLocalStorage<LiveSpan>()
  readonly #names = new BoundedNames(mostOperationNames)

  constructor({ url, headers, sampleRatio, version, logger }: TracingOptions) {
    const exporter = new CollectorExporter({ url, headers, timeoutMs: batchTimeoutMs, mostBatches, logger })
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes({
        'service.name': 'dr-gateway',
        'service.version': version,
        'service.instance.id': randomUUID(),
      }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
      spanLimits: { attributeValueLengthLimit: longestFact },
      spanProcessors: [new BatchSpanProcessor({ exporter, ...queue, exportTimeoutMillis: batchTimeoutMs })],
    })
    this.#maker = this.#provider.getTracer('dr-gateway', version)
  }

  run<T>(start: TraceStart, work: (span: TraceSpan) => T): T {
    const isOperation = start.kind === 'OPERATION'
    const around = isOperation ? null : this.#findActive()
    // Nobody writes down the parts of what is not written down.
    if (around === null ? start.kind === 'WAIT' : !around.isRecorded) return work(noSpan)
    const span = this.#begin(start, around)
    let result: T
    try {
      result = this.#active.run(span, () => work(span))
    } catch (error) {
      span.fail(toCode(error))
      span.end()
      throw error
    }
    if (result instanceof Promise) {
      result.then(
        () => span.end(),
        (error: unknown) => {
          span.fail(toCode(error))
          span.end()
        },
      )
    } else span.end()
    return result
  }

  /** The same logger, with the trace id in each line about something that is written down in a trace. */
  tag(logger: Logger): Logger {
    const here = (): Logger => {
      const span = this.#active.getStore()
      return span?.isRecorded === true ? withFields(logger, { traceId: span.place.traceId }) : logger
    }
    return {
      debug: (message, fields) => here().debug(message, fields),
      info: (message, fields) => here().info(message, fields),
      warn: (message, fields) => here().warn(message, fields),
      error: (message, fields) => here().error(message, fields),
    }
  }

  /** Hands over what there is, as far as the collector takes it in time. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { promise: tooLate, resolve: giveUp } = Promise.withResolvers<void>()
    const timer = setTimeout(giveUp, lastFlushMs)
    // Why it fails has been said where it did.
    await Promise.race([this.#provider.shutdown().catch(() => undefined), tooLate])
    clearTimeout(timer)
  }

  /** What is under way; null for nothing. */
  #findActive(): LiveSpan | null {
    const span = this.#active.getStore()
    return span === undefined || span.isOver ? null : span
  }

  #begin({ kind, name, facts = {}, parent = null, links = [] }: TraceStart, around: LiveSpan | null): LiveSpan {
    const remote = parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, toSpanContext(parent, true))
    const options = {
      kind: kinds[kind],
      attributes: toAttributes(facts),
      links: links.map((place) => ({ context: toSpanContext(place, false) })),
    }
    return new LiveSpan(this.#maker.startSpan(name, options, around?.context ?? remote), this.#names)
  }
}
