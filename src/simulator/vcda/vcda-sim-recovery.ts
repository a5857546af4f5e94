import {
  inferredRefusals,
  optimizedReverseMs,
  recoveryStateWhileRunning,
  reverseSyncMs,
  taskDurationsMs,
} from './vcda-inferred.ts'
import {
  badInput,
  findFlag,
  findObject,
  findText,
  findWord,
  parseJsonObject,
  type JsonObject,
} from './vcda-sim-body.ts'
import type { ActionTarget, VcdaCall } from './vcda-sim-call.ts'
import type { RecoveryState, SimReplication } from './vcda-sim-model.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import { hurryNextInstance, openFirstCopy } from './vcda-sim-replication.ts'
import type { ReplicationAction } from './vcda-sim-run-action.ts'
import { Timeline, type Moment } from './vcda-sim-timeline.ts'
import type { VcdaWorld } from './vcda-world.ts'

const refuseWhen = (replication: SimReplication, verb: string, states: readonly RecoveryState[]): void => {
  const { recoveryState, id } = replication
  if (!states.includes(recoveryState)) return
  const message = `Cannot ${verb} replication ${id} in recovery state ${recoveryState}.`
  throw new VcdaRefusal(inferredRefusals.wrongState, message, [id, recoveryState])
}

const requireInstance = (replication: SimReplication, now: number): void => {
  if (replication.timeline.latest(now) !== null) return
  throw new VcdaRefusal(inferredRefusals.noInstance, `Replication ${replication.id} has no instance.`, [replication.id])
}

const requireMoment = (call: VcdaCall, replication: SimReplication, key: string): Moment => {
  const moment = call.world.findMoment(replication, key, call.now)
  if (moment === null) throw badInput(`Instance ${key} was not found.`, key)
  return moment
}

/** `instanceId` for one VM, `instanceMap` for a vApp; the other one's name is a foreign member and ignored. */
const parseMoments = (call: VcdaCall, target: ActionTarget, body: JsonObject): ReadonlyMap<string, Moment> => {
  if (target.kind === 'vmReplication') {
    const key = findText(body, 'instanceId')
    return new Map(key === null ? [] : [[target.record.id, requireMoment(call, target.record, key)]])
  }
  const map = findObject(body, 'instanceMap') ?? {}
  return new Map(
    Object.keys(map).map((id) => {
      const member = target.members.find((candidate) => candidate.id === id)
      const key = findText(map, id)
      if (member === undefined || key === null) throw badInput(`${id} is no replication of this vApp.`, id)
      return [id, requireMoment(call, member, key)] as const
    }),
  )
}

const parseRecoveryBody = (call: VcdaCall): JsonObject => {
  const body = parseJsonObject(call.body)
  if (findWord(body, 'type', ['vcloud', 'vcenter']) === null) throw badInput('type is required.', 'type')
  for (const flag of ['powerOn', 'consolidate', 'copySecurityTags', 'sync']) findFlag(body, flag)
  for (const part of ['vmNetworkSettings', 'vAppNetworkSettings']) findObject(body, part)
  for (const name of ['placementPolicy', 'sizingPolicy', 'snapshotOptions']) findText(body, name)
  return body
}

const startRecovery = (replication: SimReplication): void => {
  replication.recoveryState = recoveryStateWhileRunning
}

const giveUp = (replication: SimReplication): void => {
  replication.recoveryState = 'NOT_STARTED'
}

/** Brings the machine up at the destination; the one at the source stays as it is until a reverse. */
const complete = (world: VcdaWorld, vappId: string) => (replication: SimReplication, at: number) => {
  const { destination } = replication
  const vm = world.vms.get(replication.vmId)
  const isOnPremises = destination.org === null
  const vmId = isOnPremises ? world.nextMoref() : world.random.uuid()
  const recovered = { vmId, vappId, optimizeUntil: at + optimizedReverseMs }
  if (vm !== undefined) {
    const place = { site: destination.site, org: destination.org ?? vm.org, vdcId: destination.vdcId, vappId }
    world.vms.set(recovered.vmId, { ...vm, ...place, id: recovered.vmId })
  }
  replication.timeline.close(at)
  replication.recoveryState = 'COMPLETE'
  replication.recovered = recovered
}

/** Final at once: this vendor has no commit. All machines come up in one vApp. */
export const failoverAction = (world: VcdaWorld): ReplicationAction => ({
  type: 'failover',
  isExclusive: true,
  check: (replication, now) => {
    refuseWhen(replication, 'fail over', ['TEST', 'COMPLETE'])
    requireInstance(replication, now)
  },
  begin: startRecovery,
  finish: complete(world, world.random.uuid()),
  abort: giveUp,
})

