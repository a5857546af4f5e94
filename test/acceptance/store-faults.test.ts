import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { startSimulator, type Simulator } from '../../src/simulator/main.ts'
import {
  AuditChainDocument,
  AuditLogDocument,
  PauseReplicationDocument,
  ProtectionGroupsDocument,
  SitesDocument,
  TasksDocument,
  type ProtectionGroupsQuery,
  type TaskOutcomeFragment,
} from '../generated/graphql.ts'
import { query } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

/** Asks a gateway, and fails when there is an error in its answer. */
type DataOf = TestGateway['dataOf']

const isPausable = ({ actions }: ProtectionGroupsQuery['protectionGroups']['nodes'][number]): boolean =>
  actions.some(({ action, available }) => action === 'PAUSE' && available)

const findPausable = async (dataOf: DataOf): Promise<string> => {
  const { protectionGroups } = await dataOf(ProtectionGroupsDocument, { first: 500 })
  const group = protectionGroups.nodes.find(isPausable)
  if (group === undefined) throw new Error('no group can be paused')
  return group.id
}

const pause = async (
  dataOf: DataOf,
  targetId: string,
  idempotencyKey: string,
  reason: string | null = null,
): Promise<TaskOutcomeFragment> =>
  (await dataOf(PauseReplicationDocument, { input: { targetId, idempotencyKey, reason } })).pauseReplication

/** Everything that can be read without the store is read, and what is in it, too. */
const expectReadsGoOn = async (dataOf: DataOf): Promise<void> => {
  expect((await dataOf(SitesDocument, {})).sites.length).toBeGreaterThan(0)
  expect((await dataOf(ProtectionGroupsDocument, { first: 10 })).protectionGroups.nodes).toHaveLength(10)
  expect((await dataOf(TasksDocument, {})).tasks.totalCount).toBe(0)
}

describe('a gateway whose store another process has locked', () => {
  it('refuses mutations as STORE_BUSY, sends nothing, reads on, and needs no restart afterwards', async () => {
    // C5, A6
    await using gateway = await startGateway()
    const dataOf: DataOf = (document, variables) => gateway.dataOf(document, variables)
    const targetId = await findPausable(dataOf)
    using other = new DatabaseSync(gateway.storePath)
    other.exec('begin immediate')
    const refused = pause(dataOf, targetId, 'press-1')
    await expectReadsGoOn(dataOf)
    expect(await refused).toMatchObject({
      __typename: 'StoreProblem',
      code: 'STORE_BUSY',
      message: expect.stringMatching(/find out who has the file open/),
    })
    expect(gateway.changes()).toEqual([])

    other.exec('commit')
    expect(await pause(dataOf, targetId, 'press-1')).toMatchObject({ __typename: 'TaskStarted', replayed: false })
    expect(gateway.changes()).toHaveLength(1)
    expect((await dataOf(AuditChainDocument, {})).auditChain.isWhole).toBe(true)
  }, 60_000)
})

describe('a gateway whose audit log cannot be written', () => {
  it('refuses mutations, also those that it would have refused anyway, sends nothing, and reads on', async () => {
    // A6: nothing is done that nobody can be held to.
    await using gateway = await startGateway()
    const dataOf: DataOf = (document, variables) => gateway.dataOf(document, variables)
    const targetId = await findPausable(dataOf)
    using other = new DatabaseSync(gateway.storePath)
    other.exec("create trigger stop before insert on audit_entries begin select raise(abort, 'no more'); end")
    const unavailable = { __typename: 'StoreProblem', code: 'STORE_UNAVAILABLE' }
    expect(await pause(dataOf, targetId, 'press-1')).toMatchObject(unavailable)
    expect(await pause(dataOf, 'nonsense', 'press-2')).toMatchObject(unavailable)
    expect(gateway.changes()).toEqual([])
    await expectReadsGoOn(dataOf)
    expect((await dataOf(AuditLogDocument, {})).auditLog.totalCount).toBe(0)

    other.exec('drop trigger stop')
    expect(await pause(dataOf, targetId, 'press-1')).toMatchObject({ __typename: 'TaskStarted', replayed: false })
    expect(gateway.changes()).toHaveLength(1)
    const { auditLog } = await dataOf(AuditLogDocument, {})
    expect(auditLog.nodes.at(-1)).toMatchObject({ sequence: 1, kind: 'INTENDED', idempotencyKey: 'press-1' })
  })
})

const free = { host: '127.0.0.1', port: 0 }
const token = 'the-token'

