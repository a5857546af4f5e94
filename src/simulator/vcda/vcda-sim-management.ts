import { catchUpMs, taskDurationsMs, inferredRefusals } from './vcda-inferred.ts'
import { badInput, findObject, findText, parseJsonObject } from './vcda-sim-body.ts'
import type { ActionTarget, VcdaCall } from './vcda-sim-call.ts'
import type { SimReplication } from './vcda-sim-model.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import { hurryNextInstance } from './vcda-sim-replication.ts'
import type { ReplicationAction } from './vcda-sim-run-action.ts'
import { usableProfiles } from './vcda-sim-sla.ts'
import { parseSourceChange } from './vcda-sim-source-change.ts'
import { parseChangedSettings } from './vcda-sim-settings.ts'

const nothing = (): void => {}

/** After a recovery there is nothing left to pause, resume or sync; that the server refuses it is inferred. */
const refuseRecovered = (replication: SimReplication): void => {
  if (replication.recoveryState !== 'COMPLETE') return
  const message = `Replication ${replication.id} has been recovered.`
  throw new VcdaRefusal(inferredRefusals.wrongState, message, [replication.id, replication.recoveryState])
}

/** A paused one stays paused: the task succeeds and nothing changes. */
export const toPause = (): ReplicationAction => ({
  type: 'pause',
  isExclusive: false,
  check: refuseRecovered,
  begin: nothing,
  finish: (replication, at) => {
    replication.isPaused = true
    replication.timeline.close(at)
  },
  abort: nothing,
})

/** One that is not paused stays as it is. */
export const toResume = (): ReplicationAction => ({
  type: 'resume',
  isExclusive: false,
  check: refuseRecovered,
  begin: nothing,
  finish: (replication, at) => {
    if (!replication.isPaused) return
    replication.isPaused = false
    hurryNextInstance(replication, at, catchUpMs)
  },
  abort: nothing,
})

/** What a machine that is off held when it stopped: one instance, and then none again. */
const syncPoweredOff = (replication: SimReplication, at: number): void => {
  if (!replication.isPoweredOff || replication.isPaused || replication.lastError !== null) return
  replication.timeline.open({ transferFrom: at, firstAt: at, periodMs: replication.settings.rpo * 60_000 })
  replication.timeline.close(at)
}

/**
 * Makes an instance by the end of the task, also for a machine that is off (user guide 4.1, "Replication states"); a
 * paused replication makes none.
 */
export const toSync = (): ReplicationAction => ({
  type: 'sync',
  isExclusive: false,
  check: refuseRecovered,
  begin: (replication, at) => hurryNextInstance(replication, at, taskDurationsMs.sync),
  finish: syncPoweredOff,
  abort: (replication, at) => replication.timeline.respace(at, replication.settings.rpo * 60_000),
})

/** The replication is gone when the task is done, in whatever state it was. */
export const toStop = (call: VcdaCall): ReplicationAction => ({
  type: 'stop',
  isExclusive: true,
  check: nothing,
  begin: nothing,
  finish: (replication) => {
    call.world.replications.delete(replication.id)
  },
  abort: nothing,
})

/** PATCH: what the body names is changed at the end of the task. */
export const toReconfigure = (call: VcdaCall): ReplicationAction => {
  const body = parseJsonObject(call.body)
  const changeSource = parseSourceChange(body)
  const changed = parseChangedSettings(body, usableProfiles(call), Number(call.world.version))
  return {
    type: 'reconfigure',
    isExclusive: false,
    check: nothing,
    begin: nothing,
    finish: (replication, at) => {
      changeSource(replication)
      const rpoBefore = replication.settings.rpo
      replication.settings = { ...replication.settings, ...changed }
      const { rpo } = replication.settings
      if (rpo !== rpoBefore) replication.timeline.respace(at, rpo * 60_000)
    },
    abort: nothing,
  }
}

/** `{"storageProfileId": null}` applies the present one once more. */
export const toStorageProfile = (call: VcdaCall): ReplicationAction => {
  const id = findText(parseJsonObject(call.body), 'storageProfileId')
  const profileFor = (replication: SimReplication) => {
    if (id === null) return replication.storageProfile
    const vdc = call.world.vdcs.get(replication.destination.vdcId ?? '')
    const profile = vdc?.storageProfiles.find((candidate) => candidate.id === id)
    if (profile === undefined) throw badInput(`Storage profile ${id} was not found.`, id)
    return profile
  }
  return {
    type: 'storageProfile',
    isExclusive: false,
    check: (replication) => {
      profileFor(replication)
    },
    begin: (replication) => {
      replication.isMovingReplica = true
    },
    finish: (replication) => {
      replication.isMovingReplica = false
      replication.storageProfile = profileFor(replication)
    },
    abort: (replication) => {
      replication.isMovingReplica = false
    },
  }
}

/** Replaces the settings of both kinds of recovery. */
export const toNetworkSettings = (call: VcdaCall, target: ActionTarget): ReplicationAction => {
  const body = parseJsonObject(call.body)
  const parts = { failoverSettings: null, failoverTestSettings: null }
  for (const part of Object.keys(parts)) findObject(body, part)
  return {
    type: 'networkSettings',
    isExclusive: false,
    check: nothing,
    begin: nothing,
    finish: () => {
      target.record.networkSettings = { ...parts, ...body }
    },
    abort: nothing,
  }
}
