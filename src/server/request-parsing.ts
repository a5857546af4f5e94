import { getOperationAST, GraphQLError } from 'graphql'
import type { GraphQLParams, Plugin } from 'graphql-yoga'
import type { Logger } from '../domain/ports/logger.ts'
import type { HttpTrail } from './http-trail.ts'
import { toLimitError, type ServerLimits } from './limit-table.ts'
import { toPublicError, toRefusal } from './public-errors.ts'
import { findBodyProblem } from './request-body.ts'
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

const utf8 = new TextDecoder('utf-8', { fatal: true })

const parseBody = (body: Buffer, documents: StoredDocuments): GraphQLParams => {
  let text: string
  try {
    text = utf8.decode(body)
  } catch {
    throw badRequest('The request body is not UTF-8')
  }
  return toParams(parseJson(text, 'The request body'), documents)
}

const parseUrl = (url: string, documents: StoredDocuments): GraphQLParams => {
  const { searchParams } = new URL(url, 'http://localhost')
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

/** The body of a request, which is not kept: an event stream is open for long. @throws GraphQLError */
const takeBody = (trail: HttpTrail | undefined, limits: ServerLimits): Buffer => {
  const body = trail?.body ?? null
  if (body === 'TOO_LARGE') {
    throw toLimitError(limits, 'maxBodyBytes', null, 'The request body is too large', { http: { status: 413 } })
  }
  if (trail === undefined || body === null) throw badRequest('The request has no body')
  trail.body = null
  return body
}

interface HttpContext {
  readonly requestId: string
  readonly trail?: HttpTrail
}

/**
 * Takes the GraphQL request out of the HTTP request: a JSON object in a POST, or the parameters of a GET. A body that is
 * not to be looked at, by {@link findBodyProblem}, is refused.
 */
export const requestParsing = (
  documents: StoredDocuments,
  limits: ServerLimits,
  logger: Logger,
): Plugin<RequestContext, HttpContext> => ({
  onRequestParse({ request, serverContext: { requestId, trail }, setRequestParser, endResponse, fetchAPI }) {
    const parseBy = (parse: () => GraphQLParams): void =>
      setRequestParser(() => {
        try {
          return parse()
        } catch (error) {
          throw toPublicError(error, { requestId, logger })
        }
      })
    if (request.method === 'GET') parseBy(() => parseUrl(request.url, documents))
    if (request.method !== 'POST') return
    const problem = findBodyProblem(request.headers.get('content-type'), request.headers.get('content-encoding'))
    if (problem === 'TYPE') {
      const refusal = toRefusal('UNSUPPORTED_MEDIA_TYPE', 'Send the request as application/json, not compressed')
      endResponse(fetchAPI.Response.json(refusal, { status: 415 }))
      return
    }
    if (problem === 'CHARSET') throw badRequest('The request body must be UTF-8')
    parseBy(() => parseBody(takeBody(trail, limits), documents))
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
