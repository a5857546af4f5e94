import { describe, expect, it } from 'vitest'
import { toGlobalId } from '../../../src/domain/global-id.ts'
import { toProtectionGroup } from '../../../src/vendors/vcda/vcda-group-mapping.ts'
import { toReplication, toReplicationEnd, toSiteId } from '../../../src/vendors/vcda/vcda-mapping.ts'
import { vappReplication, vmReplication } from '../../../src/vendors/vcda/vcda-wire.ts'
import { aGroup, aReplication, emptyContext, otherVmId, readFixture, vappId, vmId } from './vcda-samples.ts'

const rpoOf = (words: Parameters<typeof aReplication>[0]) => toReplication(aReplication(words), emptyContext).rpo

const platformIdsOf = (more: object) => {
  const wire = vmReplication.parse({ ...aReplication(), ...more })
  return toReplication(wire, emptyContext).vm.platformIds
}

describe('the platform names of a machine', () => {
  const vimLocation = { vimServerInstanceUuid: 'b260ac00-eec6-4437-9184-54ee34a1e28d', datastoreMoref: 'datastore-33' }

  it('are the uuid by which Cloud Director knows it, in lower case', () => {
    const uuid = 'd1d9739f-9e3b-4c24-9cbb-3a9fdddaf47c'
    expect(platformIdsOf({ vmId: uuid.toUpperCase() })).toEqual([`cloud-director:${uuid}`])
  })

  it('are none for a machine of a vCenter: the vCenter that is named is that of the copy', () => {
    expect(platformIdsOf({ vmId: 'vm-15', source: { site: 'branch' }, vimLocation })).toEqual([])
  })

  it.for([null, '', 'null', undefined])('are none where there is no id: %j', (id) => {
    expect(platformIdsOf({ vmId: id })).toEqual([])
  })
})

describe('the RPO of a replication', () => {
  it('is measured on the newest instance, in seconds', () => {
    expect(rpoOf({})).toEqual({
      targetSeconds: 900,
      actualSeconds: 600,
      violationSeconds: 0,
      verdict: 'MEETING',
      lastSyncedAt: new Date('2026-01-01T11:50:00Z'),
    })
  })

  it('is violated by as many minutes as the vendor says', () => {
    expect(rpoOf({ violationMinutes: 25, instanceAgeMinutes: 40 })).toMatchObject({
      verdict: 'VIOLATING',
      violationSeconds: 1500,
      actualSeconds: 2400,
    })
  })

  it('is "never synced", and not "late", before the first instance', () => {
    expect(rpoOf({ instanceAgeMinutes: null, violationMinutes: 90 })).toMatchObject({
      verdict: 'NEVER_SYNCED',
      violationSeconds: null,
      actualSeconds: null,
      lastSyncedAt: null,
    })
  })

  it('is not measured after a recovery, nor where the vendor gives no violation', () => {
    expect(rpoOf({ recovery: 'COMPLETE' }).verdict).toBe('NOT_MEASURED')
    expect(rpoOf({ violationMinutes: null }).verdict).toBe('NOT_MEASURED')
  })

  it('never has a negative age, however the clocks stand', () => {
    // N13
    expect(rpoOf({ instanceAgeMinutes: -5 }).actualSeconds).toBe(0)
  })
})

describe('what can be recovered', () => {
  it('is nothing while the first copy is on its way', () => {
    const { recovery } = toReplication(
      aReplication({ data: 'INITIAL_SYNCING', instanceAgeMinutes: null }),
      emptyContext,
    )
    expect(recovery).toMatchObject({ isBlockedBySync: true, hasRecoveryPoint: false })
  })

  it('is the newest instance while a later copy is on its way', () => {
    const replication = toReplication(aReplication({ data: 'SYNCING' }), emptyContext)
    expect(replication.recovery).toMatchObject({ isBlockedBySync: false, hasRecoveryPoint: true })
    expect(replication.latestRecoveryPoint).toMatchObject({
      id: toGlobalId('RecoveryPoint', 'VCDA', `${vmId}/replica-1`),
      ownerNativeId: vmId,
      vendorId: 'replica-1',
    })
  })

  it('is a running test, told as such', () => {
    const { state, recovery } = toReplication(aReplication({ recovery: 'TEST' }), emptyContext)
    expect({ state, ...recovery }).toMatchObject({
      state: 'TESTING',
      phase: 'TESTING',
      isTestRunning: true,
      testStage: 'RUNNING',
      pending: null,
    })
  })

  it('is a move where the task of its group says so', () => {
    const wire = { ...aReplication({ recovery: 'IN_PROGRESS' }), vappReplicationId: vappId }
    const context = { ...emptyContext, runningOperations: new Map([[vappId, 'MOVE' as const]]) }
    expect(toReplication(wire, context)).toMatchObject({
      state: 'MOVING',
      recovery: { phase: 'MOVING', pending: 'MOVE' },
    })
  })
})

