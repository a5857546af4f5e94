import type { Answer } from './tiny-gateway.ts'
import type { TaskNews, WatchedTask } from '../../src/watch/watched-task.ts'

export const sampleTask: WatchedTask = {
  id: 'task-1',
  vendor: 'ACME',
  operation: 'FAILOVER',
  targetName: 'db-01',
  state: 'RUNNING',
  stage: 'failing over',
  progressPercent: 40,
  startedAt: new Date('2026-01-01T00:00:00Z'),
  endedAt: null,
  autoDecisionAt: null,
  etaSeconds: null,
  request: { decision: { policy: 'MANUAL' } },
  problem: null,
  warnings: [],
}

export const sampleNews = (change: Partial<WatchedTask> = {}, kind = 'STATE_CHANGE'): TaskNews => ({
  kind,
  at: new Date('2026-01-01T00:01:05Z'),
  task: { ...sampleTask, ...change },
})

/** The same as it comes over the wire. */
export const sampleAnswer = (cursor: string, change: Partial<WatchedTask> = {}): Answer => ({
  type: 'next',
  payload: { data: { event: { ...sampleNews(change), cursor, missedEvents: null } } },
})
