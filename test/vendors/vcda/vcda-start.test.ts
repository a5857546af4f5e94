import { describe, expect, it } from 'vitest'
import type { StartReplicationCommand, VendorOptions } from '../../../src/domain/command.ts'
import { toCommandCall } from '../../../src/vendors/vcda/vcda-commands.ts'
import { toStartCall } from '../../../src/vendors/vcda/vcda-start.ts'
import type { ApiVersion } from '../../../src/vendors/vcda/vcda-versions.ts'
import { thrownBy, vmId } from './vcda-samples.ts'

const cloud = { siteName: 'west', vdcId: 'vdc-1' }
const vcenter = { siteName: 'onprem' }

const sources = {
  vcdaVm: { vmId: 'm-1' },
  vcdaVapp: { vappId: 'a-1' },
  vcdaVappTemplate: { vappTemplateId: 't-1' },
  vcdaVcenterVm: { vcenterId: 'vc-1', vmId: 'vm-15', vappName: 'shop' },
  vcdaVcenterVapp: { vcenterId: 'vc-1', vappName: 'shop', vms: [{ vmId: 'vm-15' }, { vmId: 'vm-16' }] },
} as const

type Kind = keyof typeof sources

const start = (workKind: Kind, destination: VendorOptions, version: ApiVersion | null = null, more: object = {}) => {
  const command: StartReplicationCommand = {
    operation: 'START_REPLICATION',
    description: null,
    rpoSeconds: 900,
    slaProfileId: null,
    workKind,
    work: { sourceSiteName: 'east', destination, ...sources[workKind], ...more },
  }
  return toStartCall(command, version)
}

const bodyOf = (...given: Parameters<typeof start>) => start(...given).call.body
const refusalOf = (...given: Parameters<typeof start>) => thrownBy(() => start(...given)).problem

describe('a start', () => {
  it.for([
    { kind: 'vcdaVm', path: '/vm-replications', source: { type: 'vm', site: 'east', vmId: 'm-1' } },
    { kind: 'vcdaVapp', path: '/vapp-replications', source: { type: 'vapp', site: 'east', vappId: 'a-1' } },
    {
      kind: 'vcdaVappTemplate',
      path: '/vapp-replications',
      source: { type: 'vappTemplate', site: 'east', vappTemplateId: 't-1' },
    },
    {
      kind: 'vcdaVcenterVm',
      path: '/vm-replications',
      source: { type: 'vcVm', site: 'east', vcUuid: 'vc-1', vmId: 'vm-15', vappName: 'shop', excludedDisks: [] },
    },
    {
      kind: 'vcdaVcenterVapp',
      path: '/vapp-replications',
      source: {
        type: 'vcVapp',
        site: 'east',
        vcUuid: 'vc-1',
        vappName: 'shop',
        vmIds: ['vm-15', 'vm-16'],
        vmExcludedDisks: {},
        vmStartupInfoMap: {},
      },
    },
  ] as const)('of $kind goes to $path with its source', ({ kind, path, source }) => {
    const { call, siteNames } = start(kind, cloud)
    expect(call.path).toBe(path)
    expect(call.body).toMatchObject({ source })
    expect(siteNames).toEqual(['east', 'west'])
  })

  it.for([
    { kind: 'vcdaVcenterVapp', newName: 'shop' },
    // The machine keeps its own name; `vappName` is that of the vApp it is put into.
    { kind: 'vcdaVcenterVm', newName: null },
    { kind: 'vcdaVapp', newName: null },
    { kind: 'vcdaVappTemplate', newName: null },
    { kind: 'vcdaVm', newName: null },
  ] as const)('of $kind knows the name of what it makes where it gives one: $newName', ({ kind, newName }) => {
    expect(start(kind, cloud).newName).toBe(newName)
  })

  const plain = { type: 'vcloud', site: 'west', vdc: 'vdc-1', storageProfile: '*' }
  const seeded = { ...cloud, seedId: 'seed-1' }
  const oneSeed = { ...vcenter, seedId: 'vm-1', seedVcenterId: 'vc-2' }
  const allSeeds = { ...vcenter, vmSeeds: [{ vmId: 'm-1', seedId: 'vm-1', seedVcenterId: 'vc-2' }] }
  const inCloud = (type: string, seed: object) => ({ ...plain, type, ...seed })
  const machine = {
    seeded: inCloud('vm', { seedVmId: 'seed-1' }),
    given: oneSeed,
    atVcenter: { type: 'vcVm', site: 'onprem', seedVm: { moId: 'vm-1', vcId: 'vc-2' } },
    refused: allSeeds,
  }
  const group = {
    seeded: inCloud('vapp', { seedVappId: 'seed-1' }),
    given: allSeeds,
    atVcenter: { type: 'vcVapp', site: 'onprem', seedVms: [{ vmId: 'm-1', moId: 'vm-1', vcId: 'vc-2' }] },
    refused: oneSeed,
  }

  it.for([
    { kind: 'vcdaVm', ...machine },
    { kind: 'vcdaVapp', ...group },
    { kind: 'vcdaVappTemplate', ...group },
    { kind: 'vcdaVcenterVm', ...machine },
    { kind: 'vcdaVcenterVapp', ...group },
  ] as const)('of $kind goes to every kind of destination, with seeds and without', (row) => {
    const { kind } = row
    expect(bodyOf(kind, cloud)).toMatchObject({ destination: plain })
    expect(bodyOf(kind, vcenter)).toMatchObject({ destination: { type: 'vc', site: 'onprem' } })
    expect(bodyOf(kind, seeded)).toMatchObject({ destination: row.seeded })
    expect(bodyOf(kind, row.given)).toMatchObject({ destination: row.atVcenter })
    expect(refusalOf(kind, row.refused).code).toBe('INVALID_INPUT')
  })

  it('from a vCenter names excluded disks and the order of the machines', () => {
    const startup = { order: 2, startDelaySeconds: 30, stopAction: 'guestShutdown' }
    const vmStartupInfo = {
      order: 2,
      startAction: 'powerOn',
      startDelay: 30,
      stopAction: 'guestShutdown',
      stopDelay: 0,
    }
    const alone = bodyOf('vcdaVcenterVm', cloud, null, { excludedDiskKeys: [2000], startup })
    expect(alone).toMatchObject({ source: { excludedDisks: [2000], vmStartupInfo } })
    const vms = [
      { vmId: 'vm-15', excludedDiskKeys: [2000] },
      { vmId: 'vm-16', startup },
    ]
    expect(bodyOf('vcdaVcenterVapp', cloud, null, { vms })).toMatchObject({
      source: { vmExcludedDisks: { 'vm-15': [2000] }, vmStartupInfoMap: { 'vm-16': vmStartupInfo } },
    })
  })

  it.for([
    { why: 'a seed of a vCenter in a data center', kind: 'vcdaVm', destination: { ...cloud, seedVcenterId: 'v' } },
    {
      why: 'seeds of machines in a data center',
      kind: 'vcdaVapp',
      destination: { ...cloud, vmSeeds: allSeeds.vmSeeds },
    },
    { why: 'a storage profile of a vCenter', kind: 'vcdaVm', destination: { ...vcenter, storageProfileId: 's' } },
    { why: 'half a seed', kind: 'vcdaVm', destination: { ...vcenter, seedId: 'vm-1' } },
  ] as const)('is refused for $why', ({ kind, destination }) => {
    expect(refusalOf(kind, destination).code).toBe('INVALID_INPUT')
  })

  it('is refused for a machine that is named twice', () => {
    const vms = [{ vmId: 'vm-15' }, { vmId: 'vm-15' }]
    expect(refusalOf('vcdaVcenterVapp', cloud, null, { vms }).code).toBe('INVALID_INPUT')
  })

  it.for([
    { kind: 'vcdaVm', destination: { ...cloud, placementPolicyId: 'p' }, last: '4.4', first: '4.5' },
    { kind: 'vcdaVm', destination: { ...cloud, sizingPolicyId: 's' }, last: '4.4', first: '4.5' },
    { kind: 'vcdaVappTemplate', destination: cloud, last: '4.2', first: '4.3' },
  ] as const)('of $kind with $destination needs $first', ({ kind, destination, last, first }) => {
    expect(refusalOf(kind, destination, last).code).toBe('INVALID_INPUT')
    expect(start(kind, destination, first).call.method).toBe('POST')
    expect(start(kind, destination, null).call.method).toBe('POST')
  })
})

