import { useRef, type ReactElement } from 'react'
import './tooltip.css'

const gapPx = 6
const edgePx = 8

/** Above what it is about, within the window. */
const place = (about: HTMLElement, tip: HTMLElement): void => {
  const { left, width, top, bottom } = about.getBoundingClientRect()
  const x = left + width / 2 - tip.offsetWidth / 2
  const above = top - gapPx - tip.offsetHeight
  tip.style.left = `${Math.min(innerWidth - edgePx - tip.offsetWidth, Math.max(edgePx, x))}px`
  tip.style.top = `${above > edgePx ? above : bottom + gapPx}px`
}

/**
 * Shows a few words on hover and focus; Escape puts them away. What must be known has to stand somewhere else, too: to a
 * screen reader this says nothing.
 */
export const Tooltip = ({ text, children }: { readonly text: string; readonly children: ReactElement }) => {
  const frame = useRef<HTMLSpanElement>(null)
  const tip = useRef<HTMLSpanElement>(null)
  const show = (): void => {
    const about = frame.current?.firstElementChild
    if (!(about instanceof HTMLElement) || tip.current === null) return
    tip.current.showPopover()
    place(about, tip.current)
  }
  const hide = (): void => tip.current?.hidePopover()
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- what it surrounds is the element to use
    <span
      ref={frame}
      className="tooltip-frame"
      onMouseEnter={show}
      onMouseLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={(event) => {
        if (event.key === 'Escape') hide()
      }}
    >
      {children}
      <span ref={tip} popover="manual" aria-hidden="true" className="tooltip">
        {text}
      </span>
    </span>
  )
}
