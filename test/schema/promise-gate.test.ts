import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { comparePromises, type GateReport } from './promise-gate.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const released = `
type Query { task(id: ID!): Task note: Note @deprecated(reason: "Use task.") }
type Task { id: ID! progress: Int @deprecated(reason: "Use progressPercent.") progressPercent: Int state(short: Boolean): State }
type Note { text: String }
union Result = Task | Note
enum State { RUNNING DONE OLD @deprecated(reason: "Nothing says it any more.") }
input TaskInput { id: ID! reason: String }
type Mutation { run(input: TaskInput!): Result }
`

const named = (...names: readonly string[]): string =>
  `# Changelog\n\n## Unreleased\n\n### Breaking\n\n${names.map((name) => `- \`${name}\` is gone.`).join('\n')}\n\n### Added\n\n## 1.0.0\n`

const compare = (from: string, to: string, changelog = named()): Promise<GateReport> => {
  expect(released).toContain(from)
  return comparePromises({ released, present: released.replace(from, to), changelog })
}

const deprecated = 'progress: Int @deprecated(reason: "Use progressPercent.")'

describe('the comparison with the last release', () => {
  it('finds every promise of the last release kept by the present schema', async () => {
    const { broken } = await comparePromises({
      released: read('schema/released.graphql'),
      present: read('schema/schema.graphql'),
      changelog: read('CHANGELOG.md'),
    })
    expect(broken).toEqual([])
  })

  it('lets a field be added', async () => {
    const { changes, broken } = await compare('progressPercent: Int', 'progressPercent: Int etaSeconds: Int')
    expect(broken).toEqual([])
    expect(changes).toEqual([expect.stringContaining('NON_BREAKING Task.etaSeconds: ')])
  })

  it('lets a field go that was deprecated and that the changelog names', async () => {
    const { changes, broken } = await compare(deprecated, '', named('Task.progress'))
    expect(broken).toEqual([])
    expect(changes).toEqual([expect.stringContaining('BREAKING Task.progress: ')])
  })

  it('refuses that a field goes without an entry under Breaking', async () => {
    const { broken } = await compare(deprecated, '')
    expect(broken).toEqual([expect.stringContaining('Task.progress: no entry under "Breaking"')])
  })

  it('refuses that a field goes that was not deprecated, whatever the changelog says', async () => {
    const { broken } = await compare('progressPercent: Int', '', named('Task.progressPercent'))
    expect(broken).toEqual([expect.stringContaining('Task.progressPercent was not deprecated in the last release')])
  })

  it('takes no entry of a release that is out, or of another heading, for one', async () => {
    const old = named('Task.progress').replace('## Unreleased', '## Unreleased\n\nNothing.\n\n## 0.9.0')
    const added = named('Task.progress').replace('### Breaking', '### Added')
    const prose = named('Task.progress').replaceAll('`', '')
    for (const changelog of [old, added, prose, '']) {
      const { broken } = await compare(deprecated, '', changelog)
      expect(broken).toEqual([expect.stringContaining('no entry')])
    }
  })

  it('reports a new value of an enum as dangerous, and lets it pass', async () => {
    const { changes, broken } = await compare('DONE', 'DONE PAUSED')
    expect(broken).toEqual([])
    expect(changes).toEqual([expect.stringContaining('DANGEROUS State.PAUSED: ')])
  })

  it('wants a value of an enum deprecated, and named, before it goes', async () => {
    const old = 'OLD @deprecated(reason: "Nothing says it any more.")'
    expect((await compare(old, '', named('State.OLD'))).broken).toEqual([])
    expect((await compare('DONE', '', named('State.DONE'))).broken).toHaveLength(1)
  })

  it.each([
    ['another type', 'progressPercent: Int', 'progressPercent: String', 'Task.progressPercent'],
    [
      'a new argument that is necessary',
      'state(short: Boolean)',
      'state(short: Boolean, zone: String!)',
      'Task.state.zone',
    ],
    ['an input field that has become necessary', 'reason: String', 'reason: String!', 'TaskInput.reason'],
    ['an argument that is gone', 'state(short: Boolean)', 'state', 'Task.state.short'],
  ])('refuses %s where nothing was deprecated', async (_what, from, to, path) => {
    const { broken } = await compare(from, to, named(path))
    expect(broken).toEqual([expect.stringContaining('was not deprecated in the last release')])
  })

  it('lets a type go when each field that had it was deprecated', async () => {
    const without = released
      .replace('note: Note @deprecated(reason: "Use task.")', '')
      .replace('type Note { text: String }', '')
      .replace('Task | Note', 'Task')
    const changelog = named('Query.note', 'Note', 'Result')
    const { broken } = await comparePromises({ released, present: without, changelog })
    // Documents with `... on Note` in a result that stays would no longer be valid.
    expect(broken).toEqual([expect.stringContaining('Mutation.run was not deprecated in the last release')])
    const soon = released.replace('run(input: TaskInput!): Result', '$& @deprecated(reason: "Use runs.")')
    const gone = without.replace('run(input: TaskInput!): Result', '$& @deprecated(reason: "Use runs.")')
    expect((await comparePromises({ released: soon, present: gone, changelog })).broken).toEqual([])
  })
})
