import { actsWhenDisconnected, allowedActions, messages, type VpgAction } from './zerto-sim-inferred.ts'
import { enumNames } from './zerto-sim-enums.ts'
import type { SimCheckpoint } from './zerto-sim-journal.ts'
import { ZvmRefusal } from './zerto-sim-request.ts'
import { conditionOf, statusOfVpg, type SimVm, type SimVpg } from './zerto-sim-vpg.ts'
import type { Caller, ZertoWorld } from './zerto-world.ts'

/** The group of an identifier; a guid has no case. @throws ZvmRefusal when there is none. */
export const requireVpg = (world: ZertoWorld, id: string): SimVpg => {
  const vpg = world.vpgs.get(id.toLowerCase())
  if (vpg === undefined) throw ZvmRefusal.unknown('VPG', id)
  return vpg
}

/** @throws ZvmRefusal when there is no licence: then nothing is done, only shown. */
export const requireLicense = (world: ZertoWorld): void => {
  if (world.license === null) throw ZvmRefusal.rule(messages.noLicense)
}

const describe = (vpg: SimVpg, now: number): string => {
  const { status, subStatus } = statusOfVpg(vpg, now)
  const test = vpg.test === null ? '' : `, test ${vpg.test.stage}`
  return `${enumNames.vpgStatus[status]} (${enumNames.vpgSubStatus[subStatus]}${test})`
}

const needsCommitStage: readonly VpgAction[] = ['FailoverCommit', 'FailoverRollback', 'MoveCommit', 'MoveRollback']

/** Holds an action against the rules. @throws ZvmRefusal when the state of the group forbids it. */
export const requireAllowed = (vpg: SimVpg, action: VpgAction, caller: Caller): void => {
  const condition = conditionOf(vpg)
  const isWrongSide = condition === 'DISCONNECTED' && !actsWhenDisconnected(caller.site.index, vpg.protectedSite)
  if (allowedActions[condition].includes(action) && !isWrongSide) return
  const isTooEarly = vpg.phase.kind === 'RECOVERING' && vpg.phase.stage === 'INITIAL'
  if (isTooEarly && needsCommitStage.includes(action)) throw ZvmRefusal.rule(messages.notReady(action, vpg.name))
  throw ZvmRefusal.rule(messages.notAllowed(action, vpg.name, describe(vpg, caller.now)))
}

/** The checkpoint asked for, or the latest. @throws ZvmRefusal when the journal does not hold it, or holds none. */
export const requireCheckpoint = (vpg: SimVpg, id: string | null, now: number): SimCheckpoint => {
  const found = id === null || id === '' ? vpg.journal.latest(now) : vpg.journal.find(id, now)
  if (found !== null) return found
  if (id === null || id === '') throw ZvmRefusal.rule(`VPG ${vpg.name} has no checkpoints.`)
  throw ZvmRefusal.rule(`Checkpoint ${id} does not exist in the journal of VPG ${vpg.name}.`)
}

/** The machines of a group by identifier; all of them for an empty list. @throws ZvmRefusal for a foreign one. */
export const requireVms = (vpg: SimVpg, identifiers: readonly string[]): readonly SimVm[] => {
  if (identifiers.length === 0) return vpg.vms
  return [...new Set(identifiers)].map((identifier) => {
    const vm = vpg.vms.find((candidate) => candidate.identifiers[vpg.protectedSite] === identifier)
    if (vm === undefined) throw ZvmRefusal.rule(`Virtual machine ${identifier} is not part of VPG ${vpg.name}.`)
    return vm
  })
}
