import { findRefusal } from '../../domain/action-rules.ts'
import type { Alert } from '../../domain/alert.ts'
import { toGlobalId } from '../../domain/global-id.ts'
import type { Clock } from '../../domain/ports/clock.ts'
import type { Journal } from '../../domain/ports/journal.ts'
import type { ReplicationEnd } from '../../domain/protection.ts'
import type { ReadinessThresholds } from '../../domain/readiness.ts'
import type { ReadinessEnd, ReadinessFacts } from '../../domain/readiness-rules.ts'
import type { Replication } from '../../domain/replication.ts'
import type { InventoryView } from '../../inventory/inventory-view.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import { toLastTestedAt, toObservedAt, type OverviewTarget } from '../../inventory/overview.ts'
import type { Site } from '../../inventory/site-view.ts'
import { OwnTests } from './own-tests.ts'
import { SlowSiteReads } from './slow-site-reads.ts'

/** All that is known at one moment and decides about any target. */
export interface ReadinessBook {
  readonly thresholds: ReadinessThresholds
  /** By global id, the end of the last test that succeeded here. The same map for as long as no task has changed. */
  readonly ownTests: ReadonlyMap<string, Date>
  factsOf(target: OverviewTarget): ReadinessFacts
}

const push = (lists: Map<string, Alert[]>, key: string, alert: Alert): void => {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [alert])
  else if (!list.includes(alert)) list.push(alert)
}

/** By the global id of what they are about. Of alerts about a whole site only errors count: a warning is no news of a group. */
const indexAlerts = (alerts: readonly Alert[], machines: BookFacts['machines']): ReadonlyMap<string, Alert[]> => {
  const index = new Map<string, Alert[]>()
  for (const alert of alerts) {
    const { targetIds, subject, siteId, level } = alert
    for (const id of targetIds) {
      push(index, id, alert)
      const machine = machines.get(id)
      if (machine === undefined || machine.groupNativeId === null) continue
      push(index, toGlobalId('ProtectionGroup', machine.vendor, machine.groupNativeId), alert)
    }
    const isAboutSite = targetIds.length === 0 && subject !== 'GROUP' && subject !== 'REPLICATION'
    if (isAboutSite && level === 'ERROR') push(index, siteId, alert)
  }
  return index
}

type SiteFacts = Pick<Site, 'name' | 'configuredName' | 'capabilities'> &
  Pick<ReadinessEnd, 'connection' | 'license' | 'certificateExpiresAt'>

/** Everything a book is made from. */
interface BookFacts {
  readonly machines: ReadonlyMap<string, Seen<Replication>>
  readonly ownTests: ReadonlyMap<string, Date>
  readonly sites: ReadonlyMap<string, SiteFacts>
  /** Configured names of those that could not be asked for their alerts. */
  readonly unseenSites: readonly string[]
  /** What was derived from the lists is not among them: the other checks judge it. */
  readonly raised: readonly Alert[]
  readonly thresholds: ReadinessThresholds
}

/** Gathers what readiness is judged by: from the lists, the journal, and what sites tell once an hour. */
export class ReadinessDesk {
  readonly thresholds: ReadinessThresholds
  readonly slowReads: SlowSiteReads
  readonly ownTests: OwnTests
  readonly #kept = new WeakMap<
    InventoryView,
    { readonly stamp: string; readonly made: BookFacts; readonly book: ReadinessBook }
  >()

  constructor(options: { readonly journal: Journal; readonly clock: Clock; readonly thresholds: ReadinessThresholds }) {
    this.thresholds = options.thresholds
    this.slowReads = new SlowSiteReads(options.clock)
    this.ownTests = new OwnTests(options.journal)
  }

