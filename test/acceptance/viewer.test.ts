import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket, type RawData } from 'ws'
import { stringify } from 'yaml'
import {
  ProtectionGroupsDocument,
  RefreshSessionDocument,
  TaskEventsDocument,
  ViewerDocument,
} from '../generated/graphql.ts'
import { openSocket, query, type SocketClient } from '../support/graphql-client.ts'
import { runCommand } from '../support/run-command.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'
import { startTokenIssuer, type TokenIssuer } from '../support/token-issuer.ts'

let issuer: TokenIssuer
let gateway: TestGateway
beforeAll(async () => {
  issuer = await startTokenIssuer()
  gateway = await startGateway({
    fleetSize: 12,
    issuers: [
      {
        ...issuer.trusted,
        grants: [
          {
            claim: 'groups',
            value: 'cloud-a-operators',
            scopes: ['dr:read', 'dr:operate'],
            siteNames: ['cloud-a'],
            organizations: null,
          },
        ],
      },
    ],
    callers: [
      { name: 'portal', scopes: ['dr:operate', 'dr:read'] },
      {
        name: 'acme',
        grants: [
          { scopes: ['dr:read'], siteNames: null, organizations: ['acme'] },
          { scopes: ['dr:operate'], siteNames: ['cloud-a'], organizations: ['acme', 'globex'] },
        ],
      },
    ],
  })
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await issuer[Symbol.asyncDispose]()
})

const nowSeconds = (): number => Math.floor(Date.now() / 1_000)

interface Document {
  toString(): string
}

const toText = (data: RawData): string => (Buffer.isBuffer(data) ? data.toString() : '')

const askOver = async (socket: SocketClient, document: Document, variables: object = {}) => {
  await using asking = socket.subscribe(document.toString(), variables)
  return await asking.next()
}

describe('viewer', () => {
  test('is the holder of an access token, until it ends', async () => {
    const exp = nowSeconds() + 600
    const authorization = `Bearer ${await issuer.sign({ sub: 'bob', scope: 'dr:recover dr:read', exp })}`
    const viewer = {
      name: 'bob',
      scopes: ['dr:read', 'dr:recover'],
      grants: [{ scopes: ['dr:read', 'dr:recover'], sites: null, organizations: null }],
      expiresAt: new Date(exp * 1_000).toISOString(),
      isAnonymous: false,
    }
    const { body } = await query(gateway.url, ViewerDocument.toString(), {}, { authorization })
    expect(body).toEqual({ data: { viewer } })
    await using socket = openSocket(gateway.url, authorization)
    expect(await askOver(socket, ViewerDocument)).toEqual({ data: { viewer } })
  })

  test('is the holder of a static token, without an end', async () => {
    const { data } = await gateway.ask(ViewerDocument, {}, 'portal')
    expect(data).toEqual({
      viewer: {
        name: 'portal',
        scopes: ['dr:read', 'dr:operate'],
        grants: [{ scopes: ['dr:read', 'dr:operate'], sites: null, organizations: null }],
        expiresAt: null,
        isAnonymous: false,
      },
    })
  })

  test('says for each of its grants where it holds', async () => {
    const { data } = await gateway.ask(ViewerDocument, {}, 'acme')
    expect(data?.viewer).toMatchObject({
      scopes: ['dr:read', 'dr:operate'],
      grants: [
        { scopes: ['dr:read'], sites: null, organizations: ['acme'] },
        { scopes: ['dr:operate'], sites: ['cloud-a'], organizations: ['acme', 'globex'] },
      ],
    })
  })

  test('is the anonymous caller where such are let in', async () => {
    const { viewer } = await gateway.dataOf(ViewerDocument, {})
    expect(viewer).toMatchObject({
      isAnonymous: true,
      expiresAt: null,
      scopes: expect.arrayContaining(['dr:introspect']),
    })
  })
})

test('serve lets in whom the issuers of its configuration vouch for, and nobody else', async () => {
  // S1, D3
  const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-auth-'))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const { issuer: iss, audience, jwksUrl } = issuer.trusted
  const login = { type: 'password', username: 'x', password: '${env:ZVM_PASSWORD}' }
  const config = {
    listen: { port: 0 },
    store: { url: 'sqlite::memory:' },
    auth: {
      issuers: [
        {
          issuer: iss,
          audience,
          jwksUrl,
          grants: [{ claim: 'realm_access.roles', value: 'zvm', scopes: ['dr:operate'], sites: ['zvm-a'] }],
        },
      ],
    },
    sites: [{ name: 'zvm-a', vendor: 'zerto', url: gateway.zerto.sites[0]?.service.url, login }],
  }
  writeFileSync(join(folder, 'gateway.yaml'), stringify(config))
  const env = { ZVM_PASSWORD: 'x' }
  const serving = stack.use(runCommand(['serve', '--config', 'gateway.yaml'], { cwd: folder, env }))
  const url = /serves (\S+)/.exec(await serving.saying(/serves \S+/))?.[1] ?? ''

  const introspect = async (scope: string) => {
    const authorization = `Bearer ${await issuer.sign({ scope })}`
    return query(url, '{ viewer { name } __schema { queryType { name } } }', {}, { authorization })
  }
  const allowed = await introspect('dr:introspect')
  expect(allowed.body).toEqual({ data: { viewer: { name: 'alice' }, __schema: { queryType: { name: 'Query' } } } })
  const denied = await introspect('dr:read')
  expect(denied.body.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['PERMISSION_DENIED'])
  const roles = ['user', 'zvm']
  const byRole = `Bearer ${await issuer.sign({ scope: 'openid', realm_access: { roles } })}`
  const { body } = await query(url, '{ viewer { grants { scopes sites } } }', {}, { authorization: byRole })
  expect(body.data).toEqual({ viewer: { grants: [{ scopes: ['dr:operate'], sites: ['zvm-a'] }] } })
  const statuses = [await query(url, '{ viewer { name } }'), await introspect('openid')]
  expect(statuses.map(({ status }) => status)).toEqual([401, 401])
})

