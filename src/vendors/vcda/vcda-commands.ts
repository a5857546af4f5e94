import { requireCapability } from '../../domain/capabilities.ts'
import type { Command, CommandOf, VendorOptions } from '../../domain/command.ts'
import { DomainError } from '../../domain/errors.ts'
import { toGlobalId } from '../../domain/global-id.ts'
import type { TaskTarget, WireCall } from '../../domain/task.ts'
import { vcdaCapabilities } from './vcda-capabilities.ts'
import { findRecoveryPointParts, ownsVcdaId } from './vcda-ids.ts'
import { toNetworkSettings, type NetworkOptions } from './vcda-networks.ts'
import {
  failoverOptions,
  moveOptions,
  parseOptions,
  requireVersion,
  testFailoverOptions,
  toInstanceMap,
  type RecoveryPointChoice,
} from './vcda-options.ts'
import { toUpdateCall } from './vcda-update.ts'
import type { TargetPath } from './vcda-read-client.ts'
import type { RawNetworkSettings } from './vcda-read-wire.ts'
import type { ApiVersion } from './vcda-versions.ts'

/** Where a target is recovered to: Cloud Director, or a vCenter of the customer's own. */
export type RecoveryPlace = 'vcloud' | 'vcenter'

/** What is done to a replication or a group that exists. */
export type TargetedCommand = Extract<Command, { readonly target: TaskTarget }>

/** What a translation needs beside the command. */
export interface CommandFacts {
  /** Of the site; null where it is not known, and then nothing is refused for it. */
  readonly version: ApiVersion | null
  /** The stored network settings, where {@link needsStoredNetworks}. */
  readonly storedNetworks: RawNetworkSettings | null
}

const nothingKnown: CommandFacts = { version: null, storedNetworks: null }

const optionsPath = 'input.vcda'

const doNothing = 'DO_NOTHING'

/** `/vm-replications/{id}` or `/vapp-replications/{id}`. @throws NOT_FOUND for an id that cannot be this vendor's. */
export const toTargetPath = ({ kind, nativeId }: TaskTarget): TargetPath => {
  if (!ownsVcdaId(kind, nativeId)) throw DomainError.notFound(toGlobalId(kind, 'VCDA', nativeId))
  return `/${kind === 'Replication' ? 'vm' : 'vapp'}-replications/${encodeURIComponent(nativeId)}`
}

const requireNoOptions = (options: VendorOptions | null): void => {
  if (options !== null) throw DomainError.invalidInput(optionsPath, 'this operation takes no options of VCDA')
}

const requireAllMembers = (memberNativeIds: readonly string[] | null): void => {
  if (memberNativeIds === null) return
  throw DomainError.unsupported(
    'RECOVER_SOME_MEMBERS',
    'VCDA',
    'VCDA recovers a group whole; give the id of a single replication to recover one machine',
  )
}

/**
 * Which instance to recover: `instanceId` for a replication, `instanceMap` for a group, null for the newest.
 *
 * @throws INVALID_INPUT for a point of another replication, and for one point given for a whole group.
 */
const toInstance = (
  target: TaskTarget,
  pointNativeId: string | null,
  choices: RecoveryPointChoice | null | undefined,
): { readonly instanceId: string | null } | { readonly instanceMap: Readonly<Record<string, string>> | null } => {
  const mapPath = `${optionsPath}.recoveryPointByReplication`
  if (target.kind === 'ProtectionGroup') {
    if (pointNativeId !== null) {
      const message = `a VCDA group has no recovery points of its own: use ${mapPath}`
      throw DomainError.invalidInput('input.recoveryPointId', message)
    }
    return { instanceMap: choices ? toInstanceMap(choices, mapPath) : null }
  }
  if (choices) throw DomainError.invalidInput(mapPath, 'goes with a group as target; use input.recoveryPointId')
  if (pointNativeId === null) return { instanceId: null }
  const parts = findRecoveryPointParts(pointNativeId)
  if (parts?.replicationId !== target.nativeId) {
    throw DomainError.invalidInput('input.recoveryPointId', 'is not a recovery point of the target')
  }
  return { instanceId: parts.instanceKey }
}

/** @throws INVALID_INPUT for networks where machines are recovered to a vCenter, which has none to set. */
const toPlaceSettings = (place: RecoveryPlace, networks: NetworkOptions | null | undefined) => {
  if (place === 'vcloud') return toNetworkSettings(networks)
  if (networks) {
    throw DomainError.invalidInput(`${optionsPath}.networks`, 'go with a recovery to Cloud Director only')
  }
  return { snapshotOptions: doNothing }
}

