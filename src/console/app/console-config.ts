/** How people sign in with an OpenID Connect provider: authorization code with PKCE. */
export interface OidcLogin {
  readonly kind: 'oidc'
  /** What the button says it signs in with. */
  readonly name: string
  readonly clientId: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly scope: string
}

/** What the gateway tells its console in `/console-config.json`. */
export interface ConsoleConfig {
  /** `none` where the gateway lets anybody in; `token` where a token is pasted. */
  readonly login: { readonly kind: 'none' } | { readonly kind: 'token' } | OidcLogin
  /** `id` where the gateway takes known documents only. */
  readonly documents: 'text' | 'id'
}

/** @throws Error when the gateway does not answer. */
export const loadConsoleConfig = async (): Promise<ConsoleConfig> => {
  const response = await fetch('/console-config.json', { cache: 'no-cache' })
  if (!response.ok) throw new Error(`The gateway answered with HTTP ${response.status}`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same release of the gateway has written it
  return (await response.json()) as ConsoleConfig
}
