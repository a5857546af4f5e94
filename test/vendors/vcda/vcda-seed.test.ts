import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { StartReplicationCommand } from '../../../src/domain/command.ts'
import { toGlobalId } from '../../../src/domain/global-id.ts'
import { createVcdaAdapter } from '../../../src/vendors/vcda/vcda-adapter.ts'
import { toReplication } from '../../../src/vendors/vcda/vcda-mapping.ts'
import { toStartCall } from '../../../src/vendors/vcda/vcda-start.ts'
import { toTaskReading } from '../../../src/vendors/vcda/vcda-task-mapping.ts'
import { task, vmReplication } from '../../../src/vendors/vcda/vcda-wire.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { startTinyServer } from '../../upstream/tiny-server.ts'
import { emptyContext, readFixture, thrownBy } from './vcda-samples.ts'
import { sendAs, silentLogger } from './vcda-site.ts'

/** The values of the example request of "Start Vm Replication"; the ends have the members of their documented kinds. */
const seedWork = {
  sourceSiteName: 'site1',
  vmId: 'd1d9739f-9e3b-4c24-9cbb-3a9fdddaf47c',
  destination: { siteName: 'site2', vdcId: '5ee9224f-305d-46f6-865f-b605e70acef8' },
  dataConnectionType: 'ENCRYPTED_COMPRESSED',
  isMigration: false,
  isQuiesced: true,
  retentionRules: [{ count: 3, distanceSeconds: 900 }],
  targetDiskType: 'THIN',
}

const seedCommand: StartReplicationCommand = {
  operation: 'START_REPLICATION',
  description: 'new description',
  rpoSeconds: 900,
  slaProfileId: 'e137ef16-010a-4cc8-9121-53985cb67c5b',
  workKind: 'vcdaVm',
  work: seedWork,
}

const seedBody = {
  dataConnectionType: 'ENCRYPTED_COMPRESSED',
  description: 'new description',
  destination: {
    type: 'vcloud',
    site: 'site2',
    vdc: '5ee9224f-305d-46f6-865f-b605e70acef8',
    storageProfile: '*',
  },
  initialSyncTime: 0,
  isMigration: false,
  quiesced: true,
  retentionPolicy: { rules: [{ distance: 15, numberOfInstances: 3 }] },
  rpo: 15,
  slaProfileId: 'e137ef16-010a-4cc8-9121-53985cb67c5b',
  source: { type: 'vm', site: 'site1', vmId: 'd1d9739f-9e3b-4c24-9cbb-3a9fdddaf47c' },
  targetDiskType: 'THIN',
}

const start = (more: Partial<StartReplicationCommand>, work: object = {}) =>
  toStartCall({ ...seedCommand, ...more, work: { ...seedWork, ...work } }).call

const answerToSeed = JSON.stringify(readFixture('start-vm-replication-task'))

