import { nameDocument, type DocumentMode, type GatewayDocument } from './gateway-document.ts'
import { GatewayError, parseAnswer, type Answer } from './gateway-error.ts'
import type { TokenKeeper } from './token-keeper.ts'

/** How requests are sent. */
export interface HttpWay {
  readonly url: string
  readonly fetch: typeof globalThis.fetch
  readonly tokens: TokenKeeper
  readonly documents: DocumentMode
}

const toRetryAfter = (response: Response): number | null => {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds : null
}

const readJson = async (response: Response): Promise<unknown> => {
  try {
    return await response.json()
  } catch {
    return null
  }
}

const post = async ({ url, fetch }: HttpWay, body: string, token: string | null, signal: AbortSignal | null) => {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json;q=0.9',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  }
  try {
    return await fetch(url, { method: 'POST', headers, body, signal, credentials: 'omit' })
  } catch (error) {
    if (signal?.aborted === true) throw error
    throw new GatewayError('UNREACHABLE', 'The gateway does not answer', { cause: error })
  }
}

/**
 * Sends one query or mutation by POST. A token that is not taken is replaced once, and the request sent again: what was
 * refused for its token has done nothing.
 *
 * @throws GatewayError where there is no answer; what `signal` aborts, throws its reason.
 */
export const askOverHttp = async <Data, Variables>(
  way: HttpWay,
  document: GatewayDocument<Data, Variables>,
  variables: Variables,
  signal: AbortSignal | null,
): Promise<Answer<Data>> => {
  const body = JSON.stringify({ ...nameDocument(document, way.documents), variables })
  let response = await post(way, body, await way.tokens.get(), signal)
  if (response.status === 401 && way.tokens.canRenew) response = await post(way, body, await way.tokens.renew(), signal)
  const answer = parseAnswer(await readJson(response))
  signal?.throwIfAborted()
  if (response.status === 401) throw new GatewayError('UNAUTHENTICATED', 'The token is not valid, or not any more')
  const [first] = answer?.errors ?? []
  if (response.status === 429 || response.status === 503) {
    const message = first?.message ?? 'The gateway has too much to do'
    throw new GatewayError(first?.code ?? 'RATE_LIMITED', message, { retryAfterSeconds: toRetryAfter(response) })
  }
  if (answer === null) throw new GatewayError('BAD_ANSWER', `What answered is no gateway: HTTP ${response.status}`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the document says which data it asks for
  return answer as Answer<Data>
}
