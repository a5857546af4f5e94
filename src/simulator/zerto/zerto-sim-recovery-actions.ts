import { enumNames } from './zerto-sim-enums.ts'
import { failoverWaitSeconds, seconds, siteCommitPolicy } from './zerto-sim-inferred.ts'
import { commitRecovery, rollBackRecovery, startRecovery } from './zerto-sim-recovery.ts'
import type { RequestBody } from './zerto-sim-request.ts'
import { requireAllowed, requireCheckpoint, requireVms } from './zerto-sim-rules.ts'
import type { SimTask } from './zerto-sim-tasks.ts'
import type { RecoveryRun, SimVpg } from './zerto-sim-vpg.ts'
import type { Caller, ZertoWorld } from './zerto-world.ts'

/** One action on a group. @throws ZvmRefusal when it is not allowed or badly asked. */
export type VpgHandler = (world: ZertoWorld, vpg: SimVpg, body: RequestBody, caller: Caller) => SimTask

const noToolsReason = (names: readonly string[]): string =>
  `Failed to gracefully shut down the protected virtual machines. VMware Tools is not available on: ${names.join(', ')}.`

/** `POST …/Failover`. The defaults are the documented ones: latest checkpoint, Rollback, no reverse protection. */
export const failover: VpgHandler = (world, vpg, body, caller) => {
  const vms = requireVms(vpg, body.texts('VmIdentifiers'))
  const shutdownPolicy = body.choice('ShutdownPolicy', enumNames.shutdownPolicy) ?? 0
  const commitPolicy = body.choice('CommitPolicy', enumNames.commitPolicy) ?? 0
  const waitSeconds = body.count('TimeToWaitBeforeShutdownInSec') ?? failoverWaitSeconds
  const reverseProtection = body.flag('IsReverseProtection') ?? false
  requireAllowed(vpg, 'Failover', caller)
  const checkpoint = requireCheckpoint(vpg, body.text('CheckpointIdentifier'), caller.now)
  const stubborn = shutdownPolicy === 1 ? vms.filter((vm) => !vm.hasTools).map((vm) => vm.name) : []
  const durationSeconds = seconds.failoverInitialStage + (shutdownPolicy === 0 ? 0 : seconds.shutdown)
  const { site, user, now: at } = caller
  const task = world.startTask({ site, type: 'FailoverBeforeCommit', vpgId: vpg.id, user, at, durationSeconds })
  const run: RecoveryRun = {
    operation: 'FAILOVER',
    siteIndex: site.index,
    task,
    vms,
    checkpointAt: checkpoint.at,
    previous: vpg.phase,
    commitPolicy,
    waitSeconds,
    reverseProtection,
    keepSourceVms: false,
  }
  startRecovery(world, vpg, run, { at, durationSeconds, failure: stubborn.length > 0 ? noToolsReason(stubborn) : null })
  return task
}

/** `POST …/move`. Reverse protection by default; then KeepSourceVms is ignored, because the disks are needed. */
export const move: VpgHandler = (world, vpg, body, caller) => {
  const commitPolicy = body.choice('CommitPolicy', enumNames.commitPolicy) ?? siteCommitPolicy.policy
  const waitSeconds = body.count('CommitPolicyTimeout') ?? siteCommitPolicy.timeoutSeconds
  const reverseProtection = body.flag('ReverseProtection') ?? true
  const keepSourceVms = (body.flag('KeepSourceVms') ?? false) && !reverseProtection
  const isForced = body.flag('ForceShutdown') ?? false
  body.flag('ContinueOnPreScriptFailure')
  requireAllowed(vpg, 'Move', caller)
  const durationSeconds = seconds.moveInitialStage + (isForced ? 0 : seconds.shutdown)
  const { site, user, now: at } = caller
  const task = world.startTask({ site, type: 'MoveBeforeCommit', vpgId: vpg.id, user, at, durationSeconds })
  const run: RecoveryRun = {
    operation: 'MOVE',
    siteIndex: site.index,
    task,
    vms: vpg.vms,
    checkpointAt: null,
    previous: vpg.phase,
    commitPolicy,
    waitSeconds,
    reverseProtection,
    keepSourceVms,
  }
  startRecovery(world, vpg, run, { at, durationSeconds, failure: null })
  return task
}

/** The run that waits in Before Commit; {@link requireAllowed} has made sure that there is one. */
const waitingRun = (vpg: SimVpg): RecoveryRun => {
  if (vpg.phase.kind !== 'RECOVERING') throw new Error('nothing waits for a commit')
  return vpg.phase.run
}

/** `POST …/FailoverCommit`. Without IsReverseProtection there is none, whatever the failover said. */
export const failoverCommit: VpgHandler = (world, vpg, body, caller) => {
  const reverseProtection = body.flag('IsReverseProtection') ?? false
  requireAllowed(vpg, 'FailoverCommit', caller)
  const end = { site: caller.site, user: caller.user, at: caller.now }
  return commitRecovery(world, vpg, waitingRun(vpg), end, { reverseProtection, keepSourceVms: false })
}

/** `POST …/FailoverRollback`. */
export const failoverRollback: VpgHandler = (world, vpg, _body, caller) => {
  requireAllowed(vpg, 'FailoverRollback', caller)
  return rollBackRecovery(world, vpg, waitingRun(vpg), { site: caller.site, user: caller.user, at: caller.now })
}

/**
 * `POST …/MoveCommit`. ReverseProtection as the move had it, KeepSourceVms false. Keeping the source machines while
 * reverse protection is on is taken, and then the task fails; the group goes on waiting.
 */
export const moveCommit: VpgHandler = (world, vpg, body, caller) => {
  const asked = { reverse: body.flag('ReverseProtection'), keep: body.flag('KeepSourceVms') ?? false }
  requireAllowed(vpg, 'MoveCommit', caller)
  const run = waitingRun(vpg)
  const end = { site: caller.site, user: caller.user, at: caller.now }
  const reverseProtection = asked.reverse ?? run.reverseProtection
  if (!reverseProtection || !asked.keep) {
    return commitRecovery(world, vpg, run, end, { reverseProtection, keepSourceVms: asked.keep })
  }
  const task = world.startTask({ ...end, type: 'MoveCommit', vpgId: vpg.id, durationSeconds: seconds.failedStage })
  world.agenda.at(task.dueAt, (at) => {
    const reason = 'Cannot keep the source virtual machines: their disks are used by reverse protection.'
    world.finishTask(task, at, 4, reason)
  })
  return task
}

/** `POST …/moveRollback`. */
export const moveRollback: VpgHandler = (world, vpg, _body, caller) => {
  requireAllowed(vpg, 'MoveRollback', caller)
  return rollBackRecovery(world, vpg, waitingRun(vpg), { site: caller.site, user: caller.user, at: caller.now })
}
