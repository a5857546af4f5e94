import { expect, test } from 'vitest'
import { Secret } from '../../../src/std/secret.ts'
import {
  startHttpService,
  type RecordedExchange,
  type ServiceReply,
  type ServiceRequest,
} from '../../../src/simulator/http-service.ts'
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

const minuteMs = 60_000
const password = { type: 'password', username: 'Administrator', password: new Secret('p:wörd') } as const
const basic = `Basic ${Buffer.from('Administrator:p:wörd', 'utf8').toString('base64')}`

const challenge: ServiceReply = { status: 401, headers: { 'WWW-Authenticate': 'Basic realm=""' } }

const isEntry = ({ path }: RecordedExchange): boolean => path === '/v1/session/add'

/** A Windows ZVM that answers from a script, over real HTTP. It honours its newest session until it has ended it. */
const startWindowsZvm = async (options: {
  readonly answer?: (request: ServiceRequest) => ServiceReply
  readonly login?: Parameters<typeof createZertoAdapter>[0]['login']
  readonly signIn?: (request: ServiceRequest) => ServiceReply | null
}) => {
  let count = 0
  let isEnded = false
  const signIn = (request: ServiceRequest): ServiceReply => {
    const scripted = options.signIn?.(request) ?? null
    if (scripted !== null) return scripted
    if (request.headers['authorization'] !== basic) return challenge
    count += 1
    isEnded = false
    return { status: 200, headers: { 'x-zerto-session': `session-${count}`, 'Cache-Control': 'no-cache' } }
  }
  const handle = (request: ServiceRequest): ServiceReply => {
    if (request.path === '/v1/session/add') return signIn(request)
    const isHonoured = !isEnded && request.headers['x-zerto-session'] === `session-${count}`
    if (!isHonoured) return { status: 401 }
    return options.answer?.(request) ?? json([])
  }
  const service = await startHttpService({ host: '127.0.0.1', port: 0, handle })
  const clock = new TurnedClock()
  const site = { name: 'zvm-w', url: service.url, tls: {}, login: options.login ?? password }
  const adapter = createZertoAdapter(site, { clock, logger: new KeptLog() })
  return {
    adapter,
    clock,
    service,
    end: () => {
      isEnded = true
    },
    get probes() {
      return service.exchanges.filter((call) => isEntry(call) && call.headers['authorization'] === undefined)
    },
    get signIns() {
      return service.exchanges.filter((call) => isEntry(call) && call.headers['authorization'] !== undefined)
    },
    get calls() {
      return service.exchanges.filter((call) => !isEntry(call))
    },
    [Symbol.asyncDispose]: async () => {
      await adapter[Symbol.asyncDispose]()
      await service[Symbol.asyncDispose]()
    },
  }
}

test('asks without credentials, then signs in to a Windows ZVM by Basic and carries its session', async () => {
  await using zvm = await startWindowsZvm({})
  await zvm.adapter.listGroups(neverAborted).catch(() => undefined)
  await zvm.adapter.readTasks([taskId], neverAborted).catch(() => undefined)
  expect(zvm.service.exchanges.slice(0, 3)).toMatchObject([
    { method: 'POST', path: '/v1/session/add', body: '' },
    { method: 'POST', path: '/v1/session/add', body: '', headers: { authorization: basic } },
    { method: 'GET', path: '/v1/vpgs', headers: { 'x-zerto-session': 'session-1' } },
  ])
  // Windows answers 411 to a POST that does not say how long its body is.
  expect(zvm.service.exchanges.slice(0, 2).map(({ headers }) => headers['content-length'])).toEqual(['0', '0'])
  expect(zvm.probes).toHaveLength(1)
  expect(zvm.signIns).toHaveLength(1)
  expect(zvm.calls.every(({ headers }) => headers['authorization'] === undefined)).toBe(true)
})

test('asks an appliance once, and never with credentials', async () => {
  await using zvm = await startScriptedZvm({ answer: () => json([]), lifetimeSeconds: 60 })
  for (let round = 0; round < 3; round += 1) {
    await zvm.adapter.listGroups(neverAborted)
    zvm.clock.turn(2 * minuteMs)
  }
  expect(zvm.signIns).toHaveLength(3)
  expect(zvm.probes).toHaveLength(1)
})

test('signs in with an account of the hypervisor manager where that is configured', async () => {
  await using zvm = await startWindowsZvm({ login: { ...password, account: 'hypervisor' } })
  await zvm.adapter.reads.listAppliances(neverAborted)
  expect(zvm.signIns).toMatchObject([
    { body: '{"AuthenticationMethod":1}', headers: { 'content-type': 'application/json' } },
  ])
})

test('tells that a Windows ZVM has no clients, and sends no secret to say so', async () => {
  const login = { type: 'clientCredentials', clientId: 'zerto-api', secret: new Secret('canary-4711') }
  await using zvm = await startWindowsZvm({ login })
  expect(await failureOf(zvm.adapter.listGroups(neverAborted))).toMatchObject({
    code: 'VENDOR_REFUSED',
    message: expect.stringContaining('Windows ZVM'),
  })
  expect(zvm.signIns).toEqual([])
  expect(JSON.stringify(zvm.service.exchanges)).not.toContain('canary-4711')
})

