import type { AuditEntry, AuditPage } from '../../domain/audit.ts'
import { DomainError } from '../../domain/errors.ts'
import { requirePageSize } from '../../inventory/paging.ts'
import { requireScope } from '../../operations/checks.ts'
import { builder } from '../builder.ts'
import type { Connection } from '../connection-type.ts'
import { AuditFilterInput } from './audit-filter.ts'
import { AuditChainRef, AuditEntryConnectionRef } from './audit-type.ts'

const cursorPrefix = 'a1.'

const toCursor = (sequence: number): string => `${cursorPrefix}${sequence.toString(36)}`

/** @throws INVALID_INPUT for what no page of the log brought. */
const parseCursor = (cursor: string): number => {
  const sequence = Number.parseInt(cursor.slice(cursorPrefix.length), 36)
  if (Number.isSafeInteger(sequence) && toCursor(sequence) === cursor) return sequence
  throw DomainError.invalidInput('after', 'is not a cursor of this list')
}

const toConnection = ({ entries, totalCount, hasMore }: AuditPage, isFirst: boolean): Connection<AuditEntry> => {
  const edges = entries.map((node) => ({ cursor: toCursor(node.sequence), node }))
  return {
    edges,
    totalCount,
    pageInfo: {
      hasNextPage: hasMore,
      hasPreviousPage: !isFirst,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    coverage: [],
  }
}

builder.queryField('auditLog', (t) =>
  t.field({
    type: AuditEntryConnectionRef,
    description:
      'Who asked for what, and what came of it, newest first; what was refused is there, too. Needs the scope `dr:audit`.',
    args: {
      filter: t.arg({ type: AuditFilterInput, required: false, description: 'Which entries.' }),
      first: t.arg.int({ defaultValue: 50, description: 'How many, up to 500.' }),
      after: t.arg.string({ required: false, description: '`endCursor` of the page before.' }),
    },
    resolve: async (_root, { filter, first, after }, { viewer, journal }) => {
      requireScope(viewer, 'dr:audit')
      const beforeSequence = after === null || after === undefined ? null : parseCursor(after)
      const page = await journal.listAudit({
        kinds: filter?.kinds ?? null,
        callers: filter?.callers ?? null,
        operations: filter?.operations ?? null,
        targetIds: filter?.targetIds ?? null,
        taskIds: filter?.taskIds ?? null,
        from: filter?.from ?? null,
        to: filter?.to ?? null,
        limit: requirePageSize(first ?? 50),
        beforeSequence,
      })
      return toConnection(page, beforeSequence === null)
    },
  }),
)

builder.queryField('auditChain', (t) =>
  t.field({
    type: AuditChainRef,
    description:
      'Checks the whole audit log: whether anybody has changed, removed or moved an entry. Needs the scope `dr:audit`.',
    resolve: (_root, _args, { viewer, journal }) => {
      requireScope(viewer, 'dr:audit')
      return journal.verifyAudit()
    },
  }),
)
