import { DomainError } from '../../../src/domain/errors.ts'
import type { Logger } from '../../../src/domain/ports/logger.ts'
import type { SendOptions, VendorAdapter } from '../../../src/domain/ports/vendor-adapter.ts'
import { Secret } from '../../../src/std/secret.ts'
import type { LoginValue } from '../../../src/upstream/site-options.ts'
import { createVcdaAdapter } from '../../../src/vendors/vcda/vcda-adapter.ts'
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts'
import { startTinyServer, type SeenRequest, type TinyServer } from '../../upstream/tiny-server.ts'

const nothing = (): void => {}

export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing }

export const never = new AbortController().signal

/** @param signal Ends the wait for the answer. @default never */
export const sendAs = (operationId: string, signal: AbortSignal = never): SendOptions => ({
  operationId,
  signal,
  mayLeave: () => true,
  remember: async () => {
    throw new Error('no call of this vendor has several steps')
  },
})

export interface Answer {
  readonly status: number
  /** Text as it is, anything else as JSON; left out means no body. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A site whose every answer a test writes, sign-in excepted unless the test writes that too. */
export interface ScriptedSite extends AsyncDisposable {
  readonly adapter: VendorAdapter
  readonly clock: FakeClock
  readonly server: TinyServer
  /** Requests but sign-in and sign-out. */
  readonly calls: readonly SeenRequest[]
  /** How often somebody signed in. */
  readonly signIns: number
}

export const notAuthenticated: Answer = { status: 401, body: { code: 'NotAuthenticated', msg: 'Not authenticated.' } }

/**
 * @param answer What the site says; null gives the usual answer: a new token for a sign-in, 404 for anything else.
 */
export const startScriptedSite = async (
  answer: (request: SeenRequest, signIns: number) => Answer | null,
  login: Readonly<Record<string, LoginValue>> = { type: 'localUser', user: 'root' },
): Promise<ScriptedSite> => {
  let signIns = 0
  const usual = (request: SeenRequest): Answer => {
    if (request.url !== '/sessions') return { status: 404, body: { code: 'NotFound', msg: request.url } }
    if (request.method === 'DELETE') return { status: 204 }
    const body = { user: 'root', roles: ['EVERYONE'], authenticatedSites: [{ site: 'east', org: 'Acme' }] }
    return { status: 200, body, headers: { 'X-VCAV-Auth': `token-${signIns}` } }
  }
  const server = await startTinyServer((_incoming, response, _count, request) => {
    if (request.method === 'POST' && request.url === '/sessions') signIns += 1
    const { status, body, headers } = answer(request, signIns) ?? usual(request)
    response.writeHead(status, headers)
    response.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body))
  })
  const clock = createFakeClock()
  const password = 'token' in login ? {} : { password: new Secret('p4ss') }
  const site = { name: 'cloud-a', url: server.url, tls: {}, login: { ...login, ...password } }
  const adapter = createVcdaAdapter(site, { clock, logger: silentLogger })
  return {
    adapter,
    clock,
    server,
    get calls() {
      return server.requests.filter((request) => request.url !== '/sessions')
    },
    get signIns() {
      return signIns
    },
    [Symbol.asyncDispose]: async () => {
      await adapter[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** The problem that a promise is rejected with. */
export const problemOf = async (promise: Promise<unknown>): Promise<DomainError['problem']> => {
  try {
    await promise
  } catch (error) {
    if (error instanceof DomainError) return error.problem
    throw error
  }
  throw new Error('expected a DomainError')
}