test('keeps a session as long as it is used, and makes a new one before half an hour of silence is over', async () => {
  // No call is spent on a session that has run out.
  await using zvm = await startWindowsZvm({})
  for (let round = 0; round < 10; round += 1) {
    await zvm.adapter.reads.listAppliances(neverAborted)
    zvm.clock.turn(20 * minuteMs)
  }
  expect(zvm.signIns).toHaveLength(1)
  zvm.clock.turn(9.5 * minuteMs)
  await zvm.adapter.reads.listAppliances(neverAborted)
  expect(zvm.signIns).toHaveLength(2)
  expect(zvm.calls.map(({ status }) => status)).toEqual(Array.from({ length: 11 }, () => 200))
})

test('signs in again when the site has ended the session early, and repeats reads only', async () => {
  // N3, A1
  await using zvm = await startWindowsZvm({ answer: ({ method }) => json(method === 'GET' ? [] : taskId) })
  await zvm.adapter.reads.listAppliances(neverAborted)
  zvm.end()
  await zvm.adapter.reads.listAppliances(neverAborted)
  expect(zvm.signIns).toHaveLength(2)
  zvm.end()
  const prepared = await zvm.adapter.prepare({ operation: 'PAUSE', target: group, options: null }, neverAborted)
  const send = sendOptions
  expect(await failureOf(prepared.send(send))).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
  expect(zvm.calls.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

test('asks again which generation a site is after two refusals in a row, and at once when its way in is gone', async () => {
  let kind: 'WINDOWS' | 'REFUSING' | 'ZVMA' = 'REFUSING'
  await using zvm = await startWindowsZvm({
    signIn: (request) => {
      if (kind === 'ZVMA') return json({ Message: 'Not Found' }, 404)
      return kind === 'REFUSING' && request.headers['authorization'] !== undefined ? challenge : null
    },
    answer: () => json([]),
  })
  await failureOf(zvm.adapter.reads.listAppliances(neverAborted))
  await failureOf(zvm.adapter.reads.listAppliances(neverAborted))
  expect(zvm.probes).toHaveLength(1)
  kind = 'WINDOWS'
  await zvm.adapter.reads.listAppliances(neverAborted)
  expect(zvm.probes).toHaveLength(2)

  kind = 'ZVMA'
  zvm.clock.turn(40 * minuteMs)
  await failureOf(zvm.adapter.reads.listAppliances(neverAborted))
  expect(zvm.probes).toHaveLength(2)
  zvm.clock.turn(10 * minuteMs)
  await failureOf(zvm.adapter.reads.listAppliances(neverAborted))
  // Two answers of 404: the session's way in was gone, then the question found an appliance.
  expect(zvm.probes).toHaveLength(3)
  expect(zvm.service.exchanges.at(-1)?.path).toBe('/auth/realms/zerto/protocol/openid-connect/token')
})

test.each([
  [{ status: 200 }, 'VENDOR_PROTOCOL'],
  [{ status: 302, headers: { Location: 'https://elsewhere.example/' } }, 'VENDOR_PROTOCOL'],
  [{ status: 403 }, 'VENDOR_PROTOCOL'],
  [{ status: 429 }, 'RATE_LIMITED'],
  [{ status: 500 }, 'VENDOR_UNAVAILABLE'],
] as const)('sends no credentials to a site that answers the question with %j', async (reply, code) => {
  await using zvm = await startWindowsZvm({ signIn: () => reply })
  expect(await failureOf(zvm.adapter.listGroups(neverAborted))).toMatchObject({ code })
  expect(zvm.signIns).toEqual([])
})

test('does not take a success without a session for a sign-in', async () => {
  await using zvm = await startWindowsZvm({
    signIn: ({ headers }) => (headers['authorization'] === undefined ? null : { status: 200 }),
  })
  expect(await failureOf(zvm.adapter.listGroups(neverAborted))).toMatchObject({ code: 'VENDOR_PROTOCOL' })
})

test('reads dates without a zone in the time of a Windows site, also before anybody has asked for the site', async () => {
  const id = '3e4cdd0d-1064-4022-921f-6265ad6d335a'
  await using zvm = await startWindowsZvm({
    answer: ({ path }) => {
      if (path === '/v1/localsite') return json({ SiteIdentifier: id, UtcOffsetInMinutes: -240, Version: '9.7' })
      return json([{ TaskIdentifier: taskId, Started: '2024-05-01T10:00:00', Status: { State: 1, Progress: 5 } }])
    },
  })
  const readings = await zvm.adapter.readTasks([taskId], neverAborted)
  expect(readings.get(taskId)?.startedAt).toEqual(new Date('2024-05-01T14:00:00Z'))
  await zvm.adapter.readTasks([taskId], neverAborted)
  expect(zvm.calls.filter(({ path }) => path === '/v1/localsite')).toHaveLength(1)
})

test('says which generation a site is in its details', async () => {
  const id = '3e4cdd0d-1064-4022-921f-6265ad6d335a'
  const answer = ({ path }: ServiceRequest): ServiceReply =>
    json(path === '/v1/localsite' ? { SiteIdentifier: id, Version: '9.7 U1' } : [])
  await using windows = await startWindowsZvm({ answer })
  expect((await windows.adapter.readSite(neverAborted)).details).toMatchObject({ generation: 'WINDOWS' })
  await using zvma = await startScriptedZvm({ answer })
  expect((await zvma.adapter.readSite(neverAborted)).details).toMatchObject({ generation: 'ZVMA' })
})
