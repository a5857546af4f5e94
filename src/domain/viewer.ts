import { toReach, type Bounds, type Reach } from './reach.ts'

/**
 * What a caller may do. `dr:operate` is reversible work; `dr:recover` moves or ends things; `dr:audit` reads who did what;
 * `dr:introspect` reads the schema itself.
 */
export const scopes = ['dr:read', 'dr:operate', 'dr:recover', 'dr:audit', 'dr:introspect'] as const
export type Scope = (typeof scopes)[number]

/** Some scopes, and where they hold. */
export interface Grant extends Bounds {
  readonly scopes: readonly Scope[]
}

/** Who is asking. `name` scopes idempotency keys and stands in every task that the caller starts. */
export interface Viewer {
  readonly name: string
  readonly grants: readonly Grant[]
  /** Every scope that one of the grants has, wherever it holds. */
  readonly scopes: ReadonlySet<Scope>
  /** When the credential ends, and with it everything that it has opened; null when it does not end by itself. */
  readonly expiresAt: Date | null
  /** True for a caller without a credential. */
  readonly isAnonymous: boolean
}

/** Everywhere. */
export const unbounded: Bounds = { siteNames: null, organizations: null }

/** Makes a viewer whose scopes are those of his grants. */
export const toViewer = (viewer: Omit<Viewer, 'scopes'>): Viewer => ({
  ...viewer,
  scopes: new Set(viewer.grants.flatMap((grant) => grant.scopes)),
})

/** Where a scope holds for a viewer. */
export const reachOf = ({ grants }: Pick<Viewer, 'grants'>, scope: Scope): Reach =>
  toReach(grants.filter((grant) => grant.scopes.includes(scope)))

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
