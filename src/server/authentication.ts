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
 * Says who is asking.
 *
 * @param authorization The `Authorization` header, or what a socket gave in its stead; null when there was none.
 * @returns Null when the caller is to be refused.
 */
export type Authenticate = (authorization: string | null) => Viewer | null

const bearer = /^Bearer +(?<token>[\w.~+/=-]+)$/i

/**
 * Knows callers by static bearer tokens. Every token is compared, each in constant time, so the time tells nothing.
 *
 * @param options.anonymous Who a caller without any credential is; null refuses him. A wrong credential never falls
 *   back to it.
 */
export const createTokenAuthentication = (options: {
  readonly tokens: readonly TokenGrant[]
  readonly anonymous: Viewer | null
}): Authenticate => {
  const grants = options.tokens.map(({ name, sha256, scopes }) => ({
    digest: Buffer.from(sha256, 'hex'),
    viewer: { name, scopes: new Set(scopes) } satisfies Viewer,
  }))
  return (authorization) => {
    if (authorization === null) return options.anonymous
    const token = bearer.exec(authorization)?.groups?.['token']
    if (token === undefined) return null
    const digest = createHash('sha256').update(token).digest()
    let found: Viewer | null = null
    for (const grant of grants) if (timingSafeEqual(grant.digest, digest)) found = grant.viewer
    return found
  }
}
