import type { Operation, TaskFilter, TaskState } from '../generated/graphql.ts'

/** What the list of tasks shows; it stands in the link to it. */
export interface TaskView {
  readonly states: 'all' | 'open' | 'failed'
  /** Null for all. */
  readonly operation: Operation | null
  /** Configured name of a site; null for all. */
  readonly siteName: string | null
}

const openStates: readonly TaskState[] = ['ACCEPTED', 'RUNNING', 'AWAITING_DECISION', 'OUTCOME_UNKNOWN', 'UNKNOWN']
const failedStates: readonly TaskState[] = ['FAILED', 'CANCELLED', 'OUTCOME_UNKNOWN']

/** Operations that can be asked for, in the order of the choice. */
export const taskOperations: readonly Operation[] = [
  'FAILOVER',
  'COMMIT_FAILOVER',
  'ROLLBACK_FAILOVER',
  'TEST_FAILOVER',
  'END_TEST_FAILOVER',
  'MOVE',
  'COMMIT_MOVE',
  'ROLLBACK_MOVE',
  'REVERSE',
  'START_REPLICATION',
  'STOP',
  'PAUSE',
  'RESUME',
  'SYNC',
  'UPDATE',
  'CREATE_CHECKPOINT',
  'START_CLONE',
  'ABORT_CLONE',
  'DISMISS_ALERT',
  'UNDISMISS_ALERT',
  'OTHER',
]

/** What a link does not say, or says in words that are not known, is everything. */
export const parseTaskView = (params: URLSearchParams): TaskView => {
  const states = params.get('states')
  return {
    states: states === 'open' || states === 'failed' ? states : 'all',
    operation: taskOperations.find((operation) => operation === params.get('operation')) ?? null,
    siteName: params.get('site'),
  }
}

export const printTaskView = ({ states, operation, siteName }: TaskView): URLSearchParams => {
  const params = new URLSearchParams()
  if (states !== 'all') params.set('states', states)
  if (operation !== null) params.set('operation', operation)
  if (siteName !== null) params.set('site', siteName)
  return params
}

export const toTaskFilter = ({ states, operation, siteName }: TaskView): TaskFilter => ({
  ...(states === 'all' ? {} : { states: [...(states === 'open' ? openStates : failedStates)] }),
  ...(operation === null ? {} : { operations: [operation] }),
  ...(siteName === null ? {} : { siteNames: [siteName] }),
})

interface Row {
  readonly id: string
  readonly state: TaskState
  readonly operation: Operation
  readonly startedAt: string
  readonly updatedAt: string
  readonly site: { readonly configuredName: string | null } | null
}

/** Whether a task that has just been heard of belongs into the list. */
export const isInView = (view: TaskView, task: Row): boolean => {
  const { states, operations, siteNames } = toTaskFilter(view)
  if (states?.includes(task.state) === false || operations?.includes(task.operation) === false) return false
  return siteNames === undefined || siteNames === null || siteNames.includes(task.site?.configuredName ?? '')
}

/** The list as it was read, with what has been heard since: newer words about its tasks, and newer tasks before them. */
export const mergeTasks = <Task extends Row>(
  view: TaskView,
  read: readonly Task[],
  heard: readonly Task[],
): readonly Task[] => {
  const news = new Map(heard.map((task) => [task.id, task]))
  const known = new Set(read.map(({ id }) => id))
  const newest = read[0]?.startedAt ?? ''
  const before = heard.filter((task) => !known.has(task.id) && isInView(view, task) && task.startedAt >= newest)
  const newer = (task: Task): Task => {
    const other = news.get(task.id)
    return other === undefined || other.updatedAt < task.updatedAt ? task : other
  }
  return [...before, ...read.map(newer).filter((task) => isInView(view, task))]
}
