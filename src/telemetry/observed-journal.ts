import type { Journal } from '../domain/ports/journal.ts'
import type { JournalObserver, WriteOutcome } from '../domain/ports/journal-observer.ts'
import { LeaseLostError } from '../domain/ports/leases.ts'

/** The same journal, whose writes are told to an observer. Disposing it disposes the one inside. */
export const observeJournal = (journal: Journal, observer: JournalObserver): Journal => {
  const watched = async <T>(write: string, run: () => Promise<T>): Promise<T> => {
    const beganMs = performance.now()
    let outcome: WriteOutcome = 'FAILED'
    try {
      const result = await run()
      outcome = 'OK'
      return result
    } catch (error) {
      if (error instanceof LeaseLostError) outcome = 'FENCED'
      throw error
    } finally {
      observer.noteWrite(write, outcome, (performance.now() - beganMs) / 1000)
    }
  }
  return {
    begin: (intent) => watched('begin', () => journal.begin(intent)),
    markSent: (taskId) => watched('markSent', () => journal.markSent(taskId)),
    release: (taskId, from, problem) => watched('release', () => journal.release(taskId, from, problem)),
    update: (taskId, patch, kind, at) => watched('update', () => journal.update(taskId, patch, kind, at)),
    updateAll: (updates) => watched('updateAll', () => journal.updateAll(updates)),
    loseAnswer: (taskId, problem, at) => watched('loseAnswer', () => journal.loseAnswer(taskId, problem, at)),
    adoptForeign: (task) => watched('adoptForeign', () => journal.adoptForeign(task)),
    appendAudit: (draft) => watched('appendAudit', () => journal.appendAudit(draft)),
    pruneEvents: (before, mostEvents) => watched('pruneEvents', () => journal.pruneEvents(before, mostEvents)),
    under: (lease) => observeJournal(journal.under(lease), observer),
    listIntents: () => journal.listIntents(),
    findByKey: (scope) => journal.findByKey(scope),
    listAudit: (query) => journal.listAudit(query),
    verifyAudit: () => journal.verifyAudit(),
    getTask: (taskId) => journal.getTask(taskId),
    findTasks: (taskIds) => journal.findTasks(taskIds),
    listTasks: (query) => journal.listTasks(query),
    listOpenTasks: (siteName) => journal.listOpenTasks(siteName),
    listOpenTasksOf: (targetId) => journal.listOpenTasksOf(targetId),
    readEvents: (taskId, after, limit) => journal.readEvents(taskId, after, limit),
    lastSequence: () => journal.lastSequence(),
    eventBounds: () => journal.eventBounds(),
    [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
  }
}
