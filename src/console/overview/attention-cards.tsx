import { Link } from '../app/router.tsx'
import { toTargetPath, toTaskPath } from '../app/target-path.ts'
import { useTasks } from '../app/task-feed.tsx'
import type { OverviewQuery } from '../generated/graphql.ts'
import { isFinalTask, toWords } from '../status.ts'
import { TaskProgress } from '../tasks/task-progress.tsx'
import { Card } from '../ui/card.tsx'
import { Ago, Countdown } from '../ui/clock.tsx'
import { Empty } from '../ui/notice.tsx'
import { StatusIcon } from '../ui/status-badge.tsx'

type Awaiting = OverviewQuery['overview']['awaitingDecision'][number]

const outcomes = { COMMIT: 'Commits', ROLLBACK: 'Rolls back', MANUAL: 'Waits' } as const

const Decision = ({ target }: { readonly target: Awaiting }) => {
  const { autoDecisionAt, commitPolicy, since } = target.recovery
  return (
    <li className="overview-item">
      <StatusIcon status="warn" />
      <Link to={toTargetPath(target)} className="overview-name clip">
        {target.name}
      </Link>
      <span className="overview-item-end">
        {autoDecisionAt === null ? (
          <span className="muted">
            waits for a person
            {since !== null && (
              <>
                , since <Ago at={since} />
              </>
            )}
          </span>
        ) : (
          <>
            {outcomes[commitPolicy ?? 'MANUAL']} in <Countdown until={autoDecisionAt} />
          </>
        )}
      </span>
    </li>
  )
}

/** What waits for commit or rollback, with the time that is left. */
export const AwaitingDecision = ({ targets }: { readonly targets: readonly Awaiting[] }) => (
  <Card title="Waiting for a decision" isFlush actions={targets.length > 0 && <span>{targets.length}</span>}>
    {targets.length === 0 ? (
      <Empty title="Nothing waits for commit or rollback." />
    ) : (
      <ul>
        {targets.map((target) => (
          <Decision key={target.id} target={target} />
        ))}
      </ul>
    )}
  </Card>
)

const mostShown = 6

/** What goes on, live. What waits for a decision stands above. */
export const RunningTasks = () => {
  const running = useTasks().filter(({ state }) => !isFinalTask(state) && state !== 'AWAITING_DECISION')
  return (
    <Card title="Tasks under way" isFlush actions={<Link to="/tasks">All tasks</Link>}>
      {running.length === 0 ? (
        <Empty title="No task is under way." />
      ) : (
        <ul>
          {running.slice(0, mostShown).map((task) => (
            <li key={task.id} className="overview-task">
              <Link to={toTaskPath(task.id)} className="overview-name clip">
                {toWords(task.operation)} · {task.targetName ?? task.vendorOperation ?? 'unnamed'}
              </Link>
              <TaskProgress task={task} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