const toConfig = ({ vcda, zerto }: Simulator) => ({
  listen: { host: '127.0.0.1', port: 0 },
  store: { url: 'sqlite:journal.db' },
  auth: {
    tokens: [
      {
        name: 'operator',
        sha256: createHash('sha256').update(token).digest('hex'),
        scopes: ['dr:read', 'dr:operate', 'dr:audit'],
      },
    ],
  },
  sites: [
    ...vcda.sites.map(({ name, service, login }, index) => ({
      name,
      vendor: 'vcda',
      url: service.url,
      login: { type: 'localUser', user: login.user, password: `\${env:VCDA_PASSWORD_${index}}` },
    })),
    ...zerto.sites.map(({ name, service, login }, index) => ({
      name,
      vendor: 'zerto',
      url: service.url,
      login: { type: 'password', username: login.username, password: `\${env:ZERTO_PASSWORD_${index}}` },
    })),
  ],
})

const toSecrets = ({ vcda, zerto }: Simulator): Record<string, string> =>
  Object.fromEntries([
    ...vcda.sites.map(({ login }, index) => [`VCDA_PASSWORD_${index}`, login.password] as const),
    ...zerto.sites.map(({ login }, index) => [`ZERTO_PASSWORD_${index}`, login.password] as const),
  ])

const entry = join(import.meta.dirname, '../../src/main.ts')

/** A gateway as it is deployed, whose files may not grow beyond a size until it is told otherwise. */
const serveOnSmallDisk = async (simulator: Simulator, folder: string, limitKib: number) => {
  writeFileSync(join(folder, 'gateway.yaml'), stringify(toConfig(simulator)))
  // In a POSIX shell the limit counts blocks of 512 bytes.
  const script = `trap '' XFSZ; ulimit -S -f ${limitKib * 2}; exec "$0" "$@"`
  const args = ['-c', script, process.execPath, entry, 'serve', '--config', 'gateway.yaml']
  const env = { ...process.env, ...toSecrets(simulator) }
  const child = spawn('sh', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'ignore'] })
  const exited = once(child, 'exit')
  let url = ''
  for await (const line of createInterface({ input: child.stdout })) {
    url = /serves (?<url>http\S+)/.exec(line)?.groups?.['url'] ?? ''
    if (url !== '') break
  }
  if (url === '') throw new Error('the gateway did not start')
  const dataOf: DataOf = async (document, variables) => {
    const { body } = await query(url, document.toString(), variables, { authorization: `Bearer ${token}` })
    if (body.data === null || body.data === undefined || body.errors !== undefined)
      throw new Error(JSON.stringify(body))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the document says which data it asks for
    return body.data as never
  }
  return {
    dataOf,
    makeRoom: () => execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:unlimited']),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}

const changesOf = ({ vcda, zerto }: Simulator) =>
  [...vcda.sites, ...zerto.sites]
    .flatMap(({ service }) => service.exchanges)
    .filter(({ method, path }) => method !== 'GET' && !/^\/(sessions|auth\/|v1\/session)/.test(path))

describe('a gateway whose disk is full', () => {
  it('refuses mutations as STORE_UNAVAILABLE, sends nothing, reads on, and needs no restart when there is room', async () => {
    // C6
    const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-full-'))
    await using stack = new AsyncDisposableStack()
    stack.defer(() => rmSync(folder, { recursive: true, force: true }))
    const simulator = stack.use(await startSimulator({ speed: 1, seed: 7, fleetSize: 24, vcda: free, zerto: free }))
    const gateway = stack.use(await serveOnSmallDisk(simulator, folder, 1024))
    const { dataOf } = gateway
    const targetId = await findPausable(dataOf)

    // Refusals fill the disk, too: each has its entry in the audit log.
    const codes: string[] = []
    while (codes.at(-1) !== 'STORE_UNAVAILABLE' && codes.length < 200) {
      const refused = await pause(dataOf, 'nonsense', `fill-${codes.length}`, 'x'.repeat(2_000))
      codes.push('code' in refused ? refused.code : refused.__typename)
    }
    expect(codes.length).toBeGreaterThan(1)
    expect(new Set(codes)).toEqual(new Set(['NOT_FOUND', 'STORE_UNAVAILABLE']))

    expect(await pause(dataOf, targetId, 'press-1', 'x'.repeat(2_000))).toMatchObject({
      __typename: 'StoreProblem',
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/[Dd]isk .* full/),
    })
    expect(changesOf(simulator)).toEqual([])
    await expectReadsGoOn(dataOf)
    expect((await dataOf(AuditChainDocument, {})).auditChain).toMatchObject({
      isWhole: true,
      entryCount: codes.length - 1,
    })

    gateway.makeRoom()
    expect(await pause(dataOf, targetId, 'press-1', 'x'.repeat(2_000))).toMatchObject({
      __typename: 'TaskStarted',
      replayed: false,
    })
    expect(changesOf(simulator)).toHaveLength(1)
    expect((await dataOf(AuditChainDocument, {})).auditChain.isWhole).toBe(true)
  }, 60_000)
})
