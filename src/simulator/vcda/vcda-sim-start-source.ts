import {
  badInput,
  findIntegers,
  findNumber,
  findObject,
  findText,
  requireText,
  requireTexts,
  type JsonObject,
} from './vcda-sim-body.ts'
import type { VcdaCall } from './vcda-sim-call.ts'
import type { ReplicationEnd, SimVm, StartupInfo } from './vcda-sim-model.ts'
import { plainStartup, toCloudEnd, toPremisesEnd } from './vcda-sim-replication.ts'

/** A machine that is to be replicated, and how. */
interface SourceVm {
  readonly vm: SimVm
  readonly excludedDiskKeys: readonly number[]
  readonly startupInfo: StartupInfo
}

/** What a start goes out from. */
interface ParsedSource {
  readonly vms: readonly SourceVm[]
  readonly end: ReplicationEnd
  /** Of the replication: the vApp's, or the machine's. */
  readonly name: string
}

/** A machine of this site that the caller may use. @throws VcdaRefusal BadUserInput. */
export const requireVm = (call: VcdaCall, id: string, site: string): SimVm => {
  const vm = call.world.vms.get(id)
  const isHidden = vm !== undefined && !call.session.isProvider && vm.org !== call.session.org
  if (vm === undefined || isHidden || vm.site !== site) throw badInput(`VM ${id} was not found at site ${site}.`, id)
  return vm
}

/** What is not said stays plain. @throws VcdaRefusal for an order or a delay that is no whole number. */
export const parseStartup = (info: JsonObject | null): StartupInfo => {
  if (info === null) return plainStartup
  const integer = (name: 'order' | 'startDelay' | 'stopDelay'): number => {
    const value = findNumber(info, name) ?? plainStartup[name]
    if (!Number.isInteger(value) || value < 0) throw badInput(`${name} must be a whole number.`, name)
    return value
  }
  return {
    order: integer('order'),
    startAction: findText(info, 'startAction') ?? plainStartup.startAction,
    startDelay: integer('startDelay'),
    stopAction: findText(info, 'stopAction') ?? plainStartup.stopAction,
    stopDelay: integer('stopDelay'),
  }
}

/** One machine, whose extras stand beside its id. */
const toSourceVm = (source: JsonObject, vm: SimVm): SourceVm => ({
  vm,
  excludedDiskKeys: findIntegers(source, 'excludedDisks') ?? [],
  startupInfo: parseStartup(findObject(source, 'vmStartupInfo')),
})

/** Several machines, whose extras stand in maps by machine. */
const toSourceVms = (source: JsonObject, vms: readonly SimVm[]): readonly SourceVm[] => {
  const disks = findObject(source, 'vmExcludedDisks') ?? {}
  const startups = findObject(source, 'vmStartupInfoMap') ?? {}
  for (const id of [...Object.keys(disks), ...Object.keys(startups)]) {
    if (!vms.some((vm) => vm.id === id)) throw badInput(`VM ${id} is not replicated.`, id)
  }
  return vms.map((vm) => ({
    vm,
    excludedDiskKeys: findIntegers(disks, vm.id) ?? [],
    startupInfo: parseStartup(findObject(startups, vm.id)),
  }))
}

const fromVm = (call: VcdaCall, source: JsonObject, site: string): ParsedSource => {
  const vm = requireVm(call, requireText(source, 'vmId'), site)
  const vdc = call.world.vdcs.get(vm.vdcId ?? '')
  if (vdc === undefined) throw badInput(`VM ${vm.id} is in no virtual data center.`, vm.id)
  const end = toCloudEnd(vdc, call.world.vapps.get(vm.vappId ?? '') ?? null)
  return { vms: [toSourceVm(source, vm)], end, name: vm.name }
}

const fromVapp = (member: string, isTemplate: boolean) => (call: VcdaCall, source: JsonObject, site: string) => {
  const id = requireText(source, member)
  const vapp = call.world.vapps.get(id)
  const vdc = call.world.vdcs.get(vapp?.vdcId ?? '')
  const isHidden = !call.session.isProvider && vapp?.org !== call.session.org
  if (vapp === undefined || vdc === undefined || isHidden || vapp.site !== site || vapp.isTemplate !== isTemplate) {
    throw badInput(`${member} ${id} was not found at site ${site}.`, id)
  }
  const vms = vapp.vmIds.map((vmId) => requireVm(call, vmId, site))
  return { vms: toSourceVms(source, vms), end: toCloudEnd(vdc, vapp), name: vapp.name }
}

const requireVcenter = (call: VcdaCall, source: JsonObject, site: string): void => {
  const id = requireText(source, 'vcUuid')
  if (call.world.sites.get(site)?.vcId !== id) throw badInput(`vCenter ${id} was not found at site ${site}.`, id)
}

const fromPremisesVm = (call: VcdaCall, source: JsonObject, site: string): ParsedSource => {
  requireVcenter(call, source, site)
  const vm = requireVm(call, requireText(source, 'vmId'), site)
  return { vms: [toSourceVm(source, vm)], end: toPremisesEnd(site, findText(source, 'vappName')), name: vm.name }
}

const fromPremisesVapp = (call: VcdaCall, source: JsonObject, site: string): ParsedSource => {
  requireVcenter(call, source, site)
  const vms = requireTexts(source, 'vmIds').map((id) => requireVm(call, id, site))
  const name = requireText(source, 'vappName')
  return { vms: toSourceVms(source, vms), end: toPremisesEnd(site, name), name }
}

type SourceReader = (call: VcdaCall, source: JsonObject, site: string) => ParsedSource

/** By `source.type`, for each level of replication. */
export const sourceReaders: Readonly<Record<'vmReplication' | 'vappReplication', ReadonlyMap<string, SourceReader>>> = {
  vmReplication: new Map([
    ['vm', fromVm],
    ['vcVm', fromPremisesVm],
  ]),
  vappReplication: new Map([
    ['vapp', fromVapp('vappId', false)],
    ['vappTemplate', fromVapp('vappTemplateId', true)],
    ['vcVapp', fromPremisesVapp],
  ]),
}
