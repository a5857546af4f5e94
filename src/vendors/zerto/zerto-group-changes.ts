import type { CommandOf } from '../../domain/command.ts'
import { DomainError } from '../../domain/errors.ts'
import { groupChangesSchema, type GroupChanges, type GroupVm } from './zerto-group-options.ts'
import {
  priorityNames,
  refuseDescription,
  requireNewerSettings,
  requireServiceProfile,
  toVmSteps,
} from './zerto-new-group.ts'
import { optionsPath, parseInput } from './zerto-options.ts'
import type { SettingsStep } from './zerto-settings-flow.ts'
import {
  findGiven,
  findJournalPart,
  findNetworkPart,
  findRecoveryPart,
  findScriptPart,
  toVmDevices,
  toVmPart,
  type SettingsPart,
} from './zerto-settings-parts.ts'
import type { ZertoVersion } from './zerto-version.ts'

type UpdateCommand = CommandOf<'UPDATE'>

const merge = (part: string, body: SettingsPart | null): readonly SettingsStep[] =>
  body === null ? [] : [{ kind: 'MERGE', part, body }]

const findBasic = (command: UpdateCommand, changes: GroupChanges): SettingsPart | null =>
  findGiven({
    Name: changes.name,
    RpoInSeconds: command.rpoSeconds,
    TestIntervalInMinutes: changes.testIntervalMinutes,
    JournalHistoryInHours: changes.journalHistoryHours,
    Priority: command.priority === null ? null : priorityNames[command.priority],
    UseWanCompression: changes.useWanCompression,
    ServiceProfileIdentifier: requireServiceProfile(command.slaProfileId, command.rpoSeconds),
  })

const findNetworks = (changes: GroupChanges): SettingsPart | null =>
  findGiven({
    Failover: findNetworkPart(changes.failoverNetworkId, changes.failoverVcdNetwork),
    FailoverTest: findNetworkPart(changes.testNetworkId, changes.testVcdNetwork),
  })

/** @throws INVALID_INPUT when a machine is in two of the lists, or twice in one. */
const requireApart = ({ addVms, changeVms, removeVmIds }: GroupChanges): void => {
  const ids = [...(addVms ?? []), ...(changeVms ?? [])].map(({ vmId }) => vmId)
  const all = [...ids, ...(removeVmIds ?? [])]
  if (new Set(all).size === all.length) return
  throw DomainError.invalidInput(optionsPath, 'a machine is named twice in addVms, changeVms and removeVmIds')
}

/** A boot group is known by name only while its VPG is made. */
const refuseBootGroup = (vms: readonly GroupVm[]): void => {
  if (vms.every(({ bootGroup }) => (bootGroup ?? null) === null)) return
  throw DomainError.invalidInput(`${optionsPath}.addVms`, 'a boot group can be chosen only when the VPG is made')
}

const encode = encodeURIComponent

/** The machines that a change adds. @throws INVALID_INPUT */
export const listAddedVms = (command: UpdateCommand): readonly GroupVm[] =>
  parseInput(groupChangesSchema, command.options, optionsPath).addVms ?? []

/**
 * The steps that change an existing VPG. Each part is read before it is written, so that what is not named stays.
 *
 * @throws INVALID_INPUT when nothing is to change, or something that cannot be changed.
 */
export const toGroupChanges = (command: UpdateCommand): ((version: ZertoVersion | null) => readonly SettingsStep[]) => {
  refuseDescription(command.description)
  const changes = parseInput(groupChangesSchema, command.options, optionsPath)
  const { addVms, changeVms, removeVmIds } = changes
  requireApart(changes)
  refuseBootGroup([...(addVms ?? []), ...(changeVms ?? [])])
  const scripts = findGiven({
    PreRecovery: findScriptPart(changes.preRecoveryScript),
    PostRecovery: findScriptPart(changes.postRecoveryScript),
  })
  const steps: readonly SettingsStep[] = [
    ...merge('/basic', findBasic(command, changes)),
    ...merge('/journal', findJournalPart(changes.journal)),
    ...merge('/scratch', findJournalPart(changes.scratch)),
    ...merge('/recovery', findRecoveryPart(changes)),
    ...merge('/networks', findNetworks(changes)),
    ...merge('/scripting', scripts),
    ...(removeVmIds ?? []).map((vmId): SettingsStep => ({
      kind: 'SEND',
      method: 'DELETE',
      part: `/vms/${encode(vmId)}`,
      body: null,
    })),
    ...(changeVms ?? []).flatMap((vm) =>
      merge(`/vms/${encode(vm.vmId)}`, findGiven({ ...toVmPart(vm, null), ...toVmDevices(vm) })),
    ),
    ...(addVms ?? []).flatMap((vm) => toVmSteps(vm, null)),
  ]
  if (steps.length === 0) throw DomainError.invalidInput('input', 'nothing to change was given')
  return (version) => {
    const vms = [...(addVms ?? []), ...(changeVms ?? [])]
    requireNewerSettings({ scratch: changes.scratch, vms }, version, optionsPath)
    return steps
  }
}
