import { DomainError } from '../../domain/errors.ts'
import type { Priority } from '../../domain/protection.ts'
import type { StartReplicationInput } from '../../operations/start-replication.ts'
import { builder, vendorParts } from '../builder.ts'
import {
  keyFields,
  optionFields,
  optionsInput,
  targetFields,
  TargetInputRef,
  toOptionBlocks,
  toTargetInput,
  type GivenTarget,
} from '../mutation/operation-input.ts'
import { taskMutation } from '../mutation/task-mutation.ts'
import { PriorityEnum } from '../protection/protection-enums.ts'

interface GivenStart {
  readonly siteId: string
  readonly idempotencyKey: string
  readonly reason?: string | null | undefined
  readonly description?: string | null | undefined
  readonly rpoSeconds?: number | null | undefined
  readonly slaProfileId?: string | null | undefined
  readonly work: Readonly<Record<string, unknown>>
}

interface GivenUpdate extends GivenTarget {
  readonly description?: string | null | undefined
  readonly rpoSeconds?: number | null | undefined
  readonly slaProfileId?: string | null | undefined
  readonly priority?: Priority | null | undefined
}

const ReplicationWorkInputRef = builder.inputRef<Record<string, unknown>>('ReplicationWorkInput')
ReplicationWorkInputRef.implement({
  description: 'What to replicate, from where, to where: exactly one member.',
  isOneOf: true,
  fields: (t) =>
    Object.fromEntries(
      vendorParts().flatMap(({ work }) =>
        Object.entries(work).map(([kind, { type, description }]) => [kind, t.field({ type, description })]),
      ),
    ),
})

const StartReplicationInputRef = builder.inputRef<GivenStart>('StartReplicationInput')
StartReplicationInputRef.implement({
  description: 'What to protect or migrate, and how.',
  fields: (t) => ({
    siteId: t.id({ required: true, description: 'The configured site that is asked to do it.' }),
    ...keyFields(t),
    description: t.string({ required: false, description: 'Free text, kept by the vendor.' }),
    rpoSeconds: t.int({ required: false, description: 'Recovery point objective, in seconds.' }),
    slaProfileId: t.string({
      required: false,
      description: "The vendor's identifier of a profile that sets all of this in place of `rpoSeconds`.",
    }),
    work: t.field({ type: ReplicationWorkInputRef, required: true, description: 'What to replicate.' }),
    ...optionFields(t, 'START_REPLICATION'),
  }),
})

const UpdateReplicationInputRef = builder.inputRef<GivenUpdate>('UpdateReplicationInput')
UpdateReplicationInputRef.implement({
  description: 'What to change; what is left out stays as it is.',
  fields: (t) => ({
    ...targetFields(t),
    description: t.string({ required: false, description: 'Free text, kept by the vendor.' }),
    rpoSeconds: t.int({ required: false, description: 'Recovery point objective, in seconds.' }),
    slaProfileId: t.string({ required: false, description: "The vendor's identifier of a profile." }),
    priority: t.field({ type: PriorityEnum, required: false, description: 'Whose data goes first.' }),
    ...optionFields(t, 'UPDATE'),
  }),
})

const toWork = (given: GivenStart['work']): StartReplicationInput['work'] => {
  for (const { vendor, work } of vendorParts()) {
    for (const kind of Object.keys(work)) {
      const value = given[kind]
      if (typeof value === 'object' && value !== null) {
        return { kind, vendor, path: `input.work.${kind}`, value: { ...value } }
      }
    }
  }
  throw DomainError.invalidInput('input.work', 'needs exactly one member')
}

taskMutation('startReplication', {
  description: 'Begins to protect, or to migrate, machines that were not replicated before.',
  input: StartReplicationInputRef,
  run: (given, { operations, viewer }) =>
    operations().startReplication(
      {
        siteId: given.siteId,
        idempotencyKey: given.idempotencyKey,
        reason: given.reason ?? null,
        description: given.description ?? null,
        rpoSeconds: given.rpoSeconds ?? null,
        slaProfileId: given.slaProfileId ?? null,
        work: toWork(given.work),
        options: toOptionBlocks(given),
        given: { ...given },
      },
      viewer,
    ),
})

taskMutation('updateReplication', {
  description: 'Changes the settings of a replication or group.',
  input: UpdateReplicationInputRef,
  run: (given, { operations, viewer }) =>
    operations().updateReplication(
      {
        ...toTargetInput(given),
        description: given.description ?? null,
        rpoSeconds: given.rpoSeconds ?? null,
        slaProfileId: given.slaProfileId ?? null,
        priority: given.priority ?? null,
      },
      viewer,
    ),
})

taskMutation('pauseReplication', {
  description: 'Stops the transfer of data. Recovery points stay; the recovery point objective is missed meanwhile.',
  input: TargetInputRef,
  run: (given, { operations, viewer }) => operations().pauseReplication(toTargetInput(given), viewer),
})

taskMutation('resumeReplication', {
  description: 'Goes on with what was paused.',
  input: TargetInputRef,
  run: (given, { operations, viewer }) => operations().resumeReplication(toTargetInput(given), viewer),
})

taskMutation('syncReplication', {
  description: 'Transfers now what has changed since the newest recovery point.',
  input: TargetInputRef,
  run: (given, { operations, viewer }) => operations().syncReplication(toTargetInput(given), viewer),
})

taskMutation('stopReplication', {
  description: 'Ends the protection for good. The running machines are not touched.',
  input: optionsInput('StopReplicationInput', 'STOP', 'What to stop.'),
  run: (given, { operations, viewer }) => operations().stopReplication(toTargetInput(given), viewer),
})

taskMutation('reverseReplication', {
  description: 'Protects what has been recovered back to where it came from.',
  input: TargetInputRef,
  run: (given, { operations, viewer }) => operations().reverseReplication(toTargetInput(given), viewer),
})
