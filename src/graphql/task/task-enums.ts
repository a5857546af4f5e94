import type { Operation } from '../../domain/actions.ts'
import type { TaskEventKind, TaskState } from '../../domain/task.ts'
import { describedEnum } from '../described-enum.ts'
import { actionDescriptions } from '../protection/protection-enums.ts'

export const TaskStateEnum = describedEnum<TaskState>('TaskState', 'How far a task has come.', {
  ACCEPTED: 'Taken on; the vendor has not said yet that it runs.',
  RUNNING: 'The vendor is at it.',
  AWAITING_DECISION: 'It waits for commit or rollback.',
  SUCCEEDED: 'Done.',
  FAILED: 'The vendor says that it failed.',
  CANCELLED: 'Taken back before it was done.',
  OUTCOME_UNKNOWN: 'It was sent, and what became of it cannot be told yet. It is never sent again.',
  UNKNOWN: 'The vendor said something that this gateway does not know; it goes on looking.',
})

export const OperationEnum = describedEnum<Operation>(
  'Operation',
  'What a task does: an action, the start of a replication, or work of the vendor that has no name here.',
  {
    ...actionDescriptions,
    START_REPLICATION: 'Starts a replication: `startReplication`.',
    DISMISS_ALERT: 'Puts an alert aside: `dismissAlert`.',
    UNDISMISS_ALERT: 'Takes that back: `undismissAlert`.',
    OTHER: "Something else: `vendorOperation` has the vendor's word.",
  },
)

export const EventKindEnum = describedEnum<TaskEventKind>('EventKind', 'What an event tells.', {
  SNAPSHOT: 'How it is now: what a subscription begins with that does not resume.',
  PROGRESS: 'Only the progress has changed. A slow reader gets the newest of several.',
  STATE_CHANGE: 'The state, the stage or the target has changed. Never left out.',
  LAGGED: 'Events behind the cursor are no longer kept; what is kept of them follows.',
  DRAINING:
    'Nothing has changed: this gateway is about to close the connection. Connect again, with this cursor as `after`.',
})
