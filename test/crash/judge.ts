import { isFinal } from '../../src/domain/task.ts'
import type { JournalImage, JournalledTask } from './journal-image.ts'
import type { Answer, Intent } from './press.ts'
import { isAccepted, type VendorCall, type VendorTask } from './vendor-record.ts'

/** Everything that both sides say about some intentions. */
export interface Evidence {
  /** All that was asked for since the vendors' record was begun anew. */
  readonly intents: readonly { readonly intent: Intent; readonly answers: readonly Answer[] }[]
  /** The vendors' record of what they were asked to change. */
  readonly calls: readonly VendorCall[]
  /** All that the vendors have worked on, by id. */
  readonly vendorTasks: ReadonlyMap<string, VendorTask>
  readonly journal: JournalImage
  /** Documents of the tasks that were final at an earlier look, by id. */
  readonly finals: ReadonlyMap<string, string>
  /**
   * True when so much time has passed that every outcome has to be known: of what was accepted that it was, of all else
   * that it was not, or that the target itself keeps it from being told.
   */
  readonly isSettled: boolean
}

const settingsPath = /^\/v1\/vpgsettings(?:\/|$)/i
const settingsCommit = /^\/v1\/vpgsettings\/[^/]+\/commit$/i

const isSettings = ({ path }: VendorCall): boolean => settingsPath.test(path)

/** A call by which something starts at the vendor: every one but the steps before a commit. */
export const isStarting = (call: VendorCall): boolean => !isSettings(call) || settingsCommit.test(call.path)

/** Whose call it is: the target stands in the path, and of what does not exist yet there is only one at a time. */
const belongsTo = (call: VendorCall, { targetNativeId, operation }: Intent): boolean => {
  if (targetNativeId === null) return operation === 'START_REPLICATION' && isSettings(call)
  return !isSettings(call) && call.path.split('/').includes(encodeURIComponent(targetNativeId))
}

const describe = ({ operation, caller, key }: Intent): string => `${operation} with the key ${key} of ${caller}`

interface Case {
  readonly intent: Intent
  readonly answers: readonly Answer[]
  readonly calls: readonly VendorCall[]
  readonly task: JournalledTask | null
}

/** The task says that the vendor has it, or may have it. */
const saysMayHave = ({ dispatch, state }: JournalledTask): boolean =>
  dispatch === 'ACCEPTED' || state === 'OUTCOME_UNKNOWN'

const judgeTask = ({ isSettled, vendorTasks }: Evidence, { calls, task }: Case): readonly string[] => {
  const accepted = calls.filter((call) => isStarting(call) && isAccepted(call))
  if (task === null) return accepted.length > 0 ? ['the vendor has accepted it, and the journal does not know it'] : []
  const { dispatch, state, vendorTaskId } = task
  const found: string[] = []
  if (dispatch === 'PREPARED') found.push('it is still PREPARED, and nobody is at work on it')
  if (dispatch === 'SENT' && state !== 'OUTCOME_UNKNOWN') found.push(`it is SENT and ${state}`)
  const isHonest = accepted.length === 0 && task.isUnclear
  if (isSettled && state === 'OUTCOME_UNKNOWN' && !isHonest) found.push('its outcome is still unknown')
  if (accepted.length > 0 && !saysMayHave(task)) {
    found.push(`the vendor has accepted it, and the journal says ${dispatch}, ${state}`)
  }
  if (accepted.length === 0 && dispatch === 'ACCEPTED')
    found.push('the vendor has not accepted it, the journal says so')
  if (vendorTaskId !== null) {
    const vendorTask = vendorTasks.get(vendorTaskId)
    if (vendorTask === undefined) found.push(`the vendor has no task ${vendorTaskId}`)
    const operationId = vendorTask?.operationId ?? null
    if (operationId !== null && operationId !== task.request?.operationId) {
      found.push(`the vendor task ${vendorTaskId} was begun for ${operationId}`)
    }
    if (task.targetNativeId !== null && vendorTask !== undefined && vendorTask.targetNativeId !== task.targetNativeId) {
      found.push(`the vendor task ${vendorTaskId} works on ${vendorTask.targetNativeId}`)
    }
  }
  return found
}

