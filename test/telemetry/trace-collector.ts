import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { z } from 'zod'

const attribute = z.object({
  key: z.string(),
  value: z.object({
    stringValue: z.string().optional(),
    intValue: z.coerce.number().optional(),
    doubleValue: z.number().optional(),
    boolValue: z.boolean().optional(),
  }),
})

/** OTLP 1, `ExportTraceServiceRequest` as JSON: what of it the tests look at. */
const batchForm = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(attribute) }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string().regex(/^[\da-f]{32}$/),
              spanId: z.string().regex(/^[\da-f]{16}$/),
              parentSpanId: z.string().optional(),
              name: z.string(),
              kind: z.number(),
              attributes: z.array(attribute),
              links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).prefault([]),
              status: z.object({ code: z.number() }),
            }),
          ),
        }),
      ),
    }),
  ),
})

type Fact = string | number | boolean | null

/** A span as the collector has got it. */
export interface CollectedSpan {
  readonly traceId: string
  readonly spanId: string
  /** Null for the first one of its trace. */
  readonly parentId: string | null
  readonly name: string
  /** In the numbers of OTLP: 1 internal, 2 server, 3 client. */
  readonly kind: number
  readonly facts: Readonly<Record<string, Fact>>
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
  readonly hasFailed: boolean
}

const toFacts = (attributes: readonly z.infer<typeof attribute>[]): Record<string, Fact> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue ?? null,
    ]),
  )

const failed = 2

/** A collector of OpenTelemetry, as far as it takes traces. */
export interface TraceCollector extends AsyncDisposable {
  readonly url: string
  readonly spans: readonly CollectedSpan[]
  /** Everything that was sent to it, as text. */
  readonly text: string
  /** Of the batches, in order. */
  readonly headers: readonly IncomingHttpHeaders[]
  /** Those who hand over; each describes itself. */
  readonly resources: readonly Readonly<Record<string, Fact>>[]
  /** What a span is a part of, the outermost last. */
  ancestorsOf(span: CollectedSpan): readonly CollectedSpan[]
}

/** @param options.answer In place of the proper answer. */
export const startTraceCollector = async (
  options: { readonly answer?: RequestListener } = {},
): Promise<TraceCollector> => {
  const spans: CollectedSpan[] = []
  const headers: IncomingHttpHeaders[] = []
  const resources: Readonly<Record<string, Fact>>[] = []
  let text = ''
  const take = (body: string): void => {
    text += body
    for (const { resource, scopeSpans } of batchForm.parse(JSON.parse(body)).resourceSpans) {
      resources.push(toFacts(resource.attributes))
      for (const { attributes, status, parentSpanId = '', ...span } of scopeSpans.flatMap((scope) => scope.spans)) {
        const parentId = parentSpanId === '' ? null : parentSpanId
        spans.push({ ...span, parentId, facts: toFacts(attributes), hasFailed: status.code === failed })
      }
    }
  }
  const server = createServer((request, response) => {
    if (options.answer !== undefined) return options.answer(request, response)
    headers.push(request.headers)
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => {
      body += piece
    })
    request.on('end', () => {
      take(body)
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The collector has no port')
  return {
    url: `http://127.0.0.1:${address.port}/v1/traces`,
    spans,
    get text() {
      return text
    },
    headers,
    resources,
    ancestorsOf: (span) => {
      const found: CollectedSpan[] = []
      for (let each: CollectedSpan | undefined = span; each !== undefined;) {
        const { traceId, parentId }: CollectedSpan = each
        each = spans.find((other) => other.traceId === traceId && other.spanId === parentId)
        if (each !== undefined) found.push(each)
      }
      return found
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
