import { DomainError } from '../../domain/errors.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import { builder } from '../builder.ts'
import { heldBy } from '../stream/held-stream.ts'
import { EventKindEnum } from './task-enums.ts'
import { openTaskEvents, openTaskProgress, type TaskFeedEvent, type TaskProgressEvent } from './task-event-stream.ts'
import { TaskFilterInput } from './task-filter.ts'
import { TaskRef } from './task-type.ts'

const word = {
  cursor:
    'The place in the stream: give it as `after` to go on from here without a gap, on this gateway or another one on the same store. Over SSE it is the `id` of the event, too.',
  kind: 'What the event tells.',
  at: 'When it was seen.',
  missedEvents:
    'In LAGGED: how many events are no longer kept, those of other tasks included; null in any other event.',
}

const TaskEventRef = builder.objectRef<TaskProgressEvent>('TaskEvent')
TaskEventRef.implement({
  description: 'The present state of a task, a change of it, or word of the stream itself.',
  fields: (t) => ({
    cursor: t.expose('cursor', { type: 'Cursor', description: word.cursor }),
    kind: t.expose('kind', { type: EventKindEnum, description: word.kind }),
    at: t.expose('at', { type: 'DateTime', description: word.at }),
    task: t.expose('task', { type: TaskRef, description: 'The task as it was then.' }),
    missedEvents: t.exposeInt('missedEvents', { nullable: true, description: word.missedEvents }),
  }),
})

const TaskFeedEventRef = builder.objectRef<TaskFeedEvent>('TaskFeedEvent')
TaskFeedEventRef.implement({
  description: 'The present state of one of all tasks, a change of it, or word of the stream itself.',
  fields: (t) => ({
    cursor: t.expose('cursor', { type: 'Cursor', description: word.cursor }),
    kind: t.expose('kind', { type: EventKindEnum, description: word.kind }),
    at: t.expose('at', { type: 'DateTime', description: word.at }),
    task: t.expose('task', {
      type: TaskRef,
      nullable: true,
      description:
        'The task as it was then; null where the event is about no single task: in LAGGED, in DRAINING, and in the SNAPSHOT that comes when no task is open.',
    }),
    missedEvents: t.exposeInt('missedEvents', { nullable: true, description: word.missedEvents }),
  }),
})

const ends =
  'A client that takes events too slowly gets every change of state, and of progress the newest. If too many changes wait nevertheless, the subscription ends with an error with `extensions { code: "SLOW_CONSUMER", cursor }`: subscribe again with that cursor as `after`.'

builder.subscriptionField('taskProgress', (t) =>
  t.field({
    type: TaskEventRef,
    description: `How a task goes on: first how it is now, then every change, until it is final; then it completes. With \`after\` it goes on behind that event. ${ends}`,
    args: {
      id: t.arg.id({ required: true, description: 'The task.' }),
      after: t.arg({ type: 'Cursor', required: false, description: 'Cursor of the last event that you have seen.' }),
    },
    subscribe: async (_root, { id, after }, { tasks, taskTail, streams, delivery, lookout }) => {
      if (parseGlobalId(id)?.kind !== 'Task') throw DomainError.notFound(id, `No task has the id ${id}`)
      const options = {
        after: delivery.resumeAfter ?? after ?? null,
        tasks,
        tail: taskTail,
        setting: streams,
        delivery,
      }
      const opened = await openTaskProgress(id, options)
      if (opened === null) throw DomainError.notFound(id, `No task has the id ${id}`)
      lookout.nudge(opened.task.siteName)
      return opened.stream
    },
    resolve: (event, _args, { loaders }) => {
      loaders.clear()
      return event
    },
  }),
)

builder.subscriptionField('taskEvents', (t) =>
  t.field({
    type: TaskFeedEventRef,
    description: `What happens on all tasks, whoever started them: here, in the product's own UI, or by a schedule. First one SNAPSHOT for each task that is not final (one without a task when there is none), then every change. When they come, ask \`tasks\` for what had ended before. With \`after\` it goes on behind that event instead. It does not complete. ${ends}`,
    args: {
      filter: t.arg({
        type: TaskFilterInput,
        required: false,
        description: 'Which tasks. With `states`: only changes into one of these.',
      }),
      after: t.arg({ type: 'Cursor', required: false, description: 'Cursor of the last event that you have seen.' }),
    },
    subscribe: (_root, { filter, after }, { tasks, taskTail, streams, delivery, lookout }) => {
      const wanted = {
        states: filter?.states ?? null,
        operations: filter?.operations ?? null,
        targetIds: filter?.targetIds ?? null,
        siteNames: filter?.siteNames ?? null,
      }
      const options = {
        after: delivery.resumeAfter ?? after ?? null,
        tasks,
        tail: taskTail,
        setting: streams,
        delivery,
      }
      return heldBy(lookout.watchForeign(), () => openTaskEvents(wanted, options))
    },
    resolve: (event, _args, { loaders }) => {
      loaders.clear()
      return event
    },
  }),
)
