import { findRefusal, judgeActions, type ActionFacts } from '../domain/action-rules.ts'
import { requireCapability, type Capabilities } from '../domain/capabilities.ts'
import { DomainError } from '../domain/errors.ts'
import { toGlobalId } from '../domain/global-id.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import { isTaskInSight, type Sight } from '../domain/sight.ts'
import type { Task } from '../domain/task.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { ActionCommand, FreshTarget, OptionBlock } from './operation.ts'

const longestKey = 200
const longestReason = 2000

/** @throws INVALID_INPUT */
export const requireKeyAndReason = (key: string, reason: string | null): void => {
  if (key.trim() === '' || key.length > longestKey) {
    throw DomainError.invalidInput('input.idempotencyKey', `needs 1 to ${longestKey} characters`)
  }
  if (reason !== null && reason.length > longestReason) {
    throw DomainError.invalidInput('input.reason', `has more than ${longestReason} characters`)
  }
}

/** The vendor's own block, or null. Another vendor's block is refused, never ignored. @throws INVALID_INPUT */
export const requireOwnOptions = (blocks: readonly OptionBlock[], vendor: Vendor): OptionBlock['value'] | null => {
  const foreign = blocks.find((block) => block.vendor !== vendor)
  if (foreign !== undefined) {
    throw DomainError.invalidInput(foreign.path, `is for ${foreign.vendor}, and the target belongs to ${vendor}`)
  }
  return blocks[0]?.value ?? null
}

/** @throws INVALID_INPUT when the site cannot keep the objective. */
export const requireRpo = (rpoSeconds: number | null, { minRpoSeconds, maxRpoSeconds }: Capabilities): void => {
  if (rpoSeconds === null) return
  const path = 'input.rpoSeconds'
  if (minRpoSeconds !== null && rpoSeconds < minRpoSeconds) {
    throw DomainError.invalidInput(path, `${rpoSeconds} is below the ${minRpoSeconds} that this site can keep`)
  }
  if (maxRpoSeconds !== null && rpoSeconds > maxRpoSeconds) {
    throw DomainError.invalidInput(path, `${rpoSeconds} is above the ${maxRpoSeconds} that this site takes`)
  }
}

const toFacts = ({ target, object }: FreshTarget, capabilities: Capabilities): ActionFacts => ({
  kind: target.kind,
  state: object.state,
  recovery: object.recovery,
  capabilities,
})

const invalidState = (fresh: FreshTarget, capabilities: Capabilities, message: string): DomainError => {
  const availableActions = judgeActions(toFacts(fresh, capabilities))
    .filter(({ available }) => available)
    .map(({ action }) => action)
  return new DomainError({ code: 'INVALID_STATE', message, state: fresh.object.state, availableActions })
}

/** @throws CAPABILITY_UNSUPPORTED, INVALID_INPUT, INVALID_STATE */
export const requireAllowed = (command: ActionCommand, fresh: FreshTarget, capabilities: Capabilities): void => {
  const { operation } = command
  requireCapability(capabilities, operation, fresh.target.vendor)
  if ('memberNativeIds' in command && command.memberNativeIds !== null) {
    requireCapability(capabilities, 'RECOVER_SOME_MEMBERS', fresh.target.vendor)
  }
  const reason = findRefusal(operation, toFacts(fresh, capabilities))
  if (reason === null) return
  if (!capabilities.actsOn[operation].includes(fresh.target.kind)) {
    throw DomainError.invalidInput('input.targetId', reason)
  }
  throw invalidState(fresh, capabilities, `${fresh.object.name}: ${reason}`)
}

/** Work that waits for a decision is only a hindrance to what does not decide it. */
const decides = new Set<ActionCommand['operation']>([
  'COMMIT_FAILOVER',
  'ROLLBACK_FAILOVER',
  'COMMIT_MOVE',
  'ROLLBACK_MOVE',
  'STOP',
])

/** What an action ends: a task of that kind is no hindrance to it. */
const ends: Partial<Record<ActionCommand['operation'], Task['operation']>> = { ABORT_CLONE: 'START_CLONE' }

// As long as a lost outcome is looked for. Whoever acts after that has looked at the vendor himself.
const lostHindersMs = 24 * 60 * 60 * 1000

const isGivenUp = ({ state, startedAt }: Task, now: Date): boolean =>
  state === 'OUTCOME_UNKNOWN' && now.getTime() - startedAt.getTime() > lostHindersMs

/**
 * What others have started hinders only where it is known what it does, and that it still goes on: a site that has forgotten
 * its own work says nothing against an operation which the target itself allows.
 */
const isNoConcern = ({ dispatch, operation, state }: Task): boolean =>
  dispatch === 'FOREIGN' && (operation === 'OTHER' || state === 'OUTCOME_UNKNOWN')

/** Whether an open task on the same target stands in the way of a command. Pure. */
export const isHindrance = (command: ActionCommand, open: Task, now: Date): boolean => {
  const { operation, state } = open
  if (isGivenUp(open, now) || isNoConcern(open)) return false
  return ends[command.operation] !== operation && (state !== 'AWAITING_DECISION' || !decides.has(command.operation))
}

/** Global ids of all that an operation on the target works on: itself, the group it is in, the machines that are in it. */
export const listExclusiveIds = async (
  { target, object }: FreshTarget,
  directory: TargetDirectory,
): Promise<readonly string[]> => {
  if (target.kind === 'ProtectionGroup') {
    return [object.id, ...(await directory.listMachines(target)).map(({ id }) => id)]
  }
  const groupNativeId = 'groupNativeId' in object ? object.groupNativeId : null
  return groupNativeId === null ? [object.id] : [object.id, toGlobalId('ProtectionGroup', target.vendor, groupNativeId)]
}

/** The refusal that names the other task, where the caller may know of it. */
export const toHindered = (
  fresh: FreshTarget,
  capabilities: Capabilities,
  other: Task,
  sight: Sight | null,
): DomainError => {
  const isTold = sight === null || isTaskInSight(sight, other)
  const said = isTold
    ? `${other.operation} is still under way on it as task ${other.id} (${other.state})`
    : 'another operation, which you may not see, is still under way on it'
  return invalidState(fresh, capabilities, `${fresh.object.name}: ${said}`)
}

/** One operation on a target at a time. @throws INVALID_STATE naming the other task. */
export const requireIdle = async (
  command: ActionCommand,
  fresh: FreshTarget,
  around: {
    readonly ids: readonly string[]
    readonly capabilities: Capabilities
    readonly journal: Journal
    readonly sight: Sight | null
    readonly now: Date
  },
): Promise<void> => {
  const open = (await Promise.all(around.ids.map((id) => around.journal.listOpenTasksOf(id)))).flat()
  const other = open.find((task) => isHindrance(command, task, around.now))
  if (other !== undefined) throw toHindered(fresh, around.capabilities, other, around.sight)
}

/** A commit with the vendor's own block of what it commits, as that was asked for here. */
export const withPendingOptions = async <C extends ActionCommand>(command: C, id: string, journal: Journal) => {
  if (command.operation !== 'COMMIT_FAILOVER' && command.operation !== 'COMMIT_MOVE') return command
  const pending = command.operation === 'COMMIT_FAILOVER' ? 'FAILOVER' : 'MOVE'
  const open = (await journal.listOpenTasksOf(id)).find(({ operation }) => operation === pending)
  return { ...command, pendingOptions: open?.request?.options ?? null }
}
