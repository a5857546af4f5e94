import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { RecoveryPointQuery } from '../../../src/domain/ports/vendor-adapter.ts'
import type { ServiceRequest } from '../../../src/simulator/http-service.ts'
import { json, neverAborted, startScriptedZvm, taskId, vmId, vpgId } from './scripted-zvm.ts'

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/zerto/${name}.json`, import.meta.url), 'utf8'))

const queryOf = (request: ServiceRequest | undefined): Record<string, string> =>
  Object.fromEntries(request?.query ?? new URLSearchParams())

test('lists all groups and all machines in one call each', async () => {
  // R2
  await using zvm = await startScriptedZvm({
    answer: ({ path }) => json(fixture(path === '/v1/vpgs' ? 'vpgs-10.0' : 'vms-10.0')),
  })
  expect(await zvm.adapter.listGroups(neverAborted)).toHaveLength(2)
  expect(await zvm.adapter.listReplications(neverAborted)).toHaveLength(2)
  expect(zvm.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/vpgs', 'GET /v1/vms'])
})

test('names the VPG when it asks for one machine, because the machine may be in several', async () => {
  await using zvm = await startScriptedZvm({
    answer: () => json({ VmName: 'a', VmIdentifier: vmId, VpgIdentifier: vpgId }),
  })
  const replication = await zvm.adapter.getReplication(`${vpgId}/${vmId}`, neverAborted)
  expect(replication.nativeId).toBe(`${vpgId}/${vmId}`)
  expect(zvm.calls[0]).toMatchObject({ path: `/v1/vms/${vmId}` })
  expect(queryOf(zvm.calls[0])).toEqual({ vpgIdentifier: vpgId })
})

test('reads the site, its peers, and what its local dates mean', async () => {
  await using zvm = await startScriptedZvm({
    answer: ({ path }) => {
      if (path === '/v1/localsite') return json(fixture('localsite-10.0'))
      if (path === '/v1/peersites') return json(fixture('peersites-10.0'))
      return json([{ VpgName: 'a', VpgIdentifier: vpgId, LastTest: '2024-05-01T10:00:00' }])
    },
  })
  const report = await zvm.adapter.readSite(neverAborted)
  expect(report).toMatchObject({ local: { name: 'Boston', productVersion: '10.0.60' }, peers: [{ name: 'London' }] })
  expect(report.clockSkewMs).not.toBeNull()
  expect(zvm.adapter.connection()).toMatchObject({ url: zvm.service.url, breaker: 'CLOSED' })
  const [group] = await zvm.adapter.listGroups(neverAborted)
  expect(group?.lastTestedAt).toEqual(new Date('2024-05-01T14:00:00Z'))
})

test('reads all tasks of a site in one call, and leaves out what it does not list', async () => {
  // W2, N14
  const other = '22222222-2222-4222-8222-222222222222.3e4cdd0d-1064-4022-921f-6265ad6d335a'
  await using zvm = await startScriptedZvm({ answer: () => json(fixture('tasks-10.0')) })
  const readings = await zvm.adapter.readTasks([other, taskId], neverAborted)
  expect([...readings.keys()]).toEqual([other])
  expect(readings.get(other)).toMatchObject({ state: 'RUNNING', vendorOperation: 'SomethingNew', operation: 'OTHER' })
  expect(zvm.calls.map(({ path }) => path)).toEqual(['/v1/tasks'])
  expect(queryOf(zvm.calls[0])).toEqual({})
})

test('asks for no older tasks than the ones it watches, once it knows when they began', async () => {
  const id = '11111111-1111-4111-8111-111111111111.3e4cdd0d-1064-4022-921f-6265ad6d335a'
  await using zvm = await startScriptedZvm({ answer: () => json(fixture('tasks-10.0')) })
  await zvm.adapter.readTasks([id], neverAborted)
  await zvm.adapter.readTasks([id], neverAborted)
  await zvm.adapter.readTasks([id, taskId], neverAborted)
  expect(zvm.calls.map(queryOf)).toEqual([{}, { startedAfterDate: '2024-05-01T09:59:00.000Z' }, {}])
})

test('asks nobody about no tasks', async () => {
  await using zvm = await startScriptedZvm({ answer: () => json([]) })
  expect((await zvm.adapter.readTasks([], neverAborted)).size).toBe(0)
  expect(zvm.service.exchanges).toEqual([])
})

const query = (change: Partial<RecoveryPointQuery> = {}): RecoveryPointQuery => ({
  kind: 'ProtectionGroup',
  nativeId: vpgId,
  from: new Date('2019-07-11T13:47:23Z'),
  to: new Date('2019-07-11T13:47:28Z'),
  ...change,
})

test('lists the checkpoints of a span, both ends inclusive, newest first', async () => {
  await using zvm = await startScriptedZvm({ answer: () => json(fixture('checkpoints')) })
  const [points] = await zvm.adapter.listRecoveryPoints([query()], neverAborted)
  expect(points?.map(({ vendorId }) => vendorId)).toEqual(['166835', '166834'])
  expect(queryOf(zvm.calls[0])).toEqual({
    startDate: '2019-07-11T13:47:23.000Z',
    endDate: '2019-07-11T13:47:28.000Z',
  })
})

test('answers a group and its machines with one call, in the order of the queries', async () => {
  await using zvm = await startScriptedZvm({ answer: () => json(fixture('checkpoints')) })
  const machine = query({ kind: 'Replication', nativeId: `${vpgId}/${vmId}` })
  const answers = await zvm.adapter.listRecoveryPoints([query(), machine, query({ to: null })], neverAborted)
  expect(answers.map((points) => points.length)).toEqual([2, 2, 3])
  expect(zvm.calls).toHaveLength(2)
})

test('never asks for a whole journal', async () => {
  await using zvm = await startScriptedZvm({ answer: ({ path }) => json(path.endsWith('/stats') ? {} : []) })
  expect(await zvm.adapter.listRecoveryPoints([query({ from: null, to: null })], neverAborted)).toEqual([[]])
  expect(queryOf(zvm.calls[0])).toEqual({ startDate: '2024-05-01T09:00:00.000Z' })
})

test('finds the newest checkpoints of a group that has stood still for days', async () => {
  // R3
  await using zvm = await startScriptedZvm({
    answer: (request) => {
      const latest = { CheckpointIdentifier: '7', TimeStamp: '2024-04-29T08:00:00Z' }
      if (request.path.endsWith('/stats')) return json({ Earliest: null, Latest: latest })
      return json(request.query.get('startDate') === '2024-04-29T07:00:00.000Z' ? [latest] : [])
    },
  })
  const [points] = await zvm.adapter.listRecoveryPoints([query({ from: null, to: null })], neverAborted)
  expect(points?.map(({ vendorId }) => vendorId)).toEqual(['7'])
})

test('asks once for the checkpoints of a group and of all its machines, whoever asks meanwhile', async () => {
  // R2
  await using zvm = await startScriptedZvm({ answer: () => json([]) })
  const from = new Date('2024-05-01T09:00:00Z')
  const queries = [
    { kind: 'ProtectionGroup', nativeId: vpgId, from, to: null },
    { kind: 'Replication', nativeId: `${vpgId}/${vmId}`, from, to: null },
    { kind: 'Replication', nativeId: `${vpgId}/${vmId}9`, from, to: null },
  ] as const
  const lists = await Promise.all(queries.map((one) => zvm.adapter.listRecoveryPoints([one], neverAborted)))
  expect(lists).toEqual([[[]], [[]], [[]]])
  expect(zvm.calls.map(({ path }) => path)).toEqual([`/v1/vpgs/${vpgId}/checkpoints`])
  await zvm.adapter.listRecoveryPoints(queries, neverAborted)
  expect(zvm.calls).toHaveLength(2)
})
