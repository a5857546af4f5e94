import type { Operation } from './actions.ts'
import { parseGlobalId, toGlobalId } from './global-id.ts'
import type { ListedRecovery, RecoveryDecision, RecoveryStep } from './recovery-report.ts'
import { isFinal, type Task } from './task.ts'

type Recovery = Extract<Operation, 'FAILOVER' | 'TEST_FAILOVER' | 'MOVE'>
type Closing = Extract<
  Operation,
  'COMMIT_FAILOVER' | 'ROLLBACK_FAILOVER' | 'COMMIT_MOVE' | 'ROLLBACK_MOVE' | 'END_TEST_FAILOVER'
>

/** By which operations each recovery comes to its end. */
const closingsOf: Readonly<Record<Recovery, readonly Closing[]>> = {
  FAILOVER: ['COMMIT_FAILOVER', 'ROLLBACK_FAILOVER'],
  MOVE: ['COMMIT_MOVE', 'ROLLBACK_MOVE'],
  TEST_FAILOVER: ['END_TEST_FAILOVER'],
}

const outcomeOf: Readonly<Record<Closing, RecoveryDecision['outcome'] | null>> = {
  COMMIT_FAILOVER: 'COMMITTED',
  COMMIT_MOVE: 'COMMITTED',
  ROLLBACK_FAILOVER: 'ROLLED_BACK',
  ROLLBACK_MOVE: 'ROLLED_BACK',
  END_TEST_FAILOVER: null,
}

/** Every operation of which {@link toOwnRecoveries} wants the tasks. */
export const recoveryOperations: readonly Operation[] = [
  ...(['FAILOVER', 'TEST_FAILOVER', 'MOVE'] as const satisfies readonly Recovery[]),
  ...Object.values(closingsOf).flat(),
]

const isRecovery = (operation: Operation): operation is Recovery => Object.hasOwn(closingsOf, operation)
const isClosing = (operation: Operation): operation is Closing => Object.hasOwn(outcomeOf, operation)

/** A recovery that the vendor refused, or was found never to have taken, is none. */
const hasHappened = ({ state, dispatch, reconciliation }: Task): boolean =>
  isFinal(state) && dispatch !== 'NOT_SENT' && reconciliation?.verdict !== 'DID_NOT_HAPPEN'

const targetIdOf = ({ target }: Task): string | null =>
  target === null ? null : toGlobalId(target.kind, target.vendor, target.nativeId)

/** The id that a recovery has which only this gateway has written down. */
export const toOwnRecoveryId = ({ id, vendor }: Task): string =>
  toGlobalId('RecoveryReport', vendor, `task:${parseGlobalId(id)?.nativeId ?? id}`)

/** The task that ended the recovery: the first that succeeded before the next recovery of the same target began. */
const findClosing = (operation: Recovery, laterOnTarget: readonly Task[]): Task | null => {
  for (const task of laterOnTarget) {
    if (isRecovery(task.operation) && hasHappened(task)) return null
    const closes = isClosing(task.operation) && closingsOf[operation].includes(task.operation)
    if (closes && task.state === 'SUCCEEDED') return task
  }
  return null
}

const toDecision = (recovery: Task, closing: Task | null): RecoveryDecision | null => {
  const told = closing !== null && isClosing(closing.operation) ? outcomeOf[closing.operation] : null
  // A recovery that waited and ended well was committed, and one that was cancelled was taken back, whoever did it.
  const byState = { SUCCEEDED: 'COMMITTED', CANCELLED: 'ROLLED_BACK' } as const
  const { state, awaitingSince, endedAt } = recovery
  const seen = awaitingSince !== null && (state === 'SUCCEEDED' || state === 'CANCELLED') ? byState[state] : null
  const outcome = told ?? seen
  if (outcome === null) return null
  return {
    outcome,
    decidedBy: closing?.request?.requestedBy ?? closing?.startedBy ?? null,
    decidedAt: closing?.endedAt ?? endedAt,
    reason: closing?.request?.reason ?? null,
  }
}

