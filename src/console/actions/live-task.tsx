import type { ReactNode } from 'react'
import { Link } from '../app/router.tsx'
import { useTask } from '../app/task-feed.tsx'
import { formatDuration, formatTime } from '../format.ts'
import type { Action, TaskRowFragment } from '../generated/graphql.ts'
import { toWords } from '../status.ts'
import { TaskProgress } from '../tasks/task-progress.tsx'
import { Button } from '../ui/button.tsx'
import { Countdown } from '../ui/clock.tsx'
import { Notice } from '../ui/notice.tsx'

/** What finishes an operation that waits for a decision; null where it is none of the two. */
export const decisionsOf = ({
  operation,
}: Pick<TaskRowFragment, 'operation'>): readonly [commit: Action, rollback: Action] | null => {
  if (operation === 'FAILOVER') return ['COMMIT_FAILOVER', 'ROLLBACK_FAILOVER']
  return operation === 'MOVE' ? ['COMMIT_MOVE', 'ROLLBACK_MOVE'] : null
}

interface DecisionProps {
  readonly task: TaskRowFragment
  readonly onAct: (action: Action) => void
}

const Decision = ({ task, onAct }: DecisionProps) => {
  const decisions = decisionsOf(task)
  return (
    <Notice
      status="warn"
      title="It waits for a decision"
      actions={
        decisions !== null && (
          <span className="actions-buttons">
            <Button size="small" onClick={() => onAct(decisions[1])}>
              Roll back
            </Button>
            <Button size="small" variant="primary" onClick={() => onAct(decisions[0])}>
              Commit
            </Button>
          </span>
        )
      }
    >
      <p>
        Look at the machines at the destination, then commit to stay there, or roll back to return.{' '}
        {task.autoDecisionAt === null ? (
          'It waits for as long as it takes.'
        ) : (
          <>
            The vendor decides by itself in{' '}
            <Countdown until={task.autoDecisionAt} label="Time until the vendor decides" />.
          </>
        )}
      </p>
    </Notice>
  )
}

const tookInWords = ({ startedAt, endedAt }: TaskRowFragment): string =>
  endedAt === null ? '' : ` after ${formatDuration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)}`

const Ending = ({ task }: { readonly task: TaskRowFragment }): ReactNode => {
  switch (task.state) {
    case 'SUCCEEDED':
      return <Notice status="ok" title={`Done${tookInWords(task)}`} />
    case 'FAILED':
      return (
        <Notice status="critical" title={`It failed${tookInWords(task)}`}>
          <p>{task.problem?.message ?? 'The site did not say why.'}</p>
        </Notice>
      )
    case 'CANCELLED':
      return <Notice status="paused" title="It was taken back before it was done" />
    case 'OUTCOME_UNKNOWN':
      return (
        <Notice status="critical" title="It was sent, and the answer was lost">
          <p>
            It may have been done, and is never sent a second time. The gateway is finding out; leave this open, or come
            back.
          </p>
        </Notice>
      )
    default:
      return null
  }
}

/**
 * One task as it goes on, in place; once it waits, with what decides it.
 *
 * @param onAct Asked for commit or rollback.
 */
export const LiveTask = ({ task: first, onAct }: DecisionProps) => {
  const newest = useTask(first.id) ?? first
  // The list may be older than the feed, and the other way round just after a start.
  const task = newest.updatedAt < first.updatedAt ? first : newest
  return (
    <div className="actions-task">
      <p className="actions-task-head">
        <Link to={`/tasks/${task.id}`}>{toWords(task.operation)}</Link>
        <span className="muted">
          since {formatTime(task.startedAt)}
          {task.startedBy !== null && `, by ${task.startedBy}`}
        </span>
      </p>
      <TaskProgress task={task} />
      {task.state === 'AWAITING_DECISION' && <Decision task={task} onAct={onAct} />}
      <Ending task={task} />
    </div>
  )
}
