import { useState } from 'react'
import { ActionBar } from '../actions/action-bar.tsx'
import { LiveTask } from '../actions/live-task.tsx'
import { OperationDialog } from '../actions/operation-dialog.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { useTasks } from '../app/task-feed.tsx'
import { formatDateTime, formatDuration } from '../format.ts'
import type { Action } from '../generated/graphql.ts'
import { Link } from '../app/router.tsx'
import { healthStatus, isFinalTask, stateStatus, toWords, vendorWords, verdictStatus } from '../status.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Ago, Countdown } from '../ui/clock.tsx'
import { Icon } from '../ui/icon.tsx'
import { Empty, Notice, Waiting } from '../ui/notice.tsx'
import { Badge, StatusBadge } from '../ui/status-badge.tsx'
import { DetailsCard, PastCard } from './past-cards.tsx'
import { PointTimeline } from './point-timeline.tsx'
import { RpoChart } from './rpo-chart.tsx'
import { AlertsCard, FactsCard, MembersCard, ReadinessCard, SitesCard } from './target-cards.tsx'
import { joinTasks, toActTarget, useTarget, type TargetFacts } from './use-target.ts'
import './group.css'

const Headline = ({ facts }: { readonly facts: TargetFacts }) => {
  const { rpo, recovery, source, destination } = facts
  return (
    <div className="group-headline">
      <div>
        <p className="muted">Health</p>
        <StatusBadge status={healthStatus(facts.health)}>{toWords(facts.health)}</StatusBadge>
      </div>
      <div>
        <p className="muted">State</p>
        <StatusBadge status={stateStatus(facts.state)}>{toWords(facts.state)}</StatusBadge>
        {recovery.isTestRunning && facts.state !== 'TESTING' && <Badge>test runs</Badge>}
      </div>
      <div>
        <p className="muted">RPO, actual / target</p>
        <p>
          <StatusBadge status={verdictStatus(rpo.verdict)}>
            {rpo.actualSeconds === null ? toWords(rpo.verdict) : formatDuration(rpo.actualSeconds)}
          </StatusBadge>
          {rpo.targetSeconds !== null && <span className="muted"> / {formatDuration(rpo.targetSeconds)}</span>}
        </p>
      </div>
      <div>
        <p className="muted">Last recovery point</p>
        <p>
          {rpo.lastSyncedAt !== null && <Ago at={rpo.lastSyncedAt} />}
          {rpo.lastSyncedAt === null &&
            (rpo.actualSeconds === null ? 'not known' : `${formatDuration(rpo.actualSeconds)} old`)}
        </p>
      </div>
      <div>
        <p className="muted">Direction</p>
        <p className="group-direction">
          {source.site.name} <Icon name="arrowRight" size={12} label="to" /> {destination.site.name}
        </p>
      </div>
      <div>
        <p className="muted">Vendor</p>
        <p>{vendorWords(facts.vendor)}</p>
      </div>
      {facts.__typename === 'Replication' && facts.group !== null && (
        <div>
          <p className="muted">Member of</p>
          <p>
            <Link to={`/groups/${facts.group.id}`}>{facts.group.name}</Link>
          </p>
        </div>
      )}
      {recovery.autoDecisionAt !== null && (
        <div>
          <p className="muted">
            {recovery.commitPolicy === 'ROLLBACK' ? 'Rolls back by itself in' : 'Commits by itself in'}
          </p>
          <Countdown until={recovery.autoDecisionAt} label="Time until the vendor decides" />
        </div>
      )}
    </div>
  )
}

/** What is being done with it now, in place. */
const RunningTasks = ({ facts, onAct }: { readonly facts: TargetFacts; readonly onAct: (action: Action) => void }) => {
  const live = useTasks().filter(({ target }) => target?.id === facts.id)
  const running = joinTasks(facts.tasks.nodes, live).filter(({ state }) => !isFinalTask(state))
  if (running.length === 0) return null
  return (
    <Card title={running.length === 1 ? 'Under way' : `Under way (${running.length})`} className="group-running">
      {running.map((task) => (
        <LiveTask key={task.id} task={task} onAct={onAct} />
      ))}
    </Card>
  )
}

