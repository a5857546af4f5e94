import { join } from 'node:path'
import { startNode } from '../harness/processes.ts'

/** A JSON object of a vendor, as it came. */
export type Payload = Readonly<Record<string, unknown>>

/** What the simulated vendors answered, to be given again without them. */
export interface Templates {
  /** Bodies by path, for what is the same whatever the size of the fleet. */
  readonly vcda: Readonly<Record<string, unknown>>
  readonly zerto: Readonly<Record<string, unknown>>
  readonly vmReplications: readonly Payload[]
  readonly vappReplications: readonly Payload[]
  readonly vpgs: readonly Payload[]
  readonly vms: readonly Payload[]
  /** Recovery points of one replication and of one VPG. */
  readonly instances: readonly Payload[]
  readonly checkpoints: readonly Payload[]
}

const main = join(import.meta.dirname, '../../src/main.ts')

const requireMatch = (text: string, pattern: RegExp): Readonly<Record<string, string>> => {
  const groups = pattern.exec(text)?.groups
  if (groups === undefined) throw new Error(`The simulator said something else: ${text}`)
  return groups
}

/** Anything that a vendor lists. */
export const toPayloads = (value: unknown): readonly Payload[] => {
  if (!Array.isArray(value)) throw new Error('No list')
  return value.map((item: unknown) => toPayload(item))
}

/** @throws when it is not an object. */
export const toPayload = (value: unknown): Payload => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('No object')
  return Object.fromEntries(Object.entries(value))
}

const readJson = async (url: string, headers: Readonly<Record<string, string>>): Promise<unknown> => {
  const response = await fetch(url, { headers })
  if (!response.ok) throw new Error(`${url} is answered with ${response.status}`)
  const text = await response.text()
  return text === '' ? null : JSON.parse(text)
}

const signInToVcda = async (url: string, user: string, password: string): Promise<Record<string, string>> => {
  const accept = 'application/vnd.vmware.h4-v4.7+json;charset=UTF-8'
  const response = await fetch(`${url}/sessions`, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'localUser', localUser: user, localPassword: password }),
  })
  return { accept, 'x-vcav-auth': response.headers.get('x-vcav-auth') ?? '' }
}

const signInToZerto = async (url: string, username: string, password: string): Promise<Record<string, string>> => {
  const body = new URLSearchParams({ grant_type: 'password', client_id: 'zerto-client', username, password })
  const response = await fetch(`${url}/auth/realms/zerto/protocol/openid-connect/token`, { method: 'POST', body })
  return { authorization: `Bearer ${String(toPayload(await response.json())['access_token'])}` }
}

const vcdaPaths = ['/sites', '/sla-profiles', '/diagnostics/about']
const zertoPaths = ['/v1/localsite', '/v1/peersites', '/v1/license', '/v1/serviceprofiles']
const dayMs = 86_400_000

const readAll = async (
  paths: readonly string[],
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> =>
  Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await readJson(`${url}${path}`, headers)])))

const record = async (said: string): Promise<Templates> => {
  const vcda = requireMatch(said, /(?<url>http:\S+) {2}cloud-east\n +localUser: (?<user>\S+) \/ (?<password>\S+)/)
  const zerto = requireMatch(said, /(?<url>http:\S+) {2}Boston\n +password: (?<user>\S+) \/ (?<password>\S+)/)
  const { url: vcdaUrl = '', user: vcdaUser = '', password: vcdaPassword = '' } = vcda
  const { url: zertoUrl = '', user: zertoUser = '', password: zertoPassword = '' } = zerto
  const toVcda = await signInToVcda(vcdaUrl, vcdaUser, vcdaPassword)
  const toZerto = await signInToZerto(zertoUrl, zertoUser, zertoPassword)
  const listPage = async (path: string): Promise<readonly Payload[]> =>
    toPayloads(toPayload(await readJson(`${vcdaUrl}${path}?limit=100&offset=0`, toVcda))['items'])
  const vmReplications = await listPage('/vm-replications')
  const vpgs = toPayloads(await readJson(`${zertoUrl}/v1/vpgs`, toZerto))
  const replicationId = String(vmReplications[0]?.['id'])
  const vpgId = String(vpgs[0]?.['VpgIdentifier'])
  const since = encodeURIComponent(new Date(Date.now() - dayMs).toISOString())
  const checkpoints = `${zertoUrl}/v1/vpgs/${vpgId}/checkpoints?startDate=${since}`
  return {
    vcda: await readAll(vcdaPaths, vcdaUrl, toVcda),
    zerto: await readAll(zertoPaths, zertoUrl, toZerto),
    vmReplications,
    vappReplications: await listPage('/vapp-replications'),
    vpgs,
    vms: toPayloads(await readJson(`${zertoUrl}/v1/vms`, toZerto)),
    instances: toPayloads(await readJson(`${vcdaUrl}/vm-replications/${replicationId}/instances`, toVcda)),
    checkpoints: toPayloads(await readJson(checkpoints, toZerto)).slice(0, 50),
  }
}

/** Starts the simulator of both vendors for a moment and keeps what it answers, its clock standing still. */
export const recordTemplates = async (): Promise<Templates> => {
  const ports = ['--vcda', '127.0.0.1:0', '--zerto', '127.0.0.1:0', '--admin', '127.0.0.1:0']
  const args = [main, 'simulate', ...ports, '--fleet', '60', '--seed', '1', '--speed', '0']
  await using simulator = await startNode({ place: 'around', args, ready: /\/_simulator\n/ })
  return await record(simulator.said)
}
