import type { AuditEntry, AuditPage } from '../../domain/audit.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Scope } from '../../domain/viewer.ts'
import { requirePageSize, toPageInfo } from '../../inventory/paging.ts'
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
  const nodes = { nodes: entries, cursorOf: ({ sequence }: AuditEntry) => toCursor(sequence) }
  const pageInfo = toPageInfo(nodes, { hasNextPage: hasMore, hasPreviousPage: !isFirst })
  return { ...nodes, totalCount, pageInfo, coverage: [] }
}

builder.queryField('auditLog', (t) =>
  t.field({
    type: AuditEntryConnectionRef,
    extensions: { scope: 'dr:audit' satisfies Scope },
    description:
      'Who asked for what, and what came of it, newest first; what was refused is there, too. Needs the scope `dr:audit`, and shows what lies where that holds.',
    args: {
      filter: t.arg({ type: AuditFilterInput, required: false, description: 'Which entries.' }),
      first: t.arg.int({ defaultValue: 50, description: 'How many, up to 500.' }),
      after: t.arg.string({ required: false, description: '`endCursor` of the page before.' }),
    },
    resolve: async (_root, { filter, first, after }, { audit }) => {
      const beforeSequence = after === null || after === undefined ? null : parseCursor(after)
      const page = await audit.list({
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
    extensions: { scope: 'dr:audit' satisfies Scope },
    description:
      'Checks the whole audit log: whether anybody has changed, removed or moved an entry. Needs the scope `dr:audit` everywhere.',
    resolve: (_root, _args, { audit }) => audit.verify(),
  }),
)
