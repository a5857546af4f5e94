/**
 * Every answer that the vendors' pages "Start Vm Replication" and "VPGs: POST" show, and what the gateway makes of it for
 * its own clients. The pages' examples are served by the simulator in place of its own answers.
 */
import { readFileSync } from 'node:fs'
import { buildSchema, isObjectType } from 'graphql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  PauseReplicationDocument,
  ProtectionGroupsDocument,
  SitesDocument,
  TaskProgressDocument,
  TasksDocument,
} from '../generated/graphql.ts'
import { query } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json }
type JsonObject = Extract<Json, { readonly [member: string]: Json }>

const readText = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const parseObject = (text: string): JsonObject => {
  const value: Json = JSON.parse(text)
  if (!isObject(value)) throw new Error('no object')
  return value
}
const memberOf = (value: JsonObject, name: string): JsonObject => {
  const member = value[name]
  if (!isObject(member)) throw new Error(`${name} is no object`)
  return member
}
const listOf = (value: JsonObject, name: string): readonly JsonObject[] => {
  const member = value[name]
  if (!Array.isArray(member)) throw new Error(`${name} is no list`)
  return member.filter(isObject)
}
const textOf = (value: JsonObject, name: string): string => {
  const member = value[name]
  if (typeof member !== 'string') throw new Error(`${name} is no text`)
  return member
}

const taskExample = parseObject(readText('../fixtures/vcda/start-vm-replication-task.json'))
const replicationExample = memberOf(taskExample, 'result')
const errorExample = memberOf(taskExample, 'error')
const replicationAnswer = parseObject(readText('../fixtures/vcda/start-vm-replication-answer.json'))
const replicationQuery = readText('../fixtures/vcda/replication.graphql')
const publishedSchema = buildSchema(readText('../../schema/schema.graphql'))

const anyText: unknown = expect.any(String)
const anOperationId: unknown = expect.stringMatching(/^drg-/)

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway()
})
afterEach(() => gateway[Symbol.asyncDispose]())

const vcda = () => {
  const [site] = gateway.vcda.sites
  if (site === undefined) throw new Error('there is no site')
  return site
}

/** From now on this site gives this answer, and no other, to such requests. */
const serve = (method: string, path: RegExp, status: number, body: Json): void => {
  vcda().service.faults.add({ method, path, effect: { kind: 'ANSWER', status, body: JSON.stringify(body) } })
}

const servePage = (path: RegExp, items: readonly Json[]): void =>
  serve('GET', path, 200, { items, offset: 0, limit: 100, total: items.length })

const dataOf = async (document: string, variables: Readonly<Record<string, unknown>>): Promise<JsonObject> => {
  const { body } = await query<JsonObject>(gateway.url, document, variables)
  if (body.data === null || body.data === undefined || body.errors !== undefined) throw new Error(JSON.stringify(body))
  return body.data
}

const groupId = 'C4VAPP-ccbe771e-b685-46c7-8c7a-4ed36915d963'
const groupExample = { id: groupId, descriptor: { name: 'my vapp 1' }, vmReplications: [] }

/** What the gateway makes of this one replication; the site has no other, and the group that it belongs to. */
const askFor = async (replication: JsonObject): Promise<JsonObject> => {
  vcda().service.faults.clear()
  servePage(/^\/vm-replications$/, [replication])
  servePage(/^\/vapp-replications$/, [groupExample])
  const data = await dataOf(replicationQuery, { text: textOf(replication, 'vmName') })
  const [node, ...others] = listOf(memberOf(data, 'replications'), 'nodes')
  if (node === undefined) throw new Error('it is not listed')
  expect(others).toEqual([])
  return node
}

const globalId = (key: string): string => Buffer.from(key).toString('base64url')

/** What depends on the time of day, apart from the rest. */
const splitTimes = (node: JsonObject) => {
  const { observations, ...rest } = node
  const { actualSeconds, ...rpo } = memberOf(node, 'rpo')
  return { rest: { ...rest, rpo }, actualSeconds, observations }
}

interface Leaf {
  readonly path: readonly string[]
  readonly value: null | boolean | number | string
}

/** Every member that holds a value, in the vendor's words. */
const listLeaves = (value: Json, path: readonly string[] = []): readonly Leaf[] => {
  if (typeof value !== 'object' || value === null) return [{ path, value }]
  return Object.entries(value).flatMap(([name, member]: [string, Json]) => listLeaves(member, [...path, name]))
}

const isReplicationId = (text: string): boolean => /^C4(VAPP)?-/.test(text)

/** Another value of the same type, which is still one that the vendor could send. */
const toOther = (value: Leaf['value']): Leaf['value'] => {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1_000_000
  if (typeof value !== 'string') return value
  return isReplicationId(value) ? value.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) : `${value}x`
}

