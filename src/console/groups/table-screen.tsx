import { useMemo, useState } from 'react'
import { useGateway } from '../app/gateway.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { setSearch, useSearch } from '../app/router.tsx'
import { formatCount, formatPlural, formatTime } from '../format.ts'
import type { CoverageLineFragment } from '../generated/graphql.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { CheckMenu } from '../ui/menu.tsx'
import { Empty, Notice, Waiting } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { columnsOf, columnsStorageName, parseColumnChoice, type ColumnId } from './columns.ts'
import { exportRows } from './export-rows.ts'
import { FilterBar } from './filter-bar.tsx'
import { RowTable } from './row-table.tsx'
import {
  countFilters,
  parseTableState,
  toggled,
  toSearch,
  wholeTable,
  type TableKind,
  type TableState,
} from './table-state.ts'
import { useLiveRows } from './use-live-rows.ts'
import { useRowPages, type TableView } from './use-row-pages.ts'
import './groups.css'

const nouns: Readonly<Record<TableKind, string>> = { groups: 'group', machines: 'machine' }
const titles: Readonly<Record<TableKind, string>> = { groups: 'Groups', machines: 'Machines' }

/** The columns that are shown, kept in this browser. */
const useColumnChoice = (kind: TableKind) => {
  const name = columnsStorageName(kind)
  const [chosen, setChosen] = useState(() => parseColumnChoice(kind, localStorage.getItem(name)))
  const toggle = (id: ColumnId): void => {
    const next = toggled([...chosen], id)
    localStorage.setItem(name, next.join(','))
    setChosen(parseColumnChoice(kind, next.join(',')))
  }
  return { chosen, toggle }
}

/** Sites of which nothing was ever read: their part is missing. That a part is old is told by the shell, and in a line. */
const CoverageNotices = ({ coverage }: { readonly coverage: readonly CoverageLineFragment[] }) =>
  coverage
    .filter(({ completeness }) => completeness === 'UNAVAILABLE')
    .map(({ siteName, problem }) => (
      <Notice key={siteName} status="critical" title={`${siteName} could not be read: what it lists is missing here`}>
        {problem !== null && <p>{problem.message}</p>}
      </Notice>
    ))

const staleInWords = (coverage: readonly CoverageLineFragment[]): string =>
  coverage
    .flatMap(({ siteName, completeness, observedAt }) =>
      completeness === 'STALE' && observedAt !== null ? [` · ${siteName} as of ${formatTime(observedAt)}`] : [],
    )
    .join('')

/** How many there are, how many of them are here, and which of them are old. */
const countInWords = (
  kind: TableKind,
  state: TableState,
  { readCount, totalCount, coverage, isFormer, isLoading }: TableView,
): string => {
  if (totalCount === null) return ''
  if (isFormer) return 'Asking for what matches…'
  const readWords = isLoading ? 'reading them:' : 'read so far:'
  const here = readCount < totalCount ? ` · ${readWords} ${formatCount(readCount)}` : ''
  const verb = totalCount === 1 ? ' matches' : ' match'
  return `${formatPlural(totalCount, nouns[kind])}${countFilters(state) > 0 ? verb : ''}${here}${staleInWords(coverage)}`
}

const ExportButton = ({ kind, state }: { readonly kind: TableKind; readonly state: TableState }) => {
  const gateway = useGateway()
  const [progress, setProgress] = useState<string | null>(null)
  const run = async (): Promise<void> => {
    setProgress('Exporting…')
    try {
      const show = (done: number, total: number): void =>
        setProgress(`${formatCount(done)} of ${formatCount(total)} rows`)
      const count = await exportRows(gateway, kind, state, show, new AbortController().signal)
      toast({ status: 'ok', title: `${formatPlural(count, 'row')} saved as CSV` })
    } catch (error) {
      toast({ status: 'critical', title: 'The export did not work', text: error instanceof Error ? error.message : '' })
    }
    setProgress(null)
  }
  return (
    <Button
      size="small"
      icon="download"
      onClick={() => void run()}
      reason={progress === null ? null : 'It is being made'}
    >
      {progress ?? 'Export CSV'}
    </Button>
  )
}

const oldestOf = (coverage: readonly CoverageLineFragment[]): string | null =>
  coverage
    .flatMap(({ observedAt, completeness }) => (observedAt !== null && completeness === 'COMPLETE' ? [observedAt] : []))
    .toSorted()[0] ?? null

const onState = (next: TableState): void => setSearch(new URLSearchParams(toSearch(next)))

interface ColumnMenuProps {
  readonly kind: TableKind
  readonly chosen: ReadonlySet<ColumnId>
  readonly onToggle: (id: ColumnId) => void
}

const ColumnMenu = ({ kind, chosen, onToggle }: ColumnMenuProps) => {
  const columns = columnsOf(kind).filter(({ id }) => id !== 'name')
  return (
    <CheckMenu
      label="Columns"
      icon="columns"
      items={columns.map(({ id, label }) => ({ id, label, isChecked: chosen.has(id) }))}
      onToggle={(id) => {
        const column = columns.find((known) => known.id === id)
        if (column !== undefined) onToggle(column.id)
      }}
    />
  )
}

const NoRows = ({ kind, state }: { readonly kind: TableKind; readonly state: TableState }) => (
  <Empty title={countFilters(state) > 0 ? `No ${kind} match` : `No ${kind} yet`}>
    {countFilters(state) > 0 ? (
      <Button onClick={() => onState(wholeTable)}>Show all</Button>
    ) : (
      <ButtonLink to="/start" variant="primary">
        Start a replication
      </ButtonLink>
    )}
  </Empty>
)

/** All groups, or all machines, of both vendors. */
export const TableScreen = ({ kind }: { readonly kind: TableKind }) => {
  const params = useSearch().toString()
  const state = useMemo(() => parseTableState(kind, params), [kind, params])
  const search = toSearch(state)
  const { pages, view } = useRowPages(kind, search)
  useLiveRows(kind, search, pages)
  const { chosen, toggle } = useColumnChoice(kind)
  const columns = columnsOf(kind).filter(({ id }) => chosen.has(id))
  const count = view.totalCount
  return (
    <div className="groups-screen">
      <PageHeader title={titles[kind]} asOf={oldestOf(view.coverage)}>
        <ColumnMenu kind={kind} chosen={chosen} onToggle={toggle} />
        <ExportButton kind={kind} state={state} />
      </PageHeader>
      <CoverageNotices coverage={view.coverage} />
      {view.problem !== null && (
        <Notice
          status="critical"
          title={view.readCount === 0 ? 'The list did not come' : 'More of the list did not come'}
          actions={
            <Button size="small" icon="refresh" onClick={() => void pages?.resume()}>
              Try again
            </Button>
          }
        >
          <p>{view.problem}</p>
        </Notice>
      )}
      <FilterBar kind={kind} state={state} onState={onState} />
      <p className="groups-count" role="status">
        {countInWords(kind, state, view)}
      </p>
      {count === null && view.problem === null && <Waiting what={`Asking for the ${kind}…`} />}
      {count === 0 && <NoRows kind={kind} state={state} />}
      {count !== null && count > 0 && (
        <RowTable
          kind={kind}
          label={titles[kind]}
          columns={columns}
          state={state}
          onState={onState}
          pages={pages}
          view={view}
        />
      )}
    </div>
  )
}
