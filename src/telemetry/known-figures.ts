import { Gauge, type Registry } from 'prom-client'
import type { ProtectedObject } from '../domain/protection.ts'
import { rpoVerdicts, type RpoVerdict } from '../domain/rpo.ts'
import { breakerStates, connectionStates, type BreakerState, type ConnectionState } from '../domain/site.ts'
import type { Task } from '../domain/task.ts'
import { vendors, type Vendor } from '../domain/vendor.ts'

/** One configured site, as it is known. */
export interface SiteFigures {
  readonly name: string
  readonly vendor: Vendor
  readonly state: ConnectionState
  readonly breaker: BreakerState
  readonly lastSuccessAt: Date | null
  readonly certificateExpiresAt: Date | null
}

/** When a list of a site was read; null when it never was. */
export interface ListFigures {
  readonly siteName: string
  readonly list: 'groups' | 'replications'
  readonly observedAt: Date | null
}

type Judged = Pick<ProtectedObject, 'id' | 'vendor' | 'name' | 'source' | 'rpo'>

/** Where a scrape finds what is known. None of it asks a site. */
export interface FigureSources {
  readonly now: () => Date
  readonly listSites: () => readonly SiteFigures[]
  readonly listLists: () => readonly ListFigures[]
  readonly listGroups: () => Iterable<Judged>
  readonly listReplications: () => Iterable<Judged>
  /** Tasks that are not final. @throws what the store throws. */
  readonly listOpenTasks: () => Promise<readonly Pick<Task, 'vendor' | 'operation' | 'state'>[]>
}

/** Groups with figures of their own: the worst ones. Of the others the sums by verdict tell. */
export const mostGroups = 2_000

const groupLabels = ['vendor', 'site', 'group'] as const

/** The worst first, so that what is left out is what meets its target. */
const rank: Readonly<Record<RpoVerdict, number>> = { NEVER_SYNCED: 0, VIOLATING: 1, NOT_MEASURED: 2, MEETING: 3 }

const toSeconds = (date: Date): number => date.getTime() / 1000

const toLabel = (word: string): string => word.toLowerCase()

