// Preloaded into the gateway (`node --import`): watches what it does to its journal and to the vendors, and kills it with
// SIGKILL where its parent has ordered. The gateway itself has no hook for it and knows nothing of it.
import { subscribe } from 'node:diagnostics_channel'
import { flushCompileCache } from 'node:module'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { clockAheadVariable, orderTaken, orderVariable, type JournalWrite, type KillOrder } from './kill-order.ts'

let order: KillOrder | null = null
let stepsLeft = Number.POSITIVE_INFINITY

const die = (): void => {
  process.kill(process.pid, 'SIGKILL')
}

const step = (): void => {
  stepsLeft -= 1
  if (stepsLeft <= 0) die()
}

const isOrder = (message: unknown): message is KillOrder =>
  typeof message === 'object' && message !== null && 'on' in message

const take = (message: unknown): void => {
  if (!isOrder(message)) return
  order = message
  stepsLeft = message.on === 'STEP' ? message.number : Number.POSITIVE_INFINITY
}

take(JSON.parse(process.env[orderVariable] ?? 'null'))
process.on('message', (message) => {
  // What was compiled is otherwise saved at an orderly end, which never comes.
  flushCompileCache()
  take(message)
  process.send?.(orderTaken)
})
process.channel?.unref()

/** What the document of a task says that matters here. */
interface TaskDocument {
  readonly id: string
  readonly dispatch: string
  readonly state: string
  readonly unfinishedSend: string | null
}

interface Transaction {
  takesKey: boolean
  removesTask: boolean
  writesAudit: boolean
  task: TaskDocument | null
}

let transaction: Transaction | null = null
/** What this process has begun, as it was written last. */
const lastWritten = new Map<string, TaskDocument>()

const isTaskDocument = (value: unknown): value is TaskDocument =>
  typeof value === 'object' && value !== null && 'dispatch' in value && 'state' in value

const findTask = (parameters: readonly unknown[]): TaskDocument | null => {
  for (const parameter of parameters) {
    if (typeof parameter !== 'string' || !parameter.startsWith('{')) continue
    const value: unknown = JSON.parse(parameter)
    if (isTaskDocument(value)) return { ...value, unfinishedSend: value.unfinishedSend ?? null }
  }
  return null
}

const toTaskWrite = (task: TaskDocument): JournalWrite | null => {
  const before = lastWritten.get(task.id)
  // The work of a former process, or of others.
  if (before === undefined) return null
  if (task.dispatch === 'NOT_SENT') return 'NOT_SENT'
  if (task.dispatch === 'ACCEPTED') return before.dispatch === 'ACCEPTED' ? 'TRACKING' : 'ANSWER'
  if (task.state === 'OUTCOME_UNKNOWN') return 'LOST'
  if (task.unfinishedSend !== null) return 'HANDLE'
  return before.unfinishedSend === null ? 'MARK_SENT' : 'HANDLE_CLEARED'
}

const toWrite = ({ takesKey, removesTask, writesAudit, task }: Transaction): JournalWrite | null => {
  if (takesKey) return 'INTENT'
  if (removesTask) return 'RELEASE'
  if (task !== null) return toTaskWrite(task)
  return writesAudit ? 'AUDIT_ONLY' : null
}

const look = (moment: Extract<KillOrder, { on: 'WRITE' }>['moment']): void => {
  if (transaction === null || order?.on !== 'WRITE' || order.moment !== moment) return
  if (toWrite(transaction) === order.write) die()
}

const note = (open: Transaction, sql: string, parameters: readonly unknown[]): void => {
  if (/^insert into "idempotency_keys"/i.test(sql)) open.takesKey = true
  if (/^delete from "tasks"/i.test(sql)) open.removesTask = true
  if (/^(insert into|update) "tasks"/i.test(sql)) open.task = findTask(parameters) ?? open.task
  if (/^insert into "audit_entries"/i.test(sql)) open.writesAudit = true
}

const beforeStatement = (sql: string): void => {
  step()
  if (/^commit/i.test(sql)) look('BEFORE_COMMIT')
}

const afterStatement = (sql: string, parameters: readonly unknown[]): void => {
  if (/^begin/i.test(sql)) transaction = { takesKey: false, removesTask: false, writesAudit: false, task: null }
  if (transaction !== null) note(transaction, sql, parameters)
  if (/^insert into "audit_entries"/i.test(sql)) look('AUDIT_INSERTED')
  if (/^commit/i.test(sql)) {
    look('AFTER_COMMIT')
    if (transaction?.task && (transaction.takesKey || lastWritten.has(transaction.task.id))) {
      lastWritten.set(transaction.task.id, transaction.task)
    }
  }
  if (/^(commit|rollback)/i.test(sql)) transaction = null
  step()
}

const statementMethods: readonly string[] = ['run', 'all', 'get', 'iterate']

for (const name of statementMethods) {
  const original: (this: StatementSync, ...parameters: readonly unknown[]) => unknown = Reflect.get(
    StatementSync.prototype,
    name,
  )
  Reflect.set(StatementSync.prototype, name, function watched(this: StatementSync, ...parameters: unknown[]): unknown {
    beforeStatement(this.sourceSQL)
    const result = original.call(this, ...parameters)
    afterStatement(this.sourceSQL, parameters)
    return result
  })
}
const originalExec: (sql: string) => unknown = Reflect.get(DatabaseSync.prototype, 'exec')
Reflect.set(DatabaseSync.prototype, 'exec', function watched(this: DatabaseSync, sql: string): unknown {
  beforeStatement(sql)
  const result = originalExec.call(this, sql)
  afterStatement(sql, [])
  return result
})

const isRequest = (value: unknown): value is { readonly method: string; readonly path: string } =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value

const moments = {
  'undici:client:sendHeaders': 'BEFORE_FIRST_BYTE',
  'undici:request:bodySent': 'AFTER_LAST_BYTE',
  'undici:request:headers': 'ANSWER_BEGINS',
  'undici:request:trailers': 'ANSWER_WHOLE',
} as const

for (const [channel, moment] of Object.entries(moments)) {
  subscribe(channel, (message) => {
    step()
    if (order?.on !== 'CALL' || order.moment !== moment) return
    if (typeof message !== 'object' || message === null || !('request' in message)) return
    const { request } = message
    if (!isRequest(request) || request.method !== order.method) return
    if (new RegExp(order.path).test(request.path)) die()
  })
}

const aheadMs = Number(process.env[clockAheadVariable] ?? 0)
if (aheadMs !== 0) {
  const RealDate = Date
  class LaterDate extends RealDate {
    constructor(...given: readonly []) {
      if (given.length === 0) super(RealDate.now() + aheadMs)
      else super(...given)
    }

    static override now(): number {
      return RealDate.now() + aheadMs
    }
  }
  Reflect.set(globalThis, 'Date', LaterDate)
}
