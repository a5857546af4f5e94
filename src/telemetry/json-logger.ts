import { pino } from 'pino'
import { DomainError } from '../domain/errors.ts'
import type { Logger } from '../domain/ports/logger.ts'

/** From everything to nothing but failures; `silent` is nothing at all. */
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** A problem says by itself what it is and where it comes from. It may come every second while something is down. */
const toErrorFields = (error: unknown): unknown => {
  if (!(error instanceof DomainError)) return error instanceof Error ? pino.stdSerializers.errWithCause(error) : error
  const { name: type, problem, cause } = error
  const known = Object.fromEntries(Object.entries(problem).filter(([, value]) => value !== null))
  const isNew = cause instanceof Error && !problem.message.includes(cause.message)
  return { type, ...known, ...(isNew && { cause: cause.message }) }
}

/**
 * Writes one JSON object per line: `level`, `time`, `message` and the fields. An error in the field `error` is written
 * with its type, message, stack and causes; one that was foreseen with what it says, without a stack.
 *
 * @param options.write Takes each line, with its line feed. @default standard output
 */
export const createJsonLogger = (options: {
  readonly level: LogLevel
  readonly write?: (line: string) => void
}): Logger => {
  const { level, write } = options
  const settings = {
    level,
    base: null,
    messageKey: 'message',
    errorKey: 'error',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: toErrorFields },
  }
  const log = write === undefined ? pino(settings) : pino(settings, { write })
  return {
    debug: (message, fields = {}) => log.debug(fields, message),
    info: (message, fields = {}) => log.info(fields, message),
    warn: (message, fields = {}) => log.warn(fields, message),
    error: (message, fields = {}) => log.error(fields, message),
  }
}

/** Drops everything. */
export const silentLogger: Logger = createJsonLogger({ level: 'silent' })
