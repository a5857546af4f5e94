import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startCuttableProxy } from '../support/cuttable-proxy.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { startSharedRig, until, type SharedRig, type SharingInventory } from './shared-rig.ts'

let rig: SharedRig
beforeEach(async () => {
  rig = await startSharedRig()
})
afterEach(() => rig[Symbol.asyncDispose]())

const look = async ({ inventory }: SharingInventory, maxAgeSeconds: number | null = null) => {
  const [groups, machines] = await Promise.all([
    inventory.listGroups(maxAgeSeconds),
    inventory.listReplications(maxAgeSeconds),
  ])
  return { groups: [...groups.byId.values()], machines: [...machines.byId.values()], coverage: groups.coverage }
}

const holderOf = async (name: string): Promise<unknown> => {
  const [row] = await rig.database.run(`select holder from leases where name = '${name}'`)
  return row?.['holder']
}

/** Opens a gateway that has the lease by then. */
const openReader = async (options: Parameters<SharedRig['open']>[0] = {}): Promise<SharingInventory> => {
  const reader = await rig.open(options)
  await until(async () => (await holderOf('lists')) === reader.store.leases.replica)
  return reader
}

const aVpg = () => {
  const [vpg] = rig.zerto.world.vpgs.values()
  if (vpg === undefined) throw new Error('an empty fleet')
  return vpg
}
const rename = (name: string): void => {
  aVpg().name = name
}
const knows = ({ inventory }: SharingInventory, name: string): boolean =>
  [...inventory.knownLists().groups.values()].some((group) => group.name === name)
const tellsOf = ({ events }: SharingInventory, field: string) =>
  events.filter(({ kind, changedFields }) => kind === 'CHANGED' && changedFields.includes(field))

/** The connections on which gateways listen. */
const listeners = async (): Promise<readonly unknown[]> => {
  const rows = await rig.database.run(
    "select pid from pg_stat_activity where datname = current_database() and query like 'listen %'",
  )
  return rows.map(({ pid }) => pid)
}

/** Another gateway, of which nothing more is heard, has the lease for as long as it lasts. */
const giveToTheDead = () =>
  rig.database.run(`
    insert into leases (name, holder, fence, expires_at, interests)
    values ('lists', 'dead', 1, extract(epoch from clock_timestamp()) * 1000 + 3000, '')
    on conflict (name) do update
    set holder = excluded.holder, fence = leases.fence + 1, expires_at = excluded.expires_at
  `)

