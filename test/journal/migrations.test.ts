import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { describe, expect, it } from 'vitest'
import { migrations } from '../../src/journal/migrations.ts'
import { isContract, toFloor } from '../../src/journal/store-version.ts'
import { lintExpansions } from './expansion-lint.ts'

const names = Object.keys(migrations)

const step = (...statements: readonly string[]): Migration => ({
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
})

const table = step(
  'create table "things" ("id" text primary key, "name" text, "age" text)',
  'create index "by_name" on "things" ("name")',
)

describe('a step of the store', () => {
  it('only expands it, or says by its name which step a gateway has to know', async () => {
    // S5. The unique index is older than the first release: no gateway that was released is without it.
    expect(await lintExpansions(migrations)).toEqual(['0004-foreign-tasks: forbids rows of tasks that were allowed'])
  })

  it('is numbered one after the other, and needs no step that comes after it', () => {
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1))
    for (const name of names.filter(isContract)) expect(toFloor([name])).toBeLessThanOrEqual(Number(name.slice(0, 4)))
  })

  it.each([
    { does: 'drop table "things"', problem: 'takes something away' },
    { does: 'drop index "by_name"', problem: 'takes something away' },
    { does: 'alter table "things" drop column "age"', problem: 'takes something away' },
    { does: 'alter table "things" rename column "name" to "title"', problem: 'gives something another name' },
    { does: `delete from "things"`, problem: 'removes rows' },
    { does: 'create unique index "once" on "things" ("name")', problem: 'forbids rows of things that were allowed' },
  ])('is found out when it would break an older gateway: $does', async ({ does, problem }) => {
    expect(await lintExpansions({ '0001-things': table, '0002-less': step(does) })).toEqual([`0002-less: ${problem}`])
    expect(await lintExpansions({ '0001-things': table, '0002-less-needs-0001': step(does) })).toEqual([])
  })

  it('is found out when it wants a value that an older gateway does not give', async () => {
    const wanting = step(`alter table "things" add column "size" text not null default ''`)
    expect(await lintExpansions({ '0001-things': table, '0002-size': wanting })).toEqual([])
    const without: Migration = {
      up: (db: Kysely<unknown>) =>
        db.schema
          .alterTable('things')
          .addColumn('size', 'text', (column) => column.notNull())
          .execute()
          // SQLite refuses it, too.
          .catch(() => undefined),
    }
    expect(await lintExpansions({ '0001-things': table, '0002-size': without })).toEqual([
      '0002-size: wants a value of whoever writes to things',
    ])
  })

  it('may add columns, tables and their indexes', async () => {
    const more = step(
      'alter table "things" add column "note" text',
      'create table "notes" ("id" text)',
      'create unique index "once" on "notes" ("id")',
      'create index "by_note" on "things" ("note")',
      `update "things" set "note" = 'none'`,
    )
    expect(await lintExpansions({ '0001-things': table, '0002-more': more })).toEqual([])
  })
})
