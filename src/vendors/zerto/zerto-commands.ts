/**
 * The calls on a VPG, body by body as the vendor's page "VPGs: POST" prints them. Whatever has a default at the vendor
 * is sent all the same: those defaults differ between versions and between sites.
 */
import type * as z from 'zod'
import type { Action } from '../../domain/actions.ts'
import type { AlertCommand, Command, CommandOf, VendorOptions } from '../../domain/command.ts'
import { DomainError } from '../../domain/errors.ts'
import type { DecisionPolicy, TaskTarget, WireCall } from '../../domain/task.ts'
import { zertoCapabilities } from './zerto-capabilities.ts'
import { findRecoveryPointParts, findReplicationParts, isNativeId } from './zerto-ids.ts'
import { optionSchemas, optionsPath, parseInput } from './zerto-options.ts'

/** Commands that are one call. */
export type ActionCommand = Exclude<Command, CommandOf<'START_REPLICATION'> | CommandOf<'UPDATE'>>

/** Numbers in a failover, names in a move: each as the vendor's page prints it. */
const commitPolicyNumbers = { ROLLBACK: 0, COMMIT: 1, MANUAL: 2 } as const
const commitPolicyNames = { ROLLBACK: 'Rollback', COMMIT: 'Commit', MANUAL: 'None' } as const
const shutdownPolicyNumbers = { NONE: 0, GRACEFUL: 1, FORCE: 2 } as const

/** How long a recovery waits before its policy acts; what the vendor's own interface and PowerShell module propose. */
const defaultCommitAfterSeconds = 3600
/** Sent with the manual policy, where nothing is waited for. */
const noWaitSeconds = 0

/** The group and the machines a target means: an empty list is all of them. */
interface Scope {
  readonly vpgId: string
  readonly vmIds: readonly string[]
}

const toScope = (action: Action, target: TaskTarget): Scope => {
  if (target.kind === 'ProtectionGroup') {
    if (!isNativeId('ProtectionGroup', target.nativeId)) throw unknownTarget()
    return { vpgId: target.nativeId, vmIds: [] }
  }
  const parts = findReplicationParts(target.nativeId)
  if (parts === null) throw unknownTarget()
  const actsOn: readonly string[] = zertoCapabilities.actsOn[action]
  if (!actsOn.includes('Replication')) {
    throw DomainError.invalidInput('input.targetId', `${action} acts on whole groups: name the machine's group instead`)
  }
  return { vpgId: parts.vpgId, vmIds: [parts.vmId] }
}

const unknownTarget = (): DomainError => DomainError.invalidInput('input.targetId', 'not an id of this vendor')

/** The VPG that a target means or belongs to. @throws INVALID_INPUT when the action takes whole groups only. */
export const toVpgId = (action: Action, target: TaskTarget): string => toScope(action, target).vpgId

type RecoveryCommand = CommandOf<'FAILOVER'> | CommandOf<'TEST_FAILOVER'> | CommandOf<'START_CLONE'>

const toRecoveryScope = (command: RecoveryCommand): Scope => {
  const scope = toScope(command.operation, command.target)
  if (command.memberNativeIds === null) return scope
  // On this wire an empty list means "all": it must never be what a caller's "none" becomes.
  if (command.memberNativeIds.length === 0) throw DomainError.invalidInput('input.replicationIds', 'names no machine')
  const vmIds = command.memberNativeIds.map((nativeId) => {
    const parts = findReplicationParts(nativeId)
    if (parts !== null && parts.vpgId === scope.vpgId) return parts.vmId
    throw DomainError.invalidInput('input.replicationIds', 'one of them is no member of the group')
  })
  const [single] = scope.vmIds
  if (single !== undefined && vmIds.some((vmId) => vmId !== single)) {
    throw DomainError.invalidInput('input.replicationIds', 'the target is one machine already')
  }
  return { ...scope, vmIds: [...new Set(vmIds)] }
}

const findCheckpointId = (command: RecoveryCommand, vpgId: string): string | null => {
  if (command.recoveryPointNativeId === null) return null
  const parts = findRecoveryPointParts(command.recoveryPointNativeId)
  if (parts !== null && parts.vpgId === vpgId) return parts.checkpointId
  throw DomainError.invalidInput('input.recoveryPointId', 'no recovery point of this group')
}

const toCall = (vpgId: string, action: string, body: unknown = null): WireCall => ({
  method: 'POST',
  path: `/v1/vpgs/${encodeURIComponent(vpgId)}/${action}`,
  body,
})

type CommitOptions = Pick<z.infer<typeof optionSchemas.failover>, 'commitPolicy' | 'commitAfterSeconds'>

