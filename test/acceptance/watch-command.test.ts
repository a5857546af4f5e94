import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { scopes } from '../../src/domain/viewer.ts'
import { startSimulator, type Simulator } from '../../src/simulator/main.ts'
import {
  FailoverDocument,
  ProtectionGroupsDocument,
  TaskProgressDocument,
  type FailoverMutation,
  type ProtectionGroupsQuery,
  type TaskProgressSubscription,
} from '../generated/graphql.ts'
import { query, subscribe } from '../support/graphql-client.ts'
import { runCommand, type RunningCommand } from '../support/run-command.ts'
import { sampleAnswer } from '../watch/sample-news.ts'
import { startTinyGateway } from '../watch/tiny-gateway.ts'

const host = '127.0.0.1'
const free = { host, port: 0 }
const token = 'the-token-of-the-operator'
const authorization = `Bearer ${token}`

let simulator: Simulator
let folder: string
let gateway: RunningCommand
let url: string

/** Starts a gateway over the simulated pair, in a process of its own, on the same store as the one before. */
const serve = async (port: number): Promise<void> => {
  const { sites } = simulator.zerto
  const sha256 = createHash('sha256').update(token).digest('hex')
  const config = {
    listen: { host, port },
    store: { url: 'sqlite:journal.db' },
    auth: { tokens: [{ name: 'operator', sha256, scopes: [...scopes] }] },
    sites: sites.map(({ name, service, login }, index) => ({
      name,
      vendor: 'zerto',
      url: service.url,
      login: { type: 'password', username: login.username, password: `\${env:PASSWORD_${index}}` },
    })),
    limits: { maxAgeSeconds: 0, pollIntervalMs: 100 },
  }
  writeFileSync(join(folder, 'gateway.yaml'), stringify(config))
  const env = Object.fromEntries(sites.map(({ login }, index) => [`PASSWORD_${index}`, login.password]))
  gateway = runCommand(['serve', '--config', 'gateway.yaml'], { cwd: folder, env })
  url = /serves (?<url>\S+)/.exec(await gateway.saying(/serves \S+\n/))?.groups?.['url'] ?? ''
}

const startFailover = async (): Promise<string> => {
  const headers = { authorization }
  const { body: groups } = await query<ProtectionGroupsQuery>(
    url,
    ProtectionGroupsDocument.toString(),
    { first: 500 },
    headers,
  )
  const group = groups.data?.protectionGroups.nodes.find(({ actions }) =>
    actions.some(({ action, available }) => action === 'FAILOVER' && available),
  )
  const zerto = { commitPolicy: 'COMMIT', commitAfterSeconds: 60 }
  const input = { targetId: group?.id, idempotencyKey: 'f', zerto }
  const { body } = await query<FailoverMutation>(url, FailoverDocument.toString(), { input }, headers)
  if (body.data?.failover.__typename !== 'TaskStarted') throw new Error(JSON.stringify(body))
  return body.data.failover.task.id
}

const watch = (args: readonly string[], at = url): RunningCommand =>
  runCommand(['watch', ...args, '--url', at, '--token-env', 'TOKEN'], { cwd: tmpdir(), env: { TOKEN: token } })

