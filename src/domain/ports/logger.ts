/** Structured logging. `fields` never hold a secret: they are written as they are. */
export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
}

/** The same logger, with these fields in every line of it. */
export const withFields = (logger: Logger, fields: Readonly<Record<string, unknown>>): Logger => ({
  debug: (message, more) => logger.debug(message, { ...fields, ...more }),
  info: (message, more) => logger.info(message, { ...fields, ...more }),
  warn: (message, more) => logger.warn(message, { ...fields, ...more }),
  error: (message, more) => logger.error(message, { ...fields, ...more }),
})
