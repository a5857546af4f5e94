import type { TaskPageEventsSubscription } from '../generated/graphql.ts'

export type TaskEvent = TaskPageEventsSubscription['taskProgress']

const mostKept = 300

/** Whether an event says what the one before it has said already, but for the progress. */
const isOnlyProgress = (event: TaskEvent, before: TaskEvent | undefined): boolean =>
  event.kind === 'PROGRESS' && before?.kind === 'PROGRESS' && before.task.stage === event.task.stage

/** What has happened so far, newest first; of progress in a row only the newest is kept. */
export const addEvent = (events: readonly TaskEvent[], event: TaskEvent): readonly TaskEvent[] => {
  const [before, ...rest] = events
  return [event, ...(isOnlyProgress(event, before) ? rest : events)].slice(0, mostKept)
}
