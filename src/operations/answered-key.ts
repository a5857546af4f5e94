import { DomainError } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Task } from '../domain/task.ts'

/** What holds a key. */
interface KeyHolder {
  readonly task: Task
  readonly inputHash: string
}

const lookEveryMs = 100

// Longer than it takes until others know that a gateway has died, and have cleared up behind it.
const longestWaitMs = 8_000

/** What is about to be sent may still be taken back, and so may what is on its way where nobody can be reached. */
const mayGo = ({ dispatch, state }: Task): boolean =>
  (dispatch === 'PREPARED' || dispatch === 'SENT') && state !== 'OUTCOME_UNKNOWN'

/**
 * Finds what holds a key, when it is certain that it will stay. Within a gateway whoever asks again waits for the send by a
 * lock; here he waits for another gateway's, so that he is not given a task which then goes.
 *
 * @param find Looks into the journal.
 * @returns null when nothing holds the key, or does so no more.
 * @throws STORE_BUSY when it has not left after 8 seconds.
 */
export const findAnswered = async (find: () => Promise<KeyHolder | null>, clock: Clock): Promise<KeyHolder | null> => {
  const never = new AbortController().signal
  const untilMs = clock.now().getTime() + longestWaitMs
  for (;;) {
    const found = await find()
    if (found === null || !mayGo(found.task)) return found
    if (clock.now().getTime() >= untilMs) {
      if (found.task.dispatch === 'SENT') return found
      const message = 'Another gateway is about to send what has this key: ask again with the same key'
      throw DomainError.store('STORE_BUSY', message, null)
    }
    await clock.wait(lookEveryMs, never)
  }
}
