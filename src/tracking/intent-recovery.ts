import type { Clock } from '../domain/ports/clock.ts'
import type { Logger } from '../domain/ports/logger.ts'
import { recoverIntents } from './recover-intents.ts'

// A store that cannot be read or written is asked again after this.
const retryMs = 1_000

/** Clears up behind every gateway that dies while this one runs, until it is disposed of. */
export class IntentRecovery implements AsyncDisposable {
  readonly #recover: () => Promise<void>
  readonly #logger: Logger
  readonly #clock: Clock
  readonly #end = new AbortController()
  readonly #calls: Disposable
  #isDue = false
  #run: Promise<void> | null = null

  constructor(options: Parameters<typeof recoverIntents>[0] & { readonly logger: Logger }) {
    this.#recover = () => recoverIntents(options)
    this.#logger = options.logger
    this.#clock = options.clock
    this.#calls = options.leases.onDeath(() => {
      this.#isDue = true
      this.#run ??= this.#recoverAll()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#calls[Symbol.dispose]()
    this.#end.abort()
    await this.#run
  }

  async #recoverAll(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false
      try {
        await this.#recover()
      } catch (error) {
        this.#logger.warn('What a gateway has left behind when it died cannot be cleared up', { error: String(error) })
        await this.#clock.wait(retryMs, this.#end.signal)
        this.#isDue = !this.#end.signal.aborted
      }
    }
    this.#run = null
  }
}
