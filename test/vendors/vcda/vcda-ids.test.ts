import { describe, expect, it } from 'vitest'
import { findRecoveryPointParts, ownsVcdaId } from '../../../src/vendors/vcda/vcda-ids.ts'
import { vappId, vmId } from './vcda-samples.ts'

describe('native ids', () => {
  it('are known by their form', () => {
    expect(ownsVcdaId('Replication', vmId)).toBe(true)
    expect(ownsVcdaId('ProtectionGroup', vappId)).toBe(true)
    expect(ownsVcdaId('RecoveryPoint', `${vmId}/h4replica-52f3e775-a8fa-13e3-e9be-39264ed2dfe2`)).toBe(true)
    expect(ownsVcdaId('Site', 'A03-Auckland')).toBe(true)
  })

  it.for([
    { kind: 'Replication', nativeId: vappId },
    { kind: 'ProtectionGroup', nativeId: vmId },
    { kind: 'RecoveryPoint', nativeId: vmId },
    { kind: 'RecoveryPoint', nativeId: `${vmId}/..` },
    { kind: 'RecoveryPoint', nativeId: `${vmId}/a/b` },
    { kind: 'RecoveryPoint', nativeId: `${vmId}/%2e%2e` },
    { kind: 'RecoveryPoint', nativeId: `${vappId}/replica-1` },
    { kind: 'Site', nativeId: '..' },
    { kind: 'Site', nativeId: 'a/b' },
    { kind: 'Site', nativeId: 'a?b' },
    { kind: 'Site', nativeId: 'a\r\nb' },
  ] as const)('$nativeId is no $kind', ({ kind, nativeId }) => {
    // V1
    expect(ownsVcdaId(kind, nativeId)).toBe(false)
  })

  it('of a recovery point name its owner and its key', () => {
    expect(findRecoveryPointParts(`${vmId}/replica-1`)).toEqual({ replicationId: vmId, instanceKey: 'replica-1' })
  })
})
