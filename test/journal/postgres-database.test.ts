import { describe, expect, it } from 'vitest'
import { openPostgresDatabase, openPostgresToRead } from '../../src/journal/postgres-database.ts'
import { decodeText, encodeText } from '../../src/journal/postgres-text.ts'
import { Secret } from '../../src/std/secret.ts'
import { createTestDatabase } from '../support/test-database.ts'
import { createPostgresPlace } from './store-place.ts'
import { sampleIntent, sampleTaskId } from './sample-task.ts'

const change = (url: Secret, edit: (url: URL) => void): Secret => {
  const changed = new URL(url.reveal())
  edit(changed)
  return new Secret(changed.href)
}

describe('a PostgreSQL database', () => {
  it('is made a store by one of many gateways that start at once, and none of them fails', async () => {
    await using place = await createPostgresPlace()
    const stores = await Promise.all(Array.from({ length: 5 }, () => place.open()))
    await using stack = new AsyncDisposableStack()
    for (const store of stores) stack.use(store)
    await Promise.all(stores.map(({ journal }, number) => journal.begin(sampleIntent(number))))
    expect(await stores[0]?.journal.getTask(sampleTaskId(4))).not.toBeNull()
    const [row] = await place.database.run('select count(*)::int as count from kysely_migration')
    expect(row?.['count']).toBe(8)
  })

  it('is refused, and left as it is, when a newer gateway has written it', async () => {
    // C7
    await using place = await createPostgresPlace()
    await (await place.open())[Symbol.asyncDispose]()
    await place.edit(
      "insert into kysely_migration (name, timestamp) values ('0099-later-needs-0098', '2030-01-01T00:00:00.000Z')",
    )
    await expect(place.open()).rejects.toThrow(
      /newer version of the gateway has written it, and .* \(0099-later-needs-0098\)/,
    )
    await expect(openPostgresToRead(place.database.url)).rejects.toThrow(/newer version/)
  })

  it('is brought up to date when an older gateway has written it, and is not looked at before', async () => {
    // C7
    await using place = await createPostgresPlace()
    {
      await using store = await place.open()
      await store.journal.begin(sampleIntent(1))
    }
    await place.edit(`
      drop table shared_lists; drop table leases; alter table tasks drop column replica; drop table store_writers;
      delete from kysely_migration where name >= '0006-replicas'
    `)
    await expect(openPostgresToRead(place.database.url)).rejects.toThrow(
      /older version .* it lacks 0006-replicas, 0007-leases, 0008-shared-lists/,
    )
    await using again = await place.open()
    expect(await again.journal.getTask(sampleTaskId(1))).not.toBeNull()
    expect(await again.journal.begin(sampleIntent(2))).toMatchObject({ kind: 'BEGUN' })
  })

  it('is no journal to look at when it is empty', async () => {
    await using database = await createTestDatabase()
    await expect(openPostgresToRead(database.url)).rejects.toThrow(/it holds no journal/)
  })

  it('keeps the order of texts whatever language it sorts by, so that pages hold', async () => {
    await using place = await createPostgresPlace()
    await (await place.open())[Symbol.asyncDispose]()
    const rows = await place.database.run(`
      select table_name, column_name from information_schema.columns
      where table_schema = 'public' and data_type = 'text' and collation_name is distinct from 'C'
        and table_name not like 'kysely%'
    `)
    expect(rows).toEqual([])
  })

  it.each([
    {
      title: 'nobody listens',
      edit: (url: URL) => {
        url.port = '1'
      },
      reason: /nobody listens there/,
    },
    {
      title: 'the host has no such name',
      edit: (url: URL) => {
        url.hostname = 'nowhere.invalid'
      },
      reason: /nobody knows the name of the host/,
    },
    {
      title: 'the password is wrong',
      edit: (url: URL) => {
        url.password = 'canary-1'
      },
      reason: /refuses the user or the password/,
    },
    {
      title: 'the user is unknown',
      edit: (url: URL) => {
        url.username = 'nobody'
        url.password = 'canary-1'
      },
      reason: /refuses the user or the password/,
    },
    {
      title: 'there is no such database',
      edit: (url: URL) => {
        url.pathname = '/none'
      },
      reason: /there is no such database/,
    },
  ])('says in plain words, and without the password, that $title', async ({ edit, reason }) => {
    // A4
    await using database = await createTestDatabase()
    const url = change(database.url, edit)
    const failure = await openPostgresDatabase(url).then(
      () => null,
      (error: unknown) => error,
    )
    if (!(failure instanceof Error)) throw new Error('it was opened')
    expect(failure.message).toMatch(reason)
    const { username, host, pathname, password } = new URL(url.reveal())
    expect(failure.message).toContain(`The store postgres://${username}@${host}${pathname} cannot be opened`)
    expect(failure.message).not.toContain(`:${password}@`)
  })
})

describe('a text in PostgreSQL', () => {
  it.each(['', 'plain', '\u0000', 'a\u0000b\u0000', '\ufdd0', '\ufdd00\ufdd01', '\u0000\ufdd0\u0000'])(
    'is the same when it comes back: %j',
    (text) => {
      expect(encodeText(text)).not.toContain('\u0000')
      expect(decodeText(encodeText(text))).toBe(text)
    },
  )
})
