import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import {
  AuditChainDocument,
  AuditLogDocument,
  FailoverDocument,
  PauseReplicationDocument,
  ProtectionGroupsDocument,
  TaskProgressDocument,
  type AuditLogQuery,
  type TaskOutcomeFragment,
} from '../generated/graphql.ts'
import { runCommand, type CommandEnd } from '../support/run-command.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

type Entry = AuditLogQuery['auditLog']['nodes'][number]

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway({
    callers: [
      { name: 'auditor', scopes: ['dr:audit'] },
      { name: 'operator', scopes: ['dr:read', 'dr:operate', 'dr:recover'] },
    ],
  })
})
afterEach(() => gateway[Symbol.asyncDispose]())

/** Ids and names of groups that can be paused. */
const listPausable = async () => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  return protectionGroups.nodes.filter(({ actions }) =>
    actions.some(({ action, available }) => action === 'PAUSE' && available),
  )
}

const pause = async (
  targetId: string,
  idempotencyKey: string,
  reason: string | null = null,
): Promise<TaskOutcomeFragment> => {
  const { data } = await gateway.ask(
    PauseReplicationDocument,
    { input: { targetId, idempotencyKey, reason } },
    'operator',
  )
  if (data === null || data === undefined) throw new Error('the mutation was answered with errors only')
  return data.pauseReplication
}

const requireTask = (outcome: TaskOutcomeFragment): string => {
  if (outcome.__typename !== 'TaskStarted') throw new Error(JSON.stringify(outcome))
  return outcome.task.id
}

const untilFinal = async (id: string): Promise<void> => {
  await using events = gateway.watch(TaskProgressDocument, { id })
  for (;;) {
    const { data } = await events.next()
    if (data?.taskProgress.task.endedAt !== null) return
    gateway.turn(30)
  }
}

/** All entries, oldest first. */
const listEntries = async (): Promise<readonly Entry[]> => {
  const { auditLog } = await gateway.dataOf(AuditLogDocument, { first: 500 })
  return auditLog.nodes.toReversed()
}

/** How many entries match. */
const countEntries = async (filter: object): Promise<number> =>
  (await gateway.dataOf(AuditLogDocument, { filter })).auditLog.totalCount

const edit = (sql: string): void => {
  using database = new DatabaseSync(gateway.storePath)
  database.exec(sql)
}

const verify = (...args: readonly string[]): Promise<CommandEnd> =>
  runCommand(['audit', 'verify', ...args], { cwd: tmpdir() }).ended

