import type { Viewer } from '../domain/viewer.ts'

// The machine's clock may be turned and the machine may sleep, so the rest is reckoned anew this often.
const longestSleepMs = 60_000

/** True from the moment at which the caller's credential ends. */
export const isExpired = ({ expiresAt }: Viewer): boolean => expiresAt !== null && expiresAt.getTime() <= Date.now()

const nothing: Disposable = { [Symbol.dispose]: () => undefined }

/** Calls `onExpired` once, when the caller's credential ends; never for one that does not. Dispose when it is no longer of interest. */
export const atExpiry = (viewer: Viewer, onExpired: () => void): Disposable => {
  const { expiresAt } = viewer
  if (expiresAt === null) return nothing
  let timer: NodeJS.Timeout
  const sleep = (): void => {
    const leftMs = Math.max(expiresAt.getTime() - Date.now(), 0)
    timer = setTimeout(() => (isExpired(viewer) ? onExpired() : sleep()), Math.min(leftMs, longestSleepMs)).unref()
  }
  sleep()
  return { [Symbol.dispose]: () => clearTimeout(timer) }
}