const judgeAnswers = ({ answers, task }: Case): readonly string[] => {
  const ids = new Set(answers.flatMap((answer) => (answer.kind === 'STARTED' ? [answer.taskId] : [])))
  const fresh = answers.filter((answer) => answer.kind === 'STARTED' && !answer.replayed)
  const found: string[] = []
  if (fresh.length > 1) found.push(`${fresh.length} answers say that they have started it`)
  for (const id of ids) {
    if (id !== task?.id) found.push(`an answer names the task ${id}, the journal ${task?.id ?? 'none'}`)
  }
  return found
}

const judgeAudit = ({ journal }: Evidence, { task }: Case): readonly string[] => {
  if (task === null) return []
  const kinds = journal.audit.filter(({ taskId }) => taskId === task.id).map(({ kind }) => kind)
  const intended = kinds.filter((kind) => kind === 'INTENDED').length
  const found: string[] = []
  if (intended !== 1) found.push(`the audit log has it ${intended} times as INTENDED`)
  const expected =
    task.dispatch === 'PREPARED' ? 'INTENDED' : task.state === 'OUTCOME_UNKNOWN' ? 'OUTCOME_UNKNOWN' : null
  if (expected !== null && !kinds.includes(expected)) found.push(`the audit log lacks its ${expected}`)
  if (isFinal(task.state) && kinds.length < 2) found.push('the audit log lacks its outcome')
  return found
}

const judgeCase = (evidence: Evidence, one: Case): readonly string[] => {
  const starting = one.calls.filter(isStarting)
  const found = [...judgeTask(evidence, one), ...judgeAnswers(one), ...judgeAudit(evidence, one)]
  if (starting.length > 1) found.push(`the vendor was asked ${starting.length} times`)
  return found.map((fault) => `${describe(one.intent)}: ${fault}`)
}

const judgeJournal = ({ journal, finals }: Evidence): readonly string[] => {
  const found = [...journal.faults]
  const holders = Map.groupBy(
    journal.tasks.filter(({ vendorTaskId }) => vendorTaskId !== null),
    ({ siteName, vendorTaskId }) => `${siteName} ${vendorTaskId}`,
  )
  for (const [vendorTask, tasks] of holders) {
    if (tasks.length > 1) found.push(`${tasks.length} tasks claim the vendor task ${vendorTask}`)
  }
  const byId = new Map(journal.tasks.map((task) => [task.id, task]))
  for (const [id, document] of finals) {
    const now = byId.get(id)
    if (now?.document !== document) found.push(`the final task ${id} was ${document} and is ${now?.document ?? 'gone'}`)
  }
  const requested = journal.tasks.filter(({ request }) => request !== null)
  const keyed = new Set(journal.keys.map(({ taskId }) => taskId))
  for (const { id } of requested) if (!keyed.has(id)) found.push(`the task ${id} holds no key`)
  return found
}

/** Everything in which the journal and the vendors' record disagree, for people; empty when they agree. */
export const judge = (evidence: Evidence): readonly string[] => {
  const { journal, calls, intents } = evidence
  const byId = new Map(journal.tasks.map((task) => [task.id, task]))
  const taskOf = ({ key, caller, operation }: Intent): JournalledTask | null => {
    const row = journal.keys.find((one) => one.key === key && one.caller === caller && one.operation === operation)
    return row === undefined ? null : (byId.get(row.taskId) ?? null)
  }
  const cases = intents.map(({ intent, answers }) => ({
    intent,
    answers,
    calls: calls.filter((call) => belongsTo(call, intent)),
    task: taskOf(intent),
  }))
  const claimed = new Set(cases.flatMap((one) => one.calls))
  const strays = calls.filter((call) => !claimed.has(call))
  return [
    ...cases.flatMap((one) => judgeCase(evidence, one)),
    ...strays.map(({ siteName, method, path }) => `nobody has asked for ${method} ${path} at ${siteName}`),
    ...judgeJournal(evidence),
  ]
}
