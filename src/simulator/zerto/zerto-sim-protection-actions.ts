import { seconds, taskStateOfAbortedClone } from './zerto-sim-inferred.ts'
import type { VpgHandler } from './zerto-sim-recovery-actions.ts'
import { toWireDate, ZvmRefusal } from './zerto-sim-request.ts'
import { addReport } from './zerto-sim-recovery-report.ts'
import { requireAllowed, requireCheckpoint, requireVms } from './zerto-sim-rules.ts'
import type { SimTask } from './zerto-sim-tasks.ts'
import { otherSite, type RunningTest, type SimVpg } from './zerto-sim-vpg.ts'
import type { Caller, ZertoWorld } from './zerto-world.ts'

/** `POST …/Checkpoints`. CheckpointName is the one mandatory field of all actions. */
export const insertCheckpoint: VpgHandler = (world, vpg, body, caller) => {
  const name = body.text('CheckpointName')
  if (name === null || name.trim() === '') throw ZvmRefusal.rule('CheckpointName is mandatory.')
  requireAllowed(vpg, 'InsertTaggedCheckpoint', caller)
  const { site, user, now: at } = caller
  const start = { site, type: 'InsertTaggedCP', vpgId: vpg.id, user, at } as const
  return world.runTask({ ...start, durationSeconds: seconds.tagCheckpoint }, (done) => vpg.journal.insert(done, name))
}

/** `POST …/pause`. */
export const pause: VpgHandler = (world, vpg, _body, caller) => {
  requireAllowed(vpg, 'Pause', caller)
  const { site, user, now: at } = caller
  vpg.journal.close(at)
  world.enter(vpg, { kind: 'PAUSED', since: at, bySystem: false })
  const start = { site, type: 'PauseProtectionGroup', vpgId: vpg.id, user, at } as const
  return world.runTask({ ...start, durationSeconds: seconds.pauseOrResume })
}

/** A group that never had a checkpoint begins anew; another one catches up. */
const catchUp = (world: ZertoWorld, vpg: SimVpg, at: number, sync: 'BITMAP' | 'FORCED'): void => {
  const isNew = vpg.journal.latest(at) === null
  if (isNew) world.synchronise(vpg, 'INITIAL', at, seconds.initialSync)
  else world.synchronise(vpg, sync, at, sync === 'BITMAP' ? seconds.bitmapSync : seconds.forcedSync)
}

/** `POST …/resume`: a bitmap sync, then protection goes on. */
export const resume: VpgHandler = (world, vpg, _body, caller) => {
  requireAllowed(vpg, 'Resume', caller)
  const { site, user, now: at } = caller
  catchUp(world, vpg, at, 'BITMAP')
  const start = { site, type: 'ResumeProtectionGroup', vpgId: vpg.id, user, at } as const
  return world.runTask({ ...start, durationSeconds: seconds.pauseOrResume })
}

/** `POST …/forcesync`: a delta sync whose task runs as long as it. */
export const forceSync: VpgHandler = (world, vpg, _body, caller) => {
  requireAllowed(vpg, 'ForceSync', caller)
  const { site, user, now: at } = caller
  catchUp(world, vpg, at, 'FORCED')
  const start = { site, type: 'InitFullSync', vpgId: vpg.id, user, at } as const
  return world.runTask({ ...start, durationSeconds: seconds.forcedSync })
}

const enterTest = (world: ZertoWorld, vpg: SimVpg, test: RunningTest, endsAt: number, then: () => void): void => {
  vpg.test = test
  world.agenda.at(endsAt, () => {
    if (vpg.test === test) then()
  })
}

/** `POST …/FailoverTest`. The group goes on protecting; only its active processes tell of the test. */
export const failoverTest: VpgHandler = (world, vpg, body, caller) => {
  const vms = requireVms(vpg, body.texts('VmIdentifiers'))
  requireAllowed(vpg, 'FailoverTest', caller)
  const { site, user, now: at } = caller
  const checkpoint = requireCheckpoint(vpg, body.text('CheckpointIdentifier'), at)
  const start = { site, type: 'FailOverTest', vpgId: vpg.id, user, at } as const
  const task = world.runTask({ ...start, durationSeconds: seconds.testStarting })
  const test: RunningTest = { stage: 'Starting', startedAt: at, checkpointId: checkpoint.id, vms }
  enterTest(world, vpg, test, task.dueAt, () => {
    vpg.test = { ...test, stage: 'InTest' }
  })
  return task
}

