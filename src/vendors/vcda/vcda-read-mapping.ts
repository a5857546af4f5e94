import type { HistoryEvent } from '../../domain/history-event.ts'
import type { ProtectionProfile } from '../../domain/protection-profile.ts'
import type { Appliance, License } from '../../domain/site-condition.ts'
import type { ResourceKind, SiteResource } from '../../domain/site-resource.ts'
import type { UsageSample } from '../../domain/usage.ts'
import { minutesToSeconds, toDate, toErrorText, toRetentionRules } from './vcda-details.ts'
import type { DataPointsWire, InventoryItemWire, LicenseWire, ReplicatorWire } from './vcda-read-wire.ts'
import { toTaskState } from './vcda-states.ts'
import type { SlaProfileWire, TaskWire } from './vcda-wire.ts'

const successOf: Readonly<Partial<Record<ReturnType<typeof toTaskState>, boolean>>> = {
  SUCCEEDED: true,
  FAILED: false,
}

/** A task as something that happened; null for one without a time, which has no place in a history. */
export const findHistoryEvent = (wire: TaskWire): HistoryEvent | null => {
  const at = toDate(wire.startTime) ?? toDate(wire.lastUpdated)
  if (at === null) return null
  const operation = wire.workflowInfo?.type ?? 'unknown'
  const state = toTaskState(wire.state)
  const error = state === 'FAILED' ? toErrorText(wire.error) : null
  const name = wire.workflowInfo?.resourceName
  return {
    vendorId: wire.id,
    at,
    vendorOperation: operation,
    description: [name ? `${operation} of ${name}` : operation, error].filter((part) => part !== null).join(': '),
    user: wire.user ?? null,
    wasSuccessful: successOf[state] ?? null,
  }
}

/** An SLA profile. `rpo` and `distance` are minutes. */
export const toProtectionProfile = (wire: SlaProfileWire): ProtectionProfile => ({
  vendor: 'VCDA',
  vendorId: wire.id,
  name: wire.displayName ?? wire.id,
  description: wire.description ?? null,
  rpoSeconds: minutesToSeconds(wire.rpo),
  journalHistorySeconds: null,
  retentionRules: toRetentionRules(wire.retentionPolicy?.rules),
  isQuiesced: wire.quiesced ?? null,
  testIntervalSeconds: null,
})

const hostOf = (url: string | null | undefined): string | null =>
  url !== null && url !== undefined && URL.canParse(url) ? new URL(url).hostname : null

/** The vendor has no word for how a Replicator is: its maintenance and its errors are put into one. */
const toApplianceStatus = ({ isInMaintenanceMode, state }: ReplicatorWire): string => {
  if (isInMaintenanceMode === true) return 'MAINTENANCE'
  const error = state?.incomingCommError ?? state?.outgoingCommError
  return error === null || error === undefined ? 'OK' : (error.code ?? 'ERROR')
}

/** A Replicator. */
export const toAppliance = (wire: ReplicatorWire): Appliance => ({
  vendorId: wire.id,
  name: wire.description || hostOf(wire.apiUrl) || wire.id,
  hostName: hostOf(wire.apiUrl),
  status: toApplianceStatus(wire),
  version: wire.buildVersion ?? wire.apiVersion ?? null,
  ipAddress: wire.dataAddress ?? null,
})

const toMoment = (value: string | number | null | undefined): Date | null => {
  if (typeof value !== 'string') return toDate(value)
  const date = new Date(/^\d+$/.test(value) ? Number(value) : value)
  return toDate(date.getTime())
}

/** What the site may do; how many machines it may protect and does is not told here. */
export const toLicense = (wire: LicenseWire): License => ({
  type: null,
  isLicensed: wire.isLicensed === true,
  expiresAt: toMoment(wire.expirationDate),
  maxVms: null,
  usedVms: null,
})

/** The points that have a time and a size, the oldest first. */
export const toUsageSamples = (wire: DataPointsWire): readonly UsageSample[] =>
  (wire.samples ?? [])
    .flatMap(({ bytes, timestamp }) => {
      const at = toDate(timestamp)
      return at === null || typeof bytes !== 'number' || bytes < 0 ? [] : [{ at, bytes: Math.round(bytes) }]
    })
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())

/** Series of several machines as one: the bytes of each moment together. */
export const sumUsage = (series: readonly (readonly UsageSample[])[]): readonly UsageSample[] => {
  const bytesAt = new Map<number, number>()
  for (const { at, bytes } of series.flat()) bytesAt.set(at.getTime(), (bytesAt.get(at.getTime()) ?? 0) + bytes)
  return [...bytesAt]
    .map(([time, bytes]) => ({ at: new Date(time), bytes }))
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
}

/** An item of the inventory. */
export const toSiteResource = (kind: ResourceKind, wire: InventoryItemWire): SiteResource => ({
  kind,
  vendorId: wire.id,
  name: wire.name ?? wire.id,
  parentVendorId: wire.vappId ?? wire.vdcId ?? null,
  organization: wire.org ?? wire.orgName ?? null,
  capacityBytes: wire.capacity ?? null,
  freeBytes: wire.freeSpace ?? null,
  status: wire.status ?? null,
})

/** By name, and by id where names are the same. */
export const byName = <T extends { readonly name: string; readonly vendorId: string }>(
  items: readonly T[],
): readonly T[] =>
  items.toSorted((one, other) => one.name.localeCompare(other.name) || one.vendorId.localeCompare(other.vendorId))
