import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

interface GuardProps {
  /** Another one begins anew. */
  readonly path: string
  readonly children: ReactNode
}

interface GuardState {
  readonly path: string
  readonly error: Error | null
}

/** A part that cannot be loaded is most often one of a release that is not served any more. */
const isMissingPart = ({ message }: Error): boolean =>
  /dynamically imported module|Failed to fetch|Loading.*module/i.test(message)

/** Keeps the rest of the page when a screen fails, and says so in its place. */
export class ScreenGuard extends Component<GuardProps, GuardState> {
  override state: GuardState = { path: this.props.path, error: null }

  static getDerivedStateFromError(error: unknown): Partial<GuardState> {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  static getDerivedStateFromProps({ path }: GuardProps, state: GuardState): GuardState | null {
    return path === state.path ? null : { path, error: null }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    const title = isMissingPart(error)
      ? 'This part of the console could not be loaded. The gateway may have been updated meanwhile.'
      : 'This screen has failed. What you have asked the sites to do goes on.'
    const again = (
      <Button icon="refresh" onClick={() => location.reload()}>
        Load the page again
      </Button>
    )
    return (
      <Notice status="critical" title={title} actions={again}>
        <p className="mono">{error.message}</p>
      </Notice>
    )
  }
}
