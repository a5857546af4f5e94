import { createHash, timingSafeEqual } from 'node:crypto'
import type { Scope, Viewer } from '../domain/viewer.ts'

/** A static token: what it may do, and the SHA-256 of its text. The text itself is nowhere. */
export interface TokenGrant {
  /** Who the holder is, in tasks and logs. */
  readonly name: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
  readonly scopes: readonly Scope[]
}

/**
 * Says who is asking. Never rejects.
 *
 * @param authorization The `Authorization` header, or what a socket gave in its stead; null when there was none.
 * @returns Null when the caller is to be refused. The reason is nobody's business but the log's.
 */
export type Authenticate = (authorization: string | null) => Promise<Viewer | null>

/** Says who holds an access token, or null for nobody. Never rejects. */
export type VerifyToken = (token: string) => Promise<Viewer | null>

const bearer = /^Bearer +(?<token>[\w.~+/=-]+)$/i

/**
 * Knows callers by bearer tokens: static ones, and those that `verifyToken` knows. Every static token is compared, each in
 * constant time, so the time tells nothing. A wrong credential never falls back to the anonymous caller.
 *
 * @param options.anonymous Who a caller without any credential is; null refuses him.
 * @param options.verifyToken Asked about what is no static token. @default static tokens only
 */
export const createTokenAuthentication = (options: {
  readonly tokens: readonly TokenGrant[]
  readonly anonymous: Pick<Viewer, 'name' | 'scopes'> | null
  readonly verifyToken?: VerifyToken
}): Authenticate => {
  const { tokens, verifyToken = async () => null } = options
  const anonymous: Viewer | null =
    options.anonymous === null ? null : { ...options.anonymous, expiresAt: null, isAnonymous: true }
  const grants = tokens.map(({ name, sha256, scopes }) => ({
    digest: Buffer.from(sha256, 'hex'),
    viewer: { name, scopes: new Set(scopes), expiresAt: null, isAnonymous: false } satisfies Viewer,
  }))
  return async (authorization) => {
    if (authorization === null) return anonymous
    const token = bearer.exec(authorization)?.groups?.['token']
    if (token === undefined) return null
    const digest = createHash('sha256').update(token).digest()
    let found: Viewer | null = null
    for (const grant of grants) if (timingSafeEqual(grant.digest, digest)) found = grant.viewer
    return found ?? verifyToken(token)
  }
}
