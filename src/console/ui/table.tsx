import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import './table.css'

/** Rows and columns. Scrolls sideways where it is too narrow. */
export const Table = ({
  label,
  children,
  className = '',
}: {
  readonly label: string
  readonly children: ReactNode
  readonly className?: string
}) => (
  // It takes focus so that the keyboard can scroll it.
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  <div className="table-frame" role="group" aria-label={label} tabIndex={0}>
    <table className={`table ${className}`}>{children}</table>
  </div>
)

interface ThProps {
  readonly isNumeric?: boolean
  readonly className?: string
  /** Left out where it cannot be sorted by this. */
  readonly sort?: 'ascending' | 'descending' | 'none'
  readonly onSort?: () => void
  readonly children: ReactNode
}

export const Th = ({ isNumeric = false, className = '', sort, onSort, children }: ThProps) => (
  <th scope="col" className={`${isNumeric ? 'numeric' : ''} ${className}`} aria-sort={sort}>
    {onSort === undefined ? (
      children
    ) : (
      <button type="button" className="th-button" onClick={onSort}>
        {children}
        {sort === 'ascending' && <Icon name="arrowUp" size={12} />}
        {sort === 'descending' && <Icon name="arrowDown" size={12} />}
      </button>
    )}
  </th>
)

export const Td = ({
  isNumeric = false,
  className = '',
  children,
}: {
  readonly isNumeric?: boolean
  readonly className?: string
  readonly children?: ReactNode
}) => <td className={`${isNumeric ? 'numeric' : ''} ${className}`}>{children}</td>
