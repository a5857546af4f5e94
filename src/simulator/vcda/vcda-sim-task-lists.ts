import { inferredRefusals, workflowTypes } from './vcda-inferred.ts'
import type { VcdaAnswer, VcdaCall } from './vcda-sim-call.ts'
import { equals, isAfter, isBefore, listPage, oneOf, oneOfWords } from './vcda-sim-lists.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import { renderTask, taskEndTime, taskStates, type SimTask } from './vcda-sim-tasks.ts'
import { toShownState } from './vcda-sim-version.ts'

/** Words of states are those of the version that asks. */
const grammarOf = (version: number) => ({
  filters: {
    ids: oneOf<SimTask>(({ id }) => id),
    state: oneOfWords<SimTask>(taskStates, ({ state }) => toShownState(state, version)),
    type: oneOf<SimTask>(({ type }) => workflowTypes[type]),
    resourceType: oneOf<SimTask>(({ resourceType }) => resourceType),
    resourceId: equals<SimTask>(({ resourceId }) => resourceId),
    resourceName: equals<SimTask>(({ resourceName }) => resourceName),
    operationID: equals<SimTask>(({ operationId }) => operationId),
    user: equals<SimTask>(({ user }) => user),
    sourceOrg: equals<SimTask>(({ sourceOrg }) => sourceOrg),
    destinationOrg: equals<SimTask>(({ destinationOrg }) => destinationOrg),
    startTimeAfter: isAfter<SimTask>(({ startTime }) => startTime),
    startTimeBefore: isBefore<SimTask>(({ startTime }) => startTime),
    endTimeAfter: isAfter<SimTask>(taskEndTime),
    endTimeBefore: isBefore<SimTask>(taskEndTime),
  },
  sorts: {
    startTime: ({ startTime }: SimTask) => startTime,
    endTime: (task: SimTask) => taskEndTime(task),
    state: ({ state }: SimTask) => state,
    user: ({ user }: SimTask) => user,
    sourceOrg: ({ sourceOrg }: SimTask) => sourceOrg,
  },
})

/** The tasks of the asked site that this caller may see: a tenant's own, a provider's all. Newest first. */
const visibleTasks = (call: VcdaCall): readonly SimTask[] =>
  call.world.tasks
    .list()
    .filter((task) => task.site === call.site && (call.session.isProvider || task.user === call.session.user))
    .toReversed()

/** GET /tasks. Newest first unless `sort` says otherwise. */
export const listTasks = (call: VcdaCall): VcdaAnswer => {
  const render = (task: SimTask) => renderTask(task, call.now)
  return { status: 200, body: listPage(visibleTasks(call), grammarOf(call.apiVersion), { ...call, render }) }
}

/** GET /tasks/{id}. @throws VcdaRefusal for one of another site or, to a tenant, of another user. */
export const getTask = (call: VcdaCall): VcdaAnswer => {
  const id = call.params.id ?? ''
  const task = call.world.tasks.find(id)
  const isVisible = task?.site === call.site && (call.session.isProvider || task.user === call.session.user)
  if (task === null || !isVisible) {
    throw new VcdaRefusal(inferredRefusals.taskNotFound, `Task ${id} was not found.`, [id])
  }
  return { status: 200, body: renderTask(task, call.now) }
}
