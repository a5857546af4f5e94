import { describe, expect, it } from 'vitest'
import type { TaskEvent } from '../../src/domain/task.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { confirmPostgresDatabase, openPostgresToRead } from '../../src/journal/postgres-database.ts'
import { migrations } from '../../src/journal/migrations.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { contracted, expanded } from './later-versions.ts'
import { later, readAll, sampleIntent, sampleTaskId } from './sample-task.ts'
import { createPostgresPlace, createSqlitePlace, storeKinds, type StorePlace } from './store-place.ts'
import { at, changeOf, stateOf } from './store-uses.ts'

/** A gateway of one version, and what its subscribers hear. */
const openHearing = async (place: StorePlace, options: Parameters<StorePlace['open']>[0] = {}) => {
  const bus = createMemoryEventBus()
  const heard: TaskEvent[] = []
  const store = await place.open({ ...options, bus })
  const waiting = new Map<number, () => void>()
  bus.subscribe((event) => {
    heard.push(event)
    waiting.get(event.sequence)?.()
  })
  return {
    ...store,
    heard,
    untilHeard: (sequence: number): Promise<void> =>
      new Promise((resolve) => {
        if (heard.some((event) => event.sequence >= sequence)) resolve()
        else waiting.set(sequence, resolve)
      }),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}

describe.each(storeKinds)('a store in $name that a newer gateway has expanded', ({ createPlace }) => {
  it('is used by an older one that starts on it, which keeps what it does not know', async () => {
    // S5: a pod that is made anew in the middle of a rollout, and the way back
    await using place = await createPlace()
    {
      await using newer = await place.open({ steps: expanded })
      await newer.journal.begin(sampleIntent(1))
      await newer.protectionLog.append([changeOf(1)], [stateOf(1)])
    }
    await place.edit(`
      update tasks set note = 'kept', document = replace(document, '"stage":null', '"stage":null,"mood":{"calm":true}');
      update task_events set document = replace(document, '"stage":null', '"stage":null,"mood":{"calm":true}')
    `)
    {
      await using older = await place.open()
      expect(await older.journal.begin(sampleIntent(1))).toMatchObject({ kind: 'EXISTING' })
      await older.journal.markSent(sampleTaskId(1))
      await older.journal.update(sampleTaskId(1), { state: 'RUNNING', stage: 'on' }, 'STATE_CHANGE', later(1))
      expect(await older.journal.begin(sampleIntent(2, { target: null }))).toMatchObject({ kind: 'BEGUN' })
      await older.protectionLog.append([changeOf(2)], [stateOf(2)])
      expect(await older.journal.verifyAudit()).toMatchObject({ kind: 'WHOLE' })
    }
    await using newer = await place.open({ steps: expanded })
    expect(await newer.journal.getTask(sampleTaskId(1))).toMatchObject({ state: 'RUNNING', mood: { calm: true } })
    expect((await readAll(newer.journal, 1)).map(({ task }) => Reflect.get(task, 'mood'))).toEqual([
      { calm: true },
      { calm: true },
    ])
    expect(await newer.journal.getTask(sampleTaskId(2))).toMatchObject({ dispatch: 'PREPARED' })
    expect(await newer.protectionLog.readEvents(0, 10)).toHaveLength(2)
    await expect(
      place.edit(`
        insert into notes (task_id) select id from tasks where note = 'kept';
        insert into notes (task_id) select task_id from notes
      `),
    ).rejects.toThrow(/unique|duplicate/i)
  })

  it('is refused to an older one when a newer one has contracted it, which says what to do', async () => {
    // C7
    await using place = await createPlace()
    await (await place.open({ steps: contracted }))[Symbol.asyncDispose]()
    await expect(place.open()).rejects.toThrow(
      /newer version .* taken away what this one needs \(9002-askers-needs-9001\): start that version/,
    )
    await using between = await place.open({ steps: expanded })
    expect(await between.journal.begin(sampleIntent(1))).toMatchObject({ kind: 'BEGUN' })
  })

  it('is refused to one whose own steps are others', async () => {
    // C7
    await using place = await createPlace()
    await (await place.open({ steps: expanded }))[Symbol.asyncDispose]()
    const other = { ...migrations, '9001-other': { up: async () => {} } }
    await expect(place.open({ steps: other })).rejects.toThrow(/another version .* has 9001-notes and lacks 9001-other/)
  })
})

describe('gateways of two versions on one PostgreSQL', () => {
  it('write side by side, go on from each other, and send a key once', async () => {
    // S5, A1
    await using place = await createPostgresPlace()
    await using older = await openHearing(place, { clock: systemClock })
    await older.journal.begin(sampleIntent(1, { target: null }))
    await using newer = await openHearing(place, { clock: systemClock, steps: expanded })
    const pressed = await Promise.all(
      [older, newer, older, newer].map(({ journal }) => journal.begin(sampleIntent(2, { target: null }))),
    )
    expect(pressed.map(({ kind }) => kind).toSorted()).toEqual(['BEGUN', 'EXISTING', 'EXISTING', 'EXISTING'])
    for (const number of [3, 4, 5, 6]) {
      const { journal } = number % 2 === 0 ? older : newer
      await journal.begin(sampleIntent(number, { target: null }))
      await journal.markSent(sampleTaskId(number))
      const other = number % 2 === 0 ? newer : older
      await other.journal.update(sampleTaskId(number), { state: 'RUNNING' }, 'STATE_CHANGE', later(number))
    }
    // In the middle of it one of the older version is made anew.
    await using again = await openHearing(place, { clock: systemClock })
    await again.journal.update(sampleTaskId(3), { state: 'SUCCEEDED' }, 'STATE_CHANGE', later(9))
    const last = await newer.journal.lastSequence()
    await Promise.all([older, newer].map((one) => one.untilHeard(last)))
    const written = await older.journal.readEvents(null, 0, 100)
    expect(written.map(({ sequence }) => sequence)).toEqual(Array.from({ length: last }, (_, index) => index + 1))
    expect(older.heard).toEqual(written)
    expect(newer.heard).toEqual(written.slice(1))
    const [cursor] = older.heard.slice(4)
    const rest = await newer.journal.readEvents(null, cursor?.sequence ?? 0, 100)
    expect(rest).toEqual(written.slice(5))
    expect(await again.journal.verifyAudit()).toEqual(await newer.journal.verifyAudit())
    expect(await newer.journal.verifyAudit()).toMatchObject({ kind: 'WHOLE' })
  })

  it('are looked at by a command of the older version', async () => {
    await using place = await createPostgresPlace()
    await using newer = await place.open({ steps: expanded })
    await newer.journal.begin(sampleIntent(1))
    const db = await openPostgresToRead(place.database.url)
    expect(await db.selectFrom('tasks').select('id').execute()).toHaveLength(1)
    await db.destroy()
  })

  it('do not lose what the older one needs while it runs', async () => {
    // S5
    await using place = await createPostgresPlace()
    {
      await using older = await place.open({ clock: systemClock })
      await using between = await place.open({ steps: expanded, clock: systemClock })
      await expect(place.open({ steps: contracted })).rejects.toThrow(
        /9002-askers-needs-9001 takes away what gateways of an older version need, and 1 of them .* Nothing was changed/,
      )
      expect(await older.journal.begin(sampleIntent(1))).toMatchObject({ kind: 'BEGUN' })
      expect(await between.journal.begin(sampleIntent(1))).toMatchObject({ kind: 'EXISTING' })
      await older[Symbol.asyncDispose]()
      // The one in between does without.
      await using newest = await place.open({ steps: contracted, clock: systemClock })
      await newest.journal.markSent(sampleTaskId(1))
      await between.journal.update(sampleTaskId(1), { state: 'RUNNING' }, 'STATE_CHANGE', later(1))
    }
    await expect(place.open()).rejects.toThrow(/start that version/)
  })

  it('count one that was not seen for less than a minute as running', async () => {
    await using place = await createPostgresPlace()
    await (await place.open({ steps: expanded }))[Symbol.asyncDispose]()
    const seen = (secondsAgo: number): Promise<void> =>
      place.edit(`
        insert into leases (name, holder, fence, expires_at, interests)
        values ('life frozen', 'frozen', 1, extract(epoch from clock_timestamp()) * 1000 - ${secondsAgo} * 1000, 'TASKS')
        on conflict (name) do update set expires_at = excluded.expires_at
      `)
    await seen(50)
    await expect(place.open({ steps: contracted })).rejects.toThrow(/1 of them may be running/)
    await seen(61)
    await using newest = await place.open({ steps: contracted })
    expect(await newest.journal.begin(sampleIntent(1))).toMatchObject({ kind: 'BEGUN' })
  })

  it('do not begin in the moment in which the store is contracted', async () => {
    // S5
    await using place = await createPostgresPlace()
    await (await place.open())[Symbol.asyncDispose]()
    // The older one has found the store fit for it, and says that it lives.
    await place.edit(`
      create function contract() returns trigger language plpgsql as $$
        begin
          insert into kysely_migration (name, timestamp) values ('9002-askers-needs-9001', '2030') on conflict do nothing;
          return new;
        end $$;
      create trigger contract before insert on leases for each row execute function contract()
    `)
    await expect(place.open()).rejects.toThrow(/taken away what this one needs/)
    expect(await place.database.run(`select name from leases where name like 'life %'`)).toEqual([])
    await expect(confirmPostgresDatabase(place.database.url, contracted)).resolves.toBeUndefined()
  })

  it('go on writing while a newer one waits for a table that somebody holds', { timeout: 30_000 }, async () => {
    // S5
    await using place = await createPostgresPlace()
    await using older = await place.open({ clock: systemClock })
    // As a backup does.
    const holding = place.database.run('begin; lock table tasks in access share mode; select pg_sleep(8); commit')
    const opening = place.open({ steps: expanded, clock: systemClock })
    for (const number of [1, 2, 3, 4, 5, 6]) {
      await older.journal.begin(sampleIntent(number, { target: null }))
      await place.database.run('select pg_sleep(0.5)')
    }
    await holding
    await using newer = await opening
    expect(await newer.journal.getTask(sampleTaskId(6))).not.toBeNull()
  })
})

it('a file that one gateway has is contracted when it starts', async () => {
  await using place = await createSqlitePlace()
  await (await place.open())[Symbol.asyncDispose]()
  await using newest = await place.open({ steps: contracted })
  expect(await newest.journal.begin(sampleIntent(1, { startedAt: at }))).toMatchObject({ kind: 'BEGUN' })
})
