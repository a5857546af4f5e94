import type { RecoveryInput } from '../../operations/failover.ts'
import { builder } from '../builder.ts'
import {
  optionFields,
  optionsInput,
  targetFields,
  TargetInputRef,
  toTargetInput,
  type GivenTarget,
} from '../mutation/operation-input.ts'
import { taskMutation } from '../mutation/task-mutation.ts'
import { choiceFields, guardFields, toChoice, toGuard, type GivenChoice, type GivenGuard } from './recovery-input.ts'

interface GivenRecovery extends GivenTarget, GivenChoice {}

interface GivenEndTest extends GivenTarget {
  readonly wasSuccessful?: boolean | null | undefined
  readonly summary?: string | null | undefined
}

interface GivenCheckpoint extends GivenTarget {
  readonly name: string
}

const toRecoveryInput = (given: GivenRecovery): RecoveryInput => ({ ...toTargetInput(given), ...toChoice(given) })

/** Inputs of what starts machines from a recovery point without moving them for good. */
const recoveryInput = (name: string, operation: 'TEST_FAILOVER' | 'START_CLONE', description: string) => {
  const ref = builder.inputRef<GivenRecovery>(name)
  ref.implement({ description, fields: (t) => ({ ...targetFields(t), ...choiceFields(t, operation) }) })
  return ref
}

const FailoverInputRef = builder.inputRef<GivenRecovery & GivenGuard>('FailoverInput')
FailoverInputRef.implement({
  description: 'What to recover, and from which moment.',
  fields: (t) => ({ ...targetFields(t), ...guardFields(t), ...choiceFields(t, 'FAILOVER') }),
})

const MoveInputRef = builder.inputRef<GivenTarget & GivenGuard>('MoveInput')
MoveInputRef.implement({
  description: 'What to move.',
  fields: (t) => ({ ...targetFields(t), ...guardFields(t), ...optionFields(t, 'MOVE') }),
})

const EndTestFailoverInputRef = builder.inputRef<GivenEndTest>('EndTestFailoverInput')
EndTestFailoverInputRef.implement({
  description: 'Which test to end, and how it went.',
  fields: (t) => ({
    ...targetFields(t),
    wasSuccessful: t.boolean({ required: false, description: "Your verdict, for the vendor's report of the test." }),
    summary: t.string({ required: false, description: "Your words, for the vendor's report of the test." }),
    ...optionFields(t, 'END_TEST_FAILOVER'),
  }),
})

const CreateCheckpointInputRef = builder.inputRef<GivenCheckpoint>('CreateCheckpointInput')
CreateCheckpointInputRef.implement({
  description: 'Which moment to name: now, of this target.',
  fields: (t) => ({
    ...targetFields(t),
    name: t.string({ required: true, description: 'Its name.' }),
    ...optionFields(t, 'CREATE_CHECKPOINT'),
  }),
})

taskMutation('testFailover', {
  description: 'Starts copies of the machines in an isolated network. Protection goes on; the source is not touched.',
  input: recoveryInput('TestFailoverInput', 'TEST_FAILOVER', 'What to test, and from which moment.'),
  run: (given, { operations, viewer }) => operations().testFailover(toRecoveryInput(given), viewer),
})

taskMutation('endTestFailover', {
  description: 'Ends a test failover and removes its machines.',
  input: EndTestFailoverInputRef,
  run: (given, { operations, viewer }) =>
    operations().endTestFailover(
      { ...toTargetInput(given), wasSuccessful: given.wasSuccessful ?? null, summary: given.summary ?? null },
      viewer,
    ),
})

taskMutation('failover', {
  description:
    'Starts the machines at the destination from a recovery point, whether or not the source still runs. `planFailover` shows beforehand what would happen. Where the site has COMMIT_FAILOVER it then waits for commit or rollback, unless told otherwise.',
  input: FailoverInputRef,
  run: (given, { operations, viewer }) =>
    operations().failover({ ...toRecoveryInput(given), ...toGuard(given) }, viewer),
})

taskMutation('commitFailover', {
  description: 'Makes a failover that waits for a decision final.',
  input: optionsInput('CommitFailoverInput', 'COMMIT_FAILOVER', 'Which failover to commit.'),
  run: (given, { operations, viewer }) => operations().commitFailover(toTargetInput(given), viewer),
})

taskMutation('rollbackFailover', {
  description: 'Takes back a failover that waits for a decision.',
  input: TargetInputRef,
  run: (given, { operations, viewer }) => operations().rollbackFailover(toTargetInput(given), viewer),
})

taskMutation('move', {
  description:
    'Shuts the machines down at the source, transfers the rest, and starts them at the destination: nothing is lost. `planMove` shows beforehand what would happen.',
  input: MoveInputRef,
  run: (given, { operations, viewer }) => operations().move({ ...toTargetInput(given), ...toGuard(given) }, viewer),
})

taskMutation('commitMove', {
  description: 'Makes a move that waits for a decision final.',
  input: optionsInput('CommitMoveInput', 'COMMIT_MOVE', 'Which move to commit.'),
  run: (given, { operations, viewer }) => operations().commitMove(toTargetInput(given), viewer),
})

taskMutation('rollbackMove', {
  description: 'Takes back a move that waits for a decision.',
  input: TargetInputRef,
  run: (given, { operations, viewer }) => operations().rollbackMove(toTargetInput(given), viewer),
})

taskMutation('createCheckpoint', {
  description: 'Names this moment as a recovery point.',
  input: CreateCheckpointInputRef,
  run: (given, { operations, viewer }) =>
    operations().createCheckpoint({ ...toTargetInput(given), name: given.name }, viewer),
})

taskMutation('startClone', {
  description: 'Makes copies of the machines at the destination from a recovery point, not running and not protected.',
  input: recoveryInput('StartCloneInput', 'START_CLONE', 'What to copy, and from which moment.'),
  run: (given, { operations, viewer }) => operations().startClone(toRecoveryInput(given), viewer),
})

taskMutation('abortClone', {
  description: 'Ends a clone that is being made.',
  input: TargetInputRef,
  run: (given, { operations, viewer }) => operations().abortClone(toTargetInput(given), viewer),
})
