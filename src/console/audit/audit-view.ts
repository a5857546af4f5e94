import type { AuditFilter, AuditKind } from '../generated/graphql.ts'
import type { Status } from '../status.ts'

const statuses: Readonly<Record<AuditKind, Status>> = {
  INTENDED: 'neutral',
  REFUSED: 'warn',
  REPLAYED: 'neutral',
  NOT_SENT: 'paused',
  ACCEPTED: 'neutral',
  REFUSED_BY_VENDOR: 'warn',
  OUTCOME_UNKNOWN: 'critical',
  ADOPTED: 'ok',
  DID_NOT_HAPPEN: 'warn',
  SUCCEEDED: 'ok',
  FAILED: 'critical',
  CANCELLED: 'paused',
}

export const auditStatus = (kind: AuditKind): Status => statuses[kind] ?? 'unknown'

export const auditKinds = Object.keys(statuses).filter((word): word is AuditKind => word in statuses)

/** What the log shows; it stands in the link to it. */
export interface AuditView {
  /** Null for all. */
  readonly kind: AuditKind | null
  /** Null for everybody. */
  readonly caller: string | null
}

export const parseAuditView = (params: URLSearchParams): AuditView => ({
  kind: auditKinds.find((kind) => kind === params.get('kind')) ?? null,
  caller: params.get('caller'),
})

export const printAuditView = ({ kind, caller }: AuditView): URLSearchParams => {
  const params = new URLSearchParams()
  if (kind !== null) params.set('kind', kind)
  if (caller !== null) params.set('caller', caller)
  return params
}

export const toAuditFilter = ({ kind, caller }: AuditView): AuditFilter => ({
  ...(kind === null ? {} : { kinds: [kind] }),
  ...(caller === null ? {} : { callers: [caller] }),
})
