import { useState } from 'react'
import type { GatewayClient } from '../../client/gateway-client.ts'
import { useGateway } from '../app/gateway.tsx'
import {
  ConsolePlanFailoverDocument,
  ConsolePlanMoveDocument,
  type Action,
  type PlanAnswerFragment,
  type TaskRowFragment,
} from '../generated/graphql.ts'
import { vendorParts } from '../vendors/registry.ts'
import type { ActTarget } from './act-target.ts'
import { toOutcome, toRefusal, type Refusal } from './answer-words.ts'
import {
  commonFields,
  emptyEntry,
  operationDocuments,
  plannedActions,
  toIntention,
  toOperationInput,
  toPlannedInput,
  type OperationEntry,
  type OperationFields,
} from './operation-input.ts'

export type Plan = Extract<PlanAnswerFragment, { __typename: 'RecoveryPlan' }>

/** Where a dialogue stands. */
export type Phase =
  | { readonly kind: 'entry' }
  | { readonly kind: 'planning' }
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'sending'; readonly plan: Plan | null }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly plan: Plan | null }
  /** No answer came: whether it was sent is not known. Pressing again sends the same key. */
  | { readonly kind: 'lost'; readonly message: string; readonly plan: Plan | null }
  | { readonly kind: 'started'; readonly task: TaskRowFragment; readonly isReplay: boolean }

export interface OperationDialogue {
  readonly fields: OperationFields
  readonly entry: OperationEntry
  readonly phase: Phase
  readonly isPlanned: boolean
  readonly setEntry: (entry: OperationEntry) => void
  /** Asks what would happen; sends nothing. */
  readonly makePlan: () => Promise<void>
  /** Back to the options. */
  readonly goBack: () => void
  /** Sends it. */
  readonly press: () => Promise<void>
}

const findFields = (action: Action, target: ActTarget): OperationFields => ({
  vendor: target.vendor,
  common: [...(commonFields[action] ?? []), ...(vendorParts[target.vendor].ownFields[action] ?? [])],
  options: vendorParts[target.vendor].options[action] ?? [],
  optionsMember: vendorParts[target.vendor].optionsMember,
})

const askPlan = async (
  gateway: GatewayClient,
  action: Action,
  input: ReturnType<typeof toPlannedInput>,
): Promise<Phase> => {
  const document = action === 'MOVE' ? ConsolePlanMoveDocument : ConsolePlanFailoverDocument
  const { data, errors } = await gateway.query(document, { input })
  if (data === null) throw new Error(errors[0]?.message ?? 'The gateway gave no plan')
  const { plan } = data
  return plan.__typename === 'RecoveryPlan'
    ? { kind: 'planned', plan }
    : { kind: 'refused', refusal: toRefusal(plan), plan: null }
}

const toWordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The story of one press: options, plan, answer. */
export const useOperation = (action: Action, target: ActTarget, recoveryPointId: string): OperationDialogue => {
  const gateway = useGateway()
  const fields = findFields(action, target)
  const [entry, setEntry] = useState<OperationEntry>(() => ({ ...emptyEntry(target.id), recoveryPointId }))
  const [phase, setPhase] = useState<Phase>({ kind: 'entry' })
  const makePlan = async (): Promise<void> => {
    setPhase({ kind: 'planning' })
    try {
      setPhase(await askPlan(gateway, action, toPlannedInput(action, fields, entry)))
    } catch (error) {
      setPhase({ kind: 'lost', message: toWordsOf(error), plan: null })
    }
  }
  const press = async (): Promise<void> => {
    const plan = 'plan' in phase ? phase.plan : null
    setPhase({ kind: 'sending', plan })
    try {
      const { data, errors } = await gateway.keys.press(toIntention(action, fields, entry), (idempotencyKey) => {
        const input = toOperationInput(action, fields, entry, { idempotencyKey, planToken: plan?.planToken ?? null })
        return gateway.mutate(operationDocuments[action], { input })
      })
      if (data === null) throw new Error(errors[0]?.message ?? 'The gateway gave no answer')
      const outcome = toOutcome(data.answer)
      setPhase(outcome.kind === 'refused' ? { ...outcome, plan } : outcome)
    } catch (error) {
      setPhase({ kind: 'lost', message: toWordsOf(error), plan })
    }
  }
  return {
    fields,
    entry,
    phase,
    isPlanned: plannedActions.includes(action),
    setEntry,
    makePlan,
    goBack: () => setPhase({ kind: 'entry' }),
    press,
  }
}
