import { toStageWords } from '../../domain/stage-words.ts'
import type { Task, TaskRequest, WireCall } from '../../domain/task.ts'
import { builder } from '../builder.ts'
import { connectionType } from '../connection-type.ts'
import { NodeRef } from '../node/node-interface.ts'
import { ProblemRef } from '../problem/problem-interface.ts'
import { RecoveryTargetRef } from '../protection/recovery-target.ts'
import { SiteRef } from '../site/site-type.ts'
import { VendorEnum } from '../vendor-enum.ts'
import { OperationEnum, TaskStateEnum } from './task-enums.ts'

const WireCallRef = builder.objectRef<WireCall>('WireCall')
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
    operationId: t.exposeString('operationId', {
      description: "Finds the call in the vendor's log, where it keeps one.",
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why, in the words of the caller.' }),
    input: t.expose('input', { type: 'JSON', description: 'The input as it was given.' }),
    sent: t.expose('sent', {
      type: [WireCallRef],
      description: 'Exactly what was sent: nothing is left to a default of the vendor.',
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
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it was asked for.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When it ended; null before.' }),
    startedBy: t.exposeString('startedBy', { nullable: true, description: 'Who started it.' }),
    problem: t.expose('problem', { type: ProblemRef, nullable: true, description: 'Why it failed or is in doubt.' }),
    warnings: t.expose('warnings', { type: [ProblemRef], description: 'What went wrong without stopping it.' }),
    request: t.expose('request', {
      type: TaskRequestRef,
      nullable: true,
      description: 'Who asked for it here, and with what; null when it was not started here.',
    }),
  }),
})
