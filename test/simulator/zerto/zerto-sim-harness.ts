import { createSimClock, type SimClock } from '../../../src/simulator/clock.ts'
import type { SimVpg } from '../../../src/simulator/zerto/zerto-sim-vpg.ts'
import type { ZertoProfile } from '../../../src/simulator/zerto/zerto-sim-profile.ts'
import { startZertoSimulator, type ZertoSimulator } from '../../../src/simulator/zerto/zerto-simulator.ts'

/** What a ZVM answered; `json` is undefined when the body was empty. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: unknown
}

/** A member of a JSON value, by a path of names and positions; undefined when it is not there. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => {
    if (typeof inner !== 'object' || inner === null) return undefined
    return Reflect.get(inner, key)
  }, value)

/** The items of a JSON list. @throws Error when it is none. */
export const items = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Error(`not a list: ${JSON.stringify(value)}`)
  return value
}

/** A running simulator, spoken to as a client does. */
export interface Harness extends AsyncDisposable {
  readonly simulator: ZertoSimulator
  readonly clock: SimClock
  /** Signs in where it must, and calls one of the two ZVMs (0 Boston, 1 London). */
  call(site: 0 | 1, method: string, path: string, body?: unknown): Promise<Answer>
  /** Calls without any credentials but those given. */
  send(site: 0 | 1, method: string, path: string, init?: RequestInit): Promise<Answer>
  turn(seconds: number): void
  /** A group that protects from the site, has no test running, and holds at least `machines`. */
  healthyVpg(protectedSite?: 0 | 1, machines?: number): SimVpg
  /** The group as a ZVM shows it now. */
  vpg(id: string, site?: 0 | 1): Promise<unknown>
  /** Starts an action that must be taken, and answers the id of its task. */
  act(vpg: SimVpg, action: string, body?: unknown, site?: 0 | 1): Promise<string>
  task(id: string, site?: 0 | 1): Promise<unknown>
}

const startAt = Date.UTC(2026, 0, 15, 12, 0, 0)

/** What a Windows ZVM is told to open a session. */
export const basicAuth = ({ username, password }: { readonly username: string; readonly password: string }) => ({
  Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
})

/** Starts two ZVMs over a small fleet, at 2026-01-15T12:00:00Z, with a clock that only the test turns. */
export const startHarness = async (fleetSize = 120, profile: ZertoProfile = 'zvma'): Promise<Harness> => {
  const clock = createSimClock({ speed: 0, startAt })
  const listen = [0, 1].map(() => ({ host: '127.0.0.1', port: 0 }))
  const simulator = await startZertoSimulator({ clock, fleetSize, profile, seed: 7, listen })
  const tokens = new Map<number, { token: string; goodUntil: number }>()

  const siteOf = (site: 0 | 1) => {
    const found = simulator.sites[site]
    if (found === undefined) throw new Error('no such site')
    return found
  }

  const send: Harness['send'] = async (site, method, path, init = {}) => {
    const response = await fetch(`${siteOf(site).service.url}${path}`, { method, ...init })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    const json: unknown = isJson && text !== '' ? JSON.parse(text) : undefined
    return { status: response.status, headers: response.headers, text, json }
  }

  const signIn = async (site: 0 | 1): Promise<string> => {
    const known = tokens.get(site)
    if (known !== undefined && known.goodUntil > clock.now()) return known.token
    const { login } = siteOf(site)
    const body = new URLSearchParams({ grant_type: 'password', client_id: 'zerto-client', ...login })
    const { json } = await send(site, 'POST', '/auth/realms/zerto/protocol/openid-connect/token', { body })
    const token = String(at(json, 'access_token'))
    tokens.set(site, { token, goodUntil: clock.now() + Number(at(json, 'expires_in')) * 1000 })
    return token
  }

  /** A session is opened anew after half an hour, as idle as it may have been. */
  const openSession = async (site: 0 | 1): Promise<string> => {
    const known = tokens.get(site)
    if (known !== undefined && known.goodUntil > clock.now()) return known.token
    const { headers } = await send(site, 'POST', '/v1/session/add', { headers: basicAuth(siteOf(site).login) })
    const token = headers.get('x-zerto-session') ?? ''
    tokens.set(site, { token, goodUntil: clock.now() + 1_799_000 })
    return token
  }

  const signOf = async (site: 0 | 1): Promise<Record<string, string>> =>
    profile === 'windows'
      ? { 'x-zerto-session': await openSession(site) }
      : { Authorization: `Bearer ${await signIn(site)}` }

  const call: Harness['call'] = async (site, method, path, body) => {
    const headers = await signOf(site)
    if (body === undefined) return send(site, method, path, { headers })
    headers['Content-Type'] = 'application/json'
    return send(site, method, path, { headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
  }

  return {
    simulator,
    clock,
    call,
    send,
    turn: (seconds) => clock.turn(seconds * 1000),
    healthyVpg: (protectedSite = 0, machines = 1) => {
      for (const vpg of simulator.world.vpgs.values()) {
        const isHealthy = vpg.phase.kind === 'PROTECTING' && vpg.test === null && vpg.lagSeconds === 0
        const isAlone = vpg.vms.every((vm) => vm.protectedBy === 1 && vm.hasTools)
        const isOld = clock.now() - vpg.phase.since > 7 * 86_400_000 && !vpg.isHistoryShort
        const isFitting = vpg.protectedSite === protectedSite && vpg.vms.length >= machines
        if (isHealthy && isAlone && isOld && isFitting) return vpg
      }
      throw new Error('the fleet has no such group')
    },
    vpg: async (id, site = 0) => (await call(site, 'GET', `/v1/vpgs/${id}`)).json,
    act: async (vpg, action, body, site = 0) => {
      const answer = await call(site, 'POST', `/v1/vpgs/${vpg.id}/${action}`, body)
      if (answer.status !== 200 || typeof answer.json !== 'string') throw new Error(`${action}: ${answer.text}`)
      return answer.json
    },
    task: async (id, site = 0) => (await call(site, 'GET', `/v1/tasks/${id}`)).json,
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  }
}