test('what a caller with an access token may do is what it grants, and his name stands in the audit log', async () => {
  const authorization = `Bearer ${await issuer.sign({ sub: 'carol', scope: 'dr:read' })}`
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 1 })
  const input = { targetId: protectionGroups.nodes[0]?.id, idempotencyKey: 'not-allowed' }
  const document = `mutation ($input: FailoverInput!) {
    failover(input: $input) { __typename ... on PermissionDenied { requiredScope } }
  }`
  const { body } = await query(gateway.url, document, { input }, { authorization })
  expect(body).toMatchObject({ data: { failover: { __typename: 'PermissionDenied', requiredScope: 'dr:recover' } } })
  expect(gateway.changes()).toEqual([])
  const log = await query(gateway.url, '{ auditLog(first: 1) { nodes { caller idempotencyKey } } }')
  expect(log.body.data).toEqual({ auditLog: { nodes: [{ caller: 'carol', idempotencyKey: 'not-allowed' }] } })
})

/** Opens a socket by a token that ends after so many seconds. Disposing closes it. */
const openFor = async (seconds: number, claims: object = {}) => {
  const exp = Date.now() / 1_000 + seconds
  const authorization = `Bearer ${await issuer.sign({ exp, ...claims })}`
  const socket = new WebSocket(gateway.url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  const [ack] = await once(socket, 'message')
  expect(String(ack)).toBe('{"type":"connection_ack"}')
  let count = 0
  /** The first result of an operation. */
  const ask = async (document: Document, variables: object): Promise<unknown> => {
    const id = String((count += 1))
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const listener = (data: RawData): void => {
      const message = JSON.parse(toText(data))
      if (message.id === id && message.type !== 'complete') resolve(message.payload)
    }
    socket.on('message', listener)
    socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query: document.toString(), variables } }))
    const payload = await promise
    socket.off('message', listener)
    return payload
  }
  return { socket, ask, [Symbol.dispose]: () => socket.terminate() }
}

describe('refreshSession', () => {
  test('lets a watch outlive the token that opened it, and ends it with the fresh one', async () => {
    // W2
    using opened = await openFor(3)
    const { socket, ask } = opened
    const startedAt = Date.now()
    const closed = once(socket, 'close')
    expect(await ask(TaskEventsDocument, {})).toMatchObject({ data: { taskEvents: { kind: 'SNAPSHOT' } } })

    const exp = Date.now() / 1_000 + 5
    const token = await issuer.sign({ exp, scope: 'dr:read dr:operate' })
    expect(await ask(RefreshSessionDocument, { token })).toMatchObject({
      data: { refreshSession: { name: 'alice', scopes: ['dr:read', 'dr:operate'] } },
    })
    expect(await ask(ViewerDocument, {})).toMatchObject({ data: { viewer: { scopes: ['dr:read', 'dr:operate'] } } })

    const [code] = await closed
    expect(code).toBe(4403)
    expect(Date.now() - startedAt).toBeGreaterThan(4_500)
  })

  test.each([
    ['of somebody else', { sub: 'mallory' }],
    ['that grants less', { scope: 'dr:read' }],
    ['whose scopes hold at fewer sites', { scope: 'openid', groups: ['cloud-a-operators'] }],
    ['that has expired', { exp: 1 }],
    ['for another audience', { aud: 'other-api' }],
  ])('refuses a token %s, all for one reason, and leaves the socket as it is', async (_what, claims) => {
    // A1
    using opened = await openFor(600, { scope: 'dr:read dr:operate' })
    const token = await issuer.sign({ scope: 'dr:read dr:operate', ...claims })
    const message = 'The token is not valid, is not of this caller, or grants less than the socket has'
    expect(await opened.ask(RefreshSessionDocument, { token })).toMatchObject({
      data: null,
      errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }],
    })
    expect(await opened.ask(ViewerDocument, {})).toMatchObject({
      data: { viewer: { name: 'alice', scopes: ['dr:read', 'dr:operate'] } },
    })
  })

  test('gives an anonymous socket nothing, and is not for HTTP', async () => {
    await using socket = openSocket(gateway.url)
    const token = tokenOf('portal')
    const answer = await askOver(socket, RefreshSessionDocument, { token })
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' })
    const { errors } = await gateway.ask(RefreshSessionDocument, { token }, 'portal')
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'SOCKET_REQUIRED' })
  })
})
