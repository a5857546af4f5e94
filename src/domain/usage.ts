export const usageMetrics = ['TRAFFIC', 'DISK_USAGE'] as const
export type UsageMetric = (typeof usageMetrics)[number]

/** One point of a series: bytes sent since the point before (TRAFFIC), or bytes in use then (DISK_USAGE). */
export interface UsageSample {
  readonly at: Date
  readonly bytes: number
}
