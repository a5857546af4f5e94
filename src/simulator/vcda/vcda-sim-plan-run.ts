import { failedTaskProgressPercent, inferredRefusals, taskDurationsMs, type WorkflowType } from './vcda-inferred.ts'
import { findFlag, parseJsonObject } from './vcda-sim-body.ts'
import { requireAccess, type ActionTarget, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import { requirePlan } from './vcda-sim-plan-calls.ts'
import { renderRecovery } from './vcda-sim-plan-report.ts'
import {
  renderPlan,
  targetsOf,
  type PlanOperation,
  type SimExecution,
  type SimPlan,
  type SimPlanStep,
} from './vcda-sim-plan.ts'
import { failoverAction, failoverTestAction, migrateAction, toFailoverTestCleanup } from './vcda-sim-recovery.ts'
import { VcdaRefusal, type ApiError } from './vcda-sim-refusal.ts'
import {
  acceptTask,
  beginAction,
  checkAction,
  claimTarget,
  endAction,
  type ReplicationAction,
} from './vcda-sim-run-action.ts'
import type { OpenTask } from './vcda-sim-tasks.ts'
import type { VcdaWorld } from './vcda-world.ts'

interface OperationKind {
  readonly type: WorkflowType
  readonly toAction: (world: VcdaWorld) => ReplicationAction
}

const operations: Readonly<Record<PlanOperation, OperationKind>> = {
  FAILOVER: { type: 'planFailover', toAction: failoverAction },
  MIGRATE: { type: 'planMigrate', toAction: migrateAction },
  TEST: { type: 'planTest', toAction: () => failoverTestAction() },
  CLEANUP: { type: 'planTestCleanup', toAction: () => toFailoverTestCleanup() },
}

/** A run under way: one step after the other, each moment on the world's agenda. */
interface Run {
  readonly world: VcdaWorld
  readonly plan: SimPlan
  /** As they were when the run began. */
  readonly steps: readonly SimPlanStep[]
  readonly execution: SimExecution
  readonly open: OpenTask
}

interface Work {
  readonly target: ActionTarget
  readonly action: ReplicationAction
}

const end = (run: Run, at: number, error: ApiError | null): void => {
  const { plan, execution, open } = run
  const isUndone = error !== null || execution.operation === 'CLEANUP'
  Object.assign(execution, { execEnd: at, result: error === null ? 'SUCCEEDED' : 'FAILED', error })
  Object.assign(plan, { state: isUndone ? 'NOT_STARTED' : 'COMPLETE', lastError: error, isSuspendRequested: false })
  if (error === null) open.succeed(at, renderPlan(plan))
  else open.fail(at, error)
}

const record = (
  run: Run,
  index: number,
  works: readonly Work[],
  span: { from: number; at: number; error: ApiError | null },
) => {
  const step = run.steps[index]
  if (step === undefined) return
  const outcome = { execStart: span.from, execEnd: span.at, error: span.error }
  step.state = span.error !== null || run.execution.operation === 'CLEANUP' ? 'NOT_STARTED' : 'COMPLETE'
  run.execution.executed.push({
    step,
    sequence: index,
    execStart: span.from,
    execEnd: span.at,
    isSkipped: works.length === 0,
    result: span.error === null ? 'SUCCEEDED' : 'FAILED',
    waitedOnPrompt: 0,
    recoveries: works.map(({ target }) => renderRecovery(target, outcome)),
  })
}

/** Waits until somebody asks to go on. */
const wait = (run: Run, from: number, promptStepId: string | null, goOn: (at: number) => void): void => {
  Object.assign(run.plan, { state: 'SUSPENDED', promptStepId })
  run.plan.goOn = (at) => {
    const last = run.execution.executed.at(-1)
    if (promptStepId !== null && last !== undefined) last.waitedOnPrompt = at - from
    Object.assign(run.plan, { state: 'RUNNING', promptStepId: null, isSuspendRequested: false, goOn: null })
    goOn(at)
  }
}

const afterStep = (run: Run, index: number, at: number): void => {
  const step = run.steps[index]
  run.open.report(Math.floor((100 * (index + 1)) / Math.max(1, run.steps.length + 1)))
  const next = (nextAt: number): void => runStep(run, index + 1, nextAt)
  if (step === undefined || run.steps[index + 1] === undefined) {
    next(at)
    return
  }
  run.world.agenda.at(at + step.delay, (due) => {
    if (step.prompt !== null) wait(run, due, step.id, next)
    else if (run.plan.isSuspendRequested) wait(run, due, null, next)
    else next(due)
  })
}

/** @throws VcdaRefusal what the state of a replication forbids. */
const startWorks = (run: Run, step: SimPlanStep, at: number): readonly Work[] => {
  const { toAction } = operations[run.execution.operation]
  const works = targetsOf(run.world, step).map((target) => ({ target, action: toAction(run.world) }))
  for (const { target, action } of works) checkAction(target, action, at)
  for (const { target, action } of works) {
    claimTarget(target, action)
    beginAction(target, action, at)
  }
  return works
}

const runStep = (run: Run, index: number, at: number): void => {
  const step = run.steps[index]
  if (step === undefined) {
    end(run, at, null)
    return
  }
  const { world } = run
  let works: readonly Work[] = []
  try {
    works = startWorks(run, step, at)
  } catch (error) {
    if (!(error instanceof VcdaRefusal)) throw error
    record(run, index, [], { from: at, at, error: error.body })
    end(run, at, error.body)
    return
  }
  step.state = 'RUNNING'
  const planned = index === 0 ? run.open.plannedFailure : null
  const [first] = works
  const wholeMs = first === undefined ? 0 : taskDurationsMs[first.action.type]
  const durationMs = planned === null ? wholeMs : Math.round((wholeMs * failedTaskProgressPercent) / 100)
  world.agenda.at(at + durationMs, (due) => {
    for (const work of works) endAction(world, { ...work, how: planned === null ? 'finish' : 'abort' }, due)
    record(run, index, works, { from: at, at: due, error: planned })
    if (planned === null) afterStep(run, index, due)
    else end(run, due, planned)
  })
}

/** Whether `{"validate": false}` was asked for; 4.6 had no body at all. */
const validates = (call: VcdaCall): boolean =>
  call.body === '' || findFlag(parseJsonObject(call.body), 'validate') !== false

const requireRunnable = (call: VcdaCall, plan: SimPlan, operation: PlanOperation): void => {
  if (plan.state === 'RUNNING' || plan.state === 'SUSPENDED') {
    throw new VcdaRefusal(inferredRefusals.operationInProgress, `Recovery plan ${plan.id} is running.`, [plan.id])
  }
  const targets = plan.steps.flatMap((step) => targetsOf(call.world, step))
  requireAccess(
    call,
    targets.flatMap(({ record: { source, destination } }) => [source.site, destination.site]),
  )
  if (!validates(call)) return
  const action = operations[operation].toAction(call.world)
  for (const target of targets) checkAction(target, action, call.now)
}

/**
 * POST /recovery-plans/{id}/failover, /migrate, /test, and the cleanup of a test: a task that lasts until the last
 * step is done, also over waits and questions. A plan that is not to be validated first fails on the way instead.
 */
export const runPlan =
  (operation: PlanOperation) =>
  (call: VcdaCall): VcdaAnswer => {
    const { world, now, site } = call
    const plan = requirePlan(call)
    requireRunnable(call, plan, operation)
    const id = world.random.uuid()
    const execution: SimExecution = {
      id,
      operation,
      site,
      execStart: now,
      execEnd: -1,
      result: 'RUNNING',
      error: null,
      executed: [],
    }
    const open = world.tasks.startOpen(
      {
        type: operations[operation].type,
        resourceType: 'recoveryPlan',
        resourceId: plan.id,
        resourceName: plan.displayName,
        site,
        user: call.session.user,
        sourceOrg: null,
        destinationOrg: null,
        operationId: call.operationId,
      },
      now,
    )
    plan.executions.push(execution)
    Object.assign(plan, { state: 'RUNNING', lastOperation: operation, lastError: null })
    runStep({ world, plan, steps: [...plan.steps], execution, open }, 0, now)
    return acceptTask(call, open.task)
  }

/** POST /recovery-plans/{id}/suspend: the run stops after the step that it is at. */
export const suspendPlan = (call: VcdaCall): VcdaAnswer => {
  const plan = requirePlan(call)
  if (plan.state !== 'RUNNING') {
    throw new VcdaRefusal(inferredRefusals.wrongState, `Recovery plan ${plan.id} is not running.`, [plan.id])
  }
  plan.isSuspendRequested = true
  return { status: 200, body: renderPlan(plan) }
}

/** POST /recovery-plans/{id}/resume: goes on after a suspension, and answers a question with yes. */
export const resumePlan = (call: VcdaCall): VcdaAnswer => {
  const plan = requirePlan(call)
  if (plan.goOn === null) {
    throw new VcdaRefusal(inferredRefusals.wrongState, `Recovery plan ${plan.id} does not wait.`, [plan.id])
  }
  plan.goOn(call.now)
  return { status: 200, body: renderPlan(plan) }
}