/** Writes the report of a test; what the tester says of it becomes its status and its notes. */
const reportTest = (
  world: ZertoWorld,
  vpg: SimVpg,
  test: RunningTest,
  end: { readonly task: SimTask; readonly isSuccess: boolean; readonly summary: string },
): void => {
  const { task } = end
  const readyAt = test.startedAt + seconds.testStarting * 1000
  const stopping = { startedAt: task.startedAt, endedAt: task.dueAt, isSuccess: true }
  addReport(world, vpg, {
    id: task.id.slice(0, 36),
    type: 'FailoverTest',
    startedAt: test.startedAt,
    endedAt: task.dueAt,
    pointInTime: vpg.journal.find(test.checkpointId, task.dueAt)?.at ?? null,
    rtoSeconds: seconds.testStarting,
    status: end.isSuccess ? 'Success' : 'Fail',
    user: task.initiatedBy,
    notes: end.summary,
    vms: test.vms ?? vpg.vms,
    steps: [
      { description: 'Failover test', startedAt: test.startedAt, endedAt: readyAt, isSuccess: true },
      { description: 'Stop failover test', ...stopping },
    ],
  })
}

/** `POST …/FailoverTestStop`. Sets LastTest, tags the tested checkpoint and writes a report. */
export const failoverTestStop: VpgHandler = (world, vpg, body, caller) => {
  const isSuccess = body.flag('FailoverTestSuccess') ?? true
  const summary = body.text('FailoverTestSummary') ?? ''
  requireAllowed(vpg, 'FailoverTestStop', caller)
  const { site, user, now: at } = caller
  const running = vpg.test
  if (running === null) throw new Error('no test is running')
  const start = { site, type: 'StopFailOverTest', vpgId: vpg.id, user, at } as const
  const task = world.runTask({ ...start, durationSeconds: seconds.testStopping })
  enterTest(world, vpg, { ...running, stage: 'Stopping' }, task.dueAt, () => {
    vpg.test = null
    vpg.lastTest = task.dueAt
    reportTest(world, vpg, running, { task, isSuccess, summary })
    vpg.journal.mark(running.checkpointId, `Tested at ${toWireDate(running.startedAt)}`)
  })
  return task
}

/** `POST …/CloneStart`. The field is CheckpointId here, not CheckpointIdentifier. */
export const cloneStart: VpgHandler = (world, vpg, body, caller) => {
  requireVms(vpg, body.texts('VmIdentifiers'))
  requireAllowed(vpg, 'CloneStart', caller)
  if (vpg.recovery.orgVdcIdentifier !== null) throw ZvmRefusal.rule('A clone into a Cloud Director is not possible.')
  if (vpg.clone !== null) throw ZvmRefusal.rule(`A clone of VPG ${vpg.name} is already in progress.`)
  const { site, user, now: at } = caller
  requireCheckpoint(vpg, body.text('CheckpointId'), at)
  const datastore = body.text('DatastoreIdentifier')
  const { datastores } = world.sites[otherSite(vpg.protectedSite)].infrastructure
  if (datastore !== null && !datastores.some((candidate) => candidate.identifier === datastore)) {
    throw ZvmRefusal.rule(`Datastore ${datastore} does not exist in the recovery site.`)
  }
  const start = { site, type: 'Clone', vpgId: vpg.id, user, at, isCancellable: true } as const
  const task = world.runTask({ ...start, durationSeconds: seconds.clone }, () => {
    if (vpg.clone === task) vpg.clone = null
  })
  vpg.clone = task
  return task
}

const stopClone = (world: ZertoWorld, vpg: SimVpg, at: number, reason: string): boolean => {
  const { clone } = vpg
  if (clone === null) return false
  world.finishTask(clone, at, taskStateOfAbortedClone, reason)
  vpg.clone = null
  return true
}

/** `POST …/CloneAbort`: no task and no body comes back. @throws ZvmRefusal when nothing is being cloned. */
export const cloneAbort = (world: ZertoWorld, vpg: SimVpg, caller: Caller): void => {
  if (!stopClone(world, vpg, caller.now, 'The clone was aborted.')) {
    throw ZvmRefusal.rule(`No clone of VPG ${vpg.name} is in progress.`)
  }
}

/** `DELETE /v1/vpgs/{id}`. Without Force a group that waits for a commit is not deleted. */
export const deleteVpg: VpgHandler = (world, vpg, body, caller) => {
  body.flag('KeepRecoveryVolumes')
  requireAllowed(vpg, (body.flag('Force') ?? false) ? 'ForceDelete' : 'Delete', caller)
  const { site, user, now: at } = caller
  const { phase } = vpg
  if (phase.kind === 'RECOVERING') {
    world.finishTask(phase.run.task, at, 4, 'The VPG was deleted.')
  }
  stopClone(world, vpg, at, 'The VPG was deleted.')
  vpg.journal.close(at)
  world.enter(vpg, { kind: 'DELETING', since: at })
  const start = { site, type: 'RemoveProtectionGroup', vpgId: vpg.id, user, at } as const
  return world.runTask({ ...start, durationSeconds: seconds.deleteVpg }, () => {
    world.vpgs.delete(vpg.id)
    for (const vm of vpg.vms) world.release(vm, vpg.protectedSite)
  })
}