/** Members of later versions, which leave only when they were asked for. */
const toLaterMembers = (
  place: RecoveryPlace,
  version: ApiVersion | null,
  options: {
    readonly placementPolicyId?: string | null | undefined
    readonly sizingPolicyId?: string | null | undefined
    readonly copySecurityTags?: boolean | null | undefined
  },
) => {
  const { placementPolicyId, sizingPolicyId, copySecurityTags } = options
  const hasTags = copySecurityTags !== null && copySecurityTags !== undefined
  if (place === 'vcenter' && (placementPolicyId || sizingPolicyId || hasTags)) {
    throw DomainError.invalidInput(optionsPath, 'policies and security tags go with a recovery to Cloud Director only')
  }
  if (placementPolicyId) requireVersion(version, '4.5', `${optionsPath}.placementPolicyId`)
  if (sizingPolicyId) requireVersion(version, '4.5', `${optionsPath}.sizingPolicyId`)
  if (hasTags) requireVersion(version, '4.7', `${optionsPath}.copySecurityTags`)
  return {
    ...(placementPolicyId ? { placementPolicy: placementPolicyId } : {}),
    ...(sizingPolicyId ? { sizingPolicy: sizingPolicyId } : {}),
    ...(hasTags ? { copySecurityTags } : {}),
  }
}

const toFailoverBody = (command: CommandOf<'FAILOVER'>, place: RecoveryPlace, version: ApiVersion | null) => {
  requireAllMembers(command.memberNativeIds)
  const options = parseOptions(failoverOptions, command.options, optionsPath)
  return {
    type: place,
    consolidate: options.consolidate ?? false,
    powerOn: options.powerOn ?? true,
    ...toInstance(command.target, command.recoveryPointNativeId, options.recoveryPointByReplication),
    ...toPlaceSettings(place, options.networks),
    ...toLaterMembers(place, version, options),
  }
}

const toTestBody = (command: CommandOf<'TEST_FAILOVER'>, place: RecoveryPlace) => {
  requireAllMembers(command.memberNativeIds)
  const options = parseOptions(testFailoverOptions, command.options, optionsPath)
  const instance = toInstance(command.target, command.recoveryPointNativeId, options.recoveryPointByReplication)
  const sync = options.syncFirst ?? false
  if (sync && Object.values(instance).some((chosen) => chosen !== null)) {
    throw DomainError.invalidInput(`${optionsPath}.syncFirst`, 'tests the newest state: give no recovery point with it')
  }
  return {
    type: place,
    sync,
    powerOn: options.powerOn ?? true,
    ...instance,
    ...toPlaceSettings(place, options.networks),
  }
}

const toMoveBody = (
  command: { readonly options: VendorOptions | null },
  place: RecoveryPlace,
  version: ApiVersion | null,
) => {
  const options = parseOptions(moveOptions, command.options, optionsPath)
  return {
    type: place,
    consolidate: options.consolidate ?? false,
    powerOn: options.powerOn ?? true,
    ...toPlaceSettings(place, options.networks),
    ...toLaterMembers(place, version, options),
  }
}

const requireNoVerdict = (command: CommandOf<'END_TEST_FAILOVER'>): void => {
  if (command.wasSuccessful !== null) {
    throw DomainError.invalidInput('input.wasSuccessful', 'VCDA keeps no verdict of a test')
  }
  if (command.summary !== null) throw DomainError.invalidInput('input.summary', 'VCDA keeps no summary of a test')
}

/** True for a command whose body depends on where the target is recovered to. */
export const needsPlace = ({ operation }: TargetedCommand): boolean =>
  operation === 'FAILOVER' || operation === 'TEST_FAILOVER' || operation === 'MOVE'

/**
 * A command in the vendor's words: one call. Every choice that a version could make differently is in the body.
 *
 * @param place Where the target is recovered to; looked at only where {@link needsPlace}.
 * @throws CAPABILITY_UNSUPPORTED for what the vendor cannot do, INVALID_INPUT for options that cannot be honoured,
 * NOT_FOUND for a target that is not this vendor's.
 */
export const toCommandCall = (
  command: TargetedCommand,
  place: RecoveryPlace,
  { version, storedNetworks }: CommandFacts = nothingKnown,
): WireCall => {
  requireCapability(vcdaCapabilities, command.operation, 'VCDA')
  const base = toTargetPath(command.target)
  switch (command.operation) {
    case 'UPDATE':
      return toUpdateCall(command, base, { version, storedNetworks })
    case 'FAILOVER':
      return { method: 'POST', path: `${base}/failover`, body: toFailoverBody(command, place, version) }
    case 'TEST_FAILOVER':
      return { method: 'POST', path: `${base}/failover-test`, body: toTestBody(command, place) }
    case 'MOVE':
      return { method: 'POST', path: `${base}/migrate`, body: toMoveBody(command, place, version) }
    case 'END_TEST_FAILOVER':
      requireNoOptions(command.options)
      requireNoVerdict(command)
      return { method: 'DELETE', path: `${base}/failover-test`, body: null }
    case 'STOP':
      requireNoOptions(command.options)
      return { method: 'DELETE', path: base, body: null }
    case 'PAUSE':
    case 'RESUME':
    case 'SYNC':
    case 'REVERSE':
      requireNoOptions(command.options)
      return { method: 'POST', path: `${base}/${command.operation.toLowerCase()}`, body: null }
    default:
      throw DomainError.unsupported(command.operation, 'VCDA', `VCDA has no ${command.operation}`)
  }
}
