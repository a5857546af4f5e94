import { describe, expect, it } from 'vitest'
import { keyLifetimeMs } from '../../src/domain/ports/journal.ts'
import type { Task } from '../../src/domain/task.ts'
import {
  everyTask,
  later,
  readAll,
  sampleIntent,
  sampleRequest,
  sampleScope,
  sampleTargetId,
  sampleTaskId,
} from '../journal/sample-task.ts'
import type { StartJournal } from './journal.suite.ts'

const isMove = ({ operation }: Task): boolean => operation === 'MOVE'

/** How every journal takes keys, keeps two from one target, and lets nothing be sent twice. */
export const intentBehaviour = (start: StartJournal): void => {
  describe('taking a key', () => {
    it('keeps the task, its first event and its key', async () => {
      await using gateway = await start()
      const { journal } = gateway
      const intent = sampleIntent(1)
      expect(await journal.begin(intent)).toEqual({ kind: 'BEGUN', task: intent.task })

      expect(await journal.getTask(sampleTaskId(1))).toEqual(intent.task)
      expect(await journal.findByKey(sampleScope(1))).toEqual({ task: intent.task, inputHash: 'hash-1' })
      const events = await readAll(journal, 1)
      expect(events).toMatchObject([{ kind: 'STATE_CHANGE', task: intent.task }])
      expect(gateway.published).toEqual(events)
    })

    it('answers a key that was seen before with the first task as it is now, and appends nothing', async () => {
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1))
      const running = await journal.update(sampleTaskId(1), { state: 'RUNNING' }, 'STATE_CHANGE', later(1))

      const again = sampleIntent(2, { request: sampleRequest({ idempotencyKey: 'key-1' }) })
      expect(await journal.begin(again)).toEqual({ kind: 'EXISTING', task: running, inputHash: 'hash-1' })
      expect(await journal.getTask(sampleTaskId(2))).toBeNull()
      expect(gateway.published).toHaveLength(2)
    })

    it('begins exactly one of 50 equal intents that come at once', async () => {
      // C1
      await using gateway = await start()
      const { journal } = gateway
      const request = sampleRequest({ idempotencyKey: 'one-key' })
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, index) => journal.begin(sampleIntent(index, { request }))),
      )
      const begun = results.filter((result) => result.kind === 'BEGUN')
      expect(begun).toHaveLength(1)
      const ids = results.map((result) => (result.kind === 'BLOCKED' ? null : result.task.id))
      expect(new Set(ids)).toEqual(new Set([begun[0]?.task.id]))
      expect((await journal.listTasks(everyTask)).totalCount).toBe(1)
      expect(gateway.published).toHaveLength(1)
    })

    it('keeps the keys of two callers, and of two operations, apart', async () => {
      // C2
      await using gateway = await start()
      const { journal } = gateway
      const request = sampleRequest()
      await journal.begin(sampleIntent(1, { request }))
      expect(await journal.begin({ ...sampleIntent(2, { request }), caller: 'bob' })).toMatchObject({ kind: 'BEGUN' })
      expect(await journal.begin(sampleIntent(3, { request, operation: 'MOVE' }))).toMatchObject({ kind: 'BEGUN' })
      expect((await journal.findByKey(sampleScope(1, 'bob')))?.task.id).toBe(sampleTaskId(2))
      expect(await journal.findByKey(sampleScope(1, 'carol'))).toBeNull()
    })

    it('keeps a key for 30 days, and then begins anew with it', async () => {
      // A1
      await using gateway = await start()
      const { journal, clock } = gateway
      await journal.begin(sampleIntent(1))
      const ended = await journal.update(sampleTaskId(1), { state: 'SUCCEEDED' }, 'STATE_CHANGE', later(1))
      const again = sampleIntent(2, { request: sampleRequest() })
      clock.turn(keyLifetimeMs - 1)
      expect(await journal.findByKey(sampleScope(1))).toMatchObject({ task: ended })
      expect(await journal.begin(again)).toMatchObject({ kind: 'EXISTING', task: ended })
      clock.turn(1)
      expect(await journal.findByKey(sampleScope(1))).toBeNull()
      expect(await journal.begin(again)).toMatchObject({ kind: 'BEGUN' })
      expect(await journal.findByKey(sampleScope(1))).toMatchObject({ task: { id: sampleTaskId(2) } })
      expect(await journal.getTask(sampleTaskId(1))).toEqual(ended)
    })

    it('keeps the key of a task that is not final for as long as that takes', async () => {
      // A1: what is in doubt is never sent again, however old it is.
      await using gateway = await start()
      const { journal, clock } = gateway
      await journal.begin(sampleIntent(1))
      await journal.update(sampleTaskId(1), { state: 'OUTCOME_UNKNOWN' }, 'STATE_CHANGE', later(1))
      clock.turn(3 * keyLifetimeMs)
      await journal.begin(sampleIntent(2))
      const again = sampleIntent(3, { request: sampleRequest() })
      expect(await journal.findByKey(sampleScope(1))).toMatchObject({ task: { id: sampleTaskId(1) } })
      expect(await journal.begin(again)).toMatchObject({ kind: 'EXISTING', task: { id: sampleTaskId(1) } })
    })

    it('begins exactly one of 50 intents of different keys on one target that come at once', async () => {
      // C3
      await using gateway = await start()
      const { journal } = gateway
      const intents = Array.from({ length: 50 }, (_, number) => ({
        ...sampleIntent(number),
        exclusiveIds: ['something else', sampleTargetId],
      }))
      const results = await Promise.all(intents.map((intent) => journal.begin(intent)))
      const begun = results.flatMap((result) => (result.kind === 'BEGUN' ? [result.task] : []))
      expect(begun).toHaveLength(1)
      expect(results.filter(({ kind }) => kind === 'BLOCKED')).toEqual(
        Array.from({ length: 49 }, () => ({ kind: 'BLOCKED', by: begun[0] })),
      )
      expect(await journal.listTasks(everyTask)).toMatchObject({ totalCount: 1 })
      expect(gateway.published).toHaveLength(1)
    })

    it('leaves the key of an intent free that another task stood in the way of', async () => {
      // C3
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1))
      const second = { ...sampleIntent(2), exclusiveIds: [sampleTargetId] }
      expect(await journal.begin(second)).toMatchObject({ kind: 'BLOCKED', by: { id: sampleTaskId(1) } })
      expect(await journal.findByKey(sampleScope(2))).toBeNull()
      expect(await journal.getTask(sampleTaskId(2))).toBeNull()
      await journal.update(sampleTaskId(1), { state: 'FAILED' }, 'STATE_CHANGE', later(1))
      expect(await journal.begin(second)).toMatchObject({ kind: 'BEGUN' })
    })

    it('lets an open task pass that is no hindrance, and answers a key that was seen before first', async () => {
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1))
      const second = { ...sampleIntent(2), exclusiveIds: [sampleTargetId], isHindrance: isMove }
      expect(await journal.begin(second)).toMatchObject({ kind: 'BEGUN' })
      const replay = { ...sampleIntent(1), exclusiveIds: [sampleTargetId] }
      expect(await journal.begin(replay)).toMatchObject({ kind: 'EXISTING', task: { id: sampleTaskId(1) } })
    })

    it('leaves no trace of an intent whose task cannot be written', async () => {
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1))
      const sameTask = sampleIntent(1, { request: sampleRequest({ idempotencyKey: 'key-2' }) })
      await expect(journal.begin(sameTask)).rejects.toThrow(/unique/i)
      expect(await journal.findByKey(sampleScope(2))).toBeNull()
      expect(await readAll(journal, 1)).toHaveLength(1)
    })

    it('refuses a task without a request', async () => {
      await using gateway = await start()
      await expect(gateway.journal.begin(sampleIntent(1, { request: null }))).rejects.toThrow(/no key/)
    })
  })

  describe('sending', () => {
    it('marks an intent as sent once: the second time is refused', async () => {
      // A1: whoever finds the mark taken must not send.
      await using gateway = await start()
      const { journal, clock } = gateway
      await journal.begin(sampleIntent(1))
      clock.turn(1_000)
      expect(await journal.markSent(sampleTaskId(1))).toMatchObject({ dispatch: 'SENT', updatedAt: later(1) })
      await expect(journal.markSent(sampleTaskId(1))).rejects.toThrow(/SENT, not PREPARED/)
    })

    it('does not take for unsent what another gateway has found to be accepted', async () => {
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1))
      await journal.markSent(sampleTaskId(1))
      const accepted = { dispatch: 'ACCEPTED', vendorTaskId: 'task-1' } as const
      await journal.update(sampleTaskId(1), accepted, 'STATE_CHANGE', later(1))
      const settled = { dispatch: 'NOT_SENT', state: 'FAILED' } as const
      expect(await journal.update(sampleTaskId(1), settled, 'STATE_CHANGE', later(2))).toMatchObject(accepted)
      await journal.release(sampleTaskId(1), 'SENT', null)
      expect(await journal.getTask(sampleTaskId(1))).toMatchObject(accepted)
    })

    it('refuses to mark a task that was released', async () => {
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1))
      await journal.release(sampleTaskId(1), 'PREPARED', null)
      await expect(journal.markSent(sampleTaskId(1))).rejects.toMatchObject({ code: 'STORE_BUSY' })
    })

    it('releases a task with its key, so that the same key begins anew', async () => {
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1))
      await journal.release(sampleTaskId(1), 'PREPARED', null)
      expect(await journal.getTask(sampleTaskId(1))).toBeNull()
      expect(await journal.findByKey(sampleScope(1))).toBeNull()
      expect(await journal.begin(sampleIntent(1))).toMatchObject({ kind: 'BEGUN' })
    })

    it('keeps what was called lost, whoever takes it back', async () => {
      // A2: somebody may have been told of it.
      await using gateway = await start()
      const { journal } = gateway
      const { task } = sampleIntent(1)
      await journal.begin(sampleIntent(1))
      await journal.markSent(task.id)
      await journal.loseAnswer(task.id, { code: 'STORE_BUSY', message: 'nobody knows' }, later(1))
      await journal.release(task.id, 'SENT', null)
      expect(await journal.getTask(task.id)).toMatchObject({ state: 'OUTCOME_UNKNOWN', dispatch: 'SENT' })
      expect(await journal.findByKey(sampleScope(1))).not.toBeNull()
    })

    it('never gives a sequence number twice, also after the newest event went with its task', async () => {
      // W3: a cursor that a client holds must not come to mean another event.
      await using gateway = await start()
      const { journal, published } = gateway
      await journal.begin(sampleIntent(1))
      await journal.release(sampleTaskId(1), 'PREPARED', null)
      await journal.begin(sampleIntent(1))
      const [released, begun] = published
      expect(begun?.sequence).toBeGreaterThan(released?.sequence ?? Infinity)
    })
  })
}
