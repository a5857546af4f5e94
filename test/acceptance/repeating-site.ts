import type { ServerResponse } from 'node:http'
import type { SelfSigned } from '../../src/simulator/self-signed.ts'
import { startTinyServer, type SeenRequest } from '../upstream/tiny-server.ts'

/** Stands before a simulated site, as a load balancer does; may answer by itself, with all that it was ever told. */
export interface RepeatingSite extends AsyncDisposable {
  readonly url: string
  /** Every secret that was sent to it. */
  readonly told: ReadonlySet<string>
  /** It repeats only what it is told from now on: another process has never sent the rest. */
  forget(): void
  /** Answers so from now on; null passes on to the site. */
  lie(answer: ((repeated: string) => { readonly status: number; readonly body: string }) | null): void
}

const secretHeaders = ['authorization', 'x-vcav-auth', 'x-zerto-session']

const listTold = ({ headers, body }: SeenRequest): readonly string[] => {
  const inHeaders = secretHeaders.flatMap((name) => {
    const value = headers[name]
    return typeof value === 'string' ? [value.replace(/^\w+ /, '')] : []
  })
  const fields = body.startsWith('{')
    ? Object.entries<unknown>(JSON.parse(body))
    : [...new URLSearchParams(body)].map(([name, value]) => [name, value] as const)
  const inBody = fields.flatMap(([name, value]) =>
    /password|secret|token/i.test(name) && typeof value === 'string' ? [value] : [],
  )
  return [...inHeaders, ...inBody]
}

/** The ways in which somebody may repeat a secret. */
const toForms = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  new URLSearchParams({ secret }).toString(),
  secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  Buffer.from(secret).toString('base64'),
]

const pass = async (url: string, whole: SeenRequest, response: ServerResponse): Promise<void> => {
  const { method, headers, body } = whole
  const { host: _host, connection: _connection, 'content-length': _length, ...passed } = headers
  const answer = await fetch(`${url}${whole.url}`, {
    method,
    headers: Object.entries(passed).map(([name, value]): [string, string] => [name, String(value)]),
    body: method === 'GET' ? null : body,
  })
  const given = [...answer.headers].filter(
    ([name]) => !/^(content-(length|encoding)|connection|transfer-encoding)$/.test(name),
  )
  response.writeHead(answer.status, Object.fromEntries(given)).end(await answer.text())
}

/** @param url Of the simulated site, which speaks plain HTTP. */
export const startRepeatingSite = async (url: string, certificate: SelfSigned): Promise<RepeatingSite> => {
  const told = new Set<string>()
  const fresh = new Set<string>()
  let lie: Parameters<RepeatingSite['lie']>[0] = null
  const server = await startTinyServer((_request, response, _count, whole) => {
    for (const secret of listTold(whole)) {
      told.add(secret)
      fresh.add(secret)
    }
    if (lie !== null) {
      const repeated = [...fresh].flatMap(toForms).join(' ')
      const { status, body } = lie(`${repeated} ${JSON.stringify(whole.headers)} ${whole.body}`)
      response.writeHead(status, { 'content-type': 'text/plain' }).end(body)
      return
    }
    pass(url, whole, response).catch(() => response.destroy())
  }, certificate)
  return {
    url: server.url,
    told,
    forget: () => fresh.clear(),
    lie: (answer) => {
      lie = answer
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
