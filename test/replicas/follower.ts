import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'

/** A change of state of a task, as a subscriber was told of it. */
export interface ToldChange {
  readonly taskId: string
  readonly state: string
  readonly cursor: string
}

/** A change of a replication or group, as a subscriber was told of it. */
export interface ToldProtection {
  readonly targetId: string
  readonly kind: string
  /** The fields that are different, with a comma between them. */
  readonly fields: string
  readonly cursor: string
}

/** A subscriber that resumes after the last event that it has seen, at the next gateway. */
export interface Follower<C = ToldChange> extends Disposable {
  /** Resolves with the first event. */
  readonly begun: Promise<void>
  /** In the order in which they came. */
  readonly changes: readonly C[]
  /** What was told besides events of tasks, such as that some were left out; errors too. */
  readonly faults: readonly string[]
}

interface FeedEvent {
  readonly cursor: string
  readonly kind: string
  readonly task?: { readonly id: string; readonly state: string } | null
  readonly targetId?: string | null
  readonly changedFields?: readonly string[]
}

/** What a subscriber asks for, and what of it he writes down; null is what is no change. */
interface Feed<C> {
  readonly document: string
  readonly toChange: (event: FeedEvent) => C | null
}

/** Every change of state of a task. */
export const taskFeed: Feed<ToldChange> = {
  document: 'subscription ($after: Cursor) { event: taskEvents(after: $after) { cursor kind task { id state } } }',
  toChange: ({ cursor, kind, task }) =>
    kind === 'STATE_CHANGE' && task ? { taskId: task.id, state: task.state, cursor } : null,
}

/** Every change of a replication or group. */
export const protectionFeed: Feed<ToldProtection> = {
  document: `subscription ($after: Cursor) {
    event: protectionEvents(after: $after) { cursor kind targetId changedFields }
  }`,
  toChange: ({ cursor, kind, targetId, changedFields = [] }) =>
    targetId ? { targetId, kind, fields: changedFields.join(), cursor } : null,
}

/** Follows a feed. @param findUrl Of the gateway to try next. */
export const follow = <C>(feed: Feed<C>, findUrl: () => string, authorization: string): Follower<C> => {
  const changes: C[] = []
  const faults: string[] = []
  const variables: { after: string | null } = { after: null }
  const begun = Promise.withResolvers<void>()
  const client = createClient({
    url: () => findUrl().replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: () => new Promise((resolve) => void setTimeout(resolve, 50 + Math.random() * 100)),
  })
  client.subscribe<{ readonly event: FeedEvent }>(
    { query: feed.document, variables },
    {
      next: ({ data, errors }) => {
        if (data === null || data === undefined) {
          faults.push(JSON.stringify(errors))
          return
        }
        const { event } = data
        variables.after = event.cursor
        if (event.kind === 'LAGGED') faults.push('some events were left out')
        const change = feed.toChange(event)
        if (change !== null) changes.push(change)
        begun.resolve()
      },
      error: (error) => faults.push(JSON.stringify(error)),
      complete: () => {},
    },
  )
  return {
    begun: begun.promise,
    changes,
    faults,
    [Symbol.dispose]: () => void client.dispose(),
  }
}
