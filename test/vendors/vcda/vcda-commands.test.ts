import { describe, expect, it } from 'vitest'
import type { CommandOf, VendorOptions } from '../../../src/domain/command.ts'
import { toGlobalId } from '../../../src/domain/global-id.ts'
import type { TaskTarget } from '../../../src/domain/task.ts'
import { toCommandCall, type RecoveryPlace, type TargetedCommand } from '../../../src/vendors/vcda/vcda-commands.ts'
import { otherVmId, thrownBy, vappId, vmId } from './vcda-samples.ts'

const vm: TaskTarget = { kind: 'Replication', vendor: 'VCDA', nativeId: vmId }
const group: TaskTarget = { kind: 'ProtectionGroup', vendor: 'VCDA', nativeId: vappId }

interface RecoveryDetails {
  readonly options?: VendorOptions
  readonly recoveryPointNativeId?: string
  readonly memberNativeIds?: readonly string[]
}

const newest = { options: null, recoveryPointNativeId: null, memberNativeIds: null }

const failover = (target: TaskTarget, more: RecoveryDetails = {}): CommandOf<'FAILOVER'> => ({
  operation: 'FAILOVER',
  target,
  ...newest,
  ...more,
})

const test = (target: TaskTarget, more: RecoveryDetails = {}): CommandOf<'TEST_FAILOVER'> => ({
  operation: 'TEST_FAILOVER',
  target,
  ...newest,
  ...more,
})

const move = (target: TaskTarget, options: VendorOptions | null = null): TargetedCommand => ({
  operation: 'MOVE',
  target,
  options,
})

const update = (more: Partial<CommandOf<'UPDATE'>>): CommandOf<'UPDATE'> => ({
  operation: 'UPDATE',
  target: vm,
  options: null,
  description: null,
  rpoSeconds: null,
  slaProfileId: null,
  priority: null,
  ...more,
})

const endTest = (more: Partial<CommandOf<'END_TEST_FAILOVER'>> = {}): CommandOf<'END_TEST_FAILOVER'> => ({
  operation: 'END_TEST_FAILOVER',
  target: vm,
  options: null,
  wasSuccessful: null,
  summary: null,
  ...more,
})

const bodyOf = (command: TargetedCommand, place: RecoveryPlace = 'vcloud') => toCommandCall(command, place).body

const refusalOf = (command: TargetedCommand, place: RecoveryPlace = 'vcloud') =>
  thrownBy(() => toCommandCall(command, place)).problem

const storedNetworks = { vAppNetworkSettings: null, vmNetworkSettings: null }

describe('commands without a body', () => {
  it.for([
    { operation: 'PAUSE', method: 'POST', end: '/pause' },
    { operation: 'RESUME', method: 'POST', end: '/resume' },
    { operation: 'SYNC', method: 'POST', end: '/sync' },
    { operation: 'REVERSE', method: 'POST', end: '/reverse' },
    { operation: 'STOP', method: 'DELETE', end: '' },
  ] as const)('$operation is $method …$end, for a machine and for a group', ({ operation, method, end }) => {
    const callOf = (target: TaskTarget) => toCommandCall({ operation, target, options: null }, 'vcloud')
    expect(callOf(vm)).toEqual({ method, path: `/vm-replications/${vmId}${end}`, body: null })
    expect(callOf(group)).toEqual({ method, path: `/vapp-replications/${vappId}${end}`, body: null })
  })

  it('cleans a test up with DELETE', () => {
    expect(toCommandCall(endTest(), 'vcloud')).toEqual({
      method: 'DELETE',
      path: `/vm-replications/${vmId}/failover-test`,
      body: null,
    })
  })

  it.for(['PAUSE', 'STOP', 'REVERSE'] as const)('refuses options for %s, which takes none', (operation) => {
    const problem = refusalOf({ operation, target: vm, options: { force: true } })
    expect(problem).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'input.vcda' }] })
  })

  it('refuses a verdict or a summary of a test, which nobody would keep', () => {
    expect(refusalOf(endTest({ wasSuccessful: true })).code).toBe('INVALID_INPUT')
    expect(refusalOf(endTest({ summary: 'fine' })).code).toBe('INVALID_INPUT')
  })
})

