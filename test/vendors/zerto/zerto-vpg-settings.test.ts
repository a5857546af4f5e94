import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { CommandOf, VendorOptions } from '../../../src/domain/command.ts'
import { toGlobalId } from '../../../src/domain/global-id.ts'
import type { ServiceReply, ServiceRequest } from '../../../src/simulator/http-service.ts'
import { failureOf, group, json, neverAborted, startScriptedZvm, taskId, vmId, vpgId } from './scripted-zvm.ts'

const settingsId = '6c1b0a5e-3f0e-4d5e-9d4b-0c9f8e7d6c5b'
const boston = '3e4cdd0d-1064-4022-921f-6265ad6d335a'
const london = '4f5dee1e-2175-4133-a32f-7376be7e446b'
const settings: unknown = JSON.parse(
  readFileSync(new URL('../../fixtures/zerto/vpg-settings-10.0.json', import.meta.url), 'utf8'),
)

const work: VendorOptions = {
  name: 'mail-prod',
  protectedSiteId: toGlobalId('Site', 'ZERTO', boston),
  recoverySiteId: london,
  vms: [{ vmId, recoveryDatastoreId: `${london}.datastore-2` }],
  defaultHostId: `${london}.host-15`,
  defaultDatastoreId: `${london}.datastore-19`,
  defaultFolderId: `${london}.group-v3`,
  failoverNetworkId: `${london}.network-22`,
  testNetworkId: `${london}.network-23`,
}
const start: CommandOf<'START_REPLICATION'> = {
  operation: 'START_REPLICATION',
  description: null,
  rpoSeconds: 600,
  slaProfileId: null,
  workKind: 'zertoGroup',
  work,
}
const update: CommandOf<'UPDATE'> = {
  operation: 'UPDATE',
  target: group,
  description: null,
  rpoSeconds: 900,
  slaProfileId: null,
  priority: 'HIGH',
  options: { journalHistoryHours: 48 },
}

type Step = 'open' | 'read' | 'fill' | 'commit' | 'delete'

const toStep = ({ method, path }: ServiceRequest): Step => {
  if (method === 'GET') return 'read'
  if (method === 'DELETE') return 'delete'
  if (method === 'PUT') return 'fill'
  return path.endsWith('/commit') ? 'commit' : 'open'
}

const proper: Readonly<Record<Step, ServiceReply>> = {
  open: json(settingsId),
  read: json(settings),
  fill: { status: 200 },
  commit: json(taskId),
  delete: { status: 200 },
}

const startDesk = (change: Partial<Record<Step, ServiceReply>> = {}) =>
  startScriptedZvm({ answer: (request) => ({ ...proper, ...change })[toStep(request)] })

const send = { operationId: 'op-1', signal: neverAborted }

test('starts a VPG in three calls, with the whole settings', async () => {
  await using zvm = await startDesk()
  const prepared = await zvm.adapter.prepare(start, neverAborted)
  expect(zvm.calls).toEqual([])
  expect(await prepared.send(send)).toEqual({ kind: 'TASK', vendorTaskId: taskId })
  expect(zvm.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v1/vpgSettings',
    `PUT /v1/vpgSettings/${settingsId}`,
    `POST /v1/vpgSettings/${settingsId}/commit`,
  ])
  expect(zvm.calls.map(({ body }) => (body === '' ? null : JSON.parse(body)))).toEqual(
    prepared.calls.map(({ body }) => body),
  )
  expect(prepared.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v1/vpgSettings',
    'PUT /v1/vpgSettings/{vpgSettingsIdentifier}',
    'POST /v1/vpgSettings/{vpgSettingsIdentifier}/commit',
  ])
  expect(prepared.calls[0]?.body).toEqual({})
  expect(prepared.calls[1]?.body).toMatchObject({
    Basic: {
      Name: 'mail-prod',
      RpoInSeconds: 600,
      TestIntervalInMinutes: 262_080,
      JournalHistoryInHours: 24,
      Priority: 'Medium',
      UseWanCompression: true,
      ServiceProfileIdentifier: null,
      ZorgIdentifier: null,
      ProtectedSiteIdentifier: boston,
      RecoverySiteIdentifier: london,
    },
    Journal: { Limitation: { HardLimitInMB: 153_600, WarningThresholdInMB: 115_200 } },
    Recovery: { DefaultHostIdentifier: `${london}.host-15`, DefaultFolderIdentifier: `${london}.group-v3` },
    Networks: {
      Failover: { Hypervisor: { DefaultNetworkIdentifier: `${london}.network-22` } },
      FailoverTest: { Hypervisor: { DefaultNetworkIdentifier: `${london}.network-23` } },
    },
    Vms: [{ VmIdentifier: vmId, Recovery: { DatastoreIdentifier: `${london}.datastore-2` } }],
  })
})

test('takes the identifier of the settings in an object too', async () => {
  await using zvm = await startDesk({ open: json({ VpgSettingsIdentifier: settingsId }) })
  const prepared = await zvm.adapter.prepare(start, neverAborted)
  expect(await prepared.send(send)).toEqual({ kind: 'TASK', vendorTaskId: taskId })
})

