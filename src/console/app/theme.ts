import { useSyncExternalStore } from 'react'

/** `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark'

const place = 'dr-gateway.theme'
const device = window.matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

const readTheme = (): Theme => {
  const stored = localStorage.getItem(place)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

let theme = readTheme()

const apply = (): void => {
  const isDark = theme === 'dark' || (theme === 'system' && device.matches)
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
  for (const listener of listeners) listener()
}

export const setTheme = (next: Theme): void => {
  theme = next
  localStorage.setItem(place, next)
  apply()
}

/** Puts the theme on the page, and keeps it there. */
export const startTheme = (): void => {
  device.addEventListener('change', apply)
  apply()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What is chosen, and whether that is dark now. */
export const useTheme = (): { readonly theme: Theme; readonly isDark: boolean } => {
  const isDark = useSyncExternalStore(subscribe, () => document.documentElement.dataset['theme'] === 'dark')
  return { theme: useSyncExternalStore(subscribe, () => theme), isDark }
}
