import type { ListedRecovery, RecoveryDecision, RecoveryStep } from '../../domain/recovery-report.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import { builder } from '../builder.ts'
import { connectionType } from '../connection-type.ts'
import { describedEnum } from '../described-enum.ts'
import { NodeRef } from '../node/node-interface.ts'
import { RecoveryTargetRef } from '../protection/recovery-target.ts'
import { TaskRef } from '../task/task-type.ts'
import { VendorEnum } from '../vendor-enum.ts'
import { RecoveryKindEnum, RecoverySourceEnum } from './recovery-report-filter.ts'

const RecoveryStepRef = builder.objectRef<RecoveryStep>('RecoveryStep')
RecoveryStepRef.implement({
  description: 'One step of a recovery.',
  fields: (t) => ({
    description: t.exposeString('description', { description: 'What was done.' }),
    result: t.exposeString('result', {
      nullable: true,
      description: "How it went: the vendor's word, or the state of the task.",
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it began.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
  }),
})

const RecoveryOutcomeEnum = describedEnum<RecoveryDecision['outcome']>(
  'RecoveryOutcome',
  'What became of a recovery that waited for a decision.',
  { COMMITTED: 'It was made final.', ROLLED_BACK: 'It was taken back.' },
)

const RecoveryDecisionRef = builder.objectRef<RecoveryDecision>('RecoveryDecision')
RecoveryDecisionRef.implement({
  description: 'The decision on a recovery that waited for one.',
  fields: (t) => ({
    outcome: t.expose('outcome', { type: RecoveryOutcomeEnum, description: 'What became of it.' }),
    decidedBy: t.exposeString('decidedBy', {
      nullable: true,
      description:
        'Who decided through this gateway; null when the vendor did by its own policy, or somebody elsewhere.',
    }),
    decidedAt: t.expose('decidedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it had been carried out.',
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why, in the words of who decided.' }),
  }),
})

const RecoveryReportRef = builder.objectRef<ListedRecovery>('RecoveryReport')
RecoveryReportRef.implement({
  description: 'What is written down of one failover, move or test that has ended. Null members are what nobody tells.',
  interfaces: [NodeRef],
  fields: (t) => ({
    source: t.expose('source', { type: RecoverySourceEnum, description: 'Who has written it down.' }),
    vendor: t.expose('vendor', { type: VendorEnum, description: 'The product.' }),
    kind: t.expose('kind', { type: RecoveryKindEnum, description: 'What was done.' }),
    name: t.exposeString('name', { description: 'Name of the group or plan when it was recovered.' }),
    group: t.field({
      type: RecoveryTargetRef,
      nullable: true,
      description:
        'The group, or the machine that is replicated alone; null when it is gone, or the report is about something else.',
      resolve: ({ targetId }, _args, { loaders }) => {
        const key = targetId === null ? null : parseGlobalId(targetId)
        if (key?.kind !== 'ProtectionGroup' && key?.kind !== 'Replication') return null
        return loaders.targets.load({ kind: key.kind, vendor: key.vendor, nativeId: key.nativeId })
      },
    }),
    protectedSiteName: t.exposeString('protectedSiteName', { nullable: true, description: 'Where it ran.' }),
    recoverySiteName: t.exposeString('recoverySiteName', { nullable: true, description: 'Where it was recovered.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it began.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    rtoSeconds: t.exposeInt('rtoSeconds', {
      nullable: true,
      description:
        'Recovery time: seconds from the start until the machines ran. As the vendor measured it; where the vendor does not, from the request until this gateway saw them run.',
    }),
    recoveredTo: t.expose('recoveredTo', {
      type: 'DateTime',
      nullable: true,
      description: 'The moment to which the machines were taken back.',
    }),
    wasSuccessful: t.exposeBoolean('wasSuccessful', {
      nullable: true,
      description: 'How it went; of a test, what the tester said. Null where it was taken back or is not told.',
    }),
    initiatedBy: t.exposeString('initiatedBy', {
      nullable: true,
      description: 'Who started it, as the vendor knows him: for what was asked for here, see `task { request }`.',
    }),
    task: t.expose('task', {
      type: TaskRef,
      nullable: true,
      description: 'The task of it in this gateway; null for what was not seen here.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why, in the words of who asked for it here.',
    }),
    decision: t.expose('decision', {
      type: RecoveryDecisionRef,
      nullable: true,
      description: 'What was decided; null for a test, for what was final at once, and for what was not seen here.',
    }),
    notes: t.exposeString('notes', { nullable: true, description: 'What was written about it.' }),
    vmNames: t.field({
      type: ['String'],
      description: 'Names of the machines, where the vendor has a report.',
      resolve: ({ vmNames }) => [...vmNames],
    }),
    steps: t.field({ type: [RecoveryStepRef], description: 'Step by step.', resolve: ({ steps }) => [...steps] }),
  }),
})

export const RecoveryReportConnectionRef = connectionType('RecoveryReport', RecoveryReportRef, {
  list: 'Reports of recoveries and tests.',
  coverage: 'What the list could see of each site that keeps reports.',
})
