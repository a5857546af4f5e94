import { toGlobalId } from '../../domain/global-id.ts'
import type { ReplicationEnd } from '../../domain/protection.ts'
import { judgeReadinessVerdict } from '../../domain/readiness-rules.ts'
import type { ReadinessVerdict } from '../../domain/readiness.ts'
import type { Replication } from '../../domain/replication.ts'
import { taskStates, isFinal, type Task } from '../../domain/task.ts'
import { vendors } from '../../domain/vendor.ts'
import type { SiteCoverage } from '../../inventory/inventory.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import type { GroupFilter } from '../../inventory/object-filter.ts'
import { KeptOverviews, noTotals, type ProtectionOverview } from '../../inventory/overview.ts'
import type { Site } from '../../inventory/site-view.ts'
import { keptBy } from '../../std/kept-by.ts'
import { builder } from '../builder.ts'
import type { GatewayContext } from '../context.ts'
import { noteGaps } from '../coverage.ts'
import { listCost, requireMaxAge } from '../object-list.ts'
import { ProtectionGroupFilterInput } from '../protection-group/protection-group-queries.ts'
import type { ReadinessBook } from '../readiness/readiness-desk.ts'
import { toPeerSite } from '../site/peer-site.ts'
import type { SiteTotals } from './overview-parts.ts'
import { OverviewRef, type OverviewAnswer } from './overview-type.ts'

const mostTasks = 500
const openStates = taskStates.filter((state) => !isFinal(state))

const kept = new KeptOverviews()
const readinessCounts = new WeakMap<ProtectionOverview, WeakMap<ReadinessBook, ReadonlyMap<ReadinessVerdict, number>>>()

const worst = { COMPLETE: 0, STALE: 1, UNAVAILABLE: 2 } as const

/** What two lists could see of each site: of the two the worse. */
const toWorse = (one: readonly SiteCoverage[], other: readonly SiteCoverage[]): readonly SiteCoverage[] =>
  one.map((mine) => {
    const theirs = other.find(({ siteName }) => siteName === mine.siteName)
    return theirs !== undefined && worst[theirs.completeness] > worst[mine.completeness] ? theirs : mine
  })

const countReadiness = (overview: ProtectionOverview, book: ReadinessBook): ReadonlyMap<ReadinessVerdict, number> => {
  const byBook = readinessCounts.get(overview) ?? new WeakMap<ReadinessBook, Map<ReadinessVerdict, number>>()
  readinessCounts.set(overview, byBook)
  const known = byBook.get(book)
  if (known !== undefined) return known
  const counts = new Map<ReadinessVerdict, number>()
  for (const target of overview.targets) {
    const verdict = judgeReadinessVerdict(book.factsOf(target), book.thresholds)
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  }
  byBook.set(book, counts)
  return counts
}

/** The ends of everything that is counted, by the global id of the site: of each site one. */
const endsOf = keptBy(({ targets }: ProtectionOverview) => {
  const ends = new Map<string, ReplicationEnd>()
  for (const { source, destination } of targets) {
    if (!ends.has(source.siteId)) ends.set(source.siteId, source)
    if (!ends.has(destination.siteId)) ends.set(destination.siteId, destination)
  }
  return ends
})

/** Every site that is known or at an end of something that is counted. */
const toSiteTotals = (overview: ProtectionOverview, sites: readonly Site[]): SiteTotals[] => {
  const { bySource, byDestination } = overview
  const known = new Map(sites.map((site) => [site.id, site]))
  for (const siteId of [...bySource.keys(), ...byDestination.keys()]) {
    const end = known.has(siteId) ? undefined : endsOf(overview).get(siteId)
    if (end !== undefined) known.set(siteId, toPeerSite(end))
  }
  return [...known.values()].map((site) => ({
    site,
    source: bySource.get(site.id) ?? noTotals,
    destination: byDestination.get(site.id) ?? noTotals,
  }))
}

