import { expect, test } from 'vitest'
import { createSimClock } from '../../../src/simulator/clock.ts'
import { startVcdaSimulator } from '../../../src/simulator/vcda/vcda-simulator.ts'
import { startRig, type WireError } from './vcda-rig.ts'

const newest = 'application/vnd.vmware.h4-v4.7+json;charset=UTF-8'

test('tells an error in four members and in the media type of the vendor', async () => {
  await using rig = await startRig(4)
  const reply = await rig.east.send<WireError>('GET', '/vm-replications/C4-unknown')
  expect(reply.status).toBe(404)
  expect(reply.headers.get('Content-Type')).toBe(newest)
  expect(Object.keys(reply.body)).toEqual(['args', 'code', 'msg', 'stacktrace'])
  expect(reply.body).toMatchObject({ args: ['C4-unknown'], code: 'ReplicationNotFound' })
  expect(reply.body.stacktrace).toContain('com.vmware.h4.api.error.exceptions.ReplicationNotFoundException')
})

test.for([
  [undefined, newest],
  ['application/json', newest],
  ['application/vnd.vmware.h4-v4.0+json;charset=UTF-8', 'application/vnd.vmware.h4-v4.0+json;charset=UTF-8'],
  ['application/vnd.vmware.h4-v4.5+json', 'application/vnd.vmware.h4-v4.5+json;charset=UTF-8'],
  [newest, newest],
] as const)('accepts Accept: %s', async ([accept, expected]) => {
  await using rig = await startRig(4)
  const reply = await rig.east.send('GET', '/sites', undefined, accept === undefined ? {} : { Accept: accept })
  expect([reply.status, reply.headers.get('Content-Type')]).toEqual([200, expected])
})

test('refuses a version that it does not speak, and a body that is no JSON', async () => {
  await using rig = await startRig(4)
  const accept = { Accept: 'application/vnd.vmware.h4-v9.9+json' }
  expect((await rig.east.send('GET', '/sites', undefined, accept)).status).toBe(406)
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
  expect((await rig.stranger().send('POST', '/sessions', 'type=localUser', form)).status).toBe(415)
})

test('knows no other path, no other method and no hostile id', async () => {
  await using rig = await startRig(4)
  expect(await rig.east.refusal('GET', '/replications')).toEqual([404, 'NotFound'])
  expect(await rig.east.refusal('POST', '/tasks', {})).toEqual([405, 'MethodNotAllowed'])
  // V1: an id never becomes another path.
  for (const id of ['..%2ftasks', '%2e%2e%2f', 'C4-x%0d%0aX-A:b', '%00', '__proto__', 'constructor']) {
    const refusal = await rig.east.refusal('GET', `/vm-replications/${id}`)
    expect([id, ...refusal]).toEqual([id, 404, 'ReplicationNotFound'])
  }
  expect(await rig.east.refusal('GET', '/vm-replications/%ff')).toEqual([404, 'NotFound'])
})

test('knows no site that is not paired, and cannot reach one whose link is down', async () => {
  await using rig = await startRig(4)
  expect(await rig.east.refusal('GET', '/vm-replications?site=cloud-north')).toEqual([404, 'SiteNotFound'])
  expect(await rig.east.refusal('GET', '/sites/cloud-north')).toEqual([404, 'SiteNotFound'])
  const west = rig.simulator.world.sites.get('cloud-west')
  if (west === undefined) throw new Error('no west')
  west.commError = { args: [], code: 'TunnelDown', msg: 'Connection refused.', stacktrace: '' }
  expect(await rig.east.get('/sites')).toMatchObject([
    { site: 'cloud-east', isLocal: true, state: { incomingCommError: null, outgoingCommError: null } },
    {
      site: 'cloud-west',
      isLocal: false,
      state: { incomingCommError: west.commError, outgoingCommError: west.commError },
    },
  ])
  expect(await rig.east.refusal('GET', '/tasks?site=cloud-west')).toEqual([500, 'GeneralServerFailure'])
  await rig.east.get('/vm-replications')
})

test('pairs the second cloud also when only the first one is served', async () => {
  const clock = createSimClock({ speed: 0 })
  const listen = [{ host: '127.0.0.1', port: 0 }]
  await using simulator = await startVcdaSimulator({ clock, fleetSize: 10, seed: 1, listen })
  expect(simulator.sites.map(({ name }) => name)).toEqual(['cloud-east'])
  expect([...simulator.world.sites.keys()]).toEqual(['cloud-east', 'cloud-west', 'acme-branch'])
})

test('shows what a test has put over a replication, errors and words of other versions alike', async () => {
  await using rig = await startRig(20)
  const { id } = await rig.east.findReplication('OK')
  const { world } = rig.simulator
  const record = world.replications.get(id)
  if (record === undefined) throw new Error('no record')
  world.setError(id, { args: [], code: 'DiskGone', msg: 'A disk is gone.', stacktrace: '' }, rig.clock.now())
  expect(await rig.east.replication(id)).toMatchObject({
    dataConnectionState: 'ERROR',
    overallHealth: 'RED',
    destinationState: { lastError: { code: 'DiskGone' } },
  })
  world.setError(id, null, rig.clock.now())
  rig.clock.turn(60_000)
  expect(await rig.east.replication(id)).toMatchObject({ dataConnectionState: 'OK', overallHealth: 'GREEN' })
  record.overrides = { dataConnectionState: 'DREAMING', overallHealth: undefined }
  const odd = await rig.west.replication(id)
  expect(odd.dataConnectionState).toBe('DREAMING')
  expect(odd).not.toHaveProperty('overallHealth')
})

test('tells which product it is', async () => {
  await using rig = await startRig(4)
  expect(await rig.east.get('/diagnostics/about')).toMatchObject({
    serviceType: 'Cloud',
    buildVersion: expect.stringMatching(/^4\.7\.0\./),
  })
})
