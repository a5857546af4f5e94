import type { RecoveryKind, RecoveryReport, RecoveryStep } from '../../domain/recovery-report.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import type { Ordering } from '../../inventory/paging.ts'
import { builder } from '../builder.ts'
import { connectionType } from '../connection-type.ts'
import { describedEnum } from '../described-enum.ts'
import { NodeRef } from '../node/node-interface.ts'
import { RecoveryTargetRef } from '../protection/recovery-target.ts'
import { VendorEnum } from '../vendor-enum.ts'

export const RecoveryKindEnum = describedEnum<RecoveryKind>('RecoveryKind', 'What was done.', {
  FAILOVER: 'A failover.',
  TEST_FAILOVER: 'A test failover.',
  MOVE: 'A move.',
  UNKNOWN: 'The vendor said something that this gateway does not know.',
})

const RecoveryStepRef = builder.objectRef<RecoveryStep>('RecoveryStep')
RecoveryStepRef.implement({
  description: 'One step of a recovery as the vendor reports it.',
  fields: (t) => ({
    description: t.exposeString('description', { description: 'What was done.' }),
    result: t.exposeString('result', { nullable: true, description: "The vendor's word for how it went." }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it began.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
  }),
})

export const RecoveryReportRef = builder.objectRef<RecoveryReport>('RecoveryReport')
RecoveryReportRef.implement({
  description: 'What the vendor reports of one failover, move or test. Null members are what it does not tell.',
  interfaces: [NodeRef],
  fields: (t) => ({
    vendor: t.expose('vendor', { type: VendorEnum, description: 'The product.' }),
    kind: t.expose('kind', { type: RecoveryKindEnum, description: 'What was done.' }),
    name: t.exposeString('name', { description: 'Name of the group or plan when it was recovered.' }),
    group: t.field({
      type: RecoveryTargetRef,
      nullable: true,
      description: 'The group; null when it is gone, or the report is about something else.',
      resolve: ({ groupId }, _args, { loaders }) => {
        const key = groupId === null ? null : parseGlobalId(groupId)
        if (key?.kind !== 'ProtectionGroup') return null
        return loaders.targets.load({ kind: key.kind, vendor: key.vendor, nativeId: key.nativeId })
      },
    }),
    protectedSiteName: t.exposeString('protectedSiteName', { nullable: true, description: 'Where it ran.' }),
    recoverySiteName: t.exposeString('recoverySiteName', { nullable: true, description: 'Where it was recovered.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it began.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    rtoSeconds: t.exposeInt('rtoSeconds', {
      nullable: true,
      description: 'Seconds from the start until the machines ran, as the vendor measured them.',
    }),
    recoveredTo: t.expose('recoveredTo', {
      type: 'DateTime',
      nullable: true,
      description: 'The moment to which the machines were taken back.',
    }),
    wasSuccessful: t.exposeBoolean('wasSuccessful', { nullable: true, description: 'How it went.' }),
    initiatedBy: t.exposeString('initiatedBy', { nullable: true, description: 'Who started it.' }),
    notes: t.exposeString('notes', { nullable: true, description: 'What was written about it.' }),
    vmNames: t.field({
      type: ['String'],
      description: 'Names of the machines.',
      resolve: ({ vmNames }) => [...vmNames],
    }),
    steps: t.field({ type: [RecoveryStepRef], description: 'Step by step.', resolve: ({ steps }) => [...steps] }),
  }),
})

export const RecoveryReportConnectionRef = connectionType('RecoveryReport', RecoveryReportRef, {
  list: 'Reports of recoveries and tests, the newest first.',
})

export const newestReportFirst: Ordering<RecoveryReport> = {
  name: 'STARTED-',
  isDescending: true,
  toKey: ({ startedAt }) => startedAt?.getTime() ?? 0,
  toId: ({ id }) => id,
}
