import { hash } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import type { Viewer } from '../domain/viewer.ts'
import type { Authenticate } from './authentication.ts'
import type { ServerLimits } from './limit-table.ts'
import { TokenBucket } from './rate-limits.ts'

const unknownAddress = 'unknown'

const parseGroups = (part: string): readonly number[] =>
  part === '' ? [] : part.split(':').map((word) => parseInt(word, 16))

/** The eight groups of an address that has been written in any way. */
const toGroups = (address: string): readonly number[] => {
  // The parser of URLs knows every way of writing one, and knows one way of writing it back.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const [first, last] = [parseGroups(head), parseGroups(tail ?? '')]
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last]
}

/**
 * Whom an address counts as: an IPv4 address as itself, however it is written, an IPv6 address as its /64, which whoever
 * has one of its addresses has all of.
 *
 * @param address As Node tells it; undefined for a connection that has gone.
 */
export const toAddressKey = (address: string | undefined): string => {
  const [plain = ''] = (address ?? '').split('%', 1)
  if (isIPv4(plain)) return plain
  if (!isIPv6(plain)) return unknownAddress
  const groups = toGroups(plain)
  const [high = 0, low = 0] = groups.slice(6)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
  const network = groups.slice(0, 4).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
}

/** What one address has done without having shown yet who it is. */
interface Address {
  refusals: TokenBucket
  waiting: number
}

const addressesBetweenSweeps = 1_000
const mostAfterSweep = 9_000

/** Counts what comes from an address and from nobody who is known. An address that does nothing costs nothing. */
export class AddressLimits {
  readonly #limits: ServerLimits
  readonly #now: () => number
  readonly #addresses = new Map<string, Address>()
  #sweepAt = addressesBetweenSweeps

  /** @param now Milliseconds of a clock that never goes back. */
  constructor(limits: ServerLimits, now: () => number = () => performance.now()) {
    this.#limits = limits
    this.#now = now
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#addresses.size
  }

  /** Counts a socket on which nobody has said yet who he is, until it is disposed of; null when too many wait. */
  openWaiting(address: string | undefined): Disposable | null {
    const counted = this.#addressOf(address)
    if (counted.waiting >= this.#limits.maxWaitingSocketsPerAddress) return null
    counted.waiting += 1
    let isOver = false
    return {
      [Symbol.dispose]: () => {
        if (!isOver) counted.waiting -= 1
        isOver = true
      },
    }
  }

  /** Counts a credential that was refused. */
  countRefusal(address: string | undefined): void {
    this.#addressOf(address).refusals.take()
  }

  /** How long no unknown credential from there is looked at; 0 where it may be now. */
  waitSeconds(address: string | undefined): number {
    const known = this.#addresses.get(toAddressKey(address))
    return known === undefined ? 0 : Math.ceil(known.refusals.waitMs / 1_000)
  }

  #addressOf(given: string | undefined): Address {
    const key = toAddressKey(given)
    const known = this.#addresses.get(key)
    const burst = this.#limits.maxRefusedTokensPerMinute
    const perSecond = burst / 60
    if (known !== undefined) {
      if (known.refusals.perSecond !== perSecond) known.refusals = new TokenBucket(perSecond, this.#now, burst)
      return known
    }
    if (this.#addresses.size >= this.#sweepAt) this.#sweep()
    const address = { refusals: new TokenBucket(perSecond, this.#now, burst), waiting: 0 }
    this.#addresses.set(key, address)
    return address
  }

  #sweep(): void {
    for (const [key, { refusals, waiting }] of this.#addresses) {
      if (waiting === 0 && refusals.isFull) this.#addresses.delete(key)
    }
    // Whoever has so many addresses is not held up by what one of them has done: the oldest are forgotten.
    for (const [key, { waiting }] of this.#addresses) {
      if (this.#addresses.size <= mostAfterSweep) break
      if (waiting === 0) this.#addresses.delete(key)
    }
    this.#sweepAt = this.#addresses.size + addressesBetweenSweeps
  }
}

/** Who is asking; null for nobody, with how long no unknown credential from his address is looked at. */
export interface Arrival {
  readonly viewer: Viewer | null
  /** 0 where the credential was looked at. */
  readonly waitSeconds: number
}

/** Says who is asking from where, in which request or on which socket. Never rejects. */
export type AuthenticateFrom = (
  address: string | undefined,
  authorization: string | null,
  requestId: string,
) => Promise<Arrival>

const mostRemembered = 10_000

/** Digests of credentials, the one that was last seen last. */
class Remembered {
  readonly #digests = new Set<string>()

  has(digest: string): boolean {
    return this.#digests.has(digest)
  }

  add(digest: string): void {
    this.#digests.delete(digest)
    this.#digests.add(digest)
    const [oldest] = this.#digests
    if (this.#digests.size > mostRemembered && oldest !== undefined) this.#digests.delete(oldest)
  }

  delete(digest: string): void {
    this.#digests.delete(digest)
  }
}

const toDigest = (authorization: string): string => hash('sha256', authorization, 'base64')

/**
 * The same authentication, which does not look at unknown credentials from an address while too many from there were
 * wrong. One that was good lately is looked at all the same: many callers may share an address, and one of them who
 * guesses must not lock out the others.
 */
export const limitAuthentication = (authenticate: Authenticate, addresses: AddressLimits): AuthenticateFrom => {
  const good = new Remembered()
  return async (address, authorization, requestId) => {
    const waitSeconds = addresses.waitSeconds(address)
    const digest = authorization === null ? null : toDigest(authorization)
    if (waitSeconds > 0 && digest !== null && !good.has(digest)) return { viewer: null, waitSeconds }
    const viewer = await authenticate(authorization, requestId)
    if (digest !== null) good[viewer === null ? 'delete' : 'add'](digest)
    if (viewer === null) addresses.countRefusal(address)
    return { viewer, waitSeconds: viewer === null ? waitSeconds : 0 }
  }
}
