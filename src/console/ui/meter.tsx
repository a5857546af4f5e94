import type { ReactNode } from 'react'
import { Link } from '../app/router.tsx'
import { formatCount } from '../format.ts'
import type { Status } from '../status.ts'
import { StatusIcon } from './status-badge.tsx'
import './meter.css'

const clamp = (value: number): number => Math.min(100, Math.max(0, value))

interface MeterProps {
  readonly label: string
  readonly value: number
  readonly max: number
  readonly status?: Status
  readonly children?: ReactNode
}

/** How much of something. The figure beside it is `children`. */
export const Meter = ({ label, value, max, status = 'busy', children }: MeterProps) => (
  <span className="meter">
    <span className="bar" role="meter" aria-label={label} aria-valuenow={value} aria-valuemin={0} aria-valuemax={max}>
      <span className={`bar-fill status-${status}`} style={{ width: `${max > 0 ? clamp((value / max) * 100) : 0}%` }} />
    </span>
    {children}
  </span>
)

interface ProgressProps {
  readonly label: string
  /** Null where nobody tells. */
  readonly percent: number | null
  readonly status?: Status
}

/** How far something has come. */
export const ProgressBar = ({ label, percent, status = 'busy' }: ProgressProps) => (
  <span
    className="bar"
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    {...(percent === null ? { 'aria-valuetext': 'Not told' } : { 'aria-valuenow': Math.round(percent) })}
  >
    <span
      className={`bar-fill status-${status}${percent === null ? ' bar-open' : ''}`}
      style={{ width: `${percent === null ? 100 : clamp(percent)}%` }}
    />
  </span>
)

/** One part of a whole. */
export interface BarPart {
  readonly label: string
  readonly value: number
  readonly status: Status
  /** Where these are shown. */
  readonly to?: string
}

const Legend = ({ part }: { readonly part: BarPart }) => {
  const text = (
    <>
      <StatusIcon status={part.status} />
      <span className="stack-label">{part.label}</span>
      <span className="stack-value">{formatCount(part.value)}</span>
    </>
  )
  if (part.to === undefined || part.value === 0) return <span className="stack-entry">{text}</span>
  return (
    <Link to={part.to} className="stack-entry">
      {text}
    </Link>
  )
}

/** Parts of a whole side by side, with a legend that says the same in words. */
export const StackedBar = ({ label, parts }: { readonly label: string; readonly parts: readonly BarPart[] }) => {
  const total = parts.reduce((sum, { value }) => sum + value, 0)
  return (
    <div className="stack">
      <div className="stack-bar" aria-hidden="true">
        {parts
          .filter(({ value }) => value > 0)
          .map((part) => (
            <span
              key={part.label}
              className={`stack-part status-${part.status}`}
              style={{ flexGrow: part.value / total }}
            />
          ))}
      </div>
      <ul className="stack-legend" aria-label={label}>
        {parts.map((part) => (
          <li key={part.label}>
            <Legend part={part} />
          </li>
        ))}
      </ul>
    </div>
  )
}