describe('a failover', () => {
  it('leaves nothing to a default', () => {
    // A4
    expect(toCommandCall(failover(vm), 'vcloud')).toEqual({
      method: 'POST',
      path: `/vm-replications/${vmId}/failover`,
      body: { type: 'vcloud', consolidate: false, powerOn: true, instanceId: null, ...storedNetworks },
    })
    expect(toCommandCall(failover(group), 'vcloud')).toEqual({
      method: 'POST',
      path: `/vapp-replications/${vappId}/failover`,
      body: { type: 'vcloud', consolidate: false, powerOn: true, instanceMap: null, ...storedNetworks },
    })
  })

  it('goes to a vCenter in the words of a vCenter', () => {
    expect(bodyOf(failover(vm), 'vcenter')).toEqual({
      type: 'vcenter',
      consolidate: false,
      powerOn: true,
      instanceId: null,
      snapshotOptions: 'DO_NOTHING',
    })
  })

  it('sends what was chosen', () => {
    const options = { powerOn: false, consolidate: true, placementPolicyId: 'p-1', sizingPolicyId: 's-1' }
    const command = failover(vm, { options, recoveryPointNativeId: `${vmId}/h4replica-7` })
    expect(bodyOf(command)).toEqual({
      type: 'vcloud',
      consolidate: true,
      powerOn: false,
      instanceId: 'h4replica-7',
      ...storedNetworks,
      placementPolicy: 'p-1',
      sizingPolicy: 's-1',
    })
  })

  it('of a group takes a recovery point for each member', () => {
    const recoveryPointByReplication = [
      {
        replicationId: toGlobalId('Replication', 'VCDA', vmId),
        recoveryPointId: toGlobalId('RecoveryPoint', 'VCDA', `${vmId}/replica-1`),
      },
    ]
    expect(bodyOf(failover(group, { options: { recoveryPointByReplication } }))).toMatchObject({
      instanceMap: { [vmId]: 'replica-1' },
    })
  })

  it('maps networks in the words of the vendor', () => {
    const network = { id: 'n-1', name: 'net' }
    const networks = {
      copySourceNetworks: true,
      mappings: [{ sourceNetworkName: 'old', destinationNetwork: network }],
      vms: [{ vmId: 'm-1', nics: [{ index: 0, networkName: 'net', ipAllocationMode: 'POOL' }] }],
    }
    expect(bodyOf(failover(vm, { options: { networks } }))).toMatchObject({
      vAppNetworkSettings: {
        bridgeOrgVdcNetworks: [],
        bulkConnectVmNics: false,
        copySourceNetworks: true,
        networkMappings: [{ sourceNetworkName: 'old', sourceOrgVdcNetwork: null, destinationOrgVdcNetwork: network }],
      },
      vmNetworkSettings: {
        'm-1': { primaryNicIndex: 0, nics: [{ nicIndex: 0, network: 'net', ipAddressAllocationMode: 'POOL' }] },
      },
    })
  })

  it.for([
    { why: 'one recovery point for a whole group', command: failover(group, { recoveryPointNativeId: `${vmId}/r-1` }) },
    { why: 'a point of another machine', command: failover(vm, { recoveryPointNativeId: `${otherVmId}/r-1` }) },
    { why: 'a point that is none', command: failover(vm, { recoveryPointNativeId: 'r-1' }) },
    { why: 'an option that nobody knows', command: failover(vm, { options: { poweron: true } }) },
    { why: 'an option of the wrong type', command: failover(vm, { options: { powerOn: 'yes' } }) },
    {
      why: 'points of members for a machine',
      command: failover(vm, {
        options: {
          recoveryPointByReplication: [
            {
              replicationId: toGlobalId('Replication', 'VCDA', vmId),
              recoveryPointId: toGlobalId('RecoveryPoint', 'VCDA', `${vmId}/r-1`),
            },
          ],
        },
      }),
    },
    {
      why: 'a point of another member',
      command: failover(group, {
        options: {
          recoveryPointByReplication: [
            {
              replicationId: toGlobalId('Replication', 'VCDA', vmId),
              recoveryPointId: toGlobalId('RecoveryPoint', 'VCDA', `${otherVmId}/r-1`),
            },
          ],
        },
      }),
    },
    {
      why: 'ids of another vendor',
      command: failover(group, {
        options: {
          recoveryPointByReplication: [
            { replicationId: toGlobalId('Replication', 'ZERTO', vmId), recoveryPointId: 'nonsense' },
          ],
        },
      }),
    },
  ])('is refused with INVALID_INPUT for $why', ({ command }) => {
    // A3
    expect(refusalOf(command).code).toBe('INVALID_INPUT')
  })

  it('is refused for networks and policies at a vCenter, which has none', () => {
    expect(refusalOf(failover(vm, { options: { networks: {} } }), 'vcenter').code).toBe('INVALID_INPUT')
    expect(refusalOf(failover(vm, { options: { sizingPolicyId: 's' } }), 'vcenter').code).toBe('INVALID_INPUT')
  })

  it('is refused for some members of a group: the vendor recovers it whole', () => {
    expect(refusalOf(failover(group, { memberNativeIds: [vmId] }))).toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
      capability: 'RECOVER_SOME_MEMBERS',
    })
  })
})

