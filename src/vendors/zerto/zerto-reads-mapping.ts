import type { Alert, AlertLevel, AlertSubject } from '../../domain/alert.ts'
import { toGlobalId } from '../../domain/global-id.ts'
import type { HistoryEvent } from '../../domain/history-event.ts'
import type { ProtectionProfile } from '../../domain/protection-profile.ts'
import type { RecoveryKind, RecoveryReport } from '../../domain/recovery-report.ts'
import type { Appliance, License } from '../../domain/site-condition.ts'
import { findVendorDate, toVendorDate } from './zerto-dates.ts'
import { alertEntities, alertLevels, eventTypes, findEnumName, toEnumText, vraStatuses } from './zerto-enums.ts'
import { isNativeId } from './zerto-ids.ts'
import type {
  WireAlert,
  WireEvent,
  WireLicense,
  WireRecoveryReport,
  WireServiceProfile,
  WireVra,
} from './zerto-reads-wire.ts'
import { findSpanSeconds } from './zerto-time-spans.ts'
import { emptyToNull } from './zerto-units.ts'

const toDate = (text: string | null, utcOffsetMinutes: number): Date | null =>
  text === null ? null : findVendorDate(text, utcOffsetMinutes)

const levels: Readonly<Record<(typeof alertLevels)[number], AlertLevel>> = { Warning: 'WARNING', Error: 'ERROR' }

const subjects: Readonly<Record<(typeof alertEntities)[number], AlertSubject>> = {
  Zvm: 'SITE',
  Vra: 'APPLIANCE',
  Vpg: 'GROUP',
  CloudConnector: 'APPLIANCE',
  Storage: 'STORAGE',
  License: 'LICENSE',
  Zcm: 'SITE',
  FileRecoveryComponent: 'OTHER',
}

const toGroupIds = (identifiers: readonly (string | null)[]): readonly string[] =>
  identifiers.flatMap((identifier) => {
    const nativeId = identifier?.toLowerCase() ?? ''
    return isNativeId('ProtectionGroup', nativeId) ? [toGlobalId('ProtectionGroup', 'ZERTO', nativeId)] : []
  })

/** @param ownSiteId GUID of the asked site, for an alert that names none. */
export const toAlert = (alert: WireAlert, ownSiteId: string, utcOffsetMinutes: number): Alert => {
  const level = alert.Level === null ? null : findEnumName(alertLevels, alert.Level)
  const entity = alert.Entity === null ? null : findEnumName(alertEntities, alert.Entity)
  const siteId = emptyToNull(alert.Site?.identifier ?? null)?.toLowerCase() ?? ownSiteId
  return {
    id: toGlobalId('Alert', 'ZERTO', alert.AlertIdentifier),
    vendor: 'ZERTO',
    nativeId: alert.AlertIdentifier,
    level: level === null ? 'UNKNOWN' : levels[level],
    subject: entity === null ? 'OTHER' : subjects[entity],
    code: emptyToNull(alert.HelpIdentifier),
    description: alert.Description ?? '',
    turnedOnAt: toDate(alert.TurnedOn, utcOffsetMinutes),
    isDismissed: alert.IsDismissed ?? false,
    isDerived: false,
    siteId: toGlobalId('Site', 'ZERTO', siteId),
    targetIds: toGroupIds(alert.AffectedVpgs.map(({ identifier }) => identifier)),
  }
}

/** The VPGs an event is about; none where it does not tell. */
export const toEventGroups = (event: WireEvent): readonly string[] =>
  [
    ...(event.RelatedEntities?.Vpgs ?? []).map(({ identifier }) => identifier),
    ...event.Vpgs.map(({ VpgIdentifier }) => VpgIdentifier),
  ].flatMap((identifier) => emptyToNull(identifier)?.toLowerCase() ?? [])

/** An entry of the site's history. A type without a public name is its number. */
export const toHistoryEvent = (event: WireEvent, utcOffsetMinutes: number): HistoryEvent => ({
  vendorId: event.EventIdentifier,
  at: toVendorDate(event.OccurredOn, utcOffsetMinutes),
  vendorOperation: toEnumText(eventTypes, event.EventType) ?? eventTypes[0],
  description: event.Description ?? '',
  user: emptyToNull(event.UserName),
  wasSuccessful: event.EventCompletedSuccessfully,
})

const recoveryKinds: Readonly<Record<string, RecoveryKind>> = {
  failover: 'FAILOVER',
  failovertest: 'TEST_FAILOVER',
  move: 'MOVE',
}