const replaced = (value: Json, path: readonly string[], leaf: Json): Json => {
  const [name, ...rest] = path
  if (name === undefined) return leaf
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === name ? replaced(item, rest, leaf) : item))
  return isObject(value) ? { ...value, [name]: replaced(value[name] ?? null, rest, leaf) } : leaf
}

/** Fields of the details that cost a call of their own. */
const askedBesides: ReadonlySet<string> = new Set(['networkSettings', 'trafficNow'])

const fieldsOf = (typeName: string): string[] => {
  const type = publishedSchema.getType(typeName)
  if (!isObjectType(type)) throw new Error(`${typeName} has no fields`)
  // What takes arguments is a list of its own, asked of the vendor or the journal besides.
  const plain = Object.values(type.getFields()).filter(({ args }) => args.length === 0)
  return plain.map(({ name }) => name).toSorted()
}

describe('the replication in the example of "Start Vm Replication"', () => {
  it('becomes a Replication, field by field', async () => {
    const answer = await askFor(replicationExample)
    const { rest, actualSeconds, observations } = splitTimes(answer)
    const { actions: _actions, ...fields } = memberOf({ rest }, 'rest')
    expect(fields).toEqual(replicationAnswer)
    const ageSeconds = (gateway.clock.now() - 1_469_701_818_743) / 1000
    expect(Math.abs(Number(actualSeconds) - ageSeconds)).toBeLessThan(5)
    expect(observations).toEqual([{ site: { name: vcda().name }, observedAt: anyText }])
    const available = listOf(answer, 'actions').filter((verdict) => verdict['available'] === true)
    const usual = ['UPDATE', 'PAUSE', 'SYNC', 'STOP', 'FAILOVER', 'TEST_FAILOVER', 'MOVE']
    expect(available.map(({ action }) => action)).toEqual(usual)
  })

  it('is asked for whole: every field of the replication and of its details', async () => {
    const answer = await askFor(replicationExample)
    expect(Object.keys(answer).toSorted()).toEqual(fieldsOf('Replication'))
    expect(Object.keys(memberOf(answer, 'details')).toSorted()).toEqual(
      fieldsOf('VcdaReplicationDetails').filter((name) => !askedBesides.has(name)),
    )
  })

  it('loses none of its members on the way, but for the stack trace', async () => {
    const filled = replaced(
      replaced(replicationExample, ['metadata'], { note: 'kept' }),
      ['destinationState', 'lastError', 'args'],
      ['vm-15'],
    )
    const leaves = listLeaves(filled)
    expect(leaves.length).toBeGreaterThan(70)
    const usual = splitTimes(await askFor(memberOf({ filled }, 'filled'))).rest
    const lost: string[] = []
    for (const leaf of leaves) {
      const changed = memberOf({ changed: replaced(filled, leaf.path, toOther(leaf.value)) }, 'changed')
      const answer = splitTimes(await askFor(changed)).rest
      if (JSON.stringify(answer) === JSON.stringify(usual)) lost.push(leaf.path.join('.'))
    }
    expect(lost).toEqual(['destinationState.lastError.stacktrace'])
    expect(JSON.stringify(usual)).not.toContain('com.vmware')
  })
})

const taskFields = `
  id vendor site { name } operation vendorOperation vendorTaskId
  target { __typename ... on RecoveryTarget { id name } } targetName
  state progressPercent stage startedBy startedAt updatedAt endedAt
  problem { ...Why } warnings { ...Why }
  request { idempotencyKey requestedBy operationId }
`

const whyFragment = `
  fragment Why on Problem {
    __typename code message
    ... on VendorProblem {
      siteName vendorCode vendorMessage httpStatus retryAfterSeconds operationId site { name }
    }
  }
`

const startMutation = `
  mutation Start($input: StartReplicationInput!) {
    startReplication(input: $input) { __typename ... on TaskStarted { replayed task { ${taskFields} } } ...Why }
  }
  ${whyFragment}
`

const tasksQuery = `query Tasks { tasks { nodes { ${taskFields} } } } ${whyFragment}`

/** The start that the page describes, at the site that serves its example of an answer. */
const start = async (): Promise<JsonObject> => {
  const { sites } = await gateway.dataOf(SitesDocument, {})
  const destination = { siteName: 'site2', vdcId: '5ee9224f-305d-46f6-865f-b605e70acef8' }
  const vcdaVm = { sourceSiteName: 'site1', vmId: 'd1d9739f-9e3b-4c24-9cbb-3a9fdddaf47c', destination }
  const siteId = sites.find(({ name }) => name === vcda().name)?.id
  const input = { siteId, idempotencyKey: 'start', rpoSeconds: 900, work: { vcdaVm } }
  const data = await dataOf(startMutation, { input })
  return memberOf(data, 'startReplication')
}

