import { expect, test } from 'vitest'
import { at, items, startHarness, type Harness } from './zerto-sim-harness.ts'

const list = async (zvm: Harness, path: string, site: 0 | 1 = 0) => items((await zvm.call(site, 'GET', path)).json)

test('shows the points in time of a machine: the checkpoints of its group', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const machine = `/v1/vms/${vpg.vms[0]?.identifiers[0]}`
  const points = await list(zvm, `${machine}/pointsInTime?startDate=2026-01-15T11:59:00Z`)
  expect(points.length).toBeGreaterThanOrEqual(11)
  const latest = at((await zvm.call(0, 'GET', `/v1/vpgs/${vpg.id}/checkpoints/stats`)).json, 'Latest')
  expect(points.at(-1)).toMatchObject({ Checkpoint: latest, RetentionSet: null, CanMount: { IsAllowed: true } })
  const stats = (await zvm.call(0, 'GET', `${machine}/pointsInTime/stats?vpgIdentifier=${vpg.id}`)).json
  expect(at(stats, 'Latest', 'Checkpoint')).toEqual(latest)
  expect((await zvm.call(0, 'GET', '/v1/vms/x/pointsInTime')).status).toBe(404)
})

test('mounts a journal for the recovery of files as a session of its ZVM, and unmounts it', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const vmIdentifier = vpg.vms[0]?.identifiers[0]
  const body = { Jflr: { vpgIdentifier: vpg.id, VmIdentifier: vmIdentifier } }
  const mounted = await zvm.call(0, 'POST', '/v1/flrs', body)
  const session = `/v1/flrs/${String(mounted.json)}`
  expect((await zvm.call(0, 'GET', session)).json).toMatchObject({
    FlrSessionStatus: 'Mounting',
    VpgIdentifier: vpg.id,
  })
  zvm.turn(5)
  expect((await zvm.call(0, 'GET', session)).json).toMatchObject({ FlrSessionStatus: 'Mounted' })
  expect(await list(zvm, `/v1/flrs?vmIdentifier=${vmIdentifier}`)).toHaveLength(1)
  expect(await list(zvm, '/v1/flrs?vmIdentifier=x')).toEqual([])
  expect((await zvm.call(1, 'GET', session)).status).toBe(404)
  const browsed = await zvm.call(0, 'POST', `${session}/browse`, { Path: '/' })
  expect(browsed).toMatchObject({ status: 500, json: { Message: expect.any(String) } })
  expect(await zvm.call(0, 'DELETE', session)).toMatchObject({ status: 200, text: '' })
  expect((await zvm.call(0, 'GET', session)).status).toBe(404)
  zvm.turn(5)
  expect((await list(zvm, '/v1/tasks')).map((task) => at(task, 'Type'))).toEqual([
    'FlrJournalMount',
    'FlrJournalUnmount',
  ])
})

test('refuses to mount what is not there', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const ask = async (body: unknown) => (await zvm.call(0, 'POST', '/v1/flrs', body)).status
  const vmIdentifier = vpg.vms[0]?.identifiers[0]
  expect(await ask({ Bflr: { VpgIdentifier: vpg.id } })).toBe(500)
  expect(await ask({ Jflr: { VpgIdentifier: 'x', VmIdentifier: vmIdentifier } })).toBe(404)
  expect(await ask({ Jflr: { VpgIdentifier: vpg.id } })).toBe(500)
  expect(await ask({ Jflr: { VpgIdentifier: vpg.id, VmIdentifier: 'x' } })).toBe(500)
  const late = { VpgIdentifier: vpg.id, VmIdentifier: vmIdentifier, CheckpointIdentifier: '999999999' }
  expect(await ask({ Jflr: late })).toBe(500)
})

test('shows the groups whose data looks encrypted until somebody dismisses them', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg(0, 2)
  zvm.simulator.world.suspicionLevels.set(vpg.id, 2)
  const base = '/v1/encryptionDetection'
  expect(await list(zvm, `${base}/suspected/vpgs`)).toMatchObject([
    { Link: { identifier: vpg.id, name: vpg.name }, SuspicionLevel: 2 },
  ])
  expect(await list(zvm, `${base}/suspected/vms`)).toHaveLength(vpg.vms.length)
  expect(await list(zvm, `${base}/suspected/volumes`)).toHaveLength(vpg.vms.length)
  expect(await list(zvm, `${base}/suspected/volumes`, 1)).toEqual([])
  const metrics = await list(zvm, `${base}/metrics/vpgs`)
  expect(metrics).toHaveLength(zvm.simulator.world.vpgs.size)
  const own = metrics.find((row) => at(row, 'Link', 'identifier') === vpg.id)
  expect(at(own, 'EncryptionMetrics', 'TrendChangeLevel')).toBe(2)
  const dismissed = await zvm.call(0, 'POST', `${base}/dismissEvent`, { VpgIdentifiers: [vpg.id] })
  expect(dismissed).toMatchObject({ status: 200, text: '' })
  expect(await list(zvm, `${base}/suspected/vpgs`)).toEqual([])
  expect((await zvm.call(0, 'GET', `${base}/state`)).json).toEqual({ EncryptionDetectionEnabled: true })
  await zvm.call(0, 'POST', `${base}/state`, { encryptionDetectionEnabled: false })
  expect((await zvm.call(1, 'GET', `${base}/state`)).json).toEqual({ EncryptionDetectionEnabled: false })
  expect((await zvm.call(0, 'POST', `${base}/state`, {})).status).toBe(400)
})
