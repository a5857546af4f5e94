/** One error of an answer. Others of its fields may have data all the same. */
export interface GatewayErrorItem {
  readonly message: string
  /** For programs, e.g. `NOT_FOUND` or `LIMIT_EXCEEDED`; null where the gateway gave none. */
  readonly code: string | null
  /** Which field it is about; null for the request as a whole. */
  readonly path: readonly (string | number)[] | null
  readonly extensions: Readonly<Record<string, unknown>>
}

/** What the gateway answered. */
export interface Answer<Data> {
  /** Null when the request failed as a whole; then `errors` says why. */
  readonly data: Data | null
  /** Also beside data: what a site could not give, for example. */
  readonly errors: readonly GatewayErrorItem[]
}

/**
 * There is no answer, or a subscription has ended before its time.
 *
 * `code`: `UNREACHABLE` for a gateway that does not answer (whether a mutation has arrived is not known: send it again
 * with the same idempotency key), `UNAUTHENTICATED` for a token that is not taken, `BAD_ANSWER` for something in between
 * that is no gateway, else the code of the error that ended it.
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly code: string
  /** Seconds after which the gateway wants to be asked again; null when it did not say. */
  readonly retryAfterSeconds: number | null

  constructor(code: string, message: string, options: { retryAfterSeconds?: number | null; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.retryAfterSeconds = options.retryAfterSeconds ?? null
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const toPath = (value: unknown): readonly (string | number)[] | null =>
  Array.isArray(value) ? value.filter((part) => typeof part === 'string' || typeof part === 'number') : null

/** @param value One error as it came. */
export const toErrorItem = (value: unknown): GatewayErrorItem => {
  const error = isRecord(value) ? value : {}
  const extensions = isRecord(error['extensions']) ? error['extensions'] : {}
  const { code } = extensions
  const message = typeof error['message'] === 'string' ? error['message'] : 'The gateway did not say what is wrong'
  return { message, code: typeof code === 'string' ? code : null, path: toPath(error['path']), extensions }
}

/** @returns Null for what is no GraphQL answer. */
export const parseAnswer = (body: unknown): Answer<unknown> | null => {
  if (!isRecord(body) || !('data' in body || 'errors' in body)) return null
  const errors = Array.isArray(body['errors']) ? body['errors'].map(toErrorItem) : []
  return { data: body['data'] ?? null, errors }
}
