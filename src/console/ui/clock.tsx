import { useEffect, useState } from 'react'
import { formatAgo, formatDateTime, formatDuration, formatTime } from '../format.ts'
import './clock.css'

/** The present moment, again and again. */
export const useNow = (intervalMs: number): Date => {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), intervalMs)
    return () => clearInterval(timer)
  }, [intervalMs])
  return now
}

/** From which moment data is: `as of 12:03:22`; the day, too, where it is not today. */
export const AsOf = ({ at, isStale = false }: { readonly at: string | null; readonly isStale?: boolean }) => {
  if (at === null) return null
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  return (
    <span className={isStale ? 'as-of as-of-stale' : 'as-of'}>
      as of <time dateTime={at}>{isToday ? formatTime(at) : formatDateTime(at)}</time>
    </span>
  )
}

/** `4 min ago`; the whole moment on hover. By a clock that goes ahead of this one's it has just been. */
export const Ago = ({ at }: { readonly at: string }) => {
  const now = new Date(Math.max(useNow(15_000).getTime(), Date.parse(at)))
  return (
    <time dateTime={at} title={`${formatDateTime(at)}:${formatTime(at).slice(-2)}`}>
      {formatAgo(at, now)}
    </time>
  )
}

/** How long until then, by the second. */
export const Countdown = ({ until, label }: { readonly until: string; readonly label?: string }) => {
  const now = useNow(1000)
  const seconds = Math.max(0, (new Date(until).getTime() - now.getTime()) / 1000)
  return (
    <time dateTime={until} role="timer" aria-label={label} title={formatTime(until)} className="countdown">
      {seconds > 0 ? formatDuration(seconds) : 'now'}
    </time>
  )
}
