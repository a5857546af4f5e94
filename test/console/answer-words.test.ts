import { readFileSync } from 'node:fs'
import { buildSchema, isUnionType } from 'graphql'
import { describe, expect, test } from 'vitest'
import { toOutcome, toRefusal, type NextStep } from '../../src/console/actions/answer-words.ts'
import type { PlanAnswerFragment, TaskRowFragment } from '../../src/console/generated/graphql.ts'

type AnyRefusal = Exclude<PlanAnswerFragment, { __typename: 'RecoveryPlan' }>

const vendorProblem: AnyRefusal = {
  __typename: 'VendorProblem',
  message: 'm',
  code: 'VENDOR_UNAVAILABLE',
  siteName: 'boston',
  vendorCode: null,
  vendorMessage: null,
  httpStatus: 503,
  retryAfterSeconds: 5,
  operationId: null,
}

const problems: readonly (readonly [problem: AnyRefusal, nextStep: NextStep])[] = [
  [
    {
      __typename: 'InvalidInput',
      message: 'm',
      code: 'INVALID_INPUT',
      fields: [{ path: 'input.name', message: 'is empty' }],
    },
    'mendInput',
  ],
  [{ __typename: 'NotFound', message: 'm', code: 'NOT_FOUND' }, 'close'],
  [
    {
      __typename: 'InvalidState',
      message: 'm',
      code: 'INVALID_STATE',
      state: 'PAUSED',
      availableActions: ['RESUME', 'STOP'],
    },
    'lookAgain',
  ],
  [
    {
      __typename: 'Unsupported',
      message: 'm',
      code: 'CAPABILITY_UNSUPPORTED',
      capability: 'START_CLONE',
      vendor: 'VCDA',
    },
    'close',
  ],
  [{ __typename: 'PermissionDenied', message: 'm', code: 'PERMISSION_DENIED', requiredScope: 'dr:recover' }, 'close'],
  [vendorProblem, 'tryAgain'],
  [
    {
      __typename: 'IdempotencyMismatch',
      message: 'm',
      code: 'IDEMPOTENCY_MISMATCH',
      original: { id: 't', operation: 'FAILOVER', state: 'RUNNING', targetName: 'billing' },
    },
    'lookAgain',
  ],
  [{ __typename: 'SplitBrainRisk', message: 'm', code: 'SPLIT_BRAIN_RISK', evidence: ['it runs'] }, 'takeRisk'],
  [{ __typename: 'PlanChanged', message: 'm', code: 'PLAN_CHANGED', changes: ['the state'] }, 'planAgain'],
  [{ __typename: 'StoreProblem', message: 'm', code: 'STORE_BUSY' }, 'tryAgain'],
]

describe('a refusal', () => {
  test('of each kind that the contract knows is in this test', () => {
    const union = buildSchema(readFileSync('schema/schema.graphql', 'utf8')).getType('TaskResult')
    const names = isUnionType(union) ? union.getTypes().map(({ name }) => name) : []
    expect([...problems.map(([{ __typename }]) => __typename), 'TaskStarted'].toSorted()).toEqual(names.toSorted())
  })

  test.each(problems)('$__typename says what happened, and what to do next', (problem, nextStep) => {
    const refusal = toRefusal(problem)
    expect(refusal).toMatchObject({ message: 'm', nextStep })
    expect(refusal.title).not.toBe('')
    expect(refusal.advice).toMatch(/\.$/)
  })

  test('names what may be done instead, what is wrong, what has changed', () => {
    const facts = problems.flatMap(([problem]) => toRefusal(problem).facts)
    expect(facts).toEqual(
      expect.arrayContaining([
        'Possible now: resume, stop protection',
        'input.name: is empty',
        'the state',
        'it runs',
        'Failover of billing: Running',
        'Ask again in 5 s',
      ]),
    )
  })

  test('of which the outcome is not known never invites to press again', () => {
    const refusal = toRefusal({ ...vendorProblem, code: 'OUTCOME_UNKNOWN' })
    expect(refusal.nextStep).toBe('lookAgain')
    expect(refusal.advice).toContain('Do not start it again')
  })
})

test('a task that has started is shown, and said to be the one of before when the key was', () => {
  const task: TaskRowFragment = {
    id: 't',
    vendor: 'VCDA',
    operation: 'FAILOVER',
    vendorOperation: null,
    state: 'RUNNING',
    stage: null,
    progressPercent: null,
    etaSeconds: null,
    target: null,
    targetName: 'billing',
    site: null,
    startedAt: '2026-11-22T06:00:00.000Z',
    updatedAt: '2026-11-22T06:00:00.000Z',
    endedAt: null,
    awaitingSince: null,
    autoDecisionAt: null,
    startedBy: null,
    request: null,
    problem: null,
  }
  expect(toOutcome({ __typename: 'TaskStarted', replayed: true, task })).toEqual({
    kind: 'started',
    task,
    isReplay: true,
  })
})
