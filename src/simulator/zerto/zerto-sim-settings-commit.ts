import { enumNames, findEnumNumber } from './zerto-sim-enums.ts'
import { journalHistoryHours, messages, seconds } from './zerto-sim-inferred.ts'
import type { NamedThing } from './zerto-sim-infrastructure.ts'
import { CheckpointJournal } from './zerto-sim-journal.ts'
import { memberOf, ZvmRefusal } from './zerto-sim-request.ts'
import type { SettingsPart } from './zerto-sim-settings-document.ts'
import { requireAllowed } from './zerto-sim-rules.ts'
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

const invalid = (detail: string): ZvmRefusal => ZvmRefusal.rule(messages.settings(detail))

const at = (settings: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => memberOf(value, name), settings)

const textAt = (settings: unknown, ...path: readonly string[]): string | null => {
  const value = at(settings, ...path)
  return typeof value === 'string' && value !== '' ? value : null
}

const countAt = (settings: unknown, fallback: number, ...path: readonly string[]): number => {
  const value = at(settings, ...path)
  return typeof value === 'number' ? value : fallback
}

const requireThing = (things: readonly NamedThing[], what: string, identifier: string | null): string => {
  if (identifier === null) throw invalid(`${what} is missing`)
  if (things.some((thing) => thing.identifier === identifier)) return identifier
  throw invalid(`${what} ${identifier} does not exist in the recovery site`)
}

const requireSite = (world: ZertoWorld, settings: SettingsPart, member: string): SiteIndex => {
  const identifier = textAt(settings, 'Basic', member)
  const site = world.sites.find(({ siteIdentifier }) => siteIdentifier === identifier)
  if (site === undefined) throw invalid(`${member} ${identifier ?? 'null'} is not a paired site`)
  return site.index
}

const listAt = (settings: SettingsPart, name: string): readonly unknown[] => {
  const value = memberOf(settings, name)
  return Array.isArray(value) ? value : []
}

/** The machines, each there, each free or in this very group. */
const requireMachines = (
  world: ZertoWorld,
  settings: SettingsPart,
  protectedSite: SiteIndex,
  existing: SimVpg | null,
): readonly SimVm[] => {
  const rows = listAt(settings, 'Vms')
  if (rows.length === 0) throw invalid('The VPG must contain at least one virtual machine')
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

/** Where to: the group's defaults must be there, and every machine's own choice must exist. */
const requirePlace = (world: ZertoWorld, settings: SettingsPart, recoverySite: SiteIndex): RecoveryPlace => {
  const { hosts, clusters, datastores, folders, networks } = world.sites[recoverySite].infrastructure
  const targets = [...hosts, ...clusters]
  const host = textAt(settings, 'Recovery', 'DefaultHostIdentifier')
  const cluster = textAt(settings, 'Recovery', 'DefaultHostClusterIdentifier')
  const network = (kind: string): string | null =>
    textAt(settings, 'Networks', kind, 'Hypervisor', 'DefaultNetworkIdentifier')
  for (const vm of listAt(settings, 'Vms')) {
    const own = { host: textAt(vm, 'Recovery', 'HostIdentifier'), store: textAt(vm, 'Recovery', 'DatastoreIdentifier') }
    if (own.host !== null) requireThing(hosts, 'Recovery host', own.host)
    if (own.store !== null) requireThing(datastores, 'Recovery datastore', own.store)
  }
  const datastore = textAt(settings, 'Recovery', 'DefaultDatastoreIdentifier')
  const folder = textAt(settings, 'Recovery', 'DefaultFolderIdentifier')
  return {
    hostIdentifier: requireThing(targets, 'Default recovery host', host ?? cluster),
    datastoreIdentifier: requireThing(datastores, 'Default recovery datastore', datastore),
    folderIdentifier: requireThing(folders, 'Default recovery folder', folder),
    failoverNetworkIdentifier: requireThing(networks, 'Failover network', network('Failover')),
    testNetworkIdentifier: requireThing(networks, 'Failover test network', network('FailoverTest')),
  }
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
    useWanCompression: at(settings, 'Basic', 'UseWanCompression') !== false,
    priority: findEnumNumber(enumNames.priority, at(settings, 'Basic', 'Priority')) ?? 1,
    zorgId: requireKnown(world.zorgs, 'ZORG', textAt(settings, 'Basic', 'ZorgIdentifier')),
    serviceProfileId: requireKnown(world.serviceProfiles, 'Service profile', profile),
  }
}

/** What has no meaning between two vCenters: taken by the commit, and then its task fails. */
const findIrrelevant = (settings: SettingsPart): string | null => {
  const places: readonly (readonly [string, readonly string[]])[] = [
    ['OrgVdc', ['Recovery', 'VCD']],
    ['FailoverNetwork', ['Networks', 'Failover', 'VCD']],
    ['FailoverTestNetwork', ['Networks', 'FailoverTest', 'VCD']],
    ['VcdVapp', ['Protected', 'VCD']],
  ]
  const found = places.filter(([, path]) => (at(settings, ...path) ?? null) !== null)
  if (found.length === 0) return null
  const list = found.map(([name, path]) => `Name: ${name}; Location: ${path[0]}`).join(', ')
  return `The following properties are irrelevant when replicating from vCenter to vCenter. Remove these accordingly: ${list}`
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
  const start = { site: caller.site, type, vpgId, user: caller.user, at: caller.now, durationSeconds } as const
  const irrelevant = findIrrelevant(settings)
  if (irrelevant !== null) {
    const task = world.startTask(start)
    world.agenda.at(task.dueAt, (end) => caller.site.tasks.finish(task, end, 4, irrelevant))
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
    phase: { kind: 'PROTECTING', since: end },
    test: null,
    lastTest: null,
    clone: null,
    lagSeconds: 0,
    lagSince: end,
    isHistoryShort: false,
  }
  world.synchronise(vpg, 'INITIAL', end, seconds.initialSync)
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
  else if (kind === 'PROTECTING' && options.hasNewVms) {
    world.synchronise(vpg, 'VOLUME_INITIAL', options.end, seconds.volumeInitialSync)
  }
}
