import type { Tracer } from '../domain/ports/tracer.ts'
import type { UpstreamObserver } from '../domain/ports/upstream-observer.ts'
import type { BreakerState } from '../domain/site.ts'

/** How a site's certificate is trusted. With neither member the system's authorities are asked. There is no "accept anything". */
export interface TlsTrust {
  /** PEM of the only authority that may have signed the site's certificate. */
  readonly ca?: string
  /** `SHA-256:AA:BB:…` of the only certificate that the site may show. */
  readonly pin?: string
}

/** How one vendor site is reached. Comes from configuration only. */
export interface UpstreamOptions {
  /** The configured name, for errors and logs. */
  readonly siteName: string
  /** Scheme, host and port. Redirects are never followed. */
  readonly url: string
  readonly tls: TlsTrust
  /** Whether a name may stand for this machine, and an address be link-local. @default false */
  readonly allowLocalAddresses?: boolean
  /** From the first byte out to the last byte in, retries included. @default 15_000 // 15 seconds */
  readonly deadlineMs?: number
  /** Largest answer, counted after decompression. @default 33_554_432 // 32 MiB */
  readonly maxBodyBytes?: number
  /** Requests under way at once; further ones wait their turn. @default 8 */
  readonly maxConcurrent?: number
  /** Is told of every call, with the parts of its path that are among `endpointWords`. @default nobody */
  readonly observer?: UpstreamObserver | null
  /** Writes each call down as a part of what it is made for. @default nobody */
  readonly tracer?: Tracer | null
  /** What the vendor's interface calls its parts. @default none */
  readonly endpointWords?: ReadonlySet<string>
}

export interface UpstreamRequest {
  /**
   * READ may be sent again after a passing failure. WRITE is sent at most once, whatever happens; a sign-in is a READ.
   */
  readonly effect: 'READ' | 'WRITE'
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Starts with `/`. Every part that comes from outside is already encoded. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it is; left out means no body. */
  readonly body?: string
  /** Ends the wait with CANCELLED. */
  readonly signal: AbortSignal
  /** Asked when nothing is waited for any more; when it is false, nothing is sent: VENDOR_UNAVAILABLE. @default always */
  readonly mayLeave?: () => boolean
}

/**
 * Any answer, whatever its status: only the vendor's own client knows what a status means. An error's body does
 * not repeat the secrets that the site was sent.
 */
export interface UpstreamReply {
  readonly status: number
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The same body as it came, for who need not make text of all of it. */
  readonly bytes: Buffer
  /** Vendor clock minus ours, from the Date header; null without one. */
  readonly clockSkewMs: number | null
}

/**
 * The one way to a vendor site: bulkhead, retry (READ only), breaker, total deadline, size cap.
 *
 * {@link HttpClient.request} throws VENDOR_UNAVAILABLE when the breaker is open or nothing can have reached the site,
 * TIMEOUT or VENDOR_UNAVAILABLE when a READ was lost, OUTCOME_UNKNOWN when a WRITE may have arrived and its answer was
 * lost, VENDOR_PROTOCOL for an answer over the cap, CANCELLED when `signal` aborted.
 */
export interface HttpClient extends AsyncDisposable {
  request(request: UpstreamRequest): Promise<UpstreamReply>
  /** Tells the breaker that an answer was no answer: nonsense, or a 5xx that the vendor's client does not understand. */
  reportNonsense(): void
  readonly breaker: BreakerState
  readonly lastSuccessAt: Date | null
  /** When the certificate ends that the site showed last; null before the first connection, and without TLS. */
  readonly certificateExpiresAt: Date | null
}
