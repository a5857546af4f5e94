import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { CommandOf, VendorOptions } from '../../../src/domain/command.ts'
import { toGlobalId } from '../../../src/domain/global-id.ts'
import type { ServiceReply, ServiceRequest } from '../../../src/simulator/http-service.ts'
import {
  failureOf,
  group,
  json,
  neverAborted,
  startScriptedZvm,
  taskId,
  vmId,
  vpgId,
  type ScriptedZvm,
  sendOptions,
} from './scripted-zvm.ts'

const settingsId = '6c1b0a5e-3f0e-4d5e-9d4b-0c9f8e7d6c5b'
const boston = '3e4cdd0d-1064-4022-921f-6265ad6d335a'
const london = '4f5dee1e-2175-4133-a32f-7376be7e446b'
const fixture = (name: string): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(new URL(`../../fixtures/zerto/${name}.json`, import.meta.url), 'utf8'))
const settings = fixture('vpg-settings-10.0')

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

type Step = 'site' | 'open' | 'read' | 'fill' | 'commit' | 'delete'

const settingsPath = `/v1/vpgSettings/${settingsId}`

const toStep = ({ method, path }: ServiceRequest): Step => {
  if (method === 'GET') return path === '/v1/localsite' ? 'site' : 'read'
  if (method === 'DELETE' && path === settingsPath) return 'delete'
  if (path === '/v1/vpgSettings') return 'open'
  return path.endsWith('/commit') ? 'commit' : 'fill'
}

const proper: Readonly<Record<Step, ServiceReply>> = {
  site: json(fixture('localsite-10.0')),
  open: json(settingsId),
  read: json(settings['Basic']),
  fill: { status: 200 },
  commit: json(taskId),
  delete: { status: 200 },
}

const startDesk = (change: Partial<Record<Step, ServiceReply>> = {}) =>
  startScriptedZvm({ answer: (request) => ({ ...proper, ...change })[toStep(request)] })

const send = sendOptions

/** What left to change something, and what was read for it; the question which version it is stands apart. */
const wordsOf = (zvm: ScriptedZvm): readonly string[] =>
  zvm.calls.filter((call) => toStep(call) !== 'site').map(({ method, path }) => `${method} ${path}`)

const stepsOf = (zvm: ScriptedZvm): readonly Step[] => zvm.calls.map(toStep).filter((step) => step !== 'site')

const bodyOf = (zvm: ScriptedZvm, word: string): unknown => {
  const call = zvm.calls.find(({ method, path }) => `${method} ${path}` === word)
  return call === undefined || call.body === '' ? null : JSON.parse(call.body)
}

const noPlace = {
  HostIdentifier: null,
  HostClusterIdentifier: null,
  DatastoreIdentifier: null,
  DatastoreClusterIdentifier: null,
  FolderIdentifier: null,
  ResourcePoolIdentifier: null,
}

test('starts a VPG part by part, each whole, and sends what it has recorded', async () => {
  await using zvm = await startDesk()
  const prepared = await zvm.adapter.prepare(start, neverAborted)
  expect(zvm.calls.map(toStep)).toEqual(['site'])
  expect(await prepared.send(send)).toEqual({ kind: 'TASK', vendorTaskId: taskId })
  const parts = ['/basic', '/journal', '/recovery', '/networks', '/vms', '/commit']
  const methods = ['PUT', 'PUT', 'PUT', 'PUT', 'POST', 'POST']
  expect(wordsOf(zvm)).toEqual([
    'POST /v1/vpgSettings',
    ...parts.map((part, index) => `${methods[index]} ${settingsPath}${part}`),
  ])
  expect(prepared.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v1/vpgSettings',
    ...parts.map((part, index) => `${methods[index]} /v1/vpgSettings/{vpgSettingsIdentifier}${part}`),
  ])
  const left = zvm.calls.slice(1).map(({ body }) => (body === '' ? null : JSON.parse(body)))
  expect(left).toEqual(prepared.calls.map(({ body }) => body))
  expect(left).toEqual([
    {},
    {
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
    {
      Limitation: {
        HardLimitInMB: 153_600,
        HardLimitInPercent: 0,
        WarningThresholdInMB: 115_200,
        WarningThresholdInPercent: 0,
      },
      DatastoreIdentifier: null,
      DatastoreClusterIdentifier: null,
    },
    {
      DefaultHostIdentifier: `${london}.host-15`,
      DefaultHostClusterIdentifier: null,
      DefaultDatastoreIdentifier: `${london}.datastore-19`,
      DefaultDatastoreClusterIdentifier: null,
      DefaultFolderIdentifier: `${london}.group-v3`,
      ResourcePoolIdentifier: null,
      VCD: null,
      PublicCloud: null,
    },
    {
      Failover: { VCD: null, Hypervisor: { DefaultNetworkIdentifier: `${london}.network-22` }, PublicCloud: null },
      FailoverTest: { VCD: null, Hypervisor: { DefaultNetworkIdentifier: `${london}.network-23` }, PublicCloud: null },
    },
    {
      VmIdentifier: vmId,
      BootGroupIdentifier: '00000000-0000-0000-0000-000000000000',
      Recovery: { ...noPlace, DatastoreIdentifier: `${london}.datastore-2` },
    },
    null,
  ])
})

