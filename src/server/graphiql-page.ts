import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { endpointPath } from './limits.ts'

interface Page {
  readonly html: Buffer
  readonly zipped: Buffer
  /** The page's one script, as a source for its content security policy. */
  readonly scriptSource: string
}

/** Serves GraphiQL. */
export interface GraphiqlPage {
  send(request: IncomingMessage, response: ServerResponse): Promise<void>
}

const findScript = (html: string): string => {
  const opening = '<script>'
  return html.slice(html.indexOf(opening) + opening.length, html.lastIndexOf('</script>'))
}

/** What the page's own editor of headers shows first, for the token to be put in. */
const emptyCredential = JSON.stringify({ authorization: 'Bearer ' }, null, 2)

// Nine megabytes of script: loaded when somebody first asks, not when the server starts.
const renderPage = async (subscriptionsProtocol: 'WS' | 'SSE'): Promise<Page> => {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const text = renderGraphiQL({
    title: 'DR Gateway',
    endpoint: endpointPath,
    subscriptionsProtocol,
    // Else a token that was once typed in stays in the browser's store.
    shouldPersistHeaders: false,
    ...(subscriptionsProtocol === 'SSE' ? { defaultHeaders: emptyCredential } : {}),
  })
  const html = Buffer.from(text.trimStart())
  const digest = createHash('sha256').update(findScript(text)).digest('base64')
  return { html, zipped: await promisify(gzip)(html), scriptSource: `'sha256-${digest}'` }
}

/** The page may run its own script and workers and call this server; anything from elsewhere is refused by the browser. */
const toPolicy = (scriptSource: string, host: string): string =>
  [
    "default-src 'none'",
    `script-src ${scriptSource}`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'font-src data:',
    // Not every browser counts a WebSocket to the page's own host as 'self'.
    `connect-src 'self' ws://${host} wss://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const plainHost = /^[\w.:[\]-]+$/

/** True for a browser that opens the endpoint as a page. */
export const wantsPage = (request: IncomingMessage): boolean =>
  request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')

/**
 * GraphiQL as one page that needs nothing from outside.
 *
 * @param subscriptionsProtocol WS where callers may be anonymous. GraphiQL sends its headers with SSE only, so SSE
 *   where a token is needed.
 */
export const createGraphiqlPage = (subscriptionsProtocol: 'WS' | 'SSE'): GraphiqlPage => {
  let rendering: Promise<Page> | null = null
  return {
    send: async (request, response) => {
      rendering ??= renderPage(subscriptionsProtocol)
      const page = await rendering
      const { host = '' } = request.headers
      const isZipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': toPolicy(page.scriptSource, plainHost.test(host) ? host : 'localhost'),
        'cache-control': 'no-cache',
        vary: 'accept, accept-encoding',
        ...(isZipped ? { 'content-encoding': 'gzip' } : {}),
      })
      response.end(isZipped ? page.zipped : page.html)
    },
  }
}
