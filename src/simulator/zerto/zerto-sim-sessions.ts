import type { ServiceReply, ServiceRequest } from '../http-service.ts'
import type { Random } from '../random.ts'
import { basicChallenge, messages, statusOf } from './zerto-sim-inferred.ts'
import type { ZvmAccounts } from './zerto-sim-keycloak.ts'
import { emptyReply, jsonReply, RequestBody, ZvmRefusal } from './zerto-sim-request.ts'
import type { SignedIn, SignIn } from './zerto-sim-sign-in.ts'

interface Session {
  readonly user: string
  usedAt: number
}

/** Documented: 30 minutes without a call end a session. */
const idleMs = 30 * 60_000

/** Sessions kept; the oldest go first. */
const sessionsKept = 10_000

/** In exactly this case; HTTP does not mind, but old clients do. */
const sessionHeader = 'x-zerto-session'

/** 0 the Windows account of the host, 1 the account of the hypervisor's manager. Here both are the same person. */
const authenticationMethods = ['Windows', 'Hypervisor']

/** The services that a ZVM lists without asking who wants to know, by the segment of their path. */
const services = {
  vpgs: 'IVpgService',
  vms: 'IVmService',
  vras: 'IVraService',
  events: 'IEventsService',
  peersites: 'IPeerSitesService',
  session: 'ISessionService',
  tasks: 'ITasksService',
  serviceprofiles: 'IServiceProfilesService',
  virtualizationsites: 'IVirtualizationSitesService',
  zorgs: 'IZorgsService',
  localsite: 'ILocalSiteService',
  alerts: 'IAlertsService',
} as const

const unauthorized = (): ServiceReply => jsonReply({ Message: messages.unauthorized }, 401)

const challenge = (): ServiceReply => {
  const reply = unauthorized()
  return { ...reply, headers: { ...reply.headers, 'WWW-Authenticate': basicChallenge } }
}

const helpPage = (service: string): ServiceReply => ({
  status: 200,
  headers: { 'Content-Type': 'text/html' },
  body: `<html><head><title>Operations at ${service}</title></head><body><p>${service}</p></body></html>`,
})

/**
 * The sessions of a Windows ZVM: `POST /v1/session/add` with HTTP Basic answers an empty 200 with the session in a
 * header, `DELETE /v1/session` ends it, half an hour of silence too. It also answers what needs no session: the list
 * of services at `/v1/`, their help pages, and 404 to whatever is not below `/v1`, an appliance's Keycloak included.
 */
export class WindowsSessions implements SignIn {
  readonly #accounts: ZvmAccounts
  readonly #random: Random
  readonly #urlOf: () => string
  readonly #sessions = new Map<string, Session>()

  constructor(accounts: ZvmAccounts, random: Random, urlOf: () => string) {
    this.#accounts = accounts
    this.#random = random
    this.#urlOf = urlOf
  }

  answer(request: ServiceRequest, now: number): ServiceReply | null {
    const [, root = '', ...segments] = request.path.toLowerCase().replace(/\/$/, '').split('/')
    if (root !== 'v1') return jsonReply({ Message: messages.unknownPath }, statusOf.unknownPath)
    const [first = '', second = '', third] = segments
    if (third !== undefined) return null
    if (segments.length === 0 && request.method === 'GET') return jsonReply(this.#listServices())
    if (first === 'session') return this.#answerSession(request, second, now)
    const service = Object.entries(services).find(([path]) => path === first)?.[1]
    return second === 'help' && request.method === 'GET' && service !== undefined ? helpPage(service) : null
  }

  identify(request: ServiceRequest, now: number): SignedIn | null {
    const id = request.headers[sessionHeader] ?? ''
    const session = this.#sessions.get(id)
    if (session === undefined) return null
    if (now - session.usedAt >= idleMs) {
      this.#sessions.delete(id)
      return null
    }
    session.usedAt = now
    return { user: session.user, session: id }
  }

  #listServices(): readonly object[] {
    return Object.entries(services).map(([path, type]) => ({ href: `${this.#urlOf()}/v1/${path}`, rel: 'down', type }))
  }

  #answerSession(request: ServiceRequest, word: string, now: number): ServiceReply | null {
    if (word === 'add' && request.method === 'POST') return this.#add(request, now)
    if (word === 'add') return jsonReply({ Message: messages.wrongMethod }, statusOf.wrongMethod)
    if (word !== '' || request.method !== 'DELETE') return null
    if (this.identify(request, now) === null) return unauthorized()
    this.#sessions.delete(request.headers[sessionHeader] ?? '')
    return emptyReply
  }

  #add(request: ServiceRequest, now: number): ServiceReply {
    const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(request.headers['authorization'] ?? '')?.[1]
    if (encoded === undefined) return challenge()
    const { username, password } = this.#accounts.login
    const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
    // Windows does not mind the case of a user's name.
    if (user.toLowerCase() !== username.toLowerCase() || rest.join(':') !== password) return challenge()
    try {
      new RequestBody(request.body).choice('AuthenticationMethod', authenticationMethods)
    } catch (error) {
      if (error instanceof ZvmRefusal) return jsonReply({ Message: error.message }, error.status)
      throw error
    }
    return { status: 200, headers: { 'Cache-Control': 'no-cache', [sessionHeader]: this.#open(username, now) } }
  }

  #open(user: string, now: number): string {
    const id = this.#random.uuid()
    this.#sessions.set(id, { user, usedAt: now })
    const oldest = this.#sessions.keys().next().value
    if (this.#sessions.size > sessionsKept && oldest !== undefined) this.#sessions.delete(oldest)
    return id
  }
}
