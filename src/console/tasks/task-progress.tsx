import { formatDuration } from '../format.ts'
import type { TaskRowFragment } from '../generated/graphql.ts'
import { isFinalTask, taskStatus, toWords } from '../status.ts'
import { Countdown } from '../ui/clock.tsx'
import { ProgressBar } from '../ui/meter.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import './task-progress.css'

type Row = Pick<
  TaskRowFragment,
  'operation' | 'state' | 'stage' | 'progressPercent' | 'etaSeconds' | 'autoDecisionAt' | 'awaitingSince' | 'problem'
>

/** What a task is at, in one line; null where the state says all. */
const toDetail = ({ stage, etaSeconds, state, problem }: Row): string | null => {
  if (problem !== null) return problem.message
  if (isFinalTask(state) || state === 'AWAITING_DECISION') return null
  const parts = [stage, etaSeconds === null ? null : `about ${formatDuration(etaSeconds)} left`]
  const text = parts.filter((part) => part !== null).join(' · ')
  return text === '' ? null : text
}

/** State, progress and what is being done; live where the task is. */
export const TaskProgress = ({ task }: { readonly task: Row }) => {
  const { operation, state, progressPercent, autoDecisionAt } = task
  const detail = toDetail(task)
  const isMoving = ['ACCEPTED', 'RUNNING'].includes(state)
  return (
    <div className="task-progress">
      <div className="task-progress-line">
        <StatusBadge status={taskStatus(state)}>{toWords(state)}</StatusBadge>
        {isMoving && (
          <>
            <ProgressBar label={`${toWords(operation)}: progress`} percent={progressPercent} />
            <span className="task-percent">{progressPercent === null ? '–' : `${Math.round(progressPercent)} %`}</span>
          </>
        )}
        {state === 'AWAITING_DECISION' && autoDecisionAt !== null && (
          <span className="muted">
            decides by itself in&nbsp;
            <Countdown until={autoDecisionAt} />
          </span>
        )}
      </div>
      {detail !== null && (
        <p className="task-detail clip" title={detail}>
          {detail}
        </p>
      )}
    </div>
  )
}
