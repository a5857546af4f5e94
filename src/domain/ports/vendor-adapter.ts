import type { Capabilities, TargetKind } from '../capabilities.ts'
import type { Command } from '../command.ts'
import type { NodeKind } from '../global-id.ts'
import type { ProtectionGroup } from '../protection-group.ts'
import type { RecoveryPoint } from '../recovery-point.ts'
import type { Replication } from '../replication.ts'
import type { BreakerState, SiteReport } from '../site.ts'
import type { DecisionPolicy, TaskReading, WireCall } from '../task.ts'
import type { Vendor } from '../vendor.ts'
import type { VendorReads } from './vendor-reads.ts'

/** What the vendor said when it took a call. */
export type Acceptance =
  /** Work began; the task tells how it goes on. */
  | { readonly kind: 'TASK'; readonly vendorTaskId: string }
  /** The vendor answered with success and no task: all is done. */
  | { readonly kind: 'DONE' }

export interface SendOptions {
  /** Correlates the call in the vendor's log, where the vendor takes such a word. */
  readonly operationId: string
  /** Ends the wait for the answer, not the vendor's work. */
  readonly signal: AbortSignal
  /**
   * Asked last of all before the first byte of what starts anything leaves; when it is false, nothing leaves, and the send fails
   * with VENDOR_UNAVAILABLE.
   */
  readonly mayLeave: () => boolean
  /**
   * For a call of several steps, of which only the last one starts anything. Called with a handle as soon as something is
   * open at the vendor, and with null before the last step leaves; each is durable when it resolves. After a crash,
   * {@link VendorAdapter.cleanUp} is given a handle that was not followed by null.
   */
  readonly remember: (handle: string | null) => Promise<void>
}

/** Something of a site's that a call names beside its target. */
export interface NamedThing {
  /** For people, e.g. `the machine vm-42`. The same words whether or not it is there. */
  readonly what: string
  /** Its data or its place is used; or it gets something. */
  readonly role: 'TAKEN' | 'GIVEN_TO'
  /** Global id of the site where it is; null for the site that is asked, or at which the target runs. */
  readonly siteId: string | null
  /** Whose it is; null where the vendor does not tell, and for what is not there. */
  readonly organization: string | null
}

/** A call to a vendor, checked and translated, not yet sent. */
export interface PreparedCall {
  /** Exactly what will leave, in order, without credentials. */
  readonly calls: readonly WireCall[]
  /** What is sent to become of a recovery that waits for a decision; null where nothing waits. */
  readonly decision: DecisionPolicy | null
  /**
   * For a failover and a move: whether what is sent also protects the machines back once they run at the destination.
   * Left out for everything else, and where the vendor does that only when it is asked to afterwards.
   */
  readonly isProtectedBack?: boolean
  /** Name of what a start makes; null where it is not known before, and for everything else. */
  readonly newName: string | null
  /**
   * Whose the things are that the call names beside its target: the machines that a start takes and where they go, what is
   * added to a group, a new owner. Asked only for callers who are bound to a part of the world; reads what it needs. Left
   * out where the call names nothing of the kind.
   */
  readonly listNamed?: (signal: AbortSignal) => Promise<readonly NamedThing[]>
  /**
   * Sends each call at most once and resolves when the vendor has accepted, not when the work is done. May sign in
   * first; never repeats a call that may have reached the vendor.
   *
   * @throws VENDOR_REFUSED, RATE_LIMITED when the vendor said no.
   * @throws VENDOR_UNAVAILABLE when it is certain that nothing reached the vendor.
   * @throws OUTCOME_UNKNOWN when the call may have been accepted and the answer was lost.
   */
  send(options: SendOptions): Promise<Acceptance>
}

/** Which objects, and in which span of time (both ends inclusive, null is open). */
export interface RecoveryPointQuery {
  readonly kind: TargetKind
  readonly nativeId: string
  readonly from: Date | null
  readonly to: Date | null
}

/** Which tasks to look through. */
export interface TaskSearch {
  /** Only those that started then or later, by the gateway's clock: the adapter allows for the site's. */
  readonly since: Date
  /** Only those of calls with this operation id; null is all. Needs the capability OPERATION_IDS. */
  readonly operationId: string | null
}

/** How the way to a site is doing. */
export interface ConnectionStatus {
  readonly url: string
  readonly breaker: BreakerState
  readonly lastSuccessAt: Date | null
  /** When the certificate ends that the site showed last; null before the first connection, and without TLS. */
  readonly certificateExpiresAt: Date | null
}

/**
 * One configured site of one vendor. An adapter translates and sends; it decides nothing: rules that are the same for
 * two vendors stand in `domain` and `operations`.
 *
 * Every read may be repeated by the adapter after a passing failure; every wait ends when `signal` aborts. Reads throw
 * VENDOR_UNAVAILABLE, VENDOR_PROTOCOL, VENDOR_REFUSED, RATE_LIMITED, TIMEOUT or CANCELLED, with the site's name.
 */
export interface VendorAdapter extends AsyncDisposable {
  readonly vendor: Vendor
  /** The site's name in the configuration. */
  readonly siteName: string

  /** True when the native id has the vendor's form. Pure: an id that fails is unknown without asking anybody. */
  ownsId(kind: NodeKind, nativeId: string): boolean

  /** What is asked only when somebody asks. */
  readonly reads: VendorReads

  /** What only its vendor tells, for its own part of the public schema; left out where there is nothing of the kind. */
  readonly specifics?: unknown

  /** The newest capabilities known; those of the vendor's oldest version before the first {@link readSite}. */
  capabilities(): Capabilities
  connection(): ConnectionStatus

  /** Signs in where needed, and says what the site is, at which version, and with whom it is paired. */
  readSite(signal: AbortSignal): Promise<SiteReport>

  /** All groups the site lists, in as few calls as the vendor's paging allows. */
  listGroups(signal: AbortSignal): Promise<readonly ProtectionGroup[]>
  /** All protected machines the site lists, in as few calls as the vendor's paging allows. */
  listReplications(signal: AbortSignal): Promise<readonly Replication[]>

  /** One fresh read. @throws NOT_FOUND when the site does not know it. */
  getGroup(nativeId: string, signal: AbortSignal): Promise<ProtectionGroup>
  /** One fresh read. @throws NOT_FOUND when the site does not know it. */
  getReplication(nativeId: string, signal: AbortSignal): Promise<Replication>

  /** The recovery points of each query, in the order of the queries, newest first. */
  listRecoveryPoints(
    queries: readonly RecoveryPointQuery[],
    signal: AbortSignal,
  ): Promise<readonly (readonly RecoveryPoint[])[]>

  /** The vendor's tasks by id, in one call. A task that the vendor no longer lists is left out. */
  readTasks(vendorTaskIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, TaskReading>>

  /** The vendor's own list of tasks, whoever started them, the newest first. */
  listTasks(search: TaskSearch, signal: AbortSignal): Promise<readonly TaskReading[]>

  /**
   * Takes away what a send of several steps left open at the vendor; does nothing when it is no longer there. Throws what
   * reads throw.
   *
   * @param handle What the send gave to {@link SendOptions.remember}.
   */
  cleanUp(handle: string, signal: AbortSignal): Promise<void>

  /**
   * Checks and translates a command. Sends nothing that changes anything; may read what the translation needs.
   *
   * @throws INVALID_INPUT, CAPABILITY_UNSUPPORTED, NOT_FOUND
   */
  prepare(command: Command, signal: AbortSignal): Promise<PreparedCall>
}
