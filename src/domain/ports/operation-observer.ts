/** `PARTIAL` has data and errors, `FAILED` errors alone. A subscription is `OK` when it stands. */
export const operationOutcomes = ['OK', 'PARTIAL', 'FAILED'] as const
export type OperationOutcome = (typeof operationOutcomes)[number]

/** One operation of a caller, as it was answered. */
export interface AnsweredOperation {
  /** As the caller gave it, of any length; null without one. */
  readonly name: string | null
  readonly transport: 'HTTP' | 'WS'
  readonly outcome: OperationOutcome
  /** From its coming to its answer; for a subscription until it stands. */
  readonly seconds: number
}

/** Is told of every operation that callers ask for, also where a finished answer is given again. Must not throw. */
export interface OperationObserver {
  noteOperation(operation: AnsweredOperation): void
}