describe('the lists of two gateways', () => {
  it('are read by one of them: the other answers with what that one has read, from its start on', async () => {
    // S5, R2
    await using reader = await openReader()
    const read = await look(reader)
    expect(new Set(rig.readers()).size).toBe(2)
    await until(async () => (await rig.database.run('select 1 from shared_lists where content_number > 0')).length >= 6)
    rig.forget()
    await using other = await rig.open()
    // What was read by a gateway that lives is not what a former process has left.
    const { groups } = other.inventory.knownCoverage()
    expect(groups.map(({ completeness, problem }) => [completeness, problem])).toEqual([
      ['COMPLETE', null],
      ['COMPLETE', null],
    ])
    expect(await look(other)).toEqual(read)
    expect(rig.readers()).toEqual([])
    const sites = await other.inventory.listSites()
    expect(sites.map(({ connection }) => connection?.state)).toEqual(['UP', 'UP'])
  })

  it('are read by one of them whoever asks for something younger', async () => {
    await using reader = await openReader()
    await look(reader)
    await using other = await rig.open()
    await look(other)
    const readers = new Set(rig.readers())
    rename('asked for elsewhere')
    rig.forget()
    const { groups } = await look(other, 0)
    expect(groups.map(({ name }) => name)).toContain('asked for elsewhere')
    expect(rig.readers().length).toBeGreaterThanOrEqual(4)
    expect(new Set(rig.readers())).toEqual(readers)
    expect(knows(reader, 'asked for elsewhere')).toBe(true)
  })

  it('hold the same objects where nothing of them has changed', async () => {
    await using reader = await openReader()
    await using other = await rig.open()
    const sources: unknown[] = []
    for (const name of ['one', 'two', 'three']) {
      rename(name)
      await look(reader, 0)
      await until(() => knows(other, name))
      const same = [...other.inventory.knownLists().groups.values()].find((group) => group.name !== name)
      sources.push(same?.source)
    }
    // What is shown of it comes from either of its two sites.
    expect(new Set(sources).size).toBeLessThan(3)
    expect(reader.warnings).toEqual([])
  })

  it('are out of date at both when a change was sent at either', async () => {
    await using reader = await openReader()
    await look(reader)
    await using other = await rig.open()
    await look(other)
    const readers = new Set(rig.readers())
    for (const [sender, asked, name] of [
      [other, reader, 'sent by the other'],
      [reader, other, 'sent by the reader'],
    ] as const) {
      rename(name)
      sender.inventory.forget({ vendor: 'ZERTO' })
      // Without a word on the age.
      await until(async () => (await look(asked)).groups.some((group) => group.name === name))
      expect((await look(sender)).groups.map((group) => group.name)).toContain(name)
    }
    expect(new Set(rig.readers())).toEqual(readers)
  })

  it('say the same of a site that the reading one cannot reach', async () => {
    // R1, R3
    await using reader = await openReader()
    await look(reader)
    await using other = await rig.open()
    await look(other)
    rig.zerto.sites[1]?.service.faults.add({ path: /\/v1\/(?:vpgs|vms)/, effect: { kind: 'RESET_BEFORE' } })
    await look(reader, 0)
    await until(() => other.inventory.knownCoverage().groups[1]?.completeness === 'STALE')
    const { coverage } = await look(other)
    expect(coverage.map(({ problem }) => problem?.code)).toEqual([undefined, 'VENDOR_UNAVAILABLE'])
  })

  it('are seen within 2 seconds by who has not heard that they were told', async () => {
    // C11
    await using reader = await openReader()
    const ofReader = await listeners()
    const storeClock = createFakeClock()
    await using other = await rig.open({ storeClock })
    const [ofOther] = (await listeners()).filter((pid) => !ofReader.includes(pid))
    // It does not hear again before time has passed.
    await rig.database.run(`select pg_terminate_backend(${String(ofOther)})`)
    await storeClock.untilWaiting(2)
    rename('not heard of')
    await look(reader, 0)
    const isTold = async () =>
      (await rig.database.run("select 1 from shared_lists where list = 'groups' and content_number > 0")).length === 2
    await until(isTold)
    expect(knows(other, 'not heard of')).toBe(false)
    storeClock.turn(2_000)
    await until(() => knows(other, 'not heard of'))
  })

  it('are read by who wants them when nobody answers', async () => {
    // Makes the tables.
    await (await rig.open())[Symbol.asyncDispose]()
    await giveToTheDead()
    await using lone = await rig.open()
    expect((await look(lone)).coverage.map(({ completeness }) => completeness)).toEqual(['COMPLETE', 'COMPLETE'])
    rename('read by itself')
    expect((await look(lone, 0)).groups.map(({ name }) => name)).toContain('read by itself')
    expect(lone.warnings).toEqual([])
  })
})

