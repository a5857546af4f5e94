import { nameDocument, type DocumentMode, type UntypedDocument } from './gateway-document.ts'
import type { LiveSocket } from './live-socket.ts'
import type { TokenKeeper } from './token-keeper.ts'

/** What the client itself asks on its socket. Give your own where the gateway takes known documents only. */
export interface SessionDocuments {
  /** Has to ask for `viewer { expiresAt }`. */
  readonly viewer: UntypedDocument
  /** Has to take `$token`, and to ask for `refreshSession(token: $token) { expiresAt }`. */
  readonly refreshSession: UntypedDocument
}

export const usualSessionDocuments: SessionDocuments = {
  viewer: 'query SessionEnd { viewer { expiresAt } }',
  refreshSession: 'mutation RefreshSession($token: String!) { refreshSession(token: $token) { expiresAt } }',
}

/** A fresh token is handed over this long before the present one ends, or at half of its time where that is shorter. */
const aheadMs = 60_000
const longestTimerMs = 2_147_483_647

/** When to hand over a fresh token, from now. */
export const toRefreshDelayMs = (expiresAt: Date, now: Date): number => {
  const left = expiresAt.getTime() - now.getTime()
  return Math.min(longestTimerMs, Math.max(0, left - Math.min(aheadMs, left / 2)))
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const expiryOf = (data: unknown): Date | null => {
  const [viewer] = isRecord(data) ? Object.values(data) : []
  const expiresAt = isRecord(viewer) ? viewer['expiresAt'] : null
  return typeof expiresAt === 'string' ? new Date(expiresAt) : null
}

/** Keeps a socket open beyond its token, by handing over a fresh one in time. Disposing ends that. */
export class SessionRefresh implements Disposable {
  readonly #socket: () => LiveSocket
  readonly #tokens: TokenKeeper
  readonly #mode: DocumentMode
  readonly #documents: SessionDocuments
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(socket: () => LiveSocket, tokens: TokenKeeper, mode: DocumentMode, documents: SessionDocuments) {
    this.#socket = socket
    this.#tokens = tokens
    this.#mode = mode
    this.#documents = documents
  }

  /** To be called whenever the socket has been opened: its session is a new one. */
  begin(): void {
    clearTimeout(this.#timer)
    if (this.#tokens.canRenew) this.#ask(this.#documents.viewer, {})
  }

  // Where it fails, the socket closes with 4403 at the token's end, and is opened with a fresh one.
  #ask(document: UntypedDocument, variables: Record<string, unknown>): void {
    this.#socket().client.subscribe<unknown>(
      { ...nameDocument(document, this.#mode), variables },
      { next: ({ data }) => this.#plan(expiryOf(data)), error: () => undefined, complete: () => undefined },
    )
  }

  #plan(expiresAt: Date | null): void {
    clearTimeout(this.#timer)
    if (expiresAt === null) return
    this.#timer = setTimeout(() => void this.#refresh(), toRefreshDelayMs(expiresAt, new Date()))
  }

  async #refresh(): Promise<void> {
    try {
      const token = await this.#tokens.renew('expiring')
      if (token !== null && this.#socket().connection.kind === 'open') {
        this.#ask(this.#documents.refreshSession, { token })
      }
    } catch {
      // As above.
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }
}
