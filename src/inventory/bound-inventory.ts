import type { Alert } from '../domain/alert.ts'
import type { Capability, TargetKind } from '../domain/capabilities.ts'
import { DomainError } from '../domain/errors.ts'
import { parseGlobalId, toGlobalId } from '../domain/global-id.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { ProtectionEvent } from '../domain/protection-event.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import { isSiteWithin, isWholeSiteWithin, isWithin, type Reach } from '../domain/reach.ts'
import type { Replication } from '../domain/replication.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { TaskTarget } from '../domain/task.ts'
import { keptBy } from '../std/kept-by.ts'
import { findDoubleProtections } from './double-protections.ts'
import type { Inventory } from './inventory.ts'
import type { AlertListing, InventoryView } from './inventory-view.ts'
import type { Listing, SiteCoverage } from './listing.ts'
import { indexMachines } from './machine-index.ts'
import type { Seen } from './merge-observations.ts'
import type { Site } from './site-view.ts'

type ById<T extends ProtectedObject> = ReadonlyMap<string, Seen<T>>

const toTarget = (id: string): TaskTarget | null => {
  const key = parseGlobalId(id)
  if (key?.kind !== 'ProtectionGroup' && key?.kind !== 'Replication') return null
  return { kind: key.kind, vendor: key.vendor, nativeId: key.nativeId }
}

/** Whether a target is there, is there for others only, or is not listed. */
type Standing = 'SEEN' | 'HIDDEN' | 'ABSENT'

/** What of a site may be known to who has not the whole of it: that it is there, and how it is doing. */
const toPlainFacts = (site: Site): Site => ({
  ...site,
  description: null,
  location: null,
  productVersion: null,
  peerIds: [],
  details: null,
  connection: site.connection === null ? null : { ...site.connection, url: null, certificateExpiresAt: null },
})

/** What is known of a site out of reach that is the peer of one within: what a site tells of its peers. */
const toPeerFacts = (site: Site, peerIds: readonly string[]): Site => ({
  ...toPlainFacts(site),
  configuredName: null,
  connection: null,
  capabilities: null,
  peerIds,
})

/**
 * The read model as far as one reach goes. What is made of a list is made once for each version of it, as in the whole one,
 * and belongs to this reach alone.
 */
export class BoundInventory implements InventoryView {
  readonly reach: Reach
  readonly #whole: Inventory
  readonly #groups = keptBy((byId: ById<ProtectionGroup>) => this.#narrow(byId))
  readonly #replications = keptBy((byId: ById<Replication>) => this.#narrow(byId))
  readonly #index = keptBy((byId: ById<Replication>) => indexMachines(byId.values()))
  readonly #doubles = keptBy((byId: ById<Replication>) => findDoubleProtections(byId))

  constructor(whole: Inventory, reach: NonNullable<Reach>) {
    this.#whole = whole
    this.reach = reach
  }

