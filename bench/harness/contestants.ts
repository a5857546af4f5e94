import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { toGroup, toReplication } from '../contestants/plain-mapping.ts'
import type { VmReplication, Vpg } from '../contestants/vendor-sources.ts'
import { dig } from './answers.ts'
import { requireWord, startNode, type Running } from './processes.ts'
import type { Upstream } from './upstream.ts'

const bench = join(import.meta.dirname, '..')
const peers = join(bench, 'peers')

/** Everybody but the gateway, by the file that starts it. */
const files = {
  floor: 'contestants/floor.ts',
  'graphql-yoga': 'contestants/yoga.ts',
  mercurius: 'peers/mercurius.js',
  'Apollo Server': 'peers/apollo-server.js',
  'Hive Gateway': 'peers/hive-gateway.js',
} as const

export type ContestantName = keyof typeof files

/** Those that come without an installation of their own. */
export const quickContestants: readonly ContestantName[] = ['floor', 'graphql-yoga']
/** Those with resolvers of their own: they answer more than the main query, in our words. */
export const resolverContestants: readonly ContestantName[] = ['graphql-yoga', 'mercurius', 'Apollo Server']
export const allContestants: readonly ContestantName[] = ['floor', ...resolverContestants, 'Hive Gateway']

/** Installs the peers from their own lock file, unless that was done. */
export const installPeers = (): void => {
  const installed = join(peers, 'node_modules/.package-lock.json')
  const lock = join(peers, 'package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: peers, stdio: 'inherit' })
}

export interface Contestant extends AsyncDisposable {
  readonly name: ContestantName
  readonly process: Running
  readonly url: string
}

export const startContestant = async (name: ContestantName, upstream: Upstream): Promise<Contestant> => {
  const args = [join(bench, files[name]), '--vcda', upstream.vcda, '--zerto', upstream.zerto]
  const process = await startNode({ place: 'measured', args, nodeArgs: ['--no-warnings'], ready: /listens \S+\n/ })
  const url = requireWord(process.said, /listens (\S+)\n/)
  return { name, process, url, [Symbol.asyncDispose]: () => process[Symbol.asyncDispose]() }
}

/** The vendors' own words, as a server passed them on, in the form in which the others answer. */
export const toMapped = (data: unknown): Readonly<Record<string, unknown>> => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compared with the others' answers right afterwards
  const [vms, vpgs] = [dig(data, 'vmReplications', 'items') as VmReplication[], dig(data, 'vpgs') as Vpg[]]
  return { r0: { nodes: vms.map(toReplication) }, g0: { nodes: vpgs.map(toGroup) } }
}

const readVersion = (folder: string, name: string): string | null => {
  const path = join(folder, 'node_modules', name, 'package.json')
  if (!existsSync(path)) return null
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every package has one
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version
}

const ownPackages = ['graphql', 'graphql-yoga', 'undici', 'ws']
const peerPackages = [
  'graphql',
  'mercurius',
  'fastify',
  '@apollo/server',
  '@graphql-hive/gateway',
  '@graphql-mesh/compose-cli',
  '@omnigraph/json-schema',
]

const listPresent = (folder: string, names: readonly string[], prefix: string): readonly string[] =>
  names.flatMap((name) => {
    const version = readVersion(folder, name)
    return version === null ? [] : [`${prefix}${name}@${version}`]
  })

/** Of what was measured, `name@version`; without the peers where they were not. */
export const listVersions = (hasPeers: boolean): readonly string[] => [
  `node@${process.versions.node}`,
  ...listPresent(join(bench, '..'), ownPackages, ''),
  ...(hasPeers ? listPresent(peers, peerPackages, 'peers: ') : []),
]
