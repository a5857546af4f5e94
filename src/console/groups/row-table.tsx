import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react'
import { formatCount } from '../format.ts'
import { Icon } from '../ui/icon.tsx'
import type { Column, TableRow } from './columns.ts'
import { RowCell } from './row-cell.tsx'
import { pressOrder, type TableKind, type TableState } from './table-state.ts'
import { useVisibleRows } from './use-live-rows.ts'
import type { TablePages, TableView } from './use-row-pages.ts'

const rowHeight = 36

interface HeadProps {
  readonly columns: readonly Column[]
  readonly state: TableState
  readonly onState: (state: TableState) => void
}

const toTemplate = (columns: readonly Column[]): string => columns.map(({ width }) => width).join(' ')

const sortWords = { ASC: 'ascending', DESC: 'descending' } as const

const TableHead = ({ columns, state, onState }: HeadProps) => (
  <div role="rowgroup" className="groups-head">
    <div role="row" className="groups-row" aria-rowindex={1} style={{ gridTemplateColumns: toTemplate(columns) }}>
      {columns.map(({ id, label, isNumeric, orderField }) => {
        const isOrder = orderField !== null && orderField === state.orderField
        return (
          <div
            key={id}
            role="columnheader"
            className={isNumeric ? 'groups-cell groups-numeric' : 'groups-cell'}
            aria-sort={isOrder ? sortWords[state.direction] : undefined}
          >
            {orderField === null ? (
              label
            ) : (
              <button type="button" className="groups-sort" onClick={() => onState(pressOrder(state, orderField))}>
                {label}
                {isOrder && <Icon name={state.direction === 'ASC' ? 'arrowUp' : 'arrowDown'} size={12} />}
              </button>
            )}
          </div>
        )
      })}
    </div>
  </div>
)

interface BodyRowProps {
  readonly item: VirtualItem
  readonly row: TableRow | undefined
  readonly columns: readonly Column[]
  readonly spark: Parameters<typeof RowCell>[0]['spark']
}

const BodyRow = ({ item, row, columns, spark }: BodyRowProps) => (
  <div
    role="row"
    aria-rowindex={item.index + 2}
    data-index={item.index}
    className={row?.isStale === true ? 'groups-row groups-body-row groups-stale' : 'groups-row groups-body-row'}
    style={{
      gridTemplateColumns: toTemplate(columns),
      transform: `translateY(${item.start}px)`,
      height: `${item.size}px`,
    }}
  >
    {row === undefined ? (
      <div role="cell" className="groups-cell groups-awaited">
        Row {formatCount(item.index + 1)} is on its way
      </div>
    ) : (
      columns.map(({ id, isNumeric }) => (
        <div key={id} role="cell" className={isNumeric ? 'groups-cell groups-numeric' : 'groups-cell'}>
          <RowCell column={id} row={row} spark={spark} />
        </div>
      ))
    )}
  </div>
)

/** How far a key goes; null for other keys. */
const stepOf = (key: string, from: number, count: number, screenful: number): number | null => {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + screenful,
    PageUp: from - screenful,
    Home: 0,
    End: count - 1,
  }
  const target = targets[key]
  return target === undefined ? null : Math.min(count - 1, Math.max(0, target))
}

/** Which row has the focus, and where keys take it. */
const useRowFocus = (
  frame: RefObject<HTMLDivElement | null>,
  items: readonly VirtualItem[],
  count: number,
  scrollTo: (index: number) => void,
) => {
  const [goingTo, setGoingTo] = useState<number | null>(null)
  const focused = useRef<number | null>(null)
  useEffect(() => {
    // The row that had the focus has left its place, with the focus: it stays at that place.
    if (goingTo === null && focused.current !== null && document.activeElement === document.body) {
      setGoingTo(focused.current)
    }
    if (goingTo === null) return
    const link = frame.current?.querySelector<HTMLElement>(`[data-index="${goingTo}"] .groups-link`)
    if (link === null || link === undefined) return
    link.focus({ preventScroll: true })
    setGoingTo(null)
  }, [frame, goingTo, items])
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const row = event.target instanceof Element ? event.target.closest('[data-index]') : null
    if (row === null) return
    const screenful = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / rowHeight) - 2)
    const next = stepOf(event.key, Number(row.getAttribute('data-index')), count, screenful)
    if (next === null) return
    event.preventDefault()
    scrollTo(next)
    setGoingTo(next)
  }
  const onFocus = ({ target }: FocusEvent<HTMLDivElement>): void => {
    focused.current = Number(target.closest('[data-index]')?.getAttribute('data-index') ?? 0)
  }
  const onBlur = (): void => {
    focused.current = null
  }
  return { onKeyDown, onFocus, onBlur }
}

interface RowTableProps extends HeadProps {
  readonly kind: TableKind
  readonly label: string
  readonly pages: TablePages | null
  readonly view: TableView
}

/**
 * Rows and columns, of which only those on screen exist. The link of each row takes the focus; arrows, Page Up, Page Down,
 * Home and End go from row to row, also to those that are not there yet.
 */
export const RowTable = ({ kind, label, columns, state, onState, pages, view }: RowTableProps) => {
  const frame = useRef<HTMLDivElement>(null)
  const count = view.totalCount ?? 0
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // The head is in the same frame, above.
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
  })
  const items = virtualizer.getVirtualItems()
  const [firstIndex, lastIndex] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => {
    if (count > 0) void pages?.want(firstIndex, lastIndex + 1)
  }, [firstIndex, lastIndex, count, pages])
  const shownIds = items.flatMap(({ index }) => view.rows[index]?.id ?? [])
  const sparks = useVisibleRows(kind, shownIds, pages)
  const focus = useRowFocus(frame, items, count, (index) => virtualizer.scrollToIndex(index))
  return (
    <div
      ref={frame}
      className="groups-frame"
      role="table"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-busy={view.isLoading}
    >
      <div
        className="groups-sheet"
        style={{ minWidth: `${columns.reduce((sum, { leastWidth }) => sum + leastWidth, columns.length * 12 + 20)}px` }}
      >
        <TableHead columns={columns} state={state} onState={onState} />
        <div role="rowgroup" className="groups-body" style={{ height: `${virtualizer.getTotalSize()}px` }} {...focus}>
          {items.map((item) => {
            const row = view.rows[item.index]
            const place = { ...item, start: item.start - rowHeight }
            const spark = row === undefined ? undefined : sparks.get(row.id)
            return <BodyRow key={row?.id ?? item.key} item={place} row={row} columns={columns} spark={spark} />
          })}
        </div>
      </div>
    </div>
  )
}
