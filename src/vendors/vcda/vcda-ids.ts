import type { NodeKind } from '../../domain/global-id.ts'
import { replicationIdPattern, vappReplicationIdPattern } from './vcda-wire.ts'

// `replica-<uuid>` and `h4replica-<uuid>` were seen. Nothing that means something in a path or a query.
const instanceKeyPattern = /^[A-Za-z0-9][\w-]{0,127}$/

// The vendor's rules for site names were not found: letters, digits and what separates words.
const siteNamePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,127}$/u

/** A recovery point's owner and its own key; null for any other text. */
export const findRecoveryPointParts = (
  nativeId: string,
): { readonly replicationId: string; readonly instanceKey: string } | null => {
  const [replicationId = '', instanceKey = '', ...rest] = nativeId.split('/')
  if (rest.length > 0 || !replicationIdPattern.test(replicationId) || !instanceKeyPattern.test(instanceKey)) return null
  return { replicationId, instanceKey }
}

export const toRecoveryPointNativeId = (replicationId: string, instanceKey: string): string =>
  `${replicationId}/${instanceKey}`

// The plan and its execution; both are uuids in the reference, neither is relied on to be one.
const reportPattern = /^[A-Za-z0-9][\w-]{0,63}\/[A-Za-z0-9][\w-]{0,63}$/

/** The vendor raises no alerts: these are conclusions of the gateway, and this one is nobody's command to carry out. */
const alertPattern = /^[a-z-]{1,32}\/C4(VAPP)?-[0-9a-f-]{36}$/i

const patternOf = {
  Replication: replicationIdPattern,
  ProtectionGroup: vappReplicationIdPattern,
  Site: siteNamePattern,
  RecoveryReport: reportPattern,
  Alert: alertPattern,
} as const

/** The native id of a recovery plan's report. */
export const toReportNativeId = (planId: string, executionId: string): string => `${planId}/${executionId}`

/**
 * True when the native id has this vendor's form: `C4-<uuid>`, `C4VAPP-<uuid>`, a site's name,
 * `C4-<uuid>/<instance key>`, or `<plan>/<execution>` of a report. A task's native id is the gateway's own number: it is
 * never this vendor's to judge.
 */
export const ownsVcdaId = (kind: NodeKind, nativeId: string): boolean => {
  if (kind === 'RecoveryPoint') return findRecoveryPointParts(nativeId) !== null
  return kind === 'Task' ? /^\d{1,18}$/.test(nativeId) : patternOf[kind].test(nativeId)
}