/** The words of the filter `state` of the reports; that `Status` has the same ones is inferred. */
const verdicts: Readonly<Record<string, boolean>> = {
  success: true,
  succeeded: true,
  fail: false,
  failed: false,
  failure: false,
}

const lookUp = <T>(table: Readonly<Record<string, T>>, word: string | number | null): T | null => {
  const key = String(word ?? '')
    .trim()
    .toLowerCase()
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null
}

/** `RtoInSeconds` is a number in a string; older texts are spans of time (inferred). */
const toRtoSeconds = (text: string | null): number | null => {
  const trimmed = text?.trim() ?? ''
  return /^\d{1,9}(?:\.\d+)?$/.test(trimmed) ? Math.round(Number(trimmed)) : findSpanSeconds(trimmed)
}

/** What the site wrote down of a failover, move or test. */
export const toRecoveryReport = (report: WireRecoveryReport, utcOffsetMinutes: number): RecoveryReport => {
  const general = report.General
  const date = (text: string | null | undefined): Date | null => toDate(text ?? null, utcOffsetMinutes)
  const nativeId = report.RecoveryOperationIdentifier
  return {
    id: toGlobalId('RecoveryReport', 'ZERTO', nativeId),
    vendor: 'ZERTO',
    nativeId,
    kind: lookUp(recoveryKinds, general?.RecoveryType ?? null) ?? 'UNKNOWN',
    name: general?.VpgName ?? '',
    groupId: toGroupIds([general?.VpgIdentifier ?? null])[0] ?? null,
    protectedSiteName: emptyToNull(general?.ProtectedSiteName ?? null),
    recoverySiteName: emptyToNull(general?.RecoverySiteName ?? null),
    startedAt: date(general?.StartTime),
    endedAt: date(general?.EndTime),
    rtoSeconds: toRtoSeconds(general?.RtoInSeconds ?? null),
    recoveredTo: date(general?.PointInTime),
    wasSuccessful: lookUp(verdicts, general?.Status ?? null),
    initiatedBy: emptyToNull(general?.InitiatedBy ?? null),
    notes: emptyToNull(general?.Notes ?? null),
    vmNames: (report.RecoverySettings?.Vms ?? []).flatMap(({ VmName }) => emptyToNull(VmName) ?? []),
    steps: (report.RecoverySettings?.Steps ?? []).map((step) => ({
      description: step.Description ?? '',
      result: emptyToNull(step.Result),
      startedAt: date(step.StartTime),
      endedAt: date(step.EndTime),
    })),
  }
}

/** A service profile; journal limits in percent have no common name and are left to the vendor's own interface. */
export const toProtectionProfile = (profile: WireServiceProfile): ProtectionProfile => ({
  vendor: 'ZERTO',
  vendorId: profile.ServiceProfileIdentifier,
  name: profile.ServiceProfileName ?? profile.ServiceProfileIdentifier,
  description: emptyToNull(profile.Description),
  rpoSeconds: findSpanSeconds(profile.Rpo),
  journalHistorySeconds: findSpanSeconds(profile.History),
  retentionRules: [],
  isQuiesced: null,
  testIntervalSeconds: findSpanSeconds(profile.TestInterval),
})

/** A VRA. Without `VraIdentifierStr` the link's identifier, and then the name, stand for the number that JSON breaks. */
export const toAppliance = (vra: WireVra): Appliance => ({
  vendorId: emptyToNull(vra.VraIdentifierStr) ?? emptyToNull(vra.Link?.identifier ?? null) ?? vra.VraName,
  name: vra.VraName,
  hostName: emptyToNull(vra.HostDisplayName),
  status: toEnumText(vraStatuses, vra.Status) ?? 'Unknown',
  version: emptyToNull(vra.VraVersion),
  ipAddress: emptyToNull(vra.VraNetworkDataApi?.VraIPAddress ?? null) ?? emptyToNull(vra.IpAddress),
})

/** @param license Null where the site says that it has none. */
export const toLicense = (license: WireLicense | null, utcOffsetMinutes: number): License => {
  const maxVms = license?.Details?.MaxVms ?? null
  return {
    type: emptyToNull(license?.Details?.LicenseType ?? null),
    isLicensed: license !== null && license.Details !== null,
    expiresAt: toDate(license?.Details?.ExpiryTime ?? null, utcOffsetMinutes),
    // Zero or less would be a licence for nothing: it is taken for "no limit" (inferred).
    maxVms: maxVms === null || maxVms <= 0 ? null : maxVms,
    usedVms: license?.Usage?.TotalVmsCount ?? null,
  }
}