const toCommitPlan = (
  options: CommitOptions,
): { readonly policy: keyof typeof commitPolicyNumbers; readonly waitSeconds: number } => {
  const policy = options.commitPolicy ?? 'MANUAL'
  if (policy !== 'MANUAL') return { policy, waitSeconds: options.commitAfterSeconds ?? defaultCommitAfterSeconds }
  if (options.commitAfterSeconds === null || options.commitAfterSeconds === undefined) {
    return { policy, waitSeconds: noWaitSeconds }
  }
  throw DomainError.invalidInput(`${optionsPath}.commitAfterSeconds`, 'means nothing where a person decides (MANUAL)')
}

/**
 * What becomes of the protected machines after a move. Reverse protection is the vendor's default and takes their disks,
 * so they cannot be kept as well; without it the vendor's default removes them, which a caller has to say.
 */
const toMoveEnding = (options: z.infer<typeof optionSchemas.commitMove>) => {
  const reverseProtection = options.reverseProtection ?? true
  const { keepSourceVms } = options
  if (reverseProtection && keepSourceVms === true) {
    const message = 'excludes reverse protection, which uses the disks of the machines: set reverseProtection to false'
    throw DomainError.invalidInput(`${optionsPath}.keepSourceVms`, message)
  }
  if (!reverseProtection && (keepSourceVms === null || keepSourceVms === undefined)) {
    const message = 'has to be given without reverse protection: false removes the protected machines for good'
    throw DomainError.invalidInput(`${optionsPath}.keepSourceVms`, message)
  }
  return { ReverseProtection: reverseProtection, KeepSourceVms: keepSourceVms ?? false }
}

const toFailover = (command: CommandOf<'FAILOVER'>): WireCall => {
  const { vpgId, vmIds } = toRecoveryScope(command)
  const options = parseInput(optionSchemas.failover, command.options, optionsPath)
  const { policy, waitSeconds } = toCommitPlan(options)
  const checkpointId = findCheckpointId(command, vpgId)
  return toCall(vpgId, 'Failover', {
    ...(checkpointId === null ? {} : { CheckpointIdentifier: checkpointId }),
    CommitPolicy: commitPolicyNumbers[policy],
    ShutdownPolicy: shutdownPolicyNumbers[options.shutdownPolicy ?? 'NONE'],
    TimeToWaitBeforeShutdownInSec: waitSeconds,
    IsReverseProtection: options.reverseProtection ?? false,
    VmIdentifiers: vmIds,
  })
}

const toTestFailover = (command: CommandOf<'TEST_FAILOVER'>): WireCall => {
  const { vpgId, vmIds } = toRecoveryScope(command)
  parseInput(optionSchemas.none, command.options, optionsPath)
  const checkpointId = findCheckpointId(command, vpgId)
  const checkpoint = checkpointId === null ? {} : { CheckpointIdentifier: checkpointId }
  return toCall(vpgId, 'failoverTest', { ...checkpoint, VmIdentifiers: vmIds })
}

/** The vendor's name for the checkpoint differs here: `CheckpointId`. */
const toStartClone = (command: CommandOf<'START_CLONE'>): WireCall => {
  const { vpgId, vmIds } = toRecoveryScope(command)
  const { datastoreId } = parseInput(optionSchemas.clone, command.options, optionsPath)
  const checkpointId = findCheckpointId(command, vpgId)
  return toCall(vpgId, 'CloneStart', {
    ...(checkpointId === null ? {} : { CheckpointId: checkpointId }),
    ...(datastoreId === null || datastoreId === undefined ? {} : { DatastoreIdentifier: datastoreId }),
    VmIdentifiers: vmIds,
  })
}

const toMove = (vpgId: string, given: VendorOptions | null): WireCall => {
  const options = parseInput(optionSchemas.move, given, optionsPath)
  const { policy, waitSeconds } = toCommitPlan(options)
  return toCall(vpgId, 'move', {
    CommitPolicy: commitPolicyNames[policy],
    CommitPolicyTimeout: waitSeconds,
    ForceShutdown: options.forceShutdown ?? false,
    ...toMoveEnding(options),
    ContinueOnPreScriptFailure: options.continueOnPreScriptFailure ?? false,
  })
}

const toStop = (vpgId: string, given: VendorOptions | null): WireCall => {
  const options = parseInput(optionSchemas.stop, given, optionsPath)
  // Kept volumes let a new group start from them; deleted ones are gone.
  const body = { KeepRecoveryVolumes: options.keepRecoveryVolumes ?? true, Force: options.force ?? false }
  return { method: 'DELETE', path: `/v1/vpgs/${encodeURIComponent(vpgId)}`, body }
}

const toCheckpoint = (command: CommandOf<'CREATE_CHECKPOINT'>): WireCall => {
  if (command.name.trim() === '') throw DomainError.invalidInput('input.name', 'must not be empty')
  parseInput(optionSchemas.none, command.options, optionsPath)
  return toCall(toVpgId(command.operation, command.target), 'Checkpoints', { CheckpointName: command.name })
}

