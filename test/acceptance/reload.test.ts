import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { WebSocket, type RawData } from 'ws'
import { stringify } from 'yaml'
import type { Journal } from '../../src/domain/ports/journal.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { later, sampleIntent, sampleTaskId } from '../journal/sample-task.ts'
import { query } from '../support/graphql-client.ts'
import { openJournal } from '../support/open-journal.ts'
import { runCommand, type RunningCommand } from '../support/run-command.ts'
import { tokenOf } from '../support/start-gateway.ts'
import { startTokenIssuer, type TokenIssuer } from '../support/token-issuer.ts'

const taskEvents = 'subscription { taskEvents { kind task { stage } } }'

const token = (name: string, members: object = { scopes: ['dr:read'] }) => ({
  name,
  sha256: createHash('sha256').update(tokenOf(name)).digest('hex'),
  ...members,
})

const bearer = (name: string): string => `Bearer ${tokenOf(name)}`

interface Members {
  readonly tokens: readonly object[]
  readonly issuers?: readonly object[]
  readonly [section: string]: unknown
}

/** `serve` as a process, on a site that does not answer, with its configuration in a file. */
interface Rig {
  readonly url: string
  readonly serving: RunningCommand
  /** Another process on the store: what it writes, the gateway tells its callers. */
  readonly writer: Journal
  write(members: Members): void
  writeText(text: string): void
  writeHash(text: string): void
  /** Line of the log that matches, once it is there. */
  logged(pattern: RegExp): Promise<Readonly<Record<string, unknown>>>
}

/** @param hash What stands in `portal.sha256` beside the configuration. */
const startRig = async (first: Members, hash = ''): Promise<Rig> => {
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-reload-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const login = { type: 'password', username: 'x', password: '${env:ZVM_PASSWORD}' }
  const writeHash = (text: string): void => writeFileSync(join(folder, 'portal.sha256'), `${text}\n`)
  writeHash(hash)
  const writeText = (text: string): void => writeFileSync(join(folder, 'gateway.yaml'), text)
  const write = ({ tokens, issuers = [], ...sections }: Members): void =>
    writeText(
      stringify({
        listen: { port: 0 },
        store: { url: 'sqlite:journal.db' },
        auth: { tokens, issuers },
        sites: [{ name: 'zvm-a', vendor: 'zerto', url: 'http://127.0.0.1:1', login }],
        ...sections,
      }),
    )
  write(first)
  const serving = runCommand(['serve', '--config', 'gateway.yaml'], { cwd: folder, env: { ZVM_PASSWORD: 'canary' } })
  onTestFinished(() => serving[Symbol.asyncDispose]())
  const url = /serves (\S+)/.exec(await serving.saying(/serves \S+/))?.[1] ?? ''
  const writer = await openJournal({ path: join(folder, 'journal.db'), clock: systemClock })
  onTestFinished(() => writer[Symbol.asyncDispose]())
  return {
    url,
    serving,
    writer,
    write,
    writeText,
    writeHash,
    logged: async (pattern) => {
      const text = await serving.saying(new RegExp(`${pattern.source}.*\n`))
      const line = text.split('\n').find((candidate) => pattern.test(candidate))
      return JSON.parse(line ?? '{}')
    },
  }
}

/** A socket on which one caller watches all tasks. */
interface Watcher {
  readonly socket: WebSocket
  readonly received: readonly string[]
  /** Code and reason. */
  readonly closed: Promise<readonly [number, string]>
  /** Resolves when a message with this in it has come. */
  sees(text: string): Promise<void>
  /** The answer to one more operation on the same socket. */
  ask(document: string): Promise<unknown>
}

