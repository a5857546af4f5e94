import { coversGrants } from '../domain/covers-grants.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { Viewer } from '../domain/viewer.ts'
import { createTokenAuthentication, StaticTokens, type Authenticate, type StaticToken } from './authentication.ts'
import type { GrantWatch } from './grant-watch.ts'
import { createOidcAuthentication, type OidcAuthentication, type TrustedIssuer } from './oidc-authentication.ts'

/** Who may call, by which tokens. */
export interface CallerSettings {
  readonly tokens: readonly StaticToken[]
  readonly issuers: readonly TrustedIssuer[]
  /** The configured sites: an access token can be limited to these. */
  readonly siteNames: readonly string[]
}

/** Disposing ends it. */
class Watched implements Disposable {
  readonly viewer: Viewer
  readonly onWithdrawn: () => void
  readonly #all: Set<Watched>

  constructor(viewer: Viewer, onWithdrawn: () => void, all: Set<Watched>) {
    this.viewer = viewer
    this.onWithdrawn = onWithdrawn
    this.#all = all
  }

  [Symbol.dispose](): void {
    this.#all.delete(this)
  }
}

/**
 * Knows callers by their tokens, by settings that can be replaced while it is asked. Whoever came by former settings keeps
 * what he came with while the present ones grant all of it, and is told on to whoever watches him when they do not. Who
 * is granted more has it when he comes again.
 */
export class LiveAuthentication implements GrantWatch, Disposable {
  readonly #oidc: OidcAuthentication
  readonly #watched = new Set<Watched>()
  #tokens: StaticTokens
  #authenticate: Authenticate

  constructor(settings: CallerSettings, options: { readonly clock: Clock; readonly logger: Logger }) {
    this.#oidc = createOidcAuthentication({ ...toTrust(settings), ...options })
    this.#tokens = new StaticTokens(settings.tokens)
    this.#authenticate = this.#toAuthenticate()
  }

  /** Says who is asking, by the settings that hold when the answer is found. */
  readonly authenticate: Authenticate = async (authorization, requestId) => {
    const asOf = this.#authenticate
    const viewer = await asOf(authorization, requestId)
    return asOf === this.#authenticate ? viewer : this.authenticate(authorization, requestId)
  }

  watch(viewer: Viewer, onWithdrawn: () => void): Disposable {
    const watched = new Watched(viewer, onWithdrawn, this.#watched)
    if (this.#isCovered(viewer)) this.#watched.add(watched)
    else onWithdrawn()
    return watched
  }

  /**
   * Goes by other settings from now on.
   *
   * @returns The names of those who had something open that they may no longer have, once for each such thing.
   */
  replace(settings: CallerSettings): readonly string[] {
    this.#oidc.trust(toTrust(settings))
    this.#tokens = new StaticTokens(settings.tokens)
    this.#authenticate = this.#toAuthenticate()
    const withdrawn = [...this.#watched].filter(({ viewer }) => !this.#isCovered(viewer))
    for (const watched of withdrawn) if (this.#watched.delete(watched)) watched.onWithdrawn()
    return withdrawn.map(({ viewer }) => viewer.name)
  }

  [Symbol.dispose](): void {
    this.#oidc[Symbol.dispose]()
  }

  #toAuthenticate(): Authenticate {
    return createTokenAuthentication({ tokens: this.#tokens, anonymous: null, verifyToken: this.#oidc.verify })
  }

  /** Whether the present settings grant all that somebody has come with, under the same name. */
  #isCovered(viewer: Viewer): boolean {
    const present = this.#tokens.review(viewer) ?? this.#oidc.review(viewer)
    return present !== null && present.name === viewer.name && coversGrants(present.grants, viewer.grants)
  }
}

const toTrust = ({ tokens, issuers, siteNames }: CallerSettings) => ({
  issuers,
  siteNames,
  reservedNames: tokens.map(({ name }) => name),
})