describe('what changes at the sites', () => {
  it('is told once at each gateway, by one that reads while somebody watches at any', async () => {
    // S5
    await using reader = await openReader()
    await using other = await rig.open()
    using stack = new DisposableStack()
    stack.use(other.inventory.watch())
    const { groups, machines } = await look(other)
    const added = groups.length + machines.length
    await until(() => reader.events.length === added && other.events.length === added)
    expect(reader.events.every(({ kind }) => kind === 'ADDED')).toBe(true)
    rename('changed while it is watched')
    await until(() => tellsOf(other, 'name').length > 0 && tellsOf(reader, 'name').length > 0)
    const [changed] = tellsOf(other, 'name')
    // Whoever is told of a change sees it.
    if (changed !== undefined) await other.inventory.catchUp(changed)
    expect(knows(other, 'changed while it is watched')).toBe(true)
    const id = changed?.id ?? ''
    expect(other.inventory.configurationChangedAt(id)).toEqual(changed?.at)
    expect(reader.inventory.configurationChangedAt(id)).toEqual(changed?.at)
    await using third = await rig.open()
    expect(third.inventory.configurationChangedAt(id)).toEqual(changed?.at)
    await until(() => other.events.length === reader.events.length)
    expect(other.events).toEqual(reader.events)
    expect(new Set(rig.readers()).size).toBe(2)
  })

  it('costs one look at what was told, however many changes come together', async () => {
    // W2
    await using reader = await openReader()
    await using other = await rig.open()
    using stack = new DisposableStack()
    stack.use(other.inventory.watch())
    const { groups, machines } = await look(reader)
    const added = groups.length + machines.length
    await until(() => other.events.length === added)
    const { lists } = other.store
    if (lists === null) throw new Error('Nothing is shared')
    const looks = vi.spyOn(lists, 'readSince')
    // As a subscriber does: one after the other.
    for (const event of other.events) await other.inventory.catchUp(event)
    expect(added).toBeGreaterThan(7)
    // A list that is told of meanwhile makes one more.
    expect(looks.mock.calls.length).toBeLessThan(added / 2)
  })

  it('is found by the next gateway when the one that reads dies, within 5 seconds, and told once', async () => {
    // C10
    await using proxy = await startCuttableProxy(rig.database.url)
    await using reader = await openReader({ url: proxy.url })
    await using other = await rig.open()
    using stack = new DisposableStack()
    stack.use(other.inventory.watch())
    const { groups, machines } = await look(other)
    const added = groups.length + machines.length
    await until(() => other.events.length === added)
    await proxy.close()
    rename('changed meanwhile')
    const gone = [...rig.zerto.world.vpgs.values()].at(-1)
    if (gone !== undefined) rig.zerto.world.vpgs.delete(gone.id)
    const cutAt = performance.now()
    await until(async () => (await holderOf('lists')) === other.store.leases.replica)
    expect(performance.now() - cutAt).toBeLessThan(5_000)
    await until(() => tellsOf(other, 'name').length > 0 && other.events.some(({ kind }) => kind === 'REMOVED'))
    await proxy.open()
    // It hears again, and finds that there is nothing left to write.
    await until(() => reader.events.length === other.events.length)
    await look(reader, 0)
    await wait(100)
    const told = other.events.slice(added)
    expect(told.filter(({ changedFields }) => changedFields.includes('name'))).toHaveLength(1)
    expect(told.filter(({ kind }) => kind === 'ADDED')).toEqual([])
    expect(new Set(told.filter(({ kind }) => kind === 'REMOVED').map(({ id }) => id)).size).toBe(
      told.filter(({ kind }) => kind === 'REMOVED').length,
    )
    expect(reader.events).toEqual(other.events)
  })

  it('is not undone by a gateway that has taken over an older list and reads from now on', async () => {
    await using other = await openReader()
    await using reader = await rig.open()
    const { groups, machines } = await look(reader, 0)
    const before = groups.length + machines.length
    await until(() => reader.events.length === before && other.events.length === before)
    // Written down, and not told any more.
    await rig.database.run(`
      update protection_states set fields = replace(fields, '"name":"${aVpg().name}"', '"name":"newer than the list"')
    `)
    rig.zerto.sites[1]?.service.faults.add({ path: /\/v1\/(?:vpgs|vms)/, effect: { kind: 'RESET_BEFORE' } })
    rename('newer than the list')
    await other[Symbol.asyncDispose]()
    await until(async () => (await holderOf('lists')) === reader.store.leases.replica)
    await look(reader, 0)
    await reader.inventory[Symbol.asyncDispose]()
    expect(reader.events.slice(before)).toEqual([])
  })
})
