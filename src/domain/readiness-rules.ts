import type { Alert } from './alert.ts'
import type { ProtectedObject, ProtectionState } from './protection.ts'
import {
  readinessVerdicts,
  type Readiness,
  type ReadinessCheck,
  type ReadinessCheckName,
  type ReadinessThresholds,
  type ReadinessVerdict,
} from './readiness.ts'
import type { ConnectionState } from './site.ts'
import type { License } from './site-condition.ts'
import { judgeTest, toAgeDays, toTestDueAt } from './test-age.ts'

/** What holds where nobody has said otherwise. */
export const defaultReadinessThresholds: ReadinessThresholds = {
  testIntervalDays: 182,
  oldestPointFactor: 4,
  expiryWarningDays: 14,
}

/** What is known of the site at one end. */
export interface ReadinessEnd {
  readonly siteName: string
  /** Null for a site that is not configured here, so that nobody can ask it. */
  readonly connection: ConnectionState | null
  /** UNREAD until it could be read; null where the site has no licence to tell of. */
  readonly license: License | 'UNREAD' | null
  /** When the certificate ends that the site shows; null where none has been seen. */
  readonly certificateExpiresAt: Date | null
  /** True when the site could not be asked for its alerts. */
  readonly areAlertsUnseen: boolean
}

/** All that decides whether a target is ready. */
export interface ReadinessFacts extends Pick<ProtectedObject, 'name' | 'state' | 'vendorState' | 'rpo' | 'recovery'> {
  /** The moment that is judged: when it was last listed. */
  readonly at: Date
  /** Why a failover would be refused now; null when nothing speaks against it. */
  readonly refusal: string | null
  /** The end of the newest test that anybody knows of. */
  readonly lastTestedAt: Date | null
  /** When something last changed that only another test can prove; null when that was never seen. */
  readonly configurationChangedAt: Date | null
  readonly source: ReadinessEnd
  readonly destination: ReadinessEnd
  /** Those that are on, not dismissed, and raised by the vendor, about the target, its machines or its sites. */
  readonly alerts: readonly Alert[]
}

/** One row of the table: what it takes, and what is said. Rows stand with the worst first; the first that fits counts. */
interface Row {
  readonly verdict: Exclude<ReadinessVerdict, 'READY'>
  readonly fits: (facts: ReadinessFacts, thresholds: ReadinessThresholds) => boolean
  readonly detail: (facts: ReadinessFacts, thresholds: ReadinessThresholds) => string
}

interface Check {
  readonly name: ReadinessCheckName
  /** Whether there is anything to judge: a check without facts is left out. @default always */
  readonly applies?: (facts: ReadinessFacts) => boolean
  readonly rows: readonly Row[]
  /** Said when no row fits. */
  readonly ready: (facts: ReadinessFacts, thresholds: ReadinessThresholds) => string
}

const toDay = (moment: Date | null | undefined): string => moment?.toISOString().slice(0, 10) ?? 'an unknown day'
const endsOf = ({ source, destination }: ReadinessFacts): readonly ReadinessEnd[] => [destination, source]
const quote = (ends: readonly ReadinessEnd[]): string => ends.map(({ siteName }) => siteName).join(' and ')

/** Seconds between the newest recovery point and the moment that is judged; null when nobody tells. */
const findPointAgeSeconds = ({ rpo, at }: ReadinessFacts): number | null =>
  rpo.actualSeconds ??
  (rpo.lastSyncedAt === null ? null : Math.max(0, Math.round((at.getTime() - rpo.lastSyncedAt.getTime()) / 1000)))

