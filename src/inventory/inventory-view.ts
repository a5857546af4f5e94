import type { ActionAvailability } from '../domain/actions.ts'
import type { Alert } from '../domain/alert.ts'
import type { Capability, TargetKind } from '../domain/capabilities.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { ProtectionEvent } from '../domain/protection-event.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Place, Reach } from '../domain/reach.ts'
import type { Replication } from '../domain/replication.ts'
import type { TaskTarget } from '../domain/task.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { DoubleProtection } from './double-protections.ts'
import type { Listing, SiteCoverage } from './listing.ts'
import type { Seen } from './merge-observations.ts'
import type { Site } from './site-view.ts'

/** The alerts of the configured sites, derived ones included, and what could not be seen of them. */
export interface AlertListing {
  readonly alerts: readonly Alert[]
  readonly coverage: readonly SiteCoverage[]
}

/**
 * What one caller sees of the read model. What is out of his reach is not there: an id of it is answered as an id that
 * nobody has given.
 */
export interface InventoryView {
  /** How far it goes; null is everything. */
  readonly reach: Reach

  /**
   * @param maxAgeSeconds How old the answer may be; null takes the configured default.
   * @param vendors Whose sites are asked; null is all. What is known of others may be there all the same, of any age.
   */
  listGroups(maxAgeSeconds?: number | null, vendors?: readonly Vendor[] | null): Promise<Listing<ProtectionGroup>>
  /** See {@link InventoryView.listGroups}. */
  listReplications(maxAgeSeconds?: number | null, vendors?: readonly Vendor[] | null): Promise<Listing<Replication>>
  /** Members by the global id of their group; a group without members is left out. */
  listMembers(maxAgeSeconds?: number | null): Promise<ReadonlyMap<string, readonly Seen<Replication>[]>>
  /** The machines that two products protect, each pair once. A pair is there when both of its protections are. */
  listDoubleProtections(maxAgeSeconds?: number | null): Promise<readonly DoubleProtection[]>
  listAlerts(): Promise<AlertListing>
  /** Every site that is configured or known as a peer. */
  listSites(maxAgeSeconds?: number | null): Promise<readonly Site[]>
  /** The same from what was read last, without asking anybody. */
  knownSites(): readonly Site[]
  /** A site by its global id, also by the one that it had before it was reached; null for none. Asks nobody. */
  findSite(id: string): Site | null
  /** Whether each site answers at all; for lists that do not come from a vendor's list. */
  listCoverage(): Promise<readonly SiteCoverage[]>
  /**
   * When something of a replication or group last changed that only another test can prove: name, priority, members, ends or
   * settings, for a group also those of its machines. Null when that was never seen.
   */
  configurationChangedAt(id: string): Date | null
  /**
   * Somebody wants to hear of changes from now on: the sites are read again and again, however many watch, until the last one
   * has disposed of the result.
   */
  watch(): Disposable
  /**
   * Resolves when the lists show what has changed, whichever gateway has seen it: a list without it would belie the event. Asks no
   * site, and is not waited for any longer than a second.
   */
  catchUp(event: Pick<ProtectionEvent, 'sequence'>): Promise<void>
  /** The verdict on every action for an object of a list. */
  judge(kind: TargetKind, object: ProtectedObject): readonly ActionAvailability[]
  /** The ends of an object, by the configured names of their sites. */
  toPlaces(object: Pick<ProtectedObject, 'source' | 'destination'>): readonly Place[]
  /** Whether a replication or group is there. Asks nobody. */
  isListed(target: TaskTarget): boolean
  /** Whether a site lists it, and it is out of reach: for what tells of it from elsewhere. To be told to nobody. */
  isHidden(target: TaskTarget): boolean
  /** The sites that can be asked about a target, the best first; none for what is not there. */
  adaptersFor(target: TaskTarget): readonly VendorAdapter[]
  /** A configured site all of which is there; null for any other. */
  findAdapterOfSite(siteId: string): VendorAdapter | null
  /** Whether a site may be asked for what stands at another one: a peer that is not configured, or one that is all there. */
  mayAskAbout(siteId: string): boolean
  /**
   * One read about a target, from the best site that answers.
   *
   * @throws what the first site threw, when none answers; NOT_FOUND when no site can know the target.
   */
  readTarget<T>(target: TaskTarget, read: (adapter: VendorAdapter) => Promise<T>): Promise<T>
  /**
   * One list that sites are asked for when somebody asks, together: from every configured site that has the capability. A
   * site that cannot give it costs its own part only.
   */
  readSites<T>(
    capability: Capability,
    read: (adapter: VendorAdapter) => Promise<readonly T[]>,
  ): Promise<{ readonly items: readonly T[]; readonly coverage: readonly SiteCoverage[] }>
  /** Whether all of a configured site is there, and with it what belongs to no replication or group. */
  isWholeSite(siteName: string): boolean
}
