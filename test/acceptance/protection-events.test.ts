import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SimVpg } from '../../src/simulator/zerto/zerto-sim-vpg.ts'
import {
  PauseReplicationDocument,
  ProtectionEventsDocument,
  ProtectionGroupsDocument,
  ReplicationsDocument,
  type ProtectionEventsSubscription,
  type ProtectionEventsSubscriptionVariables,
} from '../generated/graphql.ts'
import type { Subscription } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

type Event = ProtectionEventsSubscription['protectionEvents']
type Events = Subscription<ProtectionEventsSubscription>

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway({ fleetSize: 8 })
})
afterEach(() => gateway[Symbol.asyncDispose]())

const watch = (variables: ProtectionEventsSubscriptionVariables = {}): Events =>
  gateway.watch(ProtectionEventsDocument, variables)

const take = async (events: Events): Promise<Event> => {
  const { data, errors } = await events.next()
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors))
  return data.protectionEvents
}

/** The events up to the first that is looked for, that one included. */
const takeUntil = async (events: Events, isIt: (event: Event) => boolean): Promise<readonly Event[]> => {
  const taken: Event[] = []
  for (;;) {
    const event = await take(events)
    taken.push(event)
    if (isIt(event)) return taken
  }
}

const listGroups = async () => (await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })).protectionGroups.nodes

/** A group of the product whose simulated world can be changed by hand, as both know it. */
const pickGroup = async (index = 0): Promise<{ readonly id: string; readonly vpg: SimVpg }> => {
  const found = (await listGroups()).flatMap(({ id, name }) => {
    const vpg = [...gateway.zerto.world.vpgs.values()].find((one) => one.name === name)
    return vpg === undefined ? [] : [{ id, vpg }]
  })[index]
  if (found === undefined) throw new Error('there is no such group')
  return found
}

/** A mark that ends a stretch of events: a group that gets this name. */
const isNamed =
  (name: string) =>
  ({ kind, target }: Event): boolean =>
    kind === 'CHANGED' && target?.name === name

describe('protectionEvents', () => {
  it('begins with one SNAPSHOT, which says how much there is', async () => {
    const groups = await listGroups()
    const { replications } = await gateway.dataOf(ReplicationsDocument, { first: 500 })
    await using events = watch()
    expect(await take(events)).toMatchObject({
      kind: 'SNAPSHOT',
      totalCount: groups.length + replications.totalCount,
      target: null,
      targetId: null,
      changedFields: [],
      missedEvents: null,
    })
    const filter = { vendors: ['ZERTO' as const] }
    await using some = watch({ filter, kinds: ['PROTECTION_GROUP'] })
    expect((await take(some)).totalCount).toBe(groups.filter(({ vendor }) => vendor === 'ZERTO').length)
  })

  it('tells of a change in the product itself, with the names of the fields, without anybody asking', async () => {
    const { id, vpg } = await pickGroup()
    await using events = watch({ kinds: ['PROTECTION_GROUP'] })
    expect((await take(events)).kind).toBe('SNAPSHOT')
    vpg.name = 'Renamed in the product'
    vpg.priority = (vpg.priority + 1) % 3
    const changed = (await takeUntil(events, isNamed('Renamed in the product'))).at(-1)
    expect(changed).toMatchObject({ targetId: id, target: { id }, changedFields: ['name', 'priority'] })
  })

  it('tells of a change that was asked for here', async () => {
    const group = (await listGroups()).find(
      ({ vendor, actions }) =>
        vendor === 'VCDA' && actions.some(({ action, available }) => action === 'PAUSE' && available),
    )
    const targetId = group?.id ?? ''
    await using events = watch({ kinds: ['PROTECTION_GROUP'] })
    await take(events)
    const input = { targetId, idempotencyKey: 'p' }
    const { pauseReplication } = await gateway.dataOf(PauseReplicationDocument, { input })
    expect(pauseReplication.__typename).toBe('TaskStarted')
    gateway.turn(60)
    const isIt = ({ kind, targetId: id, target }: Event): boolean =>
      kind === 'CHANGED' && id === targetId && target?.state === 'PAUSED'
    const [changed] = (await takeUntil(events, isIt)).slice(-1)
    expect(changed?.changedFields.length).toBeGreaterThan(0)
  })

  it('tells of a group that is gone, and of its machines', async () => {
    const { id, vpg } = await pickGroup()
    const { replications } = await gateway.dataOf(ReplicationsDocument, { first: 500, filter: { groupIds: [id] } })
    const gone = new Set([id, ...replications.nodes.map((node) => node.id)])
    expect(gone.size).toBeGreaterThan(1)
    await using events = watch()
    await take(events)
    gateway.zerto.world.vpgs.delete(vpg.id)
    const removed: Event[] = []
    while (removed.length < gone.size) {
      removed.push(
        ...(await takeUntil(events, ({ kind }) => kind === 'REMOVED')).filter((one) => one.kind === 'REMOVED'),
      )
    }
    expect(new Set(removed.map(({ targetId }) => targetId))).toEqual(gone)
    expect(removed.every(({ target }) => target === null)).toBe(true)
  })

  it('tells of what comes into a filter as it is, and of what leaves it as REMOVED', async () => {
    const { id, vpg } = await pickGroup()
    await using events = watch({ filter: { nameContains: 'wanted' }, kinds: ['PROTECTION_GROUP'] })
    expect(await take(events)).toMatchObject({ kind: 'SNAPSHOT', totalCount: 0 })
    vpg.name = 'is wanted'
    const entered = await takeUntil(events, ({ kind }) => kind === 'CHANGED')
    expect(entered.at(-1)).toMatchObject({ targetId: id, target: { name: 'is wanted' } })
    vpg.name = 'is not'
    expect(await takeUntil(events, ({ targetId }) => targetId === id)).toMatchObject([
      { kind: 'REMOVED', target: null },
    ])
  })

  it('goes on behind every event, over a restart, without a gap and without a double', async () => {
    // W3
    const { vpg } = await pickGroup()
    const { vpg: other } = await pickGroup(1)
    const first = watch()
    const snapshot = await take(first)
    const seen: Event[] = []
    for (const name of ['one', 'two', 'three']) {
      vpg.name = name
      seen.push(...(await takeUntil(first, isNamed(name))))
      await listGroups()
    }
    await first[Symbol.asyncDispose]()
    await gateway.restart()
    // What happens while nobody watches is told of, too.
    other.name = 'last'
    const cursors = [snapshot, ...seen].map(({ cursor }) => cursor)
    expect(new Set(cursors).size).toBe(cursors.length)
    const whole: string[] = []
    for (const [index, after] of cursors.entries()) {
      await using resumed = watch({ after })
      const rest = (await takeUntil(resumed, isNamed('last'))).map(({ cursor }) => cursor)
      if (index === 0) whole.push(...rest)
      expect(rest).toEqual(whole.slice(index))
    }
    expect(whole.slice(0, seen.length)).toEqual(cursors.slice(1))
  })

  it('refuses a cursor of something else', async () => {
    for (const after of ['e1.1', 'p1.-1', '', 'p1.zzzzzz']) {
      await using events = watch({ after })
      await expect(take(events)).rejects.toThrow(/INVALID_INPUT/)
    }
  })
})
