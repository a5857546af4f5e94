import type { ReactNode } from 'react'
import type { Status } from '../status.ts'
import { StatusIcon } from './status-badge.tsx'
import './notice.css'

interface NoticeProps {
  readonly status: Status
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** Something that has to be known before the rest of the screen is read. */
export const Notice = ({ status, title, children, actions }: NoticeProps) => (
  <div className={`notice status-${status}`} role="status">
    <StatusIcon status={status} />
    <div className="notice-text">
      <p className="notice-title">{title}</p>
      {children}
    </div>
    {actions}
  </div>
)

/** In place of a list in which there is nothing. */
export const Empty = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className="empty">
    <p className="empty-title">{title}</p>
    {children}
  </div>
)

/** In place of what is not there yet: says what is being asked for. */
export const Waiting = ({ what }: { readonly what: string }) => (
  <p className="waiting" role="status">
    {what}
  </p>
)
