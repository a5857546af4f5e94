import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../src/domain/command.ts'
import type { VendorAdapter } from '../../../src/domain/ports/vendor-adapter.ts'
import type { TaskTarget } from '../../../src/domain/task.ts'
import { createSimClock } from '../../../src/simulator/clock.ts'
import type { FaultEffect } from '../../../src/simulator/faults.ts'
import { startVcdaSimulator } from '../../../src/simulator/vcda/vcda-simulator.ts'
import { systemClock } from '../../../src/std/system-clock.ts'
import { createVcdaAdapter } from '../../../src/vendors/vcda/vcda-adapter.ts'
import { startTinyServer, type SeenRequest, type TinyServer } from '../../upstream/tiny-server.ts'
import { never, problemOf, sendAs, silentLogger } from './vcda-site.ts'

const operations = ['START', 'PAUSE', 'FAILOVER', 'STOP'] as const
type OperationName = (typeof operations)[number]

const isChange = ({ method, url }: Pick<SeenRequest, 'method' | 'url'>): boolean =>
  method !== 'GET' && !url.startsWith('/sessions')

/** A box in front of the site that passes everything on, and keeps the answers to changes. @param answerChange Answers instead. */
const startFront = (siteUrl: string, answerChange: (response: ServerResponse) => void): Promise<TinyServer> => {
  const pass = async (request: SeenRequest, response: ServerResponse): Promise<void> => {
    const { method, url, body } = request
    const kept = ['x-vcav-auth', 'operationid', 'accept', 'content-type']
    const headers = kept.flatMap((name): [string, string][] => {
      const value = request.headers[name]
      return typeof value === 'string' ? [[name, value]] : []
    })
    const reply = await fetch(`${siteUrl}${url}`, { method, headers, body: body === '' ? null : body })
    const text = await reply.text()
    if (isChange(request)) answerChange(response)
    else response.writeHead(reply.status, [...reply.headers].flat()).end(text)
  }
  return startTinyServer((_incoming, response, _count, request) => {
    pass(request, response).catch(() => response.destroy())
  })
}

