import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from 'react'

const changed = new EventTarget()
const tell = (): boolean => changed.dispatchEvent(new Event('change'))

const subscribe = (listener: () => void): (() => void) => {
  changed.addEventListener('change', listener)
  window.addEventListener('popstate', listener)
  return () => {
    changed.removeEventListener('change', listener)
    window.removeEventListener('popstate', listener)
  }
}

/** Goes to a path of this page, with its query. */
export const navigate = (to: string, { replace = false }: { readonly replace?: boolean } = {}): void => {
  if (replace) history.replaceState(null, '', to)
  else history.pushState(null, '', to)
  tell()
}

/** The path without its query. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => location.pathname)

/** What stands behind the question mark. */
export const useSearch = (): URLSearchParams =>
  new URLSearchParams(useSyncExternalStore(subscribe, () => location.search))

/** Replaces what stands behind the question mark; no entry of its own in the history. */
export const setSearch = (params: URLSearchParams): void => {
  const text = params.toString()
  navigate(`${location.pathname}${text === '' ? '' : `?${text}`}`, { replace: true })
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly to: string }

/** A link within the page; with a key held down it is the browser's. */
export const Link = ({ to, onClick, children, ...rest }: LinkProps) => {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event)
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigate(to)
    window.scrollTo(0, 0)
  }
  return (
    <a {...rest} href={to} onClick={follow}>
      {children}
    </a>
  )
}

/** Which screen a path means. */
export type Route =
  | { readonly screen: 'overview' | 'groups' | 'machines' | 'start' | 'tasks' | 'audit' | 'nowhere' }
  | { readonly screen: 'group' | 'machine' | 'task'; readonly id: string }

const lists = ['groups', 'machines', 'start', 'tasks', 'audit'] as const
const details = { groups: 'group', machines: 'machine', tasks: 'task' } as const

const isDetail = (word: string): word is keyof typeof details => word in details

export const toRoute = (path: string): Route => {
  const [, first = '', second, ...rest] = path.split('/')
  if (first === '' && second === undefined) return { screen: 'overview' }
  if (rest.length > 0) return { screen: 'nowhere' }
  if (second === undefined) return { screen: lists.find((list) => list === first) ?? 'nowhere' }
  return isDetail(first) && second !== ''
    ? { screen: details[first], id: decodeURIComponent(second) }
    : { screen: 'nowhere' }
}
