import { expect, test } from 'vitest'
import type { ProtectionState } from '../../../src/domain/protection.ts'
import { vpgStatuses, vpgSubStatuses } from '../../../src/vendors/zerto/zerto-enums.ts'
import {
  findPendingRecovery,
  isBlockedBySync,
  toProtectionState,
  toRecoveryPhase,
  toVendorState,
} from '../../../src/vendors/zerto/zerto-states.ts'

const byStatus: readonly ProtectionState[] = [
  'INITIALIZING',
  'PROTECTED',
  'NOT_MEETING_TARGET',
  'NOT_MEETING_TARGET',
  'NOT_MEETING_TARGET',
  'FAILING_OVER',
  'MOVING',
  'DELETING',
  'RECOVERED',
]

// Beside status 1 (MeetingSLA), which decides where the sub-status says nothing of its own.
const bySubStatus: readonly ProtectionState[] = [
  ...(['PROTECTED', 'INITIALIZING', 'INITIALIZING', 'SYNCING', 'SYNCING', 'PROTECTED', 'SYNCING'] as const),
  ...(['NEEDS_CONFIGURATION', 'ERROR', 'NEEDS_CONFIGURATION', 'DISCONNECTED', 'SYNCING', 'SYNCING'] as const),
  ...(['SYNCING', 'COMMITTING', 'AWAITING_COMMIT', 'ROLLING_BACK', 'COMMITTING', 'COMMITTING'] as const),
  ...(['AWAITING_COMMIT', 'ROLLING_BACK', 'DELETING', 'DELETING', 'SYNCING', 'DISCONNECTED'] as const),
  ...(['PAUSED', 'PAUSED', 'ERROR', 'PROTECTED', 'ROLLING_BACK', 'ERROR', 'ERROR', 'ERROR', 'ERROR'] as const),
  ...(['INITIALIZING', 'PAUSED', 'FAILING_OVER', 'ROLLING_BACK', 'ROLLING_BACK', 'PROTECTED'] as const),
  ...(['INITIALIZING', 'UNKNOWN', 'UNKNOWN'] as const),
]

test.each(byStatus.map((state, status) => ({ status, name: vpgStatuses[status] ?? '', state })))(
  'maps status $status ($name) to $state, by number and by name',
  ({ status, name, state }) => {
    expect(toProtectionState({ status, subStatus: 0 })).toBe(state)
    expect(toProtectionState({ status: name.toUpperCase(), subStatus: 'None' })).toBe(state)
  },
)

test.each(bySubStatus.map((state, subStatus) => ({ subStatus, name: vpgSubStatuses[subStatus] ?? 'unnamed', state })))(
  'maps sub-status $subStatus ($name) to $state',
  ({ subStatus, state }) => {
    expect(toProtectionState({ status: 1, subStatus })).toBe(state)
  },
)

test('has a row for each of the 43 sub-statuses of the API description', () => {
  expect(bySubStatus).toHaveLength(43)
})

test('keeps the raw words of what it does not know, and calls it UNKNOWN', () => {
  // N2
  expect(toProtectionState({ status: 9, subStatus: 0 })).toBe('UNKNOWN')
  expect(toVendorState({ status: 9, subStatus: 77 })).toBe('9/77')
  expect(toVendorState({ status: 'Inactive', subStatus: null })).toBe('Inactive/?')
  expect(toProtectionState({ status: 1, subStatus: 'SomethingNew' })).toBe('UNKNOWN')
  expect(toProtectionState({ status: null, subStatus: null })).toBe('UNKNOWN')
})

test('lets a status that names a recovery win over a sub-status without a name', () => {
  expect(toProtectionState({ status: 5, subStatus: 77 })).toBe('FAILING_OVER')
  expect(toProtectionState({ status: 7, subStatus: 77 })).toBe('DELETING')
})

test('says the vendor words of the ordinary state', () => {
  expect(toVendorState({ status: 1, subStatus: 0 })).toBe('MeetingSLA/None')
})

test('tells a failover that waits from a move that waits', () => {
  expect([15, 14, 16, 36, 37].map((subStatus) => findPendingRecovery({ status: 1, subStatus }))).toEqual(
    Array.from({ length: 5 }, () => 'FAILOVER'),
  )
  expect([19, 18, 20, 38].map((subStatus) => findPendingRecovery({ status: 1, subStatus }))).toEqual(
    Array.from({ length: 4 }, () => 'MOVE'),
  )
  // Promoting is part of both.
  expect(findPendingRecovery({ status: 5, subStatus: 17 })).toBe('FAILOVER')
  expect(findPendingRecovery({ status: 6, subStatus: 17 })).toBe('MOVE')
  expect(findPendingRecovery({ status: 1, subStatus: 0 })).toBeNull()
})

test('blocks a recovery during a synchronisation, but not during a bitmap sync', () => {
  const blocking = Array.from({ length: 43 }, (_, subStatus) => subStatus).filter((subStatus) =>
    isBlockedBySync({ status: 1, subStatus }),
  )
  expect(blocking).toEqual([1, 2, 3, 4, 6, 11, 12, 13, 34, 40])
  expect(isBlockedBySync({ status: 0, subStatus: 0 })).toBe(true)
})

test('shows a running test as the phase only while no real recovery is under way', () => {
  expect(toRecoveryPhase('PROTECTED', true)).toBe('TESTING')
  expect(toRecoveryPhase('FAILING_OVER', true)).toBe('FAILING_OVER')
  expect(toRecoveryPhase('PROTECTED', false)).toBe('NONE')
  expect(toRecoveryPhase('UNKNOWN', false)).toBe('UNKNOWN')
})
