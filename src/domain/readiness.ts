/** Whether a group could be failed over now. NOT_VERIFIED: nothing speaks against it, and nobody has proved it. */
export const readinessVerdicts = ['READY', 'NOT_VERIFIED', 'AT_RISK', 'NOT_READY'] as const
export type ReadinessVerdict = (typeof readinessVerdicts)[number]

/** What is looked at, in the order of a report. */
export const readinessCheckNames = [
  'RPO',
  'RECOVERY_POINTS',
  'STATE',
  'LAST_TEST',
  'SITES',
  'ALERTS',
  'LICENSE',
  'CERTIFICATES',
] as const
export type ReadinessCheckName = (typeof readinessCheckNames)[number]

export interface ReadinessCheck {
  readonly name: ReadinessCheckName
  readonly verdict: ReadinessVerdict
  /** Why, in a sentence for an operator. */
  readonly detail: string
}

export interface Readiness {
  /** The worst of the checks. */
  readonly verdict: ReadinessVerdict
  readonly checks: readonly ReadinessCheck[]
}

/** What an operator may set. */
export interface ReadinessThresholds {
  /** A test older than this is overdue. @default 182 // days; the vendors' own default for reminders */
  readonly testIntervalDays: number
  /** A newest recovery point older than this many times the objective is NOT_READY. @default 4 */
  readonly oldestPointFactor: number
  /** A licence or certificate that ends within so many days is AT_RISK. @default 14 */
  readonly expiryWarningDays: number
}