describe('Start Vm Replication', () => {
  it('leaves as the example has it: method, path, headers and the bytes of the body', async () => {
    await using server = await startTinyServer((request, response) => {
      const isSignIn = request.url === '/sessions'
      response.writeHead(isSignIn ? 200 : 202, isSignIn ? { 'X-VCAV-Auth': 'token-1' } : {})
      response.end(isSignIn ? '{}' : answerToSeed)
    })
    const site = {
      name: 'cloud-a',
      url: server.url,
      tls: {},
      login: { type: 'localUser', user: 'root', password: 'p' },
    }
    await using adapter = createVcdaAdapter(site, { clock: createFakeClock(), logger: silentLogger })
    const { signal } = new AbortController()
    const prepared = await adapter.prepare(seedCommand, signal)
    expect(server.seen).toEqual([])
    expect(prepared.calls).toEqual([{ method: 'POST', path: '/vm-replications', body: seedBody }])

    const accepted = await prepared.send(sendAs('op-1', signal))
    expect(accepted).toEqual({ kind: 'TASK', vendorTaskId: 'f61d60d2-698a-46dc-a266-88df27644956' })
    const [signIn, sent] = server.requests
    expect(signIn?.body).toBe('{"type":"localUser","localUser":"root","localPassword":"p"}')
    expect(sent).toMatchObject({
      method: 'POST',
      url: '/vm-replications',
      headers: { 'x-vcav-auth': 'token-1', operationid: 'op-1', 'content-type': 'application/json' },
      body: JSON.stringify(seedBody),
    })
    // Node folds the case of names; the vendor's spelling is operationID.
    expect(server.requests).toHaveLength(2)
  })

  it('of a vApp goes to /vapp-replications with the vApp as its source', () => {
    const { vmId: _vmId, ...work } = seedWork
    const call = toStartCall({ ...seedCommand, workKind: 'vcdaVapp', work: { ...work, vappId: '9664de13' } }).call
    expect(call.path).toBe('/vapp-replications')
    expect(call.body).toEqual({ ...seedBody, source: { type: 'vapp', site: 'site1', vappId: '9664de13' } })
  })

  it('of a machine of a vCenter names the vCenter and the vApp to be', () => {
    const work = { ...seedWork, vmId: 'vm-15', vcenterId: 'vc-1', vappName: 'shop', excludedDiskKeys: [2000] }
    expect(toStartCall({ ...seedCommand, workKind: 'vcdaVcenterVm', work }).call).toMatchObject({
      path: '/vm-replications',
      body: {
        source: { type: 'vcVm', site: 'site1', vcUuid: 'vc-1', vmId: 'vm-15', vappName: 'shop', excludedDisks: [2000] },
      },
    })
  })

  it.for([
    {
      destination: {
        siteName: 'site2',
        vdcId: 'v',
        storageProfileId: 'sp',
        placementPolicyId: 'p',
        sizingPolicyId: 's',
      },
      wire: { type: 'vcloud', site: 'site2', vdc: 'v', storageProfile: 'sp', placementPolicy: 'p', sizingPolicy: 's' },
    },
    {
      destination: { siteName: 'site2', vdcId: 'v', seedId: 'old' },
      wire: { type: 'vm', site: 'site2', vdc: 'v', storageProfile: '*', seedVmId: 'old' },
    },
    { destination: { siteName: 'branch' }, wire: { type: 'vc', site: 'branch' } },
    {
      destination: { siteName: 'branch', seedId: 'vm-1', seedVcenterId: 'vc-1' },
      wire: { type: 'vcVm', site: 'branch', seedVm: { moId: 'vm-1', vcId: 'vc-1' } },
    },
  ])('knows the destination $wire.type', ({ destination, wire }) => {
    expect(start({}, { destination }).body).toMatchObject({ destination: wire })
  })

  it('sends every member, and null for what the SLA profile decides', () => {
    // A4
    const nothing = { dataConnectionType: null, isQuiesced: null, retentionRules: null, targetDiskType: null }
    expect(start({ rpoSeconds: null, description: null }, nothing).body).toEqual({
      ...seedBody,
      description: null,
      dataConnectionType: null,
      quiesced: null,
      retentionPolicy: null,
      rpo: null,
    })
    expect(start({ slaProfileId: null }, nothing).body).toEqual({
      ...seedBody,
      slaProfileId: null,
      dataConnectionType: 'ENCRYPTED_COMPRESSED',
      quiesced: false,
      retentionPolicy: { rules: [] },
    })
  })

  it('of a migration has the RPO of every migration', () => {
    const body = start({ rpoSeconds: null, slaProfileId: null }, { isMigration: true }).body
    expect(body).toMatchObject({ isMigration: true, rpo: 1440, slaProfileId: null })
  })

  it.for([
    { why: 'an RPO of half a minute', more: { rpoSeconds: 90 }, work: {} },
    { why: 'neither RPO nor profile', more: { rpoSeconds: null, slaProfileId: null }, work: {} },
    { why: 'a migration with a profile', more: { rpoSeconds: null }, work: { isMigration: true } },
    { why: 'work of another vendor', more: { workKind: 'zertoGroup' }, work: {} },
    { why: 'a kind of work that nobody has', more: { workKind: 'constructor' }, work: {} },
    { why: 'a member that nobody knows', more: {}, work: { rpo: 5 } },
    {
      why: 'six retention rules',
      more: {},
      work: { retentionRules: Array.from({ length: 6 }, () => ({ count: 1, distanceSeconds: 60 })) },
    },
    { why: 'half a seed', more: {}, work: { destination: { siteName: 'branch', seedId: 'vm-1' } } },
    { why: 'a policy at a vCenter', more: {}, work: { destination: { siteName: 'branch', sizingPolicyId: 's' } } },
  ])('is refused for $why', ({ more, work }) => {
    // A3
    expect(thrownBy(() => start(more, work)).problem.code).toBe('INVALID_INPUT')
  })
})

