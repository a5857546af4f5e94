import { getOperationAST, GraphQLError } from 'graphql'
import type { GraphQLParams, Plugin } from 'graphql-yoga'
import { toRefusal } from './public-errors.ts'

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

/** Checks the members that GraphQL over HTTP knows; others are left out. */
const toParams = (given: unknown): GraphQLParams => {
  if (Array.isArray(given)) throw badRequest('Batches of operations are not supported; send one at a time')
  if (!isRecord(given)) throw badRequest('A GraphQL request is a JSON object')
  const { query, variables, operationName, extensions } = given
  if (typeof query !== 'string') throw badRequest('The member "query" must be a string')
  if ((variables ?? null) !== null && !isRecord(variables)) throw badRequest('The member "variables" must be an object')
  if ((operationName ?? null) !== null && typeof operationName !== 'string') {
    throw badRequest('The member "operationName" must be a string')
  }
  if ((extensions ?? null) !== null && !isRecord(extensions)) {
    throw badRequest('The member "extensions" must be an object')
  }
  return {
    query,
    ...(isRecord(variables) ? { variables } : {}),
    ...(typeof operationName === 'string' ? { operationName } : {}),
    ...(isRecord(extensions) ? { extensions } : {}),
  }
}

const parseBody = async (request: Request): Promise<GraphQLParams> => {
  const bytes = await request.arrayBuffer()
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw badRequest('The request body is not UTF-8')
  }
  return toParams(parseJson(text, 'The request body'))
}

const parseUrl = (request: Request): GraphQLParams => {
  const { searchParams } = new URL(request.url, 'http://localhost')
  const parse = (name: string): unknown => {
    const text = searchParams.get(name)
    return text === null ? null : parseJson(text, `The parameter "${name}"`)
  }
  return toParams({
    query: searchParams.get('query'),
    operationName: searchParams.get('operationName'),
    variables: parse('variables'),
    extensions: parse('extensions'),
  })
}

/** Headers that a page of another origin cannot send without its browser asking first. */
const askedHeaders = ['authorization', 'graphql-require-preflight', 'x-requested-with']

const isAsked = ({ headers }: Request): boolean => askedHeaders.some((name) => headers.has(name))

const jsonType = /^application\/json(?:\s*;\s*charset="?(?<charset>[\w-]+)"?)?\s*$/i

/**
 * Takes the GraphQL request out of the HTTP request: a JSON object in a POST, or the parameters of a GET. What a page
 * of another origin could send without asking first is refused: a form, plain text or multipart is never read.
 */
export const requestParsing = (): Plugin<RequestContext> => ({
  onRequestParse({ request, setRequestParser, endResponse, fetchAPI }) {
    if (request.method === 'GET') setRequestParser(parseUrl)
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
    setRequestParser(parseBody)
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
