import { useEffect, useState, useSyncExternalStore } from 'react'
import type { GatewayClient } from '../../client/gateway-client.ts'
import type { GatewayDocument } from '../../client/gateway-document.ts'
import type { Answer } from '../../client/gateway-error.ts'
import { useGateway } from '../app/gateway.tsx'
import { GroupRowsDocument, MachineRowsDocument, type CoverageLineFragment } from '../generated/graphql.ts'
import type { TableRow } from './columns.ts'
import { RowPages, type PageWish, type RowPage, type RowPagesView } from './row-pages.ts'
import {
  parseTableState,
  toGroupFilter,
  toGroupOrder,
  toMachineFilter,
  toMachineOrder,
  type TableKind,
  type TableState,
} from './table-state.ts'

export type TablePages = RowPages<TableRow, CoverageLineFragment>
export type TableView = RowPagesView<TableRow, CoverageLineFragment> & {
  /** These are the rows of another state: those of the present one are on their way. */
  readonly isFormer: boolean
}

/** The most that the gateway gives at once. */
const pageSize = 500

interface Connection {
  readonly totalCount: number
  readonly nodes: readonly TableRow[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly coverage: readonly CoverageLineFragment[]
}

const toPage = ({ totalCount, nodes, pageInfo, coverage }: Connection): RowPage<TableRow, CoverageLineFragment> => ({
  rows: nodes,
  totalCount,
  endCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  coverage,
})

const requireData = <Data>({ data, errors }: Answer<Data>): Data => {
  if (data === null) throw new Error(errors[0]?.message ?? 'The gateway gave no answer')
  return data
}

const opposite = { ASC: 'DESC', DESC: 'ASC' } as const

/** One page of the table, asked of the gateway. Its opposite order is exactly the other way round, ties included. */
export const readTablePage = async (
  gateway: GatewayClient,
  kind: TableKind,
  state: TableState,
  { after, isBackwards }: PageWish,
  signal: AbortSignal,
): Promise<RowPage<TableRow, CoverageLineFragment>> => {
  const ordered = isBackwards ? { ...state, direction: opposite[state.direction] } : state
  const ask = async <Data, Variables extends object>(
    document: GatewayDocument<Data, Variables>,
    variables: Variables,
  ) => requireData(await gateway.query(document, variables, { signal }))
  if (kind === 'groups') {
    const variables = { filter: toGroupFilter(state), orderBy: toGroupOrder(ordered), first: pageSize, after }
    return toPage((await ask(GroupRowsDocument, variables)).protectionGroups)
  }
  const variables = { filter: toMachineFilter(state), orderBy: toMachineOrder(ordered), first: pageSize, after }
  return toPage((await ask(MachineRowsDocument, variables)).replications)
}

const emptyView: RowPagesView<TableRow, CoverageLineFragment> = {
  rows: [],
  readCount: 0,
  totalCount: null,
  coverage: [],
  isLoading: true,
  problem: null,
  readAtMs: null,
}

const noPages = { subscribe: () => () => {}, getView: () => emptyView }

/**
 * The rows of a table in a state. While those of another state are on their way, the former ones stay.
 *
 * @param search The state as it stands in the link.
 */
export const useRowPages = (
  kind: TableKind,
  search: string,
): { readonly pages: TablePages | null; readonly view: TableView } => {
  const gateway = useGateway()
  const [pages, setPages] = useState<TablePages | null>(null)
  const [former, setFormer] = useState(emptyView)
  useEffect(() => {
    const state = parseTableState(kind, search)
    const next: TablePages = new RowPages({
      readPage: (wish, signal) => readTablePage(gateway, kind, state, wish, signal),
      toId: ({ id }) => id,
    })
    setPages(next)
    void next.want(0, 1)
    return () => {
      setFormer(next.getView())
      next.dispose()
    }
  }, [gateway, kind, search])
  const { subscribe, getView } = pages ?? noPages
  const view = useSyncExternalStore(subscribe, getView)
  const isFirst = view.totalCount === null && view.problem === null
  return { pages, view: isFirst ? { ...former, isLoading: true, isFormer: true } : { ...view, isFormer: false } }
}
