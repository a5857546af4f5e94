import type { Alert } from '../domain/alert.ts'
import { toGlobalId } from '../domain/global-id.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import { isFinal, type Task } from '../domain/task.ts'
import type { TargetSight } from './reconcile.ts'
import { toSightWords, toTrace } from './target-trace.ts'
import { viewWithGroupFacts } from './target-view.ts'

const findAlertId = (input: unknown): string | null =>
  typeof input === 'object' && input !== null && 'alertId' in input && typeof input.alertId === 'string'
    ? input.alertId
    : null

const toAlertSight = (task: Task, alert: Alert | undefined): TargetSight => {
  if (alert === undefined) return { trace: 'UNCLEAR', words: 'the site does not list the alert any more' }
  const words = `the alert is ${alert.isDismissed ? 'put aside' : 'not put aside'}`
  return { trace: alert.isDismissed === (task.operation === 'DISMISS_ALERT') ? 'DONE' : 'ABSENT', words }
}

const viewAlert = async (adapter: VendorAdapter, task: Task, signal: AbortSignal): Promise<TargetSight> => {
  const alertId = findAlertId(task.request?.input)
  const alerts = adapter.capabilities().supports.ALERTS ? await adapter.reads.listAlerts(signal) : []
  return toAlertSight(
    task,
    alerts.find(({ id }) => id === alertId),
  )
}

/** A thing of the name may have been there before, or may be what somebody else has made: it proves neither. */
const viewStarted = async (adapter: VendorAdapter, name: string | null, signal: AbortSignal): Promise<TargetSight> => {
  if (name === null) return { trace: 'SILENT', words: 'what it makes has no name that could be looked for' }
  const groups = await adapter.listGroups(signal)
  const replications = await adapter.listReplications(signal)
  const isThere = [...groups, ...replications].some((object) => object.name === name)
  return isThere
    ? { trace: 'UNCLEAR', words: `the site lists something of the name ${name}` }
    : { trace: 'ABSENT', words: `the site lists nothing of the name ${name}` }
}

/** The site makes no task for it, and its target shows nothing of it: what it was to end does. */
const viewAbortedClone = async (journal: Journal, { target }: Task): Promise<TargetSight> => {
  const { tasks } = await journal.listTasks({
    sight: null,
    siteNames: null,
    states: null,
    operations: ['START_CLONE'],
    targetIds: target === null ? [] : [toGlobalId(target.kind, target.vendor, target.nativeId)],
    limit: 1,
    olderThan: null,
  })
  const [clone] = tasks
  if (clone === undefined) return { trace: 'UNCLEAR', words: 'no clone of this target was started here' }
  return isFinal(clone.state)
    ? { trace: 'DONE', words: `the clone that was to be ended has ended (${clone.state})` }
    : { trace: 'ABSENT', words: `the clone that was to be ended goes on (${clone.state})` }
}

/** What is to be seen of a lost task apart from the site's list of tasks; null when it cannot be read now. */
export const viewLostTarget = async (
  adapter: VendorAdapter,
  journal: Journal,
  task: Task,
  signal: AbortSignal,
): Promise<TargetSight | null> => {
  if (task.operation === 'DISMISS_ALERT' || task.operation === 'UNDISMISS_ALERT') {
    return viewAlert(adapter, task, signal)
  }
  if (task.operation === 'ABORT_CLONE') return viewAbortedClone(journal, task)
  if (task.target === null) return viewStarted(adapter, task.targetName, signal)
  const view = await viewWithGroupFacts(adapter, task.target, signal)
  if (view.kind === 'UNREADABLE') return null
  return { trace: toTrace(task.operation, view, adapter.capabilities().rules), words: toSightWords(view) }
}
