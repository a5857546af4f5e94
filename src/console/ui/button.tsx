import { useId, type ButtonHTMLAttributes, type MouseEvent, type ReactNode } from 'react'
import { Link } from '../app/router.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Tooltip } from './tooltip.tsx'
import './button.css'

interface Look {
  readonly variant?: 'plain' | 'primary' | 'quiet' | 'danger'
  readonly size?: 'normal' | 'small'
  readonly icon?: IconName
}

const toClass = ({ variant = 'plain', size = 'normal' }: Look, hasText: boolean): string =>
  `button button-${variant} button-${size}${hasText ? '' : ' button-square'}`

type ButtonProps = Look &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
    /** Why it cannot be pressed now. It can be reached all the same, and says so. */
    readonly reason?: string | null
  }

/** Without children it needs an `aria-label`. */
export const Button = ({
  variant,
  size,
  icon,
  reason = null,
  children,
  onClick,
  className = '',
  ...rest
}: ButtonProps) => {
  const reasonId = useId()
  const look = { ...(variant === undefined ? {} : { variant }), ...(size === undefined ? {} : { size }) }
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (reason === null) onClick?.(event)
    else event.preventDefault()
  }
  const button = (
    <button
      type="button"
      {...rest}
      className={`${toClass(look, children !== undefined)} ${className}`}
      onClick={press}
      {...(reason === null ? {} : { 'aria-disabled': true, 'aria-describedby': reasonId })}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  )
  if (reason === null) return button
  return (
    <>
      <Tooltip text={reason}>{button}</Tooltip>
      <span id={reasonId} className="hidden">
        {reason}
      </span>
    </>
  )
}

/** A link that looks like a button. */
export const ButtonLink = ({
  to,
  variant,
  size,
  icon,
  children,
}: Look & { readonly to: string; readonly children: ReactNode }) => (
  <Link
    to={to}
    className={toClass(
      { ...(variant === undefined ? {} : { variant }), ...(size === undefined ? {} : { size }) },
      true,
    )}
  >
    {icon !== undefined && <Icon name={icon} />}
    {children}
  </Link>
)