const StaleNotice = ({ facts }: { readonly facts: TargetFacts }) => {
  if (!facts.isStale) return null
  const newest = facts.observations
    .map(({ observedAt }) => observedAt)
    .toSorted()
    .at(-1)
  return (
    <Notice
      status="warn"
      title={`No site that lists it can be read now: this is how it was${newest === undefined ? '' : ` at ${formatDateTime(newest)}`}`}
    />
  )
}

interface Doing {
  readonly action: Action
  readonly recoveryPointId: string
}

const TargetBody = ({ facts, refresh }: { readonly facts: TargetFacts; readonly refresh: () => void }) => {
  const [doing, setDoing] = useState<Doing | null>(null)
  const target = toActTarget(facts)
  const live = useTasks().filter((task) => task.target?.id === facts.id)
  const act = (action: Action, recoveryPointId = ''): void => setDoing({ action, recoveryPointId })
  const isGroup = facts.__typename === 'ProtectionGroup'
  const readiness = isGroup ? facts.readiness : facts.machineReadiness
  const asOf =
    facts.observations
      .map(({ observedAt }) => observedAt)
      .toSorted()
      .at(-1) ?? null
  return (
    <div className="group-screen">
      <PageHeader
        title={facts.name}
        crumbs={[isGroup ? { label: 'Groups', to: '/groups' } : { label: 'Machines', to: '/machines' }]}
        asOf={asOf}
      >
        <ActionBar target={target} onAct={act} />
      </PageHeader>
      <StaleNotice facts={facts} />
      <Headline facts={facts} />
      <RunningTasks facts={facts} onAct={act} />
      <div className="group-columns">
        <div className="group-column">
          {isGroup && <RpoChart key={facts.id} id={facts.id} />}
          <PointTimeline target={target} onAct={act} />
          {isGroup && <MembersCard members={facts.replications.nodes} />}
          <PastCard id={facts.id} tasks={joinTasks(facts.tasks.nodes, live)} vendor={facts.vendor} />
          <DetailsCard id={facts.id} vendor={facts.vendor} />
        </div>
        <div className="group-column">
          {readiness !== null && <ReadinessCard readiness={readiness} />}
          <AlertsCard alerts={facts.alerts} canDismiss={target.capabilities.has('DISMISS_ALERT')} onDone={refresh} />
          <SitesCard facts={facts} />
          <FactsCard facts={facts} />
        </div>
      </div>
      {doing !== null && (
        <OperationDialog
          key={`${doing.action} ${doing.recoveryPointId}`}
          action={doing.action}
          recoveryPointId={doing.recoveryPointId}
          target={target}
          onClose={() => setDoing(null)}
          onAct={act}
        />
      )}
    </div>
  )
}

/** One group or machine: how it is, why, what was done with it, and what can be done. */
export const TargetScreen = ({ id, listPath }: { readonly id: string; readonly listPath: '/groups' | '/machines' }) => {
  const { facts, isMissing, problem, refresh } = useTarget(id)
  if (facts !== null) return <TargetBody facts={facts} refresh={refresh} />
  const what = listPath === '/groups' ? 'group' : 'machine'
  return (
    <div className="group-screen">
      <PageHeader
        title={isMissing ? `No such ${what}` : `A ${what}`}
        crumbs={[{ label: toWords(listPath.slice(1)), to: listPath }]}
      />
      {isMissing && (
        <Empty title={`There is no such ${what}`}>
          <p>It may have been removed, or you may not see it.</p>
          <ButtonLink to={listPath}>Show all</ButtonLink>
        </Empty>
      )}
      {problem !== null && (
        <Notice status="critical" title="It did not come">
          <p>{problem}</p>
        </Notice>
      )}
      {!isMissing && problem === null && <Waiting what={`Asking for the ${what}…`} />}
    </div>
  )
}
