import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toGlobalId } from '../../../src/domain/global-id.ts'
import type { ResourceKind } from '../../../src/domain/site-resource.ts'
import type { ServiceReply } from '../../../src/simulator/http-service.ts'
import { findSpanSeconds } from '../../../src/vendors/zerto/zerto-time-spans.ts'
import { failureOf, json, neverAborted, startScriptedZvm, vmId, vpgId, sendOptions } from './scripted-zvm.ts'

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/zerto/${name}.json`, import.meta.url), 'utf8'))

const boston = '3e4cdd0d-1064-4022-921f-6265ad6d335a'
const london = '4f5dee1e-2175-4133-a32f-7376be7e446b'
const noSpan = { from: null, to: null } as const

/** A site that answers each path with one body, and 404 to the rest. */
const startSite = (answers: Readonly<Record<string, ServiceReply>>) =>
  startScriptedZvm({
    answer: ({ path }) =>
      answers[path] ?? (path === '/v1/localsite' ? json(fixture('localsite-10.0')) : json({ Message: 'no' }, 404)),
  })

test('lists alerts, the newest first, with what they are about', async () => {
  await using zvm = await startSite({ '/v1/alerts': json(fixture('alerts-10.0')) })
  const site = toGlobalId('Site', 'ZERTO', boston)
  const nativeId = '8b1f1d7a-2f53-4c09-8d0b-6a7b8c9d0e1f'
  expect(await zvm.adapter.reads.listAlerts(neverAborted)).toEqual([
    expect.objectContaining({ code: 'STR0002', level: 'ERROR', subject: 'STORAGE', isDismissed: true, siteId: site }),
    {
      id: toGlobalId('Alert', 'ZERTO', nativeId),
      vendor: 'ZERTO',
      nativeId,
      level: 'WARNING',
      subject: 'GROUP',
      code: 'VPG0014',
      description: 'VPG mail-prod is waiting for commit or rollback.',
      turnedOnAt: new Date('2024-05-01T09:30:00Z'),
      isDismissed: false,
      isDerived: false,
      siteId: site,
      targetIds: [toGlobalId('ProtectionGroup', 'ZERTO', vpgId)],
    },
  ])
  expect(zvm.adapter.ownsId('Alert', nativeId)).toBe(true)
})

test.each([
  [0, 'Zvm', 'WARNING', 'SITE'],
  ['1', 'Vra', 'ERROR', 'APPLIANCE'],
  ['error', 'CloudConnector', 'ERROR', 'APPLIANCE'],
  ['Warning', 5, 'WARNING', 'LICENSE'],
  ['Warning', 'Zcm', 'WARNING', 'SITE'],
  ['Warning', 'FileRecoveryComponent', 'WARNING', 'OTHER'],
  ['Fatal', 'SomethingNew', 'UNKNOWN', 'OTHER'],
  [2, 8, 'UNKNOWN', 'OTHER'],
  [null, null, 'UNKNOWN', 'OTHER'],
])('reads an alert of level %j on %j', async (level, entity, ours, subject) => {
  await using zvm = await startSite({
    '/v1/alerts': json([{ Link: { identifier: 'a-1' }, Level: level, Entity: entity }]),
  })
  expect(await zvm.adapter.reads.listAlerts(neverAborted)).toMatchObject([{ level: ours, subject }])
})

test.each([
  ['DISMISS_ALERT', 'dismiss'],
  ['UNDISMISS_ALERT', 'undismiss'],
] as const)('sends %s, and is done with the empty answer', async (operation, word) => {
  await using zvm = await startScriptedZvm({ answer: () => ({ status: 200 }) })
  const prepared = await zvm.adapter.prepare({ operation, alertNativeId: 'a-1' }, neverAborted)
  expect(prepared.calls).toEqual([{ method: 'POST', path: `/v1/alerts/a-1/${word}`, body: null }])
  expect(await prepared.send(sendOptions)).toEqual({ kind: 'DONE' })
  expect(zvm.calls.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
    `POST /v1/alerts/a-1/${word} `,
  ])
  expect(await failureOf(zvm.adapter.prepare({ operation, alertNativeId: '../x' }, neverAborted))).toMatchObject({
    code: 'INVALID_INPUT',
  })
})

test('tells the history of a group, and of a machine that of its group, the newest first', async () => {
  await using zvm = await startSite({ '/v1/events': json(fixture('events-10.0')) })
  const span = { from: new Date('2024-05-01T08:00:00Z'), to: new Date('2024-05-01T10:00:00Z') }
  const group = { kind: 'ProtectionGroup', nativeId: vpgId, ...span } as const
  const events = await zvm.adapter.reads.listHistory(group, neverAborted)
  expect(events).toEqual([
    expect.objectContaining({ vendorOperation: '97', wasSuccessful: false, user: 'System' }),
    {
      vendorId: '5f8a0000-0000-4000-8000-000000000001',
      at: new Date('2024-05-01T09:00:00Z'),
      vendorOperation: 'FailoverBeforeCommit',
      description: 'Failover of VPG mail-prod, before commit.',
      user: 'admin',
      wasSuccessful: true,
    },
  ])
  expect(Object.fromEntries(zvm.calls[0]?.query ?? [])).toEqual({
    vpgIdentifier: vpgId,
    startDate: '2024-05-01T08:00:00.000Z',
    endDate: '2024-05-01T10:00:00.000Z',
  })
  const machine = { kind: 'Replication', nativeId: `${vpgId}/${vmId}`, ...span } as const
  expect(await zvm.adapter.reads.listHistory(machine, neverAborted)).toEqual(events)
  const late = { ...group, from: new Date('2024-05-01T09:05:00Z') }
  expect(await zvm.adapter.reads.listHistory(late, neverAborted)).toHaveLength(1)
})

test('reads the events of old versions, and leaves out those of other groups where the filter is ignored', async () => {
  await using zvm = await startSite({ '/v1/events': json(fixture('events-7.0')) })
  const list = (nativeId: string) =>
    zvm.adapter.reads.listHistory({ kind: 'ProtectionGroup', nativeId, ...noSpan }, neverAborted)
  expect(await list(vpgId)).toMatchObject([
    { vendorOperation: 'StopFailOverTest', at: new Date(1_714_557_600_000), user: 'Administrator' },
  ])
  expect(await list(boston)).toEqual([])
})

const eventNames =
  'Unknown CreateProtectionGroup RemoveProtectionGroup FailOver FailOverTest StopFailOverTest Move ProtectVM UnprotectVM ' +
  'InstallVra UninstallVra UpdateProtectionGroup InsertTaggedCP HandleMirrorPromotion ActivateAllMirrors LogCollection ' +
  'ForceReconfigurationOfNewVM ClearSite ForceRemoveProtectionGroup ForceUpdateProtectionGroup ForceKillProtectionGroup ' +
  'PrePostScript InitFullSync Pair Unpair InstallCloudConnector UninstallCloudConnector RedeployCloudConnector ' +
  'ScriptExecutionFailure SetAdvancedSiteSettings Clone KeepDisk FailoverBeforeCommit FailoverCommit FailoverRollback ' +
  'MoveBeforeCommit MoveRollback MoveCommit MaintainHost UpgradeVra MoveProtectionGroupToManualOperationNeeded ' +
  'ChangeVraIpSettings PauseProtectionGroup ResumeProtectionGroup UpgradeZVM BulkUpgradeVras BulkUninstallVras ' +
  'AlertTurnedOn AlertTurnedOff ChangeVraPassword ChangeRecoveryHost BackupProtectionGroup ' +
  'CleanupProtectionGroupVipDiskbox RestoreProtectionGroup PreScript PostScript RemoveVmFromVc ' +
  'ChangeVraPasswordIpSettings FlrJournalMount FlrJournalUnmount Login'

test('names every type of event that has a public name, and leaves the others their numbers', async () => {
  const types: readonly (number | string | null)[] = [
    ...Array.from({ length: 61 }, (_, type) => type),
    61,
    120,
    'move',
    null,
  ]
  const rows = types.map((EventType, index) => ({ EventIdentifier: `e-${index}`, EventType, OccurredOn: '2024-05-01' }))
  await using zvm = await startSite({ '/v1/events': json(rows) })
  const query = { kind: 'ProtectionGroup', nativeId: vpgId, ...noSpan } as const
  const events = await zvm.adapter.reads.listHistory(query, neverAborted)
  expect(events.map(({ vendorOperation }) => vendorOperation)).toEqual([
    ...eventNames.split(' '),
    '61',
    '120',
    'Move',
    'Unknown',
  ])
})

test.each([
  ['Failover', 'Success', 'FAILOVER', true],
  ['failovertest', 'Fail', 'TEST_FAILOVER', false],
  ['Move', 'Failed', 'MOVE', false],
  ['Clone', 'Partly', 'UNKNOWN', null],
  [null, null, 'UNKNOWN', null],
])('reads a report of %j that ended in %j', async (RecoveryType, Status, kind, wasSuccessful) => {
  const row = { RecoveryOperationIdentifier: 'r-1', General: { RecoveryType, Status, RtoInSeconds: '00:01:30' } }
  await using zvm = await startSite({ '/v1/reports/recovery': json([row, { RecoveryOperationIdentifier: 'r-2' }]) })
  expect(await zvm.adapter.reads.listRecoveryReports(noSpan, neverAborted)).toMatchObject([
    { kind, wasSuccessful, rtoSeconds: 90, startedAt: null },
    { kind: 'UNKNOWN', wasSuccessful: null, vmNames: [], steps: [] },
  ])
})

test('reads what the site wrote down of a recovery', async () => {
  await using zvm = await startSite({ '/v1/reports/recovery': json(fixture('recovery-reports-10.0')) })
  const nativeId = 'c0ffee00-0000-4000-8000-000000000001'
  expect(await zvm.adapter.reads.listRecoveryReports(noSpan, neverAborted)).toEqual([
    {
      id: toGlobalId('RecoveryReport', 'ZERTO', nativeId),
      vendor: 'ZERTO',
      nativeId,
      kind: 'TEST_FAILOVER',
      name: 'mail-prod',
      groupId: toGlobalId('ProtectionGroup', 'ZERTO', vpgId),
      protectedSiteName: 'Boston',
      recoverySiteName: 'London',
      startedAt: new Date('2024-04-30T08:00:00Z'),
      endedAt: new Date('2024-04-30T08:20:00Z'),
      rtoSeconds: 42,
      recoveredTo: new Date('2024-04-30T07:59:55Z'),
      wasSuccessful: true,
      initiatedBy: 'admin',
      notes: 'all services answered',
      vmNames: ['mail-01'],
      steps: [
        {
          description: 'Create recovery VM mail-01',
          result: 'Success',
          startedAt: new Date('2024-04-30T08:00:02Z'),
          endedAt: new Date('2024-04-30T08:00:30Z'),
        },
      ],
    },
  ])
  expect(Object.fromEntries(zvm.calls[0]?.query ?? [])).toEqual({ pageNumber: '1', pageSize: '1000' })
  expect(zvm.adapter.ownsId('RecoveryReport', nativeId)).toBe(true)
})

const page = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ RecoveryOperationIdentifier: `r-${first + index}` }))

test('follows the pages of reports to their end, and counts none twice', async () => {
  await using zvm = await startScriptedZvm({
    answer: ({ query }) =>
      json(query.get('pageNumber') === '3' ? page(1999, 5) : page(query.get('pageNumber') === '1' ? 0 : 1000, 1000)),
  })
  expect(await zvm.adapter.reads.listRecoveryReports(noSpan, neverAborted)).toHaveLength(2004)
  expect(zvm.calls.map(({ query }) => query.get('pageNumber'))).toEqual(['1', '2', '3'])
})

test('is not kept for ever by a site that gives the same page again and again', async () => {
  await using zvm = await startScriptedZvm({ answer: () => json(page(0, 1000)) })
  expect(await zvm.adapter.reads.listRecoveryReports(noSpan, neverAborted)).toHaveLength(1000)
  expect(zvm.calls).toHaveLength(2)
})

test('lists service profiles with their spans of time in seconds', async () => {
  await using zvm = await startSite({
    '/v1/serviceprofiles': json([
      {
        ServiceProfileName: 'Gold',
        Rpo: '00:05:00',
        History: '1.00:00:00',
        MaxJournalSizeInPercent: 50,
        TestInterval: '180.00:00:00',
        Description: '',
        JournalWarningThresholdInPercent: 75,
        Link: { identifier: london },
      },
    ]),
  })
  expect(await zvm.adapter.reads.listProfiles(neverAborted)).toEqual([
    {
      vendor: 'ZERTO',
      vendorId: london,
      name: 'Gold',
      description: null,
      rpoSeconds: 300,
      journalHistorySeconds: 86_400,
      retentionRules: [],
      isQuiesced: null,
      testIntervalSeconds: 180 * 86_400,
    },
  ])
})

test.each([
  ['00:05:00', 300],
  ['1.02:03:04.5000000', 93_784],
  ['10:30', 37_800],
  ['PT5M', 300],
  ['P1DT2H', 93_600],
  ['-00:05:00', null],
  ['P', null],
  ['five minutes', null],
  ['', null],
  [null, null],
])('reads the span of time %j', (text, seconds) => {
  expect(findSpanSeconds(text)).toBe(seconds)
})

test('shows appliances with the identifier that JSON numbers cannot hold', async () => {
  // R5
  await using zvm = await startSite({ '/v1/vras': json(fixture('vras-7.0')) })
  expect(await zvm.adapter.reads.listAppliances(neverAborted)).toEqual([
    {
      vendorId: '5377857665828093654',
      name: 'Z-VRA-esx-1',
      hostName: null,
      status: 'Installed',
      version: '7.0',
      ipAddress: '192.168.1.121',
    },
  ])
})

test.each([
  [0, 'Installed'],
  [1, 'UnsupportedEsxVersion'],
  [2, 'NotInstalled'],
  [3, 'Installing'],
  [4, 'Removing'],
  [5, 'InstallationError'],
  [6, 'HostPasswordChanged'],
  [7, 'UpdatingIpSettings'],
  [8, 'DuringChangeHost'],
  [9, 'HostInMaintenanceMode'],
  [10, '10'],
  ['installed', 'Installed'],
  [null, 'Unknown'],
])('calls the state %j of an appliance %s', async (status, ours) => {
  await using zvm = await startSite({ '/v1/vras': json([{ VraName: 'a', Status: status }]) })
  expect(await zvm.adapter.reads.listAppliances(neverAborted)).toMatchObject([{ vendorId: 'a', status: ours }])
})

test('reads the licence without its key, and 204 as none', async () => {
  await using zvm = await startSite({
    '/v1/license': json({
      Details: { LicenseKey: 'KEY-4711', LicenseType: 'VMs', ExpiryTime: '2030-01-01T00:00:00.000Z', MaxVms: 100 },
      Usage: { SitesUsage: [], TotalVmsCount: 42 },
    }),
  })
  const license = await zvm.adapter.reads.readLicense(neverAborted)
  expect(license).toEqual({
    type: 'VMs',
    isLicensed: true,
    expiresAt: new Date('2030-01-01T00:00:00Z'),
    maxVms: 100,
    usedVms: 42,
  })
  await using unlicensed = await startSite({ '/v1/license': { status: 204 } })
  expect(await unlicensed.adapter.reads.readLicense(neverAborted)).toEqual({
    type: null,
    isLicensed: false,
    expiresAt: null,
    maxVms: null,
    usedVms: null,
  })
})

const child = `/v1/virtualizationsites/${london}`
const none = { parentVendorId: null, organization: null, capacityBytes: null, freeBytes: null, status: null }

test.each([
  [
    'VM',
    'vms',
    { VmIdentifier: 'v.vm-1', VmName: 'a', OwningHostIdentifier: 'v.host-1' },
    { vendorId: 'v.vm-1', parentVendorId: 'v.host-1' },
  ],
  [
    'NETWORK',
    'networks',
    { NetworkIdentifier: 'v.network-1', VirtualizationNetworkName: 'a' },
    { vendorId: 'v.network-1' },
  ],
  [
    'HOST',
    'hosts',
    { HostIdentifier: 'v.host-1', VirtualizationHostName: 'a', ConnectionStatus: 'Connected' },
    { vendorId: 'v.host-1', status: 'Connected' },
  ],
  [
    'CLUSTER',
    'hostclusters',
    { ClusterIdentifier: 'v.domain-c7', VirtualizationClusterName: 'a' },
    { vendorId: 'v.domain-c7' },
  ],
  [
    'RESOURCE_POOL',
    'resourcepools',
    { ResourcePoolIdentifier: 'v.resgroup-8', ResourcepoolName: 'a' },
    { vendorId: 'v.resgroup-8' },
  ],
  ['FOLDER', 'folders', { FolderIdentifier: 'v.group-v3', FolderName: '/' }, { vendorId: 'v.group-v3', name: '/' }],
  ['DATACENTER', 'orgvdcs', { Identifier: 'vdc-1', OrgVdcName: 'a' }, { vendorId: 'vdc-1' }],
  ['VAPP', 'vcdvapps', { VcdVappIdentifier: 'vapp-1', VcdName: 'a' }, { vendorId: 'vapp-1' }],
  [
    'DATASTORE',
    'datastores',
    {
      DatastoreIdentifier: 'v.datastore-1',
      DatastoreName: 'a',
      OwningDatastoreCluster: { DatastoreClusterIdentifier: 'v.group-p44' },
    },
    { vendorId: 'v.datastore-1', parentVendorId: 'v.group-p44' },
  ],
] as const)('lists what a peer has of %s', async (kind, path, row, resource) => {
  await using zvm = await startSite({ [`${child}/${path}`]: json([row]) })
  const query = { kind, siteNativeId: london, parentVendorId: null }
  expect(await zvm.adapter.reads.listResources(query, neverAborted)).toEqual([
    { kind, name: 'a', ...none, ...resource },
  ])
})

test('says of the own datastores how full they are, where the site tells', async () => {
  const own = `/v1/virtualizationsites/${boston}/datastores`
  const rows = json([
    { DatastoreIdentifier: 'v.datastore-2', DatastoreName: 'b' },
    { DatastoreIdentifier: 'v.datastore-1', DatastoreName: 'a' },
  ])
  const usage = {
    DatastoreIdentifier: 'v.datastore-1',
    Stats: { AvailabilityStatus: 'Normal', Usage: { Datastore: { CapacityInBytes: 1000, FreeInBytes: 400 } } },
    Health: { Status: 'Warning', Alerts: [] },
  }
  await using zvm = await startSite({ [own]: rows, '/v1/datastores': json([usage]) })
  const query = { kind: 'DATASTORE', siteNativeId: null, parentVendorId: null } as const
  expect(await zvm.adapter.reads.listResources(query, neverAborted)).toMatchObject([
    { name: 'a', capacityBytes: 1000, freeBytes: 400, status: 'Warning' },
    { name: 'b', capacityBytes: null, freeBytes: null, status: null },
  ])
  await using old = await startSite({ [own]: rows })
  expect(await old.adapter.reads.listResources(query, neverAborted)).toHaveLength(2)
})

test('lists organisations, and the networks and storage policies of one data center', async () => {
  const vdc = 'urn:vcloud:orgvdc:1'
  const path = `/v1/virtualizationsites/${boston}/orgvdcs/${encodeURIComponent(vdc)}`
  await using zvm = await startSite({
    '/v1/zorgs': json([{ ZorgName: 'Acme', Link: { identifier: london } }]),
    [`${path}/networks`]: json([{ NetworkIdentifier: 'n-1', VirtualizationNetworkName: 'org-net' }]),
    [`${path}/storagepolicies`]: json([
      { StoragePolicyIdentifier: 's-1', StoragePolicyName: 'fast', IsEnabled: false },
    ]),
  })
  const list = (kind: ResourceKind, parentVendorId: string | null) =>
    zvm.adapter.reads.listResources({ kind, siteNativeId: null, parentVendorId }, neverAborted)
  expect(await list('ORGANIZATION', null)).toMatchObject([{ vendorId: london, name: 'Acme' }])
  expect(await list('NETWORK', vdc)).toMatchObject([{ vendorId: 'n-1', parentVendorId: vdc }])
  expect(await list('STORAGE_PROFILE', vdc)).toMatchObject([{ vendorId: 's-1', name: 'fast', status: 'Disabled' }])
})

test.each([
  ['a kind this vendor has not', { kind: 'VCENTER' }, 'INVALID_INPUT'],
  ['a template', { kind: 'VAPP_TEMPLATE' }, 'INVALID_INPUT'],
  ['storage policies of no data center', { kind: 'STORAGE_PROFILE' }, 'INVALID_INPUT'],
  ['folders of a parent', { kind: 'FOLDER', parentVendorId: 'v.group-v1' }, 'INVALID_INPUT'],
  ['a parent that is no identifier', { kind: 'NETWORK', parentVendorId: '../x' }, 'INVALID_INPUT'],
  ['a site that is no identifier', { kind: 'VM', siteNativeId: '../x' }, 'NOT_FOUND'],
] as const)('refuses to list %s, and asks nobody', async (_, query, code) => {
  // V1
  await using zvm = await startSite({})
  const whole = { siteNativeId: null, parentVendorId: null, ...query }
  expect(await failureOf(zvm.adapter.reads.listResources(whole, neverAborted))).toMatchObject({ code })
  expect(zvm.service.exchanges).toEqual([])
})

test('is NOT_FOUND for the resources of a site that the asked one does not know', async () => {
  await using zvm = await startSite({})
  const query = { kind: 'VM', siteNativeId: london, parentVendorId: null } as const
  expect(await failureOf(zvm.adapter.reads.listResources(query, neverAborted))).toMatchObject({ code: 'NOT_FOUND' })
})

test('has no check of its own health and no series of usage, and sends nothing to say so', async () => {
  await using zvm = await startSite({})
  const query = { kind: 'ProtectionGroup', nativeId: vpgId, ...noSpan } as const
  const { reads } = zvm.adapter
  expect(await failureOf(reads.readHealth(neverAborted))).toMatchObject({ code: 'CAPABILITY_UNSUPPORTED' })
  expect(await failureOf(reads.listUsage('TRAFFIC', query, neverAborted))).toMatchObject({
    problem: { capability: 'USAGE_HISTORY' },
  })
  expect(zvm.service.exchanges).toEqual([])
})