test('sends every setting a caller can give, in the names of the wire', async () => {
  await using zvm = await startDesk({
    read: json({
      VmIdentifier: vmId,
      Recovery: { HostIdentifier: `${london}.host-1` },
      Volumes: [
        { VolumeIdentifier: 'scsi:0:0', Datastore: { DatastoreIdentifier: 'a', IsThin: true }, RDM: null },
        { VolumeIdentifier: 'scsi:0:1', Datastore: { DatastoreIdentifier: 'a', IsThin: true }, RDM: null },
      ],
      Nics: [{ NicIdentifier: 'Network adapter 1', FailoverTest: { Hypervisor: { NetworkIdentifier: 'n-1' } } }],
    }),
  })
  const { failoverNetworkId: _f, testNetworkId: _t, defaultHostId: _h, defaultDatastoreId: _d, ...rest } = work
  const whole: VendorOptions = {
    ...rest,
    priority: 'HIGH',
    useWanCompression: false,
    organizationId: boston,
    protectedVappId: `${boston}.vapp-1`,
    orgVdcId: 'urn:vcloud:orgvdc:1',
    defaultHostClusterId: `${london}.domain-c7`,
    defaultDatastoreClusterId: `${london}.group-p44`,
    resourcePoolId: `${london}.resgroup-8`,
    failoverVcdNetwork: {
      defaultNetworkId: 'net-a',
      copyNatRules: 'None',
      isGuestCustomizationEnabled: true,
      mappings: [{ protectedNetworkId: 'net-b', recoveryNetworkId: 'net-c' }],
    },
    journalHardLimitPercent: 40,
    journalWarningMegabytes: 0,
    journalDatastoreId: `${london}.datastore-4`,
    scratch: { hardLimitMegabytes: 307_200, warningPercent: 30 },
    bootGroups: [{ name: 'databases', delaySeconds: 90 }, { name: 'front' }],
    preRecoveryScript: { command: 'C:\\pre.ps1', parameters: '-x 1', timeoutSeconds: 60 },
    postRecoveryScript: { command: '/opt/post.sh' },
    vms: [
      {
        vmId,
        bootGroup: 'databases',
        recoveryHostClusterId: `${london}.domain-c7`,
        recoveryFolderId: `${london}.group-v4`,
        storagePolicyId: 'urn:vcloud:vdcstorageProfile:2',
        journal: { hardLimitPercent: 20 },
        scratch: { datastoreId: `${london}.datastore-5` },
        volumes: [
          {
            volumeId: 'scsi:0:1',
            datastoreId: `${london}.datastore-6`,
            isThin: false,
            preseed: { datastoreId: `${london}.datastore-6`, path: 'seeds/db.vmdk' },
            rawDevice: { deviceId: `${london}.device-1` },
            isSwap: false,
            syncSettings: 'ContinuousSync',
          },
        ],
        nics: [
          {
            nicId: 'Network adapter 1',
            failover: {
              networkId: `${london}.network-7`,
              replaceMacAddress: true,
              dnsSuffix: 'dr.example',
              replaceIpConfiguration: true,
              ipConfig: { isDhcp: false, staticIp: '10.0.0.5', subnetMask: '255.255.255.0', gateway: '10.0.0.1' },
            },
            test: { vcd: { networkId: 'net-t', ipMode: 'IP_POOL', isConnected: true } },
          },
        ],
      },
    ],
  }
  const prepared = await zvm.adapter.prepare({ ...start, work: whole }, neverAborted)
  await prepared.send(send)
  const vmPath = `${settingsPath}/vms/${vmId}`
  expect(wordsOf(zvm)).toEqual([
    'POST /v1/vpgSettings',
    ...['/basic', '/journal', '/scratch', '/recovery', '/networks', '/bootgroup', '/scripting'].map(
      (part) => `PUT ${settingsPath}${part}`,
    ),
    `POST ${settingsPath}/vms`,
    `GET ${vmPath}`,
    `PUT ${vmPath}`,
    `POST ${settingsPath}/commit`,
  ])
  const part = (name: string): unknown => bodyOf(zvm, `PUT ${settingsPath}/${name}`)
  expect(bodyOf(zvm, 'POST /v1/vpgSettings')).toEqual({
    Protected: { VCD: { VcdVappIdentifier: `${boston}.vapp-1` } },
  })
  expect(part('basic')).toMatchObject({ Priority: 'High', UseWanCompression: false, ZorgIdentifier: boston })
  expect(part('journal')).toEqual({
    Limitation: {
      HardLimitInMB: 0,
      HardLimitInPercent: 40,
      WarningThresholdInMB: 0,
      WarningThresholdInPercent: 0,
    },
    DatastoreIdentifier: `${london}.datastore-4`,
    DatastoreClusterIdentifier: null,
  })
  expect(part('scratch')).toEqual({
    Limitation: {
      HardLimitInMB: 307_200,
      HardLimitInPercent: 0,
      WarningThresholdInMB: 0,
      WarningThresholdInPercent: 30,
    },
  })
  expect(part('recovery')).toMatchObject({
    DefaultHostIdentifier: null,
    DefaultHostClusterIdentifier: `${london}.domain-c7`,
    DefaultDatastoreIdentifier: null,
    DefaultDatastoreClusterIdentifier: `${london}.group-p44`,
    ResourcePoolIdentifier: `${london}.resgroup-8`,
    VCD: { OrgVdcIdentifier: 'urn:vcloud:orgvdc:1' },
  })
  expect(part('networks')).toEqual({
    Failover: {
      VCD: {
        CopyNATRules: 'None',
        IsEnableGuestCustomization: true,
        Mapping: [
          {
            ProtectedOrgVdcNetworkIdentifier: 'net-b',
            RecoveryOrgVdcNetworkIdentifier: 'net-c',
            ReverseTestOrgVdcNetworkIdentifier: null,
          },
        ],
        DefaultRecoveryOrgVdcNetworkIdentifier: 'net-a',
      },
      Hypervisor: { DefaultNetworkIdentifier: null },
      PublicCloud: null,
    },
    FailoverTest: { VCD: null, Hypervisor: { DefaultNetworkIdentifier: null }, PublicCloud: null },
  })
  const bootGroupId = expect.stringMatching(/^[0-9a-f-]{36}$/)
  expect(part('bootgroup')).toEqual({
    BootGroups: [
      { BootGroupIdentifier: '00000000-0000-0000-0000-000000000000', Name: 'Default', BootDelayInSeconds: 0 },
      { BootGroupIdentifier: bootGroupId, Name: 'databases', BootDelayInSeconds: 90 },
      { BootGroupIdentifier: bootGroupId, Name: 'front', BootDelayInSeconds: 0 },
    ],
  })
  expect(part('scripting')).toEqual({
    PreRecovery: { Command: 'C:\\pre.ps1', Parameters: '-x 1', TimeoutInSeconds: 60 },
    PostRecovery: { Command: '/opt/post.sh', Parameters: null, TimeoutInSeconds: 300 },
  })
  const groups = part('bootgroup')
  expect(bodyOf(zvm, `POST ${settingsPath}/vms`)).toEqual({
    VmIdentifier: vmId,
    BootGroupIdentifier: Reflect.get(Object(groups), 'BootGroups')[1].BootGroupIdentifier,
    Recovery: {
      ...noPlace,
      HostClusterIdentifier: `${london}.domain-c7`,
      FolderIdentifier: `${london}.group-v4`,
      VCD: { StoragePolicyIdentifier: 'urn:vcloud:vdcstorageProfile:2' },
    },
    Journal: { Limitation: { HardLimitInMB: 0, HardLimitInPercent: 20 } },
    Scratch: { DatastoreIdentifier: `${london}.datastore-5`, DatastoreClusterIdentifier: null },
  })
  expect(bodyOf(zvm, `PUT ${vmPath}`)).toEqual({
    VmIdentifier: vmId,
    Recovery: { HostIdentifier: `${london}.host-1` },
    Volumes: [
      { VolumeIdentifier: 'scsi:0:0', Datastore: { DatastoreIdentifier: 'a', IsThin: true }, RDM: null },
      {
        VolumeIdentifier: 'scsi:0:1',
        Datastore: {
          DatastoreIdentifier: `${london}.datastore-6`,
          DatastoreClusterIdentifier: null,
          IsThin: false,
        },
        Preseed: { DatastoreIdentifier: `${london}.datastore-6`, Path: 'seeds/db.vmdk' },
        RDM: { DeviceIdentifier: `${london}.device-1`, IsPhysical: false },
        IsSwap: false,
        VolumeSyncSettings: 'ContinuousSync',
      },
    ],
    Nics: [
      {
        NicIdentifier: 'Network adapter 1',
        FailoverTest: {
          Hypervisor: { NetworkIdentifier: 'n-1' },
          VCD: { IpMode: 'IPPool', IsConnected: true, RecoveryOrgVdcNetworkIdentifier: 'net-t' },
        },
        Failover: {
          Hypervisor: {
            NetworkIdentifier: `${london}.network-7`,
            ShouldReplaceMacAddress: true,
            DnsSuffix: 'dr.example',
            IpConfig: {
              StaticIp: '10.0.0.5',
              SubnetMask: '255.255.255.0',
              Gateway: '10.0.0.1',
              IsDhcp: false,
            },
            ShouldReplaceIpConfiguration: true,
          },
        },
      },
    ],
  })
})

