/** What a caller may do. `dr:operate` is reversible work; `dr:recover` moves or ends things. */
export const scopes = ['dr:read', 'dr:operate', 'dr:recover'] as const
export type Scope = (typeof scopes)[number]

/** Who is asking. `name` scopes idempotency keys and stands in every task that the caller starts. */
export interface Viewer {
  readonly name: string
  readonly scopes: ReadonlySet<Scope>
}
