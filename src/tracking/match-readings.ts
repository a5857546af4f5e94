import { isFinal, type Task, type TaskReading } from '../domain/task.ts'

/** True when nobody knows yet whether the vendor has it: it is on its way, or its answer was lost. */
export const isUnanswered = ({ dispatch, vendorTaskId, state }: Task): boolean =>
  (dispatch === 'PREPARED' || dispatch === 'SENT') && vendorTaskId === null && !isFinal(state)

/** Whether a reading is about what a lost task was about. UNTOLD: the site does not tell, or not yet. */
export type Fit = 'YES' | 'NO' | 'UNTOLD'

/** One of the site's tasks that belongs to no other task here. */
export interface Candidate {
  readonly reading: TaskReading
  readonly fit: Fit
  /** The site listed it under the operation id of the lost task, and is known to go by that. */
  readonly isNamedById: boolean
}

/** What the site's list of tasks says of a lost task. */
export type Finding =
  | { readonly kind: 'FOUND'; readonly reading: TaskReading; readonly evidence: readonly string[] }
  /** Something is listed that may be it: nothing can be concluded from the list. */
  | { readonly kind: 'UNCLEAR'; readonly evidence: readonly string[] }
  | { readonly kind: 'NONE'; readonly evidence: readonly string[] }

/**
 * No call is on its way for longer than this: the deadline over all that is sent for one operation, and time to journal
 * that it has passed.
 */
export const sendWindowMs = 150_000

/** How far the clocks may differ after the difference that the site's answers show has been allowed for. */
export const clockMarginMs = 60_000

/** Vendor minus gateway is `skewMs`. */
const toOwnTime = (at: Date, skewMs: number): number => at.getTime() - skewMs

const isTimely = (task: Task, { startedAt }: TaskReading, skewMs: number): boolean => {
  if (startedAt === null) return false
  const sinceIntentMs = toOwnTime(startedAt, skewMs) - task.startedAt.getTime()
  return sinceIntentMs >= -clockMarginMs && sinceIntentMs <= sendWindowMs + clockMarginMs
}

const toWords = ({ vendorTaskId, vendorOperation, operation, startedAt, startedBy }: TaskReading): string => {
  const begun = startedAt === null ? 'at a time that is not told' : `at ${startedAt.toISOString()}`
  return `task ${vendorTaskId} (${vendorOperation ?? operation}) began ${begun}${startedBy === null ? '' : ` by ${startedBy}`}`
}

const byId = (task: Task, reading: TaskReading): Finding => ({
  kind: 'FOUND',
  reading,
  evidence: [
    `the site lists ${toWords(reading)} under the operation id ${task.request?.operationId ?? ''} that was sent with the call`,
  ],
})

const byTarget = (task: Task, reading: TaskReading, skewMs: number): Finding => ({
  kind: 'FOUND',
  reading,
  evidence: [
    `the site lists ${toWords(reading)}, on the same target and of the same kind`,
    `no other of this kind there began between ${task.startedAt.toISOString()}, when it was to be sent, and the end of the send`,
    ...(skewMs === 0 ? [] : [`the clock of the site differs by ${skewMs} ms, which is allowed for`]),
  ],
})

const unclear = (reason: string, readings: readonly TaskReading[]): Finding => ({
  kind: 'UNCLEAR',
  evidence: [reason, ...readings.map((reading) => `the site lists ${toWords(reading)}`)],
})

// A start that has failed leaves nothing by whose name it could be told from another one, and nothing was made by it.
const isFailedStart = ({ operation }: Task, { reading }: Candidate): boolean =>
  operation === 'START_REPLICATION' && reading.operation === operation && reading.state === 'FAILED'

/**
 * Finds a lost task among the site's own tasks. It is found only where nothing else can be meant: by the operation id that
 * was sent with it, or as the only one of its kind on its target that began while it was being sent. A task of a kind that
 * is not known counts only by its operation id; without one it makes the answer unclear.
 *
 * @param candidates Those of its kind or of an unknown kind that belong to no other task.
 * @param rivals Ids of readings that another unanswered task may be as well.
 * @param skewMs Vendor clock minus ours.
 */
export const findLost = (
  task: Task,
  candidates: readonly Candidate[],
  { rivals, skewMs }: { readonly rivals: ReadonlySet<string>; readonly skewMs: number },
): Finding => {
  const own = candidates.filter(({ fit }) => fit !== 'NO')
  const named = own.filter(({ isNamedById, fit }) => isNamedById && fit === 'YES')
  const [first] = named
  if (first !== undefined && named.length === 1) return byId(task, first.reading)

  const isOfKind = ({ reading }: Candidate): boolean => reading.operation === task.operation
  const certain = own.filter((one) => isOfKind(one) && (one.fit === 'YES' || isFailedStart(task, one)))
  const timely = certain.filter(({ reading }) => isTimely(task, reading, skewMs))
  const [only] = timely
  if (only !== undefined && timely.length === 1 && !rivals.has(only.reading.vendorTaskId)) {
    return byTarget(task, only.reading, skewMs)
  }

  const doubtful = own.filter((one) => isOfKind(one) || isTimely(task, one.reading, skewMs))
  const readings = doubtful.map(({ reading }) => reading)
  if (timely.length > 1) return unclear('several tasks of the site may be it', readings)
  if (only !== undefined) return unclear('the task may be that of another call whose answer is not known', readings)
  if (readings.length > 0) return unclear('it cannot be told whether it is one of these tasks', readings)
  const nothing = 'the site lists no task of this kind that could be it since it was to be sent'
  return { kind: 'NONE', evidence: [nothing] }
}

/** The readings that a task could be, when nothing but kind, target and time is asked. */
export const listClaims = (task: Task, candidates: readonly Candidate[], skewMs: number): readonly string[] =>
  candidates
    .filter(({ reading, fit }) => fit !== 'NO' && reading.operation === task.operation)
    .filter(({ reading }) => isTimely(task, reading, skewMs))
    .map(({ reading }) => reading.vendorTaskId)
