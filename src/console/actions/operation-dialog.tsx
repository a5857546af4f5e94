import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { navigate } from '../app/router.tsx'
import type { Action } from '../generated/graphql.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Checkbox, Field, TextInput } from '../ui/field.tsx'
import { Notice, Waiting } from '../ui/notice.tsx'
import { findAction, needsTypedName, type ActTarget } from './act-target.ts'
import { EntryForm } from './entry-form.tsx'
import { findFieldProblems } from './field-model.ts'
import { LiveTask } from './live-task.tsx'
import { toOwnOptions } from '../vendors/own-drafts.ts'
import { toOptionValues, type OperationEntry } from './operation-input.ts'
import { operationWords } from './operation-words.ts'
import { PlanView } from './plan-view.tsx'
import { RefusalView } from './refusal-view.tsx'
import { useOperation, type OperationDialogue } from './use-operation.ts'
import './actions.css'

interface OperationDialogProps {
  readonly action: Action
  readonly target: ActTarget
  /** Where the story begins; empty is the newest point. */
  readonly recoveryPointId?: string
  readonly onClose: () => void
  /** Another action of the same target, such as the commit of what was started here. */
  readonly onAct: (action: Action) => void
}

/** Takes the focus when a step begins, so that the keyboard and a screen reader are where the eyes are. */
const StepTitle = ({ children }: { readonly children: ReactNode }) => {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <h3 ref={title} tabIndex={-1} className="actions-step">
      {children}
    </h3>
  )
}

interface ConfirmProps {
  readonly target: ActTarget
  readonly typed: string
  readonly onTyped: (typed: string) => void
}

const TypedName = ({ target, typed, onTyped }: ConfirmProps) => (
  <Field label={`Type ${target.name} to confirm`}>
    {(control) => (
      <TextInput
        {...control}
        value={typed}
        placeholder={target.name}
        onChange={(event) => onTyped(event.target.value)}
      />
    )}
  </Field>
)

interface RiskProps {
  readonly entry: OperationEntry
  readonly onEntry: (entry: OperationEntry) => void
}

/** What could make a machine run twice is done only by name, with a reason. */
const RiskField = ({ entry, onEntry }: RiskProps) => (
  <div className="actions-risk">
    <Checkbox
      label="I take the risk that a machine runs twice"
      hint="Your name and the reason are kept in the audit log."
      checked={entry.takesRisk}
      onChange={(takesRisk) => onEntry({ ...entry, takesRisk })}
    />
    {entry.takesRisk && (
      <Field label="Why" error={entry.reason.trim() === '' ? 'A reason is needed' : null}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={2000}
            value={entry.reason}
            onChange={(event) => onEntry({ ...entry, reason: event.target.value })}
          />
        )}
      </Field>
    )}
  </div>
)

/** Why the button that sends it cannot be pressed yet; null when it can. */
const findObstacle = (dialogue: OperationDialogue, action: Action, target: ActTarget, typed: string): string | null => {
  const { entry, fields, phase } = dialogue
  const problems = {
    ...findFieldProblems(fields.common, entry.common),
    ...findFieldProblems(fields.options, toOptionValues(action, target.vendor, entry)),
  }
  const [problem] = Object.values(problems)
  if (problem !== undefined) return problem
  const own = toOwnOptions(target.vendor, action, entry.own)
  if (own.problem !== null) return own.problem
  if (entry.replicationIds?.length === 0) return 'Choose at least one machine'
  const isRisky =
    ('plan' in phase && phase.plan?.warnings.some(({ code }) => code === 'SPLIT_BRAIN_RISK') === true) ||
    (phase.kind === 'refused' && phase.refusal.nextStep === 'takeRisk')
  if (isRisky && !entry.takesRisk) return 'A machine could come to run twice: take the risk by name first'
  if (entry.takesRisk && entry.reason.trim() === '') return 'Say why you take the risk'
  if (needsTypedName(target, action) && typed.trim() !== target.name) return `Type ${target.name} to confirm`
  return null
}

interface StepProps {
  readonly dialogue: OperationDialogue
  readonly action: Action
  readonly target: ActTarget
  readonly typed: string
  readonly onTyped: (typed: string) => void
  readonly onAct: (action: Action) => void
}

const isRiskAsked = ({ phase, entry }: OperationDialogue): boolean =>
  entry.takesRisk ||
  ('plan' in phase && phase.plan?.warnings.some(({ code }) => code === 'SPLIT_BRAIN_RISK') === true) ||
  (phase.kind === 'refused' && phase.refusal.nextStep === 'takeRisk')

const EntryStep = ({ dialogue, action, target, typed, onTyped }: StepProps) => {
  const { phase, fields, entry, setEntry, isPlanned } = dialogue
  return (
    <>
      <EntryForm
        action={action}
        target={target}
        fields={fields}
        entry={entry}
        isStrict={phase.kind !== 'entry'}
        onEntry={setEntry}
      />
      {!isPlanned && needsTypedName(target, action) && <TypedName target={target} typed={typed} onTyped={onTyped} />}
    </>
  )
}

