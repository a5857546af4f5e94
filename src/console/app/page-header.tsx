import { useEffect, type ReactNode } from 'react'
import { AsOf } from '../ui/clock.tsx'
import { Link } from './router.tsx'
import './page-header.css'

interface PageHeaderProps {
  readonly title: string
  /** The way to here. */
  readonly crumbs?: readonly { readonly label: string; readonly to: string }[]
  /** From when the data of the screen is. */
  readonly asOf?: string | null
  /** Actions, at the right. */
  readonly children?: ReactNode
}

/** The head of a screen; the window is called like it. */
export const PageHeader = ({ title, crumbs = [], asOf = null, children }: PageHeaderProps) => {
  useEffect(() => {
    document.title = `${title} · DR Gateway`
  }, [title])
  return (
    <header className="page-header">
      <div className="page-header-text">
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb" className="crumbs">
            {crumbs.map(({ label, to }) => (
              <Link key={to} to={to}>
                {label}
              </Link>
            ))}
          </nav>
        )}
        <div className="page-title">
          <h1>{title}</h1>
          <AsOf at={asOf} />
        </div>
      </div>
      {children !== undefined && <div className="page-actions">{children}</div>}
    </header>
  )
}
