import type { GatewayClient } from '../../client/gateway-client.ts'
import { toCsvTable, type TableRow } from './columns.ts'
import { toCsv } from './csv.ts'
import type { TableKind, TableState } from './table-state.ts'
import { readTablePage } from './use-row-pages.ts'

/** Saves a text as a file, as if it were a link to one. */
const saveText = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has begun to read it when the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/**
 * Reads everything that matches, whether it is on screen or not, and saves it as CSV.
 *
 * @param onProgress How many of how many rows are here.
 * @returns How many rows are in the file.
 */
export const exportRows = async (
  gateway: GatewayClient,
  kind: TableKind,
  state: TableState,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<number> => {
  const rows = new Map<string, TableRow>()
  let after: string | null = null
  do {
    const page = await readTablePage(gateway, kind, state, { after, isBackwards: false }, signal)
    for (const row of page.rows) rows.set(row.id, row)
    after = page.endCursor
    onProgress(rows.size, page.totalCount)
  } while (after !== null)
  const { head, cells } = toCsvTable(kind, [...rows.values()])
  saveText(`${kind}-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.csv`, toCsv(head, cells))
  return rows.size
}
