import type { GraphQLError } from 'graphql'
import type { EventBus } from '../domain/ports/event-bus.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { Inventory } from '../inventory/inventory.ts'
import type { Operations } from '../operations/operations.ts'
import type { Loaders } from './loaders.ts'

/** What a resolver may reach. Made once per operation; the loaders' batches end with it. */
export interface GatewayContext {
  readonly viewer: Viewer
  readonly inventory: Inventory
  readonly operations: Operations
  readonly journal: Journal
  readonly eventBus: EventBus
  readonly loaders: Loaders
  /** Aborts when the caller has left. Never for a mutation. */
  readonly signal: AbortSignal
  /** What a list could not see: joins the `errors` of an answer whose `data` is nevertheless whole. */
  readonly gaps: GraphQLError[]
}
