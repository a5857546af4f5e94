import type { Vendor } from './vendor.ts'

/** WARNING wants a look, ERROR wants it now. */
export const alertLevels = ['WARNING', 'ERROR', 'UNKNOWN'] as const
export type AlertLevel = (typeof alertLevels)[number]

/** What an alert is about. */
export const alertSubjects = ['SITE', 'GROUP', 'REPLICATION', 'APPLIANCE', 'STORAGE', 'LICENSE', 'OTHER'] as const
export type AlertSubject = (typeof alertSubjects)[number]

/** Something a person should look at. */
export interface Alert {
  /** Global id; the same alert keeps it for as long as it is on. */
  readonly id: string
  readonly vendor: Vendor
  readonly nativeId: string
  readonly level: AlertLevel
  readonly subject: AlertSubject
  /** The vendor's own code, e.g. of its help pages; null where it has none. */
  readonly code: string | null
  readonly description: string
  readonly turnedOnAt: Date | null
  /** True when somebody has put it aside; false where the vendor has no such thing. */
  readonly isDismissed: boolean
  /** True when this gateway concluded it from what the site lists, because the vendor has no alerts of its own. */
  readonly isDerived: boolean
  /** Global id of the site that raised it. */
  readonly siteId: string
  /** Global ids of the replications and groups it is about. */
  readonly targetIds: readonly string[]
}
