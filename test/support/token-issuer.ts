import { createServer, type RequestListener } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'
import type { TrustedIssuer } from '../../src/server/oidc-authentication.ts'

/** A key pair of the issuer. */
export interface IssuerKey {
  readonly id: string
  readonly privateKey: CryptoKey
  /** As it is published. */
  readonly jwk: JWK
}

export interface TokenIssuer extends AsyncDisposable {
  readonly trusted: TrustedIssuer
  /** What is published, oldest first. */
  readonly keys: IssuerKey[]
  /** How many times the keys were asked for. */
  requests(): number
  /** Resolves when the keys are asked for the next time, before they are answered. */
  whenAsked(): Promise<void>
  /** Answers in another way from now on; null for the keys again. */
  answerWith(listener: RequestListener | null): void
  /** Publishes one more key, by which it signs from now on. */
  addKey(): Promise<IssuerKey>
  /**
   * An access token for `alice` with `dr:read`, valid for an hour, by the newest key. `claims` and `header` replace what
   * they name; undefined leaves it out.
   */
  sign(
    claims?: Readonly<Record<string, unknown>>,
    header?: Readonly<Record<string, unknown>>,
    key?: IssuerKey,
  ): Promise<string>
}

/** A key pair that the issuer does not publish. */
export const createIssuerKey = async (id: string): Promise<IssuerKey> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  return { id, privateKey, jwk: { ...(await exportJWK(publicKey)), kid: id, alg: 'ES256', use: 'sig' } }
}

/** An issuer of access tokens that publishes its keys on this machine. */
export const startTokenIssuer = async (options: Partial<TrustedIssuer> = {}): Promise<TokenIssuer> => {
  const keys = [await createIssuerKey('key-1')]
  let requests = 0
  let asked: (() => void) | null = null
  let answer: RequestListener | null = null
  const server = createServer((request, response) => {
    requests += 1
    asked?.()
    if (answer !== null) answer(request, response)
    else response.end(JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The issuer has no port')
  const trusted: TrustedIssuer = {
    issuer: 'https://idp.example/realms/dr',
    audience: 'dr-gateway',
    jwksUrl: `http://127.0.0.1:${address.port}/keys`,
    algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    scopeClaim: 'scope',
    siteClaim: null,
    organizationClaim: null,
    grants: [],
    nameClaim: 'sub',
    namePrefix: '',
    ...options,
  }
  return {
    trusted,
    keys,
    requests: () => requests,
    whenAsked: () =>
      new Promise((resolve) => {
        asked = resolve
      }),
    answerWith: (listener) => {
      answer = listener
    },
    addKey: async () => {
      const key = await createIssuerKey(`key-${keys.length + 1}`)
      keys.push(key)
      return key
    },
    sign: async (claims = {}, header = {}, key = keys.at(-1)) => {
      if (key === undefined) throw new Error('The issuer has no key')
      const { issuer: iss, audience: aud } = trusted
      const seconds = Math.floor(Date.now() / 1_000)
      const payload = { iss, aud, sub: 'alice', scope: 'openid dr:read', iat: seconds, exp: seconds + 3_600 }
      return new SignJWT(Object.assign(payload, claims))
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.id, ...header })
        .sign(key.privateKey)
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}
