import type { Alert, AlertLevel } from '../domain/alert.ts'
import { toGlobalId, type NodeKind } from '../domain/global-id.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { Seen } from './merge-observations.ts'

interface Finding {
  /** Part of the alert's id: the same trouble keeps its alert. */
  readonly code: string
  readonly level: AlertLevel
  readonly description: string
}

const toMinutes = (seconds: number): number => Math.ceil(seconds / 60)

/** What is wrong with an object, the worst first. One row each: what it takes, and what is said. */
const findings: readonly ((object: ProtectedObject) => Finding | null)[] = [
  ({ name, state, vendorState }) =>
    state === 'ERROR' ? { code: 'error', level: 'ERROR', description: `${name} is in error (${vendorState})` } : null,
  ({ name, state }) =>
    state === 'DISCONNECTED'
      ? { code: 'disconnected', level: 'ERROR', description: `The two sites of ${name} do not see each other` }
      : null,
  ({ name, state, health, vendorState }) =>
    health === 'CRITICAL' && state !== 'ERROR' && state !== 'DISCONNECTED'
      ? { code: 'critical', level: 'ERROR', description: `${name} is in critical health (${vendorState})` }
      : null,
  ({ name, rpo }) =>
    rpo.verdict === 'VIOLATING'
      ? {
          code: 'rpo',
          level: 'WARNING',
          description: `${name} misses its recovery point objective by ${toMinutes(rpo.violationSeconds ?? 0)} min`,
        }
      : null,
  ({ name, state }) =>
    state === 'PAUSED'
      ? { code: 'paused', level: 'WARNING', description: `${name} is paused: nothing is protected` }
      : null,
]

const toAlerts = (object: Seen<ProtectedObject>): readonly Alert[] => {
  const kind: NodeKind = 'vmCount' in object ? 'ProtectionGroup' : 'Replication'
  return findings.flatMap((find) => {
    const finding = find(object)
    if (finding === null) return []
    const { code, level, description } = finding
    const nativeId = `${code}/${object.nativeId}`
    return [
      {
        id: toGlobalId('Alert', object.vendor, nativeId),
        vendor: object.vendor,
        nativeId,
        level,
        subject: kind === 'ProtectionGroup' ? 'GROUP' : 'REPLICATION',
        code: null,
        description,
        turnedOnAt: null,
        isDismissed: false,
        isDerived: true,
        siteId: object.observations[0]?.siteId ?? object.destination.siteId,
        targetIds: [object.id],
      },
    ]
  })
}

/** Alerts for objects of vendors that raise none, concluded from what the lists say. The same trouble keeps its id. */
export const deriveAlerts = (objects: readonly Seen<ProtectedObject>[]): readonly Alert[] => objects.flatMap(toAlerts)