describe('a replication of which little is known', () => {
  it('is mapped all the same, with nothing invented', () => {
    // R5; knowledge article 315136: half-created replications lack nested members
    const replication = toReplication(vmReplication.parse({ id: vmId }), emptyContext)
    expect(replication).toMatchObject({
      name: vmId,
      state: 'UNKNOWN',
      vendorState: '-/-/-',
      health: 'UNKNOWN',
      rpo: { verdict: 'NOT_MEASURED', targetSeconds: null },
      sync: null,
      recovery: { phase: 'NONE', hasRecoveryPoint: null },
      latestRecoveryPoint: null,
      groupNativeId: null,
    })
  })

  it.for([
    { destinationState: null, sourceState: null, settings: null, source: null, destination: null },
    { destinationState: {}, sourceState: {}, settings: {}, vimLocation: {}, slaProfile: {} },
    { destinationState: { latestInstance: {}, recoveryInfo: {} }, brandNew: { member: [1, 2] } },
  ])('may have null, empty and new members: %j', (members) => {
    const wire = vmReplication.parse({ id: vmId, ...members })
    expect(toReplication(wire, emptyContext).state).toBe('UNKNOWN')
  })

  it.for([
    { id: 'H4-11111111-1111-4111-8111-111111111111' },
    { id: `${vmId}/../sites` },
    { id: 7 },
    { id: vmId, vmName: 7 },
    { id: vmId, settings: 'none' },
    { id: vmId, destinationState: { currentRpoViolation: 'late' } },
    'text',
    [],
  ])('is refused where a member has the wrong type: %j', (payload) => {
    // N1
    expect(vmReplication.safeParse(payload).success).toBe(false)
  })
})

describe('the ends of a replication', () => {
  it('are Cloud Director with an organisation and a vCenter without one', () => {
    expect(toReplicationEnd({ site: 'east', org: 'Acme', vdcName: 'Acme East' }, null)).toMatchObject({
      siteId: toSiteId('east'),
      siteName: 'east',
      organization: 'Acme',
      datacenter: 'Acme East',
      hypervisor: 'CLOUD_DIRECTOR',
    })
    expect(toReplicationEnd({ site: 'branch' }, null)).toMatchObject({ organization: null, hypervisor: 'VSPHERE' })
  })

  it('are unreachable together where the link of either is down', () => {
    const context = { ...emptyContext, unreachableSites: new Set(['west']) }
    expect(toReplication(aReplication({ data: 'ERROR' }), context).state).toBe('DISCONNECTED')
  })
})

const phaseOf = (...words: (string | null)[]) =>
  toProtectionGroup(aGroup(words.map((recovery) => ({ recovery }))), emptyContext).recovery.phase

const pointsOf = (...ages: (number | null)[]) =>
  toProtectionGroup(aGroup(ages.map((instanceAgeMinutes) => ({ instanceAgeMinutes }))), emptyContext).recovery
    .hasRecoveryPoint

const moving = (id: string, bytesTransferred: number, bytesToTransfer: number) => ({
  id,
  sourceState: { state: 'syncing', progress: { bytesTransferred, bytesToTransfer, progress: 1 } },
  destinationState: { spaceRequirement: 50 },
})