const findTask = async (): Promise<JsonObject> => {
  const [task, ...others] = listOf(memberOf(await dataOf(tasksQuery, {}), 'tasks'), 'nodes')
  if (task === undefined) throw new Error('there is no task')
  expect(others).toEqual([])
  return task
}

/** Waits until the task is final. */
const untilDone = async (task: JsonObject): Promise<void> => {
  await using events = gateway.watch(TaskProgressDocument, { id: textOf(task, 'id') })
  await events.untilDone()
}

describe('the task in the example of "Start Vm Replication"', () => {
  it('is accepted, read by its id, and becomes a task that has succeeded', async () => {
    serve('POST', /^\/vm-replications$/, 202, taskExample)
    servePage(/^\/tasks$/, [taskExample])
    servePage(/^\/vapp-replications$/, [groupExample])
    serve('GET', new RegExp(`^/vapp-replications/${groupId}$`), 200, groupExample)
    const started = await start()
    expect(started).toMatchObject({
      __typename: 'TaskStarted',
      replayed: false,
      task: { state: 'ACCEPTED', vendorTaskId: 'f61d60d2-698a-46dc-a266-88df27644956', startedBy: 'tester' },
    })
    const id = memberOf(started, 'task')['id']
    await untilDone(memberOf(started, 'task'))
    expect(await findTask()).toEqual({
      id,
      vendor: 'VCDA',
      site: { name: vcda().name },
      operation: 'START_REPLICATION',
      vendorOperation: 'sync',
      vendorTaskId: 'f61d60d2-698a-46dc-a266-88df27644956',
      target: { __typename: 'ProtectionGroup', id: globalId(`ProtectionGroup:VCDA:${groupId}`), name: 'my vapp 1' },
      targetName: 'my vapp 1',
      state: 'SUCCEEDED',
      progressPercent: 100,
      stage: 'done',
      startedBy: 'root',
      startedAt: anyText,
      updatedAt: anyText,
      endedAt: '2017-07-13T07:05:58.827Z',
      // The example is put together from several: its error counts for nothing beside SUCCEEDED.
      problem: null,
      warnings: [],
      request: { idempotencyKey: 'start', requestedBy: 'tester', operationId: anOperationId },
    })
    const reads = vcda().service.exchanges.filter(({ path, query: asked }) => path === '/tasks' && asked.has('ids'))
    expect(new Set(reads.map(({ query: asked }) => asked.get('ids')))).toEqual(
      new Set(['f61d60d2-698a-46dc-a266-88df27644956']),
    )
  })

  it('tells its error when it has failed, and each of its warnings, without a stack trace', async () => {
    const failed = { ...taskExample, state: 'FAILED', warnings: [{ ...errorExample, code: 'SiteNotFound' }] }
    serve('POST', /^\/vm-replications$/, 202, taskExample)
    servePage(/^\/tasks$/, [failed])
    await untilDone(memberOf(await start(), 'task'))
    const problem = {
      __typename: 'VendorProblem',
      code: 'VENDOR_REFUSED',
      message: 'Permission denied.',
      siteName: vcda().name,
      site: { name: vcda().name },
      vendorCode: 'Forbidden',
      vendorMessage: 'Permission denied.',
      httpStatus: null,
      retryAfterSeconds: null,
      operationId: null,
    }
    const task = await findTask()
    expect(task).toMatchObject({ state: 'FAILED', problem, warnings: [{ ...problem, vendorCode: 'SiteNotFound' }] })
    expect(JSON.stringify(task)).not.toContain('com.vmware')
  })

  it('runs for as long as its end time is -1', async () => {
    const { result: _result, resultType: _resultType, ...unfinished } = taskExample
    const running = { ...unfinished, state: 'RUNNING', progress: 40, endTime: -1, error: null }
    serve('POST', /^\/vm-replications$/, 202, running)
    servePage(/^\/tasks$/, [running])
    const task = memberOf(await start(), 'task')
    await using events = gateway.watch(TaskProgressDocument, { id: textOf(task, 'id') })
    const states = new Set(['ACCEPTED'])
    while (!states.has('RUNNING')) states.add(String((await events.next()).data?.taskProgress.task.state))
    expect(await findTask()).toMatchObject({ state: 'RUNNING', progressPercent: 40, endedAt: null, problem: null })
  })
})

