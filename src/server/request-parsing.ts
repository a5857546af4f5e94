import { getOperationAST, GraphQLError } from 'graphql'
import type { GraphQLParams, Plugin } from 'graphql-yoga'
import type { Logger } from '../domain/ports/logger.ts'
import { toPublicError, toRefusal } from './public-errors.ts'
import type { StoredDocuments } from './stored-documents.ts'

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } })

/** An operation on a socket has no request. */
interface RequestContext {
  readonly request?: Request
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parseJson = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest(`${what} is not JSON`)
  }
}

/** Checks the members that GraphQL over HTTP knows; others are left out. The text is that of the document to run. */
const toParams = (given: unknown, documents: StoredDocuments): GraphQLParams => {
  if (Array.isArray(given)) throw badRequest('Batches of operations are not supported; send one at a time')
  if (!isRecord(given)) throw badRequest('A GraphQL request is a JSON object')
  const { variables, operationName, extensions } = given
  if ((variables ?? null) !== null && !isRecord(variables)) throw badRequest('The member "variables" must be an object')
  if ((operationName ?? null) !== null && typeof operationName !== 'string') {
    throw badRequest('The member "operationName" must be a string')
  }
  if ((extensions ?? null) !== null && !isRecord(extensions)) {
    throw badRequest('The member "extensions" must be an object')
  }
  return {
    query: documents.resolveText(given),
    ...(isRecord(variables) ? { variables } : {}),
    ...(typeof operationName === 'string' ? { operationName } : {}),
    ...(isRecord(extensions) ? { extensions } : {}),
  }
}

const bodies = new WeakMap<GraphQLParams, string>()

/** The text of the body that a request was taken out of; undefined where it came without one. */
export const findBody = (params: GraphQLParams): string | undefined => bodies.get(params)

const parseBody = async (request: Request, documents: StoredDocuments): Promise<GraphQLParams> => {
  const bytes = await request.arrayBuffer()
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw badRequest('The request body is not UTF-8')
  }
  const params = toParams(parseJson(text, 'The request body'), documents)
  bodies.set(params, text)
  return params
}

const parseUrl = async (request: Request, documents: StoredDocuments): Promise<GraphQLParams> => {
  const { searchParams } = new URL(request.url, 'http://localhost')
  const parse = (name: string): unknown => {
    const text = searchParams.get(name)
    return text === null ? null : parseJson(text, `The parameter "${name}"`)
  }
  const given = {
    query: searchParams.get('query'),
    documentId: searchParams.get('documentId'),
    operationName: searchParams.get('operationName'),
    variables: parse('variables'),
    extensions: parse('extensions'),
  }
  return toParams(given, documents)
}

/** Headers that a page of another origin cannot send without its browser asking first. */
const askedHeaders = ['authorization', 'graphql-require-preflight', 'x-requested-with']

const isAsked = ({ headers }: Request): boolean => askedHeaders.some((name) => headers.has(name))

const jsonType = /^application\/json(?:\s*;\s*charset="?(?<charset>[\w-]+)"?)?\s*$/i

/**
 * Takes the GraphQL request out of the HTTP request: a JSON object in a POST, or the parameters of a GET. What a page
 * of another origin could send without asking first is refused: a form, plain text or multipart is never read.
 */
export const requestParsing = (
  documents: StoredDocuments,
  logger: Logger,
): Plugin<RequestContext, { readonly requestId: string }> => ({
  onRequestParse({ request, serverContext: { requestId }, setRequestParser, endResponse, fetchAPI }) {
    const parseBy = (parser: typeof parseBody): void =>
      setRequestParser(async (given) => {
        try {
          return await parser(given, documents)
        } catch (error) {
          throw toPublicError(error, { requestId, logger })
        }
      })
    if (request.method === 'GET') parseBy(parseUrl)
    if (request.method !== 'POST') return
    const type = jsonType.exec(request.headers.get('content-type') ?? '')
    const encoding = request.headers.get('content-encoding') ?? 'identity'
    if (type === null || encoding !== 'identity') {
      const refusal = toRefusal('UNSUPPORTED_MEDIA_TYPE', 'Send the request as application/json, not compressed')
      endResponse(fetchAPI.Response.json(refusal, { status: 415 }))
      return
    }
    const charset = type.groups?.['charset'] ?? 'utf-8'
    if (!/^utf-?8$/i.test(charset)) throw badRequest('The request body must be UTF-8')
    parseBy(parseBody)
  },
  // A page can make a browser send a GET without asking, e.g. as the address of a picture. A mutation is refused anyway.
  onParse:
    ({ context }) =>
    ({ result }) => {
      const { request, params } = context
      if (request?.method !== 'GET' || isAsked(request) || result === null || result instanceof Error) return
      const operation = getOperationAST(result, params.operationName)
      if (operation?.operation === 'mutation') return
      throw badRequest('Send GraphQL as POST; a GET needs the header "authorization" or "graphql-require-preflight: 1"')
    },
})
