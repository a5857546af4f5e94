import type { Problem } from '../domain/errors.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { CachedRead } from './cached-read.ts'
import type { Seen } from './merge-observations.ts'
import type { SiteFeed } from './site-feed.ts'

export const completenesses = ['COMPLETE', 'STALE', 'UNAVAILABLE'] as const
export type Completeness = (typeof completenesses)[number]

/** What a list could see of one configured site. */
export interface SiteCoverage {
  readonly siteName: string
  readonly completeness: Completeness
  readonly observedAt: Date | null
  readonly problem: Problem | null
}

/** One list over all sites, and what it could not see. */
export interface Listing<T extends ProtectedObject> {
  readonly byId: ReadonlyMap<string, Seen<T>>
  readonly coverage: readonly SiteCoverage[]
}

/**
 * How much of a site one of its lists shows.
 *
 * @param oldestMs What was read before this moment is not shown any more when the site does not answer.
 */
export const toCoverage = <T>({ adapter }: SiteFeed, read: CachedRead<T>, oldestMs: number): SiteCoverage => {
  const { observedAt, problem } = read.last
  const { siteName } = adapter
  if (observedAt === null || (problem !== null && observedAt.getTime() < oldestMs)) {
    return { siteName, completeness: 'UNAVAILABLE', observedAt, problem }
  }
  return { siteName, completeness: problem === null ? 'COMPLETE' : 'STALE', observedAt, problem }
}
