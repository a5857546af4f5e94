import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toGlobalId } from '../../src/domain/global-id.ts'
import { listPlanChanges } from '../../src/operations/plan-changes.ts'
import { longestPlanToken, parsePlanToken, toPlanFacts, toPlanToken } from '../../src/operations/plan-token.ts'
import type { RecoverySurvey } from '../../src/operations/recovery-survey.ts'
import { sampleRecovery } from '../tracking/sample-recovery.ts'
import {
  sampleCalls,
  sampleEnd,
  sampleFailover,
  sampleForeign,
  sampleFresh,
  sampleLook,
  sampleMachine,
  sampleSurvey,
} from './sample-survey.ts'

const plannedAt = new Date('2026-01-01T00:00:00Z')
const targetId = toGlobalId('ProtectionGroup', 'ZERTO', 'payroll')
const before = toPlanFacts(sampleFailover, sampleFresh(), sampleSurvey(), sampleCalls)

const surveyed = (given: Partial<RecoverySurvey>) =>
  toPlanFacts(sampleFailover, sampleFresh(), sampleSurvey(given), sampleCalls)

const withPoint = (isThere: boolean) =>
  surveyed({ recoveryPoint: { point: null, isThere, ageSeconds: 5, problem: null } })

/** With another body of the one call. */
const changed = (body: unknown) =>
  toPlanFacts(sampleFailover, sampleFresh(), sampleSurvey(), [
    { method: 'POST', path: '/groups/payroll/failover', body },
  ])

describe('a plan token', () => {
  it('says what it was made of, to any process', () => {
    const plan = { operation: 'FAILOVER', targetId, plannedAt, facts: before } as const
    expect(parsePlanToken(toPlanToken(plan))).toEqual(plan)
  })

  it.each([
    '',
    'nonsense',
    Buffer.from('{}').toString('base64url'),
    Buffer.from('{"version":1,"operation":"STOP"}').toString('base64url'),
    Buffer.from('"__proto__"').toString('base64url'),
    'A'.repeat(longestPlanToken + 1),
  ])('that nobody made is refused: %.20s', (token) => {
    // V1
    expect(() => parsePlanToken(token)).toThrow(/planToken/)
  })

  it('is never too long, and always finds that a machine was added', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 200, unit: 'binary' }), { maxLength: 400 })
    fc.assert(
      fc.property(names, fc.dictionary(fc.string(), fc.string({ maxLength: 500 })), (machines, body) => {
        const survey = sampleSurvey({ machines: machines.map((name) => sampleMachine(name)) })
        const facts = toPlanFacts(sampleFailover, sampleFresh(), survey, [
          { method: 'POST', path: `/x/${'y'.repeat(300)}`, body },
        ])
        const token = toPlanToken({ operation: 'FAILOVER', targetId: 'x'.repeat(1024), plannedAt, facts })
        expect(token.length).toBeLessThanOrEqual(longestPlanToken)
        expect(listPlanChanges(parsePlanToken(token).facts, facts)).toEqual([])
        const more = { ...survey, machines: [...survey.machines, sampleMachine('one more than any of these')] }
        const now = toPlanFacts(sampleFailover, sampleFresh(), more, [])
        expect(listPlanChanges(parsePlanToken(token).facts, now).join()).toMatch(/one more|machines are not the same/)
      }),
      { numRuns: 60 },
    )
  })
})

describe('what has changed since a plan', () => {
  const state = { ...sampleFresh().object }
  it.each([
    ['nothing', before, []],
    [
      'nothing but the order of the machines',
      surveyed({ machines: [sampleMachine('db-01'), sampleMachine('web-01')] }),
      [],
    ],
    [
      'the state',
      toPlanFacts(sampleFailover, sampleFresh({ state: 'SYNCING' }), sampleSurvey(), sampleCalls),
      ['the state was PROTECTED, is SYNCING'],
    ],
    [
      'a test that runs now',
      toPlanFacts(sampleFailover, sampleFresh({ recovery: sampleRecovery('TESTING') }), sampleSurvey(), sampleCalls),
      [
        'the phase of its recovery was NONE, is TESTING',
        'what waits for a decision was none, is FAILOVER',
        'the test failover was none, is RUNNING',
      ],
    ],
    [
      'the source answers',
      surveyed({ source: sampleLook('SOURCE') }),
      ['the site Boston did not answer, and answers now', 'there is a new warning: SOURCE_ALIVE'],
    ],
    [
      'the direction',
      toPlanFacts(
        sampleFailover,
        sampleFresh({ source: state.destination, destination: sampleEnd('Boston') }),
        sampleSurvey(),
        sampleCalls,
      ),
      ['it went from Boston to Denver, and goes from Denver to Boston'],
    ],
    [
      'the machines',
      surveyed({ machines: [sampleMachine('web-01'), sampleMachine('web-03')] }),
      ['the machine web-03 was added', 'the machine db-01 is gone'],
    ],
    [
      'the recovery point moves on',
      surveyed({ recoveryPoint: { point: null, isThere: null, ageSeconds: 0, problem: null } }),
      [],
    ],
    [
      'another call',
      changed({ policy: 1, wait: 0 }),
      ['what would be sent differs: POST /groups/payroll/failover: policy'],
    ],
    [
      'another vendor protects it now',
      surveyed({ found: [sampleForeign('web-01')] }),
      ['there is a new warning: SPLIT_BRAIN_RISK'],
    ],
  ] as const)('is said in words: %s', (_what, now, changes) => {
    expect(listPlanChanges(before, now)).toEqual(changes)
  })

  it('includes that the chosen recovery point is gone', () => {
    expect(listPlanChanges(withPoint(true), withPoint(false))[0]).toBe('the chosen recovery point is gone')
  })
})
