import type { RpoVerdict } from '../rpo.ts'

/** How a group kept its objective at one moment. */
export interface RpoSample {
  /** Global id of the group. */
  readonly groupId: string
  readonly at: Date
  /** Null when it was not measured. */
  readonly actualSeconds: number | null
  readonly targetSeconds: number | null
  readonly verdict: RpoVerdict
}

/** Several samples as one: what is left of older ones. A fresh sample is a bucket of its own, with a count of 1. */
export interface RpoBucket {
  readonly from: Date
  readonly to: Date
  readonly sampleCount: number
  /** Null when nothing was measured in it. */
  readonly minSeconds: number | null
  readonly maxSeconds: number | null
  readonly averageSeconds: number | null
  /** The last one in it. */
  readonly targetSeconds: number | null
  /** The worst one in it. */
  readonly verdict: RpoVerdict
}

/** How long samples are kept. Older than a day they are put together by quarter hours, older than a week by hours. */
export const rpoKeptMs = 90 * 24 * 60 * 60 * 1000

/**
 * Durable memory of how groups kept their recovery point objectives; the vendors keep none that can be asked for.
 *
 * @throws STORE_BUSY, STORE_UNAVAILABLE
 */
export interface RpoHistory {
  append(samples: readonly RpoSample[]): Promise<void>
  /** The newest sample of every group, for deciding what is worth keeping. */
  listNewest(): Promise<readonly RpoSample[]>
  /** What is kept of a group between two moments, oldest first. */
  read(groupId: string, from: Date, to: Date): Promise<readonly RpoBucket[]>
  /** Puts older samples together and forgets those beyond {@link rpoKeptMs}. */
  thin(now: Date): Promise<void>
}
