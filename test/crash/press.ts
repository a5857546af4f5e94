import type { Action } from '../../src/domain/actions.ts'
import {
  CommitFailoverDocument,
  CreateCheckpointDocument,
  EndTestFailoverDocument,
  FailoverDocument,
  MoveDocument,
  PauseReplicationDocument,
  ResumeReplicationDocument,
  ReverseReplicationDocument,
  RollbackFailoverDocument,
  RollbackMoveDocument,
  StartReplicationDocument,
  StopReplicationDocument,
  SyncReplicationDocument,
  TestFailoverDocument,
} from '../generated/graphql.ts'
import { authorizationOf, type Caller } from './crash-rig.ts'

/** What can be asked for here, with the document that asks for it. */
export const documents = {
  PAUSE: PauseReplicationDocument,
  RESUME: ResumeReplicationDocument,
  SYNC: SyncReplicationDocument,
  STOP: StopReplicationDocument,
  FAILOVER: FailoverDocument,
  COMMIT_FAILOVER: CommitFailoverDocument,
  ROLLBACK_FAILOVER: RollbackFailoverDocument,
  TEST_FAILOVER: TestFailoverDocument,
  END_TEST_FAILOVER: EndTestFailoverDocument,
  MOVE: MoveDocument,
  ROLLBACK_MOVE: RollbackMoveDocument,
  REVERSE: ReverseReplicationDocument,
  CREATE_CHECKPOINT: CreateCheckpointDocument,
  START_REPLICATION: StartReplicationDocument,
} as const satisfies Partial<Record<Action | 'START_REPLICATION', unknown>>
export type PressedOperation = keyof typeof documents

/** One intention of one caller, however often it is sent. */
export interface Intent {
  readonly key: string
  readonly caller: Caller
  readonly operation: PressedOperation
  /** Without the key. */
  readonly input: Readonly<Record<string, unknown>>
  /** The vendor's own identifier of the target; null for what does not exist yet. */
  readonly targetNativeId: string | null
  /** Name of what a start makes; null for everything else. */
  readonly newName: string | null
}

/** What one press came to. */
export type Answer =
  | { readonly kind: 'STARTED'; readonly taskId: string; readonly replayed: boolean }
  | { readonly kind: 'REFUSED'; readonly code: string; readonly message: string }
  /** The gateway died, or was not there: whoever pressed does not know. */
  | { readonly kind: 'NONE' }

const patienceMs = 30_000

const findMember = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** The payload is the only field of the mutation. @throws Error when the answer is no result of a mutation. */
const toAnswer = (body: unknown): Answer => {
  const data = findMember(body, 'data')
  const [payload] = typeof data === 'object' && data !== null ? Object.values(data) : []
  const code = findMember(payload, 'code')
  if (typeof code === 'string') return { kind: 'REFUSED', code, message: String(findMember(payload, 'message')) }
  const taskId = findMember(findMember(payload, 'task'), 'id')
  if (typeof taskId !== 'string') throw new Error(`No answer to a mutation: ${JSON.stringify(body)}`)
  return { kind: 'STARTED', taskId, replayed: findMember(payload, 'replayed') === true }
}

/** Sends the intention once, as a client does that is given up on by its gateway when that dies. */
export const press = async (url: string, intent: Intent): Promise<Answer> => {
  const input = { ...intent.input, idempotencyKey: intent.key }
  let body: unknown
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: authorizationOf(intent.caller) },
      body: JSON.stringify({ query: documents[intent.operation].toString(), variables: { input } }),
      signal: AbortSignal.timeout(patienceMs),
    })
    body = await response.json()
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') throw error
    return { kind: 'NONE' }
  }
  return toAnswer(body)
}
