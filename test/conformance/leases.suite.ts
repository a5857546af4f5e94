import { once } from 'node:events'
import { expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { Lease, Leases } from '../../src/domain/ports/leases.ts'
import type { Store } from '../../src/journal/store.ts'
import { later, readAll, sampleIntent, sampleTaskId } from '../journal/sample-task.ts'
import { changeOf, stateOf } from '../journal/store-uses.ts'
import type { StartedStore } from './started-store.ts'

/** Wants a lease; resolves with it when it is had. */
export const takeLease = (leases: Leases, name: string) => {
  const had = Promise.withResolvers<{ readonly lease: Lease; readonly lost: AbortSignal }>()
  const hold = leases.hold(name, async (lease, lost) => {
    had.resolve({ lease, lost })
    if (!lost.aborted) await once(lost, 'abort')
  })
  return { had: had.promise, [Symbol.asyncDispose]: () => hold[Symbol.asyncDispose]() }
}

/** What the leases of every store must do, also of one that a single gateway has. */
export const leasesSuite = ({ start }: { readonly start: () => Promise<StartedStore<Store>> }): void => {
  it('gives a lease that nobody else has, until it is not wanted any more', async () => {
    await using store = await start()
    const { leases } = store.port
    const seat = takeLease(leases, 'a site')
    const { lease, lost } = await seat.had
    expect(lease).toEqual({ name: 'a site', fence: 1 })
    expect(lost.aborted).toBe(false)
    await seat[Symbol.asyncDispose]()
    expect(lost.aborted).toBe(true)
  })

  it('writes under a lease that is had', async () => {
    await using store = await start()
    const { leases, journal } = store.port
    await using seat = takeLease(leases, 'a site')
    const { lease } = await seat.had
    await journal.begin(sampleIntent(1))
    await journal.under(lease).update(sampleTaskId(1), { stage: 'under a lease' }, 'STATE_CHANGE', later(1))
    expect(await journal.getTask(sampleTaskId(1))).toMatchObject({ stage: 'under a lease' })
    const { protectionLog } = store.port
    await protectionLog.under(lease).append([changeOf(1)], [stateOf(1)])
    expect(await protectionLog.readEvents(0, 10)).toMatchObject([{ id: 'group-1', sequence: 1 }])
  })

  it('lives under a name that it does not have after a restart', async () => {
    await using store = await start()
    const { replica } = store.port.leases
    expect([...(await store.port.leases.listLiving())]).toEqual([replica])
    const { leases } = await store.reopen()
    expect(leases.replica).not.toBe(replica)
    expect([...(await leases.listLiving())]).toEqual([leases.replica])
  })

  it('tells of each intent which gateway has begun it, until its outcome is known or is being looked for', async () => {
    await using store = await start()
    const { journal, leases } = store.port
    for (const number of [1, 2, 3]) await journal.begin(sampleIntent(number))
    for (const number of [2, 3]) await journal.markSent(sampleTaskId(number))
    const listIds = async () => (await journal.listIntents()).map(({ task, replica }) => [task.id, replica])
    expect(await listIds()).toEqual([1, 2, 3].map((number) => [sampleTaskId(number), leases.replica]))
    const accepted = { dispatch: 'ACCEPTED', vendorTaskId: 'task-2' } as const
    await journal.update(sampleTaskId(2), accepted, 'STATE_CHANGE', later(1))
    await journal.update(sampleTaskId(3), { state: 'OUTCOME_UNKNOWN' }, 'STATE_CHANGE', later(1))
    expect(await listIds()).toEqual([[sampleTaskId(1), leases.replica]])
  })

  it('takes a lost answer down once, and not when the answer has come after all', async () => {
    await using store = await start()
    const { journal } = store.port
    for (const number of [1, 2]) {
      await journal.begin(sampleIntent(number))
      await journal.markSent(sampleTaskId(number))
    }
    const accepted = { dispatch: 'ACCEPTED', vendorTaskId: 'task-2' } as const
    await journal.update(sampleTaskId(2), accepted, 'STATE_CHANGE', later(1))
    const { problem } = DomainError.store('STORE_BUSY', 'gone', null)
    await Promise.all([1, 1, 2, 3].map((number) => journal.loseAnswer(sampleTaskId(number), problem, later(2))))
    expect(await journal.getTask(sampleTaskId(1))).toMatchObject({ state: 'OUTCOME_UNKNOWN', problem })
    expect(await journal.getTask(sampleTaskId(2))).toMatchObject({ state: 'ACCEPTED' })
    expect(await readAll(journal, 1)).toHaveLength(2)
  })

  it('tells what somebody wants to hear of, and when that begins', async () => {
    await using store = await start()
    const { leases } = store.port
    const told: string[] = []
    using stack = new DisposableStack()
    stack.use(leases.onWanted((interest) => told.push(interest)))
    {
      using shown = new DisposableStack()
      shown.use(leases.show('TASKS'))
      shown.use(leases.show('TASKS'))
      expect(leases.isWanted('TASKS')).toBe(true)
    }
    expect(leases.isWanted('TASKS')).toBe(false)
    expect(told).toEqual(['TASKS'])
  })
}
