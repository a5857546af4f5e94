/**
 * What a caller may do. `dr:operate` is reversible work; `dr:recover` moves or ends things; `dr:audit` reads who did what;
 * `dr:introspect` reads the schema itself.
 */
export const scopes = ['dr:read', 'dr:operate', 'dr:recover', 'dr:audit', 'dr:introspect'] as const
export type Scope = (typeof scopes)[number]

/** Who is asking. `name` scopes idempotency keys and stands in every task that the caller starts. */
export interface Viewer {
  readonly name: string
  readonly scopes: ReadonlySet<Scope>
  /** When the credential ends, and with it everything that it has opened; null when it does not end by itself. */
  readonly expiresAt: Date | null
  /** True for a caller without a credential. */
  readonly isAnonymous: boolean
}

/** A connection that stays open for as long as its caller's credential is valid. */
export interface Session {
  /**
   * Goes on with a fresh access token of the same caller.
   *
   * @returns Who the caller is from now on; null when the token is not valid, is somebody else's, or grants less than
   *   the session has: what was opened with a right must not outlive it.
   */
  refresh(token: string): Promise<Viewer | null>
}