  async listGroups(
    maxAgeSeconds: number | null = null,
    vendors: readonly Vendor[] | null = null,
  ): Promise<Listing<ProtectionGroup>> {
    const { byId, coverage } = await this.#whole.listGroups(maxAgeSeconds, vendors)
    return { byId: this.#groups(byId), coverage: this.#narrowCoverage(coverage) }
  }

  async listReplications(
    maxAgeSeconds: number | null = null,
    vendors: readonly Vendor[] | null = null,
  ): Promise<Listing<Replication>> {
    const { byId, coverage } = await this.#whole.listReplications(maxAgeSeconds, vendors)
    return { byId: this.#replications(byId), coverage: this.#narrowCoverage(coverage) }
  }

  async listMembers(maxAgeSeconds: number | null = null): Promise<ReadonlyMap<string, readonly Seen<Replication>[]>> {
    const { byId } = await this.listReplications(maxAgeSeconds)
    return this.#index(byId).byGroup
  }

  async listDoubleProtections(maxAgeSeconds: number | null = null) {
    const { byId } = await this.listReplications(maxAgeSeconds)
    return this.#doubles(byId)
  }

  async listAlerts(): Promise<AlertListing> {
    const { alerts, coverage } = await this.#whole.listAlerts()
    const standing = this.#toStanding()
    const seen = alerts.flatMap((alert) => this.#narrowAlert(alert, standing))
    return { alerts: seen, coverage: this.#narrowCoverage(coverage) }
  }

  async listSites(maxAgeSeconds: number | null = null): Promise<readonly Site[]> {
    await this.#whole.listSites(maxAgeSeconds)
    return this.knownSites()
  }

  knownSites(): readonly Site[] {
    const all = this.#whole.knownSites()
    const own = all.filter(({ configuredName }) => configuredName !== null && isSiteWithin(this.reach, configuredName))
    const shown = own.map((site) => (this.#isWhole(site) ? site : toPlainFacts(site)))
    const ids = new Set(shown.map(({ id }) => id))
    const peers = all.flatMap((site) => {
      const peerIds = shown.filter((one) => one.peerIds.includes(site.id)).map(({ id }) => id)
      return ids.has(site.id) || peerIds.length === 0 ? [] : [toPeerFacts(site, peerIds)]
    })
    return [...shown, ...peers]
  }

  findSite(id: string): Site | null {
    const name = this.#whole.findAdapterOfSite(id)?.siteName
    const sites = this.knownSites()
    return sites.find((site) => site.id === id) ?? sites.find((site) => site.configuredName === name) ?? null
  }

  async listCoverage(): Promise<readonly SiteCoverage[]> {
    return this.#narrowCoverage(await this.#whole.listCoverage())
  }

  configurationChangedAt(id: string): Date | null {
    const target = toTarget(id)
    return target !== null && this.isListed(target) ? this.#whole.configurationChangedAt(id) : null
  }

  watch(): Disposable {
    return this.#whole.watch()
  }

  catchUp(event: Pick<ProtectionEvent, 'sequence'>): Promise<void> {
    return this.#whole.catchUp(event)
  }

  judge(kind: TargetKind, object: ProtectedObject) {
    return this.#whole.judge(kind, object)
  }

  toPlaces(object: Pick<ProtectedObject, 'source' | 'destination'>) {
    return this.#whole.toPlaces(object)
  }

  isListed(target: TaskTarget): boolean {
    return isWithin(this.reach, this.#whole.placesOf(target))
  }

  isHidden(target: TaskTarget): boolean {
    return this.#whole.isListed(target) && !this.isListed(target)
  }

  adaptersFor(target: TaskTarget): readonly VendorAdapter[] {
    return this.isListed(target) ? this.#whole.adaptersFor(target) : []
  }

  findAdapterOfSite(siteId: string): VendorAdapter | null {
    const adapter = this.#whole.findAdapterOfSite(siteId)
    return adapter !== null && this.isWholeSite(adapter.siteName) ? adapter : null
  }

  mayAskAbout(siteId: string): boolean {
    const adapter = this.#whole.findAdapterOfSite(siteId)
    if (adapter !== null) return this.isWholeSite(adapter.siteName)
    return this.knownSites().some(({ id }) => id === siteId)
  }

  async readTarget<T>(target: TaskTarget, read: (adapter: VendorAdapter) => Promise<T>): Promise<T> {
    if (this.isListed(target)) return this.#whole.readTarget(target, read)
    throw DomainError.notFound(toGlobalId(target.kind, target.vendor, target.nativeId))
  }

  readSites<T>(capability: Capability, read: (adapter: VendorAdapter) => Promise<readonly T[]>) {
    return this.#whole.readSites(capability, read, ({ siteName }) => isSiteWithin(this.reach, siteName))
  }

  isWholeSite(siteName: string): boolean {
    return isWholeSiteWithin(this.reach, siteName)
  }

  #isWhole({ configuredName }: Site): boolean {
    return configuredName !== null && this.isWholeSite(configuredName)
  }

  #narrow<T extends ProtectedObject>(byId: ById<T>): ById<T> {
    const within = new Map<string, Seen<T>>()
    for (const [id, object] of byId) {
      if (isWithin(this.reach, this.#whole.toPlaces(object))) within.set(id, this.#narrowObject(object))
    }
    return within
  }

  /** A site that is neither end of an object and out of reach is not told of. */
  #narrowObject<T extends ProtectedObject>(object: Seen<T>): Seen<T> {
    const hidden = new Set(
      object.observations
        .filter(({ role, siteName }) => role === 'OTHER' && !isSiteWithin(this.reach, siteName))
        .map(({ siteId }) => siteId),
    )
    if (hidden.size === 0) return object
    const conflicts = object.conflicts
      .map(({ field, values }) => ({ field, values: values.filter(({ siteId }) => !hidden.has(siteId)) }))
      .filter(({ values }) => new Set(values.map(({ value }) => value)).size > 1)
    return { ...object, observations: object.observations.filter(({ siteId }) => !hidden.has(siteId)), conflicts }
  }

  #narrowCoverage(coverage: readonly SiteCoverage[]): readonly SiteCoverage[] {
    return coverage.filter(({ siteName }) => isSiteWithin(this.reach, siteName))
  }

  /** An alert about something that is there, as far as it is about that; of a whole site also one about nothing that is listed. */
  #narrowAlert(alert: Alert, standing: (id: string) => Standing): readonly Alert[] {
    const targets = alert.targetIds.map((id) => ({ id, standing: standing(id) }))
    const targetIds = targets.filter((target) => target.standing === 'SEEN').map(({ id }) => id)
    if (targetIds.length > 0) return [targetIds.length === alert.targetIds.length ? alert : { ...alert, targetIds }]
    if (targets.some((target) => target.standing === 'HIDDEN')) return []
    const siteName = this.#whole.findAdapterOfSite(alert.siteId)?.siteName
    return siteName !== undefined && this.isWholeSite(siteName) ? [{ ...alert, targetIds }] : []
  }

  /** How the targets of alerts stand, with the lists looked up once for all of them. */
  #toStanding(): (id: string) => Standing {
    const whole = this.#whole.knownLists()
    const [groups, replications] = [this.#groups(whole.groups), this.#replications(whole.replications)]
    return (id) => {
      if (groups.has(id) || replications.has(id)) return 'SEEN'
      if (whole.groups.has(id) || whole.replications.has(id)) return 'HIDDEN'
      const target = toTarget(id)
      if (target === null || !this.#whole.isListed(target)) return 'ABSENT'
      return this.isListed(target) ? 'SEEN' : 'HIDDEN'
    }
  }
}
