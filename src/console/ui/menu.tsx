import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './button.css'
import './menu.css'

/** One thing that can be done. */
export interface MenuItem {
  readonly label: string
  readonly icon?: IconName
  readonly onSelect: () => void
  /** Why it cannot be done now; shown under it. */
  readonly reason?: string | null
  readonly isDangerous?: boolean
}

interface TriggerProps {
  readonly label: string
  readonly icon?: IconName
  readonly variant?: 'plain' | 'primary' | 'quiet'
  /** Shows the icon alone. */
  readonly isCompact?: boolean
}

const gapPx = 4
const edgePx = 8

/** Under its button, at the side where there is room. The platform closes it on Escape and on a press elsewhere. */
const place = (button: HTMLElement, menu: HTMLElement): void => {
  const { left, right, bottom, top } = button.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const isAbove = bottom + gapPx + height > innerHeight - edgePx && top - gapPx - height > edgePx
  const x = left + width > innerWidth - edgePx ? right - width : left
  menu.style.left = `${Math.max(edgePx, x)}px`
  menu.style.top = `${isAbove ? top - gapPx - height : bottom + gapPx}px`
}

const itemsOf = (menu: HTMLElement): readonly HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]'),
]

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
}

/** Which item the keyboard goes to from the present one; -1 where the key means nothing here. */
const toNext = (key: string, items: readonly HTMLElement[], at: number): number => {
  const step = steps[key]
  if (step !== undefined) return items.length === 0 ? -1 : step(at, items.length)
  if (key.length !== 1 || key === ' ') return -1
  const wanted = key.toLowerCase()
  const order = [...items.keys()].map((index) => (at + 1 + index) % items.length)
  return order.find((index) => items[index]?.textContent.toLowerCase().startsWith(wanted)) ?? -1
}

const onMenuKey = (event: KeyboardEvent<HTMLDivElement>): void => {
  if (event.key === 'Tab') return event.currentTarget.hidePopover()
  const items = itemsOf(event.currentTarget)
  const next = toNext(
    event.key,
    items,
    items.findIndex((item) => item === document.activeElement),
  )
  if (next < 0) return
  event.preventDefault()
  items[next]?.focus()
}

const MenuFrame = ({
  label,
  icon,
  variant = 'plain',
  isCompact = false,
  children,
}: TriggerProps & { readonly children: ReactNode }) => {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const open = (): void => {
    if (button.current === null || menu.current === null) return
    menu.current.showPopover()
    place(button.current, menu.current)
    itemsOf(menu.current)[0]?.focus()
  }
  const onButtonKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    open()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`button button-${variant} button-small${isCompact ? ' button-square' : ''}`}
        aria-label={isCompact ? label : undefined}
        aria-haspopup="menu"
        popoverTarget={id}
        onClick={(event) => {
          event.preventDefault()
          if (menu.current?.matches(':popover-open') === true) menu.current.hidePopover()
          else open()
        }}
        onKeyDown={onButtonKey}
      >
        {icon !== undefined && <Icon name={icon} />}
        {!isCompact && (
          <>
            {label}
            <Icon name="chevronDown" size={12} />
          </>
        )}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className="menu"
        onKeyDown={onMenuKey}
      >
        {children}
      </div>
    </>
  )
}

const close = (from: HTMLElement): void => from.closest<HTMLElement>('[popover]')?.hidePopover()

/** A button that opens a list of things to do. */
export const Menu = ({ items, ...trigger }: TriggerProps & { readonly items: readonly MenuItem[] }) => (
  <MenuFrame {...trigger}>
    {items.map(({ label, icon, onSelect, reason = null, isDangerous = false }) => (
      <button
        key={label}
        type="button"
        role="menuitem"
        tabIndex={-1}
        className={`menu-item${isDangerous ? ' menu-danger' : ''}`}
        aria-disabled={reason === null ? undefined : true}
        onClick={(event) => {
          if (reason !== null) return
          close(event.currentTarget)
          onSelect()
        }}
      >
        {icon !== undefined && <Icon name={icon} />}
        <span>
          {label}
          {reason !== null && <span className="menu-reason">{reason}</span>}
        </span>
      </button>
    ))}
  </MenuFrame>
)

interface CheckMenuProps extends TriggerProps {
  readonly items: readonly { readonly id: string; readonly label: string; readonly isChecked: boolean }[]
  readonly onToggle: (id: string) => void
}

/** Things that are on or off, such as columns. Stays open. */
export const CheckMenu = ({ items, onToggle, ...trigger }: CheckMenuProps) => (
  <MenuFrame {...trigger}>
    {items.map(({ id, label, isChecked }) => (
      <button
        key={id}
        type="button"
        role="menuitemcheckbox"
        tabIndex={-1}
        aria-checked={isChecked}
        className="menu-item"
        onClick={() => onToggle(id)}
      >
        <span className="menu-check">{isChecked && <Icon name="check" />}</span>
        {label}
      </button>
    ))}
  </MenuFrame>
)