describe('a group', () => {
  it('is what the real sample of a site shows', () => {
    const group = toProtectionGroup(vappReplication.parse(readFixture('vapp-replication')), emptyContext)
    expect(group).toMatchObject({
      id: toGlobalId('ProtectionGroup', 'VCDA', 'C4VAPP-ddc8d52a-9636-446c-a9ae-018276555d54'),
      name: 'webapp05',
      purpose: 'PROTECTION',
      state: 'PROTECTED',
      vendorState: 'OK/opened/-',
      health: 'HEALTHY',
      vmCount: 1,
      isReversed: false,
      source: { siteName: 'A03-Auckland', organization: 'Tyrell', datacenter: 'A03 Tyrell Allocated' },
      destination: { siteName: 'C00-Christchurch', storageProfile: 'ac4c6306-9d8e-4b7a-a6c5-d4e3f2a1b055' },
      sync: null,
      storage: { usedBytes: 5_265_948_672 },
      details: { vendor: 'VCDA', owner: 'Tyrell@C00-Christchurch', destination: { recoveredVappId: null } },
    })
  })

  it.for([
    { members: ['OK', 'SYNCING'], state: 'SYNCING' },
    { members: ['SYNCING', 'INITIAL_SYNCING'], state: 'INITIALIZING' },
    { members: ['INITIAL_SYNCING', 'PAUSED'], state: 'PAUSED' },
    { members: ['PAUSED', 'ERROR'], state: 'ERROR' },
    { members: ['ERROR', 'ODD'], state: 'UNKNOWN' },
    { members: ['FINISHED', 'OK'], state: 'PROTECTED' },
    { members: ['FINISHED', 'FINISHED'], state: 'RECOVERED' },
    { members: [], state: 'UNKNOWN' },
  ])('of $members is $state', ({ members, state }) => {
    expect(toProtectionGroup(aGroup(members.map((data) => ({ data }))), emptyContext).state).toBe(state)
  })

  it('has the health that the vendor gives it, and the worst of its members where it gives none', () => {
    const members = [
      { id: vmId, overallHealth: 'GREEN' },
      { id: otherVmId, overallHealth: 'RED' },
    ]
    const healthOf = (overallHealth: string | null) =>
      toProtectionGroup(aGroup([], { overallHealth, vmReplications: members }), emptyContext).health
    expect(healthOf('YELLOW')).toBe('WARNING')
    expect(healthOf(null)).toBe('CRITICAL')
  })

  it('has the worst RPO of its members: no copy at all before a late one', () => {
    const late = { violationMinutes: 25, instanceAgeMinutes: 40 }
    expect(toProtectionGroup(aGroup([{}, late]), emptyContext).rpo).toMatchObject({
      verdict: 'VIOLATING',
      violationSeconds: 1500,
      actualSeconds: 2400,
      lastSyncedAt: new Date('2026-01-01T11:20:00Z'),
    })
    expect(toProtectionGroup(aGroup([late, { instanceAgeMinutes: null }]), emptyContext).rpo).toMatchObject({
      verdict: 'NEVER_SYNCED',
      lastSyncedAt: null,
    })
  })

  it('is in the middle of what any member is in, and recovered when all of it is', () => {
    expect(phaseOf('NOT_STARTED', 'TEST')).toBe('TESTING')
    expect(phaseOf('TEST', 'IN_PROGRESS')).toBe('FAILING_OVER')
    expect(phaseOf('COMPLETE', 'NOT_STARTED')).toBe('NONE')
    expect(phaseOf('COMPLETE', 'COMPLETE')).toBe('RECOVERED')
  })

  it('can be recovered only when every member can', () => {
    expect(pointsOf(1, 2)).toBe(true)
    expect(pointsOf(1, null)).toBe(false)
    expect(pointsOf()).toBe(null)
  })

  it('adds up what its members transfer and take', () => {
    const wire = aGroup([], { vmReplications: [moving(vmId, 10, 100), moving(otherVmId, 90, 100)] })
    const { sync, storage } = toProtectionGroup(wire, emptyContext)
    expect(sync).toMatchObject({ percent: 50, bytesTransferred: 100, bytesToTransfer: 200 })
    expect(storage.usedBytes).toBe(100)
  })

  it('says in the words of the vendor how many members differ', () => {
    const words = [{}, {}, { data: 'ERROR' }]
    expect(toProtectionGroup(aGroup(words), emptyContext).vendorState).toBe(
      'OK/idle/NOT_STARTED ×2, ERROR/idle/NOT_STARTED',
    )
  })
})