const stateRows: Readonly<Partial<Record<ProtectionState, Pick<Row, 'verdict'> & { readonly words: string }>>> = {
  INITIALIZING: { verdict: 'NOT_READY', words: 'the first full copy is being made' },
  NEEDS_CONFIGURATION: { verdict: 'NOT_READY', words: 'it needs configuration at the vendor first' },
  ERROR: { verdict: 'NOT_READY', words: 'the vendor reports an error' },
  DELETING: { verdict: 'NOT_READY', words: 'it is being deleted' },
  DISCONNECTED: { verdict: 'AT_RISK', words: 'the two sites do not see each other' },
  PAUSED: { verdict: 'AT_RISK', words: 'it is paused, and its recovery points get older' },
  NOT_MEETING_TARGET: { verdict: 'AT_RISK', words: 'it is later or keeps less than promised' },
  TESTING: { verdict: 'AT_RISK', words: 'a test runs, and protection stands still meanwhile' },
  UNKNOWN: { verdict: 'NOT_VERIFIED', words: 'the vendor says something that is not known here' },
}

const inState = (verdict: Row['verdict']): Row => ({
  verdict,
  fits: ({ state }) => stateRows[state]?.verdict === verdict,
  detail: ({ state, vendorState }) => `As it stands, ${stateRows[state]?.words} (${vendorState})`,
})

const isDown = ({ connection }: ReadinessEnd): boolean => connection === 'DOWN'
const isDegraded = ({ connection }: ReadinessEnd): boolean => connection === 'DEGRADED'

/** The licences that could be read, with where they are. */
const licensesOf = (facts: ReadinessFacts): readonly (License & Pick<ReadinessEnd, 'siteName'>)[] =>
  endsOf(facts).flatMap(({ siteName, license }) =>
    license === null || license === 'UNREAD' ? [] : [{ ...license, siteName }],
  )
const isOver = (expiresAt: Date | null, at: Date): boolean => expiresAt !== null && expiresAt <= at
const endsSoon = (expiresAt: Date | null, at: Date, { expiryWarningDays }: ReadinessThresholds): boolean =>
  expiresAt !== null && toAgeDays(at, expiresAt) <= expiryWarningDays

const findEnding = (
  facts: ReadinessFacts,
  fits: (expiresAt: Date | null, at: Date) => boolean,
): ReadinessEnd | undefined => endsOf(facts).find(({ certificateExpiresAt }) => fits(certificateExpiresAt, facts.at))

/**
 * Every rule of readiness. Nothing here needs a call to a vendor for each target, so that a list of thousands can be
 * judged; for that reason recovery points are judged by the newest one, and how many there are is not.
 */
