import { useSyncExternalStore } from 'react'
import type { Status } from '../status.ts'
import { Icon } from './icon.tsx'
import { StatusIcon } from './status-badge.tsx'
import './toast.css'

interface Toast {
  readonly id: number
  readonly status: Status
  readonly title: string
  readonly text?: string
}

const shownMs = 8_000
let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

const change = (next: readonly Toast[]): void => {
  toasts = next
  for (const listener of listeners) listener()
}

const remove = (id: number): void => change(toasts.filter((toast) => toast.id !== id))

/** Says something that has happened, and goes by itself; what went wrong stays until it is put away. */
export const toast = (news: Omit<Toast, 'id'>): void => {
  const id = nextId++
  change([...toasts, { ...news, id }].slice(-4))
  if (news.status !== 'critical') setTimeout(() => remove(id), shownMs)
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where toasts are shown; once in a page. */
export const Toaster = () => {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div className="toasts" role="log" aria-label="Messages">
      {shown.map(({ id, status, title, text }) => (
        <div key={id} className={`toast status-${status}`}>
          <StatusIcon status={status} />
          <div className="toast-text">
            <p className="toast-title">{title}</p>
            {text !== undefined && <p>{text}</p>}
          </div>
          <button
            type="button"
            className="button button-quiet button-small button-square"
            aria-label="Put away"
            onClick={() => remove(id)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  )
}
