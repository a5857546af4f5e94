import { pino } from 'pino'
import type { Logger } from '../domain/ports/logger.ts'

/** From everything to nothing but failures; `silent` is nothing at all. */
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * Writes one JSON object per line: `level`, `time`, `message` and the fields. An error in the field `error` is written
 * with its type, message, stack and causes.
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
    serializers: { error: pino.stdSerializers.errWithCause },
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
