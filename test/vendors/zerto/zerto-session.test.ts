import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from '../../../src/std/secret.ts'
import { createZertoAdapter } from '../../../src/vendors/zerto/zerto-adapter.ts'
import {
  failureOf,
  group,
  json,
  KeptLog,
  neverAborted,
  startScriptedZvm,
  taskId,
  TurnedClock,
  sendOptions,
} from './scripted-zvm.ts'

const plain = { target: group, options: null } as const
const minuteMs = 60_000

test('signs in as a user through the public client, and sends the token with every call', async () => {
  await using zvm = await startScriptedZvm({
    answer: () => json([]),
    login: { type: 'password', username: 'admin', password: new Secret('p&ss wörd') },
  })
  await zvm.adapter.listGroups(neverAborted)
  expect(zvm.signIns).toHaveLength(1)
  expect(Object.fromEntries(new URLSearchParams(zvm.signIns[0]?.body))).toEqual({
    grant_type: 'password',
    client_id: 'zerto-client',
    username: 'admin',
    password: 'p&ss wörd',
    scope: 'openid',
  })
  expect(zvm.signIns[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded')
  expect(zvm.calls[0]?.headers['authorization']).toBe('Bearer token-1')
})

test('signs in as a client with a secret', async () => {
  await using zvm = await startScriptedZvm({
    answer: () => json([]),
    login: { type: 'clientCredentials', clientId: 'zerto-api', secret: new Secret('s3cret') },
  })
  await zvm.adapter.listGroups(neverAborted)
  expect(Object.fromEntries(new URLSearchParams(zvm.signIns[0]?.body))).toEqual({
    grant_type: 'client_credentials',
    client_id: 'zerto-api',
    client_secret: 's3cret',
    scope: 'openid',
  })
})

test('refuses a login that it does not know, naming the member', () => {
  const login = { type: 'password', username: 'admin' }
  const site = { name: 'zvm-a', url: 'https://zvm.example', tls: {}, login }
  expect(() => createZertoAdapter(site, { clock: new TurnedClock(), logger: new KeptLog() })).toThrow(/login\.password/)
})

test('signs in once for twenty calls that begin together', async () => {
  await using zvm = await startScriptedZvm({ answer: () => json([]) })
  await Promise.all(Array.from({ length: 20 }, () => zvm.adapter.listGroups(neverAborted)))
  expect(zvm.signIns).toHaveLength(1)
  expect(zvm.calls).toHaveLength(20)
})

test('renews the token before it runs out, at the time the site has said', async () => {
  await using zvm = await startScriptedZvm({ answer: () => json([]), lifetimeSeconds: 300 })
  await zvm.adapter.listGroups(neverAborted)
  zvm.clock.turn(269_000)
  await zvm.adapter.listGroups(neverAborted)
  expect(zvm.signIns).toHaveLength(1)
  zvm.clock.turn(1000)
  await zvm.adapter.listGroups(neverAborted)
  expect(zvm.signIns).toHaveLength(2)
  expect(zvm.calls.map((call) => call.status)).toEqual([200, 200, 200])
})

test('renews a token of a minute at half its life', async () => {
  await using zvm = await startScriptedZvm({ answer: () => json([]), lifetimeSeconds: 60 })
  await zvm.adapter.listGroups(neverAborted)
  zvm.clock.turn(29_000)
  await zvm.adapter.listGroups(neverAborted)
  expect(zvm.signIns).toHaveLength(1)
  zvm.clock.turn(1000)
  await zvm.adapter.listGroups(neverAborted)
  expect(zvm.signIns).toHaveLength(2)
})

test('signs in again once when a token is no longer honoured, and repeats the reads', async () => {
  // N3
  let isHonoured = true
  await using zvm = await startScriptedZvm({
    answer: (request) => {
      const isOld = request.headers['authorization'] === 'Bearer token-1'
      return isOld && !isHonoured ? { status: 401 } : json([])
    },
  })
  await zvm.adapter.listGroups(neverAborted)
  isHonoured = false
  const lists = await Promise.all(Array.from({ length: 20 }, () => zvm.adapter.listGroups(neverAborted)))
  expect(lists).toHaveLength(20)
  expect(zvm.signIns).toHaveLength(2)
})

test('never repeats a change that was answered with 401, and signs in anew for the next one', async () => {
  // A1
  let isHonoured = false
  await using zvm = await startScriptedZvm({ answer: () => (isHonoured ? json(taskId) : { status: 401 }) })
  const prepared = await zvm.adapter.prepare({ ...plain, operation: 'PAUSE' }, neverAborted)
  const failure = await failureOf(prepared.send(sendOptions))
  expect(failure).toMatchObject({ code: 'VENDOR_UNAVAILABLE', message: expect.stringContaining('nothing was done') })
  expect(zvm.calls).toHaveLength(1)

  isHonoured = true
  const next = await zvm.adapter.prepare({ ...plain, operation: 'PAUSE' }, neverAborted)
  expect(await next.send({ ...sendOptions, operationId: 'op-2' })).toEqual({ kind: 'TASK', vendorTaskId: taskId })
  expect(zvm.signIns).toHaveLength(2)
})

test('renews a token that is about to run out before a change, not after it', async () => {
  // A1
  await using zvm = await startScriptedZvm({
    answer: (request) => json(request.method === 'GET' ? [] : taskId),
    lifetimeSeconds: 300,
  })
  await zvm.adapter.listGroups(neverAborted)
  zvm.clock.turn(290_000)
  const prepared = await zvm.adapter.prepare({ ...plain, operation: 'PAUSE' }, neverAborted)
  await prepared.send(sendOptions)
  expect(zvm.calls.at(-1)?.headers['authorization']).toBe('Bearer token-2')
})

test('tries a refused sign-in three times in five minutes, then waits', async () => {
  // N4
  await using zvm = await startScriptedZvm({
    answer: () => json([]),
    signIn: () => json({ error: 'invalid_grant', error_description: 'Invalid user credentials' }, 401),
  })
  const failures: unknown[] = []
  for (let attempt = 0; attempt < 10; attempt += 1) {
    failures.push(await failureOf(zvm.adapter.listGroups(neverAborted)))
  }
  expect(zvm.signIns).toHaveLength(3)
  expect(failures[0]).toMatchObject({
    code: 'VENDOR_REFUSED',
    problem: {
      siteName: 'zvm-a',
      vendorCode: 'invalid_grant',
      vendorMessage: 'Invalid user credentials',
      httpStatus: 401,
    },
  })
  expect(failures[9]).toMatchObject({
    code: 'VENDOR_UNAVAILABLE',
    message: expect.stringContaining('Invalid user credentials'),
    problem: { retryAfterSeconds: 300 },
  })

  zvm.clock.turn(5 * minuteMs)
  await failureOf(zvm.adapter.listGroups(neverAborted))
  expect(zvm.signIns).toHaveLength(4)
})

test('signs in at most three times in five minutes to a site that honours no token', async () => {
  // N4
  await using zvm = await startScriptedZvm({ answer: () => ({ status: 401 }), lifetimeSeconds: 60 })
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect(await failureOf(zvm.adapter.listGroups(neverAborted))).toMatchObject({ code: 'VENDOR_REFUSED' })
  }
  zvm.clock.turn(4 * minuteMs)
  expect(await failureOf(zvm.adapter.listGroups(neverAborted))).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
  expect(zvm.signIns.length).toBeLessThanOrEqual(3)
})

test('signs in again as often as needed where tokens that were good end early', async () => {
  // An administrator ends sessions, an appliance restarts, a clock runs fast: none of it is a wrong password.
  const ended = new Set<string>()
  await using zvm = await startScriptedZvm({
    answer: ({ headers }) => (ended.has(headers['authorization'] ?? '') ? { status: 401 } : json([])),
  })
  for (let round = 1; round <= 10; round += 1) {
    expect(await zvm.adapter.listGroups(neverAborted)).toEqual([])
    expect(zvm.signIns).toHaveLength(round)
    ended.add(`Bearer token-${round}`)
  }
})

test('keeps the other calls going when one endpoint always answers 401', async () => {
  // N4, N5
  await using zvm = await startScriptedZvm({
    answer: (request) => (request.path === '/v1/tasks' ? { status: 401 } : json([])),
  })
  for (let poll = 0; poll < 10; poll += 1) {
    await failureOf(zvm.adapter.readTasks([taskId], neverAborted))
    expect(await zvm.adapter.listGroups(neverAborted)).toEqual([])
  }
  expect(zvm.signIns).toHaveLength(3)
})

test('does not take a broken sign-in page for a wrong password', async () => {
  await using zvm = await startScriptedZvm({
    answer: () => json([]),
    signIn: (_, count) =>
      count <= 5 ? { status: 200, body: '<html></html>' } : json({ access_token: `token-${count}`, expires_in: 300 }),
  })
  expect(await failureOf(zvm.adapter.listGroups(neverAborted))).toMatchObject({ code: 'VENDOR_PROTOCOL' })
  const prepared = await zvm.adapter.prepare({ ...plain, operation: 'PAUSE' }, neverAborted)
  const failure = await failureOf(prepared.send(sendOptions))
  expect(failure).toMatchObject({ code: 'VENDOR_UNAVAILABLE', message: expect.stringContaining('nothing was sent') })
})

test('ends the wait of a caller who leaves while signing in, and nobody else', async () => {
  await using zvm = await startScriptedZvm({ answer: () => json([]) })
  const leaving = new AbortController()
  const left = failureOf(zvm.adapter.listGroups(leaving.signal))
  const stayed = zvm.adapter.listGroups(neverAborted)
  leaving.abort()
  expect(await left).toMatchObject({ code: 'CANCELLED' })
  expect(await stayed).toEqual([])
  expect(zvm.signIns).toHaveLength(1)
})

test('shows no secret in what it logs and throws', async () => {
  // S3
  await using zvm = await startScriptedZvm({
    answer: () => json([]),
    signIn: () => json({ error: 'unauthorized_client', error_description: 'nope' }, 400),
    login: { type: 'clientCredentials', clientId: 'zerto-api', secret: new Secret('canary-4711') },
  })
  const failure = await failureOf(zvm.adapter.listGroups(neverAborted))
  const shown = [...zvm.log.lines, inspect(failure, { depth: 10 }), inspect(zvm.adapter, { depth: 10 })].join('\n')
  expect(zvm.log.lines).toHaveLength(1)
  expect(shown).not.toContain('canary-4711')
})
