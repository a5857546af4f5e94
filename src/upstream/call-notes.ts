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

/** Tells the observer of a site's calls what becomes of each try. */
export class CallNotes {
  readonly #options: Pick<UpstreamOptions, 'siteName' | 'observer' | 'endpointWords'>

  constructor(options: Pick<UpstreamOptions, 'siteName' | 'observer' | 'endpointWords'>) {
    this.#options = options
  }

  /** To be called before a try; what it gives is called once with its end, and gives null. */
  begin({ method, path }: Pick<UpstreamRequest, 'method' | 'path'>): (end: End) => null {
    const { siteName, observer = null, endpointWords = noWords } = this.#options
    const beganMs = performance.now()
    return (end) => {
      observer?.noteCall({
        siteName,
        method,
        endpoint: toEndpoint(path, endpointWords),
        outcome: toOutcome(end),
        status: typeof end === 'number' ? end : null,
        seconds: end === 'NOT_SENT' ? 0 : (performance.now() - beganMs) / 1000,
      })
      return null
    }
  }
}
