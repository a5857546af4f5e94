import { BarDisplay } from './watch/bar-display.ts'
import { followEvents, type EventsEnd } from './watch/follow-events.ts'
import { createGatewayLink, describeLoss, isRefusal, type GatewayLink } from './watch/gateway-link.ts'
import { LineDisplay } from './watch/line-display.ts'
import type { TextSink, WatchDisplay } from './watch/watch-display.ts'
import { WatchTally } from './watch/watch-tally.ts'
import { findNews, taskEventsDocument, taskProgressDocument, type WatchedEvent } from './watch/watched-task.ts'

export interface WatchOptions {
  /** Global ids of tasks; null watches all. */
  readonly taskIds: readonly string[] | null
  /** Of the socket: see {@link toSocketUrl}. */
  readonly url: string
  /** Bearer token; null goes without. */
  readonly token: string | null
  /** A terminal gets bars, anything else plain lines. */
  readonly stdout: NodeJS.WriteStream
  /** Where plain lines are on `stdout`: what is said about the watching itself. */
  readonly stderr: TextSink
  /** Ends the watching. The tasks go on. */
  readonly signal: AbortSignal
}

/** sysexits.h, and 128 + SIGINT as shells reckon. */
const exitCodes = { noTask: 66, unreachable: 69, protocol: 76, refused: 77, interrupted: 130 } as const

/** Operations that one socket of the gateway carries. */
const mostPerSocket = 100

const hopelessCheckMs = 1_000

/** The address of the socket for that of an endpoint; without a path, `/graphql` is meant. Null for what is none. */
export const toSocketUrl = (text: string): string | null => {
  const url = URL.parse(text)
  if (url === null || !/^(?:http|ws)s?:$/.test(url.protocol)) return null
  if (url.pathname === '/') url.pathname = '/graphql'
  return url.href.replace(/^http/, 'ws')
}

/** What is subscribed to, on which socket. */
interface Plan {
  readonly link: GatewayLink
  readonly document: string
  readonly variables: Readonly<Record<string, unknown>>
}

const toPlans = (taskIds: readonly string[] | null, openLink: () => GatewayLink): readonly Plan[] => {
  if (taskIds === null) return [{ link: openLink(), document: taskEventsDocument, variables: {} }]
  const links = Array.from({ length: Math.ceil(taskIds.length / mostPerSocket) }, openLink)
  return taskIds.flatMap((id, index) => {
    const link = links[Math.floor(index / mostPerSocket)]
    return link === undefined ? [] : [{ link, document: taskProgressDocument, variables: { id } }]
  })
}

interface Failure {
  readonly exitCode: number
  readonly text: string
}

/** What an end that is not the task's own means; null for one that is. */
const toFailure = (end: EventsEnd): Failure | null => {
  if (end.kind === 'COMPLETE') return null
  if (end.kind === 'REFUSED') {
    return { exitCode: end.code === 'NOT_FOUND' ? exitCodes.noTask : exitCodes.protocol, text: end.message }
  }
  return isRefusal(end.loss)
    ? { exitCode: exitCodes.refused, text: 'The gateway does not let this caller in: give a valid token' }
    : { exitCode: exitCodes.unreachable, text: `The gateway cannot be reached: ${describeLoss(end.loss)}` }
}

const toDisplay = ({ stdout, stderr }: WatchOptions): WatchDisplay =>
  stdout.isTTY
    ? new BarDisplay(stdout)
    : new LineDisplay({ write: (text) => stdout.write(text) }, { write: (text) => stderr.write(text) })

/**
 * Shows how tasks go on until they are final, over the gateway's public WebSocket. Goes on where it was after a cut, and after
 * a restart of the gateway within five minutes.
 *
 * @returns The exit code: 0 when all have succeeded, 1 when one has failed or was cancelled, 2 when of one it is not known, 66
 * for a task that is not there, 69 for a gateway that cannot be reached, 76 for one that answers otherwise than expected, 77
 * for one that does not let the caller in, 130 when it was interrupted.
 */
export const watchTasks = async (options: WatchOptions): Promise<number> => {
  const { taskIds, url, token, signal } = options
  const leaving = new AbortController()
  const ending = AbortSignal.any([signal, leaving.signal])
  using stack = new DisposableStack()
  const display = stack.use(toDisplay(options))
  const tally = new WatchTally(Date.now)
  const onLost = (reason: string): void => display.note(`The gateway is gone (${reason}); trying again`)
  const onBack = (): void => display.note('The gateway is back; going on where it was')
  const plans = toPlans(taskIds, () => stack.use(createGatewayLink({ url, token, onLost, onBack, signal: ending })))

  const onEvent = (event: WatchedEvent): void => {
    if (event.missedEvents !== null) display.note(`${event.missedEvents} older events are no longer kept`)
    if (event.kind === 'SNAPSHOT' && event.task === null) display.note('Nothing is under way; waiting for what comes')
    const news = findNews(event)
    if (news === null) return
    tally.note(news.task)
    display.show(news)
  }
  const timer = setInterval(() => {
    if (taskIds !== null && tally.isHopeless()) leaving.abort()
  }, hopelessCheckMs)
  stack.defer(() => clearInterval(timer))

  const ends = await Promise.all(
    plans.map(({ link, document, variables }) =>
      followEvents({ client: link.client, document, variables, onEvent, signal: ending }),
    ),
  )
  if (signal.aborted) {
    display.note('Nobody watches any more; the tasks go on')
    return exitCodes.interrupted
  }
  const failures = ends.map(toFailure).filter((failure) => failure !== null)
  for (const text of new Set(failures.map((failure) => failure.text))) display.note(text)
  return failures[0]?.exitCode ?? tally.toExitCode()
}
