import type { TraceSpan } from '../domain/ports/tracer.ts'
import type { VendorCallOutcome } from '../domain/ports/upstream-observer.ts'
import { toEndpoint } from './endpoint-template.ts'
import type { UpstreamOptions, UpstreamRequest } from './http-client.ts'

/** What became of a try: the status of its answer, or why there was none. */
type End = number | Extract<VendorCallOutcome, 'LOST' | 'NOT_SENT'>

const toOutcome = (end: End): VendorCallOutcome => {
  if (typeof end !== 'number') return end
  if (end < 400) return 'OK'
  return end < 500 ? 'REFUSED' : 'FAILED'
}

const noWords: ReadonlySet<string> = new Set()

type Noting = Pick<UpstreamOptions, 'siteName' | 'observer' | 'tracer' | 'endpointWords'>
type Asked = Pick<UpstreamRequest, 'method' | 'path'>

/** One request to a site, with all tries of it. */
export class CallNote {
  readonly #options: Noting
  readonly #asked: Asked
  readonly #span: TraceSpan | null
  #tries = 0
  #status: number | null = null

  /** @param span Is told how the last try went. */
  constructor(options: Noting, asked: Asked, span: TraceSpan | null) {
    this.#options = options
    this.#asked = asked
    this.#span = span
  }

  /** Of the last answer; null where the last try got none. */
  get status(): number | null {
    return this.#status
  }

  /** To be called before a try; what it gives is called once with its end, and gives null. */
  begin(): (end: End) => null {
    const { siteName, observer = null, endpointWords = noWords } = this.#options
    const { method, path } = this.#asked
    const beganMs = performance.now()
    return (end) => {
      this.#noteTry(end)
      observer?.noteCall({
        siteName,
        method,
        endpoint: toEndpoint(path, endpointWords),
        outcome: toOutcome(end),
        status: this.#status,
        seconds: end === 'NOT_SENT' ? 0 : (performance.now() - beganMs) / 1000,
      })
      return null
    }
  }

  #noteTry(end: End): void {
    this.#status = typeof end === 'number' ? end : null
    if (end !== 'NOT_SENT') this.#tries += 1
    this.#span?.note({
      'dr.outcome': toOutcome(end).toLowerCase(),
      'dr.attempts': this.#tries,
      'http.response.status_code': this.#status,
    })
  }
}

/** Tells of the calls of a site: the observer of each try, the tracer of each request. */
export class CallNotes {
  readonly #options: Noting

  constructor(options: Noting) {
    this.#options = options
  }

  /** Makes a request, which may be tried several times. */
  run<T>(asked: Asked, request: (note: CallNote) => Promise<T>): Promise<T> {
    const { siteName, tracer = null, endpointWords = noWords } = this.#options
    if (tracer === null) return request(new CallNote(this.#options, asked, null))
    const endpoint = toEndpoint(asked.path, endpointWords)
    const facts = { 'dr.site': siteName, 'http.request.method': asked.method, 'url.template': endpoint }
    return tracer.run({ kind: 'CALL', name: `${asked.method} ${endpoint}`, facts }, async (span) => {
      const note = new CallNote(this.#options, asked, span)
      const result = await request(note)
      if (note.status !== null && note.status >= 400) span.fail(String(note.status))
      return result
    })
  }
}
