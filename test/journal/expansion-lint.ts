import { Kysely, SqliteDialect } from 'kysely'
import { openSqliteConnection } from '../../src/journal/sqlite-connection.ts'
import { isContract, type StoreSteps } from '../../src/journal/store-version.ts'

interface Rule {
  readonly words: RegExp
  readonly problem: string
}

const rules: readonly Rule[] = [
  { words: /\bdrop\b/i, problem: 'takes something away' },
  { words: /\brename\b/i, problem: 'gives something another name' },
  { words: /\balter column\b/i, problem: 'changes a column' },
  { words: /^\s*delete\b/i, problem: 'removes rows' },
]

const tableOf = (sql: string, words: RegExp): string | null => words.exec(sql)?.groups?.['table'] ?? null

/** What of a statement an older gateway could not live with; null for nothing. */
const findProblem = (sql: string, ownTables: ReadonlySet<string>): string | null => {
  const rule = rules.find(({ words }) => words.test(sql))
  if (rule !== undefined) return rule.problem
  const altered = tableOf(sql, /^alter table "(?<table>\w+)" add column/i)
  if (altered !== null && /\bnot null\b/i.test(sql) && !/\bdefault\b/i.test(sql)) {
    return `wants a value of whoever writes to ${altered}`
  }
  const indexed = tableOf(sql, /^create unique index .* on "(?<table>\w+)"/i)
  return indexed !== null && !ownTables.has(indexed) ? `forbids rows of ${indexed} that were allowed` : null
}

/** What each step that is not marked as a contract does that an older gateway could not live with, as `<step>: <problem>`. */
export const lintExpansions = async (steps: StoreSteps): Promise<readonly string[]> => {
  const said: string[] = []
  const db = new Kysely<unknown>({
    dialect: new SqliteDialect({ database: openSqliteConnection(':memory:') }),
    log: ({ query }) => void said.push(query.sql),
  })
  try {
    const problems: string[] = []
    for (const [name, step] of Object.entries(steps)) {
      said.length = 0
      await step.up(db)
      if (isContract(name)) continue
      const ownTables = new Set(said.flatMap((sql) => tableOf(sql, /^create table "(?<table>\w+)"/i) ?? []))
      problems.push(...said.flatMap((sql) => findProblem(sql, ownTables) ?? []).map((problem) => `${name}: ${problem}`))
    }
    return problems
  } finally {
    await db.destroy()
  }
}
