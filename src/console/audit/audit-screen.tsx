import { Fragment, useMemo, useState } from 'react'
import { useEvery, useQuery } from '../app/gateway.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { Link, setSearch, useSearch } from '../app/router.tsx'
import { toTargetPath, toTaskPath } from '../app/target-path.ts'
import { useHasScope, useViewer } from '../app/viewer.tsx'
import { formatCount, formatDateTime, formatPlural, formatTime } from '../format.ts'
import { AuditChainDocument, AuditLogDocument, type AuditLogQuery } from '../generated/graphql.ts'
import { toWords } from '../status.ts'
import { Button } from '../ui/button.tsx'
import { Card, Fact, Facts } from '../ui/card.tsx'
import { CopyText } from '../ui/copy-text.tsx'
import { Select } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Empty, Notice, Waiting } from '../ui/notice.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { Table, Td, Th } from '../ui/table.tsx'
import { auditKinds, auditStatus, parseAuditView, printAuditView, toAuditFilter, type AuditView } from './audit-view.ts'
import './audit.css'

type Entry = AuditLogQuery['auditLog']['nodes'][number]

const pageSize = 50
const refreshEveryMs = 10_000

const Details = ({ entry }: { readonly entry: Entry }) => (
  <div className="audit-details">
    <Facts>
      {entry.reason !== null && <Fact label="Reason">{entry.reason}</Fact>}
      {entry.problem !== null && <Fact label={toWords(entry.problem.code)}>{entry.problem.message}</Fact>}
      {entry.overriddenRisks.length > 0 && <Fact label="Risks taken">{entry.overriddenRisks.join(', ')}</Fact>}
      {entry.evidence.length > 0 && <Fact label="Evidence">{entry.evidence.join('; ')}</Fact>}
      <Fact label="Idempotency key">
        <span className="mono">{entry.idempotencyKey}</span>
      </Fact>
      {entry.operationId !== null && (
        <Fact label="Operation id">
          <span className="mono">{entry.operationId}</span>
        </Fact>
      )}
      <Fact label="Hash">
        <span className="mono">{entry.hash}</span>
      </Fact>
    </Facts>
    <pre className="audit-code">{JSON.stringify(entry.input, null, 2)}</pre>
  </div>
)

const Row = ({ entry }: { readonly entry: Entry }) => {
  const [isOpen, setIsOpen] = useState(false)
  const { sequence, at, kind, caller, operation, target, targetName, siteName, task } = entry
  return (
    <Fragment>
      <tr>
        <Td>
          <button
            type="button"
            className="audit-open"
            aria-expanded={isOpen}
            aria-label={`Details of entry ${sequence}`}
            onClick={() => setIsOpen(!isOpen)}
          >
            <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={12} />
            {formatCount(sequence)}
          </button>
        </Td>
        <Td>
          {formatDateTime(at)}
          <span className="muted">:{formatTime(at).slice(-2)}</span>
        </Td>
        <Td>{caller}</Td>
        <Td>{toWords(operation)}</Td>
        <Td>
          {target === null ? (targetName ?? '–') : <Link to={toTargetPath(target)}>{targetName ?? target.name}</Link>}
        </Td>
        <Td>
          <StatusBadge status={auditStatus(kind)}>{toWords(kind)}</StatusBadge>
        </Td>
        <Td>{siteName ?? '–'}</Td>
        <Td>
          {task === null ? (
            '–'
          ) : (
            <Link to={toTaskPath(task.id)} aria-label={`Task of entry ${sequence}`}>
              Task
            </Link>
          )}
        </Td>
      </tr>
      {isOpen && (
        <tr className="audit-detail-row">
          <td colSpan={8}>
            <Details entry={entry} />
          </td>
        </tr>
      )}
    </Fragment>
  )
}