test('makes a VPG in the one call of a site before 6.0, and refuses what has no place there', async () => {
  await using zvm = await startDesk({ site: json({ SiteIdentifier: boston, Version: '5.5.20' }) })
  const old: VendorOptions = {
    name: 'mail-prod',
    protectedSiteId: boston,
    recoverySiteId: london,
    vms: [{ vmId }],
    defaultDatastoreId: `${london}.datastore-19`,
  }
  const given = { ...start, rpoSeconds: null, slaProfileId: boston, work: old }
  const prepared = await zvm.adapter.prepare(given, neverAborted)
  expect(prepared.calls).toEqual([
    {
      method: 'POST',
      path: '/v1/vpgs',
      body: {
        VpgName: 'mail-prod',
        VmsIdentifiers: [vmId],
        SourceSiteIdentifier: boston,
        TargetSiteIdentifier: london,
        Priority: 'Medium',
        DatastoreIdentifier: `${london}.datastore-19`,
        OrgVdcIdentifier: null,
        ResourcePoolIdentifier: null,
        ServiceProfileIdentifier: boston,
        VcdVappIdentifier: null,
        ZorgIdentifier: null,
      },
    },
  ])
  const refused = async (command: CommandOf<'START_REPLICATION'>): Promise<unknown> =>
    failureOf(zvm.adapter.prepare(command, neverAborted))
  expect(await refused({ ...given, slaProfileId: null, rpoSeconds: 60 })).toMatchObject({
    problem: { fields: [{ path: 'input.rpoSeconds' }] },
  })
  expect(await refused({ ...given, work: { ...old, failoverNetworkId: 'net-1' } })).toMatchObject({
    problem: { fields: [{ path: 'input.work.zertoGroup.failoverNetworkId' }] },
  })
  expect(await refused({ ...given, work: { ...old, vms: [{ vmId, recoveryHostId: 'host-1' }] } })).toMatchObject({
    problem: { fields: [{ path: 'input.work.zertoGroup.vms' }] },
  })
  expect(zvm.adapter.capabilities()).toMatchObject({ supports: { UPDATE: false, START_REPLICATION: true } })
  expect(await failureOf(zvm.adapter.prepare(update, neverAborted))).toMatchObject({
    problem: { code: 'CAPABILITY_UNSUPPORTED', capability: 'UPDATE' },
  })
})

