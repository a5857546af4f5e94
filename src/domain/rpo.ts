/** "Never synced" is not "late": NEVER_SYNCED has no recovery point at all. */
export const rpoVerdicts = ['MEETING', 'VIOLATING', 'NEVER_SYNCED', 'NOT_MEASURED'] as const
export type RpoVerdict = (typeof rpoVerdicts)[number]

const rank: Readonly<Record<RpoVerdict, number>> = { MEETING: 0, NOT_MEASURED: 1, VIOLATING: 2, NEVER_SYNCED: 3 }

/** The worse of two verdicts. What was not measured is worse than what meets its target, and better than the rest. */
export const toWorseRpoVerdict = (one: RpoVerdict, other: RpoVerdict): RpoVerdict =>
  rank[other] > rank[one] ? other : one

export interface RpoStatus {
  readonly targetSeconds: number | null
  /** Age of the newest recovery point when the vendor measured it. */
  readonly actualSeconds: number | null
  /** By how much the target is missed; 0 when it is met; null when not measured. */
  readonly violationSeconds: number | null
  readonly verdict: RpoVerdict
  readonly lastSyncedAt: Date | null
}