const checks: readonly Check[] = [
  {
    name: 'RPO',
    rows: [
      {
        verdict: 'NOT_READY',
        fits: ({ rpo }) => rpo.verdict === 'NEVER_SYNCED',
        detail: () => 'Nothing has ever been transferred',
      },
      {
        verdict: 'AT_RISK',
        fits: ({ rpo }) => rpo.verdict === 'VIOLATING',
        detail: ({ rpo }) =>
          `The objective of ${rpo.targetSeconds ?? '?'} s is missed by ${rpo.violationSeconds ?? '?'} s`,
      },
      {
        verdict: 'NOT_VERIFIED',
        fits: ({ rpo }) => rpo.verdict === 'NOT_MEASURED',
        detail: () => 'The vendor has no figure just now',
      },
    ],
    ready: ({ rpo }) => `The objective of ${rpo.targetSeconds ?? '?'} s is met`,
  },
  {
    name: 'RECOVERY_POINTS',
    rows: [
      {
        verdict: 'NOT_READY',
        fits: ({ recovery, rpo }) => recovery.hasRecoveryPoint === false || rpo.verdict === 'NEVER_SYNCED',
        detail: () => 'There is no recovery point',
      },
      {
        verdict: 'NOT_READY',
        fits: (facts, { oldestPointFactor }) => {
          const [age, target] = [findPointAgeSeconds(facts), facts.rpo.targetSeconds]
          // What does not change, a machine that is switched off for one, has old points that are as good as new ones.
          if (facts.rpo.verdict === 'MEETING') return false
          return age !== null && target !== null && age > target * oldestPointFactor
        },
        detail: (facts, { oldestPointFactor }) =>
          `The newest recovery point was ${findPointAgeSeconds(facts)} s old: more than ${oldestPointFactor} times the objective`,
      },
      {
        verdict: 'NOT_VERIFIED',
        fits: (facts) => findPointAgeSeconds(facts) === null && facts.recovery.hasRecoveryPoint !== true,
        detail: () => 'The vendor does not tell how old the newest recovery point is',
      },
    ],
    ready: (facts) => {
      const age = findPointAgeSeconds(facts)
      return age === null ? 'There is a recovery point' : `The newest recovery point was ${age} s old`
    },
  },
  {
    name: 'STATE',
    rows: [
      { verdict: 'NOT_READY', fits: ({ refusal }) => refusal !== null, detail: ({ refusal }) => refusal ?? '' },
      inState('NOT_READY'),
      inState('AT_RISK'),
      inState('NOT_VERIFIED'),
    ],
    ready: ({ vendorState }) => `Nothing in its state speaks against a failover (${vendorState})`,
  },
  {
    name: 'LAST_TEST',
    rows: [
      {
        verdict: 'NOT_VERIFIED',
        fits: ({ lastTestedAt }) => lastTestedAt === null,
        detail: () => 'No test failover is known',
      },
      {
        verdict: 'NOT_VERIFIED',
        fits: ({ lastTestedAt, configurationChangedAt }) =>
          lastTestedAt !== null && configurationChangedAt !== null && configurationChangedAt > lastTestedAt,
        detail: ({ lastTestedAt, configurationChangedAt }) =>
          `Its configuration changed on ${toDay(configurationChangedAt)}, after the last test on ${toDay(lastTestedAt)}`,
      },
      {
        verdict: 'NOT_VERIFIED',
        fits: ({ lastTestedAt, at }, { testIntervalDays }) =>
          judgeTest(lastTestedAt, at, testIntervalDays) === 'OVERDUE',
        detail: ({ lastTestedAt }, { testIntervalDays }) =>
          `The last test on ${toDay(lastTestedAt)} is longer ago than ${testIntervalDays} days`,
      },
    ],
    ready: ({ lastTestedAt }, { testIntervalDays }) =>
      `Tested on ${toDay(lastTestedAt)}; due again on ${toDay(toTestDueAt(lastTestedAt, testIntervalDays))}`,
  },
  {
    name: 'SITES',
    rows: [
      {
        verdict: 'NOT_READY',
        fits: ({ destination }) => isDown(destination),
        detail: ({ destination }) => `${destination.siteName}, where it would be recovered, does not answer`,
      },
      {
        verdict: 'AT_RISK',
        fits: ({ source }) => isDown(source),
        detail: ({ source }) => `${source.siteName}, where it runs, does not answer: nothing newer can be recovered`,
      },
      {
        verdict: 'AT_RISK',
        fits: (facts) => endsOf(facts).some(isDegraded),
        detail: (facts) => `Not answering as it should: ${quote(endsOf(facts).filter(isDegraded))}`,
      },
      {
        verdict: 'NOT_VERIFIED',
        fits: ({ destination }) => destination.connection === null,
        detail: ({ destination }) =>
          `${destination.siteName}, where it would be recovered, is not configured here and cannot be asked`,
      },
    ],
    ready: (facts) => `Answering: ${quote(endsOf(facts).filter(({ connection }) => connection !== null))}`,
  },
  {
    name: 'ALERTS',
    rows: [
      {
        verdict: 'AT_RISK',
        fits: ({ alerts }) => alerts.length > 0,
        detail: ({ alerts }) =>
          alerts.length === 1
            ? `An alert is on: ${alerts[0]?.description}`
            : `${alerts.length} alerts are on, among them: ${alerts[0]?.description}`,
      },
      {
        verdict: 'NOT_VERIFIED',
        fits: (facts) => endsOf(facts).some(({ areAlertsUnseen }) => areAlertsUnseen),
        detail: (facts) =>
          `The alerts of ${quote(endsOf(facts).filter(({ areAlertsUnseen }) => areAlertsUnseen))} could not be read`,
      },
    ],
    ready: () => 'The vendor raises no alert about it',
  },
  {
    name: 'LICENSE',
    applies: (facts) => endsOf(facts).some(({ license }) => license !== null),
    rows: [
      {
        verdict: 'NOT_READY',
        fits: (facts) =>
          licensesOf(facts).some(({ isLicensed, expiresAt }) => !isLicensed || isOver(expiresAt, facts.at)),
        detail: (facts) => {
          const over = licensesOf(facts).find(({ isLicensed, expiresAt }) => !isLicensed || isOver(expiresAt, facts.at))
          return `${over?.siteName} has no licence that is in force`
        },
      },
      {
        verdict: 'AT_RISK',
        fits: (facts, thresholds) =>
          licensesOf(facts).some(({ expiresAt }) => endsSoon(expiresAt, facts.at, thresholds)),
        detail: (facts, thresholds) => {
          const soon = licensesOf(facts).find(({ expiresAt }) => endsSoon(expiresAt, facts.at, thresholds))
          return `The licence of ${soon?.siteName} ends on ${toDay(soon?.expiresAt)}`
        },
      },
      {
        verdict: 'NOT_VERIFIED',
        fits: (facts) => endsOf(facts).some(({ license }) => license === 'UNREAD'),
        detail: (facts) =>
          `The licence of ${quote(endsOf(facts).filter(({ license }) => license === 'UNREAD'))} has not been read yet`,
      },
    ],
    ready: (facts) => `Licensed: ${quote(endsOf(facts).filter(({ license }) => license !== null))}`,
  },
  {
    name: 'CERTIFICATES',
    applies: (facts) => endsOf(facts).some(({ certificateExpiresAt }) => certificateExpiresAt !== null),
    rows: [
      {
        verdict: 'AT_RISK',
        fits: (facts) => findEnding(facts, isOver) !== undefined,
        detail: (facts) => {
          const over = findEnding(facts, isOver)
          return `The certificate of ${over?.siteName} has ended on ${toDay(over?.certificateExpiresAt)}`
        },
      },
      {
        verdict: 'AT_RISK',
        fits: (facts, thresholds) =>
          findEnding(facts, (expiresAt, at) => endsSoon(expiresAt, at, thresholds)) !== undefined,
        detail: (facts, thresholds) => {
          const soon = findEnding(facts, (expiresAt, at) => endsSoon(expiresAt, at, thresholds))
          return `The certificate of ${soon?.siteName} ends on ${toDay(soon?.certificateExpiresAt)}`
        },
      },
    ],
    ready: (facts) =>
      `Not ending soon: ${quote(endsOf(facts).filter(({ certificateExpiresAt }) => certificateExpiresAt !== null))}`,
  },
]

