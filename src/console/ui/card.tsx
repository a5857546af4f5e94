import { useId, type ReactNode } from 'react'
import type { Status } from '../status.ts'
import './card.css'

interface CardProps {
  readonly title: string
  /** At the right of the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly className?: string
  /** Lets a table reach the edges. */
  readonly isFlush?: boolean
}

/** A part of a screen, under a heading. */
export const Card = ({ title, actions, children, className = '', isFlush = false }: CardProps) => {
  const titleId = useId()
  return (
    <section className={`card ${isFlush ? 'card-flush' : ''} ${className}`} aria-labelledby={titleId}>
      <div className="card-head">
        <h2 id={titleId}>{title}</h2>
        {actions !== undefined && <div className="card-actions">{actions}</div>}
      </div>
      <div className="card-body">{children}</div>
    </section>
  )
}

interface FigureProps {
  readonly value: string
  readonly unit?: string
  readonly label: string
  readonly status?: Status
}

/** A number that is read from across the room. */
export const Figure = ({ value, unit, label, status }: FigureProps) => (
  <p className="figure">
    <span className={`figure-value${status === undefined ? '' : ` figure-status status-${status}`}`}>
      {value}
      {unit !== undefined && <span className="figure-unit"> {unit}</span>}
    </span>
    <span className="figure-label">{label}</span>
  </p>
)

/** Terms and what they are. */
export const Facts = ({ children }: { readonly children: ReactNode }) => <dl className="facts">{children}</dl>

export const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className="fact">
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)
