import type { ReactNode } from 'react'
import type { Status } from '../status.ts'
import './status-badge.css'

/** A shape for each, so that nobody has to see the colour. */
const shapes: Readonly<Record<Status, ReactNode>> = {
  ok: (
    <>
      <circle cx="8" cy="8" r="6" className="status-shape" />
      <path d="M5.2 8.2l2 2 3.6-4.2" className="status-mark" />
    </>
  ),
  warn: (
    <>
      <path d="M8 1.8L14.6 13.6H1.4z" className="status-shape" />
      <path d="M8 6v3.4M8 11.6h.01" className="status-mark" />
    </>
  ),
  critical: (
    <>
      <path d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4z" className="status-shape" />
      <path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" className="status-mark" />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="5.5" className="status-ring" />
      <path d="M6.4 6.6c0-2.2 3.3-2.1 3.3-.1 0 1.2-1.6 1.3-1.6 2.5M8.1 11.2h.01" className="status-sign" />
    </>
  ),
  busy: (
    <>
      <circle cx="8" cy="8" r="5.5" className="status-track" />
      <path d="M8 2.5A5.5 5.5 0 0113.5 8" className="status-arc" />
    </>
  ),
  neutral: (
    <>
      <circle cx="8" cy="8" r="5.5" className="status-ring" />
      <circle cx="8" cy="8" r="2" className="status-shape" />
    </>
  ),
  paused: (
    <>
      <circle cx="8" cy="8" r="6" className="status-shape" />
      <path d="M6.3 5.8v4.4M9.7 5.8v4.4" className="status-mark" />
    </>
  ),
}

/** Only the shape. Without `label` it needs the word beside it. */
export const StatusIcon = ({ status, label }: { readonly status: Status; readonly label?: string }) => (
  <svg
    className={`status-icon status-${status}`}
    width="14"
    height="14"
    viewBox="0 0 16 16"
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  >
    {shapes[status]}
  </svg>
)

/** Shape and word. */
export const StatusBadge = ({ status, children }: { readonly status: Status; readonly children: ReactNode }) => (
  <span className={`status-badge status-${status}`}>
    <StatusIcon status={status} />
    <span>{children}</span>
  </span>
)

/** A neutral word in a frame, such as the name of a product. */
export const Badge = ({ children }: { readonly children: ReactNode }) => <span className="badge">{children}</span>
