/** "Never synced" is not "late": NEVER_SYNCED has no recovery point at all. */
export const rpoVerdicts = ['MEETING', 'VIOLATING', 'NEVER_SYNCED', 'NOT_MEASURED'] as const
export type RpoVerdict = (typeof rpoVerdicts)[number]

export interface RpoStatus {
  readonly targetSeconds: number | null
  /** Age of the newest recovery point when the vendor measured it. */
  readonly actualSeconds: number | null
  /** By how much the target is missed; 0 when it is met; null when not measured. */
  readonly violationSeconds: number | null
  readonly verdict: RpoVerdict
  readonly lastSyncedAt: Date | null
}
