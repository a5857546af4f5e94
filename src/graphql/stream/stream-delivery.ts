import type { StreamObserver } from '../../domain/ports/stream-observer.ts'
import type { DrainNotice } from './drain-notice.ts'

/** What the subscriptions of a process share. */
export interface StreamSetting {
  readonly drain: DrainNotice
  /** How many events that must not be left out may wait for one subscription. */
  readonly mostQueuedEvents: number
  /** @default nobody */
  readonly observer?: StreamObserver | null
}

/** What a subscription and the transport that carries it tell each other; one for each operation. */
export interface StreamDelivery {
  /** The cursor that the transport itself says the client has seen last; goes before the argument `after`. */
  readonly resumeAfter: string | null
  /** The cursor of the event that was handed out last. */
  cursor: string | null
}
