import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { makeFleet } from './make-fleet.ts'
import type { Templates } from './record-templates.ts'
import { renderFleet } from './vendor-lists.ts'

/*
 * Both vendors on two ports, at next to no cost: bytes made once are given again. A process of its own, so that its work
 * is not counted as anybody else's: `node bench/upstream/upstream-server.ts --templates FILE --count 100 --latency-ms 0
 * --machines-per-group 1`. Its first line is where it listens; `/_bench/calls` tells who was asked how often, and
 * `/_bench/churn?percent=5` changes so many of all objects.
 */

const { values } = parseArgs({
  options: {
    templates: { type: 'string', default: '' },
    count: { type: 'string', default: '100' },
    'latency-ms': { type: 'string', default: '0' },
    'machines-per-group': { type: 'string', default: '1' },
  },
})
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the harness a moment ago
const templates = JSON.parse(readFileSync(values.templates, 'utf8')) as Templates
const latencyMs = Number(values['latency-ms'])
const lists = renderFleet(
  makeFleet(templates, { count: Number(values.count), machinesPerGroup: Number(values['machines-per-group']) }),
)

const calls = new Map<string, number>()
const vcdaType = 'application/vnd.vmware.h4-v4.7+json;charset=UTF-8'
const zertoType = 'application/json; charset=utf-8'
const emptyPage = Buffer.from('{"items":[],"offset":0,"limit":100,"total":0}')
const emptyList = Buffer.from('[]')

const toBytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
const toFixed = (bodies: Readonly<Record<string, unknown>>): ReadonlyMap<string, Buffer> =>
  new Map(Object.entries(bodies).map(([path, body]) => [path, toBytes(body)]))

const vcdaFixed = toFixed(templates.vcda)
const zertoFixed = toFixed(templates.zerto)
const instances = toBytes(templates.instances)
const checkpoints = toBytes(templates.checkpoints)
const latestCheckpoint = toBytes({ Earliest: templates.checkpoints[0], Latest: templates.checkpoints.at(-1) })
const token = toBytes({
  access_token: 'bench.bench.bench',
  expires_in: 3600,
  token_type: 'Bearer',
  refresh_token: 'bench',
  refresh_expires_in: 7200,
})
const sessionBody = toBytes({
  user: 'root',
  roles: ['EVERYONE', 'ADMINISTRATORS'],
  authenticatedSites: [{ site: 'cloud-east', org: 'System' }],
})

/** The last part of `/vm-replications/X` and the like; null where the path is another. */
const findId = (path: string, prefix: string): string | null => {
  const id = path.startsWith(prefix) ? decodeURIComponent(path.slice(prefix.length)) : ''
  return id === '' || id.includes('/') ? null : id
}

const findVcda = (path: string, query: URLSearchParams): Buffer | null => {
  const [offset, limit] = [Number(query.get('offset') ?? 0), Number(query.get('limit') ?? 20)]
  if (path === '/vm-replications') return lists.vmReplications.page(offset, limit)
  if (path === '/vapp-replications') return lists.vappReplications.page(offset, limit)
  if (path === '/tasks') return emptyPage
  if (path.endsWith('/instances')) return instances
  const vmId = findId(path, '/vm-replications/')
  if (vmId !== null) return lists.vmReplications.find(vmId)
  const vappId = findId(path, '/vapp-replications/')
  if (vappId !== null) return lists.vappReplications.find(vappId)
  return vcdaFixed.get(path) ?? null
}

const findZerto = (path: string): Buffer | null => {
  if (path === '/auth/realms/zerto/protocol/openid-connect/token') return token
  if (path === '/v1/vpgs') return lists.vpgs.whole()
  if (path === '/v1/vms') return lists.vms.whole()
  if (path === '/v1/tasks' || path === '/v1/alerts' || path === '/v1/events') return emptyList
  if (path.endsWith('/checkpoints/stats')) return latestCheckpoint
  if (path.endsWith('/checkpoints')) return checkpoints
  const vpgId = findId(path, '/v1/vpgs/')
  if (vpgId !== null) return lists.vpgs.find(vpgId)
  const vmId = findId(path, '/v1/vms/')
  if (vmId !== null) return lists.vms.find(vmId)
  return zertoFixed.get(path) ?? null
}

/** Ids left out: what is counted is the kind of a call. */
const toKind = (path: string): string => path.replaceAll(/[\da-z]*-?[\da-f]{8}-[\da-f-]{27}[^/]*/gi, '*')

const send = (response: ServerResponse, type: string, body: Buffer | null): void => {
  const bytes = body ?? emptyList
  response.writeHead(body === null ? 404 : 200, { 'content-type': type, 'content-length': bytes.length })
  response.end(bytes)
}

const answerBench = (response: ServerResponse, url: URL): void => {
  if (url.pathname === '/_bench/churn') {
    const percent = Number(url.searchParams.get('percent'))
    for (const list of Object.values(lists)) list.churn(percent)
  }
  send(response, zertoType, toBytes(Object.fromEntries(calls)))
  if (url.pathname === '/_bench/calls/reset') calls.clear()
}

const answer = async (vendor: 'vcda' | 'zerto', request: IncomingMessage, response: ServerResponse): Promise<void> => {
  request.resume()
  const url = new URL(request.url ?? '/', 'http://upstream')
  if (url.pathname.startsWith('/_bench/')) return answerBench(response, url)
  const kind = `${vendor} ${request.method} ${toKind(url.pathname)}`
  calls.set(kind, (calls.get(kind) ?? 0) + 1)
  if (latencyMs > 0) await wait(latencyMs)
  if (vendor === 'zerto') return send(response, zertoType, findZerto(url.pathname))
  if (url.pathname !== '/sessions') return send(response, vcdaType, findVcda(url.pathname, url.searchParams))
  response.setHeader('x-vcav-auth', 'bench')
  return send(response, vcdaType, sessionBody)
}

const listen = async (vendor: 'vcda' | 'zerto'): Promise<string> => {
  const server = createServer((request, response) => void answer(vendor, request, response))
  server.keepAliveTimeout = 600_000
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

process.stdout.write(`${JSON.stringify({ vcda: await listen('vcda'), zerto: await listen('zerto') })}\n`)