describe('the answer to Start Vm Replication', () => {
  const wire = task.parse(readFixture('start-vm-replication-task'))

  it('becomes a task that succeeded, with no problem although the example shows one', () => {
    expect(toTaskReading(wire, 'cloud-a')).toEqual({
      vendorTaskId: 'f61d60d2-698a-46dc-a266-88df27644956',
      operation: 'SYNC',
      vendorOperation: 'sync',
      state: 'SUCCEEDED',
      progressPercent: 100,
      stage: null,
      startedAt: new Date(1_499_929_548_951),
      endedAt: new Date(1_499_929_558_827),
      startedBy: 'root',
      target: { kind: 'ProtectionGroup', vendor: 'VCDA', nativeId: 'C4VAPP-ccbe771e-b685-46c7-8c7a-4ed36915d963' },
      targetName: 'my vapp 1',
      problem: null,
      warnings: [],
    })
  })

  it('carries a replication, of which every member has its place', () => {
    const { result } = z.object({ result: z.unknown() }).parse(readFixture('start-vm-replication-task'))
    const context = { ...emptyContext, vendorNow: new Date(1_469_701_818_743 + 2_400_000) }
    const end = { hypervisor: 'CLOUD_DIRECTOR', datastore: null, storageProfile: null, vApp: null }
    expect(toReplication(vmReplication.parse(result), context)).toEqual({
      id: toGlobalId('Replication', 'VCDA', 'C4-11111111-af9d-446a-8599-5b693842c4a3'),
      vendor: 'VCDA',
      nativeId: 'C4-11111111-af9d-446a-8599-5b693842c4a3',
      name: 'my vm 1',
      description: 'new description',
      purpose: 'MIGRATION',
      source: {
        ...end,
        siteId: toGlobalId('Site', 'VCDA', 'site1'),
        siteName: 'site1',
        organization: 'org1',
        datacenter: 'Virtual DC 1',
        vApp: 'vApp1',
      },
      destination: {
        ...end,
        siteId: toGlobalId('Site', 'VCDA', 'site2'),
        siteName: 'site2',
        organization: 'org2',
        datacenter: 'Virtual DC 2',
        datastore: 'test datastore',
        storageProfile: 'Default',
      },
      isReversed: false,
      state: 'SYNCING',
      vendorState: 'SYNCING/opened/NOT_STARTED',
      health: 'HEALTHY',
      rpo: {
        targetSeconds: 900,
        actualSeconds: 2400,
        violationSeconds: 1500,
        verdict: 'VIOLATING',
        lastSyncedAt: new Date(1_469_701_818_743),
      },
      sync: {
        percent: 40,
        bytesTransferred: 400,
        bytesToTransfer: 1000,
        checksumComparedBytes: 1000,
        checksumTotalBytes: 1000,
        etaSeconds: null,
      },
      recovery: {
        phase: 'NONE',
        pending: null,
        isTestRunning: false,
        testStage: null,
        isPaused: false,
        isBlockedBySync: false,
        hasRecoveryPoint: true,
        since: null,
        commitPolicy: null,
        autoDecisionAt: null,
        recoveryPointNativeId: null,
      },
      storage: { provisionedBytes: null, usedBytes: 0, journalUsedBytes: null },
      details: {
        vendor: 'VCDA',
        nativeId: 'C4-11111111-af9d-446a-8599-5b693842c4a3',
        vappReplicationId: 'C4VAPP-ccbe771e-b685-46c7-8c7a-4ed36915d963',
        owner: 'org1@site1',
        metadata: {},
        dataConnectionState: 'SYNCING',
        sourceState: 'idle',
        sourceStateAgeSeconds: 0,
        destinationState: 'opened',
        destinationStateAgeSeconds: 0,
        recoveryState: 'NOT_STARTED',
        isMovingReplica: false,
        dataConnectionType: 'ENCRYPTED_COMPRESSED',
        initialSyncAt: null,
        excludedDiskKeys: [0],
        lastErrorCode: 'Forbidden',
        lastErrorMessage: 'Permission denied.',
        lastErrorArguments: [],
        lastUpdatedAt: new Date(618_094_800_000),
        slaProfileId: '61c528c8-1a8c-4c4e-8886-f1b6eeba98a5',
        storageProfileId: 'ecde053f-1aed-4547-b73a-52b9f7c48298',
        datastoreId: 'datastore',
        datastoreMoref: 'datastore-33',
        vimServer: 'vim server',
        vimServerInstanceUuid: 'b260ac0-eec6-4437-9184-54ee34a1e28d',
        optimizedReverseUntil: null,
        recoveredVmId: null,
        recoveredVappId: null,
        recoveryType: null,
        recoveredStorageProfileId: null,
        recoveredStorageProfileName: null,
        guestCustomization: null,
        source: {
          vdcId: 'f61d60d2-698a-46dc-a266-88df27644956',
          vappId: 'd6977f40-4d90-46b2-a34e-5077e8648eda',
          recoveredVappId: null,
          catalogItemId: null,
        },
        destination: {
          vdcId: '5ee9224f-305d-46f6-865f-b605e70acef8',
          vappId: null,
          recoveredVappId: null,
          catalogItemId: null,
        },
      },
      vm: {
        vendorId: 'd1d9739f-9e3b-4c24-9cbb-3a9fdddaf47c',
        platformIds: ['cloud-director:d1d9739f-9e3b-4c24-9cbb-3a9fdddaf47c'],
        name: 'my vm 1',
        description: 'description',
        computerName: 'computerName',
        guestOs: null,
        hardwareVersion: null,
        cpuCount: null,
        memoryBytes: null,
        startup: {
          order: 0,
          startAction: 'powerOn',
          startDelaySeconds: 0,
          stopAction: 'powerOff',
          stopDelaySeconds: 0,
        },
      },
      groupNativeId: 'C4VAPP-ccbe771e-b685-46c7-8c7a-4ed36915d963',
      settings: {
        rpoSeconds: 900,
        isQuiesced: true,
        retentionRules: [{ count: 3, distanceSeconds: 900 }],
        journalHistorySeconds: null,
        slaProfileName: 'Gold',
      },
      latestRecoveryPoint: {
        id: toGlobalId(
          'RecoveryPoint',
          'VCDA',
          'C4-11111111-af9d-446a-8599-5b693842c4a3/replica-52f3e775-a8fa-13e3-e9be-39264ed2dfe2',
        ),
        vendor: 'VCDA',
        nativeId: 'C4-11111111-af9d-446a-8599-5b693842c4a3/replica-52f3e775-a8fa-13e3-e9be-39264ed2dfe2',
        vendorId: 'replica-52f3e775-a8fa-13e3-e9be-39264ed2dfe2',
        ownerNativeId: 'C4-11111111-af9d-446a-8599-5b693842c4a3',
        takenAt: new Date(1_469_701_818_743),
        tag: null,
        isPinned: false,
        quiesced: 'FILE_SYSTEM',
        transferBytes: 512_000,
        transferSeconds: 4,
        sequenceNumber: 11,
      },
    })
  })
})
