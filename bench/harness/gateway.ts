import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startNode, requireWord, type Running } from './processes.ts'
import { scratch, type Upstream } from './upstream.ts'

const main = join(import.meta.dirname, '../../src/main.ts')

/** The tokens of so many callers, each on its own. */
export const tokens = Array.from({ length: 16 }, (_, index) => `bench-${index}`)

const toTokenLine = (token: string): string => {
  const sha256 = createHash('sha256').update(token).digest('hex')
  return `    - { name: ${token}, sha256: '${sha256}', scopes: [dr:read, dr:operate, dr:recover] }`
}

const toPassword = (vendor: string): string => `password: '\${file:./${vendor}-password}'`

/** What a load of one machine needs more of than the defaults give; everything else is as it ships. */
const raised = {
  maxRequestsPerSecond: 100_000,
  maxCost: 10_000_000,
  maxFields: 10_000,
  maxSocketsPerCaller: 100_000,
  maxConcurrentOperations: 100_000,
}

export interface Gateway extends AsyncDisposable {
  readonly process: Running
  readonly url: string
}

/**
 * Starts the gateway as it is used: `serve`, tokens, limits, journal on disk.
 *
 * @param options.limits Lines under `limits` of the configuration.
 * @param options.nodeArgs e.g. for a profile.
 * @param options.passwords Of the vendors, where they care.
 * @param options.storeUrl Of a database, in place of a file on disk.
 */
export const startGateway = async (
  upstream: Pick<Upstream, 'vcda' | 'zerto'>,
  options: {
    readonly limits?: Readonly<Record<string, number>>
    readonly nodeArgs?: readonly string[]
    readonly passwords?: { readonly vcda: string; readonly zerto: string }
    readonly storeUrl?: string
  } = {},
): Promise<Gateway> => {
  const folder = mkdtempSync(join(scratch, 'gateway-'))
  const { vcda = 'bench', zerto = 'bench' } = options.passwords ?? {}
  writeFileSync(join(folder, 'vcda-password'), vcda)
  writeFileSync(join(folder, 'zerto-password'), zerto)
  if (options.storeUrl !== undefined) writeFileSync(join(folder, 'store-url'), options.storeUrl)
  const limits = Object.entries({ ...raised, ...options.limits }).map(([name, value]) => `  ${name}: ${value}`)
  const lines = [
    'listen: { host: 127.0.0.1, port: 0 }',
    `store: { url: '${options.storeUrl === undefined ? 'sqlite:./bench.db' : '${file:./store-url}'}' }`,
    'auth:',
    '  tokens:',
    ...tokens.map(toTokenLine),
    'limits:',
    ...limits,
    'sites:',
    `  - { name: east, vendor: vcda, url: '${upstream.vcda}', login: { type: localUser, user: root, ${toPassword('vcda')} } }`,
    `  - { name: boston, vendor: zerto, url: '${upstream.zerto}', login: { type: password, username: admin, ${toPassword('zerto')} } }`,
  ]
  const config = join(folder, 'gateway.yaml')
  writeFileSync(config, `${lines.join('\n')}\n`)
  const process = await startNode({
    place: 'measured',
    args: [main, 'serve', '--config', config],
    ...(options.nodeArgs === undefined ? {} : { nodeArgs: options.nodeArgs, hearsErrors: true }),
    ready: /serves \S+\n/,
  })
  const url = requireWord(process.said, /serves (\S+)\n/)
  return { process, url, [Symbol.asyncDispose]: () => process[Symbol.asyncDispose]() }
}
