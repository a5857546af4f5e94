import type { TaskTarget } from '../task.ts'
import type { VendorAdapter } from './vendor-adapter.ts'

/** Finds who can act on a target. */
export interface TargetDirectory {
  /**
   * The configured sites to ask about a target, best first: the site it is recovered to, then the site it runs at,
   * then the others that listed it. A target that no site has listed yet is looked for at every site of its vendor.
   */
  adaptersFor(target: TaskTarget): readonly VendorAdapter[]
  /** The configured site with this global id; null when the id is unknown or only that of a peer. */
  findAdapterOfSite(siteId: string): VendorAdapter | null
  /** The configured site that raised an alert; null when nobody raises it now, and for derived ones. */
  findAdapterOfAlert(alertId: string): Promise<VendorAdapter | null>
  /** The target is about to change or has changed: what was seen of it before this moment is no longer young. */
  forget(target: Pick<TaskTarget, 'vendor'>): void
}
