import { expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { TargetDirectory } from '../../src/domain/ports/target-directory.ts'
import type { PreparedCall } from '../../src/domain/ports/vendor-adapter.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { sendOnce } from '../../src/operations/send-once.ts'
import { UnsentIntents } from '../../src/operations/unsent-intents.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { later, sampleIntent, sampleScope, sampleTaskId } from '../journal/sample-task.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createMemoryStore, MemoryJournal } from '../support/memory-journal.ts'

const directory: Pick<TargetDirectory, 'forget'> = { forget: () => {} }

const { problem: lost } = DomainError.store('STORE_BUSY', 'gone', null)

/** An intent that is about to be sent, and what happens between its note as SENT and the call. */
const start = async (between: (journal: MemoryJournal) => Promise<void>, isAlive: () => boolean) => {
  const clock = createFakeClock()
  const journal = new MemoryJournal({ store: createMemoryStore(), bus: createMemoryEventBus(), clock })
  const begun = await journal.begin(sampleIntent(1))
  if (begun.kind !== 'BEGUN') throw new Error('It does not begin')
  const left: string[] = []
  const call: PreparedCall = {
    calls: [],
    decision: null,
    newName: null,
    send: async ({ mayLeave }) => {
      await between(journal)
      if (!mayLeave()) {
        throw DomainError.vendor({ code: 'VENDOR_UNAVAILABLE', message: 'held back', siteName: 'zvm-a' })
      }
      left.push('a call')
      return { kind: 'TASK', vendorTaskId: 'task-1' }
    },
  }
  const unsent = new UnsentIntents(journal)
  const deps = { directory, journal, clock, logger: silentLogger, isAlive, unsent }
  const result = await sendOnce(deps, begun.task, call)
  return { journal, left, result }
}

it('sends what the journal holds as sent while nobody can take this gateway for dead', async () => {
  const { left, result } = await start(
    async () => {},
    () => true,
  )
  expect(left).toHaveLength(1)
  expect(result).toMatchObject({ kind: 'STARTED', task: { dispatch: 'ACCEPTED' } })
})

it('sends nothing after it stood still, and frees the key where nobody has taken it over', async () => {
  // S5, C10
  const { journal, left, result } = await start(
    async () => {},
    () => false,
  )
  expect(left).toEqual([])
  expect(result).toMatchObject({ kind: 'REFUSED', problem: { code: 'STORE_BUSY' } })
  expect(await journal.findByKey(sampleScope(1))).toBeNull()
})

it('ends what others call lost by now as what was not sent', async () => {
  // S5, C10
  const { journal, left, result } = await start(
    (other) => other.loseAnswer(sampleTaskId(1), lost, later(5)),
    () => false,
  )
  expect(left).toEqual([])
  expect(result).toMatchObject({ kind: 'REFUSED', problem: { code: 'STORE_BUSY' } })
  expect(await journal.getTask(sampleTaskId(1))).toMatchObject({
    dispatch: 'NOT_SENT',
    state: 'FAILED',
    reconciliation: { verdict: 'DID_NOT_HAPPEN' },
  })
})

it('leaves alone what others have brought to its end by now', async () => {
  // S5, N14
  const patch = { dispatch: 'NOT_SENT', state: 'FAILED', stage: 'did not happen', problem: lost } as const
  const { journal, left } = await start(
    async (other) => {
      await other.loseAnswer(sampleTaskId(1), lost, later(5))
      await other.update(sampleTaskId(1), patch, 'STATE_CHANGE', later(6))
    },
    () => false,
  )
  expect(left).toEqual([])
  expect(await journal.getTask(sampleTaskId(1))).toMatchObject({ stage: 'did not happen', reconciliation: null })
})
