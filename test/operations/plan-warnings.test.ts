import { expect, it } from 'vitest'
import type { Alert } from '../../src/domain/alert.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { listPlanWarnings, listTestWarnings, type PlanWarningCode } from '../../src/operations/plan-warnings.ts'
import type { RecoveryCommand, RecoverySurvey } from '../../src/operations/recovery-survey.ts'
import {
  sampleFailover,
  sampleForeign,
  sampleFresh,
  sampleLook,
  sampleMachine,
  sampleMove,
  sampleSurvey,
} from './sample-survey.ts'

const codesOf = (command: RecoveryCommand, survey: Partial<RecoverySurvey>): readonly PlanWarningCode[] =>
  listPlanWarnings(command, sampleFresh(), sampleSurvey(survey)).map(({ code }) => code)

const alert: Alert = {
  id: 'alert',
  vendor: 'ZERTO',
  nativeId: 'alert',
  level: 'ERROR',
  subject: 'STORAGE',
  code: null,
  description: 'The datastore is full',
  turnedOnAt: null,
  isDismissed: false,
  isDerived: false,
  siteId: 'site',
  targetIds: [],
}
const silence = DomainError.vendor({ code: 'TIMEOUT', message: 'no answer', siteName: 'Denver' }).problem
const point = { point: null, isThere: null, ageSeconds: 5, problem: null }
const up = sampleLook('SOURCE')
const late = sampleMachine('web-01', {
  rpo: { targetSeconds: 60, actualSeconds: 120, violationSeconds: 60, verdict: 'VIOLATING', lastSyncedAt: null },
})

it.each<[string, RecoveryCommand, Partial<RecoverySurvey>, readonly PlanWarningCode[]]>([
  ['nothing, when the source of a failover is down', sampleFailover, {}, []],
  ['that the source of a failover is alive', sampleFailover, { source: up }, ['SOURCE_ALIVE']],
  [
    'nothing of a source that answers and is broken itself',
    sampleFailover,
    { source: { ...up, state: 'DISCONNECTED' } },
    [],
  ],
  ['nothing, when the source of a move is up', sampleMove, { source: up }, []],
  ['that the source of a move is down', sampleMove, {}, ['SPLIT_BRAIN_RISK', 'SOURCE_UNREACHABLE']],
  [
    'that the source of a move is not configured',
    sampleMove,
    { source: { ...up, isReachable: null, state: null } },
    ['COULD_NOT_CHECK'],
  ],
  ['another vendor', sampleFailover, { found: [sampleForeign('web-01')] }, ['SPLIT_BRAIN_RISK']],
  [
    'another group of the same vendor',
    sampleFailover,
    { found: [{ ...sampleForeign('web-01'), other: sampleMachine('web-01', { groupNativeId: 'audit' }) }] },
    ['IN_SEVERAL_GROUPS'],
  ],
  ['a machine that is late', sampleFailover, { machines: [late] }, ['RPO_VIOLATED']],
  [
    'a machine without a copy',
    sampleFailover,
    { machines: [{ ...late, rpo: { ...late.rpo, verdict: 'NEVER_SYNCED' } }] },
    ['NEVER_SYNCED'],
  ],
  [
    'a chosen point that is gone',
    sampleFailover,
    { recoveryPoint: { ...point, isThere: false, ageSeconds: null } },
    ['RECOVERY_POINT_GONE'],
  ],
  [
    'a chosen point of last week',
    sampleFailover,
    { recoveryPoint: { ...point, isThere: true, ageSeconds: 7 * 86_400 } },
    ['OLD_RECOVERY_POINT'],
  ],
  [
    'nothing of a newest point of last week',
    sampleFailover,
    { recoveryPoint: { ...point, ageSeconds: 7 * 86_400 } },
    [],
  ],
  [
    'a destination that does not answer and has an alert',
    sampleFailover,
    {
      destination: sampleLook('DESTINATION', { isReachable: false, problem: silence }),
      destinationAlerts: [alert],
    },
    ['DESTINATION_PROBLEM', 'DESTINATION_PROBLEM'],
  ],
  [
    'points that could not be read',
    sampleFailover,
    { recoveryPoint: { ...point, problem: silence } },
    ['COULD_NOT_CHECK'],
  ],
  [
    'machines that nobody lists, and a site that never listed any',
    sampleFailover,
    { machines: [], unseenSites: ['cloud-a'] },
    ['COULD_NOT_CHECK', 'COULD_NOT_CHECK'],
  ],
])('warns of %s', (_what, command, survey, codes) => {
  expect(codesOf(command, survey)).toEqual(codes)
})

it('names the machine, the other group, the sites, the vendor and how it is known', () => {
  const [warning] = listPlanWarnings(sampleFailover, sampleFresh(), sampleSurvey({ found: [sampleForeign('web-01')] }))
  expect(warning?.message).toBe(
    'web-01 is also protected by VCDA as web-01 in the group payroll-app, from Boston to Denver (PROTECTED); known by its name and its organisation Acme',
  )
  expect(warning?.ids).toHaveLength(2)
})

it.each([
  [null, ['NEVER_TESTED']],
  ['2026-01-02T00:00:00Z', []],
  ['2025-01-02T00:00:00Z', ['TEST_OVERDUE']],
])('a test failover at %s means %j', (tested, codes) => {
  const lastTestedAt = tested === null ? null : new Date(tested)
  const warnings = listTestWarnings(sampleFresh(), lastTestedAt, new Date('2026-03-01T00:00:00Z'))
  expect(warnings.map(({ code }) => code)).toEqual(codes)
})
