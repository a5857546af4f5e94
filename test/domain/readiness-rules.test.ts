import { describe, expect, it } from 'vitest'
import type { Alert } from '../../src/domain/alert.ts'
import type { RecoveryStatus } from '../../src/domain/protection.ts'
import { readinessCheckNames, readinessVerdicts, type ReadinessCheckName } from '../../src/domain/readiness.ts'
import {
  defaultReadinessThresholds,
  judgeReadiness,
  judgeReadinessVerdict,
  type ReadinessEnd,
  type ReadinessFacts,
} from '../../src/domain/readiness-rules.ts'
import { judgeTest, toTestAgeSpan, toTestDueAt } from '../../src/domain/test-age.ts'

const dayMs = 86_400_000
const at = new Date('2026-06-01T00:00:00Z')
const daysBefore = (days: number): Date => new Date(at.getTime() - days * dayMs)

const recovery: RecoveryStatus = {
  phase: 'NONE',
  pending: null,
  isTestRunning: false,
  testStage: null,
  isPaused: false,
  isBlockedBySync: false,
  hasRecoveryPoint: true,
  since: null,
  commitPolicy: null,
  autoDecisionAt: null,
  recoveryPointNativeId: null,
}
const rpo = {
  targetSeconds: 300,
  actualSeconds: 20,
  violationSeconds: 0,
  verdict: 'MEETING',
  lastSyncedAt: null,
} as const
const license = { type: null, isLicensed: true, expiresAt: daysBefore(-400), maxVms: null, usedVms: null }
const source: ReadinessEnd = {
  siteName: 'Boston',
  connection: 'UP',
  areAlertsUnseen: false,
  license,
  certificateExpiresAt: daysBefore(-400),
}
const destination: ReadinessEnd = { ...source, siteName: 'London' }
const alert: Alert = {
  id: 'a',
  vendor: 'ZERTO',
  nativeId: 'a',
  level: 'WARNING',
  subject: 'GROUP',
  code: null,
  description: 'The journal is full',
  turnedOnAt: null,
  isDismissed: false,
  isDerived: false,
  siteId: 's',
  targetIds: [],
}

const ready: ReadinessFacts = {
  name: 'shop',
  state: 'PROTECTED',
  vendorState: 'MeetingSLA/None',
  rpo,
  recovery,
  at,
  refusal: null,
  lastTestedAt: daysBefore(10),
  configurationChangedAt: daysBefore(20),
  source,
  destination,
  alerts: [],
}

const judge = (given: Partial<ReadinessFacts>) => judgeReadiness({ ...ready, ...given }, defaultReadinessThresholds)
const checkOf = (given: Partial<ReadinessFacts>, name: ReadinessCheckName) =>
  judge(given).checks.find((check) => check.name === name)