describe('a test and a move', () => {
  it('leave nothing to a default', () => {
    // A4
    expect(toCommandCall(test(vm), 'vcloud')).toEqual({
      method: 'POST',
      path: `/vm-replications/${vmId}/failover-test`,
      body: { type: 'vcloud', sync: false, powerOn: true, instanceId: null, ...storedNetworks },
    })
    expect(toCommandCall(move(group), 'vcloud')).toEqual({
      method: 'POST',
      path: `/vapp-replications/${vappId}/migrate`,
      body: { type: 'vcloud', consolidate: false, powerOn: true, ...storedNetworks },
    })
  })

  it('synchronises first or goes back in time, but not both', () => {
    expect(bodyOf(test(vm, { options: { syncFirst: true } }))).toMatchObject({ sync: true, instanceId: null })
    const both = test(vm, { options: { syncFirst: true }, recoveryPointNativeId: `${vmId}/r-1` })
    expect(refusalOf(both).code).toBe('INVALID_INPUT')
  })
})

describe('an update', () => {
  it('sends only what is to change, in minutes', () => {
    const options = { retentionRules: [{ count: 3, distanceSeconds: 3600 }], isQuiesced: true }
    expect(toCommandCall(update({ rpoSeconds: 900, description: '', options }), 'vcloud')).toEqual({
      method: 'PATCH',
      path: `/vm-replications/${vmId}`,
      body: {
        description: '',
        rpo: 15,
        quiesced: true,
        retentionPolicy: { rules: [{ distance: 60, numberOfInstances: 3 }] },
      },
    })
  })

  it.for([
    { why: 'nothing to change', command: update({}) },
    { why: 'a priority', command: update({ priority: 'HIGH' }) },
    { why: 'half a minute', command: update({ rpoSeconds: 90 }) },
    {
      why: 'half a minute between points',
      command: update({ options: { retentionRules: [{ count: 1, distanceSeconds: 30 }] } }),
    },
  ])('is refused for $why', ({ command }) => {
    expect(refusalOf(command).code).toBe('INVALID_INPUT')
  })
})

describe('what the vendor has not', () => {
  it.for(['COMMIT_FAILOVER', 'ROLLBACK_FAILOVER', 'COMMIT_MOVE', 'ROLLBACK_MOVE', 'ABORT_CLONE'] as const)(
    'is refused: %s',
    (operation) => {
      expect(refusalOf({ operation, target: vm, options: null, pendingOptions: null })).toMatchObject({
        code: 'CAPABILITY_UNSUPPORTED',
        capability: operation,
        vendor: 'VCDA',
      })
    },
  )

  it('is refused: checkpoints and clones', () => {
    const checkpoint: TargetedCommand = { operation: 'CREATE_CHECKPOINT', target: vm, options: null, name: 'now' }
    const clone: TargetedCommand = { operation: 'START_CLONE', target: vm, ...newest }
    expect([refusalOf(checkpoint).code, refusalOf(clone).code]).toEqual([
      'CAPABILITY_UNSUPPORTED',
      'CAPABILITY_UNSUPPORTED',
    ])
  })
})

describe('a target', () => {
  it.for([
    `${vmId}/../../sites`,
    '..',
    '%2e%2e',
    `${vmId}?x=1`,
    `${vmId}\r\nX: y`,
    `${vmId}\u0000`,
    'H4-11111111-1111-4111-8111-111111111111',
    vappId,
    '',
  ])('that is no id of a VM replication never gets into a path: %j', (nativeId) => {
    // V1
    const target: TaskTarget = { kind: 'Replication', vendor: 'VCDA', nativeId }
    expect(refusalOf({ operation: 'PAUSE', target, options: null }).code).toBe('NOT_FOUND')
  })
})
