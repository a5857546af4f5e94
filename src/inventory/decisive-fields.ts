import type { ProtectedObject, RecoveryStatus, ReplicationEnd } from '../domain/protection.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Replication, ReplicationSettings } from '../domain/replication.ts'

/**
 * What counts as a change, by the name of the public field, as text: what people decide by. Figures that move all the time
 * (seconds since the last recovery point, bytes, throughput, percent, a running transfer) are left out on purpose, and so is
 * whether a site can be reached, which its `coverage` and connection tell: an event for each would bury those that count.
 * The vendor's own words count only while they are all there is.
 */
export type DecisiveFields = Readonly<Record<string, string>>

/** Those that a test failover would have to prove anew when they change. */
export const configurationFields: ReadonlySet<string> = new Set([
  'name',
  'priority',
  'replications',
  'source',
  'destination',
  'settings',
])

const toEndText = (end: ReplicationEnd): string =>
  JSON.stringify([
    end.siteId,
    end.organization,
    end.datacenter,
    end.vApp,
    end.hypervisor,
    end.datastore,
    end.storageProfile,
  ])

/** The global id of the site in the text of an end; null for any other text. */
export const findSiteId = (endText: string): string | null => {
  const siteId = /^\["(?<siteId>[\w-]+)"/.exec(endText)?.groups?.['siteId']
  return siteId ?? null
}

/** Whose it is in the text of an end; null where that is not told. */
export const findOrganization = (endText: string): string | null => {
  const parts: unknown = JSON.parse(endText)
  const organization: unknown = Array.isArray(parts) ? parts[1] : null
  return typeof organization === 'string' ? organization : null
}

const toRecoveryText = ({ phase, pending, isTestRunning, commitPolicy }: RecoveryStatus): string =>
  [phase, pending, isTestRunning, commitPolicy].join(' ')

const toCommonFields = (object: ProtectedObject): DecisiveFields => ({
  name: object.name,
  state: object.state,
  health: object.health,
  purpose: object.purpose,
  isReversed: String(object.isReversed),
  rpo: object.rpo.verdict,
  recovery: toRecoveryText(object.recovery),
  source: toEndText(object.source),
  destination: toEndText(object.destination),
  vendorState: object.state === 'UNKNOWN' ? object.vendorState : '',
})

/** @param memberIds Global ids of its machines; null while the machines of the site are not known. */
export const toGroupFields = (group: ProtectionGroup, memberIds: readonly string[] | null): DecisiveFields => ({
  ...toCommonFields(group),
  priority: String(group.priority),
  vmCount: String(group.vmCount),
  lastTestedAt: group.lastTestedAt?.toISOString() ?? '',
  ...(memberIds === null ? {} : { replications: memberIds.toSorted().join(' ') }),
})

const toSettingsText = (settings: ReplicationSettings): string =>
  JSON.stringify([
    settings.rpoSeconds,
    settings.isQuiesced,
    settings.retentionRules.map(({ count, distanceSeconds }) => [count, distanceSeconds]),
    settings.journalHistorySeconds,
    settings.slaProfileName,
  ])

export const toReplicationFields = (replication: Replication): DecisiveFields => ({
  ...toCommonFields(replication),
  group: replication.groupNativeId ?? '',
  settings: toSettingsText(replication.settings),
})

const isSameInCommon = (one: ProtectedObject, other: ProtectedObject): boolean =>
  one.name === other.name &&
  one.state === other.state &&
  one.health === other.health &&
  one.purpose === other.purpose &&
  one.isReversed === other.isReversed &&
  one.rpo.verdict === other.rpo.verdict &&
  one.recovery === other.recovery &&
  one.source === other.source &&
  one.destination === other.destination &&
  one.vendorState === other.vendorState

/** True when the two are known to have the same fields without making them: they are made of the same parts. */
export const isSameGroup = (one: ProtectionGroup, other: ProtectionGroup): boolean =>
  one === other ||
  (isSameInCommon(one, other) &&
    one.priority === other.priority &&
    one.vmCount === other.vmCount &&
    one.lastTestedAt === other.lastTestedAt)

/** As {@link isSameGroup}. */
export const isSameReplication = (one: Replication, other: Replication): boolean =>
  one === other ||
  (isSameInCommon(one, other) && one.groupNativeId === other.groupNativeId && one.settings === other.settings)
