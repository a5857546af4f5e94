import type { Logger } from '../domain/ports/logger.ts'
import { coversGrants } from '../domain/covers-grants.ts'
import type { TracePlace } from '../domain/ports/tracer.ts'
import type { Session, Viewer } from '../domain/viewer.ts'
import type { Authenticate } from './authentication.ts'
import type { GrantWatch } from './grant-watch.ts'
import { atExpiry, isExpired } from './session-expiry.ts'

/** Whose session it is. */
export interface SessionOwner {
  readonly authenticate: Authenticate
  readonly grants: GrantWatch
  readonly logger: Logger
  /** Called once, when the credential has ended and no fresh one has come. */
  onExpired(): void
  /** Called once, when the caller may no longer do all that he could. */
  onWithdrawn(): void
}

/**
 * Who is on one socket, and until when. Nobody, until {@link SocketSession.begin}. Dispose when the socket has closed.
 *
 * What runs on the socket keeps the rights that it began with; what begins after a refresh has those of the fresh token.
 * So a fresh token may grant more, never less; and where less is granted by now than the caller came with, it is over.
 */
export class SocketSession implements Session, Disposable {
  readonly #owner: SessionOwner
  /** Of whoever has opened the socket: for operations that bring none of their own. */
  traceParent: TracePlace | null = null
  #viewer: Viewer | null = null
  #expiry: Disposable | null = null
  #grantsWatched: Disposable | null = null
  #isOver = false

  constructor(owner: SessionOwner) {
    this.#owner = owner
  }

  /** Null until the caller was accepted. */
  get viewer(): Viewer | null {
    return this.#viewer
  }

  /** True from the moment at which nothing may be sent to the caller any more. */
  get isOver(): boolean {
    return this.#isOver || (this.#viewer !== null && isExpired(this.#viewer))
  }

  begin(viewer: Viewer): void {
    if (this.#isOver) return
    this.#viewer = viewer
    this.#expiry?.[Symbol.dispose]()
    this.#grantsWatched?.[Symbol.dispose]()
    this.#expiry = atExpiry(viewer, () => this.#owner.onExpired())
    this.#grantsWatched = this.#owner.grants.watch(viewer, () => this.#owner.onWithdrawn())
  }

  async refresh(token: string): Promise<Viewer | null> {
    const fresh = await this.#owner.authenticate(`Bearer ${token}`)
    const viewer = this.#viewer
    if (fresh === null || viewer === null || this.isOver || !isSameOrMore(viewer, fresh)) return null
    this.begin(fresh)
    this.#owner.logger.info('A session goes on with a fresh token', { viewer: fresh.name, expiresAt: fresh.expiresAt })
    return fresh
  }

  [Symbol.dispose](): void {
    this.#isOver = true
    this.#expiry?.[Symbol.dispose]()
    this.#grantsWatched?.[Symbol.dispose]()
  }
}

const isSameOrMore = (viewer: Viewer, fresh: Viewer): boolean =>
  fresh.name === viewer.name && fresh.isAnonymous === viewer.isAnonymous && coversGrants(fresh.grants, viewer.grants)
