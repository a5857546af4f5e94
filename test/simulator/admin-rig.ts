import { request as sendRequest } from 'node:http'
import { startAdminService } from '../../src/simulator/admin-service.ts'
import { createSimClock, type SimClock } from '../../src/simulator/clock.ts'
import { startHttpService, type HttpService, type ServiceRequest } from '../../src/simulator/http-service.ts'

/** What a raw exchange came to. `error` is the code of the failure where it ended early; `body` what came until then. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Names and values as they were sent. */
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
  readonly error: string | null
}

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : error.message)

/**
 * Sends one request on a connection of its own, follows nothing, decompresses nothing.
 *
 * @param onChunk Is told how much came at once.
 */
export const exchange = (
  url: string,
  options: { readonly method?: string; readonly onChunk?: (bytes: number) => void; readonly signal?: AbortSignal } = {},
): Promise<RawAnswer> =>
  new Promise((resolve) => {
    const { method = 'GET', onChunk, signal } = options
    const none = { status: 0, headers: {}, rawHeaders: [], body: Buffer.alloc(0) }
    const outgoing = sendRequest(
      url,
      { method, agent: false, ...(signal === undefined ? {} : { signal }) },
      (incoming) => {
        const chunks: Buffer[] = []
        const end = (error: string | null): void =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            rawHeaders: incoming.rawHeaders,
            body: Buffer.concat(chunks),
            error,
          })
        incoming.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          onChunk?.(chunk.length)
        })
        incoming.on('end', () => end(null))
        incoming.on('error', (error) => end(codeOf(error)))
      },
    )
    outgoing.on('error', (error) => resolve({ ...none, error: codeOf(error) }))
    outgoing.end()
  })

/** A simulated site that answers with a list, a page of a list, and one object; and the service that can break it. */
export interface AdminRig extends AsyncDisposable {
  readonly clock: SimClock
  readonly site: HttpService
  readonly admin: HttpService
  /** Orders a fault of the site; fails unless it is taken. */
  order(fault: Readonly<Record<string, unknown>>): Promise<string>
  ask(path: string, method?: string): Promise<RawAnswer>
  /** The body as JSON. */
  read(path: string): Promise<unknown>
}

export const startedAt = Date.UTC(2026, 4, 1, 12)

/** What the site says when nothing is wrong with it. */
export const proper = {
  tasks: [
    { id: 'task-1', state: 'RUNNING', progress: 40, isOpen: true, startedAt: '2026-05-01T11:59:00.000Z' },
    { id: 'task-2', state: 'DONE', progress: 100, isOpen: false, startedAt: '2026-05-01T13:58:00+02:00' },
    { id: 'task-3', state: 'DONE', progress: 100, isOpen: false, startedAt: '/Date(1777636800000)/' },
  ],
  task: {
    id: 'task-1',
    state: 'RUNNING',
    status: { state: 3, startTime: 1_777_636_800_000, sizeBytes: 1_777_636_800_000 },
  },
} as const

const total = 5

const answerPage = ({ query }: ServiceRequest): unknown => {
  const offset = Number(query.get('offset') ?? 0)
  const limit = Number(query.get('limit') ?? 2)
  const all = Array.from({ length: total }, (_item, index) => ({ id: `row-${index}` }))
  return { items: all.slice(offset, offset + limit), offset, limit, total }
}

const answerWith: Readonly<Record<string, (request: ServiceRequest) => unknown>> = {
  '/tasks': () => proper.tasks,
  '/tasks/task-1': () => proper.task,
  '/rows': answerPage,
  '/numbers': ({ query }) => [Number(query.get('pageNumber'))],
}

export const startAdminRig = async (): Promise<AdminRig> => {
  await using stack = new AsyncDisposableStack()
  const clock = createSimClock({ speed: 0, startAt: startedAt })
  const local = { host: '127.0.0.1', port: 0 }
  const site = stack.use(
    await startHttpService({
      ...local,
      now: clock.now,
      handle: (request) => {
        const answer = answerWith[request.path]
        if (request.path === '/empty') return { status: 204 }
        if (answer === undefined) return { status: 404, body: 'unknown' }
        return { status: 200, headers: { 'X-Odd-CASE': '1' }, body: JSON.stringify(answer(request)) }
      },
    }),
  )
  const sites = [{ name: 'cloud-east', product: 'Some Product', service: site, logins: { user: { user: 'root' } } }]
  const admin = stack.use(await startAdminService({ address: local, clock, sites }))
  const owned = stack.move()
  const ask: AdminRig['ask'] = (path, method = 'GET') => exchange(`${site.url}${path}`, { method })
  return {
    clock,
    site,
    admin,
    ask,
    order: async (fault) => {
      const response = await fetch(`${admin.url}/_simulator/faults`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ site: 'cloud-east', ...fault }),
      })
      const text = await response.text()
      if (response.status !== 201) throw new Error(`${response.status} ${text}`)
      return String(JSON.parse(text).id)
    },
    read: async (path) => JSON.parse((await ask(path)).body.toString()),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