describe('readiness', () => {
  it('is READY when nothing speaks against a failover and a recent test has proved it', () => {
    const { verdict, checks } = judge({})
    expect(verdict).toBe('READY')
    expect(checks.map(({ name }) => name)).toEqual(readinessCheckNames)
    expect(new Set(checks.map((check) => check.verdict))).toEqual(new Set(['READY']))
    expect(checkOf({}, 'LAST_TEST')?.detail).toBe('Tested on 2026-05-22; due again on 2026-11-20')
  })

  it.each<readonly [string, ReadinessCheckName, string, RegExp, Partial<ReadinessFacts>]>([
    ['has never been transferred', 'RPO', 'NOT_READY', /ever been/, { rpo: { ...rpo, verdict: 'NEVER_SYNCED' } }],
    [
      'misses its objective',
      'RPO',
      'AT_RISK',
      /300 s is missed by 60 s/,
      { rpo: { ...rpo, actualSeconds: 360, verdict: 'VIOLATING', violationSeconds: 60 } },
    ],
    ['has no figure', 'RPO', 'NOT_VERIFIED', /no figure/, { rpo: { ...rpo, verdict: 'NOT_MEASURED' } }],
    [
      'has no recovery point',
      'RECOVERY_POINTS',
      'NOT_READY',
      /no recovery point/,
      { recovery: { ...recovery, hasRecoveryPoint: false } },
    ],
    [
      'has a recovery point older than four times its objective',
      'RECOVERY_POINTS',
      'NOT_READY',
      /1201 s old: more than 4 times/,
      { rpo: { ...rpo, actualSeconds: 1201, verdict: 'VIOLATING' } },
    ],
    [
      'has an old recovery point whose age follows from the time of the last transfer',
      'RECOVERY_POINTS',
      'NOT_READY',
      /86400 s old/,
      { rpo: { ...rpo, actualSeconds: null, verdict: 'NOT_MEASURED', lastSyncedAt: daysBefore(1) } },
    ],
    [
      'does not tell of recovery points',
      'RECOVERY_POINTS',
      'NOT_VERIFIED',
      /does not tell/,
      { rpo: { ...rpo, actualSeconds: null }, recovery: { ...recovery, hasRecoveryPoint: null } },
    ],
    ['would be refused', 'STATE', 'NOT_READY', /^It is being deleted$/, { refusal: 'It is being deleted' }],
    ['needs configuration', 'STATE', 'NOT_READY', /needs configuration/, { state: 'NEEDS_CONFIGURATION' }],
    ['is in error', 'STATE', 'NOT_READY', /error \(E\)/, { state: 'ERROR', vendorState: 'E' }],
    ['is paused', 'STATE', 'AT_RISK', /paused/, { state: 'PAUSED' }],
    ['is in a state that is not known', 'STATE', 'NOT_VERIFIED', /not known/, { state: 'UNKNOWN' }],
    ['was never tested', 'LAST_TEST', 'NOT_VERIFIED', /No test/, { lastTestedAt: null }],
    [
      'was changed after its last test',
      'LAST_TEST',
      'NOT_VERIFIED',
      /changed on 2026-05-27, after the last test on 2026-05-22/,
      { configurationChangedAt: daysBefore(5) },
    ],
    [
      'was last tested too long ago',
      'LAST_TEST',
      'NOT_VERIFIED',
      /longer ago than 182 days/,
      { lastTestedAt: daysBefore(183), configurationChangedAt: null },
    ],
    [
      'goes to a site that is down',
      'SITES',
      'NOT_READY',
      /London, where it would be recovered/,
      { destination: { ...destination, connection: 'DOWN' } },
    ],
    [
      'runs at a site that is down',
      'SITES',
      'AT_RISK',
      /Boston, where it runs/,
      { source: { ...source, connection: 'DOWN' } },
    ],
    [
      'has a site in trouble',
      'SITES',
      'AT_RISK',
      /Not answering as it should: London$/,
      { destination: { ...destination, connection: 'DEGRADED' } },
    ],
    [
      'goes to a site that nobody can ask',
      'SITES',
      'NOT_VERIFIED',
      /not configured here/,
      { destination: { ...destination, connection: null } },
    ],
    ['has an alert', 'ALERTS', 'AT_RISK', /An alert is on: The journal is full/, { alerts: [alert] }],
    ['has alerts', 'ALERTS', 'AT_RISK', /2 alerts are on/, { alerts: [alert, { ...alert, id: 'b' }] }],
    [
      'has a site whose alerts could not be read',
      'ALERTS',
      'NOT_VERIFIED',
      /alerts of Boston could not/,
      { source: { ...source, areAlertsUnseen: true } },
    ],
    [
      'has a site without a licence',
      'LICENSE',
      'NOT_READY',
      /London has no licence/,
      { destination: { ...destination, license: { ...license, isLicensed: false } } },
    ],
    [
      'has a site whose licence is over',
      'LICENSE',
      'NOT_READY',
      /London has no licence/,
      { destination: { ...destination, license: { ...license, expiresAt: at } } },
    ],
    [
      'has a site whose licence ends soon',
      'LICENSE',
      'AT_RISK',
      /Boston ends on 2026-06-15/,
      { source: { ...source, license: { ...license, expiresAt: daysBefore(-14) } } },
    ],
    [
      'has a site whose licence has not been read',
      'LICENSE',
      'NOT_VERIFIED',
      /London has not been read/,
      { destination: { ...destination, license: 'UNREAD' } },
    ],
    [
      'has a site whose certificate has ended',
      'CERTIFICATES',
      'AT_RISK',
      /certificate of London has ended/,
      { destination: { ...destination, certificateExpiresAt: at } },
    ],
    [
      'has a site whose certificate ends soon',
      'CERTIFICATES',
      'AT_RISK',
      /certificate of Boston ends on 2026-06-15/,
      { source: { ...source, certificateExpiresAt: daysBefore(-14) } },
    ],
  ])('of what %s is told by the check %s as %s', (_what, name, verdict, detail, given) => {
    const check = checkOf(given, name)
    expect(check?.verdict).toBe(verdict)
    expect(check?.detail).toMatch(detail)
    const { verdict: whole, checks } = judge(given)
    const worst = Math.max(...checks.map((one) => readinessVerdicts.indexOf(one.verdict)))
    expect(readinessVerdicts.indexOf(whole)).toBe(worst)
    expect(judgeReadinessVerdict({ ...ready, ...given }, defaultReadinessThresholds)).toBe(whole)
  })

  it('does not hold an old recovery point against what has not changed since', () => {
    expect(checkOf({ rpo: { ...rpo, actualSeconds: 90_000 } }, 'RECOVERY_POINTS')?.verdict).toBe('READY')
  })

  it('leaves a check out where there is nothing to judge', () => {
    const none = { license: null, certificateExpiresAt: null }
    const ends = { source: { ...source, ...none }, destination: { ...destination, ...none } }
    expect(checkOf(ends, 'LICENSE')).toBeUndefined()
    expect(checkOf(ends, 'CERTIFICATES')).toBeUndefined()
    expect(judge(ends).verdict).toBe('READY')
  })

  it('takes its thresholds from the configuration', () => {
    const strict = { testIntervalDays: 5, oldestPointFactor: 1, expiryWarningDays: 500 }
    const { checks } = judgeReadiness({ ...ready, rpo: { ...rpo, actualSeconds: 301, verdict: 'VIOLATING' } }, strict)
    const verdicts = new Map(checks.map(({ name, verdict }) => [name, verdict]))
    expect(verdicts.get('RECOVERY_POINTS')).toBe('NOT_READY')
    expect(verdicts.get('LAST_TEST')).toBe('NOT_VERIFIED')
    expect(verdicts.get('LICENSE')).toBe('AT_RISK')
  })
})

describe('the age of a test', () => {
  it('is in time up to the end of the interval', () => {
    expect(judgeTest(daysBefore(182), at, 182)).toBe('IN_TIME')
    expect(judgeTest(new Date(daysBefore(182).getTime() - 1), at, 182)).toBe('OVERDUE')
    expect(judgeTest(null, at, 182)).toBe('NEVER')
    expect(toTestDueAt(daysBefore(2), 2)).toEqual(at)
    expect(toTestDueAt(null, 2)).toBeNull()
  })

  it('is counted in spans that end with their last day', () => {
    expect([0, 7, 7.1, 30, 90, 182, 365, 366].map(toTestAgeSpan)).toEqual([0, 0, 1, 1, 2, 3, 4, 5])
  })
})
