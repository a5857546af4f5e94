import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { Logger } from '../domain/ports/logger.ts'

type Export = SpanExporter['export']

/** A message of the library is of the network, or the word that stands beside the status. */
const toReason = (error: unknown): string => (error instanceof Error ? error.message || error.name : 'unknown')

/** Hands spans over by OTLP over HTTP as JSON. Where that fails they are gone, which is said once, until it goes well again. */
export class CollectorExporter implements SpanExporter {
  readonly #inner: OTLPTraceExporter
  readonly #logger: Logger
  #isFailing = false

  /**
   * @param options.timeoutMs For one batch, with all tries of it.
   * @param options.mostBatches On their way at once, those that a slow collector has not answered among them. Others are dropped.
   */
  constructor(options: {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly timeoutMs: number
    readonly mostBatches: number
    readonly logger: Logger
  }) {
    const { url, headers, timeoutMs, mostBatches } = options
    this.#logger = options.logger
    this.#inner = new OTLPTraceExporter({
      url,
      headers: { ...headers },
      timeoutMillis: timeoutMs,
      concurrencyLimit: mostBatches,
    })
  }

  export(...[spans, tell]: Parameters<Export>): void {
    this.#inner.export(spans, (result) => {
      this.#note(result)
      tell(result)
    })
  }

  forceFlush(): Promise<void> {
    return this.#inner.forceFlush()
  }

  shutdown(): Promise<void> {
    return this.#inner.shutdown()
  }

  #note({ error }: Parameters<Parameters<Export>[1]>[0]): void {
    const hasFailed = error !== undefined
    if (hasFailed && !this.#isFailing) {
      const reason = toReason(error)
      this.#logger.warn('Traces cannot be handed over, and are dropped until they can', { reason })
    }
    if (!hasFailed && this.#isFailing) this.#logger.info('Traces can be handed over again')
    this.#isFailing = hasFailed
  }
}
