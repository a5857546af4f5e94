import { useCallback, useState } from 'react'
import { useQuery, useWatch } from '../app/gateway.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { Link } from '../app/router.tsx'
import { toTargetPath } from '../app/target-path.ts'
import { formatDateTime, formatDuration, formatTime } from '../format.ts'
import {
  TaskPageDocument,
  TaskPageEventsDocument,
  type TaskPageEventsSubscription,
  type TaskPageQuery,
} from '../generated/graphql.ts'
import { isFinalTask, taskStatus, toWords, vendorWords } from '../status.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Card, Fact, Facts } from '../ui/card.tsx'
import { Empty, Notice, Waiting } from '../ui/notice.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { addEvent, type TaskEvent } from './task-history.ts'
import { TaskProgress } from './task-progress.tsx'
import './tasks.css'

type PageTask = Extract<TaskPageQuery['node'], { readonly __typename: 'Task' }>

const Events = ({ events }: { readonly events: readonly TaskEvent[] }) => (
  <Card title="Events" isFlush>
    {events.length === 0 ? (
      <Empty title="Nothing has been told since this page was opened." />
    ) : (
      <ol className="task-events" aria-live="polite">
        {events.map(({ cursor, kind, at, task }) => (
          <li key={cursor}>
            <time dateTime={at}>{formatTime(at)}</time>
            <span>
              {kind === 'SNAPSHOT' && <span className="muted">As it was: </span>}
              <StatusBadge status={taskStatus(task.state)}>{toWords(task.state)}</StatusBadge>
              {task.stage !== null && <span className="muted"> {task.stage}</span>}
            </span>
            <span className="numeric">
              {task.progressPercent === null ? '' : `${Math.round(task.progressPercent)} %`}
            </span>
          </li>
        ))}
      </ol>
    )}
  </Card>
)

/** What becomes of a recovery when nobody decides. */
const decisions = { COMMIT: 'It is committed', ROLLBACK: 'It is rolled back', MANUAL: 'It waits for a person' } as const

const Request = ({ request }: { readonly request: NonNullable<PageTask['request']> }) => (
  <Card title="What was asked for">
    <Facts>
      <Fact label="By">{request.requestedBy}</Fact>
      <Fact label="At">{formatDateTime(request.requestedAt)}</Fact>
      {request.reason !== null && <Fact label="Reason">{request.reason}</Fact>}
      {request.decision !== null && (
        <Fact label="When nobody decides">
          {decisions[request.decision.policy]}
          {request.decision.afterSeconds !== null && ` after ${formatDuration(request.decision.afterSeconds)}`}
        </Fact>
      )}
      {request.overriddenRisks.length > 0 && <Fact label="Risks taken">{request.overriddenRisks.join(', ')}</Fact>}
      <Fact label="Idempotency key">
        <span className="mono">{request.idempotencyKey}</span>
      </Fact>
      <Fact label="Operation id">
        <span className="mono">{request.operationId}</span>
      </Fact>
    </Facts>
    <details className="task-sent">
      <summary>What was sent to the site, without credentials</summary>
      {request.sent.map(({ method, path, body }) => (
        <div key={`${method} ${path}`} className="task-call">
          <p className="mono">
            {method} {path}
          </p>
          {body !== null && <pre className="task-code">{JSON.stringify(body, null, 2)}</pre>}
        </div>
      ))}
    </details>
  </Card>
)

const Found = ({ found }: { readonly found: NonNullable<PageTask['reconciliation']> }) => (
  <Notice
    status={found.verdict === 'ADOPTED' ? 'ok' : 'warn'}
    title={
      found.verdict === 'ADOPTED'
        ? 'The answer was lost, and the work was found again.'
        : 'The answer was lost, and nothing had happened: it is safe to do it again.'
    }
  >
    <ul>
      {found.evidence.map((evidence) => (
        <li key={evidence}>{evidence}</li>
      ))}
    </ul>
  </Notice>
)

const Details = ({ task }: { readonly task: PageTask }) => (
  <Card title="Task">
    <Facts>
      <Fact label="On">
        {task.target === null ? (
          (task.targetName ?? '–')
        ) : (
          <Link to={toTargetPath(task.target)}>{task.target.name}</Link>
        )}
      </Fact>
      <Fact label="Product">{vendorWords(task.vendor)}</Fact>
      <Fact label="Site">{task.site?.configuredName ?? '–'}</Fact>
      <Fact label="Started">{formatDateTime(task.startedAt)}</Fact>
      <Fact label="Started by">{task.startedBy ?? 'not told'}</Fact>
      <Fact label="Ended">{task.endedAt === null ? 'not yet' : formatDateTime(task.endedAt)}</Fact>
      {task.vendorOperation !== null && <Fact label="The product calls it">{task.vendorOperation}</Fact>}
      {task.vendorTaskId !== null && (
        <Fact label="Its id there">
          <span className="mono">{task.vendorTaskId}</span>
        </Fact>
      )}
    </Facts>
  </Card>
)

/** One task: what it is at, what it was asked for, and what has happened on it. */
export const TaskScreen = ({ id }: { readonly id: string }) => {
  const { data, problem } = useQuery(TaskPageDocument, { id })
  const [events, setEvents] = useState<readonly TaskEvent[]>([])
  const take = useCallback(
    ({ taskProgress }: TaskPageEventsSubscription) => setEvents((before) => addEvent(before, taskProgress)),
    [],
  )
  const found = data?.node?.__typename === 'Task' ? data.node : null
  useWatch(TaskPageEventsDocument, found === null || isFinalTask(found.state) ? null : { id }, take)
  const [newest] = events
  const task: PageTask | null =
    found === null || newest === undefined ? found : { ...found, ...newest.task, request: found.request }
  const crumbs = [{ label: 'Tasks', to: '/tasks' }]
  if (task === null) {
    return (
      <>
        <PageHeader title="Task" crumbs={crumbs} />
        {problem !== null && <Notice status="critical" title={problem} />}
        {problem === null && data === null && <Waiting what="Asking for the task …" />}
        {data !== null && <Empty title="There is no such task, or it is not for you to see." />}
      </>
    )
  }
  return (
    <>
      <PageHeader
        title={`${toWords(task.operation)} · ${task.targetName ?? ''}`}
        crumbs={crumbs}
        asOf={task.updatedAt}
      />
      <div className="task-page">
        <div className="task-column">
          <Card title="Progress">
            <TaskProgress task={task} />
            {task.state === 'AWAITING_DECISION' && task.target !== null && (
              <p className="task-decide">
                <ButtonLink to={toTargetPath(task.target)} variant="primary">
                  Commit or roll back
                </ButtonLink>
              </p>
            )}
          </Card>
          {task.reconciliation !== null && <Found found={task.reconciliation} />}
          {task.warnings.map(({ code, message }) => (
            <Notice key={message} status="warn" title={toWords(code)}>
              {message}
            </Notice>
          ))}
          <Events events={events} />
          {task.request !== null && <Request request={task.request} />}
        </div>
        <div className="task-column">
          <Details task={task} />
        </div>
      </div>
    </>
  )
}
