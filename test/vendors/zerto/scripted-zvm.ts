import type { TaskTarget } from '../../../src/domain/task.ts'
import type { Clock } from '../../../src/domain/ports/clock.ts'
import type { Logger } from '../../../src/domain/ports/logger.ts'
import type { SendOptions, VendorAdapter } from '../../../src/domain/ports/vendor-adapter.ts'
import {
  startHttpService,
  type HttpService,
  type RecordedExchange,
  type ServiceReply,
  type ServiceRequest,
} from '../../../src/simulator/http-service.ts'
import { createZertoAdapter } from '../../../src/vendors/zerto/zerto-adapter.ts'
import type { Secret } from '../../../src/std/secret.ts'

export const tokenPath = '/auth/realms/zerto/protocol/openid-connect/token'

export const vpgId = '0ccd2c4b-7a2c-4f5a-a2ab-0f2d7d8f3f10'
export const vmId = 'd4a6ab63-5b4f-4a43-9c3e-5d0c0c2b6a11.vm-38'
export const taskId = '7e79035e-fb8c-47fe-815c-12ddd41708e6.3e4cdd0d-1064-4022-921f-6265ad6d335a'
export const group: TaskTarget = { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId: vpgId }
export const replication: TaskTarget = { kind: 'Replication', vendor: 'ZERTO', nativeId: `${vpgId}/${vmId}` }

export const json = (value: unknown, status = 200): ServiceReply => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
})

/** A clock that stands still until it is turned. */
export class TurnedClock implements Clock {
  #now = Date.UTC(2024, 4, 1, 10)

  now(): Date {
    return new Date(this.#now)
  }

  turn(durationMs: number): void {
    this.#now += durationMs
  }

  wait(durationMs: number): Promise<void> {
    this.turn(durationMs)
    return Promise.resolve()
  }
}

/** Keeps what was logged. */
export class KeptLog implements Logger {
  readonly lines: string[] = []

  debug(message: string, fields?: unknown): void {
    this.#keep(message, fields)
  }
  info(message: string, fields?: unknown): void {
    this.#keep(message, fields)
  }
  warn(message: string, fields?: unknown): void {
    this.#keep(message, fields)
  }
  error(message: string, fields?: unknown): void {
    this.#keep(message, fields)
  }
  #keep(message: string, fields: unknown): void {
    this.lines.push(`${message} ${JSON.stringify(fields)}`)
  }
}

export const windowsPath = '/v1/session/add'

export interface ScriptedZvm extends AsyncDisposable {
  readonly adapter: VendorAdapter
  readonly clock: TurnedClock
  readonly log: KeptLog
  readonly service: HttpService
  readonly signIns: readonly RecordedExchange[]
  /** How often it was asked which generation it is. */
  readonly probes: readonly RecordedExchange[]
  /** Everything but sign-ins, and what leads to them. */
  readonly calls: readonly RecordedExchange[]
}

const isProbe = ({ path, headers }: RecordedExchange): boolean =>
  path === windowsPath && headers['authorization'] === undefined
const isSignIn = (exchange: RecordedExchange): boolean =>
  exchange.path === tokenPath || (exchange.path === windowsPath && !isProbe(exchange))

/**
 * An appliance that answers from a script, over real HTTP, and an adapter that speaks to it. It honours the newest of
 * its tokens only.
 */
export const startScriptedZvm = async (options: {
  readonly answer: (request: ServiceRequest) => ServiceReply
  readonly signIn?: (request: ServiceRequest, count: number) => ServiceReply
  readonly login?: Readonly<Record<string, string | Secret>>
  readonly lifetimeSeconds?: number
}): Promise<ScriptedZvm> => {
  let signInCount = 0
  const give = (request: ServiceRequest): ServiceReply => {
    signInCount += 1
    const { signIn, lifetimeSeconds = 300 } = options
    return (
      signIn?.(request, signInCount) ??
      json({ access_token: `token-${signInCount}`, expires_in: lifetimeSeconds, token_type: 'Bearer' })
    )
  }
  const handle = (request: ServiceRequest): ServiceReply => {
    if (request.path === windowsPath) return json({ Message: 'Not Found' }, 404)
    if (request.path === tokenPath) return give(request)
    return request.headers['authorization'] === `Bearer token-${signInCount}`
      ? options.answer(request)
      : { status: 401 }
  }
  const service = await startHttpService({ host: '127.0.0.1', port: 0, handle })
  const clock = new TurnedClock()
  const log = new KeptLog()
  const login = options.login ?? { type: 'password', username: 'admin', password: 'secret' }
  const adapter = createZertoAdapter({ name: 'zvm-a', url: service.url, tls: {}, login }, { clock, logger: log })
  return {
    adapter,
    clock,
    log,
    service,
    get signIns() {
      return service.exchanges.filter(isSignIn)
    },
    get probes() {
      return service.exchanges.filter(isProbe)
    },
    get calls() {
      return service.exchanges.filter((exchange) => !isSignIn(exchange) && !isProbe(exchange))
    },
    [Symbol.asyncDispose]: async () => {
      await adapter[Symbol.asyncDispose]()
      await service[Symbol.asyncDispose]()
    },
  }
}

/** What a call that must fail failed with. */
export const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('it did not fail')
    },
    (error: unknown) => error,
  )

export const neverAborted = new AbortController().signal

/** For a send that nobody leaves, and of which nobody wants to know what it leaves open. */
export const sendOptions: SendOptions = {
  operationId: 'op-1',
  signal: neverAborted,
  mayLeave: () => true,
  remember: () => Promise.resolve(),
}