/** Whether a replication or group is among what is counted, by itself or as a member. */
const toIsCounted = (
  { targets }: ProtectionOverview,
  replications: ReadonlyMap<string, Seen<Replication>>,
): ((id: string) => boolean) => {
  let ids: ReadonlySet<string> | null = null
  return (id) => {
    ids ??= new Set(targets.map((target) => target.id))
    const machine = replications.get(id)
    if (machine === undefined || machine.groupNativeId === null) return ids.has(id)
    return ids.has(toGlobalId('ProtectionGroup', machine.vendor, machine.groupNativeId))
  }
}

const listRunningTasks = async (
  isCounted: ((id: string) => boolean) | null,
  { tasks: book }: GatewayContext,
): Promise<readonly Task[]> => {
  const query = { siteNames: null, states: openStates, operations: null, targetIds: null, olderThan: null }
  const { tasks } = await book.listTasks({ ...query, limit: mostTasks })
  if (isCounted === null) return tasks
  return tasks.filter(
    ({ target }) => target !== null && isCounted(toGlobalId(target.kind, target.vendor, target.nativeId)),
  )
}

const countUnprotectedVms = async ({ inventory, readiness }: GatewayContext): Promise<number | null> => {
  const able = inventory.knownSites().filter(({ capabilities }) => capabilities?.supports.RESOURCES === true)
  const adapters = able.map(({ id }) => inventory.findAdapterOfSite(id))
  // Of a site that the caller may not see whole nobody counts, and a part of all would be taken for all.
  if (!adapters.every((adapter) => adapter !== null)) return null
  const counts = await Promise.all(adapters.map((adapter) => readiness.slowReads.countUnprotectedVms(adapter)))
  return counts.reduce<number | null>((sum, count) => (sum === null || count === null ? null : sum + count), 0)
}

const isNarrow = (filter: GroupFilter): boolean => Object.values(filter).some((wanted) => wanted !== null)

const loadOverview = async (
  filter: GroupFilter,
  maxAgeSeconds: number | null,
  context: GatewayContext,
): Promise<OverviewAnswer> => {
  const { inventory, readiness, loaders } = context
  const [groups, replications, ownTests] = await Promise.all([
    inventory.listGroups(maxAgeSeconds),
    inventory.listReplications(maxAgeSeconds),
    readiness.ownTests.list(),
  ])
  const { testIntervalDays } = readiness.thresholds
  const lists = { groups: groups.byId, replications: replications.byId }
  const overview = kept.of({ ...lists, filter, ownTests, testIntervalDays })
  const sites = inventory.knownSites()
  const isCounted = isNarrow(filter) ? toIsCounted(overview, lists.replications) : null
  return {
    overview,
    coverage: toWorse(groups.coverage, replications.coverage),
    byVendor: vendors
      .filter((vendor) => overview.byVendor.has(vendor) || sites.some((site) => site.vendor === vendor))
      .map((vendor) => ({ vendor, totals: overview.byVendor.get(vendor) ?? noTotals })),
    bySite: toSiteTotals(overview, sites),
    countReadiness: async () => countReadiness(overview, await loaders.readiness()),
    listRunningTasks: () => listRunningTasks(isCounted, context),
    listDoubleProtections: async () => {
      const pairs = await inventory.listDoubleProtections(maxAgeSeconds)
      return isCounted === null ? pairs : pairs.filter(({ one, other }) => isCounted(one.id) || isCounted(other.id))
    },
    countUnprotectedVms: async () => (isCounted === null ? countUnprotectedVms(context) : null),
  }
}

builder.queryField('overview', (t) =>
  t.field({
    type: OverviewRef,
    description: 'Everything about all groups and lone machines, or about those that match, in one look.',
    extensions: listCost,
    args: {
      filter: t.arg({
        type: ProtectionGroupFilterInput,
        required: false,
        description:
          'What is counted. Machines that are replicated alone are counted where they match; not with a member of the filter that only groups have.',
      }),
      maxAgeSeconds: t.arg.int({
        required: false,
        description: 'How old the lists may be, in seconds; 0 asks the sites now. Left out, as configured.',
      }),
    },
    resolve: async (_root, { filter, maxAgeSeconds }, context, info) => {
      const answer = await loadOverview(filter ?? {}, requireMaxAge(maxAgeSeconds), context)
      noteGaps(answer.coverage, context, info)
      return answer
    },
  }),
)
