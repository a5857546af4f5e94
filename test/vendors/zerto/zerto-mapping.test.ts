import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toGlobalId } from '../../../src/domain/global-id.ts'
import { toLocalSiteFacts, toPeerFacts, toSiteDetails } from '../../../src/vendors/zerto/zerto-details-mapping.ts'
import { findPlatformIds } from '../../../src/vendors/zerto/zerto-ids.ts'
import { toProtectionGroup, toRecoveryPoint, toReplication } from '../../../src/vendors/zerto/zerto-mapping.ts'
import { parseWire } from '../../../src/vendors/zerto/zerto-wire-shapes.ts'
import { wire, type WireVpg } from '../../../src/vendors/zerto/zerto-wire.ts'

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/zerto/${name}.json`, import.meta.url), 'utf8')

const boston = '3e4cdd0d-1064-4022-921f-6265ad6d335a'
const london = '4f5dee1e-2175-4133-a32f-7376be7e446b'
const mebibyte = 1_048_576

const only = <T>(items: readonly T[]): T => {
  const [first] = items
  if (first === undefined) throw new Error('the fixture is empty')
  return first
}

const oldVpg = (): WireVpg => only(parseWire(wire.vpgs, fixture('vpgs-7.0')))
const newVpgs = (): readonly WireVpg[] => parseWire(wire.vpgs, fixture('vpgs-10.0'))
const toGroupWith = (change: Partial<WireVpg>) => toProtectionGroup({ ...oldVpg(), ...change }, 0)

test('reads a VPG of 7.0, whose identifier stands in its link only', () => {
  const group = toProtectionGroup(oldVpg(), 0)
  expect(group).toMatchObject({
    id: toGlobalId('ProtectionGroup', 'ZERTO', '1b2f3c4d-0a1b-4c2d-8e3f-5a6b7c8d9e0f'),
    nativeId: '1b2f3c4d-0a1b-4c2d-8e3f-5a6b7c8d9e0f',
    name: 'ExportStuff',
    description: null,
    state: 'PROTECTED',
    vendorState: 'MeetingSLA/None',
    health: 'HEALTHY',
    priority: 'MEDIUM',
    vmCount: 4,
    iops: 13,
    lastTestedAt: new Date('2019-07-11T16:51:07.022Z'),
    rpo: { targetSeconds: 300, actualSeconds: 7, violationSeconds: 0, verdict: 'MEETING', lastSyncedAt: null },
    sync: null,
    storage: { provisionedBytes: 336_118 * mebibyte, usedBytes: 245_465 * mebibyte, journalUsedBytes: null },
    throughputBytesPerSecond: Math.round(0.27197265625 * mebibyte),
  })
})

test('gives the site that lists a VPG by its old names and links, and no organisation for the nil one', () => {
  const { source, destination } = toProtectionGroup(oldVpg(), 0)
  expect(source).toMatchObject({
    siteId: toGlobalId('Site', 'ZERTO', boston),
    siteName: 'WCHL - NC',
    hypervisor: 'VSPHERE',
    organization: null,
  })
  expect(destination).toMatchObject({ siteId: toGlobalId('Site', 'ZERTO', london), siteName: 'WCHL - CA' })
})

test('reads a VPG of 10.0 with a test running, a late RPO and an alert', () => {
  const [group] = newVpgs().map((vpg) => toProtectionGroup(vpg, 0))
  expect(group).toMatchObject({
    description: 'mail',
    priority: 'HIGH',
    state: 'NOT_MEETING_TARGET',
    health: 'WARNING',
    rpo: { verdict: 'VIOLATING', violationSeconds: 120, actualSeconds: 420 },
    recovery: { phase: 'TESTING', isTestRunning: true, testStage: 'RUNNING', hasRecoveryPoint: true, pending: null },
    source: { siteName: 'Boston', organization: 'Acme' },
    destination: { siteName: 'Azure West', hypervisor: 'AZURE' },
    details: { vendor: 'ZERTO', isBackupEnabled: true, configuredHistoryMinutes: 1440, failSafeHistory: null },
  })
})

test('calls a group in its first sync never synced, not late', () => {
  const [, group] = newVpgs().map((vpg) => toProtectionGroup(vpg, 0))
  expect(group).toMatchObject({
    state: 'INITIALIZING',
    sync: { percent: 37.5 },
    rpo: { actualSeconds: null, violationSeconds: null, verdict: 'NEVER_SYNCED' },
    recovery: { isBlockedBySync: true, hasRecoveryPoint: false },
  })
})

test('calls a group that had checkpoints and is not measured just that', () => {
  expect(toGroupWith({ ActualRPO: -1 }).rpo.verdict).toBe('NOT_MEASURED')
})

test.each([
  { change: { SubStatus: 8 }, health: 'CRITICAL' },
  { change: { SubStatus: 24 }, health: 'CRITICAL' },
  { change: { SubStatus: 7 }, health: 'CRITICAL' },
  { change: { AlertStatus: 2 }, health: 'CRITICAL' },
  { change: { AlertStatus: 'Error', SubStatus: 25 }, health: 'CRITICAL' },
  { change: { SubStatus: 25 }, health: 'WARNING' },
  { change: { Status: 5, SubStatus: 15 }, health: 'WARNING' },
  { change: { Status: 2 }, health: 'WARNING' },
  { change: { AlertStatus: 1 }, health: 'WARNING' },
  { change: { AlertStatus: 3 }, health: 'HEALTHY' },
  { change: { SubStatus: 23 }, health: 'HEALTHY' },
  { change: { Status: 99 }, health: 'UNKNOWN' },
] as const)('makes the health of $change $health', ({ change, health }) => {
  expect(toGroupWith(change).health).toBe(health)
})

test('takes a test stage that it does not know for a running test', () => {
  // R5
  const group = toGroupWith({ ActiveProcessesApi: { RunningFailOverTestApi: { Stage: 'SomethingNew' } } })
  expect(group.recovery).toMatchObject({ isTestRunning: true, testStage: 'RUNNING' })
  expect(
    toGroupWith({ ActiveProcessesApi: { RunningFailOverTestApi: { Stage: 'Stopping' } } }).recovery.testStage,
  ).toBe('STOPPING')
})

test('reads a VPG that has nothing but its name and its link', () => {
  // R5
  const [vpg] = parseWire(
    wire.vpgs,
    '[{"VpgName":"bare","Link":{"identifier":"0ccd2c4b-7a2c-4f5a-a2ab-0f2d7d8f3f10"}}]',
  )
  expect(vpg === undefined ? null : toProtectionGroup(vpg, 0)).toMatchObject({
    state: 'UNKNOWN',
    vendorState: '?/?',
    health: 'UNKNOWN',
    vmCount: 0,
    rpo: { verdict: 'NOT_MEASURED' },
    recovery: { phase: 'UNKNOWN', hasRecoveryPoint: null },
  })
})

test('reads a machine of 7.0 and keys it by VPG and machine', () => {
  const vm = toReplication(only(parseWire(wire.vms, fixture('vms-7.0'))), 0)
  expect(vm).toMatchObject({
    nativeId: '1b2f3c4d-0a1b-4c2d-8e3f-5a6b7c8d9e0f/d4a6ab63-5b4f-4a43-9c3e-5d0c0c2b6a11.vm-38',
    groupNativeId: '1b2f3c4d-0a1b-4c2d-8e3f-5a6b7c8d9e0f',
    name: 'web-01',
    vm: {
      vendorId: 'd4a6ab63-5b4f-4a43-9c3e-5d0c0c2b6a11.vm-38',
      platformIds: ['vcenter:d4a6ab63-5b4f-4a43-9c3e-5d0c0c2b6a11/vm-38'],
      hardwareVersion: 'vmx-15',
      memoryBytes: null,
    },
    storage: { usedBytes: 77_906 * mebibyte, journalUsedBytes: 640 * mebibyte },
    rpo: { targetSeconds: null, actualSeconds: 7, verdict: 'MEETING' },
    details: {
      journalHardLimit: { type: 'Megabytes', value: 153_600 },
      isFileRecoveryEnabled: true,
      volumeIds: ['scsi:0:0'],
    },
  })
})

test('keeps one machine in two VPGs apart', () => {
  const replications = parseWire(wire.vms, fixture('vms-10.0')).map((vm) => toReplication(vm, 0))
  expect(new Set(replications.map(({ id }) => id)).size).toBe(2)
  expect(replications).toMatchObject([
    {
      state: 'NOT_MEETING_TARGET',
      source: { datastore: 'ssd-01', organization: 'Acme' },
      vm: { cpuCount: 4, memoryBytes: 8192 * mebibyte, guestOs: 'Ubuntu Linux (64-bit)' },
      rpo: { verdict: 'VIOLATING', violationSeconds: null },
      details: { networkAdapters: [{ ipAddresses: ['10.1.0.4'] }], nicIds: ['Network adapter 1'], priority: 'High' },
    },
    { state: 'INITIALIZING', rpo: { verdict: 'NEVER_SYNCED' } },
  ])
})

test('names a checkpoint by its VPG, and keeps its tag', () => {
  const vpgId = '0ccd2c4b-7a2c-4f5a-a2ab-0f2d7d8f3f10'
  const points = parseWire(wire.checkpoints, fixture('checkpoints')).map((row) => toRecoveryPoint(row, vpgId, 0))
  expect(points).toMatchObject([
    { nativeId: `${vpgId}/166834`, vendorId: '166834', ownerNativeId: vpgId, tag: null, quiesced: null },
    { vendorId: '166836', tag: 'before upgrade', quiesced: 'APPLICATION', takenAt: new Date('2019-07-11T13:47:33Z') },
    { vendorId: '166835', tag: null },
  ])
})

test('reads the configured site and its peer', () => {
  const site = parseWire(wire.localSite, fixture('localsite-10.0'))
  const peers = parseWire(wire.peerSites, fixture('peersites-10.0'))
  expect(toLocalSiteFacts(site)).toEqual({
    id: toGlobalId('Site', 'ZERTO', boston),
    vendor: 'ZERTO',
    nativeId: boston,
    name: 'Boston',
    description: null,
    location: 'Boston, MA',
    productVersion: '10.0.60',
  })
  expect(peers.map(toPeerFacts)).toMatchObject([{ nativeId: london, name: 'London', location: 'London' }])
  expect(toSiteDetails(site, peers, 'ZVMA')).toMatchObject({
    siteType: 'VCenter',
    bandwidthThrottlingBytesPerSecond: null,
    contactPhone: null,
    utcOffsetMinutes: -240,
    peers: [{ pairingStatus: 'Paired', port: 9071, usedBytes: 512 * mebibyte }],
  })
})

test('keeps what only a site or a machine in Azure, or beside a vCenter, tells', () => {
  const site = parseWire(
    wire.localSite,
    JSON.stringify({
      SiteIdentifier: boston,
      PlatformInformation: {
        Azure: { RegionName: 'westeurope', Subscription: 's-1', ResourceGroup: 'dr' },
        VCenter: { Ip: '10.0.0.9' },
      },
    }),
  )
  expect(toSiteDetails(site, [], 'WINDOWS')).toMatchObject({
    generation: 'WINDOWS',
    vcenterAddress: '10.0.0.9',
    azureRegion: 'westeurope',
    azureSubscription: 's-1',
    azureResourceGroup: 'dr',
  })
  const [machine] = parseWire(
    wire.vms,
    JSON.stringify([
      {
        VmName: 'a',
        VmIdentifier: `${boston}.vm-1`,
        VpgIdentifier: boston,
        OwningDatastoreIdentifier: 'v.datastore-1',
        PlatformInformation: {
          Azure: { ResourceGroup: 'dr', MachineSize: 'Standard_D2s_v3', Tags: [{ Key: 'tier', Value: '1' }] },
        },
      },
    ]),
  )
  expect(machine === undefined ? null : toReplication(machine, 0).details).toMatchObject({
    protectedDatastoreId: 'v.datastore-1',
    azure: { resourceGroup: 'dr', size: 'Standard_D2s_v3', tags: ['tier=1'] },
  })
})

test.each([
  ['D4A6AB63-5B4F-4A43-9C3E-5D0C0C2B6A11.VM-38', ['vcenter:d4a6ab63-5b4f-4a43-9c3e-5d0c0c2b6a11/vm-38']],
  // What these are at their platforms is not known, so that they must not make two machines the same.
  ['d4a6ab63-5b4f-4a43-9c3e-5d0c0c2b6a11.i-0abc', []],
  ['d4a6ab63-5b4f-4a43-9c3e-5d0c0c2b6a11.vm-38.2', []],
  ['d4a6ab63-5b4f-4a43-9c3e-5d0c0c2b6a11.vm-', []],
  ['00000000-0000-0000-0000-000000000000.vm-38', []],
  ['vm-38', []],
  ['', []],
])('knows the platform names of machine %s: %j', (vmId, names) => {
  expect(findPlatformIds(vmId)).toEqual(names)
})
