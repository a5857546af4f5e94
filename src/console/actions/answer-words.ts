import { matchTaskResult } from '../../client/match-task-result.ts'
import type { Action, PlanAnswerFragment, TaskAnswerFragment, TaskRowFragment } from '../generated/graphql.ts'
import { toWords } from '../status.ts'
import { operationWords } from './operation-words.ts'

/** What a refusal leaves a person to do. */
export type NextStep = 'mendInput' | 'planAgain' | 'takeRisk' | 'tryAgain' | 'lookAgain' | 'close'

/** A refusal, for people. */
export interface Refusal {
  readonly title: string
  /** The gateway's own words. */
  readonly message: string
  /** More, line by line. */
  readonly facts: readonly string[]
  /** What to do now, in a sentence. */
  readonly advice: string
  readonly nextStep: NextStep
  /** What is wrong with which member of the input, by its path. */
  readonly fields: Readonly<Record<string, string>>
}

/** What came of pressing a button. */
export type Outcome =
  | { readonly kind: 'started'; readonly task: TaskRowFragment; readonly isReplay: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

type AnyRefusal = Exclude<PlanAnswerFragment, { __typename: 'RecoveryPlan' }>
type Named<Name> = Extract<AnyRefusal, { __typename: Name }>

const refusal = (
  title: string,
  message: string,
  advice: string,
  nextStep: NextStep,
  rest: Partial<Refusal> = {},
): Refusal => ({ title, message, advice, nextStep, facts: [], fields: {}, ...rest })

const listActions = (actions: readonly Action[]): string =>
  actions.map((action) => operationWords[action].label.toLowerCase()).join(', ')

const adviceByVendorCode: Readonly<Record<string, readonly [advice: string, nextStep: NextStep]>> = {
  VENDOR_UNAVAILABLE: ['Nothing was changed. Try again when the site answers.', 'tryAgain'],
  RATE_LIMITED: ['The site asks for fewer calls. Wait, then try again.', 'tryAgain'],
  VENDOR_REFUSED: ['The site understood and said no. Nothing was changed.', 'mendInput'],
  OUTCOME_UNKNOWN: ['It may have been done. Do not start it again: look at the tasks first.', 'lookAgain'],
  TIMEOUT: ['The site was too slow. Look at the tasks before you try again.', 'lookAgain'],
}

const toVendorRefusal = (problem: Named<'VendorProblem'>): Refusal => {
  const [advice, nextStep] = adviceByVendorCode[problem.code] ?? [
    'Look at the tasks before you try again.',
    'lookAgain',
  ]
  return refusal(`${problem.siteName} did not do it`, problem.message, advice, nextStep, {
    facts: [
      ...(problem.vendorMessage === null ? [] : [`The site says: ${problem.vendorMessage}`]),
      ...(problem.vendorCode === null ? [] : [`Its code: ${problem.vendorCode}`]),
      ...(problem.retryAfterSeconds === null ? [] : [`Ask again in ${problem.retryAfterSeconds} s`]),
      ...(problem.operationId === null ? [] : [`Operation in its log: ${problem.operationId}`]),
    ],
  })
}

const toMismatch = ({ message, original }: Named<'IdempotencyMismatch'>): Refusal =>
  refusal(
    'This was sent before with other options',
    message,
    'Look at the task of the first press. If you want another one, press again.',
    'lookAgain',
    {
      facts:
        original === null
          ? []
          : [`${toWords(original.operation)} of ${original.targetName ?? 'it'}: ${toWords(original.state)}`],
    },
  )

/** Each refusal with what to do next. The compiler asks for every member of the union. */
export const toRefusal = (problem: AnyRefusal): Refusal =>
  matchTaskResult(problem, {
    InvalidInput: ({ message, fields }) =>
      refusal('Something in the options does not fit', message, 'Mend it, then press again.', 'mendInput', {
        fields: Object.fromEntries(fields.map(({ path, message: what }) => [path, what])),
        facts: fields.map(({ path, message: what }) => `${path}: ${what}`),
      }),
    NotFound: ({ message }) =>
      refusal('It is not there any more', message, 'Somebody may have removed it, or you may not see it.', 'close'),
    InvalidState: ({ message, state, availableActions }) =>
      refusal('Not in this state', message, 'Nothing was sent.', 'lookAgain', {
        facts: [
          `Its state: ${toWords(state)}`,
          ...(availableActions.length === 0 ? [] : [`Possible now: ${listActions(availableActions)}`]),
        ],
      }),
    Unsupported: ({ message, capability }) =>
      refusal('This site cannot do it', message, 'Nothing was sent.', 'close', {
        facts: [`Missing capability: ${toWords(capability)}`],
      }),
    PermissionDenied: ({ message, requiredScope }) =>
      refusal('You may not do this', message, `Ask for the scope ${requiredScope}. Nothing was sent.`, 'close'),
    VendorProblem: toVendorRefusal,
    IdempotencyMismatch: toMismatch,
    SplitBrainRisk: ({ message, evidence }) =>
      refusal(
        'A machine could come to run twice',
        message,
        'Nothing was sent. Make sure that it is off at the source, or take the risk by name and say why.',
        'takeRisk',
        { facts: evidence },
      ),
    PlanChanged: ({ message, changes }) =>
      refusal(
        'Things have changed since the plan',
        message,
        'Nothing was sent. Plan again, and look again.',
        'planAgain',
        {
          facts: changes,
        },
      ),
    StoreProblem: ({ message }) =>
      refusal('The gateway cannot write it down', message, 'Nothing was sent. Try again in a moment.', 'tryAgain'),
  })

/** What came of a mutation. */
export const toOutcome = (answer: TaskAnswerFragment): Outcome =>
  answer.__typename === 'TaskStarted'
    ? { kind: 'started', task: answer.task, isReplay: answer.replayed }
    : { kind: 'refused', refusal: toRefusal(answer) }