describe('a recovery', () => {
  const target = { kind: 'Replication', vendor: 'VCDA', nativeId: vmId } as const
  const failover = (options: VendorOptions, version: ApiVersion | null, place: 'vcloud' | 'vcenter' = 'vcloud') =>
    toCommandCall(
      { operation: 'FAILOVER', target, options, recoveryPointNativeId: null, memberNativeIds: null },
      place,
      { version, storedNetworks: null },
    )

  it.for([
    { options: { placementPolicyId: 'p' }, sent: { placementPolicy: 'p' }, last: '4.4', first: '4.5' },
    { options: { sizingPolicyId: 's' }, sent: { sizingPolicy: 's' }, last: '4.4', first: '4.5' },
    { options: { copySecurityTags: false }, sent: { copySecurityTags: false }, last: '4.6', first: '4.7' },
  ] as const)('with $options needs $first', ({ options, sent, last, first }) => {
    expect(thrownBy(() => failover(options, last)).problem.code).toBe('INVALID_INPUT')
    expect(failover(options, first).body).toMatchObject(sent)
    expect(failover(options, null).body).toMatchObject(sent)
    expect(thrownBy(() => failover(options, first, 'vcenter')).problem.code).toBe('INVALID_INPUT')
  })

  it('of a move copies security tags where it is asked to', () => {
    const command = { operation: 'MOVE', target, options: { copySecurityTags: true } } as const
    expect(toCommandCall(command, 'vcloud').body).toMatchObject({ copySecurityTags: true })
  })

  it('sends addresses of adapters only where they were given', () => {
    const nics = [{ index: 0, macAddress: '00:50:56:8a:b2:a8', networkAdapterType: 'VMXNET3' }, { index: 1 }]
    const body = failover({ networks: { vms: [{ vmId: 'm-1', nics }] } }, null).body
    expect(body).toMatchObject({
      vmNetworkSettings: {
        'm-1': { nics: [{ macAddress: '00:50:56:8a:b2:a8', networkAdapterType: 'VMXNET3' }, { nicIndex: 1 }] },
      },
    })
    expect(JSON.stringify(body).match(/macAddress/g)).toHaveLength(1)
  })
})
