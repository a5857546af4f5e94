import type { EventBus } from '../domain/ports/event-bus.ts'
import type { ProtectionLog } from '../domain/ports/protection-log.ts'
import type { ProtectionEvent } from '../domain/protection-event.ts'
import { configurationFields } from './decisive-fields.ts'

/**
 * When something of each replication and group last changed that only a test can prove anew, as the log of changes tells it:
 * also for a gateway that does not write it.
 */
export class ConfigurationTimes implements Disposable {
  readonly #log: ProtectionLog
  readonly #subscription: Disposable
  /** By global id. */
  readonly #times = new Map<string, Date>()
  /** What was told before the log was read; null afterwards. */
  #toldEarly: Set<string> | null = new Set()

  /** Follows the log from now on. */
  constructor(log: ProtectionLog, changes: Pick<EventBus<ProtectionEvent>, 'subscribe'>) {
    this.#log = log
    this.#subscription = changes.subscribe((event) => this.#note(event))
  }

  /** Reads what was told before. To be called once. @throws STORE_BUSY, STORE_UNAVAILABLE */
  async load(): Promise<void> {
    const states = await this.#log.listStates()
    for (const { id, configurationChangedAt } of states) {
      if (configurationChangedAt !== null && !this.#toldEarly?.has(id)) this.#times.set(id, configurationChangedAt)
    }
    this.#toldEarly = null
  }

  /** Null when that was never seen. */
  find(id: string): Date | null {
    return this.#times.get(id) ?? null
  }

  [Symbol.dispose](): void {
    this.#subscription[Symbol.dispose]()
  }

  #note({ id, kind, changedFields, at }: ProtectionEvent): void {
    if (kind === 'CHANGED' && !changedFields.some((field) => configurationFields.has(field))) return
    this.#toldEarly?.add(id)
    if (kind === 'CHANGED') this.#times.set(id, at)
    else this.#times.delete(id)
  }
}
