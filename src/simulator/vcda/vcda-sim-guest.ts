import {
  badInput,
  findIntegers,
  findObject,
  findFlag,
  findText,
  parseJsonObject,
  type JsonObject,
} from './vcda-sim-body.ts'
import { requireAccess, type ActionTarget, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import type { GuestCustomization, SimReplication } from './vcda-sim-model.ts'
import type { Rendered } from './vcda-sim-rendering.ts'
import type { ReplicationAction } from './vcda-sim-run-action.ts'

/** What is in force where nothing was set. */
const plainSettings = ({ vmName }: SimReplication): Rendered => ({
  enabled: false,
  computerName: vmName,
  changeSid: false,
  adminPasswordEnabled: false,
  adminPasswordAuto: false,
  adminPassword: null,
  adminAutoLogonCount: 0,
  resetPasswordRequired: false,
  joinDomainEnabled: false,
  useOrgSettings: false,
  domainName: null,
  domainUserName: null,
  domainUserPassword: null,
  domainOrgUnit: null,
  customizationScript: null,
})

const render = (replication: SimReplication): GuestCustomization =>
  replication.guestCustomization ?? {
    failoverSettings: plainSettings(replication),
    failoverTestSettings: plainSettings(replication),
  }

const renderTarget = (target: ActionTarget): VcdaAnswer => {
  if (target.kind === 'vmReplication') return { status: 200, body: render(target.record) }
  const vmGuestCustomizationSettings = Object.fromEntries(target.members.map((member) => [member.vmId, render(member)]))
  return { status: 200, body: { vmGuestCustomizationSettings } }
}

/** GET …/guest-customization: of one VM, or of a vApp by VM id. */
export const getGuestCustomization = (find: (call: VcdaCall) => ActionTarget) => (call: VcdaCall) =>
  renderTarget(find(call))

const parseSettings = (body: JsonObject): GuestCustomization => {
  const parse = (part: string): JsonObject | null => {
    const settings = findObject(body, part)
    if (settings === null) return null
    for (const flag of ['enabled', 'changeSid', 'joinDomainEnabled', 'useOrgSettings']) findFlag(settings, flag)
    for (const name of ['computerName', 'customizationScript', 'domainName']) findText(settings, name)
    return settings
  }
  return { failoverSettings: parse('failoverSettings'), failoverTestSettings: parse('failoverTestSettings') }
}

/** By VM; a VM that is not named keeps what it has. */
const parseByVm = (target: ActionTarget, body: JsonObject): ReadonlyMap<SimReplication, GuestCustomization> => {
  if (target.kind === 'vmReplication') return new Map([[target.record, parseSettings(body)]])
  const byVm = findObject(body, 'vmGuestCustomizationSettings') ?? {}
  return new Map(
    Object.keys(byVm).map((vmId) => {
      const member = target.members.find((candidate) => candidate.vmId === vmId)
      if (member === undefined) throw badInput(`VM ${vmId} is not in this vApp replication.`, vmId)
      return [member, parseSettings(findObject(byVm, vmId) ?? {})] as const
    }),
  )
}

/** PUT …/guest-customization: 200 with what is in force now, and no task. */
export const replaceGuestCustomization = (find: (call: VcdaCall) => ActionTarget) => (call: VcdaCall) => {
  const target = find(call)
  requireAccess(call, [target.record.source.site, target.record.destination.site])
  for (const [replication, settings] of parseByVm(target, parseJsonObject(call.body))) {
    replication.guestCustomization = settings
    replication.lastUpdated = call.now
  }
  return renderTarget(target)
}

/** The body names VMs of a vApp; of a single VM the list has the name it has everywhere else, which is inferred. */
const parseDisks = (target: ActionTarget, body: JsonObject): ReadonlyMap<string, readonly number[]> => {
  if (target.kind === 'vmReplication') {
    return new Map([[target.record.id, findIntegers(body, 'excludedDiskKeys') ?? []]])
  }
  return new Map(
    Object.keys(body).map((vmId) => {
      const member = target.members.find((candidate) => candidate.vmId === vmId)
      if (member === undefined) throw badInput(`VM ${vmId} is not in this vApp replication.`, vmId)
      return [member.id, findIntegers(body, vmId) ?? []] as const
    }),
  )
}

/** PATCH …/disks: the new set of disks that are left out. */
export const toDisks = (call: VcdaCall, target: ActionTarget): ReplicationAction => {
  const disks = parseDisks(target, parseJsonObject(call.body))
  return {
    type: 'disks',
    isExclusive: false,
    check: () => {},
    begin: () => {},
    finish: (replication) => {
      replication.excludedDiskKeys = disks.get(replication.id) ?? replication.excludedDiskKeys
    },
    abort: () => {},
  }
}
