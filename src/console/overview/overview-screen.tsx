import { useCallback, useMemo, useRef } from 'react'
import { useEvery, useQuery, useWatch } from '../app/gateway.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { OverviewAskedDocument, OverviewChangesDocument, OverviewDocument } from '../generated/graphql.ts'
import { Button } from '../ui/button.tsx'
import { Notice, Waiting } from '../ui/notice.tsx'
import { StatusIcon } from '../ui/status-badge.tsx'
import { AwaitingDecision, RunningTasks } from './attention-cards.tsx'
import { DoublyProtected, SiteTable, Untested } from './detail-cards.tsx'
import { HealthCard, ReadinessCard, RpoCard, TestCard } from './figure-cards.tsx'
import { toDueBefore, toTotals, toVisibility } from './picture.ts'
import { WorstGroups } from './worst-groups.tsx'
import './overview.css'

/** Changes that come within this are asked about once. */
const gatherMs = 1_500
const refreshEveryMs = 15_000

/** Health and compliance of everything at a glance, what waits for somebody, and what goes on. */
export const OverviewScreen = () => {
  const dueBefore = useMemo(() => toDueBefore(new Date()), [])
  const { data, problem, refresh: refreshListed } = useQuery(OverviewDocument, { dueBefore })
  const { data: asked, refresh: refreshAsked } = useQuery(OverviewAskedDocument, {})
  const refresh = useCallback(() => {
    refreshListed()
    refreshAsked()
  }, [refreshListed, refreshAsked])
  const gathering = useRef<ReturnType<typeof setTimeout> | null>(null)
  const refreshSoon = useCallback(() => {
    gathering.current ??= setTimeout(() => {
      gathering.current = null
      refresh()
    }, gatherMs)
  }, [refresh])
  useWatch(OverviewChangesDocument, {}, refreshSoon)
  useEvery(refreshEveryMs, refresh)
  if (data === null) {
    return (
      <>
        <PageHeader title="Overview" />
        {problem === null ? <Waiting what="Asking for the overview …" /> : <Notice status="critical" title={problem} />}
      </>
    )
  }
  const { overview, untested } = data
  const visibility = toVisibility(overview.coverage)
  return (
    <div className="overview">
      <PageHeader title="Overview" asOf={overview.asOf}>
        <Button variant="quiet" icon="print" onClick={() => window.print()}>
          Print
        </Button>
      </PageHeader>
      <p className={`visibility status-${visibility.status}`}>
        <StatusIcon status={visibility.status} />
        <span>{visibility.text}</span>
        <span className="overview-totals">{toTotals(overview)}</span>
      </p>
      <div className="overview-figures">
        <RpoCard rpo={overview.rpo} />
        <HealthCard overview={overview} />
        <ReadinessCard readiness={asked?.overview.readiness ?? null} />
        <TestCard tests={overview.tests} />
      </div>
      <div className="overview-halves">
        <div className="overview-column">
          <WorstGroups targets={overview.rpo.worst} />
          <SiteTable sites={overview.bySite} />
        </div>
        <div className="overview-column overview-attention">
          <AwaitingDecision targets={overview.awaitingDecision} />
          <RunningTasks />
          <Untested total={untested.totalCount} groups={untested.nodes} />
          <DoublyProtected
            machines={overview.doublyProtected}
            unprotectedCount={asked?.overview.unprotectedVmCount ?? null}
          />
        </div>
      </div>
    </div>
  )
}