describe('the audit log', () => {
  it('tells who asked for what and why, what was sent and what came of it, replays and refusals included', async () => {
    // A5
    const [group] = await listPausable()
    if (group === undefined) throw new Error('no group can be paused')
    const taskId = requireTask(await pause(group.id, 'press-1', 'maintenance'))
    await untilFinal(taskId)
    await pause(group.id, 'press-1', 'maintenance')
    await pause(group.id, 'press-1', 'another reason')
    await pause('nonsense', 'press-2')

    const entries = await listEntries()
    expect(entries.map(({ kind, idempotencyKey }) => [kind, idempotencyKey])).toEqual([
      ['INTENDED', 'press-1'],
      ['ACCEPTED', 'press-1'],
      ['SUCCEEDED', 'press-1'],
      ['REPLAYED', 'press-1'],
      ['REFUSED', 'press-1'],
      ['REFUSED', 'press-2'],
    ])
    expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6])
    const [intended, accepted, succeeded, , mismatch, notFound] = entries
    expect(intended).toMatchObject({
      caller: 'operator',
      operation: 'PAUSE',
      target: { id: group.id, name: group.name },
      targetId: group.id,
      targetName: group.name,
      siteName: expect.any(String),
      task: { id: taskId, state: 'SUCCEEDED' },
      operationId: expect.stringMatching(/^drg-/),
      reason: 'maintenance',
      input: { targetId: group.id, idempotencyKey: 'press-1', reason: 'maintenance' },
      problem: null,
      overriddenRisks: [],
      evidence: [],
    })
    expect(new Set([intended, accepted, succeeded].map((entry) => entry?.operationId)).size).toBe(1)
    expect(mismatch).toMatchObject({ problem: { code: 'IDEMPOTENCY_MISMATCH' }, input: { reason: 'another reason' } })
    expect(notFound).toMatchObject({ problem: { code: 'NOT_FOUND' }, target: null, targetId: 'nonsense', task: null })
    expect(gateway.changes()).toHaveLength(1)
  })

  it('tells of what the caller had no right to', async () => {
    const [group] = await listPausable()
    const input = { targetId: group?.id ?? '', idempotencyKey: 'press-1' }
    await gateway.ask(FailoverDocument, { input }, 'auditor')
    const [entry] = await listEntries()
    expect(entry).toMatchObject({ kind: 'REFUSED', caller: 'auditor', operation: 'FAILOVER', targetId: group?.id })
    expect(entry?.problem?.code).toBe('PERMISSION_DENIED')
    expect(gateway.changes()).toEqual([])
  })

  it('is for callers with the scope dr:audit only, its check too', async () => {
    // A3 of the faults: who may not read it learns nothing from it.
    await pause('nonsense', 'press-1')
    const answers = [
      await gateway.ask(AuditLogDocument, {}, 'operator'),
      await gateway.ask(AuditChainDocument, {}, 'operator'),
    ]
    for (const { data, errors } of answers) {
      expect(data ?? null).toBeNull()
      expect(errors).toEqual([
        expect.objectContaining({
          message: expect.stringContaining('dr:audit'),
          extensions: expect.objectContaining({ code: 'PERMISSION_DENIED', requiredScope: 'dr:audit' }),
        }),
      ])
    }
    const { data } = await gateway.ask(AuditLogDocument, {}, 'auditor')
    expect(data?.auditLog.totalCount).toBe(1)
    expect((await gateway.ask(AuditChainDocument, {}, 'auditor')).data?.auditChain.isWhole).toBe(true)
  })

  it('is read in pages and by filter', async () => {
    for (const number of [1, 2, 3, 4, 5]) await pause(`nonsense-${number}`, `press-${number}`)
    const seen: number[] = []
    let after: string | null = null
    for (let hasMore = true; hasMore;) {
      const { auditLog }: AuditLogQuery = await gateway.dataOf(AuditLogDocument, { first: 2, after })
      expect(auditLog.totalCount).toBe(5)
      seen.push(...auditLog.nodes.map(({ sequence }) => sequence))
      after = auditLog.pageInfo.endCursor ?? null
      hasMore = auditLog.pageInfo.hasNextPage
    }
    expect(seen).toEqual([5, 4, 3, 2, 1])

    expect(
      await countEntries({ targetIds: ['nonsense-2', 'nonsense-4'], kinds: ['REFUSED'], callers: ['operator'] }),
    ).toBe(2)
    expect(await countEntries({ operations: ['FAILOVER'] })).toBe(0)
    expect(await countEntries({ to: new Date(0) })).toBe(0)
    expect(await countEntries({ from: new Date(0), to: new Date(Date.now() + 60_000) })).toBe(5)

    // D6
    for (const wrong of [{ after: 'e1.1' }, { after: 'a1.01' }, { first: -1 }, { first: 501 }]) {
      const { errors } = await gateway.ask(AuditLogDocument, wrong)
      expect(errors?.[0]?.extensions?.['code']).toBe('INVALID_INPUT')
    }
  })

  it('goes on in the same chain after a restart', async () => {
    await pause('nonsense', 'press-1')
    await gateway.restart()
    await pause('nonsense', 'press-2')
    const { auditChain } = await gateway.dataOf(AuditChainDocument, {})
    const entries = await listEntries()
    expect(auditChain).toEqual({
      isWhole: true,
      entryCount: 2,
      headHash: entries[1]?.hash,
      firstBadSequence: null,
      reason: null,
    })
  })

  it('holds no secret of a site', async () => {
    // A4
    const [group] = await listPausable()
    requireTask(await pause(group?.id ?? '', 'press-1'))
    await gateway.restart()
    const bytes = readFileSync(gateway.storePath).toString('latin1')
    expect(bytes).toContain('press-1')
    for (const { login } of [...gateway.vcda.sites, ...gateway.zerto.sites]) expect(bytes).not.toContain(login.password)
  })
})

