import { isSiteWithin, isWithin, type Place, type Reach } from './reach.ts'
import type { Task } from './task.ts'

/** What one caller gets to see of what was done. */
export interface Sight {
  /** Where he may look. */
  readonly reach: Reach
  /** What he has asked for himself he sees too, at the sites that he may know of: it may have no known end yet. */
  readonly viewerName: string
}

/** What decides about a task or an entry of the audit log. */
export interface Seen {
  readonly siteName: string | null
  readonly places: readonly Place[]
  /** Who asked for it here; null for what others have started. */
  readonly askedBy: string | null
}

/** Whether a caller may see something. */
export const isInSight = ({ reach, viewerName }: Sight, { siteName, places, askedBy }: Seen): boolean =>
  isWithin(reach, places) || (askedBy === viewerName && isSiteWithin(reach, siteName))

/** Whether a caller may see a task. */
export const isTaskInSight = (sight: Sight, { siteName, places, request }: Task): boolean =>
  isInSight(sight, { siteName, places, askedBy: request?.requestedBy ?? null })
