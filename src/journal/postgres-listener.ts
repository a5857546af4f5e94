import { type Client, escapeIdentifier } from 'pg'
import type { Clock } from '../domain/ports/clock.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { Secret } from '../std/secret.ts'
import { openPostgresClient } from './postgres-connection.ts'

export interface PostgresListenerOptions {
  readonly url: Secret
  /** The name under which this gateway tells: what it hears of itself it knows already. */
  readonly gateway: string
  /** Called by the name of the channel when somebody has told something on it, or may have. */
  readonly wakes: ReadonlyMap<string, () => void>
  /** Called by the name of the channel with what another gateway has told on it behind its own name; may be lost. */
  readonly hears: ReadonlyMap<string, (text: string) => void>
  readonly clock: Clock
  readonly logger: Logger
}

/** How often everybody is woken, in case that something was told and not heard. */
const safetyIntervalMs = 2_000

const retryIntervalMs = 500

/** Resolves when the connection is gone. */
const untilGone = (client: Client): Promise<void> =>
  new Promise((resolve) => {
    client.once('error', () => resolve())
    client.once('end', () => resolve())
  })

/**
 * Hears what is told at the database, on a connection of its own. One that breaks is made anew, and then everybody is woken:
 * what was told meanwhile was not heard.
 */
export class PostgresListener implements AsyncDisposable {
  readonly #options: PostgresListenerOptions
  readonly #closing = new AbortController()
  #client: Client
  #loops: Promise<unknown>

  private constructor(options: PostgresListenerOptions, client: Client) {
    this.#options = options
    this.#client = client
    this.#loops = Promise.all([this.#keep(), this.#wakeInTime()])
  }

  /** @throws PostgresError when the first connection cannot be made. */
  static async open(options: PostgresListenerOptions): Promise<PostgresListener> {
    return new PostgresListener(options, await PostgresListener.#connect(options))
  }

  static async #connect({ url, gateway, wakes, hears }: PostgresListenerOptions): Promise<Client> {
    const client = await openPostgresClient(url)
    client.on('notification', ({ channel, payload = '' }) => {
      const [teller, ...words] = payload.split(' ')
      if (teller === gateway) return
      wakes.get(channel)?.()
      hears.get(channel)?.(words.join(' '))
    })
    try {
      for (const channel of [...wakes.keys(), ...hears.keys()])
        await client.query(`listen ${escapeIdentifier(channel)}`)
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#client.end().catch(() => {})
    await this.#loops
  }

  #wakeAll(): void {
    for (const wake of this.#options.wakes.values()) wake()
  }

  async #keep(): Promise<void> {
    const { logger } = this.#options
    const { signal } = this.#closing
    for (;;) {
      await untilGone(this.#client)
      await this.#client.end().catch(() => {})
      if (signal.aborted) return
      logger.warn('The store cannot be listened to; its changes are looked for every 2 seconds until it can')
      const client = await this.#reconnect()
      if (client === null) return
      this.#client = client
      logger.info('The store is listened to again')
      this.#wakeAll()
    }
  }

  /** Null when the gateway closes. */
  async #reconnect(): Promise<Client | null> {
    const { signal } = this.#closing
    for (;;) {
      await this.#options.clock.wait(retryIntervalMs, signal)
      if (signal.aborted) return null
      try {
        const client = await PostgresListener.#connect(this.#options)
        if (!signal.aborted) return client
        await client.end().catch(() => {})
        return null
      } catch {
        // The next round tries again; that it is gone was said already.
      }
    }
  }

  async #wakeInTime(): Promise<void> {
    const { signal } = this.#closing
    for (;;) {
      await this.#options.clock.wait(safetyIntervalMs, signal)
      if (signal.aborted) return
      this.#wakeAll()
    }
  }
}