const refusals = [
  [400, 'BadRequest', 'VENDOR_REFUSED', 'refused: POST /vm-replications (400: Permission denied.)'],
  [400, 'ServiceNotLicensed', 'VENDOR_REFUSED', 'refused: POST /vm-replications (400: Permission denied.)'],
  [401, 'NotAuthenticated', 'VENDOR_UNAVAILABLE', 'not signed in, nothing was done'],
  [401, 'RemoteAuthenticationFailure', 'VENDOR_UNAVAILABLE', 'the remote site wants a sign-in of its own'],
  // The code that all of the examples show.
  [403, 'Forbidden', 'VENDOR_REFUSED', 'refused: POST /vm-replications (403: Permission denied.)'],
  [404, 'SiteNotFound', 'VENDOR_REFUSED', 'refused: POST /vm-replications (404: Permission denied.)'],
] as const

describe('the error body of "Start Vm Replication"', () => {
  // A3
  it.each(refusals)('with %i %s is a VendorProblem, %s, and was sent once', async (status, code, ours, says) => {
    serve('POST', /^\/vm-replications$/, status, { ...errorExample, code })
    const answer = await start()
    expect(answer).toEqual({
      __typename: 'VendorProblem',
      code: ours,
      message: expect.stringContaining(says),
      siteName: vcda().name,
      site: { name: vcda().name },
      vendorCode: code,
      vendorMessage: 'Permission denied.',
      httpStatus: status,
      retryAfterSeconds: null,
      operationId: anOperationId,
    })
    expect(JSON.stringify([answer, await dataOf(tasksQuery, {})])).not.toMatch(/com\.vmware|stacktrace/)
    expect(gateway.changes().map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /vm-replications'])
  })

  // A2, N8
  it('with 500 GeneralServerFailure leaves open what was done: OUTCOME_UNKNOWN, and is never sent again', async () => {
    serve('POST', /^\/vm-replications$/, 500, { ...errorExample, code: 'GeneralServerFailure' })
    const answer = await start()
    const task = {
      state: 'OUTCOME_UNKNOWN',
      vendorTaskId: null,
      endedAt: null,
      problem: {
        __typename: 'VendorProblem',
        code: 'OUTCOME_UNKNOWN',
        vendorCode: 'GeneralServerFailure',
        vendorMessage: 'Permission denied.',
        httpStatus: 500,
        siteName: vcda().name,
        site: { name: vcda().name },
        operationId: anOperationId,
      },
    }
    expect(answer).toMatchObject({ __typename: 'TaskStarted', replayed: false, task })
    expect(await start()).toMatchObject({ __typename: 'TaskStarted', replayed: true, task })
    expect(JSON.stringify(answer)).not.toMatch(/com\.vmware|stacktrace/)
    expect(gateway.changes()).toHaveLength(1)
  })

  it.each(['RemoteAuthenticationFailure', 'NotAuthenticated'])(
    'with 401 %s leaves the key free: nothing was done, and the same press may be sent again',
    async (code) => {
      const body = JSON.stringify({ ...errorExample, code })
      const effect = { kind: 'ANSWER', status: 401, body } as const
      vcda().service.faults.add({ method: 'POST', path: /^\/vm-replications$/, effect, times: 1 })
      serve('POST', /^\/vm-replications$/, 202, taskExample)
      expect(await start()).toMatchObject({ __typename: 'VendorProblem', vendorCode: code })
      expect(await start()).toMatchObject({ __typename: 'TaskStarted', replayed: false })
      expect(gateway.changes()).toHaveLength(2)
    },
  )
})

describe('the answer of "VPGs: POST"', () => {
  it.each([
    ['the object of the page', '{\n  "TaskIdentifier": "String content"\n}', 'String content'],
    ['the same with a real identifier', '{"TaskIdentifier":"7e79035e.3e4cdd0d"}', '7e79035e.3e4cdd0d'],
    ['a bare string, as appliances send it', '"7e79035e.3e4cdd0d"', '7e79035e.3e4cdd0d'],
  ])('as %s becomes a task that was started', async (_form, body, vendorTaskId) => {
    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
    const group = protectionGroups.nodes.find(({ vendor, state }) => vendor === 'ZERTO' && state === 'PROTECTED')
    const effect = { kind: 'ANSWER', status: 200, body } as const
    for (const { service } of gateway.zerto.sites) service.faults.add({ method: 'POST', path: /\/pause$/, effect })
    const input = { targetId: group?.id ?? '', idempotencyKey: 'pause' }
    const { pauseReplication } = await gateway.dataOf(PauseReplicationDocument, { input })
    expect(pauseReplication).toMatchObject({ __typename: 'TaskStarted', replayed: false, task: { problem: null } })
    expect(await findTask()).toMatchObject({ operation: 'PAUSE', vendorTaskId, targetName: group?.name })
    expect((await gateway.dataOf(TasksDocument, {})).tasks.totalCount).toBe(1)
  })
})