/** What a tester said of a test: members of the input that ended it. */
const toVerdict = (
  closing: Task | null,
): { readonly wasSuccessful: boolean | null; readonly summary: string | null } => {
  const input: unknown = closing?.request?.input
  const given: Readonly<Record<string, unknown>> = typeof input === 'object' && input !== null ? { ...input } : {}
  const { wasSuccessful, summary } = given
  return {
    wasSuccessful: typeof wasSuccessful === 'boolean' ? wasSuccessful : null,
    summary: typeof summary === 'string' && summary !== '' ? summary : null,
  }
}

// A roll-back is neither: what was asked for was done, and then taken back.
const successOf: Partial<Readonly<Record<Task['state'], boolean>>> = { SUCCEEDED: true, FAILED: false }

const toSteps = (recovery: Task, closing: Task | null, readyAt: Date | null): readonly RecoveryStep[] => [
  {
    description: recovery.operation,
    result: readyAt === null ? recovery.state : 'SUCCEEDED',
    startedAt: recovery.startedAt,
    endedAt: readyAt ?? recovery.endedAt,
  },
  ...(closing === null
    ? []
    : [
        {
          description: closing.operation,
          result: closing.state,
          startedAt: closing.startedAt,
          endedAt: closing.endedAt,
        },
      ]),
]

const toRecovery = (task: Task, kind: Recovery, closing: Task | null): ListedRecovery => {
  const { state, startedAt, endedAt, awaitingSince, request } = task
  const isTest = kind === 'TEST_FAILOVER'
  const readyAt = awaitingSince ?? (state === 'SUCCEEDED' ? endedAt : null)
  const verdict = toVerdict(closing)
  const id = toOwnRecoveryId(task)
  const targetId = targetIdOf(task)
  return {
    id,
    vendor: task.vendor,
    nativeId: parseGlobalId(id)?.nativeId ?? id,
    kind,
    name: task.targetName ?? '',
    groupId: task.target?.kind === 'ProtectionGroup' ? targetId : null,
    protectedSiteName: null,
    recoverySiteName: null,
    startedAt,
    // The task of a test is over when its machines run; the test is over when they have been removed.
    endedAt: isTest && state === 'SUCCEEDED' ? (closing?.endedAt ?? null) : endedAt,
    rtoSeconds: readyAt === null ? null : Math.round((readyAt.getTime() - startedAt.getTime()) / 1000),
    recoveredTo: null,
    wasSuccessful: state === 'SUCCEEDED' && isTest ? (verdict.wasSuccessful ?? true) : (successOf[state] ?? null),
    initiatedBy: request?.requestedBy ?? task.startedBy,
    notes: verdict.summary ?? task.problem?.message ?? null,
    vmNames: [],
    steps: toSteps(task, closing, readyAt),
    source: 'GATEWAY',
    targetId,
    task,
    reason: request?.reason ?? null,
    decision: isTest ? null : toDecision(task, closing),
  }
}

/**
 * The recoveries and tests that have ended among the tasks of the journal, with what ended them. `rtoSeconds` is measured
 * from the request until the machines were seen to run.
 *
 * @param tasks Those of {@link recoveryOperations}, in any order.
 */
export const toOwnRecoveries = (tasks: readonly Task[]): readonly ListedRecovery[] => {
  const oldestFirst = tasks.toSorted((one, other) => one.startedAt.getTime() - other.startedAt.getTime())
  const byTarget = Map.groupBy(oldestFirst, targetIdOf)
  return [...byTarget].flatMap(([targetId, ofTarget]) =>
    ofTarget.flatMap((task, index): readonly ListedRecovery[] => {
      const { operation } = task
      if (!isRecovery(operation) || !hasHappened(task)) return []
      const closing = targetId === null ? null : findClosing(operation, ofTarget.slice(index + 1))
      return [toRecovery(task, operation, closing)]
    }),
  )
}
