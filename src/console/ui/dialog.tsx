import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import './dialog.css'

interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description?: ReactNode
  readonly size?: 'normal' | 'wide'
  /** Buttons, at the lower edge. */
  readonly footer?: ReactNode
  readonly children: ReactNode
}

/** Over the page, with the focus kept inside; Escape closes it, and the focus goes back to where it was. */
export const Dialog = ({ isOpen, onClose, title, description, size = 'normal', footer, children }: DialogProps) => (
  <Base.Root
    open={isOpen}
    onOpenChange={(willBeOpen) => {
      if (!willBeOpen) onClose()
    }}
  >
    <Base.Portal>
      <Base.Backdrop className="dialog-veil" />
      <Base.Popup className={`dialog dialog-${size}`}>
        <div className="dialog-head">
          <Base.Title className="dialog-title">{title}</Base.Title>
          <Base.Close className="button button-quiet button-small button-square" aria-label="Close">
            <Icon name="close" />
          </Base.Close>
        </div>
        {description !== undefined && (
          <Base.Description className="dialog-description" render={<div />}>
            {description}
          </Base.Description>
        )}
        <div className="dialog-body">{children}</div>
        {footer !== undefined && <div className="dialog-foot">{footer}</div>}
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
)
