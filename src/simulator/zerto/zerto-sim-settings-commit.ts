import { enumNames, findEnumNumber } from './zerto-sim-enums.ts'
import { journalHistoryHours, seconds } from './zerto-sim-inferred.ts'
import { CheckpointJournal } from './zerto-sim-journal.ts'
import type { SettingsPart } from './zerto-sim-settings-document.ts'
import { requireAllowed } from './zerto-sim-rules.ts'
import { countAt, invalid, listAt, textAt, valueAt } from './zerto-sim-settings-members.ts'
import { findIrrelevant, requirePlace } from './zerto-sim-settings-place.ts'
import type { SimTask } from './zerto-sim-tasks.ts'
import type { RecoveryPlace, SimVm, SimVpg, SiteIndex } from './zerto-sim-vpg.ts'
import type { Caller, ZertoWorld } from './zerto-world.ts'

/** A settings object that holds together, in the simulator's words. */
interface CheckedSettings {
  readonly name: string
  readonly protectedSite: SiteIndex
  readonly vms: readonly SimVm[]
  readonly recovery: RecoveryPlace
  readonly configuredRpoSeconds: number
  readonly historyMinutes: number
  readonly testIntervalMinutes: number
  readonly useWanCompression: boolean
  readonly priority: number
  readonly zorgId: string | null
  readonly serviceProfileId: string | null
}

const requireSite = (world: ZertoWorld, settings: SettingsPart, member: string): SiteIndex => {
  const identifier = textAt(settings, 'Basic', member)
  const site = world.sites.find(({ siteIdentifier }) => siteIdentifier === identifier)
  if (site === undefined) throw invalid(`${member} ${identifier ?? 'null'} is not a paired site`)
  return site.index
}

/** The machines, each there, each free or in this very group. */
const requireMachines = (
  world: ZertoWorld,
  settings: SettingsPart,
  protectedSite: SiteIndex,
  existing: SimVpg | null,
): readonly SimVm[] => {
  const rows = listAt(settings, 'Vms')
  // Inferred: a new group may be empty, as the vendor's SDK makes it; the last machine of one that has any stays.
  const isEmptied = rows.length === 0 && existing !== null && existing.vms.length > 0
  if (isEmptied) throw invalid('The VPG must contain at least one virtual machine')
  const vms = rows.map((row) => {
    const identifier = textAt(row, 'VmIdentifier') ?? 'null'
    const own = existing?.vms.find((vm) => vm.identifiers[protectedSite] === identifier)
    const vm = own ?? world.sites[protectedSite].unprotected.get(identifier)
    if (vm !== undefined) return vm
    const isProtected = [...world.vpgs.values()].some(
      (vpg) =>
        vpg.protectedSite === protectedSite && vpg.vms.some((other) => other.identifiers[protectedSite] === identifier),
    )
    const reason = isProtected ? 'is already protected' : 'does not exist in the protected site'
    throw invalid(`Virtual machine ${identifier} ${reason}`)
  })
  if (new Set(vms).size < vms.length) throw invalid('A virtual machine is named twice')
  return vms
}

const requireKnown = (things: readonly { readonly id: string }[], what: string, id: string | null): string | null => {
  if (id !== null && !things.some((thing) => thing.id === id)) throw invalid(`${what} ${id} does not exist`)
  return id
}

/** Holds a settings object together. @throws ZvmRefusal naming the first thing wrong. */
const checkSettings = (world: ZertoWorld, settings: SettingsPart, existing: SimVpg | null): CheckedSettings => {
  const name = textAt(settings, 'Basic', 'Name')
  if (name === null || name.trim() === '') throw invalid('VPG name is missing')
  const isTaken = [...world.vpgs.values()].some(
    (vpg) => vpg !== existing && vpg.name.toLowerCase() === name.toLowerCase(),
  )
  if (isTaken || world.reservedNames.has(name.toLowerCase())) throw invalid(`A VPG named ${name} already exists`)
  const protectedSite = requireSite(world, settings, 'ProtectedSiteIdentifier')
  const recoverySite = requireSite(world, settings, 'RecoverySiteIdentifier')
  if (protectedSite === recoverySite) throw invalid('The protected and the recovery site are the same')
  if (existing !== null && existing.protectedSite !== protectedSite) throw invalid('The sites of a VPG cannot change')
  const historyHours = countAt(settings, 24, 'Basic', 'JournalHistoryInHours')
  const { min, max } = journalHistoryHours
  if (historyHours < min || historyHours > max) throw invalid(`JournalHistoryInHours must be from ${min} to ${max}`)
  const configuredRpoSeconds = countAt(settings, 300, 'Basic', 'RpoInSeconds')
  if (configuredRpoSeconds <= 0) throw invalid('RpoInSeconds must be positive')
  const profile = textAt(settings, 'Basic', 'ServiceProfileIdentifier')
  return {
    name,
    protectedSite,
    configuredRpoSeconds,
    historyMinutes: historyHours * 60,
    vms: requireMachines(world, settings, protectedSite, existing),
    recovery: requirePlace(world, settings, recoverySite),
    testIntervalMinutes: countAt(settings, 262_080, 'Basic', 'TestIntervalInMinutes'),
    useWanCompression: valueAt(settings, 'Basic', 'UseWanCompression') !== false,
    priority: findEnumNumber(enumNames.priority, valueAt(settings, 'Basic', 'Priority')) ?? 1,
    zorgId: requireKnown(world.zorgs, 'ZORG', textAt(settings, 'Basic', 'ZorgIdentifier')),
    serviceProfileId: requireKnown(world.serviceProfiles, 'Service profile', profile),
  }
}