test('sends no newer settings to a site that would ignore them', async () => {
  await using zvm = await startDesk({ site: json({ SiteIdentifier: boston, Version: '7.0.0' }) })
  const scratch = { hardLimitMegabytes: 1 }
  expect(await failureOf(zvm.adapter.prepare({ ...start, work: { ...work, scratch } }, neverAborted))).toMatchObject({
    problem: { code: 'INVALID_INPUT', fields: [{ path: 'input.work.zertoGroup' }] },
  })
  const vms = [{ vmId, volumes: [{ volumeId: 'scsi:0:0', isSwap: true }] }]
  expect(await failureOf(zvm.adapter.prepare({ ...update, options: { addVms: vms } }, neverAborted))).toMatchObject({
    problem: { code: 'INVALID_INPUT', fields: [{ path: 'input.zerto' }] },
  })
  expect(stepsOf(zvm)).toEqual([])
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
  expect(wordsOf(zvm)).toEqual([
    'POST /v1/vpgSettings',
    `GET ${settingsPath}/basic`,
    `PUT ${settingsPath}/basic`,
    `POST ${settingsPath}/commit`,
  ])
  expect(bodyOf(zvm, `PUT ${settingsPath}/basic`)).toEqual({
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

const basicOf = (request: ServiceRequest): unknown => ({ [request.path.split('/').at(-1) ?? '']: 'as it was' })

test('adds, changes and removes machines, and changes networks, journals and the recovery place of a VPG', async () => {
  const other = vmId.replace('vm-38', 'vm-39')
  const third = vmId.replace('vm-38', 'vm-40')
  await using zvm = await startScriptedZvm({
    answer: (request) => (toStep(request) === 'read' ? json(basicOf(request)) : proper[toStep(request)]),
  })
  const prepared = await zvm.adapter.prepare(
    {
      ...update,
      rpoSeconds: null,
      priority: null,
      slaProfileId: london,
      options: {
        name: 'mail-2',
        failoverNetworkId: `${london}.network-5`,
        defaultHostId: `${london}.host-9`,
        journal: { hardLimitMegabytes: 1000 },
        preRecoveryScript: { command: 'a.sh' },
        addVms: [{ vmId: third, recoveryHostId: `${london}.host-9` }],
        changeVms: [{ vmId: other, recoveryDatastoreId: `${london}.datastore-3` }],
        removeVmIds: [vmId],
      },
    },
    neverAborted,
  )
  await prepared.send(send)
  const merged = ['/basic', '/journal', '/recovery', '/networks', '/scripting']
  expect(wordsOf(zvm)).toEqual([
    'POST /v1/vpgSettings',
    ...merged.flatMap((part) => [`GET ${settingsPath}${part}`, `PUT ${settingsPath}${part}`]),
    `DELETE ${settingsPath}/vms/${vmId}`,
    `GET ${settingsPath}/vms/${other}`,
    `PUT ${settingsPath}/vms/${other}`,
    `POST ${settingsPath}/vms`,
    `POST ${settingsPath}/commit`,
  ])
  const put = (part: string): unknown => bodyOf(zvm, `PUT ${settingsPath}/${part}`)
  expect(put('basic')).toEqual({ basic: 'as it was', Name: 'mail-2', ServiceProfileIdentifier: london })
  expect(put('journal')).toEqual({
    journal: 'as it was',
    Limitation: { HardLimitInMB: 1000, HardLimitInPercent: 0 },
  })
  expect(put('recovery')).toEqual({
    recovery: 'as it was',
    DefaultHostIdentifier: `${london}.host-9`,
    DefaultHostClusterIdentifier: null,
  })
  expect(put('networks')).toEqual({
    networks: 'as it was',
    Failover: { Hypervisor: { DefaultNetworkIdentifier: `${london}.network-5` } },
  })
  expect(put(`vms/${other}`)).toMatchObject({
    Recovery: { DatastoreIdentifier: `${london}.datastore-3`, DatastoreClusterIdentifier: null },
  })
  expect(bodyOf(zvm, `POST ${settingsPath}/vms`)).toEqual({
    VmIdentifier: third,
    Recovery: { ...noPlace, HostIdentifier: `${london}.host-9` },
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
  expect([...new Set(stepsOf(zvm))]).toEqual(steps)
  expect(new Set(wordsOf(zvm)).size).toBe(wordsOf(zvm).length)
})

test('gives up an update whose settings cannot be read, and leaves nothing behind', async () => {
  await using zvm = await startDesk({ read: { status: 200, body: '<html></html>' } })
  const prepared = await zvm.adapter.prepare(update, neverAborted)
  expect(await failureOf(prepared.send(send))).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
  expect(stepsOf(zvm)).toEqual(['open', 'read', 'delete'])
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
  [
    'two limits of one journal',
    { ...start, work: { ...work, journalHardLimitMegabytes: 1, journalHardLimitPercent: 1 } },
    'input.work.zertoGroup.hardLimitPercent',
  ],
  ['a machine named twice', { ...start, work: { ...work, vms: [{ vmId }, { vmId }] } }, 'input.work.zertoGroup.vms'],
  ['a machine removed and added', { ...update, options: { addVms: [{ vmId }], removeVmIds: [vmId] } }, 'input.zerto'],
  [
    'a boot group for a VPG that exists',
    { ...update, options: { addVms: [{ vmId, bootGroup: 'x' }] } },
    'input.zerto.addVms',
  ],
  ['an update of the description', { ...update, description: 'a' }, 'input.description'],
] as const)('refuses %s before anything is sent', async (_, command, path) => {
  // A3
  await using zvm = await startDesk()
  expect(await failureOf(zvm.adapter.prepare(command, neverAborted))).toMatchObject({
    problem: { code: 'INVALID_INPUT', fields: [{ path }] },
  })
  expect(zvm.service.exchanges).toEqual([])
})
