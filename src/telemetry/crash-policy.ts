import { pino } from 'pino'

/** sysexits.h: an error of the program itself. */
export const crashExitCode = 70

const mask = '[redacted]'

const secretsInText: readonly RegExp[] = [
  /(\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi,
  /(:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/g,
  /(\b\w*(?:password|passwd|pwd|secret|token|api[-_]?key)["']?\s*[:=]\s*["']?)[^\s"',;&}]+/gi,
]

/** A shorter one would mask half of every line, and is guessed sooner than read. */
const leastLength = 4

const maskText = (text: string, secrets: readonly string[]): string => {
  const known = secrets
    .filter(({ length }) => length >= leastLength)
    .reduce((rest, secret) => rest.replaceAll(secret, mask), text)
  return secretsInText.reduce((rest, pattern) => rest.replace(pattern, `$1${mask}`), known)
}

/** The message, the stack and the causes of whatever was thrown, masked. Other members of an error are not looked at. */
const toRecord = (error: unknown, secrets: readonly string[]): Readonly<Record<string, unknown>> => {
  if (!(error instanceof Error)) return { type: typeof error, message: maskText(String(error), secrets) }
  const { type, message, stack } = pino.stdSerializers.errWithCause(error)
  const reason = error.cause instanceof Error ? error.cause.message : error.cause
  const cause = typeof reason === 'string' ? { cause: reason } : {}
  const texts = Object.entries({ message, stack: stack ?? '', ...cause })
  return { type, ...Object.fromEntries(texts.map(([name, text]) => [name, maskText(text, secrets)])) }
}

/** Where a process tells of what nobody has expected. */
interface CrashEvents {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown
}

/**
 * Has the process ended with {@link crashExitCode} at the first exception or rejection that nobody has expected, after one line of
 * the level `fatal`. Nothing is finished first: what runs is in a state that nobody knows, and what matters is in the store
 * already. The next process goes on from there.
 *
 * @param options.report Told of the error before the end, where an operator wants more than a line.
 * @param options.secrets Texts that must not be in the line, asked for when it is written.
 * @param options.write Takes the line; it has left the process when it returns. @default standard output
 */
export const endOnCrash = (options: {
  readonly events: CrashEvents
  /** Ends the process at once. */
  readonly end: (code: number) => void
  readonly report?: (error: unknown) => void
  readonly secrets: () => readonly string[]
  readonly write?: (line: string) => void
}): void => {
  const { events, end, report, secrets, write } = options
  const settings = {
    base: null,
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  }
  const log = pino(settings, write === undefined ? pino.destination({ dest: 1, sync: true }) : { write })
  const crash = (kind: string) => (error: unknown) => {
    try {
      log.fatal({ kind, exitCode: crashExitCode, error: toRecord(error, secrets()) }, 'The gateway ends unexpectedly')
      report?.(error)
    } finally {
      end(crashExitCode)
    }
  }
  events.on('uncaughtException', crash('exception'))
  events.on('unhandledRejection', crash('rejection'))
}