const startWatcher = async (url: string, authorization: string): Promise<Watcher> => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  onTestFinished(() => socket.terminate())
  const received: string[] = []
  const waits = new Set<() => void>()
  socket.on('message', (data: RawData) => {
    received.push(Buffer.isBuffer(data) ? data.toString() : '')
    for (const wake of waits) wake()
  })
  const find = async (text: string): Promise<string> => {
    for (;;) {
      const found = received.find((message) => message.includes(text))
      if (found !== undefined) return found
      await new Promise<void>((resolve) => waits.add(resolve))
      waits.clear()
    }
  }
  const closed = once(socket, 'close').then(([code, reason]): readonly [number, string] => [code, String(reason)])
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  await find('connection_ack')
  let count = 0
  const send = (document: string): string => {
    const id = `operation-${(count += 1)}`
    socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query: document } }))
    return id
  }
  send(taskEvents)
  await find('SNAPSHOT')
  return {
    socket,
    received,
    closed,
    sees: async (text) => void (await find(text)),
    ask: async (document) => JSON.parse(await find(send(document))).payload,
  }
}

const statusOf = async ({ url }: Rig, authorization: string): Promise<number> =>
  (await query(url, '{ viewer { name } }', {}, { authorization })).status

let issuer: TokenIssuer
beforeEach(async () => {
  issuer = await startTokenIssuer()
  onTestFinished(() => issuer[Symbol.asyncDispose]())
})

const trust = (more: object = {}) => {
  const { issuer: name, audience, jwksUrl } = issuer.trusted
  return { issuer: name, audience, jwksUrl, ...more }
}

const viewer = '{ viewer { scopes grants { scopes sites organizations } } }'

test('a grant that is taken away or made smaller closes what it has opened, and nothing else', async () => {
  // W3
  const rig = await startRig({
    tokens: [token('keeper'), token('leaver'), token('shrinker'), token('grower')],
    issuers: [trust()],
  })
  const authorization = `Bearer ${await issuer.sign()}`
  const keeper = await startWatcher(rig.url, bearer('keeper'))
  const grower = await startWatcher(rig.url, bearer('grower'))
  const losers = await Promise.all(
    [bearer('leaver'), bearer('shrinker'), authorization].map((given) => startWatcher(rig.url, given)),
  )
  const stream = await fetch(rig.url, {
    method: 'POST',
    headers: { authorization: bearer('leaver'), accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ query: taskEvents }),
  })

  rig.write({
    tokens: [
      token('keeper'),
      token('shrinker', { scopes: ['dr:read'], sites: ['zvm-a'] }),
      token('grower', { scopes: ['dr:read', 'dr:audit'] }),
      token('newcomer'),
    ],
  })
  expect(await Promise.all(losers.map(({ closed }) => closed))).toEqual(
    losers.map(() => [4403, 'Grant was withdrawn'] as const),
  )
  const streamed = await stream.text()
  expect(streamed).toContain('SNAPSHOT')
  expect(streamed).not.toContain('complete')

  await rig.writer.begin(sampleIntent(1))
  await rig.writer.update(sampleTaskId(1), { stage: 'after the reload' }, 'STATE_CHANGE', later(1))
  await keeper.sees('after the reload')
  await grower.sees('after the reload')
  for (const { received } of losers) expect(received.join('')).not.toContain('after the reload')

  const statuses = [bearer('leaver'), authorization, bearer('shrinker'), bearer('newcomer')].map((given) =>
    statusOf(rig, given),
  )
  expect(await Promise.all(statuses)).toEqual([401, 401, 200, 200])
  const before = { scopes: ['dr:read'], grants: [{ scopes: ['dr:read'], sites: null, organizations: null }] }
  expect(await grower.ask(viewer)).toEqual({ data: { viewer: before } })
  const scopes = ['dr:read', 'dr:audit']
  const again = await query(rig.url, viewer, {}, { authorization: bearer('grower') })
  expect(again.body.data).toEqual({ viewer: { scopes, grants: [{ scopes, sites: null, organizations: null }] } })

  const line = await rig.logged(/read anew/)
  expect(line).toMatchObject({
    changed: [
      'auth.tokens leaver removed',
      'auth.tokens shrinker changed',
      'auth.tokens grower changed',
      'auth.tokens newcomer added',
      `auth.issuers ${issuer.trusted.issuer} removed`,
    ],
    needsRestart: [],
    closed: { leaver: 2, shrinker: 1, alice: 1 },
  })
  expect(JSON.stringify(line)).not.toMatch(/[\da-f]{64}|token-of/)
})

