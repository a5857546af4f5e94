import { DomainError } from '../../domain/errors.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import { builder } from '../builder.ts'
import { EventKindEnum } from './task-enums.ts'
import { openTaskEventStream, type TaskStreamEvent } from './task-event-stream.ts'
import { TaskRef } from './task-type.ts'

const cursorPrefix = 'e1.'

const toCursor = (sequence: number): string => `${cursorPrefix}${sequence.toString(36)}`

/** @throws INVALID_INPUT for what no event of this gateway brought. */
const parseCursor = (cursor: string): number => {
  const sequence = Number.parseInt(cursor.slice(cursorPrefix.length), 36)
  if (Number.isSafeInteger(sequence) && toCursor(sequence) === cursor) return sequence
  throw DomainError.invalidInput('after', 'is not a cursor of an event')
}

const TaskEventRef = builder.objectRef<TaskStreamEvent>('TaskEvent')
TaskEventRef.implement({
  description: 'The present state of a task, or a change of it.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'The place in the stream: give it as `after` to go on from here without a gap.',
      resolve: ({ sequence }) => toCursor(sequence),
    }),
    kind: t.expose('kind', { type: EventKindEnum, description: 'What the event tells.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was seen.' }),
    task: t.expose('task', { type: TaskRef, description: 'The task as it was then.' }),
    missedEvents: t.exposeInt('missedEvents', {
      nullable: true,
      description: 'How many events are no longer kept, in a LAGGED event; null in any other.',
    }),
  }),
})

builder.subscriptionField('taskProgress', (t) =>
  t.field({
    type: TaskEventRef,
    description:
      'How a task goes on: first how it is now, then every change, until it is final; then it completes. With `after` it goes on behind that event.',
    args: {
      id: t.arg.id({ required: true, description: 'The task.' }),
      after: t.arg({ type: 'Cursor', required: false, description: 'Cursor of the last event that you have seen.' }),
    },
    subscribe: async (_root, { id, after }, { journal, eventBus }) => {
      const sequence = after === null || after === undefined ? null : parseCursor(after)
      if (parseGlobalId(id)?.kind !== 'Task') throw DomainError.notFound(id, `No task has the id ${id}`)
      const stream = await openTaskEventStream({ taskId: id, after: sequence, journal, bus: eventBus })
      if (stream === null) throw DomainError.notFound(id, `No task has the id ${id}`)
      return stream
    },
    resolve: (event, _args, { loaders }) => {
      loaders.clear()
      return event
    },
  }),
)
