import { z } from 'zod'
import type { Clock } from '../../domain/ports/clock.ts'
import type { Logger } from '../../domain/ports/logger.ts'
import type { HttpClient, UpstreamReply, UpstreamRequest } from '../../upstream/http-client.ts'
import {
  findMediaVersion,
  isBefore,
  newestApiVersion,
  parseApiVersion,
  toMediaType,
  type ApiVersion,
} from './vcda-versions.ts'
import { findJson } from './vcda-wire.ts'

/** Plain JSON: worked with every version that was seen, but does not say which one answers. */
const plainMedia = 'application/json'

// An appliance that was upgraded is asked for the newest again after this time.
const rememberedForMs = 24 * 3_600_000

/** "Not acceptable", and the wrong word for it. That an unknown version is refused by either is inferred. */
const refusals: ReadonlySet<number> = new Set([406, 415])

const buildInfo = z.object({ buildVersion: z.string().nullish() })

/**
 * The one place where versions are negotiated. Asks for the newest that this adapter knows. A site that refuses it is
 * asked for the one its answer names, else for the one `GET /diagnostics/about` names, else for plain JSON; what it
 * took is remembered for a day. A WRITE that is refused for its `Accept` alone was not done, and is not sent again
 * either: the next call asks rightly.
 */
export class VcdaNegotiation {
  readonly #http: HttpClient
  readonly #siteName: string
  readonly #clock: Clock
  readonly #logger: Logger
  #accept: string = toMediaType(newestApiVersion)
  #version: ApiVersion | null = null
  #settledAtMs: number | null = null

  constructor(options: {
    readonly http: HttpClient
    readonly siteName: string
    readonly clock: Clock
    readonly logger: Logger
  }) {
    this.#http = options.http
    this.#siteName = options.siteName
    this.#clock = options.clock
    this.#logger = options.logger
  }

  /** The version that the site's answers name; null before the first one, and where they name none. */
  get version(): ApiVersion | null {
    return this.#version
  }

  /** True for the status by which a site says that it does not speak what was asked for: nothing was done. */
  static isRefusal(reply: UpstreamReply): boolean {
    return refusals.has(reply.status)
  }

  reportNonsense(): void {
    this.#http.reportNonsense()
  }

  /** As {@link HttpClient.request}, with the `Accept` that the site takes. */
  async request(request: UpstreamRequest): Promise<UpstreamReply> {
    this.#forgetWhatIsOld()
    for (;;) {
      const asked = this.#accept
      const reply = await this.#http.request({ ...request, headers: { ...request.headers, accept: asked } })
      if (!VcdaNegotiation.isRefusal(reply) || asked === plainMedia) {
        this.#learn(reply)
        return reply
      }
      // Another call may have settled it meanwhile.
      if (asked === this.#accept) this.#settle(await this.#findOlder(reply, asked, request))
      if (request.effect === 'WRITE') return reply
    }
  }

  #forgetWhatIsOld(): void {
    const at = this.#settledAtMs
    if (at === null || this.#clock.now().getTime() - at < rememberedForMs) return
    this.#settledAtMs = null
    this.#accept = toMediaType(newestApiVersion)
  }

  #learn(reply: UpstreamReply): void {
    this.#version = findMediaVersion(reply.headers['content-type']) ?? this.#version
  }

  #settle(version: ApiVersion | null): void {
    this.#accept = version === null ? plainMedia : toMediaType(version)
    this.#version = version
    this.#settledAtMs = this.#clock.now().getTime()
    this.#logger.info('API version settled', { site: this.#siteName, accept: this.#accept })
  }

  async #findOlder(reply: UpstreamReply, asked: string, request: UpstreamRequest): Promise<ApiVersion | null> {
    const askedVersion = findMediaVersion(asked) ?? newestApiVersion
    const named = findMediaVersion(reply.headers['content-type'])
    if (isBefore(named, askedVersion)) return named
    const about = await this.#http.request({
      effect: 'READ',
      method: 'GET',
      path: '/diagnostics/about',
      headers: { ...request.headers, accept: plainMedia },
      signal: request.signal,
    })
    const parsed = buildInfo.safeParse(about.status === 200 ? findJson(about.body) : null)
    const built = parseApiVersion(parsed.success ? parsed.data.buildVersion : null)
    return isBefore(built, askedVersion) ? built : null
  }
}
