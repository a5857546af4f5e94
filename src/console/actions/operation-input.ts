import type {
  Action,
  CommitFailoverInput,
  CommitMoveInput,
  CreateCheckpointInput,
  EndTestFailoverInput,
  FailoverInput,
  MoveInput,
  StartCloneInput,
  StopReplicationInput,
  TargetInput,
  TaskAnswerFragment,
  TestFailoverInput,
  UpdateReplicationInput,
} from '../generated/graphql.ts'
import {
  ConsoleAbortCloneDocument,
  ConsoleCommitFailoverDocument,
  ConsoleCommitMoveDocument,
  ConsoleCreateCheckpointDocument,
  ConsoleEndTestFailoverDocument,
  ConsoleFailoverDocument,
  ConsoleMoveDocument,
  ConsolePauseReplicationDocument,
  ConsoleResumeReplicationDocument,
  ConsoleReverseReplicationDocument,
  ConsoleRollbackFailoverDocument,
  ConsoleRollbackMoveDocument,
  ConsoleStartCloneDocument,
  ConsoleStopReplicationDocument,
  ConsoleSyncReplicationDocument,
  ConsoleTestFailoverDocument,
  ConsoleUpdateReplicationDocument,
  type TypedDocumentString,
} from '../generated/graphql.ts'
import type { Vendor } from '../generated/graphql.ts'
import { emptyOwnDrafts, toOwnOptions, type OwnDrafts } from '../vendors/own-drafts.ts'
import { toMembers, type FieldModel, type FieldValues } from './field-model.ts'

/** What some operation takes; which of it, its own input type says. */
export type OperationInput = TargetInput &
  StopReplicationInput &
  UpdateReplicationInput &
  TestFailoverInput &
  EndTestFailoverInput &
  FailoverInput &
  CommitFailoverInput &
  MoveInput &
  CommitMoveInput &
  CreateCheckpointInput &
  StartCloneInput

type OperationDocument = TypedDocumentString<{ answer: TaskAnswerFragment }, { input: OperationInput }>

/** The mutation behind each action. */
export const operationDocuments: Readonly<Record<Action, OperationDocument>> = {
  UPDATE: ConsoleUpdateReplicationDocument,
  PAUSE: ConsolePauseReplicationDocument,
  RESUME: ConsoleResumeReplicationDocument,
  SYNC: ConsoleSyncReplicationDocument,
  STOP: ConsoleStopReplicationDocument,
  FAILOVER: ConsoleFailoverDocument,
  COMMIT_FAILOVER: ConsoleCommitFailoverDocument,
  ROLLBACK_FAILOVER: ConsoleRollbackFailoverDocument,
  TEST_FAILOVER: ConsoleTestFailoverDocument,
  END_TEST_FAILOVER: ConsoleEndTestFailoverDocument,
  MOVE: ConsoleMoveDocument,
  COMMIT_MOVE: ConsoleCommitMoveDocument,
  ROLLBACK_MOVE: ConsoleRollbackMoveDocument,
  REVERSE: ConsoleReverseReplicationDocument,
  CREATE_CHECKPOINT: ConsoleCreateCheckpointDocument,
  START_CLONE: ConsoleStartCloneDocument,
  ABORT_CLONE: ConsoleAbortCloneDocument,
}

/** Actions that are planned before they are sent. */
export const plannedActions: readonly Action[] = ['FAILOVER', 'MOVE']

/** Actions that begin at a recovery point, and may take some of the members only. */
export const recoveringActions: readonly Action[] = ['FAILOVER', 'TEST_FAILOVER', 'START_CLONE']

