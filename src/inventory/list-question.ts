import type { Clock } from '../domain/ports/clock.ts'
import type { SharedLists } from '../domain/ports/shared-lists.ts'
import type { ListState } from './list-state.ts'

/** How long a sign of life is waited for from the gateway that reads. It may stand still, or be dead. */
export const signPatienceMs = 2_000

/**
 * Asks the gateway that reads for a list, and waits until its answer is known here: for as long as it gives a sign every two
 * seconds. Whoever has waited in vain does not wait the next time, until something is heard again.
 *
 * @param options.isOver Whether this gateway has come to read itself, or ends.
 * @returns false when this gateway has to read itself.
 */
export const askForList = async (
  state: ListState,
  maxAgeMs: number,
  options: {
    readonly lists: SharedLists
    readonly clock: Clock
    readonly isOver: () => boolean
    /** Something was told that may not have been heard here. */
    readonly onTold: () => void
  },
): Promise<boolean> => {
  const { lists, clock, isOver, onTold } = options
  const end = new AbortController()
  let awaited: { readonly answer: number; readonly sequence: number } | null = null
  let [isAnswered, hasSign] = [false, true]
  let heard = state.sequence
  const look = (): void => {
    if (isOver()) end.abort()
    if (awaited === null) return
    isAnswered = state.answered >= awaited.answer && state.sequence >= awaited.sequence
    if (isAnswered) end.abort()
    if (state.heard >= awaited.answer && state.sequence > heard) {
      heard = state.sequence
      hasSign = true
    }
  }
  const ask = async (): Promise<void> => {
    try {
      const question = await lists.ask(state.name, maxAgeMs)
      awaited =
        question.kind === 'ASKED'
          ? { answer: question.number, sequence: 0 }
          : { answer: 0, sequence: question.sequence }
      look()
      if (question.kind === 'TOLD' && !isAnswered) onTold()
    } catch {
      // The store says elsewhere what is wrong with it. Nobody can be asked.
      end.abort()
    }
  }
  const asking = ask()
  if (state.isUnheard) {
    void asking
    return false
  }
  state.calls.add(look)
  while (hasSign && !end.signal.aborted) {
    hasSign = false
    await clock.wait(signPatienceMs, end.signal)
  }
  state.calls.delete(look)
  state.isUnheard = !isAnswered && !isOver()
  return isAnswered && !state.isForeign
}
