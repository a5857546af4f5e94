import type { AuditDraft } from '../../src/domain/audit.ts'
import { sampleTargetId } from './sample-task.ts'

/** The entry of a failover that was refused before a task was made. */
export const sampleDraft = (given: Partial<AuditDraft> = {}): AuditDraft => ({
  at: new Date('2026-01-01T00:00:00Z'),
  kind: 'REFUSED',
  caller: 'alice',
  operation: 'FAILOVER',
  targetId: sampleTargetId,
  targetName: 'Payroll',
  siteName: 'zvm-a',
  places: [{ siteName: 'zvm-a', organization: null }],
  taskId: null,
  requestId: null,
  operationId: null,
  idempotencyKey: 'key-1',
  reason: null,
  input: { targetId: sampleTargetId },
  problem: null,
  overriddenRisks: [],
  evidence: [],
  ...given,
})