test('a file that cannot be used changes nothing, and one that is mended is taken', async () => {
  const rig = await startRig({ tokens: [token('keeper'), token('leaver')] })
  const keeper = await startWatcher(rig.url, bearer('keeper'))
  rig.writeText('auth: { tokens: [')
  expect(await rig.logged(/cannot be used.*not valid YAML|not valid YAML.*cannot be used/)).toMatchObject({
    level: 'error',
  })
  rig.write({ tokens: [token('keeper', { scopes: ['dr:read'], sites: ['nowhere'] })] })
  expect(await rig.logged(/nowhere|no configured site/)).toMatchObject({
    level: 'error',
    problems: [{ path: 'auth.tokens.0.sites.0', message: 'is the name of no configured site' }],
  })
  expect(await Promise.all([statusOf(rig, bearer('keeper')), statusOf(rig, bearer('leaver'))])).toEqual([200, 200])

  rig.write({ tokens: [token('keeper')] })
  await rig.logged(/leaver removed/)
  expect(await statusOf(rig, bearer('leaver'))).toBe(401)
  expect(await keeper.ask('{ viewer { name } }')).toEqual({ data: { viewer: { name: 'keeper' } } })
})

test('limits and origins are taken over, and what needs a restart is named and stays as it is', async () => {
  const rig = await startRig({ tokens: [token('keeper')] })
  const keeper = await startWatcher(rig.url, bearer('keeper'))
  const deep = '{ viewer { grants { scopes } } sites { nodes { capabilities { operations { action } } } } }'
  const origin = 'https://portal.example'
  const before = await query(rig.url, deep, {}, { authorization: bearer('keeper'), origin })
  expect(JSON.stringify(before.body)).not.toContain('limits.maxDepth')
  expect(before.headers.get('access-control-allow-origin')).toBeNull()

  rig.write({
    tokens: [token('keeper')],
    limits: { maxDepth: 4, maxBodyBytes: 4_096, maxAgeSeconds: 7 },
    server: { corsOrigins: [origin] },
    readiness: { testIntervalDays: 90 },
  })
  expect(await rig.logged(/read anew/)).toMatchObject({
    changed: ['limits.maxDepth', 'server.corsOrigins', 'readiness.testIntervalDays'],
    needsRestart: ['limits.maxAgeSeconds', 'limits.maxBodyBytes'],
    closed: {},
  })
  // The same document, which was parsed before by the former limits.
  const after = await query(rig.url, deep, {}, { authorization: bearer('keeper'), origin })
  expect(after.body.errors?.[0]?.extensions).toMatchObject({ limit: 'limits.maxDepth', allowed: 4 })
  expect(after.headers.get('access-control-allow-origin')).toBe(origin)
  expect(await keeper.ask(deep)).toMatchObject([{ extensions: { limit: 'limits.maxDepth' } }])
})

test('a token whose hash stands in a file of its own goes by that file', async () => {
  // W3
  const first = token('first')
  const rig = await startRig({ tokens: [{ ...first, name: 'portal', sha256: '${file:portal.sha256}' }] }, first.sha256)
  const watcher = await startWatcher(rig.url, bearer('first'))
  rig.writeHash(token('second').sha256)
  expect(await watcher.closed).toEqual([4403, 'Grant was withdrawn'])
  expect(await Promise.all([statusOf(rig, bearer('first')), statusOf(rig, bearer('second'))])).toEqual([401, 200])
})

test('SIGHUP has the configuration read at once, changed or not', async () => {
  const rig = await startRig({ tokens: [token('keeper')] })
  rig.serving.stop('SIGHUP')
  expect(await rig.logged(/read anew/)).toMatchObject({ changed: [], needsRestart: [] })
  expect(await statusOf(rig, bearer('keeper'))).toBe(200)
})