const Chain = () => {
  const { data, problem, refresh, isAsking } = useQuery(AuditChainDocument, {})
  const again = (
    <Button size="small" icon="refresh" onClick={refresh}>
      Check again
    </Button>
  )
  if (problem !== null)
    return <Notice status="warn" title={`The chain cannot be checked: ${problem}`} actions={again} />
  if (data === null) return <Waiting what="Checking the chain …" />
  const { isWhole, entryCount, headHash, reason, firstBadSequence } = data.auditChain
  if (isWhole) {
    return (
      <Notice
        status="ok"
        title={`The log is whole: ${formatPlural(entryCount ?? 0, 'entry', 'entries')}, each chained to the one before.`}
        actions={again}
      >
        {headHash !== null && (
          <p className="muted">
            {isAsking ? 'Checking again … ' : ''}Head <span className="mono">{headHash.slice(0, 16)}…</span>
            <CopyText text={headHash} label="Copy the whole hash" />
          </p>
        )}
      </Notice>
    )
  }
  return (
    <Notice status="critical" title="The log is not as it was written." actions={again}>
      {reason ?? ''} {firstBadSequence !== null && `First at entry ${firstBadSequence}.`}
    </Notice>
  )
}

const Filters = ({ view, callers }: { readonly view: AuditView; readonly callers: readonly string[] }) => {
  const show = (change: Partial<AuditView>): void => setSearch(printAuditView({ ...view, ...change }))
  return (
    <div className="filters" role="group" aria-label="Filters">
      <Select
        aria-label="What happened"
        value={view.kind ?? ''}
        onChange={(event) => show({ kind: auditKinds.find((kind) => kind === event.target.value) ?? null })}
        options={[
          { value: '', label: 'Everything' },
          ...auditKinds.map((kind) => ({ value: kind, label: toWords(kind) })),
        ]}
      />
      <Select
        aria-label="Who asked"
        value={view.caller ?? ''}
        onChange={(event) => show({ caller: event.target.value === '' ? null : event.target.value })}
        options={[{ value: '', label: 'Everybody' }, ...callers.map((caller) => ({ value: caller, label: caller }))]}
      />
    </div>
  )
}

const Log = () => {
  const search = useSearch().toString()
  const view = useMemo(() => parseAuditView(new URLSearchParams(search)), [search])
  const [first, setFirst] = useState(pageSize)
  const variables = useMemo(() => ({ filter: toAuditFilter(view), first }), [view, first])
  const { data, problem, refresh } = useQuery(AuditLogDocument, variables, { keepsFormer: true })
  useEvery(refreshEveryMs, refresh)
  const entries = data?.auditLog.nodes ?? []
  const callers = [
    ...new Set([...entries.map(({ caller }) => caller), ...(view.caller === null ? [] : [view.caller])]),
  ].toSorted()
  return (
    <>
      <PageHeader title="Audit log">
        <Filters view={view} callers={callers} />
      </PageHeader>
      <div className="audit">
        <Chain />
        {problem !== null && <Notice status="critical" title={problem} />}
        {data === null && problem === null && <Waiting what="Asking for the audit log …" />}
        {data !== null && (
          <Card title={formatPlural(data.auditLog.totalCount, 'entry', 'entries')} isFlush>
            {entries.length === 0 ? (
              <Empty title="Nothing has been asked for that matches." />
            ) : (
              <Table label="Audit log">
                <thead>
                  <tr>
                    <Th>No.</Th>
                    <Th>At</Th>
                    <Th>Who</Th>
                    <Th>Asked for</Th>
                    <Th>On</Th>
                    <Th>What came</Th>
                    <Th>Site</Th>
                    <Th>Task</Th>
                  </tr>
                </thead>
                <tbody>
                  {entries.map((entry) => (
                    <Row key={entry.sequence} entry={entry} />
                  ))}
                </tbody>
              </Table>
            )}
            {data.auditLog.pageInfo.hasNextPage && first < 500 && (
              <div className="list-more">
                <Button onClick={() => setFirst(Math.min(500, first + 100))}>Show more</Button>
              </div>
            )}
          </Card>
        )}
      </div>
    </>
  )
}

/** Who asked for what, and what came of it. */
export const AuditScreen = () => {
  const viewer = useViewer()
  const mayRead = useHasScope('dr:audit')
  if (viewer !== null && !mayRead) {
    return (
      <>
        <PageHeader title="Audit log" />
        <Empty title="You may not read the audit log.">It needs the scope dr:audit.</Empty>
      </>
    )
  }
  return <Log />
}
