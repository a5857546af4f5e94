import { expect, test } from 'vitest'
import { columnsOf, parseColumnChoice, toCsvTable, type TableRow } from '../../src/console/groups/columns.ts'

const row: TableRow = {
  __typename: 'ProtectionGroup',
  id: 'g',
  vendor: 'VCDA',
  name: 'billing',
  description: null,
  state: 'NOT_MEETING_TARGET',
  health: 'WARNING',
  isStale: false,
  purpose: 'PROTECTION',
  priority: null,
  vmCount: 3,
  source: { organization: 'Acme', site: { id: 'a', name: 'east' } },
  destination: { organization: null, site: { id: 'b', name: 'west' } },
  rpo: {
    verdict: 'VIOLATING',
    actualSeconds: 900,
    targetSeconds: 300,
    violationSeconds: 600,
    lastSyncedAt: '2026-11-22T06:00:00.000Z',
  },
  recovery: { phase: 'NONE', isTestRunning: false, autoDecisionAt: null },
  lastTestedAt: null,
  testDueAt: null,
  storage: { provisionedBytes: 2000, usedBytes: 1000 },
}

test('the columns of a first visit are those of the issue, and a choice is kept with the name in it', () => {
  expect([...parseColumnChoice('groups', null)]).toEqual(
    expect.arrayContaining(['name', 'state', 'health', 'rpo', 'lastPoint', 'lastTest', 'direction', 'vendor']),
  )
  expect([...parseColumnChoice('groups', 'storage,nonsense,group')]).toEqual(['name', 'storage'])
})

test('machines have a group in place of a number of machines', () => {
  const ids = columnsOf('machines').map(({ id }) => id)
  expect(ids).toContain('group')
  expect(ids).not.toContain('machines')
})

test('a file has every column, with figures in seconds, bytes and ISO times', () => {
  const { head, cells } = toCsvTable('groups', [row])
  expect(Object.fromEntries(head.map((name, index) => [name, cells[0]?.[index]]))).toMatchObject({
    Name: 'billing',
    State: 'Not meeting target',
    'RPO actual, s': 900,
    'RPO target, s': 300,
    'Last recovery point': '2026-11-22T06:00:00.000Z',
    'Last test': null,
    Source: 'east (Acme)',
    Destination: 'west',
    'Storage used, bytes': 1000,
  })
})
