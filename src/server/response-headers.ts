import type { IncomingMessage, ServerResponse } from 'node:http'

/** What every answer carries. A page that is served from here brings a policy of its own. */
const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  // Answers tell what one caller may see, at one moment.
  'cache-control': 'no-store',
} as const

const securityEntries = Object.entries(securityHeaders)

export const setSecurityHeaders = (response: ServerResponse): void => {
  for (const [name, value] of securityEntries) response.setHeader(name, value)
}

/** Headers of a request that a page of another origin can send only after its browser has asked here. */
const askedHeaders = ['content-type', 'authorization', 'x-request-id', 'last-event-id', 'graphql-require-preflight']
const askedForSeconds = 600

/**
 * Lets pages of the configured origins read answers. They have to show a token: no cookie is asked for or taken. A page
 * of any other origin gets no header, and its browser keeps the answer from it.
 *
 * @returns True when a browser only asked beforehand, and has been answered.
 */
export const answerCors = (
  request: IncomingMessage,
  response: ServerResponse,
  corsOrigins: readonly string[],
): boolean => {
  if (corsOrigins.length === 0) return false
  response.setHeader('vary', 'origin')
  const { origin } = request.headers
  if (origin === undefined || !corsOrigins.includes(origin)) return false
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-expose-headers', 'x-request-id, retry-after')
  response.setHeader('cross-origin-resource-policy', 'cross-origin')
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return false
  response.setHeader('access-control-allow-methods', 'GET, POST')
  response.setHeader('access-control-allow-headers', askedHeaders.join(', '))
  response.setHeader('access-control-max-age', askedForSeconds)
  response.writeHead(204).end()
  return true
}
