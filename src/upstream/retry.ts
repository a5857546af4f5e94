/** Tries after the first one. */
export const maxRetries = 2

const firstBackoffMs = 100
const longestRetryAfterMs = 5000

const passingStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504])

/** True for an answer after which the same read may well succeed. */
export const isPassingStatus = (status: number): boolean => passingStatuses.has(status)

/** Milliseconds that a Retry-After header asks for, in either of its forms; null for none or for garbage. */
export const parseRetryAfterMs = (headers: Readonly<Record<string, string>>, now: Date): number | null => {
  const value = headers['retry-after']?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  // A bare number is not a date, although Date.parse takes one for a year.
  const at = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at)) return null
  const vendorNow = Date.parse(headers['date'] ?? '')
  return Math.max(0, at - (Number.isNaN(vendorNow) ? now.getTime() : vendorNow))
}

/**
 * How long to wait before retry number `retry` (0 is the first), or null where the site asks for more patience than a
 * waiting caller has: 5 seconds. Without a word from the site: full jitter below 100 ms, then below 200 ms.
 */
export const toRetryDelayMs = (retry: number, retryAfterMs: number | null): number | null => {
  const jitterMs = Math.random() * firstBackoffMs * 2 ** retry
  if (retryAfterMs === null) return jitterMs
  return retryAfterMs > longestRetryAfterMs ? null : retryAfterMs + jitterMs
}

/**
 * Keeps retries a small part of all requests: ten requests earn one retry, and no more than five can be saved up. When
 * everything fails, a site sees at most a tenth more than was asked for, and five.
 */
export class RetryBudget {
  static readonly #perRequest = 0.1
  static readonly #most = 5
  #left = RetryBudget.#most

  earn(): void {
    this.#left = Math.min(RetryBudget.#most, this.#left + RetryBudget.#perRequest)
  }

  /** Takes one retry out of the budget; false when it is empty. */
  spend(): boolean {
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