/** The options that all vendors have, beside the recovery point, the members and the reason. */
export const commonFields: Readonly<Partial<Record<Action, readonly FieldModel[]>>> = {
  CREATE_CHECKPOINT: [{ kind: 'text', name: 'name', label: 'Name', most: 128, isRequired: true }],
  END_TEST_FAILOVER: [
    {
      kind: 'choice',
      name: 'wasSuccessful',
      label: 'How did it go?',
      help: 'For the report of the test.',
      byDefault: null,
      isBoolean: true,
      choices: [
        { value: 'true', label: 'It worked' },
        { value: 'false', label: 'It did not work' },
      ],
    },
    {
      kind: 'text',
      name: 'summary',
      label: 'What was seen',
      help: 'For the report of the test.',
      most: 500,
    },
  ],
  UPDATE: [
    {
      kind: 'listed',
      name: 'slaProfileId',
      label: 'Profile',
      help: 'Sets how often data travels and how long it is kept.',
      list: 'PROFILE',
      emptyLabel: 'As it is',
    },
    {
      kind: 'number',
      name: 'rpoSeconds',
      label: 'Recovery point objective',
      help: 'How old the newest recovery point may be.',
      unit: 'minutes',
      factor: 60,
      least: 1,
      most: 1440,
      byDefault: null,
      applies: ({ slaProfileId }) => slaProfileId === undefined,
    },
  ],
}

/** What was entered in a dialogue. */
export interface OperationEntry {
  readonly targetId: string
  readonly common: FieldValues
  readonly options: FieldValues
  /** What is more than one field. */
  readonly own: OwnDrafts
  /** Empty is the newest. */
  readonly recoveryPointId: string
  /** Null is all. */
  readonly replicationIds: readonly string[] | null
  readonly reason: string
  readonly takesRisk: boolean
}

export const emptyEntry = (targetId: string): OperationEntry => ({
  targetId,
  common: {},
  options: {},
  own: emptyOwnDrafts,
  recoveryPointId: '',
  replicationIds: null,
  reason: '',
  takesRisk: false,
})

/** The fields of an action's dialogue, those of all vendors and those of this one. */
export interface OperationFields {
  readonly vendor: Vendor
  readonly common: readonly FieldModel[]
  readonly options: readonly FieldModel[]
  /** The member of the input that takes the vendor's options. */
  readonly optionsMember: string
}

const nonEmpty = (members: Readonly<Record<string, unknown>>): boolean => Object.keys(members).length > 0

/** By what an option may apply or not: the other options, and what was chosen beside them. */
export const toOptionValues = (action: Action, vendor: Vendor, entry: OperationEntry): FieldValues => ({
  ...Object.fromEntries(Object.keys(toOwnOptions(vendor, action, entry.own).members).map((name) => [name, true])),
  ...entry.options,
  recoveryPointId: entry.recoveryPointId,
})

/** What a plan and its operation have in common: only what was entered, so that each default stays the vendor's own. */
export const toPlannedInput = (
  action: Action,
  fields: OperationFields,
  entry: OperationEntry,
): Pick<OperationInput, 'targetId'> & Readonly<Record<string, unknown>> => {
  const options = {
    ...toMembers(fields.options, toOptionValues(action, fields.vendor, entry)),
    ...toOwnOptions(fields.vendor, action, entry.own).members,
  }
  const recovers = recoveringActions.includes(action)
  return {
    targetId: entry.targetId,
    ...toMembers(fields.common, entry.common),
    ...(nonEmpty(options) && { [fields.optionsMember]: options }),
    ...(recovers && entry.recoveryPointId !== '' && { recoveryPointId: entry.recoveryPointId }),
    ...(recovers && entry.replicationIds !== null && { replicationIds: entry.replicationIds }),
  }
}

/**
 * The input of a mutation. Its members come from the tables of fields, and so only a test against the schema, not the
 * compiler, knows that they fit: each of them, with each action and each vendor.
 */
export const toOperationInput = (
  action: Action,
  fields: OperationFields,
  entry: OperationEntry,
  press: { readonly idempotencyKey: string; readonly planToken: string | null },
): OperationInput =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  ({
    ...toPlannedInput(action, fields, entry),
    idempotencyKey: press.idempotencyKey,
    ...(entry.reason.trim() !== '' && { reason: entry.reason.trim() }),
    ...(press.planToken !== null && { planToken: press.planToken }),
    ...(entry.takesRisk && { allowSplitBrainRisk: true }),
  }) as OperationInput

/**
 * The name of an intention: the same press, also after a reload, and another one when anything of the input is another.
 * The plan's token is left out of it, since planning again is no other intention.
 */
export const toIntention = (action: Action, fields: OperationFields, entry: OperationEntry): string =>
  `${action} ${JSON.stringify([toPlannedInput(action, fields, entry), entry.reason.trim(), entry.takesRisk])}`
