import { inferredRefusals, taskDurationsMs } from './vcda-inferred.ts'
import {
  badInput,
  findFlag,
  findNumber,
  findText,
  parseJsonObject,
  requireText,
  type JsonObject,
} from './vcda-sim-body.ts'
import { isVisible, requireProvider, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import { contains, equals, listPage } from './vcda-sim-lists.ts'
import { renderExecution, renderReport } from './vcda-sim-plan-report.ts'
import {
  createPlan,
  renderPlan,
  renderStep,
  targetsOf,
  type SimExecution,
  type SimPlan,
  type SimPlanStep,
} from './vcda-sim-plan.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import { hurryNextInstance } from './vcda-sim-replication.ts'

const notFound = (what: string, id: string): VcdaRefusal =>
  new VcdaRefusal(inferredRefusals.pathNotFound, `${what} ${id} was not found.`, [id])

/** @throws VcdaRefusal when unknown or another organisation's. */
export const requirePlan = (call: VcdaCall): SimPlan => {
  const id = call.params.id ?? ''
  const plan = call.world.plans.get(id)
  if (plan === undefined || !isVisible(call.session, plan)) throw notFound('Recovery plan', id)
  return plan
}

/** A plan that runs is not changed; that the server refuses it is inferred. */
const requireIdlePlan = (call: VcdaCall): SimPlan => {
  const plan = requirePlan(call)
  if (plan.state !== 'RUNNING' && plan.state !== 'SUSPENDED') return plan
  throw new VcdaRefusal(inferredRefusals.operationInProgress, `Recovery plan ${plan.id} is running.`, [plan.id])
}

const grammar = {
  filters: {
    displayName: contains<SimPlan>(({ displayName }) => displayName),
    description: contains<SimPlan>(({ description }) => description),
    owner: equals<SimPlan>(({ owner }) => owner),
  },
  sorts: {
    displayName: ({ displayName }: SimPlan) => displayName,
    owner: ({ owner }: SimPlan) => owner,
    state: ({ state }: SimPlan) => state,
  },
}

/** GET /recovery-plans: paged. */
export const listPlans = (call: VcdaCall): VcdaAnswer => {
  const visible = [...call.world.plans.values()].filter((plan) => isVisible(call.session, plan))
  return { status: 200, body: listPage(visible, grammar, { ...call, render: renderPlan }) }
}

/** GET /recovery-plans/{id}. */
export const getPlan = (call: VcdaCall): VcdaAnswer => ({ status: 200, body: renderPlan(requirePlan(call)) })

const requireFreeName = (call: VcdaCall, name: string, own: SimPlan | null): string => {
  const isTaken = [...call.world.plans.values()].some((plan) => plan !== own && plan.displayName === name)
  if (isTaken) throw badInput(`There is a recovery plan ${name} already.`, name)
  return name
}

/** Syncs the plan's replications at its time, unless the time has been changed meanwhile. */
const schedule = (call: VcdaCall, plan: SimPlan, time: number): void => {
  plan.scheduledSyncTime = time
  if (time <= call.now) return
  call.world.agenda.at(time, (at) => {
    if (plan.scheduledSyncTime !== time || call.world.plans.get(plan.id) !== plan) return
    const members = plan.steps.flatMap((step) => targetsOf(call.world, step)).flatMap((target) => target.members)
    for (const member of members) hurryNextInstance(member, at, taskDurationsMs.sync)
  })
}

const findInteger = (body: JsonObject, name: string): number | null => {
  const value = findNumber(body, name)
  if (value !== null && (!Number.isInteger(value) || value < 0)) throw badInput(`${name} must be a whole number.`, name)
  return value
}

/** POST /recovery-plans: 200 and the plan, without a task. */
export const createRecoveryPlan = (call: VcdaCall): VcdaAnswer => {
  const body = parseJsonObject(call.body)
  const plan = createPlan({
    id: call.world.random.uuid(),
    displayName: requireFreeName(call, requireText(body, 'displayName'), null),
    description: findText(body, 'description') ?? '',
    owner: `${call.session.org}@${call.localSite}`,
    isMigration: findFlag(body, 'isMigration') ?? false,
  })
  schedule(call, plan, findInteger(body, 'scheduledSyncTime') ?? 0)
  call.world.plans.set(plan.id, plan)
  return { status: 200, body: renderPlan(plan) }
}

/** PUT and PATCH of one: absent members stay. */
export const changePlan = (call: VcdaCall): VcdaAnswer => {
  const plan = requireIdlePlan(call)
  const body = parseJsonObject(call.body)
  const displayName = findText(body, 'displayName')
  if (displayName !== null) plan.displayName = requireFreeName(call, displayName, plan)
  plan.description = findText(body, 'description') ?? plan.description
  const time = findInteger(body, 'scheduledSyncTime')
  if (time !== null) schedule(call, plan, time)
  return { status: 200, body: renderPlan(plan) }
}

/** DELETE /recovery-plans/{id}: 204. Its replications stay as they are. */
export const deletePlan = (call: VcdaCall): VcdaAnswer => {
  call.world.plans.delete(requireIdlePlan(call).id)
  return { status: 204 }
}

/** POST /recovery-plans/{id}/chown: 200 and the plan. */
export const changePlanOwner = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  const plan = requirePlan(call)
  const owner = findText(parseJsonObject(call.body), 'owner') ?? `${call.session.org}@${call.localSite}`
  if (!/^[^@]+@[^@]+$/.test(owner)) throw badInput(`${owner} is not of the form org@site.`, owner)
  plan.owner = owner
  return { status: 200, body: renderPlan(plan) }
}