  /**
   * Calls no vendor beyond what the lists do, but for the licence of each site once an hour. The same book for as long as
   * nothing in it has changed.
   *
   * @param inventory What is judged, and what may be known for it: a site that is not there is no site that is known.
   */
  async openBook(inventory: InventoryView): Promise<ReadinessBook> {
    const [{ alerts, coverage }, { byId }, ownTests] = await Promise.all([
      inventory.listAlerts(),
      inventory.listReplications(),
      this.ownTests.list(),
    ])
    const sites = await this.#readSites(inventory)
    const unseenSites = coverage
      .filter(({ completeness }) => completeness === 'UNAVAILABLE')
      .map(({ siteName }) => siteName)
    const raised = alerts.filter(({ isDerived, isDismissed }) => !isDerived && !isDismissed)
    const stamp = JSON.stringify([unseenSites, raised, [...sites.values()], this.thresholds])
    const last = this.#kept.get(inventory)
    if (last?.stamp === stamp && last.made.ownTests === ownTests && last.made.machines === byId) return last.book
    const made = { machines: byId, ownTests, sites, unseenSites, raised, thresholds: { ...this.thresholds } }
    const book = toBook(made, (id) => inventory.configurationChangedAt(id))
    this.#kept.set(inventory, { stamp, made, book })
    return book
  }

  async #readSites(inventory: InventoryView): Promise<ReadonlyMap<string, SiteFacts>> {
    const facts = inventory.knownSites().map(async ({ id, name, configuredName, connection, capabilities }) => {
      const adapter = inventory.findAdapterOfSite(id)
      const license = adapter === null ? null : await this.slowReads.findLicense(adapter)
      const certificateExpiresAt = connection?.certificateExpiresAt ?? null
      const reached = { connection: connection?.state ?? null, certificateExpiresAt }
      return [id, { name, configuredName, ...reached, capabilities, license }] as const
    })
    return new Map(await Promise.all(facts))
  }
}

/** Why a failover would be refused, by the rules of the site that would be asked first. */
const findFailoverRefusal = (target: OverviewTarget, sites: ReadonlyMap<string, SiteFacts>): string | null => {
  const capabilitiesOf = (siteId: string) => sites.get(siteId)?.capabilities ?? null
  const capabilities =
    capabilitiesOf(target.destination.siteId) ??
    capabilitiesOf(target.source.siteId) ??
    target.observations.map(({ siteId }) => capabilitiesOf(siteId)).find((known) => known !== null)
  if (capabilities === null || capabilities === undefined) return null
  const kind = 'vmCount' in target ? 'ProtectionGroup' : 'Replication'
  return findRefusal('FAILOVER', { kind, state: target.state, recovery: target.recovery, capabilities })
}

const toBook = (
  { machines, ownTests, sites, unseenSites, raised, thresholds }: BookFacts,
  configurationChangedAt: InventoryView['configurationChangedAt'],
): ReadinessBook => {
  const alertsAbout = indexAlerts(raised, machines)
  const toEnd = ({ siteId, siteName }: ReplicationEnd): ReadinessEnd => {
    const facts = sites.get(siteId)
    return {
      siteName: facts?.name ?? siteName,
      connection: facts?.connection ?? null,
      areAlertsUnseen:
        facts?.capabilities?.supports.ALERTS === true && unseenSites.includes(facts.configuredName ?? ''),
      license: facts?.license ?? null,
      certificateExpiresAt: facts?.certificateExpiresAt ?? null,
    }
  }
  return {
    thresholds,
    ownTests,
    factsOf: (target) => ({
      name: target.name,
      state: target.state,
      vendorState: target.vendorState,
      rpo: target.rpo,
      recovery: target.recovery,
      at: toObservedAt(target),
      refusal: findFailoverRefusal(target, sites),
      lastTestedAt: toLastTestedAt(target, ownTests),
      configurationChangedAt: configurationChangedAt(target.id),
      source: toEnd(target.source),
      destination: toEnd(target.destination),
      alerts: [target.id, target.destination.siteId, target.source.siteId].flatMap((id) => alertsAbout.get(id) ?? []),
    }),
  }
}
