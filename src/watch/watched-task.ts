import { z } from 'zod'

const taskFields = `
  id vendor operation targetName state stage progressPercent startedAt endedAt autoDecisionAt etaSeconds
  request { decision { policy } }
  problem { message }
  warnings { message }`

const eventFields = `cursor kind at missedEvents task { ${taskFields} }`

/** Asks for the events of one task: variables `id` and `after`. */
export const taskProgressDocument = `subscription WatchTask($id: ID!, $after: Cursor) {
  event: taskProgress(id: $id, after: $after) { ${eventFields} }
}`

/** Asks for the events of all tasks: variable `after`. */
export const taskEventsDocument = `subscription WatchTasks($after: Cursor) {
  event: taskEvents(after: $after) { ${eventFields} }
}`

const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const saying = z.object({ message: z.string() })

const taskForm = z.object({
  id: z.string(),
  vendor: z.string(),
  operation: z.string(),
  targetName: z.string().nullable(),
  // Not an enum: the gateway may be newer than this command.
  state: z.string(),
  stage: z.string().nullable(),
  progressPercent: z.number().nullable(),
  startedAt: time,
  endedAt: time.nullable(),
  autoDecisionAt: time.nullable(),
  etaSeconds: z.number().nullable(),
  request: z.object({ decision: z.object({ policy: z.string() }).nullable() }).nullable(),
  problem: saying.nullable(),
  warnings: z.array(saying),
})

const eventForm = z.object({
  cursor: z.string(),
  kind: z.string(),
  at: time,
  missedEvents: z.number().nullable(),
  task: taskForm.nullable(),
})

const resultForm = z.object({ event: eventForm })

/** A task as the gateway shows it to everybody. */
export type WatchedTask = Readonly<z.infer<typeof taskForm>>

/** One event of a subscription. */
export type WatchedEvent = Readonly<z.infer<typeof eventForm>>

/** @throws ZodError for what is no event of this API. */
export const parseEvent = (data: unknown): WatchedEvent => resultForm.parse(data).event

const finalStates: ReadonlySet<string> = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED'])

/** True when nothing more will happen to the task. */
export const isOver = ({ state }: WatchedTask): boolean => finalStates.has(state)

const tellingKinds: ReadonlySet<string> = new Set(['SNAPSHOT', 'PROGRESS', 'STATE_CHANGE'])

/** An event that tells how a task stands. */
export interface TaskNews {
  readonly kind: string
  readonly at: Date
  readonly task: WatchedTask
}

/** Null for an event that tells of the stream itself. */
export const findNews = ({ kind, at, task }: WatchedEvent): TaskNews | null =>
  task !== null && tellingKinds.has(kind) ? { kind, at, task } : null
