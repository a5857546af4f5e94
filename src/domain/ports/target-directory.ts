import type { Alert } from '../alert.ts'
import type { Problem } from '../errors.ts'
import type { ProtectedObject } from '../protection.ts'
import type { Place } from '../reach.ts'
import type { Replication } from '../replication.ts'
import type { TaskTarget } from '../task.ts'
import type { VendorAdapter } from './vendor-adapter.ts'

/** A machine, and where else it is protected: in another group, or by another vendor. */
export interface OtherProtection {
  readonly machine: Replication
  readonly other: Replication
  /** Name of the group that the other one is in; null when it is in none, or its group is not listed. */
  readonly otherGroupName: string | null
  /** By what it is known to be the same machine. */
  readonly knownBy: 'PLATFORM_ID' | 'NAME_AND_ORGANIZATION'
}

/** What could be found out about a site now. */
export interface SiteSight {
  readonly siteId: string
  readonly name: string
  /** Null when the site is not configured, so that nobody can be asked. */
  readonly isReachable: boolean | null
  /** Why not; null when it answers or cannot be asked. */
  readonly problem: Problem | null
}

/** Finds who can act on a target, and what is known around it. */
export interface TargetDirectory {
  /**
   * The configured sites to ask about a target, best first: the site it is recovered to, then the site it runs at,
   * then the others that listed it. A target that no site has listed yet is looked for at every site of its vendor.
   */
  adaptersFor(target: TaskTarget): readonly VendorAdapter[]
  /** The ends of an object, by the configured names of their sites. */
  toPlaces(object: Pick<ProtectedObject, 'source' | 'destination'>): readonly Place[]
  /** The ends of a target as it was last listed; empty for what no site has listed. Asks nobody. */
  placesOf(target: TaskTarget): readonly Place[]
  /**
   * The same after asking the sites whose lists are older than configured, within a few seconds, so that what has just
   * been made is known.
   */
  findPlaces(target: TaskTarget): Promise<readonly Place[]>
  /** The configured site with this global id; null when the id is unknown or only that of a peer. */
  findAdapterOfSite(siteId: string): VendorAdapter | null
  /** The same, after asking who they are those sites that nobody has asked yet. */
  reachAdapterOfSite(siteId: string): Promise<VendorAdapter | null>
  /** The alert with this id that a site raises itself and now; null for derived ones, too. */
  findAlert(alertId: string): Promise<Alert | null>
  /** The machines of a target as last listed, asked again when older than the configured age: itself, or its members. */
  listMachines(target: TaskTarget): Promise<readonly Replication[]>
  /**
   * The other protections of these machines among everything that is listed.
   *
   * @returns `unseenSites`: configured names of the sites whose machines have never been listed, so that nothing can be
   * said about them.
   */
  listOtherProtections(
    machines: readonly Replication[],
  ): Promise<{ readonly found: readonly OtherProtection[]; readonly unseenSites: readonly string[] }>
  /** The alerts that are on and not dismissed about any of these objects or sites. Best effort: never throws. */
  listAlertsAbout(ids: readonly string[]): Promise<readonly Alert[]>
  /** Asks a site itself, now. Never throws. */
  askSite(siteId: string, signal: AbortSignal): Promise<SiteSight>
  /** The target is about to change or has changed: what was seen of it before this moment is no longer young. */
  forget(target: Pick<TaskTarget, 'vendor'>): void
}