const toEndTest = (command: CommandOf<'END_TEST_FAILOVER'>): WireCall => {
  parseInput(optionSchemas.none, command.options, optionsPath)
  // A test on which nobody gave a verdict counts as successful at the vendor.
  const body = { FailoverTestSuccess: command.wasSuccessful ?? true, FailoverTestSummary: command.summary }
  return toCall(toVpgId(command.operation, command.target), 'failoverTestStop', body)
}

const toCommitFailover = (command: CommandOf<'COMMIT_FAILOVER'>): WireCall => {
  const { reverseProtection } = parseInput(optionSchemas.commitFailover, command.options, optionsPath)
  const pending = parseInput(optionSchemas.pending, command.pendingOptions, optionsPath)
  const body = { IsReverseProtection: reverseProtection ?? pending.reverseProtection ?? false }
  return toCall(toVpgId(command.operation, command.target), 'FailoverCommit', body)
}

const toCommitMove = (command: CommandOf<'COMMIT_MOVE'>): WireCall => {
  const own = parseInput(optionSchemas.commitMove, command.options, optionsPath)
  const pending = parseInput(optionSchemas.pending, command.pendingOptions, optionsPath)
  const reverseProtection = own.reverseProtection ?? pending.reverseProtection
  // What the move said of the machines was said for a move without reverse protection.
  const keepSourceVms = own.keepSourceVms ?? (reverseProtection === false ? pending.keepSourceVms : null)
  const ending = toMoveEnding({ reverseProtection, keepSourceVms })
  return toCall(toVpgId(command.operation, command.target), 'moveCommit', ending)
}

/** The calls without a body, in the spelling of the vendor's page. */
const bareActions = {
  PAUSE: 'pause',
  RESUME: 'resume',
  SYNC: 'forcesync',
  ROLLBACK_FAILOVER: 'FailoverRollback',
  ROLLBACK_MOVE: 'moveRollback',
  ABORT_CLONE: 'CloneAbort',
} as const

const toAlertCall = ({ operation, alertNativeId }: AlertCommand): WireCall => {
  if (!isNativeId('Alert', alertNativeId)) throw DomainError.invalidInput('input.alertId', 'not an id of this vendor')
  const word = operation === 'DISMISS_ALERT' ? 'dismiss' : 'undismiss'
  return { method: 'POST', path: `/v1/alerts/${encodeURIComponent(alertNativeId)}/${word}`, body: null }
}

/** What a command sends to become of a recovery that waits; null for all but failovers and moves. @throws INVALID_INPUT */
export const findDecision = (command: ActionCommand): DecisionPolicy | null => {
  if (command.operation !== 'FAILOVER' && command.operation !== 'MOVE') return null
  const schema = command.operation === 'FAILOVER' ? optionSchemas.failover : optionSchemas.move
  const { policy, waitSeconds } = toCommitPlan(parseInput(schema, command.options, optionsPath))
  return { policy, afterSeconds: policy === 'MANUAL' ? null : waitSeconds }
}

/** Whether a failover or move also protects the machines back; nothing for the rest. @throws INVALID_INPUT */
export const findReverse = (command: ActionCommand): { readonly isProtectedBack?: boolean } => {
  if (command.operation === 'FAILOVER') {
    const { reverseProtection } = parseInput(optionSchemas.failover, command.options, optionsPath)
    return { isProtectedBack: reverseProtection ?? false }
  }
  if (command.operation !== 'MOVE') return {}
  return {
    isProtectedBack: toMoveEnding(parseInput(optionSchemas.move, command.options, optionsPath)).ReverseProtection,
  }
}

/**
 * The one call that a command becomes.
 *
 * @throws INVALID_INPUT when the target, a member, the recovery point or an option does not fit;
 * CAPABILITY_UNSUPPORTED for REVERSE.
 */
export const toActionCall = (command: ActionCommand): WireCall => {
  switch (command.operation) {
    case 'FAILOVER':
      return toFailover(command)
    case 'TEST_FAILOVER':
      return toTestFailover(command)
    case 'START_CLONE':
      return toStartClone(command)
    case 'END_TEST_FAILOVER':
      return toEndTest(command)
    case 'CREATE_CHECKPOINT':
      return toCheckpoint(command)
    case 'MOVE':
      return toMove(toVpgId(command.operation, command.target), command.options)
    case 'STOP':
      return toStop(toVpgId(command.operation, command.target), command.options)
    case 'COMMIT_FAILOVER':
      return toCommitFailover(command)
    case 'COMMIT_MOVE':
      return toCommitMove(command)
    case 'DISMISS_ALERT':
    case 'UNDISMISS_ALERT':
      return toAlertCall(command)
    case 'REVERSE':
      throw DomainError.unsupported('REVERSE', 'ZERTO', 'reverse protection is an option of failover and move')
    default:
      parseInput(optionSchemas.none, command.options, optionsPath)
      return toCall(toVpgId(command.operation, command.target), bareActions[command.operation])
  }
}
