// Node starts a timer above this at once, as if it were 1 ms.
const longestTimerMs = 2 ** 31 - 1

/** The machine's own time. A wait longer than 24.8 days ends after 24.8 days. */
export const systemClock = {
  now: (): Date => new Date(),

  wait: (durationMs: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve()
        return
      }
      const end = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, Math.min(durationMs, longestTimerMs))
      signal.addEventListener('abort', end, { once: true })
    }),
}