describe('an audit log that was edited', () => {
  it('is shown by the running gateway and by the command, which name the first bad row', async () => {
    // A5 of the faults
    for (const number of [1, 2, 3, 4]) await pause(`nonsense-${number}`, `press-${number}`)
    const whole = await verify('--store', gateway.storePath)
    const { auditChain } = await gateway.dataOf(AuditChainDocument, {})
    expect(whole).toEqual({ exitCode: 0, stdout: `WHOLE  4 entries  head ${auditChain.headHash}\n`, stderr: '' })

    edit("update audit_entries set document = replace(document, 'nonsense-3', 'nonsense-8') where sequence = 3")
    expect((await gateway.dataOf(AuditChainDocument, {})).auditChain).toEqual({
      isWhole: false,
      entryCount: null,
      headHash: null,
      firstBadSequence: 3,
      reason: expect.stringMatching(/hash/),
    })
    const broken = await verify('--store', gateway.storePath)
    expect(broken).toMatchObject({ exitCode: 65, stdout: expect.stringMatching(/^BROKEN {2}entry 3: .*hash/) })
  })

  it('is shown by the command of whoever noted the head, when its end was written anew', async () => {
    for (const number of [1, 2]) await pause(`nonsense-${number}`, `press-${number}`)
    const { auditChain } = await gateway.dataOf(AuditChainDocument, {})
    const noted = ['--store', gateway.storePath, '--expect-head', auditChain.headHash ?? '']
    expect(await verify(...noted)).toMatchObject({ exitCode: 0 })
    edit(`delete from audit_entries where sequence = 2;
      update audit_head set sequence = 1, hash = (select hash from audit_entries)`)
    await pause('nonsense-3', 'press-3')
    expect(await verify('--store', gateway.storePath)).toMatchObject({ exitCode: 0 })
    expect(await verify(...noted)).toMatchObject({ exitCode: 65, stdout: expect.stringMatching(/^BROKEN {2}no entry/) })
  })
})

describe('audit verify', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dr-gateway-audit-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('finds the store by the configuration', async () => {
    const sha256 = createHash('sha256').update('token').digest('hex')
    const [site] = gateway.zerto.sites
    const config = {
      store: { url: `sqlite:${gateway.storePath}` },
      auth: { tokens: [{ name: 'portal', sha256, scopes: ['dr:read'] }] },
      sites: [
        {
          name: 'zvm-a',
          vendor: 'zerto',
          url: site?.service.url,
          login: { type: 'password', username: 'x', password: '${env:ZVM_PASSWORD}' },
        },
      ],
    }
    writeFileSync(join(folder, 'gateway.yaml'), stringify(config))
    const env = { ZVM_PASSWORD: 'x' }
    const { ended } = runCommand(['audit', 'verify', '--config', 'gateway.yaml'], { cwd: folder, env })
    expect(await ended).toEqual({ exitCode: 0, stdout: 'WHOLE  0 entries\n', stderr: '' })
  })

  it.each([
    { title: 'there is no such file', args: ['--store', 'nowhere.db'], exitCode: 66, said: /no store at nowhere\.db/ },
    { title: 'the file is no journal', args: ['--store', 'other.txt'], exitCode: 65, said: /not an SQLite database/ },
    { title: 'the hash is none', args: ['--store', 'x', '--expect-head', 'abc'], exitCode: 64, said: /64 hexadecimal/ },
    { title: 'nobody says which store', args: [], exitCode: 64, said: /--config FILE/ },
  ])('says when $title', async ({ args, exitCode, said }) => {
    writeFileSync(join(folder, 'other.txt'), 'a text '.repeat(200))
    const { ended } = runCommand(['audit', 'verify', ...args], { cwd: folder })
    const end = await ended
    expect(end.exitCode).toBe(exitCode)
    expect(end.stdout + end.stderr).toMatch(said)
  })

  it('is the only thing that audit can do', async () => {
    const { ended } = runCommand(['audit', 'repair'], { cwd: folder })
    expect(await ended).toMatchObject({ exitCode: 64, stderr: expect.stringMatching(/audit verify/) })
  })
})
