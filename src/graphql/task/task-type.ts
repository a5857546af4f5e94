import { findEtaSeconds } from '../../domain/run-duration.ts'
import { toStageWords } from '../../domain/stage-words.ts'
import { toUntoldRisks } from '../../domain/told-risks.ts'
import { type DecisionPolicy, isFinal, type Reconciliation, type Task } from '../../domain/task.ts'
import type { TaskRequest, WireCall } from '../../domain/task.ts'
import { builder } from '../builder.ts'
import { connectionType } from '../connection-type.ts'
import { describedEnum } from '../described-enum.ts'
import { NodeRef } from '../node/node-interface.ts'
import { ProblemRef } from '../problem/problem-interface.ts'
import { CommitPolicyEnum } from '../protection/protection-enums.ts'
import { RecoveryTargetRef } from '../protection/recovery-target.ts'
import { SiteRef } from '../site/site-type.ts'
import { VendorEnum } from '../vendor-enum.ts'
import { OperationEnum, TaskStateEnum } from './task-enums.ts'

export const WireCallRef = builder.objectRef<WireCall>('WireCall')
WireCallRef.implement({
  description: 'One call as it left for the vendor, without its credentials.',
  fields: (t) => ({
    method: t.exposeString('method', { description: 'HTTP method.' }),
    path: t.exposeString('path', { description: 'Path under the address of the site.' }),
    body: t.expose('body', { type: 'JSON', nullable: true, description: 'Body; null when it had none.' }),
  }),
})

