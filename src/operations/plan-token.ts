import { createHash } from 'node:crypto'
import * as z from 'zod'
import { DomainError } from '../domain/errors.ts'
import type { ReplicationEnd } from '../domain/protection.ts'
import type { WireCall } from '../domain/task.ts'
import { toCanonicalJson } from '../std/canonical-json.ts'
import type { FreshTarget } from './operation.ts'
import { listPlanWarnings } from './plan-warnings.ts'
import type { RecoveryCommand, RecoverySurvey } from './recovery-survey.ts'

const callSchema = z.object({
  /** `POST /path`. */
  call: z.string(),
  bodyHash: z.string(),
  /** Member of the body -> hash of its value. Left out where there are too many. */
  members: z.record(z.string(), z.string()).optional(),
})

const factsSchema = z.object({
  state: z.string(),
  phase: z.string(),
  pending: z.string().nullable(),
  test: z.string().nullable(),
  /** SOURCE or DESTINATION -> whether that site answered; null where it could not be asked. */
  sites: z.record(z.string(), z.boolean().nullable()),
  direction: z.object({ from: z.string(), to: z.string(), hash: z.string() }),
  /** Hash of the id -> name; null where there are too many to name. */
  members: z.record(z.string(), z.string()).nullable(),
  membersHash: z.string(),
  warnings: z.array(z.string()),
  /** Whether the chosen recovery point is there; null when the newest was asked for: that is another one all the time. */
  hasPoint: z.boolean().nullable(),
  calls: z.array(callSchema),
})

/** What a plan was made from, as far as a change of it makes another plan. */
export type PlanFacts = Readonly<z.infer<typeof factsSchema>>

const tokenSchema = z.object({
  version: z.literal(1),
  operation: z.enum(['FAILOVER', 'MOVE']),
  targetId: z.string(),
  plannedAt: z.iso.datetime(),
  facts: factsSchema,
})

/** What a plan token says. */
export interface PlanToken {
  readonly operation: 'FAILOVER' | 'MOVE'
  /** Global id. */
  readonly targetId: string
  readonly plannedAt: Date
  readonly facts: PlanFacts
}

/** A token is never longer, in characters. */
export const longestPlanToken = 8 * 1024

// Together with all that has a fixed length, these stay below the longest token once they are in base64.
const mostMemberBytes = 2_400
const mostCallBytes = 1_200
const longestName = 60

const toHash = (value: unknown, length = 12): string =>
  createHash('sha256').update(toCanonicalJson(value)).digest('hex').slice(0, length)

const toShortName = (name: string): string => name.slice(0, longestName)

const fits = (value: unknown, mostBytes: number): boolean => Buffer.byteLength(JSON.stringify(value)) <= mostBytes

const toDirection = (source: ReplicationEnd, destination: ReplicationEnd): PlanFacts['direction'] => ({
  from: toShortName(source.siteName),
  to: toShortName(destination.siteName),
  hash: toHash([source.siteId, destination.siteId]),
})

const toCallFacts = (calls: readonly WireCall[]): PlanFacts['calls'] => {
  const facts = calls.map(({ method, path, body }) => {
    const call = `${method} ${path}`
    const isRecord = typeof body === 'object' && body !== null && !Array.isArray(body)
    const members = isRecord ? Object.entries(body).map(([name, value]) => [name, toHash(value, 6)] as const) : []
    return { call, bodyHash: toHash(body), members: Object.fromEntries(members) }
  })
  if (fits(facts, mostCallBytes)) return facts
  const bare = facts.map(({ call, bodyHash }) => ({ call, bodyHash }))
  return fits(bare, mostCallBytes) ? bare : [{ call: `${calls.length} calls`, bodyHash: toHash(calls) }]
}

/** What a plan depends on, from what was read. Pure. */
export const toPlanFacts = (
  command: RecoveryCommand,
  fresh: FreshTarget,
  survey: RecoverySurvey,
  calls: readonly WireCall[],
): PlanFacts => {
  const { state, recovery, source, destination } = fresh.object
  const { machines, hidden } = survey
  // A token can be read: what its maker may not see has no name in it, and counts all the same.
  const ordered = [...machines, ...hidden.machines].toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const members = Object.fromEntries(machines.map(({ id, name }) => [toHash(id), toShortName(name)]))
  return {
    state,
    phase: recovery.phase,
    pending: recovery.pending,
    test: recovery.isTestRunning ? (recovery.testStage ?? 'RUNNING') : null,
    sites: { SOURCE: survey.source.isReachable, DESTINATION: survey.destination.isReachable },
    direction: toDirection(source, destination),
    members: fits(members, mostMemberBytes) ? members : null,
    membersHash: toHash(ordered.map(({ id, name }) => [id, name])),
    warnings: [...new Set(listPlanWarnings(command, fresh, survey).map(({ code }) => code))],
    hasPoint: survey.recoveryPoint?.isThere ?? null,
    calls: toCallFacts(calls),
  }
}

/**
 * The token of a plan: whole in itself, so that it outlives the process and is good at another one. It is no secret, and
 * gives nobody a right.
 */
export const toPlanToken = ({ operation, targetId, plannedAt, facts }: PlanToken): string => {
  const token: z.infer<typeof tokenSchema> = {
    version: 1,
    operation,
    targetId,
    plannedAt: plannedAt.toISOString(),
    facts,
  }
  return Buffer.from(JSON.stringify(token), 'utf8').toString('base64url')
}

/** @throws INVALID_INPUT for what is no token of this gateway. */
export const parsePlanToken = (token: string): PlanToken => {
  const refused = DomainError.invalidInput('input.planToken', 'is not the token of a plan: plan again')
  if (token.length > longestPlanToken) throw refused
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
  } catch {
    throw refused
  }
  const { data } = tokenSchema.safeParse(parsed)
  if (data === undefined) throw refused
  const { operation, targetId, plannedAt, facts } = data
  return { operation, targetId, plannedAt: new Date(plannedAt), facts }
}
