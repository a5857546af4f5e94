import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'graphql-ws'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { stringify } from 'yaml'
import { createSimClock } from '../../src/simulator/clock.ts'
import { startZertoSimulator } from '../../src/simulator/zerto/zerto-simulator.ts'
import { runCommand } from '../support/run-command.ts'
import { tokenOf } from '../support/start-gateway.ts'

const free = { host: '127.0.0.1', port: 0 }
const authorization = `Bearer ${tokenOf('ops')}`

const startRig = async (texts: Readonly<Record<string, string>>) => {
  const clock = createSimClock({ speed: 0 })
  const zerto = await startZertoSimulator({ clock, fleetSize: 6, seed: 7, listen: [free] })
  onTestFinished(() => zerto[Symbol.asyncDispose]())
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-documents-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const store = (stored: Readonly<Record<string, string>>): void =>
    writeFileSync(join(folder, 'documents.json'), JSON.stringify(stored))
  const write = (more: object): void => {
    const sha256 = createHash('sha256').update(tokenOf('ops')).digest('hex')
    const config = {
      listen: free,
      store: { url: 'sqlite:journal.db' },
      auth: { tokens: [{ name: 'ops', sha256, scopes: ['dr:read', 'dr:operate', 'dr:recover'] }] },
      sites: zerto.sites.map(({ service, login }) => ({
        name: 'zvm-a',
        vendor: 'zerto',
        url: service.url,
        login: { type: 'password', username: login.username, password: '${env:ZVM_PASSWORD}' },
      })),
      documents: { mode: 'only', path: 'documents.json' },
      // Kept answers stay young.
      limits: { maxAgeSeconds: 3600 },
      ...more,
    }
    writeFileSync(join(folder, 'gateway.yaml'), stringify(config))
  }
  store(texts)
  write({})
  const env = { ZVM_PASSWORD: zerto.sites[0]?.login.password ?? '' }
  const serving = runCommand(['serve', '--config', 'gateway.yaml'], { cwd: folder, env })
  onTestFinished(() => serving[Symbol.asyncDispose]())
  const url = /serves (\S+)/.exec(await serving.saying(/serves \S+/))?.[1] ?? ''
  return {
    url,
    store,
    write,
    logged: async (pattern: RegExp): Promise<unknown> => {
      const text = await serving.saying(new RegExp(`${pattern.source}.*\n`))
      return JSON.parse(text.split('\n').find((line) => pattern.test(line)) ?? '{}')
    },
    ask: async (documentId: string, variables: object = {}): Promise<unknown> => {
      const headers = { 'content-type': 'application/json', authorization }
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ documentId, variables }) })
      return response.json()
    },
  }
}

const notFound = { errors: [{ extensions: { code: 'DOCUMENT_NOT_FOUND' } }] }
const groups = '{ protectionGroups(first: 3) { totalCount } }'

test('stored documents follow their file: an answer that was kept is not given for one that is gone', async () => {
  const { ask, store, logged } = await startRig({ groups, name: '{ viewer { name } }' })
  const answer = { data: { protectionGroups: { totalCount: expect.any(Number) } } }
  // From the third time on it is given again as it was.
  for (const _ of [1, 2, 3]) expect(await ask('groups')).toEqual(answer)
  store({ name: '{ viewer { name scopes } }', more: groups })
  expect(await logged(/read anew/)).toMatchObject({ changed: ['documents.texts'], needsRestart: [] })
  expect(await ask('groups')).toMatchObject(notFound)
  expect(await ask('more')).toEqual(answer)
  expect(await ask('name')).toMatchObject({ data: { viewer: { scopes: expect.any(Array) } } })
}, 60_000)

const named = (sha256Hash: string) => ({ query: '', extensions: { persistedQuery: { version: 1, sha256Hash } } })

test('a subscription of a document that is gone goes on, and nobody can begin another one', async () => {
  const watch = 'subscription { taskEvents { kind task { operation } } }'
  const fail = `mutation Press($input: TargetInput!) {
    syncReplication(input: $input) { ... on TaskStarted { task { id } } ... on Problem { message } }
  }`
  const ids = '{ protectionGroups(first: 1) { nodes { id } } }'
  const { url, ask, store, logged } = await startRig({ watch, fail, ids })
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
  })
  onTestFinished(() => client.dispose())
  const events = client.iterate(named('watch'))
  expect((await events.next()).value).toMatchObject({ data: { taskEvents: { kind: 'SNAPSHOT' } } })
  store({ fail, ids })
  await logged(/read anew/)
  await expect(client.iterate(named('watch')).next()).rejects.toMatchObject(notFound.errors)
  const listed = await ask('ids')
  expect(listed).toMatchObject({ data: { protectionGroups: { nodes: [{ id: expect.any(String) }] } } })
  const targetId = /"id":"([^"]+)"/.exec(JSON.stringify(listed))?.[1]
  const pressed = await ask('fail', { input: { targetId, idempotencyKey: 'one' } })
  expect(pressed).toMatchObject({ data: { syncReplication: { task: { id: expect.any(String) } } } })
  expect((await events.next()).value).toMatchObject({ data: { taskEvents: { task: { operation: 'SYNC' } } } })
}, 60_000)

test('documents that cannot be run are refused with all that was changed beside them, and another mode waits', async () => {
  const { ask, store, write, logged } = await startRig({ groups })
  store({ broken: '{', groups })
  expect(await logged(/cannot be used/)).toMatchObject({ problems: [{ path: 'broken' }] })
  expect(await ask('groups')).toMatchObject({ data: {} })
  expect(await ask('broken')).toMatchObject(notFound)
  store({ other: groups })
  await logged(/read anew/)
  write({ documents: { mode: 'known', path: 'documents.json' } })
  expect(await logged(/documents\.mode/)).toMatchObject({ changed: [], needsRestart: ['documents.mode'] })
  expect(await ask('other')).toMatchObject({ data: {} })
}, 60_000)
