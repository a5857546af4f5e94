import type { Follower } from './follower.ts'
import { countLosses, countStrayLooks, type Handover } from './lease-history.ts'
import { listCalls, type Press } from './presses.ts'
import type { Look, ReplicaRig } from './replica-rig.ts'

/** What is known of a press at the end, from both sides. */
interface PressEnd extends Press {
  /** What clients were told: the ids of tasks, and `refused: CODE`. */
  readonly told: ReadonlySet<string>
  /** Status codes of the calls that the sites have received for it. */
  readonly received: readonly number[]
  readonly task: JournalledTask | null
}

interface JournalledTask {
  readonly id: string
  readonly state: string
  readonly dispatch: string
  readonly vendorTaskId: string | null
}

const finals: ReadonlySet<string> = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED'])

const readTasks = async ({ database }: ReplicaRig): Promise<ReadonlyMap<string, JournalledTask>> => {
  const rows = await database.run(`
    select key, id, state, dispatch, vendor_task_id as vendor from idempotency_keys join tasks on id = task_id
  `)
  return new Map(
    rows.map(({ key, id, state, dispatch, vendor }) => [
      String(key),
      {
        id: String(id),
        state: String(state),
        dispatch: String(dispatch),
        vendorTaskId: typeof vendor === 'string' ? vendor : null,
      },
    ]),
  )
}

// Time passes faster for the sites than for the gateways: a session is over before it should be. Who is not signed in is
// turned away at the door, and asks again.
const signedOut = 401

/** What the sites have received for each press: what came for its target before somebody wanted the next thing of it. */
export const readEnds = async (
  rig: ReplicaRig,
  presses: readonly Press[],
  told: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<readonly PressEnd[]> => {
  const tasks = await readTasks(rig)
  return presses.map((press, place) => {
    const next = presses.find((other, later) => later > place && other.targetId === press.targetId)
    const received = listCalls(rig, press.targetId).flatMap((calls, site) =>
      calls.slice(press.callsBefore[site], next?.callsBefore[site]),
    )
    return {
      ...press,
      told: told.get(press.key) ?? new Set(),
      received: received.map(({ status }) => status).filter((status) => status !== signedOut),
      task: tasks.get(press.key) ?? null,
    }
  })
}

const isAccepted = (status: number): boolean => status >= 200 && status < 300

const findPressFaults = (rig: ReplicaRig, { key, operation, received, task, told }: PressEnd): readonly string[] => {
  const faults: string[] = []
  const say = (what: string): void => {
    const found = task === null ? 'no task' : `${task.dispatch} ${task.state}`
    faults.push(
      `${operation} ${key}: ${what}; received: [${received.join()}], journal: ${found}, told: ${[...told].join()}`,
    )
  }
  if (received.length > 1) say('it was sent more than once')
  const wasTaken = received.some(isAccepted)
  if (wasTaken && task?.dispatch !== 'ACCEPTED') say('a site has accepted it and the journal does not know')
  if (!wasTaken && task?.dispatch === 'ACCEPTED') say('no site has accepted it and the journal says so')
  if (task !== null && !finals.has(task.state)) say('it has not come to an end')
  for (const word of told) {
    if (!word.startsWith('refused') && word !== task?.id) say('a task that a client was given is not there')
  }
  const work = rig.zerto.world.sites
    .flatMap(({ tasks }) => tasks.list())
    .find(({ id }) => id.toLowerCase() === task?.vendorTaskId?.toLowerCase())
  // 4 is Failed, 6 is Completed.
  if (work !== undefined && task !== null && (work.state === 6) !== (task.state === 'SUCCEEDED')) {
    say(`the work at the site is in state ${work.state}`)
  }
  // What was found again at its target alone has no task of the site's.
  const isClaimed = task !== null && task.vendorTaskId !== null
  if (wasTaken && isClaimed && work === undefined) say('its task is none of the site')
  if (wasTaken && [...told].every((word) => word.startsWith('refused'))) say('clients were told that it was refused')
  return faults
}

/** What subscribers have to be told of these tasks, by the log: `<task> <state>`. */
export const readLog = async (
  { database }: ReplicaRig,
  taskIds: ReadonlySet<string>,
): Promise<readonly { readonly taskId: string; readonly state: string }[]> => {
  const rows = await database.run(
    `select task_id, document::json ->> 'state' as state from task_events where kind = 'STATE_CHANGE' order by sequence`,
  )
  return rows
    .map(({ task_id: taskId, state }) => ({ taskId: String(taskId), state: String(state) }))
    .filter(({ taskId }) => taskIds.has(taskId))
}

const findFollowerFaults = (
  follower: Follower,
  log: readonly { readonly taskId: string; readonly state: string }[],
  taskIds: ReadonlySet<string>,
): readonly string[] => {
  const told = follower.changes.filter(({ taskId }) => taskIds.has(taskId))
  const faults = [...follower.faults]
  if (new Set(told.map(({ cursor }) => cursor)).size < told.length) faults.push('something was told twice')
  const place = log.findIndex(({ taskId, state }, at) => told[at]?.taskId !== taskId || told[at]?.state !== state)
  if (place >= 0) {
    const [wanted, heard] = [log[place], told[place]]
    faults.push(
      `told ${heard?.taskId} ${heard?.state} where the log has ${wanted?.taskId} ${wanted?.state} as no. ${place}`,
    )
  } else if (told.length > log.length) faults.push(`told ${told.length} changes where the log has ${log.length}`)
  return faults
}

/** Whoever lost the lease of a site may end the one look in which that happened, for each time that it lost it. */
const findLookFaults = (handovers: readonly Handover[], looks: readonly Look[]): readonly string[] => {
  const losses = countLosses(handovers)
  return [...countStrayLooks(handovers, looks)]
    .filter(([who, count]) => count > (losses.get(who) ?? 0))
    .map(
      ([who, count]) => `${who}: asked ${count} times without the lease, which it lost ${losses.get(who) ?? 0} times`,
    )
}

/** Everything that is not as it was promised; empty when nothing is. */
export const judge = (
  rig: ReplicaRig,
  seen: {
    readonly ends: readonly PressEnd[]
    readonly followers: readonly Follower[]
    readonly log: readonly { readonly taskId: string; readonly state: string }[]
    readonly handovers: readonly Handover[]
  },
): readonly string[] => {
  const { ends, followers, log, handovers } = seen
  const taskIds = new Set(log.map(({ taskId }) => taskId))
  const vendorIds = ends.flatMap(({ task }) => task?.vendorTaskId ?? [])
  return [
    ...ends.flatMap((end) => findPressFaults(rig, end)),
    ...(new Set(vendorIds).size < vendorIds.length ? ['two tasks claim the same work of a site'] : []),
    ...followers.flatMap((follower, place) =>
      findFollowerFaults(follower, log, taskIds).map((fault) => `subscriber ${place}: ${fault}`),
    ),
    ...findLookFaults(handovers, rig.looks),
  ]
}