const ConfirmStep = ({ dialogue, action, target, typed, onTyped }: StepProps) => {
  const { phase, entry, setEntry } = dialogue
  // What was refused for another reason than its risk is no longer what would happen.
  const isOver = phase.kind === 'refused' && phase.refusal.nextStep !== 'takeRisk'
  const plan = 'plan' in phase && !isOver ? phase.plan : null
  return (
    <>
      {phase.kind === 'refused' && <RefusalView refusal={phase.refusal} />}
      {phase.kind === 'lost' && (
        <Notice status="critical" title="No answer came">
          <p>{phase.message}</p>
          <p>
            <strong>
              Press again: it carries the same key, and is done once, whether the first press arrived or not.
            </strong>
          </p>
        </Notice>
      )}
      {plan !== null && (
        <>
          {phase.kind === 'planned' && <StepTitle>The plan for {target.name}</StepTitle>}
          <PlanView plan={plan} />
        </>
      )}
      {!isOver && isRiskAsked(dialogue) && <RiskField entry={entry} onEntry={setEntry} />}
      {!(isOver && phase.refusal.nextStep !== 'tryAgain') && needsTypedName(target, action) && (
        <TypedName target={target} typed={typed} onTyped={onTyped} />
      )}
    </>
  )
}

const Step = (props: StepProps) => {
  const { dialogue, target, onAct } = props
  const { phase, isPlanned } = dialogue
  switch (phase.kind) {
    case 'entry':
      return <EntryStep {...props} />
    case 'planning':
      return <Waiting what="Asking both sites what would happen. Nothing is sent…" />
    case 'sending':
      return <Waiting what={`Sending it for ${target.name}, once…`} />
    case 'started':
      return (
        <>
          <StepTitle>
            {phase.isReplay ? 'This was sent before: here is its task' : 'The site has taken it on'}
          </StepTitle>
          <LiveTask task={phase.task} onAct={onAct} />
        </>
      )
    default:
      return isPlanned || phase.kind !== 'refused' || phase.refusal.nextStep !== 'mendInput' ? (
        <ConfirmStep {...props} />
      ) : (
        <>
          <RefusalView refusal={phase.refusal} />
          <EntryStep {...props} />
        </>
      )
  }
}

const Footer = (props: StepProps & { readonly onClose: () => void }) => {
  const { dialogue, action, target, typed, onClose } = props
  const { phase, isPlanned, makePlan, goBack, press } = dialogue
  const words = operationWords[action]
  const obstacle = findObstacle(dialogue, action, target, typed)
  const isGrave = findAction(target, action)?.safety !== 'REVERSIBLE'
  if (phase.kind === 'started') return <Button onClick={onClose}>Close</Button>
  if (phase.kind === 'planning' || phase.kind === 'sending') return <Button onClick={onClose}>Close</Button>
  const isPlanMissing = isPlanned && !('plan' in phase && phase.plan !== null)
  const asksPlan = isPlanMissing || (phase.kind === 'refused' && phase.refusal.nextStep === 'planAgain')
  const isOver = phase.kind === 'refused' && ['close', 'lookAgain'].includes(phase.refusal.nextStep)
  return (
    <>
      <Button onClick={onClose}>{isOver ? 'Close' : 'Cancel'}</Button>
      {isOver && phase.kind === 'refused' && phase.refusal.nextStep === 'lookAgain' && (
        <Button variant="primary" onClick={() => navigate('/tasks')}>
          Look at the tasks
        </Button>
      )}
      {phase.kind !== 'entry' && !isOver && <Button onClick={goBack}>Back to the options</Button>}
      {!isOver && asksPlan && (
        <Button
          variant="primary"
          type="submit"
          reason={isPlanMissing && obstacle?.startsWith('Type ') === false ? obstacle : null}
          onClick={() => void makePlan()}
        >
          {phase.kind === 'entry' ? 'Show the plan' : 'Plan again'}
        </Button>
      )}
      {!isOver && !asksPlan && (
        <Button variant={isGrave ? 'danger' : 'primary'} reason={obstacle} onClick={() => void press()}>
          {words.press}
        </Button>
      )}
    </>
  )
}

/** One operation from its options to the end of its task. */
export const OperationDialog = ({ action, target, recoveryPointId = '', onClose, onAct }: OperationDialogProps) => {
  const dialogue = useOperation(action, target, recoveryPointId)
  const [typed, setTyped] = useState('')
  const words = operationWords[action]
  const step: StepProps = { dialogue, action, target, typed, onTyped: setTyped, onAct }
  const { phase } = dialogue
  // Enter does what the last button does, where that may be pressed.
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (phase.kind === 'entry' && dialogue.isPlanned) void dialogue.makePlan()
    else if (phase.kind !== 'started' && findObstacle(dialogue, action, target, typed) === null) void dialogue.press()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${words.label}: ${target.name}`}
      description={words.effect}
      size={phase.kind === 'planned' || phase.kind === 'started' ? 'wide' : 'normal'}
      footer={<Footer {...step} onClose={onClose} />}
    >
      <form className="actions-body" onSubmit={submit}>
        <Step {...step} />
        {/* The buttons stand below the form: without this one, Enter would do nothing where there are two fields. */}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
