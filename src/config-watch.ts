import { watch, type FSWatcher } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Clock } from './domain/ports/clock.ts'
import type { Logger } from './domain/ports/logger.ts'

/** How closely files are watched. */
export const configWatchTimes = {
  /** How often the files are looked at where nobody tells of a change: behind links, on some network drives. */
  lookIntervalMs: 10_000,
  /** A file is read when it has not changed for so long: whoever writes it may be half way. */
  settleMs: 250,
} as const

/** Whoever writes without a pause gets his file read as it is. */
const mostSettling = 20

/** What tells one state of a file from another one; links are followed. */
const signFile = async (file: string): Promise<string> => {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true })
    return [dev, ino, size, mtimeNs, ctimeNs].join()
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
  }
}

/**
 * Has files read anew when one of them has changed, soon where the system tells of it, and else within
 * {@link configWatchTimes}: mounted secrets are changed by turning a link somewhere above them, which tells nobody. Dispose
 * ends it.
 */
export class ConfigWatch implements Disposable {
  readonly #read: (isAsked: boolean) => readonly string[]
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #ended = new AbortController()
  readonly #watchers: FSWatcher[] = []
  #files: readonly string[]
  /** The state of the files when they were last read; null for one that is not known. */
  #signature: string | null = null
  #isSettling = false
  #work: Promise<void> = Promise.resolve()

  /**
   * @param options.files Absolute paths of what was read so far. As they may have changed since, the first look reads them.
   * @param options.read Reads all anew, and says which files that were. `isAsked` where somebody wants it, changed or not.
   */
  constructor(options: {
    readonly files: readonly string[]
    readonly read: (isAsked: boolean) => readonly string[]
    readonly clock: Clock
    readonly logger: Logger
  }) {
    this.#files = options.files
    this.#read = options.read
    this.#clock = options.clock
    this.#logger = options.logger
    this.#listen()
    void this.#keepLooking()
  }

  /** Has the files read now, changed or not. Resolves when that is done. */
  async reload(): Promise<void> {
    await this.#inTurn(async () => this.#readAll(await this.#sign(), true))
  }

  [Symbol.dispose](): void {
    this.#ended.abort()
    this.#deafen()
  }

  async #keepLooking(): Promise<void> {
    const { signal } = this.#ended
    while (!signal.aborted) {
      await this.#clock.wait(configWatchTimes.lookIntervalMs, signal)
      await this.#look()
    }
  }

  /** One after the other, so that an older state never comes after a newer one. Never rejects. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      this.#logger.error('The configuration could not be looked at', { error })
    })
    return this.#work
  }

  async #look(): Promise<void> {
    await this.#inTurn(async () => {
      const signature = await this.#sign()
      if (signature !== this.#signature) this.#readAll(await this.#settle(signature), false)
    })
  }

  /** Waits until the files are left alone. */
  async #settle(first: string): Promise<string> {
    const { signal } = this.#ended
    let signature = first
    for (let count = 0; count < mostSettling && !signal.aborted; count += 1) {
      await this.#clock.wait(configWatchTimes.settleMs, signal)
      const next = await this.#sign()
      if (next === signature) break
      signature = next
    }
    return signature
  }

  /** @param signature From before: what changes while it is read is read again. */
  #readAll(signature: string, isAsked: boolean): void {
    if (this.#ended.signal.aborted) return
    this.#signature = signature
    const files = this.#read(isAsked)
    const hasOthers = files.join('\0') !== this.#files.join('\0')
    this.#files = files
    // The state in which the others were read is not known: they are read once more.
    if (hasOthers) this.#signature = null
    this.#listen()
  }

  async #sign(): Promise<string> {
    const signatures = await Promise.all(this.#files.map(signFile))
    return signatures.join('\n')
  }

  /** Anew each time: a folder that was replaced would tell nothing any more. */
  #listen(): void {
    this.#deafen()
    for (const [folder, files] of Map.groupBy(this.#files, dirname)) {
      const names = new Set(files.map((file) => basename(file)))
      // `..data` and its like are what Kubernetes turns from one state of mounted files to the next.
      const isOurs = (name: string | null): boolean => name === null || names.has(name) || name.startsWith('..')
      try {
        const watcher = watch(folder, { persistent: false }, (_event, name) => {
          if (isOurs(name)) void this.#notice()
        })
        watcher.on('error', (error) => this.#logger.warn('A folder cannot be watched', { folder, error }))
        this.#watchers.push(watcher)
      } catch (error) {
        this.#logger.warn('A folder cannot be watched', { folder, error })
      }
    }
  }

  #deafen(): void {
    for (const watcher of this.#watchers.splice(0)) watcher.close()
  }

  /** Looks once for many changes that come together. */
  async #notice(): Promise<void> {
    if (this.#isSettling) return
    this.#isSettling = true
    await this.#clock.wait(configWatchTimes.settleMs, this.#ended.signal)
    this.#isSettling = false
    await this.#look()
  }
}