test('leaves the RPO to the service profile where one is named', async () => {
  await using zvm = await startDesk()
  const slaProfileId = '5a5e9d0c-1f51-4a54-9d5c-1f2f3a4b5c6d'
  const prepared = await zvm.adapter.prepare({ ...start, rpoSeconds: null, slaProfileId }, neverAborted)
  const body = JSON.stringify(prepared.calls[1]?.body)
  expect(body).toContain(`"ServiceProfileIdentifier":"${slaProfileId}"`)
  expect(body).not.toContain('RpoInSeconds')
})

test('changes a VPG by what the site has and what is new', async () => {
  await using zvm = await startDesk()
  const prepared = await zvm.adapter.prepare(update, neverAborted)
  expect(prepared.calls.map(({ body }) => body)).toEqual([
    { VpgIdentifier: vpgId },
    { RpoInSeconds: 900, Priority: 'High', JournalHistoryInHours: 48 },
    null,
  ])
  expect(await prepared.send(send)).toEqual({ kind: 'TASK', vendorTaskId: taskId })
  expect(zvm.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v1/vpgSettings',
    `GET /v1/vpgSettings/${settingsId}`,
    `PUT /v1/vpgSettings/${settingsId}/basic`,
    `POST /v1/vpgSettings/${settingsId}/commit`,
  ])
  expect(JSON.parse(zvm.calls[2]?.body ?? '')).toEqual({
    Name: 'mail-prod',
    VpgType: 'Remote',
    TestIntervalInMinutes: 262_080,
    UseWanCompression: true,
    ServiceProfileIdentifier: null,
    ZorgIdentifier: null,
    ProtectedSiteIdentifier: boston,
    RecoverySiteIdentifier: london,
    RpoInSeconds: 900,
    Priority: 'High',
    JournalHistoryInHours: 48,
  })
})

const refusal = json({ Message: 'no' }, 500)
const lost: ServiceReply = { status: 502 }

test.each([
  ['open', refusal, 'VENDOR_REFUSED', ['open']],
  ['open', lost, 'VENDOR_UNAVAILABLE', ['open']],
  ['open', { status: 200 }, 'VENDOR_UNAVAILABLE', ['open']],
  ['fill', refusal, 'VENDOR_REFUSED', ['open', 'fill', 'delete']],
  ['fill', lost, 'VENDOR_UNAVAILABLE', ['open', 'fill', 'delete']],
  ['commit', refusal, 'VENDOR_REFUSED', ['open', 'fill', 'commit', 'delete']],
  ['commit', lost, 'OUTCOME_UNKNOWN', ['open', 'fill', 'commit']],
  ['commit', { status: 200 }, 'OUTCOME_UNKNOWN', ['open', 'fill', 'commit']],
] as const)('ends a start whose %s step is answered with %j', async (step, reply, code, steps) => {
  // A1, A2: nothing has started before the commit, and no step is sent twice.
  await using zvm = await startDesk({ [step]: reply })
  const prepared = await zvm.adapter.prepare(start, neverAborted)
  expect(await failureOf(prepared.send(send))).toMatchObject({ code })
  expect(zvm.calls.map(toStep)).toEqual(steps)
})

test('gives up an update whose settings cannot be read, and leaves nothing behind', async () => {
  await using zvm = await startDesk({ read: { status: 200, body: '<html></html>' } })
  const prepared = await zvm.adapter.prepare(update, neverAborted)
  expect(await failureOf(prepared.send(send))).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
  expect(zvm.calls.map(toStep)).toEqual(['open', 'read', 'delete'])
})

test('says in the log what it could not clean up', async () => {
  await using zvm = await startDesk({ fill: refusal, delete: lost })
  const prepared = await zvm.adapter.prepare(start, neverAborted)
  expect(await failureOf(prepared.send(send))).toMatchObject({ code: 'VENDOR_REFUSED' })
  expect(zvm.log.lines.join('\n')).toContain(settingsId)
})

test.each([
  ['a description', { ...start, description: 'a' }, 'input.description'],
  ['work of another kind', { ...start, workKind: 'other', work: {} }, 'input.work.other'],
  ['an RPO beside a profile', { ...start, slaProfileId: boston }, 'input.rpoSeconds'],
  ['a profile that is no GUID', { ...start, slaProfileId: 'gold', rpoSeconds: null }, 'input.slaProfileId'],
  ['no machines', { ...start, work: { ...work, vms: [] } }, 'input.work.zertoGroup.vms'],
  [
    'a machine that is no identifier',
    { ...start, work: { ...work, vms: [{ vmId: '../x' }] } },
    'input.work.zertoGroup.vms.0.vmId',
  ],
  [
    'a site of another kind',
    { ...start, work: { ...work, protectedSiteId: toGlobalId('Task', 'ZERTO', boston) } },
    'input.work.zertoGroup.protectedSiteId',
  ],
  ['no name', { ...start, work: { ...work, name: ' ' } }, 'input.work.zertoGroup.name'],
  ['an unknown member', { ...start, work: { ...work, extra: 1 } }, 'input.work.zertoGroup'],
  ['an update that changes nothing', { ...update, rpoSeconds: null, priority: null, options: null }, 'input'],
  ['an update of the description', { ...update, description: 'a' }, 'input.description'],
] as const)('refuses %s before anything is sent', async (_, command, path) => {
  // A3
  await using zvm = await startDesk()
  expect(await failureOf(zvm.adapter.prepare(command, neverAborted))).toMatchObject({
    problem: { code: 'INVALID_INPUT', fields: [{ path }] },
  })
  expect(zvm.service.exchanges).toEqual([])
})
