import type { Task, TaskRequest } from '../domain/task.ts'

interface StoredRequest extends Omit<TaskRequest, 'requestedAt'> {
  readonly requestedAt: number
}

interface StoredTask extends Omit<Task, 'startedAt' | 'updatedAt' | 'endedAt' | 'request'> {
  readonly startedAt: number
  readonly updatedAt: number
  readonly endedAt: number | null
  readonly request: StoredRequest | null
}

/**
 * A task as JSON text, its times as milliseconds since 1970. What stands in `request.input` and `request.sent` is kept
 * as JSON keeps it: a member that is undefined is left out.
 */
export const toTaskDocument = (task: Task): string => {
  const { request } = task
  const stored: StoredTask = {
    ...task,
    startedAt: task.startedAt.getTime(),
    updatedAt: task.updatedAt.getTime(),
    endedAt: task.endedAt?.getTime() ?? null,
    request: request === null ? null : { ...request, requestedAt: request.requestedAt.getTime() },
  }
  return JSON.stringify(stored)
}

/**
 * Reads what {@link toTaskDocument} wrote. The text is trusted: only the journal writes it, and a newer schema is
 * refused when the database is opened.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export const parseTaskDocument = (document: string): Task => {
  const stored: StoredTask = JSON.parse(document)
  const { request } = stored
  return {
    ...stored,
    startedAt: new Date(stored.startedAt),
    updatedAt: new Date(stored.updatedAt),
    endedAt: stored.endedAt === null ? null : new Date(stored.endedAt),
    request: request === null ? null : { ...request, requestedAt: new Date(request.requestedAt) },
  }
}
