import { type AuditEntry, type AuditKind, type AuditVerdict } from '../../domain/audit.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import { builder } from '../builder.ts'
import { connectionType } from '../connection-type.ts'
import { describedEnum } from '../described-enum.ts'
import { ProblemRef } from '../problem/problem-interface.ts'
import { RecoveryTargetRef } from '../protection/recovery-target.ts'
import { OperationEnum } from '../task/task-enums.ts'
import { TaskRef } from '../task/task-type.ts'

export const AuditKindEnum = describedEnum<AuditKind>(
  'AuditKind',
  'What happened to something that was asked for. One request has several entries: what was intended, and what came.',
  {
    INTENDED: 'Everything was checked, and it was about to be sent.',
    REFUSED: 'The gateway refused it: `problem` says why. Nothing was sent.',
    REPLAYED: 'The key was seen before: the answer was the task of the first time, and nothing was sent again.',
    NOT_SENT: 'It was intended and never left. Its key is free again.',
    ACCEPTED: 'The vendor has taken it on.',
    REFUSED_BY_VENDOR: 'The vendor refused it: `problem` has its words.',
    OUTCOME_UNKNOWN: 'It was sent, and its answer was lost or its work can no longer be seen.',
    ADOPTED: "The vendor's task of a lost answer was found: `evidence` says how.",
    DID_NOT_HAPPEN: 'The answer was lost, and nothing had happened: `evidence` says how that was found out.',
    SUCCEEDED: 'It was done.',
    FAILED: 'It failed: `problem` says why.',
    CANCELLED: 'It was taken back before it was done.',
  },
)

export const AuditEntryRef = builder.objectRef<AuditEntry>('AuditEntry')
export const AuditEntryConnectionRef = connectionType('AuditEntry', AuditEntryRef, {
  list: 'Entries of the audit log, newest first.',
  coverage: "Always empty: the log is the gateway's own, and no site is asked for it.",
})

AuditEntryRef.implement({
  description: 'One entry of the audit log. Entries are never changed: each is chained to the one before by its hash.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'Its place in the log: from 1, without gaps.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was written.' }),
    kind: t.expose('kind', { type: AuditKindEnum, description: 'What happened.' }),
    caller: t.exposeString('caller', { description: 'Who asked.' }),
    operation: t.expose('operation', { type: OperationEnum, description: 'What was asked for.' }),
    target: t.field({
      type: RecoveryTargetRef,
      nullable: true,
      description: 'What it was asked for; null for what is no replication or group, and once it is gone.',
      resolve: ({ targetId }, _args, { loaders }) => {
        const parsed = targetId === null ? null : parseGlobalId(targetId)
        if (parsed?.kind !== 'ProtectionGroup' && parsed?.kind !== 'Replication') return null
        return loaders.targets.load({ kind: parsed.kind, vendor: parsed.vendor, nativeId: parsed.nativeId })
      },
    }),
    targetId: t.exposeID('targetId', {
      nullable: true,
      description: 'Id of what it was asked for; stays when that is gone. Null for what did not exist yet.',
    }),
    targetName: t.exposeString('targetName', {
      nullable: true,
      description: 'Its name at that time; null where it was not known.',
    }),
    siteName: t.exposeString('siteName', {
      nullable: true,
      description: 'Name in the configuration of the site that was asked; null where it had not come to that.',
    }),
    task: t.field({
      type: TaskRef,
      nullable: true,
      description:
        'The task as it is now; null where none was made, where what was intended never left, and where the caller may not see it.',
      resolve: ({ taskId }, _args, { loaders }) => (taskId === null ? null : loaders.tasks.load(taskId)),
    }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description:
        'The request that asked for it, as `x-request-id` of its answer said; null in entries of an older gateway. A caller may choose it.',
    }),
    operationId: t.exposeString('operationId', {
      nullable: true,
      description: "Finds the call in the vendor's log, where it keeps one; null where nothing was to be sent.",
    }),
    idempotencyKey: t.exposeString('idempotencyKey', { description: 'The key it was asked with.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why, in the words of the caller.' }),
    input: t.expose('input', { type: 'JSON', description: 'The input as it was given, secrets masked.' }),
    problem: t.expose('problem', {
      type: ProblemRef,
      nullable: true,
      description: 'Why it was refused, failed or is in doubt; null where nothing went wrong.',
    }),
    overriddenRisks: t.field({
      type: ['String'],
      description: 'Why one machine could have come to run twice: the caller said that it was to be done all the same.',
      resolve: ({ overriddenRisks }) => [...overriddenRisks],
    }),
    evidence: t.field({
      type: ['String'],
      description: 'What was looked at to find out what a lost answer had come to, and what it showed.',
      resolve: ({ evidence }) => [...evidence],
    }),
    hash: t.exposeString('hash', {
      description:
        'SHA-256 over the hash of the entry before, a line feed and this entry as it is stored, in hexadecimal digits.',
    }),
  }),
})

export const AuditChainRef = builder.objectRef<AuditVerdict>('AuditChain')
AuditChainRef.implement({
  description: 'What a check of the whole audit log has found: every hash was reckoned again.',
  fields: (t) => ({
    isWhole: t.boolean({
      description: 'True when every entry is as it was written, and none is missing.',
      resolve: ({ kind }) => kind === 'WHOLE',
    }),
    entryCount: t.int({
      nullable: true,
      description: 'Number of entries; null when the log is not whole.',
      resolve: (verdict) => (verdict.kind === 'WHOLE' ? verdict.entryCount : null),
    }),
    headHash: t.string({
      nullable: true,
      description:
        'Hash of the last entry: note it elsewhere, and it can be told later that nothing was cut off. Null for an empty log, and when it is not whole.',
      resolve: (verdict) => (verdict.kind === 'WHOLE' ? verdict.headHash : null),
    }),
    firstBadSequence: t.int({
      nullable: true,
      description: 'Place of the first entry that is not as it was written; null when the log is whole.',
      resolve: (verdict) => (verdict.kind === 'BROKEN' ? verdict.sequence : null),
    }),
    reason: t.string({
      nullable: true,
      description: 'What is wrong with that entry, for people; null when the log is whole.',
      resolve: (verdict) => (verdict.kind === 'BROKEN' ? verdict.reason : null),
    }),
  }),
})
