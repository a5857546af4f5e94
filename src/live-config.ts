import { changeConfig } from './config-changes.ts'
import { ConfigError, type Config, type ConfigProblem } from './config.ts'
import { findProblem } from './domain/errors.ts'
import type { Logger } from './domain/ports/logger.ts'

/** Puts a configuration in force as a whole. What it returns is logged. @throws ConfigError where it cannot; then nothing is. */
export type Apply = (config: Config) => Readonly<Record<string, unknown>>

/** What is wrong, where it is a mistake in the configuration; null for any other failure. */
const findProblems = (error: unknown): readonly ConfigProblem[] | null => {
  if (error instanceof ConfigError) return error.problems
  const problem = findProblem(error)
  return problem?.code === 'INVALID_INPUT' ? problem.fields : null
}

/** The configuration in force: the one that was read at start, and what has followed the files since. */
export class LiveConfig {
  readonly #apply: Apply
  readonly #logger: Logger
  #current: Config
  /** What waits for a restart, and what was wrong, as it was last said: files that stay so need no second word. */
  #waitingSaid = '[]'
  #problemsSaid = ''

  constructor(options: { readonly first: Config; readonly apply: Apply; readonly logger: Logger }) {
    this.#current = options.first
    this.#apply = options.apply
    this.#logger = options.logger
  }

  get current(): Config {
    return this.#current
  }

  /**
   * Takes over what can change while the gateway runs. A configuration that cannot be used changes nothing. Never throws.
   *
   * @param isAsked True where somebody waits for a word in the log, whether there is news or not.
   */
  follow(read: () => Config, isAsked: boolean): void {
    try {
      this.#take(read(), isAsked)
    } catch (error) {
      const problems = findProblems(error)
      const said = JSON.stringify(problems) + String(error)
      if (!isAsked && said === this.#problemsSaid) return
      this.#problemsSaid = said
      const why = problems === null ? { error } : { problems }
      this.#logger.error('The configuration cannot be used; the former one stays in force', why)
    }
  }

  #take(next: Config, isAsked: boolean): void {
    const { config, changed, waiting } = changeConfig(this.#current, next)
    const more = changed.length === 0 ? {} : this.#apply(config)
    this.#current = config
    // Whoever has mended a refused one is told that it was heard, also where nothing else has changed.
    const isMended = this.#problemsSaid !== ''
    this.#problemsSaid = ''
    const waitingSaid = JSON.stringify(waiting)
    if (!isAsked && !isMended && changed.length === 0 && waitingSaid === this.#waitingSaid) return
    this.#waitingSaid = waitingSaid
    this.#logger.info('The configuration was read anew', { changed, needsRestart: waiting, ...more })
  }
}
