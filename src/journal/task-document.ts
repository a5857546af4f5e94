import type { Reconciliation, Task, TaskRequest } from '../domain/task.ts'
import { toOldPlaces } from './place-rows.ts'

/** What an older gateway did not write yet is null. */
type SinceLater<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>

interface StoredRequest extends SinceLater<
  Omit<TaskRequest, 'requestedAt'>,
  'requestId' | 'options' | 'decision' | 'overriddenRisks'
> {
  readonly requestedAt: number
}

interface StoredReconciliation extends Omit<Reconciliation, 'at'> {
  readonly at: number
}

type DateMember = 'startedAt' | 'updatedAt' | 'endedAt' | 'awaitingSince' | 'autoDecisionAt'

interface StoredTask extends SinceLater<
  Omit<Task, DateMember | 'request' | 'reconciliation'>,
  'unfinishedSend' | 'places'
> {
  readonly startedAt: number
  readonly updatedAt: number
  readonly endedAt: number | null
  readonly awaitingSince?: number | null
  readonly autoDecisionAt?: number | null
  readonly request: StoredRequest | null
  readonly reconciliation?: StoredReconciliation | null
}

const toTime = (date: Date | null): number | null => date?.getTime() ?? null

const toDate = (time: number | null | undefined): Date | null =>
  time === null || time === undefined ? null : new Date(time)

/**
 * A task as JSON text, its times as milliseconds since 1970. What stands in `request.input` and `request.sent` is kept
 * as JSON keeps it: a member that is undefined is left out.
 */
export const toTaskDocument = (task: Task): string => {
  const { request, reconciliation } = task
  const stored: StoredTask = {
    ...task,
    startedAt: task.startedAt.getTime(),
    updatedAt: task.updatedAt.getTime(),
    endedAt: toTime(task.endedAt),
    awaitingSince: toTime(task.awaitingSince),
    autoDecisionAt: toTime(task.autoDecisionAt),
    request: request === null ? null : { ...request, requestedAt: request.requestedAt.getTime() },
    reconciliation: reconciliation === null ? null : { ...reconciliation, at: reconciliation.at.getTime() },
  }
  return JSON.stringify(stored)
}

const parseRequest = (stored: StoredRequest): TaskRequest => ({
  ...stored,
  requestedAt: new Date(stored.requestedAt),
  requestId: stored.requestId ?? null,
  options: stored.options ?? null,
  decision: stored.decision ?? null,
  overriddenRisks: stored.overriddenRisks ?? [],
})

/**
 * Reads what {@link toTaskDocument} wrote, also that of an older gateway. The text is trusted: only the journal writes it,
 * and a newer schema is refused when the database is opened.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export const parseTaskDocument = (document: string): Task => {
  const stored: StoredTask = JSON.parse(document)
  const { request, reconciliation } = stored
  return {
    ...stored,
    startedAt: new Date(stored.startedAt),
    updatedAt: new Date(stored.updatedAt),
    endedAt: toDate(stored.endedAt),
    awaitingSince: toDate(stored.awaitingSince),
    autoDecisionAt: toDate(stored.autoDecisionAt),
    unfinishedSend: stored.unfinishedSend ?? null,
    places: stored.places ?? toOldPlaces(stored.siteName),
    request: request === null ? null : parseRequest(request),
    reconciliation:
      reconciliation === null || reconciliation === undefined
        ? null
        : { ...reconciliation, at: new Date(reconciliation.at) },
  }
}