const requireStep = (call: VcdaCall, plan: SimPlan): SimPlanStep => {
  const id = call.params.stepId ?? ''
  const step = plan.steps.find((candidate) => candidate.id === id)
  if (step === undefined) throw notFound('Recovery step', id)
  return step
}

/** Ids as texts; objects with an `id` are taken too, because the documents leave the list empty. */
const parseReplications = (call: VcdaCall, body: JsonObject): readonly string[] | null => {
  const value = body.replications ?? null
  if (value === null) return null
  if (!Array.isArray(value)) throw badInput('replications must be a list.', 'replications')
  return value.map((item: unknown) => {
    const id: unknown = typeof item === 'object' && item !== null && 'id' in item ? item.id : item
    const found = typeof id === 'string' ? (call.world.groups.get(id) ?? call.world.replications.get(id)) : undefined
    if (found === undefined || !isVisible(call.session, found))
      throw badInput(`Replication ${String(id)} was not found.`)
    return found.id
  })
}

/** GET /recovery-plans/{id}/steps: a bare array in order. */
export const listSteps = (call: VcdaCall): VcdaAnswer => {
  const plan = requirePlan(call)
  return { status: 200, body: plan.steps.map((step) => renderStep(call.world, plan, step)) }
}

/** GET /recovery-plans/{id}/steps/{stepId}. */
export const getStep = (call: VcdaCall): VcdaAnswer => {
  const plan = requirePlan(call)
  return { status: 200, body: renderStep(call.world, plan, requireStep(call, plan)) }
}

/** POST /recovery-plans/{id}/steps: 200 and the new last step. */
export const addStep = (call: VcdaCall): VcdaAnswer => {
  const plan = requireIdlePlan(call)
  const body = parseJsonObject(call.body)
  const name = requireText(body, 'name')
  if (plan.steps.some((step) => step.name === name)) throw badInput(`There is a step ${name} already.`, name)
  const step: SimPlanStep = {
    id: call.world.random.uuid(),
    name,
    delay: findInteger(body, 'delay') ?? 0,
    prompt: findText(body, 'prompt'),
    replications: parseReplications(call, body) ?? [],
    state: 'NOT_STARTED',
  }
  plan.steps.push(step)
  return { status: 200, body: renderStep(call.world, plan, step) }
}

/** PUT and PATCH of one step: absent members stay. */
export const changeStep = (call: VcdaCall): VcdaAnswer => {
  const plan = requireIdlePlan(call)
  const step = requireStep(call, plan)
  const body = parseJsonObject(call.body)
  Object.assign(step, {
    name: findText(body, 'name') ?? step.name,
    delay: findInteger(body, 'delay') ?? step.delay,
    prompt: 'prompt' in body ? findText(body, 'prompt') : step.prompt,
    replications: parseReplications(call, body) ?? step.replications,
  })
  return { status: 200, body: renderStep(call.world, plan, step) }
}

/** DELETE of one step: 204. */
export const deleteStep = (call: VcdaCall): VcdaAnswer => {
  const plan = requireIdlePlan(call)
  const step = requireStep(call, plan)
  plan.steps = plan.steps.filter((candidate) => candidate !== step)
  return { status: 204 }
}

/** POST …/steps/{stepId}/move?newSequence=: the steps in their new order. */
export const moveStep = (call: VcdaCall): VcdaAnswer => {
  const plan = requireIdlePlan(call)
  const step = requireStep(call, plan)
  const place = call.query.get('newSequence') ?? ''
  if (!/^\d{1,4}$/.test(place)) throw badInput('newSequence must be a number.', place)
  const others = plan.steps.filter((candidate) => candidate !== step)
  plan.steps = others.toSpliced(Number(place), 0, step)
  return listSteps(call)
}

/** GET /recovery-plans/{id}/executions: paged, newest first. */
export const listExecutions = (call: VcdaCall): VcdaAnswer => {
  const plan = requirePlan(call)
  const render = (execution: SimExecution) => renderExecution(plan, execution, call.world.version)
  return { status: 200, body: listPage(plan.executions.toReversed(), { filters: {}, sorts: {} }, { ...call, render }) }
}

/** GET /recovery-plans/{id}/executions/{executionId}/report. */
export const getReport = (call: VcdaCall): VcdaAnswer => {
  const plan = requirePlan(call)
  const id = call.params.executionId ?? ''
  const execution = plan.executions.find((candidate) => candidate.id === id)
  if (execution === undefined) throw notFound('Execution', id)
  return { status: 200, body: renderReport(plan, execution) }
}
