import { hash, timingSafeEqual } from 'node:crypto'
import { toViewer, type Grant, type Viewer } from '../domain/viewer.ts'

/** A static token: what it may do and where, and the SHA-256 of its text. The text itself is nowhere. */
export interface StaticToken {
  /** Who the holder is, in tasks and logs. */
  readonly name: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
  readonly grants: readonly Grant[]
}

/**
 * Says who is asking. Never rejects.
 *
 * @param authorization The `Authorization` header, or what a socket gave in its stead; null when there was none.
 * @param requestId Of whose request or socket it is, for the log.
 * @returns Null when the caller is to be refused. The reason is nobody's business but the log's.
 */
export type Authenticate = (authorization: string | null, requestId?: string) => Promise<Viewer | null>

/** Says who holds an access token, or null for nobody. Never rejects. `requestId` is for the log. */
export type VerifyToken = (token: string, requestId?: string) => Promise<Viewer | null>

const bearer = /^Bearer +(?<token>[\w.~+/=-]+)$/i

interface Holder {
  readonly digest: Buffer
  readonly viewer: Viewer
}

/** By which token somebody was let in. */
const digests = new WeakMap<Viewer, Buffer>()

/** The holders of static tokens. */
export class StaticTokens {
  readonly #holders: readonly Holder[]

  constructor(tokens: readonly StaticToken[]) {
    this.#holders = tokens.map(({ name, sha256, grants }) => {
      const digest = Buffer.from(sha256, 'hex')
      const viewer = toViewer({ name, grants, expiresAt: null, isAnonymous: false })
      digests.set(viewer, digest)
      return { digest, viewer }
    })
  }

  /** Who holds a token; null for nobody here. Every one is compared, each in constant time, so the time tells nothing. */
  find(token: string): Viewer | null {
    return this.#find(hash('sha256', token, 'buffer'))
  }

  /** Who holds the static token by now that somebody was let in with, also by another list than this; null for nobody. */
  review(viewer: Viewer): Viewer | null {
    const digest = digests.get(viewer)
    return digest === undefined ? null : this.#find(digest)
  }

  #find(digest: Buffer): Viewer | null {
    let found: Viewer | null = null
    for (const holder of this.#holders) if (timingSafeEqual(holder.digest, digest)) found = holder.viewer
    return found
  }
}

/**
 * Knows callers by bearer tokens: static ones, and those that `verifyToken` knows. A wrong credential never falls back to
 * the anonymous caller.
 *
 * @param options.anonymous Who a caller without any credential is; null refuses him.
 * @param options.verifyToken Asked about what is no static token. @default static tokens only
 */
export const createTokenAuthentication = (options: {
  readonly tokens: readonly StaticToken[] | StaticTokens
  readonly anonymous: Pick<Viewer, 'name' | 'grants'> | null
  readonly verifyToken?: VerifyToken
}): Authenticate => {
  const { verifyToken = async () => null } = options
  const tokens = options.tokens instanceof StaticTokens ? options.tokens : new StaticTokens(options.tokens)
  const anonymous: Viewer | null =
    options.anonymous === null ? null : toViewer({ ...options.anonymous, expiresAt: null, isAnonymous: true })
  return async (authorization, requestId) => {
    if (authorization === null) return anonymous
    const token = bearer.exec(authorization)?.groups?.['token']
    if (token === undefined) return null
    return tokens.find(token) ?? verifyToken(token, requestId)
  }
}