/** Lets the vendors' time go by, two seconds in every tenth of one. */
const runTime = (): Disposable => {
  const timer = setInterval(() => simulator.clock.turn(2_000), 100)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/** Time and state of each change of state that the journal holds, as the lines begin. */
const readChanges = async (id: string): Promise<readonly string[]> => {
  const document = TaskProgressDocument.toString()
  await using events = subscribe<TaskProgressSubscription>(url, document, { id, after: 'e1.0' }, authorization)
  const told = (await events.untilDone()).flatMap(({ data }) => data?.taskProgress ?? [])
  return told.flatMap(({ kind, at, task }) =>
    kind === 'STATE_CHANGE' && task !== null ? [`${at.slice(0, 19)}Z  ${task.state} `] : [],
  )
}

describe('watch, where there is no terminal', () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dr-gateway-watch-'))
    simulator = await startSimulator({ speed: 0, seed: 7, fleetSize: 12, vcda: free, zerto: free })
    await serve(0)
  }, 30_000)
  afterEach(async () => {
    await gateway[Symbol.asyncDispose]()
    await simulator[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  it('writes a line for each change, says who decides, and ends with 0 when all has succeeded', async () => {
    const id = await startFailover()
    await using watching = watch([id])
    await watching.saying(new RegExp(`\\[${id}\\]`))
    using time = new DisposableStack()
    time.use(runTime())
    const { exitCode, stdout, stderr } = await watching.ended
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(
      /AWAITING_DECISION .*: waits for you to call commitFailover or rollbackFailover; commits itself in .* s\n/,
    )
    expect(stdout).toMatch(/SUCCEEDED .*: succeeded after \d+ s\n$/)
    expect(stdout).not.toContain('\u001B')
  }, 40_000)

  it('goes on when the gateway was killed and started again, and leaves no change of state out', async () => {
    // W3, W5
    const id = await startFailover()
    await using watching = watch([id])
    await watching.saying(new RegExp(`\\[${id}\\]`))
    using time = new DisposableStack()
    time.use(runTime())
    await watching.saying(/AWAITING_DECISION/)
    gateway.stop('SIGKILL')
    await gateway.ended
    await serve(Number(new URL(url).port))
    const { exitCode, stdout, stderr } = await watching.ended
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/^The gateway is gone \(.*\); trying again\nThe gateway is back; going on where it was\n$/)
    const lines = stdout.split('\n').slice(0, -1)
    expect(lines).toEqual([...new Set(lines)])
    const [first = ''] = lines
    const changes = (await readChanges(id)).filter((change) => change > first)
    expect(changes.length).toBeGreaterThan(1)
    for (const change of changes) expect(lines.filter((line) => line.startsWith(change))).not.toEqual([])
    expect(lines.filter((line) => line.includes('  SUCCEEDED  '))).toHaveLength(1)
  }, 60_000)

  it('shows with --all what begins later, and leaves the tasks alone at Ctrl+C', async () => {
    await using watching = watch(['--all'])
    const nothing = /Nothing is under way/
    const id = await startFailover()
    await watching.saying(new RegExp(`\\[${id}\\]`))
    watching.stop('SIGINT')
    const { exitCode, stderr } = await watching.ended
    expect(exitCode).toBe(130)
    expect(stderr.replace(/^.*\n/, (line) => (nothing.test(line) ? '' : line))).toBe(
      'Nobody watches any more; the tasks go on\n',
    )
    await using again = watch([id])
    using time = new DisposableStack()
    time.use(runTime())
    expect((await again.ended).exitCode).toBe(0)
  }, 60_000)

  it('ends with 66 for a task that is not there', async () => {
    const { exitCode, stderr } = await watch(['bm9uc2Vuc2U']).ended
    expect({ exitCode, stderr }).toEqual({ exitCode: 66, stderr: 'No task has the id bm9uc2Vuc2U\n' })
  })

  it('ends with 77 for a caller who is not let in', async () => {
    const { exitCode, stderr } = await runCommand(['watch', '--all', '--url', url], { cwd: tmpdir() }).ended
    expect({ exitCode, stderr }).toEqual({
      exitCode: 77,
      stderr: 'The gateway does not let this caller in: give a valid token\n',
    })
  })
})

describe('the exit code of watch', () => {
  it.each([
    ['FAILED', 1],
    ['CANCELLED', 1],
    ['OUTCOME_UNKNOWN', 2],
  ])('for a task that ends as %s is %d', async (state, exitCode) => {
    await using tiny = await startTinyGateway([[sampleAnswer('c1', { state }), { type: 'complete' }]])
    expect((await watch(['task-1'], tiny.url).ended).exitCode).toBe(exitCode)
  })

  it('for a gateway that cannot be reached is 69, and it says why', async () => {
    const { exitCode, stderr } = await watch(['--all'], 'http://127.0.0.1:1').ended
    expect(exitCode).toBe(69)
    expect(stderr).toMatch(/^The gateway cannot be reached: .*ECONNREFUSED/)
  })

  it.each([
    [['watch'], 'watch needs either --all or the id of at least one task'],
    [['watch', 'x', '--all'], 'watch needs either --all or the id of at least one task'],
    [['watch', 'x', '--url', 'ftp://x'], '--url has to be an address'],
    [['watch', 'x', '--token-env', 'NO_SUCH_VARIABLE'], '--token-env: NO_SUCH_VARIABLE is not set'],
  ])('for %j is 64', async (args, message) => {
    const { exitCode, stderr } = await runCommand(args, { cwd: tmpdir() }).ended
    expect(exitCode).toBe(64)
    expect(stderr).toContain(message)
  })
})
