import { toGlobalId } from '../../src/domain/global-id.ts'
import type { Intent, Journal, TaskQuery } from '../../src/domain/ports/journal.ts'
import type { Task, TaskEvent, TaskRequest, TaskTarget } from '../../src/domain/task.ts'

/** The group that a sample task acts on. */
export const sampleTarget: TaskTarget = { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId: 'group-1' }

/** The global id of {@link sampleTarget}. */
export const sampleTargetId = toGlobalId(sampleTarget.kind, sampleTarget.vendor, sampleTarget.nativeId)

/** The global id of the sample task with this number. */
export const sampleTaskId = (number: number | string): string => toGlobalId('Task', 'ZERTO', String(number))

/** What a caller asked for. */
export const sampleRequest = (given: Partial<TaskRequest> = {}): TaskRequest => ({
  idempotencyKey: 'key-1',
  requestedBy: 'alice',
  requestedAt: new Date('2026-01-01T00:00:00Z'),
  requestId: 'request-1',
  operationId: 'operation-1',
  reason: null,
  input: { targetId: sampleTargetId },
  sent: [],
  options: null,
  decision: null,
  overriddenRisks: [],
  ...given,
})

/** A failover that is about to be sent. */
export const sampleTask = (given: Partial<Task> = {}): Task => ({
  id: sampleTaskId(1),
  vendor: 'ZERTO',
  siteName: 'zvm-a',
  operation: 'FAILOVER',
  vendorOperation: null,
  vendorTaskId: null,
  target: sampleTarget,
  targetName: 'Payroll',
  places: [{ siteName: 'zvm-a', organization: null }],
  dispatch: 'PREPARED',
  state: 'ACCEPTED',
  progressPercent: null,
  stage: null,
  startedAt: new Date('2026-01-01T00:00:00Z'),
  updatedAt: new Date('2026-01-01T00:00:00Z'),
  endedAt: null,
  startedBy: 'alice',
  problem: null,
  warnings: [],
  request: sampleRequest(),
  awaitingSince: null,
  autoDecisionAt: null,
  unfinishedSend: null,
  reconciliation: null,
  ...given,
})

/** The intent of the sample task with this number, under a key of its own. */
export const sampleIntent = (number: number, given: Partial<Task> = {}): Intent => ({
  task: sampleTask({ id: sampleTaskId(number), request: sampleRequest({ idempotencyKey: `key-${number}` }), ...given }),
  caller: 'alice',
  inputHash: `hash-${number}`,
  exclusiveIds: [],
  isHindrance: () => true,
})

/** Every task, newest first. */
export const everyTask: TaskQuery = {
  sight: null,
  siteNames: null,
  states: null,
  operations: null,
  targetIds: null,
  limit: 100_000,
  olderThan: null,
}

/** So many seconds after the sample tasks began. */
export const later = (seconds: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds))

/** The key of the sample intent with this number. */
export const sampleScope = (number: number, caller = 'alice') =>
  ({ caller, operation: 'FAILOVER', key: `key-${number}` }) as const

/** The events of the sample task with this number. */
export const readAll = (journal: Journal, number: number): Promise<readonly TaskEvent[]> =>
  journal.readEvents(sampleTaskId(number), 0, 1_000)
