import { createLocalJWKSet, errors, type CryptoKey, type FlattenedJWSInput, type JWSHeaderParameters } from 'jose'
import { z } from 'zod'
import type { Clock } from '../domain/ports/clock.ts'
import type { Logger } from '../domain/ports/logger.ts'

/** How the keys of an issuer are kept. */
export const issuerKeyLimits = {
  /** They are read anew this often, so that a key that was taken back is soon unknown, too. */
  refreshIntervalMs: 300_000,
  /** Between two reads whatever the cause: tokens with invented key ids cost the issuer no more than this. */
  leastGapMs: 10_000,
  /** For a read as a whole. */
  deadlineMs: 5_000,
  /** Of an answer, unpacked. */
  maxBytes: 262_144,
} as const

type KeySet = ReturnType<typeof createLocalJWKSet>

const keySetForm = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })

const readText = async (response: Response): Promise<string> => {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > issuerKeyLimits.maxBytes) throw new Error(`the answer is longer than ${issuerKeyLimits.maxBytes} bytes`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

const fetchKeySet = async (url: string): Promise<KeySet> => {
  const signal = AbortSignal.timeout(issuerKeyLimits.deadlineMs)
  const headers = { accept: 'application/jwk-set+json, application/json' }
  const response = await fetch(url, { redirect: 'error', headers, signal })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new Error(`the answer has the status ${response.status}`)
  }
  return createLocalJWKSet(keySetForm.parse(JSON.parse(await readText(response))))
}

/**
 * The keys by which an issuer signs, from an address of the configuration. They are read at once and then in the
 * background; nobody waits for that except a token whose key is not known. When the address does not answer, the keys
 * that are known go on; while none is known, no token is valid.
 *
 * `createRemoteJWKSet` of jose is not used: once its keys are old it knows none until the address answers again, and it
 * counts the time between two reads from the last one that went well, so that in an outage every token costs one.
 */
export class IssuerKeys implements Disposable {
  readonly #url: string
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #ended = new AbortController()
  #known: KeySet | null = null
  #readAt: number | null = null
  #reading: Promise<void> | null = null

  constructor(options: { readonly url: string; readonly clock: Clock; readonly logger: Logger }) {
    this.#url = options.url
    this.#clock = options.clock
    this.#logger = options.logger
    void this.#keepFresh()
  }

  [Symbol.dispose](): void {
    this.#ended.abort()
  }

  /**
   * The key that a token says it was signed by.
   *
   * @throws JWKSNoMatchingKey, or JWKSMultipleMatchingKeys for a token that names none where several would do.
   */
  async get(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    const known = await this.#find(header, token)
    if (known !== null) return known
    await this.#read()
    const fresh = await this.#find(header, token)
    if (fresh === null) throw new errors.JWKSNoMatchingKey()
    return fresh
  }

  async #find(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey | null> {
    try {
      return this.#known === null ? null : await this.#known(header, token)
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return null
      throw error
    }
  }

  async #keepFresh(): Promise<void> {
    const { signal } = this.#ended
    while (!signal.aborted) {
      // A read that was due and fell into the gap is made up for by the one that made the gap.
      await this.#read()
      await this.#clock.wait(issuerKeyLimits[this.#known === null ? 'leastGapMs' : 'refreshIntervalMs'], signal)
    }
  }

  /** Reads them, or waits for the read under way; does nothing when the last one was a moment ago. Never rejects. */
  async #read(): Promise<void> {
    if (this.#reading === null) {
      const now = this.#clock.now().getTime()
      // A clock that was put back must not make the gap longer.
      const gapMs = this.#readAt === null ? Number.POSITIVE_INFINITY : Math.abs(now - this.#readAt)
      if (gapMs < issuerKeyLimits.leastGapMs) return
      this.#readAt = now
      this.#reading = this.#readNow()
    }
    await this.#reading
  }

  async #readNow(): Promise<void> {
    try {
      this.#known = await fetchKeySet(this.#url)
    } catch (error) {
      const hasKeys = this.#known !== null
      this.#logger.warn('The keys of an issuer of tokens cannot be read', { url: this.#url, hasKeys, error })
    } finally {
      this.#reading = null
    }
  }
}

/** The keys of issuers by the addresses where they are. */
export class KeyRing implements Disposable {
  readonly #options: { readonly clock: Clock; readonly logger: Logger }
  readonly #keys = new Map<string, IssuerKeys>()

  constructor(options: { readonly clock: Clock; readonly logger: Logger }) {
    this.#options = options
  }

  /** Reads the keys at these addresses, and no others any more. What is known of one that stays is kept. */
  keep(urls: ReadonlySet<string>): void {
    for (const [url, keys] of this.#keys) {
      if (urls.has(url)) continue
      keys[Symbol.dispose]()
      this.#keys.delete(url)
    }
    for (const url of urls) if (!this.#keys.has(url)) this.#keys.set(url, new IssuerKeys({ url, ...this.#options }))
  }

  /** Null for an address that is not one of those. */
  find(url: string): IssuerKeys | null {
    return this.#keys.get(url) ?? null
  }

  [Symbol.dispose](): void {
    this.keep(new Set())
  }
}