const countByVerdict = (objects: Iterable<Judged>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { vendor, rpo } of objects) {
    const key = `${vendor} ${rpo.verdict}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** Figures of what is known at the moment of a scrape. */
export class KnownFigures {
  readonly #gauges: ReturnType<typeof createGauges>
  #sources: FigureSources | null = null

  constructor(registers: Registry[]) {
    this.#gauges = createGauges(registers)
  }

  begin(sources: FigureSources): void {
    this.#sources = sources
  }

  /** Whether a site is configured; true as long as nobody can tell. */
  hasSite(siteName: string): boolean {
    return this.#sources === null || this.#sources.listSites().some(({ name }) => name === siteName)
  }

  /** Brings everything up to this moment. Never throws: without the store its figures say so. */
  async refresh(): Promise<void> {
    if (this.#sources === null) return
    this.#fillSites(this.#sources)
    this.#fillLists(this.#sources)
    this.#fillVerdicts(this.#sources)
    this.#fillGroups(this.#sources)
    await this.#fillTasks(this.#sources)
  }

  #fillSites({ listSites }: FigureSources): void {
    const { siteState, breaker, lastSuccess, certificate } = this.#gauges
    // A site that is configured no more has no figures.
    for (const gauge of [siteState, breaker, lastSuccess, certificate]) gauge.reset()
    for (const { name: site, ...figures } of listSites()) {
      const vendor = toLabel(figures.vendor)
      for (const state of connectionStates)
        siteState.set({ site, vendor, state: toLabel(state) }, Number(state === figures.state))
      for (const state of breakerStates)
        breaker.set({ site, vendor, state: toLabel(state) }, Number(state === figures.breaker))
      if (figures.lastSuccessAt !== null) lastSuccess.set({ site, vendor }, toSeconds(figures.lastSuccessAt))
      if (figures.certificateExpiresAt !== null) certificate.set({ site }, toSeconds(figures.certificateExpiresAt))
    }
  }

  #fillLists({ listLists, now }: FigureSources): void {
    const { isKnown, age } = this.#gauges
    for (const gauge of [isKnown, age]) gauge.reset()
    for (const { siteName: site, list, observedAt } of listLists()) {
      isKnown.set({ site, list }, observedAt === null ? 0 : 1)
      if (observedAt !== null) age.set({ site, list }, (now().getTime() - observedAt.getTime()) / 1000)
    }
  }

  #fillVerdicts({ listGroups, listReplications }: FigureSources): void {
    const [groups, replications] = [countByVerdict(listGroups()), countByVerdict(listReplications())]
    for (const vendor of vendors) {
      for (const verdict of rpoVerdicts) {
        const labels = { vendor: toLabel(vendor), verdict: toLabel(verdict) }
        this.#gauges.groups.set(labels, groups.get(`${vendor} ${verdict}`) ?? 0)
        this.#gauges.replications.set(labels, replications.get(`${vendor} ${verdict}`) ?? 0)
      }
    }
  }

  #fillGroups({ listGroups }: FigureSources): void {
    const { lastSynced, neverSynced, violating, target, leftOut } = this.#gauges
    for (const gauge of [lastSynced, neverSynced, violating, target]) gauge.reset()
    const all = [...listGroups()].toSorted(
      (one, other) => rank[one.rpo.verdict] - rank[other.rpo.verdict] || (one.id < other.id ? -1 : 1),
    )
    leftOut.set(Math.max(0, all.length - mostGroups))
    // Two of one name are one series: that of the worse one, which comes last.
    for (const { vendor, name, source, rpo } of all.slice(0, mostGroups).toReversed()) {
      const labels = { vendor: toLabel(vendor), site: source.siteName, group: name }
      neverSynced.set(labels, Number(rpo.verdict === 'NEVER_SYNCED'))
      violating.set(labels, Number(rpo.verdict === 'VIOLATING'))
      lastSynced.remove(labels)
      target.remove(labels)
      if (rpo.lastSyncedAt !== null) lastSynced.set(labels, toSeconds(rpo.lastSyncedAt))
      if (rpo.targetSeconds !== null) target.set(labels, rpo.targetSeconds)
    }
  }

  async #fillTasks({ listOpenTasks }: FigureSources): Promise<void> {
    const { tasks, store } = this.#gauges
    tasks.reset()
    try {
      for (const { vendor, operation, state } of await listOpenTasks()) {
        tasks.inc({ vendor: toLabel(vendor), operation: toLabel(operation), state: toLabel(state) })
      }
      store.set(1)
    } catch {
      store.set(0)
    }
  }
}

const createGauges = (registers: Registry[]) => {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> =>
    new Gauge({ name: `dr_gateway_${name}`, help, labelNames: [...labelNames], registers })
  const verdict = ['vendor', 'verdict'] as const
  return {
    siteState: gauge('site_state', '1 for the state that the site is in, 0 for the others.', [
      'site',
      'vendor',
      'state',
    ]),
    breaker: gauge('site_breaker', '1 for the state of the breaker before the site, 0 for the others.', [
      'site',
      'vendor',
      'state',
    ]),
    lastSuccess: gauge(
      'site_last_success_timestamp_seconds',
      'When the site answered last; left out when it never has since the start.',
      ['site', 'vendor'],
    ),
    certificate: gauge('site_certificate_expiry_timestamp_seconds', 'When the certificate of the site ends.', ['site']),
    isKnown: gauge('snapshot_known', '1 when the list was ever read, also by a former process; 0 when not.', [
      'site',
      'list',
    ]),
    age: gauge('snapshot_age_seconds', 'How old the last list of the site is; left out when there is none.', [
      'site',
      'list',
    ]),
    groups: gauge('groups', 'Protection groups by what is to be said of their recovery point objective.', verdict),
    replications: gauge(
      'replications',
      'Protected machines by what is to be said of their recovery point objective.',
      verdict,
    ),
    lastSynced: gauge(
      'group_last_synced_timestamp_seconds',
      'When the group was in step last; left out when it never was, or nobody tells.',
      groupLabels,
    ),
    neverSynced: gauge('group_never_synced', '1 when the group has nothing to recover from yet.', groupLabels),
    violating: gauge('group_rpo_violating', '1 when the group misses its target.', groupLabels),
    target: gauge('group_rpo_target_seconds', 'The target of the group.', groupLabels),
    leftOut: gauge('groups_left_out', 'Groups without figures of their own, because there are too many.', []),
    tasks: gauge('open_tasks', 'Tasks that are not final.', ['vendor', 'operation', 'state']),
    store: gauge('store_up', '1 when the store could be read at this scrape, 0 when not.', []),
  }
}