const worstOf = (verdicts: readonly ReadinessVerdict[]): ReadinessVerdict =>
  readinessVerdicts.findLast((verdict) => verdicts.includes(verdict)) ?? 'READY'

const findRow = (check: Check, facts: ReadinessFacts, thresholds: ReadinessThresholds): Row | null =>
  check.rows.find(({ fits }) => fits(facts, thresholds)) ?? null

const checksFor = (facts: ReadinessFacts): readonly Check[] =>
  checks.filter(({ applies }) => applies === undefined || applies(facts))

/** The verdict alone, without the sentences: for counting thousands. */
export const judgeReadinessVerdict = (facts: ReadinessFacts, thresholds: ReadinessThresholds): ReadinessVerdict =>
  worstOf(checksFor(facts).map((check) => findRow(check, facts, thresholds)?.verdict ?? 'READY'))

/** Whether a target could be failed over, and every reason. */
export const judgeReadiness = (facts: ReadinessFacts, thresholds: ReadinessThresholds): Readiness => {
  const judged = checksFor(facts).map((check): ReadinessCheck => {
    const row = findRow(check, facts, thresholds)
    const detail = row === null ? check.ready(facts, thresholds) : row.detail(facts, thresholds)
    return { name: check.name, verdict: row?.verdict ?? 'READY', detail }
  })
  return { verdict: worstOf(judged.map(({ verdict }) => verdict)), checks: judged }
}
