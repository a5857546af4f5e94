/**
 * Failover and move have one life: initial stage, Before Commit, then committing and promoting, or rolling back. Only
 * their numbers, task types and defaults differ.
 */
import { reportStatusOfRollback, seconds, taskStateInBeforeCommit } from './zerto-sim-inferred.ts'
import { defaultRecoveryPlace } from './zerto-sim-infrastructure.ts'
import type { SimTask } from './zerto-sim-tasks.ts'
import { addRunReport } from './zerto-sim-recovery-report.ts'
import { otherSite, type RecoveryRun, type SimVpg, type VpgPhase } from './zerto-sim-vpg.ts'
import type { ZertoSite, ZertoWorld } from './zerto-world.ts'

const taskTypes = {
  FAILOVER: { commit: 'FailoverCommit', rollback: 'FailoverRollback' },
  MOVE: { commit: 'MoveCommit', rollback: 'MoveRollback' },
} as const

/** Who ends the Before Commit stage, where and when. */
export interface StageEnd {
  readonly site: ZertoSite
  /** `System` when the commit policy does it. */
  readonly user: string
  readonly at: number
}

/** How a commit leaves the group. */
export interface CommitChoice {
  readonly reverseProtection: boolean
  readonly keepSourceVms: boolean
}

/**
 * Takes a group through its initial stage into Before Commit.
 *
 * @param options.failure Lets the task fail with this reason instead; the group goes back to what it did.
 */
export const startRecovery = (
  world: ZertoWorld,
  vpg: SimVpg,
  run: RecoveryRun,
  options: { readonly at: number; readonly durationSeconds: number; readonly failure: string | null },
): void => {
  vpg.journal.close(options.at)
  const stage: VpgPhase = { kind: 'RECOVERING', since: options.at, stage: 'INITIAL', run }
  if (options.failure === null) {
    world.enter(vpg, stage, options.durationSeconds, (at) => awaitCommit(world, vpg, run, at))
    return
  }
  const { failure } = options
  world.enter(vpg, stage, seconds.failedStage, (at) => {
    world.finishTask(run.task, at, 4, failure)
    const lastStage = { lastStageAt: at, lastStage: '', readyAt: null }
    addRunReport(world, vpg, run, { ...lastStage, at, status: 'Fail', notes: failure })
    takeUp(world, vpg, run.previous, at)
  })
}

const wasReplicating = (phase: VpgPhase): boolean => phase.kind === 'PROTECTING' || phase.kind === 'SYNCING'

/** Goes on with what a group did before; a group that was protecting writes checkpoints again. */
const takeUp = (world: ZertoWorld, vpg: SimVpg, previous: VpgPhase, at: number): void => {
  if (wasReplicating(previous)) world.protect(vpg, at)
  else world.enter(vpg, { ...previous, since: at })
}

const awaitCommit = (world: ZertoWorld, vpg: SimVpg, run: RecoveryRun, at: number): void => {
  const site = world.sites[run.siteIndex]
  if (taskStateInBeforeCommit === 6) world.finishTask(run.task, at, 6)
  if (taskStateInBeforeCommit === 2) site.tasks.park(run.task)
  const phase: VpgPhase = { kind: 'RECOVERING', since: at, stage: 'BEFORE_COMMIT', run }
  if (run.commitPolicy === 2) {
    world.enter(vpg, phase)
    return
  }
  world.enter(vpg, phase, run.waitSeconds, (end) => {
    const stageEnd = { site, user: 'System', at: end }
    if (run.commitPolicy === 1) commitRecovery(world, vpg, run, stageEnd, run)
    else rollBackRecovery(world, vpg, run, stageEnd)
  })
}

/** Commits: 14 or 18, then 17, then the machines belong to the other site. */
export const commitRecovery = (
  world: ZertoWorld,
  vpg: SimVpg,
  run: RecoveryRun,
  end: StageEnd,
  choice: CommitChoice,
): SimTask => {
  const type = taskTypes[run.operation].commit
  const readyAt = vpg.phase.since
  const durationSeconds = seconds.commit + seconds.promote
  const task = world.startTask({ ...end, type, vpgId: vpg.id, durationSeconds })
  world.enter(vpg, { kind: 'RECOVERING', since: end.at, stage: 'COMMITTING', run }, seconds.commit, (at) => {
    world.enter(vpg, { kind: 'RECOVERING', since: at, stage: 'PROMOTING', run }, seconds.promote, (done) => {
      world.finishTask(run.task, done, 6)
      world.finishTask(task, done, 6)
      const stage = { lastStageAt: end.at, lastStage: 'Commit', readyAt }
      addRunReport(world, vpg, run, { ...stage, at: done, status: 'Success', notes: '' })
      settle(world, vpg, run, choice, done)
    })
  })
  return task
}

/** Rolls back: 16 or 20, then recovery is possible again, then the group protects as before. */
export const rollBackRecovery = (world: ZertoWorld, vpg: SimVpg, run: RecoveryRun, end: StageEnd): SimTask => {
  const type = taskTypes[run.operation].rollback
  const readyAt = vpg.phase.since
  const task = world.startTask({ ...end, type, vpgId: vpg.id, durationSeconds: seconds.rollback })
  world.enter(vpg, { kind: 'RECOVERING', since: end.at, stage: 'ROLLING_BACK', run }, seconds.rollback, (at) => {
    world.finishTask(run.task, at, 6)
    world.finishTask(task, at, 6)
    const stage = { lastStageAt: end.at, lastStage: 'Rollback', readyAt }
    addRunReport(world, vpg, run, { ...stage, at, status: reportStatusOfRollback, notes: 'Rolled back.' })
    if (wasReplicating(run.previous)) world.synchronise(vpg, 'RECOVERY_POSSIBLE', at, seconds.recoveryPossible)
    else takeUp(world, vpg, run.previous, at)
  })
  return task
}

/**
 * The machines run at the other site now, and the group points back. Machines that were not taken along stay behind
 * without protection.
 */
const settle = (world: ZertoWorld, vpg: SimVpg, run: RecoveryRun, choice: CommitChoice, at: number): void => {
  const source = vpg.protectedSite
  for (const vm of vpg.vms) if (!run.vms.includes(vm)) world.release(vm, source)
  vpg.vms = [...run.vms]
  if (choice.keepSourceVms) {
    for (const vm of vpg.vms) world.sites[source].unprotected.set(vm.identifiers[source], vm)
  }
  vpg.protectedSite = otherSite(source)
  vpg.recovery = defaultRecoveryPlace(world.sites[source].infrastructure, vpg.id)
  vpg.settings = null
  vpg.test = null
  vpg.journal.clear(at)
  if (!choice.reverseProtection) {
    world.enter(vpg, { kind: 'NEEDS_CONFIGURATION', since: at })
    return
  }
  pauseOthers(world, vpg, at)
  world.synchronise(vpg, 'REVERSE', at, seconds.reverseSync)
}

/** Reverse protection takes the disks, so other groups with the same machines cannot go on. */
const pauseOthers = (world: ZertoWorld, vpg: SimVpg, at: number): void => {
  if (vpg.vms.every((vm) => vm.protectedBy === 1)) return
  for (const other of world.vpgs.values()) {
    if (other === vpg || !wasReplicating(other.phase) || !other.vms.some((vm) => vpg.vms.includes(vm))) continue
    other.journal.close(at)
    world.enter(other, { kind: 'PAUSED', since: at, bySystem: true })
  }
}
