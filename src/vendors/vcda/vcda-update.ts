import type { CommandOf } from '../../domain/command.ts'
import { DomainError } from '../../domain/errors.ts'
import type { WireCall } from '../../domain/task.ts'
import { toNetworkSettings, type NetworkOptions } from './vcda-networks.ts'
import {
  parseOptions,
  requireMinutes,
  requireVersion,
  toRetentionPolicy,
  updateOptions,
  type UpdateOptions,
} from './vcda-options.ts'
import type { RawNetworkSettings } from './vcda-read-wire.ts'
import type { ApiVersion } from './vcda-versions.ts'

const optionsPath = 'input.vcda'

type UpdateCommand = CommandOf<'UPDATE'>

const isGiven = (value: unknown): boolean => value !== null && value !== undefined

/**
 * Only what is to change: a member that is left out stays as it is. The vendor drops the SLA profile as soon as one of
 * the settings that the profile decides is given, so a profile and such a setting contradict each other.
 */
const toSettings = (
  command: UpdateCommand,
  options: UpdateOptions,
  version: ApiVersion | null,
): Readonly<Record<string, unknown>> => {
  const { dataConnectionType, isQuiesced, retentionRules, initialSyncAt } = options
  const own = {
    rpo: command.rpoSeconds === null ? null : requireMinutes(command.rpoSeconds, 'input.rpoSeconds'),
    dataConnectionType,
    quiesced: isQuiesced,
    retentionPolicy: retentionRules ? toRetentionPolicy(retentionRules, optionsPath) : null,
  }
  if (command.slaProfileId !== null && Object.values(own).some(isGiven)) {
    throw DomainError.invalidInput('input.slaProfileId', 'settings of its own would end the use of the profile at once')
  }
  if (initialSyncAt) requireVersion(version, '4.4', `${optionsPath}.initialSyncAt`)
  const body = {
    description: command.description,
    slaProfileId: command.slaProfileId,
    ...own,
    initialSyncTime: initialSyncAt?.getTime(),
  }
  return Object.fromEntries(Object.entries(body).filter(([, value]) => isGiven(value)))
}

const nothingStored = { vAppNetworkSettings: null, vmNetworkSettings: null }

const toHalf = (options: NetworkOptions | null | undefined, stored: unknown): unknown =>
  options ? toNetworkSettings(options) : (stored ?? nothingStored)

type Change = 'settings' | 'owner' | 'storageProfileId' | 'networkSettings'

const toChanges = (
  command: UpdateCommand,
  options: UpdateOptions,
  base: string,
  facts: { readonly version: ApiVersion | null; readonly storedNetworks: RawNetworkSettings | null },
): readonly (readonly [Change, WireCall])[] => {
  const changes: (readonly [Change, WireCall])[] = []
  const settings = toSettings(command, options, facts.version)
  if (Object.keys(settings).length > 0) changes.push(['settings', { method: 'PATCH', path: base, body: settings }])
  const { owner, storageProfileId, reapplyStorageProfile, networkSettings } = options
  if (owner) changes.push(['owner', { method: 'PATCH', path: `${base}/chown`, body: { owner } }])
  if (storageProfileId && reapplyStorageProfile) {
    throw DomainError.invalidInput(`${optionsPath}.reapplyStorageProfile`, 'goes without a storageProfileId')
  }
  if (storageProfileId || reapplyStorageProfile) {
    const body = { storageProfileId: storageProfileId ?? null }
    changes.push(['storageProfileId', { method: 'POST', path: `${base}/storage-profile`, body }])
  }
  if (networkSettings) {
    const { failover, testFailover } = networkSettings
    if (!failover && !testFailover) throw DomainError.invalidInput(`${optionsPath}.networkSettings`, 'is empty')
    const body = {
      failoverSettings: toHalf(failover, facts.storedNetworks?.failoverSettings),
      failoverTestSettings: toHalf(testFailover, facts.storedNetworks?.failoverTestSettings),
    }
    changes.push(['networkSettings', { method: 'PUT', path: `${base}/network-settings`, body }])
  }
  return changes
}

const ownerPath = /^(\/v(?:m|app)-replications\/[^/]+)\/chown$/

/** Whose owner a call changes, by its path, and to what; null for any other call. It is the only one without a task. */
export const findOwnerChange = ({ path, body }: WireCall): { readonly path: string; readonly owner: string } | null => {
  const [, target] = ownerPath.exec(path) ?? []
  if (target === undefined || typeof body !== 'object' || body === null || !('owner' in body)) return null
  return typeof body.owner === 'string' ? { path: target, owner: body.owner } : null
}

/** True where the call replaces both halves of the stored network settings and only one was given. */
export const needsStoredNetworks = (command: UpdateCommand): boolean => {
  const { networkSettings } = parseOptions(updateOptions, command.options, optionsPath)
  return isGiven(networkSettings) && !(networkSettings?.failover && networkSettings.testFailover)
}

/**
 * An update in the vendor's words: `PATCH` of the settings, `PATCH …/chown`, `POST …/storage-profile` or
 * `PUT …/network-settings`.
 *
 * @throws INVALID_INPUT for what the vendor has not, and for changes of several kinds: each is a call of its own, and
 * of two calls one could be done and the other not.
 */
export const toUpdateCall = (
  command: UpdateCommand,
  base: string,
  facts: { readonly version: ApiVersion | null; readonly storedNetworks: RawNetworkSettings | null },
): WireCall => {
  if (command.priority !== null) throw DomainError.invalidInput('input.priority', 'VCDA has no priorities')
  const options = parseOptions(updateOptions, command.options, optionsPath)
  const changes = toChanges(command, options, base, facts)
  const [only, ...others] = changes
  if (only === undefined) throw DomainError.invalidInput('input', 'names nothing to change')
  if (others.length > 0) {
    const kinds = changes.map(([kind]) => kind).join(', ')
    throw DomainError.invalidInput('input', `names several kinds of change (${kinds}): send one mutation for each`)
  }
  return only[1]
}
