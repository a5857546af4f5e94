import type { TaskQuery } from '../../domain/ports/journal.ts'
import type { Task, TaskState } from '../../domain/task.ts'
import { requirePageSize, toPageInfo } from '../../inventory/paging.ts'
import { DomainError } from '../../domain/errors.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import { TaskStateEnum } from './task-enums.ts'
import type { Connection } from '../connection-type.ts'
import type { GatewayContext } from '../context.ts'
import type { builder } from '../builder.ts'

type FieldBuilder = Parameters<
  NonNullable<Parameters<ReturnType<typeof builder.objectRef<unknown>>['implement']>[0]['fields']>
>[0]

/** Arguments of the field `tasks` of an object. */
export const taskArgs = ({ arg }: FieldBuilder) => ({
  first: arg.int({ defaultValue: 50, description: 'How many, up to 500.' }),
  after: arg.string({ required: false, description: '`endCursor` of the page before.' }),
  states: arg({ type: [TaskStateEnum], required: false, description: 'Only tasks in one of these states.' }),
})

const everything: Omit<TaskQuery, 'sight' | 'limit' | 'olderThan'> = {
  siteNames: null,
  states: null,
  operations: null,
  targetIds: null,
}

/**
 * A page of tasks, newest first. A cursor is the id of a task: the page goes on behind it. For the first page the sites are
 * asked for what others have started; one that does not answer is left out.
 *
 * @throws INVALID_INPUT
 */
export const loadTasks = async (
  query: Partial<typeof everything>,
  page: { readonly first: number; readonly after: string | null },
  { tasks: book, lookout }: Pick<GatewayContext, 'tasks' | 'lookout'>,
): Promise<Omit<Connection<Task>, 'coverage'>> => {
  const { first, after } = page
  const limit = requirePageSize(first)
  if (after !== null && parseGlobalId(after)?.kind !== 'Task') {
    throw DomainError.invalidInput('after', 'is not a cursor of this list')
  }
  if (after === null) await lookout.refreshForeign()
  const { tasks, totalCount, hasMore } = await book.listTasks({ ...everything, ...query, limit, olderThan: after })
  const nodes = { nodes: tasks, cursorOf: ({ id }: Task) => id }
  const pageInfo = toPageInfo(nodes, { hasNextPage: hasMore, hasPreviousPage: after !== null })
  return { ...nodes, totalCount, pageInfo }
}

/** The tasks of one replication or group. */
export const loadTasksOf = async (
  targetId: string,
  args: {
    readonly first?: number | null | undefined
    readonly after?: string | null | undefined
    readonly states?: readonly TaskState[] | null | undefined
  },
  context: GatewayContext,
): Promise<Connection<Task>> => {
  const query = { targetIds: [targetId], states: args.states ?? null }
  return { ...(await loadTasks(query, { first: args.first ?? 50, after: args.after ?? null }, context)), coverage: [] }
}
