import { expect, test } from 'vitest'
import type { CommandOf } from '../../../src/domain/command.ts'
import type { ServiceReply, ServiceRequest } from '../../../src/simulator/http-service.ts'
import { failureOf, group, json, neverAborted, sendOptions, startScriptedZvm, taskId } from './scripted-zvm.ts'

const settingsId = '6c1b0a5e-3f0e-4d5e-9d4b-0c9f8e7d6c5b'
const settingsPath = `/v1/vpgSettings/${settingsId}`
const site = { SiteIdentifier: '3e4cdd0d-1064-4022-921f-6265ad6d335a', SiteName: 'Boston', Version: '10.0.60' }

const update: CommandOf<'UPDATE'> = {
  operation: 'UPDATE',
  target: group,
  description: null,
  rpoSeconds: 900,
  slaProfileId: null,
  priority: null,
  options: null,
}

const answer = ({ method, path }: ServiceRequest): ServiceReply => {
  if (path === '/v1/localsite') return json(site)
  if (path === '/v1/vpgSettings') return json(settingsId)
  if (method === 'GET') return json({ RpoInSeconds: 300 })
  return path.endsWith('/commit') ? json(taskId) : { status: 200 }
}

/** An update at a site that answers as it should, but for the one step. */
const startUpdate = async (broken: Readonly<Record<string, ServiceReply>> = {}) => {
  const zvm = await startScriptedZvm({
    answer: (request) => broken[`${request.method} ${request.path}`] ?? answer(request),
  })
  const prepared = await zvm.adapter.prepare(update, neverAborted)
  const left = (): readonly string[] =>
    zvm.calls.filter(({ path }) => path !== '/v1/localsite').map(({ method, path }) => `${method} ${path}`)
  return { zvm, prepared, left, [Symbol.asyncDispose]: () => zvm[Symbol.asyncDispose]() }
}

const whole = [
  'POST /v1/vpgSettings',
  `GET ${settingsPath}/basic`,
  `PUT ${settingsPath}/basic`,
  `POST ${settingsPath}/commit`,
]
const deletion = `DELETE ${settingsPath}`

test('has the settings object remembered as long as it is open, and waits for that each time', async () => {
  // D5
  await using desk = await startUpdate()
  const events: unknown[] = []
  const remember = async (handle: string | null): Promise<void> => {
    await new Promise((resolve) => void setImmediate(resolve))
    events.push([handle, desk.left()])
  }
  expect(await desk.prepared.send({ ...sendOptions, remember })).toEqual({ kind: 'TASK', vendorTaskId: taskId })
  expect(events).toEqual([
    [settingsId, whole.slice(0, 1)],
    [null, whole.slice(0, 3)],
  ])
  expect(desk.left()).toEqual(whole)
})

test.each([
  ['it is opened', settingsId, [...whole.slice(0, 1), deletion]],
  ['it is about to be committed', null, [...whole.slice(0, 3), deletion]],
])('deletes the settings object and passes the error on where nothing can be noted when %s', async (_, at, calls) => {
  // D5
  await using desk = await startUpdate()
  const full = new Error('the disk is full')
  const remember = (handle: string | null): Promise<void> => (handle === at ? Promise.reject(full) : Promise.resolve())
  expect(await failureOf(desk.prepared.send({ ...sendOptions, remember }))).toBe(full)
  expect(desk.left()).toEqual(calls)
})

test('does not say that nothing is open where the settings object could not be deleted', async () => {
  await using desk = await startUpdate({ [`PUT ${settingsPath}/basic`]: { status: 503 }, [deletion]: { status: 503 } })
  const handles: (string | null)[] = []
  const remember = (handle: string | null): Promise<void> => Promise.resolve(void handles.push(handle))
  expect(await failureOf(desk.prepared.send({ ...sendOptions, remember }))).toMatchObject({
    code: 'VENDOR_UNAVAILABLE',
  })
  expect(handles).toEqual([settingsId])
})

test.each([
  [200, ''],
  [404, ''],
  [500, JSON.stringify({ Message: `VPG settings with identifier ${settingsId} was not found.` })],
] as const)('is content when the deletion of a settings object is answered with %i %s', async (status, body) => {
  await using desk = await startUpdate({ [deletion]: { status, body } })
  await expect(desk.zvm.adapter.cleanUp(settingsId, neverAborted)).resolves.toBeUndefined()
  expect(desk.left()).toEqual([deletion])
})

test.each([
  [500, JSON.stringify({ Message: 'the service is starting' }), 'VENDOR_REFUSED'],
  [403, '{}', 'VENDOR_REFUSED'],
  [429, '', 'RATE_LIMITED'],
  [502, '', 'VENDOR_UNAVAILABLE'],
  [401, '', 'VENDOR_UNAVAILABLE'],
] as const)(
  'says %i %s of the deletion of a settings object: %s, so that it is tried again',
  async (status, body, code) => {
    await using desk = await startUpdate({ [deletion]: { status, body } })
    expect(await failureOf(desk.zvm.adapter.cleanUp(settingsId, neverAborted))).toMatchObject({ code })
  },
)

test('ends the deletion of a settings object when nobody waits for it', async () => {
  await using desk = await startUpdate()
  const left = AbortSignal.abort()
  expect(await failureOf(desk.zvm.adapter.cleanUp(settingsId, left))).toMatchObject({ code: 'CANCELLED' })
  expect(desk.left()).toEqual([])
})

test('writes a handle into the path as one segment, whatever it is', async () => {
  await using desk = await startUpdate()
  await desk.zvm.adapter.cleanUp('../vpgs/1?x', neverAborted)
  expect(desk.left()).toEqual(['DELETE /v1/vpgSettings/..%2Fvpgs%2F1%3Fx'])
})