const startSite = async () => {
  const stack = new AsyncDisposableStack()
  const free = { host: '127.0.0.1', port: 0 }
  const clock = createSimClock({ speed: 0 })
  const simulator = stack.use(await startVcdaSimulator({ clock, fleetSize: 40, seed: 7, listen: [free, free] }))
  const [east, west] = simulator.sites
  if (east === undefined || west === undefined) throw new Error('two sites were to start')
  const open = (url = east.service.url): VendorAdapter => {
    const options = { name: 'cloud-a', url, tls: {}, login: { type: 'localUser', ...east.login } }
    return stack.use(createVcdaAdapter(options, { clock: systemClock, logger: silentLogger }))
  }
  const { world } = simulator
  const vapp = world.vapps.values().find(({ name }) => name === 'sandbox-east')
  const vdc = world.vdcs.values().find(({ site, org }) => site === west.name && org === vapp?.org)
  const work = {
    vappId: vapp?.id,
    sourceSiteName: east.name,
    destination: { siteName: west.name, vdcId: vdc?.id },
  }
  const use = <T extends AsyncDisposable>(value: T): T => stack.use(value)
  return { world, service: east.service, work, open, use, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

type Site = Awaited<ReturnType<typeof startSite>>

const findTarget = async (adapter: VendorAdapter): Promise<TaskTarget> => {
  const found = (await adapter.listReplications(never)).find(
    ({ groupNativeId, state, purpose, source }) =>
      groupNativeId === null && state === 'PROTECTED' && purpose === 'PROTECTION' && source.organization !== null,
  )
  if (found === undefined) throw new Error('no healthy machine in the fleet')
  return { kind: 'Replication', vendor: 'VCDA', nativeId: found.nativeId }
}

const toCommand = (operation: OperationName, target: TaskTarget, { work }: Site): Command => {
  if (operation === 'START') {
    const settings = { description: null, rpoSeconds: 900, slaProfileId: null }
    return { operation: 'START_REPLICATION', ...settings, workKind: 'vcdaVapp', work }
  }
  if (operation !== 'FAILOVER') return { operation, target, options: null }
  return { operation, target, options: null, recoveryPointNativeId: null, memberNativeIds: null }
}

const operationId = 'drgw-7c1e'

/** Everything the site has accepted under the operation id. */
const listAccepted = ({ world }: Site) => world.tasks.list().filter((task) => task.operationId === operationId)

/** Work of somebody else, which could be mistaken for the lost one. */
const pauseAnother = async (adapter: VendorAdapter, { nativeId }: TaskTarget): Promise<void> => {
  const all = await adapter.listReplications(never)
  const other = all.find((candidate) => candidate.state === 'PROTECTED' && candidate.nativeId !== nativeId)
  if (other === undefined) throw new Error('no other machine in the fleet')
  const target: TaskTarget = { kind: 'Replication', vendor: 'VCDA', nativeId: other.nativeId }
  await (await adapter.prepare({ operation: 'PAUSE', target, options: null }, never)).send(sendAs('drgw-other'))
}

interface Loss {
  /** What the site itself does instead of answering. */
  readonly effect?: FaultEffect
  /** Where the site is reached. @default at itself */
  readonly url?: string
  readonly signal?: AbortSignal
}

/** Sends one change whose answer is lost, and looks for it as after a restart: with an adapter that knows nothing. */
const loseAnswer = async (site: Site, operation: OperationName, { effect, url, signal = never }: Loss) => {
  const { faults } = site.service
  const target = await findTarget(site.open())
  await pauseAnother(site.open(), target)
  const prepared = await site.open(url).prepare(toCommand(operation, target, site), never)
  const since = new Date()
  if (effect !== undefined) {
    for (const method of ['POST', 'DELETE']) faults.add({ method, path: /^\/v(?:m|app)-replications/, effect })
  }
  const problem = await problemOf(prepared.send(sendAs(operationId, signal)))
  const strikes = faults.list().reduce((sum, fault) => sum + fault.strikes, 0)
  faults.clear()
  const found = await site.open().listTasks({ since, operationId }, never)
  return { target, problem, strikes, found }
}

const expectFound = (
  site: Site,
  operation: OperationName,
  { target, problem, found }: Awaited<ReturnType<typeof loseAnswer>>,
): void => {
  expect(problem).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
  const [accepted, ...more] = listAccepted(site)
  expect(more).toEqual([])
  const isStart = operation === 'START'
  expect(found).toMatchObject([
    {
      vendorTaskId: accepted?.id,
      operation: isStart ? 'START_REPLICATION' : operation,
      target: isStart ? { kind: 'ProtectionGroup', nativeId: accepted?.resourceId } : target,
    },
  ])
}

/** What the site does after it has accepted a change. */
const lossesAfterwards: readonly FaultEffect[] = [
  { kind: 'RESET_AFTER' },
  { kind: 'TRUNCATED_BODY' },
  { kind: 'MALFORMED_BODY' },
  { kind: 'TRUNCATED_GZIP' },
  { kind: 'GZIP_BOMB', sizeBytes: 64 * 1024 * 1024 },
  { kind: 'MISSING_MEMBER', member: 'id' },
]

const cases = operations.flatMap((operation) => lossesAfterwards.map((effect) => ({ operation, effect })))

describe('a change that the site has accepted and whose answer is lost', () => {
  it.for(cases)('was sent once, is unknown, and is found again: $operation, $effect.kind', async (given) => {
    // A1, A2, N8
    await using site = await startSite()
    const lost = await loseAnswer(site, given.operation, given)
    expect(lost.strikes).toBe(1)
    expectFound(site, given.operation, lost)
  })

  it.for(operations.flatMap((operation) => [502, 504].map((status) => ({ operation, status }))))(
    'was sent once, is unknown, and is found again: $operation, $status of a box in front of it',
    async ({ operation, status }) => {
      // A1, A2, N8
      await using site = await startSite()
      const front = site.use(
        await startFront(site.service.url, (response) => {
          response.writeHead(status, { 'content-type': 'text/html' }).end('<html>no</html>')
        }),
      )
      const lost = await loseAnswer(site, operation, { url: front.url })
      expect(lost.problem).toMatchObject({ httpStatus: status, operationId })
      expect(front.requests.filter(isChange)).toHaveLength(1)
      expectFound(site, operation, lost)
    },
  )

  it.for(operations)('was sent once, is unknown, and is found again: %s, no answer in time', async (operation) => {
    // A1, A2, N8
    await using site = await startSite()
    const deadline = new AbortController()
    const front = site.use(await startFront(site.service.url, () => deadline.abort()))
    const lost = await loseAnswer(site, operation, { url: front.url, signal: deadline.signal })
    expect(front.requests.filter(isChange)).toHaveLength(1)
    expectFound(site, operation, lost)
  })

  it('is known all the same when all but the id of its task is beyond understanding', async () => {
    // R5: nothing is lost here, so nothing may be called lost.
    await using site = await startSite()
    const adapter = site.open()
    const target = await findTarget(adapter)
    const members = ['progress', 'state', 'startTime', 'endTime', 'workflowInfo', 'type', 'resourceId', 'warnings']
    site.service.faults.add({ method: 'POST', path: /\/pause$/, effect: { kind: 'WRONG_TYPES', members } })
    const prepared = await adapter.prepare({ operation: 'PAUSE', target, options: null }, never)
    const acceptance = await prepared.send(sendAs(operationId))
    expect(acceptance).toEqual({ kind: 'TASK', vendorTaskId: listAccepted(site)[0]?.id })
  })
})

describe('a change that never reached the site', () => {
  it.for(operations)('was sent once, is unknown, and is not found: %s', async (operation) => {
    // A1, A2, N8
    await using site = await startSite()
    const lost = await loseAnswer(site, operation, { effect: { kind: 'RESET_BEFORE' } })
    expect(lost.strikes).toBe(1)
    expect(lost.problem).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect([listAccepted(site), lost.found]).toEqual([[], []])
  })

  it('is said to have reached nobody when it was cancelled before its first byte left', async () => {
    await using site = await startSite()
    const adapter = site.open()
    const target = await findTarget(adapter)
    const prepared = await adapter.prepare({ operation: 'PAUSE', target, options: null }, never)
    const problem = await problemOf(prepared.send(sendAs(operationId, AbortSignal.abort())))
    expect(problem).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
    expect(listAccepted(site)).toEqual([])
  })
})
