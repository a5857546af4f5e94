import type { Health, ProtectionState, ReadinessVerdict, RpoVerdict, TaskState, Vendor } from './generated/graphql.ts'
import { vendorParts } from './vendors/registry.ts'

/** What the palette has a colour and a shape for. */
export type Status = 'ok' | 'warn' | 'critical' | 'unknown' | 'busy' | 'paused' | 'neutral'

// Words that are newer than this page fall through to `unknown`: the gateway may learn states before its pages do.
const find = <Word extends string>(table: Readonly<Record<Word, Status>>, word: Word): Status =>
  table[word] ?? 'unknown'

const byHealth: Readonly<Record<Health, Status>> = {
  HEALTHY: 'ok',
  WARNING: 'warn',
  CRITICAL: 'critical',
  UNKNOWN: 'unknown',
}

export const healthStatus = (health: Health): Status => find(byHealth, health)

const byState: Readonly<Record<ProtectionState, Status>> = {
  INITIALIZING: 'busy',
  SYNCING: 'busy',
  PROTECTED: 'ok',
  NOT_MEETING_TARGET: 'warn',
  PAUSED: 'paused',
  TESTING: 'busy',
  FAILING_OVER: 'busy',
  MOVING: 'busy',
  AWAITING_COMMIT: 'warn',
  COMMITTING: 'busy',
  ROLLING_BACK: 'busy',
  RECOVERED: 'ok',
  NEEDS_CONFIGURATION: 'critical',
  DISCONNECTED: 'critical',
  ERROR: 'critical',
  DELETING: 'busy',
  UNKNOWN: 'unknown',
}

export const stateStatus = (state: ProtectionState): Status => find(byState, state)

const byVerdict: Readonly<Record<RpoVerdict, Status>> = {
  MEETING: 'ok',
  VIOLATING: 'critical',
  NEVER_SYNCED: 'warn',
  NOT_MEASURED: 'unknown',
}

export const verdictStatus = (verdict: RpoVerdict): Status => find(byVerdict, verdict)

const byReadiness: Readonly<Record<ReadinessVerdict, Status>> = {
  READY: 'ok',
  NOT_VERIFIED: 'unknown',
  AT_RISK: 'warn',
  NOT_READY: 'critical',
}

export const readinessStatus = (verdict: ReadinessVerdict): Status => find(byReadiness, verdict)

const byTaskState: Readonly<Record<TaskState, Status>> = {
  ACCEPTED: 'busy',
  RUNNING: 'busy',
  AWAITING_DECISION: 'warn',
  SUCCEEDED: 'ok',
  FAILED: 'critical',
  CANCELLED: 'paused',
  OUTCOME_UNKNOWN: 'critical',
  UNKNOWN: 'unknown',
}

export const taskStatus = (state: TaskState): Status => find(byTaskState, state)

/** States of a task that never change. */
export const isFinalTask = (state: TaskState): boolean => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(state)

const acronyms: Readonly<Record<string, string>> = { rpo: 'RPO', vm: 'VM' }

/** A word of the schema for people: `AWAITING_COMMIT` becomes `Awaiting commit`. */
export const toWords = (word: string): string => {
  const text = word
    .toLowerCase()
    .split('_')
    .map((part) => acronyms[part] ?? part)
    .join(' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** The one way a product is written: acronyms stay, names are names. */
export const vendorWords = (vendor: Vendor): string => vendorParts[vendor].name
