import type { Capabilities } from '../domain/capabilities.ts'
import type { Command } from '../domain/command.ts'
import { DomainError } from '../domain/errors.ts'
import type { NodeKind } from '../domain/global-id.ts'
import type {
  ConnectionStatus,
  PreparedCall,
  RecoveryPointQuery,
  TaskSearch,
  VendorAdapter,
} from '../domain/ports/vendor-adapter.ts'
import type { VendorReads } from '../domain/ports/vendor-reads.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { RecoveryPoint } from '../domain/recovery-point.ts'
import type { Replication } from '../domain/replication.ts'
import type { SiteReport } from '../domain/site.ts'
import type { TaskReading } from '../domain/task.ts'
import type { Vendor } from '../domain/vendor.ts'
import { AdapterInUse } from './adapter-in-use.ts'

/**
 * The adapter of one site for as long as it is configured at one address: the same object to all who have it, whatever
 * becomes of its login and its trust. Calls that are under way end with the adapter that they began with.
 *
 * Once the site is gone every new call is refused with VENDOR_UNAVAILABLE, and nothing is sent.
 */
export class LastingAdapter implements VendorAdapter {
  readonly vendor: Vendor
  readonly siteName: string
  #present: AdapterInUse
  /** Former ones on which something is under way. */
  readonly #leaving = new Set<AdapterInUse>()
  #isClosed = false
  /** What the site could do by the former adapter; null once the present one has read it. */
  #knownBefore: Capabilities | null = null

  constructor(adapter: VendorAdapter) {
    this.vendor = adapter.vendor
    this.siteName = adapter.siteName
    this.#present = new AdapterInUse(adapter)
  }

  get reads(): VendorReads {
    return this.#open().reads
  }

  get specifics(): unknown {
    return this.#present.specifics
  }

  ownsId(kind: NodeKind, nativeId: string): boolean {
    return this.#present.adapter.ownsId(kind, nativeId)
  }

  capabilities(): Capabilities {
    return this.#knownBefore ?? this.#present.adapter.capabilities()
  }

  connection(): ConnectionStatus {
    return this.#present.adapter.connection()
  }

  async readSite(signal: AbortSignal): Promise<SiteReport> {
    const asked = this.#open()
    const report = await asked.run((adapter) => adapter.readSite(signal))
    if (asked === this.#present) this.#knownBefore = null
    return report
  }

  async listGroups(signal: AbortSignal): Promise<readonly ProtectionGroup[]> {
    return this.#open().run((adapter) => adapter.listGroups(signal))
  }

  async listReplications(signal: AbortSignal): Promise<readonly Replication[]> {
    return this.#open().run((adapter) => adapter.listReplications(signal))
  }

  async getGroup(nativeId: string, signal: AbortSignal): Promise<ProtectionGroup> {
    return this.#open().run((adapter) => adapter.getGroup(nativeId, signal))
  }

  async getReplication(nativeId: string, signal: AbortSignal): Promise<Replication> {
    return this.#open().run((adapter) => adapter.getReplication(nativeId, signal))
  }

  async listRecoveryPoints(
    queries: readonly RecoveryPointQuery[],
    signal: AbortSignal,
  ): Promise<readonly (readonly RecoveryPoint[])[]> {
    return this.#open().run((adapter) => adapter.listRecoveryPoints(queries, signal))
  }

  async readTasks(vendorTaskIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, TaskReading>> {
    return this.#open().run((adapter) => adapter.readTasks(vendorTaskIds, signal))
  }

  async listTasks(search: TaskSearch, signal: AbortSignal): Promise<readonly TaskReading[]> {
    return this.#open().run((adapter) => adapter.listTasks(search, signal))
  }

  async cleanUp(handle: string, signal: AbortSignal): Promise<void> {
    return this.#open().run((adapter) => adapter.cleanUp(handle, signal))
  }

  /** What it gives is sent by the adapter that has made it, and by no other one. */
  async prepare(command: Command, signal: AbortSignal): Promise<PreparedCall> {
    const maker = this.#open()
    const prepared = await maker.run((adapter) => adapter.prepare(command, signal))
    const { listNamed } = prepared
    return {
      ...prepared,
      ...(listNamed === undefined
        ? {}
        : { listNamed: async (limit) => this.#require(maker).run(() => listNamed(limit)) }),
      send: async (options) => this.#require(maker).run(() => prepared.send(options)),
    }
  }

  /** Keeps the present adapter as long as the result is not disposed of, so that what it has prepared can be sent. */
  hold(): Disposable {
    return this.#present.hold()
  }

  /** New calls go by another adapter of the same site. The former one is disposed of when nothing is under way on it. */
  renew(adapter: VendorAdapter): void {
    const former = this.#present
    this.#knownBefore ??= former.adapter.capabilities()
    this.#present = new AdapterInUse(adapter)
    void this.#letGo(former)
  }

  /** No new calls are made. Resolves when nothing is under way any more and the adapter is disposed of. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#letGo(this.#present)
  }

  /** Ends it, whatever is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    await Promise.all([this.#present, ...this.#leaving].map((adapter) => adapter[Symbol.asyncDispose]()))
  }

  async #letGo(adapter: AdapterInUse): Promise<void> {
    this.#leaving.add(adapter)
    await adapter.letGo()
    this.#leaving.delete(adapter)
  }

  #open(): AdapterInUse {
    return this.#require(this.#present)
  }

  #require(adapter: AdapterInUse): AdapterInUse {
    if (!this.#isClosed && !adapter.isGone) return adapter
    const { siteName } = this
    const message = `site ${siteName}: its configuration was changed meanwhile; nothing was sent`
    throw DomainError.vendor({ code: 'VENDOR_UNAVAILABLE', message, siteName })
  }
}
