import { createHash } from 'node:crypto'
import { toPayload, toPayloads, type Payload, type Templates } from './record-templates.ts'

/** As many objects as are wanted, in the vendors' words. */
export interface Fleet {
  readonly vmReplications: readonly Payload[]
  readonly vappReplications: readonly Payload[]
  readonly vpgs: readonly Payload[]
  readonly vms: readonly Payload[]
}

/** The same uuid for the same name in every run. */
const toUuid = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Begins with its number, so that the order of the list is the order of the names. */
const toName = (number: number, name: unknown): string => `m${String(number).padStart(6, '0')}-${String(name)}`

const findString = (payload: Payload, member: string): string | null => {
  const value = payload[member]
  return typeof value === 'string' ? value : null
}

const makeVcda = (templates: Templates, count: number): Pick<Fleet, 'vmReplications' | 'vappReplications'> => {
  const units = [
    ...Map.groupBy(templates.vmReplications, (vm) => findString(vm, 'vappReplicationId') ?? findString(vm, 'id')),
  ]
  const vapps = new Map(templates.vappReplications.map((vapp) => [findString(vapp, 'id'), vapp]))
  const vmReplications: Payload[] = []
  const vappReplications: Payload[] = []
  for (let copy = 0; vmReplications.length < count; copy += 1) {
    const [unitId, machines] = units[copy % units.length] ?? [null, []]
    const vapp = vapps.get(unitId) ?? null
    const vappId = vapp === null ? null : `C4VAPP-${toUuid(`vapp ${copy}`)}`
    const made = machines.slice(0, count - vmReplications.length).map((machine, index) => {
      const number = vmReplications.length + index
      const id = `C4-${toUuid(`vm replication ${number}`)}`
      const vmName = toName(number, machine['vmName'])
      return { ...machine, id, vmId: toUuid(`vm ${number}`), vmName, computerName: vmName, vappReplicationId: vappId }
    })
    vmReplications.push(...made)
    if (vapp === null || vappId === null) continue
    // Inside a vApp a machine comes without what the vApp itself says.
    const inner = made.map((machine) =>
      Object.fromEntries(
        Object.entries(machine).filter(
          ([name]) => !['owner', 'source', 'destination', 'vappReplicationId'].includes(name),
        ),
      ),
    )
    const descriptor = { ...toPayload(vapp['descriptor']), name: toName(vappReplications.length, 'app') }
    vappReplications.push({ ...vapp, id: vappId, descriptor, vmReplications: inner })
  }
  return { vmReplications, vappReplications }
}

const makeZerto = (templates: Templates, count: number, machines: number): Pick<Fleet, 'vpgs' | 'vms'> => {
  const [vmTemplate = {}] = templates.vms
  const vmOf = new Map(templates.vms.map((vm) => [findString(vm, 'VpgIdentifier'), vm]))
  const vpgs: Payload[] = []
  const vms: Payload[] = []
  for (let number = 0; number < count; number += 1) {
    const template = templates.vpgs[number % templates.vpgs.length] ?? {}
    const id = toUuid(`vpg ${number}`)
    const name = toName(number, template['VpgName'])
    const link = { ...toPayload(template['Link']), href: `http://zvm/v1/vpgs/${id}`, identifier: id }
    vpgs.push({ ...template, VpgIdentifier: id, VpgName: name, VmsCount: machines, Link: link })
    const vm = vmOf.get(findString(template, 'VpgIdentifier')) ?? vmTemplate
    for (let index = 0; index < machines; index += 1) {
      const vmId = `${toUuid('vcenter')}.vm-${vms.length}`
      const identifier = `${vmId}?VpgIdentifier=${id}`
      const vmLink = {
        ...toPayload(vm['Link']),
        href: `http://zvm/v1/vms/${identifier}`,
        identifier,
        vpg_identifier: id,
      }
      const VmName = toName(vms.length, vm['VmName'])
      vms.push({ ...vm, VmIdentifier: vmId, VmName, VpgIdentifier: id, VpgName: name, Link: vmLink })
    }
  }
  return { vpgs, vms }
}

/**
 * Multiplies the recorded objects, each copy with ids and a name of its own.
 *
 * @param options.count VCDA replications, and VPGs.
 * @param options.machinesPerGroup Machines in each VPG. A vApp has as many as the recorded one.
 */
export const makeFleet = (
  templates: Templates,
  options: { readonly count: number; readonly machinesPerGroup: number },
): Fleet => ({
  ...makeVcda(templates, options.count),
  ...makeZerto(templates, options.count, options.machinesPerGroup),
})

/** A payload with something else in it that changes while machines run, where it has such a thing. */
export const toChanged = (payload: Payload, round: number): Payload => {
  if ('ActualRPO' in payload) return { ...payload, ActualRPO: 5 + (round % 200), IOPs: round % 5000 }
  const embedded = payload['vmReplications']
  if (Array.isArray(embedded)) {
    return { ...payload, vmReplications: toPayloads(embedded).map((machine) => toChanged(machine, round)) }
  }
  const state = payload['destinationState']
  if (typeof state !== 'object' || state === null) return payload
  return { ...payload, destinationState: { ...toPayload(state), spaceRequirement: 1_000_000_000 + round } }
}