/**
 * Commits settings: a task that creates a group, listed a few seconds after the task has ended, or changes one.
 *
 * @throws ZvmRefusal when the settings do not hold together or the group's state forbids it.
 */
export const commitSettings = (
  world: ZertoWorld,
  settings: SettingsPart,
  existing: SimVpg | null,
  caller: Caller,
): SimTask => {
  if (existing !== null) requireAllowed(existing, 'Edit', caller)
  const checked = checkSettings(world, settings, existing)
  const vpgId = existing?.id ?? world.random.uuid()
  const durationSeconds = existing === null ? seconds.createVpg : seconds.updateVpg
  const type = existing === null ? 'CreateProtectionGroup' : 'UpdateProtectionGroup'
  const common = { site: caller.site, vpgId, vpgName: checked.name, user: caller.user, at: caller.now }
  const start = { ...common, type, durationSeconds } as const
  const irrelevant = findIrrelevant(settings, checked.recovery)
  if (irrelevant !== null) {
    const task = world.startTask(start)
    world.agenda.at(task.dueAt, (end) => world.finishTask(task, end, 4, irrelevant))
    return task
  }
  const added = checked.vms.filter((vm) => existing === null || !existing.vms.includes(vm))
  for (const vm of added) world.engage(vm)
  if (existing === null) world.reservedNames.add(checked.name.toLowerCase())
  return world.runTask(start, (end) => {
    if (existing === null) createVpg(world, vpgId, checked, settings, end)
    else if (world.vpgs.has(vpgId)) changeVpg(world, existing, checked, settings, { end, hasNewVms: added.length > 0 })
    else for (const vm of added) world.release(vm, checked.protectedSite)
  })
}

const createVpg = (
  world: ZertoWorld,
  id: string,
  checked: CheckedSettings,
  settings: SettingsPart,
  end: number,
): void => {
  const { historyMinutes, vms, ...rest } = checked
  const vpg: SimVpg = {
    id,
    ...rest,
    vms: [...vms],
    description: '',
    settings,
    journal: new CheckpointJournal(historyMinutes, 1),
    phase: { kind: 'EMPTY', since: end },
    test: null,
    lastTest: null,
    clone: null,
    lagSeconds: 0,
    lagSince: end,
    isHistoryShort: false,
  }
  if (vms.length > 0) world.synchronise(vpg, 'INITIAL', end, seconds.initialSync)
  world.agenda.at(end + seconds.newVpgUnlisted * 1000, () => {
    world.vpgs.set(id, vpg)
    world.reservedNames.delete(vpg.name.toLowerCase())
  })
}

const changeVpg = (
  world: ZertoWorld,
  vpg: SimVpg,
  checked: CheckedSettings,
  settings: SettingsPart,
  options: { readonly end: number; readonly hasNewVms: boolean },
): void => {
  const { historyMinutes, vms, protectedSite, ...rest } = checked
  for (const vm of vpg.vms) if (!vms.includes(vm)) world.release(vm, protectedSite)
  Object.assign(vpg, { ...rest, vms: [...vms], settings })
  vpg.journal.historyMinutes = historyMinutes
  const { kind } = vpg.phase
  if (kind === 'NEEDS_CONFIGURATION') world.synchronise(vpg, 'REVERSE', options.end, seconds.reverseSync)
  else if (kind === 'EMPTY' && options.hasNewVms) world.synchronise(vpg, 'INITIAL', options.end, seconds.initialSync)
  else if (kind === 'PROTECTING' && options.hasNewVms) {
    world.synchronise(vpg, 'VOLUME_INITIAL', options.end, seconds.volumeInitialSync)
  }
}