const TaskRequestRef = builder.objectRef<TaskRequest>('TaskRequest')
TaskRequestRef.implement({
  description: 'Who asked for a task here, and with what.',
  fields: (t) => ({
    idempotencyKey: t.exposeString('idempotencyKey', { description: 'The key it was asked with.' }),
    requestedBy: t.exposeString('requestedBy', { description: 'Name of the caller.' }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was asked.' }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description:
        'The request that asked for it, as `x-request-id` of its answer said; null for tasks of an older gateway. Several may have the same, for a caller may choose it.',
    }),
    operationId: t.exposeString('operationId', {
      description: "Finds the call in the vendor's log, where it keeps one. It holds the id of the request.",
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why, in the words of the caller.' }),
    input: t.expose('input', { type: 'JSON', description: 'The input as it was given.' }),
    sent: t.expose('sent', {
      type: [WireCallRef],
      description: 'Exactly what was sent: nothing is left to a default of the vendor.',
    }),
    decision: t.expose('decision', {
      type: DecisionPolicyRef,
      nullable: true,
      description: 'What becomes of it when it waits for a decision; null for what never waits.',
    }),
    overriddenRisks: t.field({
      type: ['String'],
      description: 'Risks that the caller was told of and accepted, for people.',
      resolve: (request, _args, { inventory, viewer }) =>
        inventory.reach === null || request.requestedBy === viewer.name
          ? [...request.overriddenRisks]
          : toUntoldRisks({ request, warnings: [] }).overriddenRisks,
    }),
  }),
})

const ReconciliationVerdictEnum = describedEnum<Reconciliation['verdict']>(
  'ReconciliationVerdict',
  'What was found out about a call whose answer was lost.',
  {
    ADOPTED: 'The vendor had taken it: the task goes on as the vendor tells.',
    DID_NOT_HAPPEN: 'The vendor never took it. It is safe to do it again, with a new key.',
  },
)

const ReconciliationRef = builder.objectRef<Reconciliation>('Reconciliation')
ReconciliationRef.implement({
  description: 'How a task whose answer was lost was found again, or found not to have happened.',
  fields: (t) => ({
    verdict: t.expose('verdict', { type: ReconciliationVerdictEnum, description: 'What was found out.' }),
    evidence: t.field({
      type: ['String'],
      description: 'What was looked at and what it showed, for people.',
      resolve: ({ evidence }) => [...evidence],
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was found out.' }),
  }),
})

export const DecisionPolicyRef = builder.objectRef<DecisionPolicy>('DecisionPolicy')
DecisionPolicyRef.implement({
  description: 'What was asked to become of a recovery that waits for a decision.',
  fields: (t) => ({
    policy: t.expose('policy', { type: CommitPolicyEnum, description: 'Who decides, and how.' }),
    afterSeconds: t.exposeInt('afterSeconds', {
      nullable: true,
      description: 'How long it waits before the vendor decides by itself; null when it waits for a person.',
    }),
  }),
})

export const TaskRef = builder.objectRef<Task>('Task')
export const TaskConnectionRef = connectionType('Task', TaskRef, {
  list: 'Tasks, newest first.',
  coverage: 'Whether each configured site could be asked just now how its tasks are doing.',
})

TaskRef.implement({
  description: 'A long-running piece of vendor work.',
  interfaces: [NodeRef],
  fields: (t) => ({
    vendor: t.expose('vendor', { type: VendorEnum, description: 'The product.' }),
    site: t.field({
      type: SiteRef,
      nullable: true,
      description: 'The site that was asked; null when it has been taken out of the configuration meanwhile.',
      resolve: ({ siteName }, _args, { loaders }) => loaders.findSiteByName(siteName),
    }),
    operation: t.expose('operation', { type: OperationEnum, description: 'What it does.' }),
    vendorOperation: t.exposeString('vendorOperation', {
      nullable: true,
      description: "The vendor's own word for it; null until the vendor has told.",
    }),
    vendorTaskId: t.exposeString('vendorTaskId', {
      nullable: true,
      description: "The vendor's identifier of it; null until the vendor has accepted.",
    }),
    target: t.field({
      type: RecoveryTargetRef,
      nullable: true,
      description: 'What it works on; null while that is not there yet and once it is gone.',
      resolve: ({ target }, _args, { loaders }) => (target === null ? null : loaders.targets.load(target)),
    }),
    targetName: t.exposeString('targetName', {
      nullable: true,
      description: 'Name of the target when the task began; stays when the target is gone.',
    }),
    state: t.expose('state', { type: TaskStateEnum, description: 'How far it has come.' }),
    progressPercent: t.exposeFloat('progressPercent', {
      nullable: true,
      description: '0 to 100, never going back; null where the vendor gives none.',
    }),
    stage: t.string({
      nullable: true,
      description: 'What is going on, in plain words.',
      resolve: ({ stage, operation, state }) => stage ?? toStageWords(operation, state),
    }),
    etaSeconds: t.int({
      nullable: true,
      description:
        'How long it will probably still take: the median of the newest runs of its kind at its site that went well, less what has passed; until the machines run, without a wait for a decision. Null when fewer than three are known, and when nothing runs.',
      resolve: async (task, _args, { loaders, now }) =>
        findEtaSeconds(task, isFinal(task.state) ? null : await loaders.usualSeconds.load(task), now()),
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      description: "When it was asked for; by the product's clock when it was not asked for here.",
    }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When it ended; null before.' }),
    awaitingSince: t.expose('awaitingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'When it first waited for a decision; null when it never has.',
    }),
    autoDecisionAt: t.expose('autoDecisionAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the vendor decides by itself; null when it waits for a person, or does not wait.',
    }),
    startedBy: t.exposeString('startedBy', { nullable: true, description: 'Who started it.' }),
    problem: t.expose('problem', { type: ProblemRef, nullable: true, description: 'Why it failed or is in doubt.' }),
    warnings: t.field({
      type: [ProblemRef],
      description: 'What went wrong without stopping it.',
      resolve: (task, _args, { inventory, viewer }) =>
        inventory.reach === null || task.request?.requestedBy === viewer.name
          ? [...task.warnings]
          : toUntoldRisks(task).warnings,
    }),
    reconciliation: t.expose('reconciliation', {
      type: ReconciliationRef,
      nullable: true,
      description: 'What was found out about a lost answer; null when none was lost, or nothing is found out yet.',
    }),
    request: t.expose('request', {
      type: TaskRequestRef,
      nullable: true,
      description: 'Who asked for it here, and with what; null when it was not started here.',
    }),
  }),
})
