import { useState, type FormEvent, type ReactNode } from 'react'
import { toOutcome, type Outcome } from '../actions/answer-words.ts'
import { LiveTask } from '../actions/live-task.tsx'
import { RefusalView } from '../actions/refusal-view.tsx'
import { useGateway } from '../app/gateway.tsx'
import { ConsoleStartReplicationDocument } from '../generated/graphql.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Field, TextInput } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { said, type StartDraft } from './start-draft.ts'
import '../actions/actions.css'

type Phase =
  | { readonly kind: 'entry' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'lost'; readonly message: string }
  | Outcome

interface StartFrameProps {
  /** What would be sent; null while something is missing. */
  readonly draft: StartDraft | null
  /** What is missing; null when nothing is. */
  readonly obstacle: string | null
  readonly children: ReactNode
}

const Started = ({
  outcome,
  onAgain,
}: {
  readonly outcome: Outcome & { kind: 'started' }
  readonly onAgain: () => void
}) => (
  <Card title={outcome.isReplay ? 'This was sent before: here is its task' : 'The site has taken it on'}>
    <LiveTask task={outcome.task} onAct={() => {}} />
    <p className="start-after">
      <Button onClick={onAgain}>Start another</Button>
      <ButtonLink to="/groups">To the groups</ButtonLink>
    </p>
  </Card>
)

/** The end of every form: why, the button, and what came of it. */
export const StartFrame = ({ draft, obstacle, children }: StartFrameProps) => {
  const gateway = useGateway()
  const [reason, setReason] = useState('')
  const [phase, setPhase] = useState<Phase>({ kind: 'entry' })
  const press = async (): Promise<void> => {
    if (draft === null || obstacle !== null) return
    const input = { ...draft, ...(said(reason) !== null && { reason: said(reason) }) }
    setPhase({ kind: 'sending' })
    try {
      const { data, errors } = await gateway.keys.press(
        `START_REPLICATION ${JSON.stringify(input)}`,
        (idempotencyKey) => gateway.mutate(ConsoleStartReplicationDocument, { input: { ...input, idempotencyKey } }),
      )
      if (data === null) throw new Error(errors[0]?.message ?? 'The gateway gave no answer')
      setPhase(toOutcome(data.answer))
    } catch (error) {
      setPhase({ kind: 'lost', message: error instanceof Error ? error.message : String(error) })
    }
  }
  if (phase.kind === 'started') return <Started outcome={phase} onAgain={() => setPhase({ kind: 'entry' })} />
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void press()
  }
  return (
    <form className="start-form" onSubmit={submit}>
      {children}
      <Card title="Send it">
        <div className="start-fields">
          <Field label="Reason" hint="For whoever looks later: kept with the task and in the audit log.">
            {(control) => (
              <TextInput
                {...control}
                maxLength={2000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          {phase.kind === 'refused' && <RefusalView refusal={phase.refusal} />}
          {phase.kind === 'lost' && (
            <Notice status="critical" title="No answer came">
              <p>{phase.message}</p>
              <p>Press again: it carries the same key, and is done once.</p>
            </Notice>
          )}
          <p>
            <Button
              type="submit"
              variant="primary"
              reason={phase.kind === 'sending' ? 'It is being sent' : obstacle}
              icon="play"
            >
              {phase.kind === 'sending' ? 'Sending it, once…' : 'Start replication'}
            </Button>
          </p>
          {obstacle !== null && <p className="muted">{obstacle}</p>}
        </div>
      </Card>
    </form>
  )
}