/** @throws VcdaRefusal for a body without `type`, or an instance that is not there. */
export const toFailover = (call: VcdaCall, target: ActionTarget): ReplicationAction => {
  parseMoments(call, target, parseRecoveryBody(call))
  return failoverAction(call.world)
}

/** Switches the source off, syncs once more and recovers that instance. */
export const migrateAction = (world: VcdaWorld): ReplicationAction => ({
  type: 'migrate',
  isExclusive: true,
  check: (replication, now) => {
    // The clients name only COMPLETE; that a test has to be cleaned up first is inferred from failover.
    refuseWhen(replication, 'migrate', ['TEST', 'COMPLETE'])
    requireInstance(replication, now)
  },
  begin: (replication, at) => {
    startRecovery(replication)
    hurryNextInstance(replication, at, taskDurationsMs.migrate / 2)
  },
  finish: complete(world, world.random.uuid()),
  abort: giveUp,
})

/** @throws VcdaRefusal for a body without `type`. */
export const toMigrate = (call: VcdaCall): ReplicationAction => {
  parseRecoveryBody(call)
  return migrateAction(call.world)
}

/** Brings the machines up beside the running ones; a chosen instance is held until the cleanup. */
export const failoverTestAction = (
  moments: ReadonlyMap<string, Moment> = new Map(),
  syncsFirst = false,
): ReplicationAction => ({
  type: 'failoverTest',
  isExclusive: true,
  check: (replication, now) => {
    refuseWhen(replication, 'test', ['TEST', 'COMPLETE'])
    requireInstance(replication, now)
  },
  begin: (replication, at) => {
    startRecovery(replication)
    if (syncsFirst) hurryNextInstance(replication, at, taskDurationsMs.failoverTest / 2)
  },
  finish: (replication, at) => {
    replication.recoveryState = 'TEST'
    replication.pinned = moments.get(replication.id) ?? replication.timeline.latest(at)
  },
  abort: giveUp,
})

/** @throws VcdaRefusal as {@link toFailover}, and for `sync` together with an instance. */
export const toFailoverTest = (call: VcdaCall, target: ActionTarget): ReplicationAction => {
  const body = parseRecoveryBody(call)
  const moments = parseMoments(call, target, body)
  const syncsFirst = findFlag(body, 'sync') === true
  if (syncsFirst && moments.size > 0) throw badInput('sync cannot be combined with an instance.', 'sync')
  return failoverTestAction(moments, syncsFirst)
}

/** Removes the test's machines; the replication has gone on all the while. */
export const toFailoverTestCleanup = (): ReplicationAction => ({
  type: 'failoverTestCleanup',
  isExclusive: true,
  check: (replication) => refuseWhen(replication, 'clean up', ['NOT_STARTED', 'IN_PROGRESS', 'COMPLETE']),
  begin: startRecovery,
  finish: (replication) => {
    replication.recoveryState = 'NOT_STARTED'
    replication.pinned = null
  },
  abort: (replication) => {
    replication.recoveryState = 'TEST'
  },
})

/** The ends change places: the recovered machine becomes the source, the old source's disks its seed. */
const swapEnds = (world: VcdaWorld, replication: SimReplication, at: number): void => {
  const { source, destination, recovered, vmId } = replication
  if (recovered === null) return
  replication.source = { ...destination, vappId: recovered.vappId, vappName: source.vappName }
  replication.destination = { ...source, vappId: null, vappName: null }
  replication.vmId = recovered.vmId
  world.vms.delete(vmId)
  replication.isReversed = !replication.isReversed
  replication.recovered = null
  replication.recoveryState = 'NOT_STARTED'
  replication.isPaused = false
  replication.timeline = new Timeline(replication.timeline.transferMs)
  openFirstCopy(replication, at, at < recovered.optimizeUntil ? reverseSyncMs : undefined)
}

/** Only after a recovery. */
export const toReverse = (call: VcdaCall): ReplicationAction => ({
  type: 'reverse',
  isExclusive: true,
  check: (replication) => refuseWhen(replication, 'reverse', ['NOT_STARTED', 'IN_PROGRESS', 'TEST']),
  begin: () => {},
  finish: (replication, at) => swapEnds(call.world, replication, at),
  abort: () => {},
})
