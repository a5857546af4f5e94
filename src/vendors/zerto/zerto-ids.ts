import type { NodeKind } from '../../domain/global-id.ts'

/** The organisation or site that is none, in every link that points nowhere. */
export const nilGuid = '00000000-0000-0000-0000-000000000000'

const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
// `<vCenter guid>.vm-38`; the part behind the dot is the platform's own word for the machine.
const machine = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?:\\.[0-9A-Za-z_-]{1,100}){1,3}'

// GUIDs where they were seen; the API description only calls them strings.
const guidOrWord = '[0-9a-zA-Z][0-9a-zA-Z_-]{0,99}'

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`)

/** What may reach a path of the vendor, whole: nothing else than these forms ever does. */
const patterns: Readonly<Record<NodeKind, RegExp>> = {
  Site: whole(guid),
  ProtectionGroup: whole(guid),
  Replication: whole(`${guid}/${machine}`),
  RecoveryPoint: whole(`${guid}/[0-9]{1,20}`),
  Task: whole(`${guid}\\.${guid}`),
  Alert: whole(guidOrWord),
  RecoveryReport: whole(guidOrWord),
}

const machinePattern = whole(machine)
const guidPattern = whole(guid)
// Hosts, datastores, networks and folders are `<guid>.<word>`; sites, organisations and profiles a GUID alone; what is
// Cloud Director's may be a URN.
const objectPattern = /^[0-9A-Za-z][0-9A-Za-z_:-]{0,100}(?:\.[0-9A-Za-z_:-]{1,100}){0,3}$/

/** True when the native id has this vendor's form for its kind. */
export const isNativeId = (kind: NodeKind, nativeId: string): boolean => patterns[kind].test(nativeId)

/** True for a GUID in lower case. */
export const isGuid = (identifier: string): boolean => guidPattern.test(identifier)

/** True for the identifier of a machine, e.g. `<guid>.vm-38`. */
export const isMachineId = (identifier: string): boolean => machinePattern.test(identifier)

// Two parts, of which the second is a vCenter's managed object reference of a machine.
const vcenterMachinePattern = new RegExp(`^(${guid})\\.(vm-[0-9]+)$`)

/**
 * What the platform below calls a machine. Only `<guid>.vm-38` says it: that the GUID is the vCenter's instance uuid is
 * inferred, see the README. Other forms give nothing.
 */
export const findPlatformIds = (vmId: string): readonly string[] => {
  const [, vcenter, moref] = vcenterMachinePattern.exec(vmId.toLowerCase()) ?? []
  // The nil GUID names no vCenter: two machines of such a form are not the same.
  return vcenter === undefined || moref === undefined || vcenter === nilGuid ? [] : [`vcenter:${vcenter}/${moref}`]
}

/** True for the identifier of a host, datastore, network, folder, cluster, pool or organisation. */
export const isObjectId = (identifier: string): boolean => objectPattern.test(identifier)

/** A machine inside one VPG: a machine may be in several, so its own identifier is not enough. */
export const toReplicationId = (vpgId: string, vmId: string): string => `${vpgId}/${vmId}`

/** Checkpoint numbers are unique inside one VPG only. */
export const toRecoveryPointId = (vpgId: string, checkpointId: string): string => `${vpgId}/${checkpointId}`

/** Takes `<vpg>/<rest>` apart; null when the text is no id of that kind. */
const findParts = (kind: 'Replication' | 'RecoveryPoint', nativeId: string): [string, string] | null => {
  if (!isNativeId(kind, nativeId)) return null
  const slash = nativeId.indexOf('/')
  return [nativeId.slice(0, slash), nativeId.slice(slash + 1)]
}

export const findReplicationParts = (nativeId: string): { readonly vpgId: string; readonly vmId: string } | null => {
  const parts = findParts('Replication', nativeId)
  return parts === null ? null : { vpgId: parts[0], vmId: parts[1] }
}

export const findRecoveryPointParts = (
  nativeId: string,
): { readonly vpgId: string; readonly checkpointId: string } | null => {
  const parts = findParts('RecoveryPoint', nativeId)
  return parts === null ? null : { vpgId: parts[0], checkpointId: parts[1] }
}
