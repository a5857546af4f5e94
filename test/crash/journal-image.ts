import { createHash } from 'node:crypto'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import type { AuditKind } from '../../src/domain/audit.ts'
import type { Dispatch, TaskState } from '../../src/domain/task.ts'

/** What matters here of a task in the journal. */
export interface JournalledTask {
  readonly id: string
  readonly operation: string
  readonly dispatch: Dispatch
  readonly state: TaskState
  readonly vendorTaskId: string | null
  readonly siteName: string
  readonly targetNativeId: string | null
  /** Null for the work of others. */
  readonly request: { readonly key: string; readonly caller: string; readonly operationId: string } | null
  readonly unfinishedSend: string | null
  readonly verdict: 'ADOPTED' | 'DID_NOT_HAPPEN' | null
  /** True when the gateway says that it has looked and cannot tell, e.g. while the target does the same anyway. */
  readonly isUnclear: boolean
  /** All of it, as it is stored. */
  readonly document: string
}

export interface JournalledKey {
  readonly caller: string
  readonly operation: string
  readonly key: string
  readonly taskId: string
}

export interface JournalledAudit {
  readonly sequence: number
  readonly kind: AuditKind
  readonly caller: string
  readonly key: string
  readonly taskId: string | null
}

/** What the file of the journal holds, read past the gateway's own code. */
export interface JournalImage {
  readonly tasks: readonly JournalledTask[]
  readonly keys: readonly JournalledKey[]
  readonly audit: readonly JournalledAudit[]
  /** What is wrong with the file or the chain of the audit log; empty when nothing is. */
  readonly faults: readonly string[]
}

type Row = Readonly<Record<string, SQLOutputValue>>

const textOf = (row: Row, column: string): string => {
  const value = row[column]
  if (typeof value !== 'string') throw new Error(`${column} is no text`)
  return value
}

interface TaskDocument {
  readonly id: string
  readonly operation: string
  readonly dispatch: Dispatch
  readonly state: TaskState
  readonly vendorTaskId: string | null
  readonly siteName: string
  readonly target: { readonly nativeId: string } | null
  readonly request: {
    readonly idempotencyKey: string
    readonly requestedBy: string
    readonly operationId: string
  } | null
  readonly warnings: readonly { readonly code: string }[]
  readonly unfinishedSend?: string | null
  readonly reconciliation?: { readonly verdict: 'ADOPTED' | 'DID_NOT_HAPPEN' } | null
}

const toTask = (row: Row): JournalledTask => {
  const document = textOf(row, 'document')
  const task: TaskDocument = JSON.parse(document)
  const { id, operation, dispatch, state, vendorTaskId, siteName, target, request } = task
  return {
    id,
    operation,
    dispatch,
    state,
    vendorTaskId,
    siteName,
    document,
    targetNativeId: target?.nativeId ?? null,
    request:
      request === null
        ? null
        : { key: request.idempotencyKey, caller: request.requestedBy, operationId: request.operationId },
    unfinishedSend: task.unfinishedSend ?? null,
    verdict: task.reconciliation?.verdict ?? null,
    isUnclear: state === 'OUTCOME_UNKNOWN' && task.warnings.some(({ code }) => code === 'OUTCOME_UNKNOWN'),
  }
}

interface AuditDocument {
  readonly sequence: number
  readonly kind: AuditKind
  readonly caller: string
  readonly idempotencyKey: string
  readonly taskId: string | null
}

/** The chain reckoned again from the words of its definition, and not by the code that wrote it. */
const findChainFaults = (rows: readonly Row[], head: Row | undefined): readonly string[] => {
  const faults: string[] = []
  let previous = ''
  for (const [index, row] of rows.entries()) {
    const document = textOf(row, 'document')
    const sequence = Number(row['sequence'])
    const { sequence: own }: AuditDocument = JSON.parse(document)
    if (sequence !== index + 1 || own !== sequence) faults.push(`audit entry ${sequence} stands in place ${index + 1}`)
    const hash = createHash('sha256').update(`${previous}\n${document}`).digest('hex')
    if (hash !== row['hash']) faults.push(`audit entry ${sequence} does not fit the one before it`)
    previous = textOf(row, 'hash')
  }
  if (Number(head?.['sequence'] ?? 0) !== rows.length) faults.push('the head of the audit log names another end')
  if (rows.length > 0 && head?.['hash'] !== previous) faults.push('the head of the audit log names another hash')
  return faults
}

/** Reads the file. The gateway may be running: what it has committed is seen. */
export const readJournal = (path: string): JournalImage => {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
  try {
    database.exec('begin')
    const all = (sql: string): readonly Row[] => database.prepare(sql).all()
    const integrity = all('pragma integrity_check').map((row) => String(row['integrity_check']))
    const auditRows = all('select * from audit_entries order by sequence')
    return {
      tasks: all('select document from tasks order by started_at, id').map(toTask),
      keys: all('select caller, operation, key, task_id from idempotency_keys').map((row) => ({
        caller: textOf(row, 'caller'),
        operation: textOf(row, 'operation'),
        key: textOf(row, 'key'),
        taskId: textOf(row, 'task_id'),
      })),
      audit: auditRows.map((row) => {
        const { sequence, kind, caller, idempotencyKey, taskId }: AuditDocument = JSON.parse(textOf(row, 'document'))
        return { sequence, kind, caller, key: idempotencyKey, taskId }
      }),
      faults: [
        ...integrity.filter((line) => line !== 'ok'),
        ...findChainFaults(auditRows, all('select * from audit_head')[0]),
      ],
    }
  } finally {
    database.close()
  }
}
