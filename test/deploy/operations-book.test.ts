import { execFile } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { query } from '../support/graphql-client.ts'
import { runCommand } from '../support/run-command.ts'
import { readText, root } from './read-deploy.ts'

/** The block of commands that stands behind the given words in the operations book. */
const findCommands = (words: string): string => {
  const book = readText('docs/operations.md')
  const block = /```sh\n(?<text>[^]*?)```/.exec(book.slice(book.indexOf(words)))
  if (block === null || !book.includes(words)) throw new Error(`Nothing is to be typed behind '${words}'`)
  return block.groups?.['text'] ?? ''
}

/** Types it into a shell in which `dr-gateway` is the command of this project, and `node` the Node of the tests. */
const type = async (commands: string, cwd: string): Promise<string> => {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` }
  const script = `set -e\ndr-gateway() { node '${join(root, 'src/main.ts')}' "$@"; }\n${commands}`
  return (await promisify(execFile)('bash', ['-c', script], { cwd, env })).stdout
}

const startDemo = async (cwd: string) => {
  const demo = runCommand(['demo', '--port', '0', '--fleet', '6', '--store', 'dr-gateway.db'], { cwd })
  const said = await demo.saying(/API\s+http:\S+/)
  return {
    url: /API\s+(?<url>http:\S+)/.exec(said)?.groups?.['url'] ?? '',
    end: async () => {
      demo.stop()
      await demo.ended
    },
    [Symbol.asyncDispose]: () => demo[Symbol.asyncDispose](),
  }
}

interface Lists {
  readonly replications: {
    readonly nodes: readonly {
      readonly id: string
      readonly actions: readonly { readonly action: string; readonly available: boolean }[]
    }[]
  }
}
const listDocument = '{ replications { nodes { id actions { action available } } } }'
const syncDocument =
  'mutation ($id: ID!) { syncReplication(input: { targetId: $id, idempotencyKey: "k" }) { ... on TaskStarted { replayed } } }'

/** Synchronises the first replication that may be, always by the same key. @returns Whether the key was known. */
const sync = async (url: string, id: string): Promise<boolean | undefined> => {
  const { body } = await query<{ syncReplication: { replayed?: boolean } }>(url, syncDocument, { id })
  return body.data?.syncReplication.replayed
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dr-gateway-book-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('backs a running store up, and has its tasks, keys and audit log when that is restored', async () => {
  await using first = await startDemo(folder)
  const { body } = await query<Lists>(first.url, listDocument)
  const isReady = ({ actions }: Lists['replications']['nodes'][number]) =>
    actions.some(({ action, available }) => action === 'SYNC' && available)
  const id = body.data?.replications.nodes.find(isReady)?.id ?? ''
  expect(await sync(first.url, id)).toBe(false)
  expect(await type(findCommands('SQLite, in its folder'), folder)).toMatch(/^WHOLE +[2-9] entries/)
  await first.end()
  for (const ending of ['', '-wal', '-shm']) rmSync(join(folder, `dr-gateway.db${ending}`), { force: true })
  renameSync(join(folder, 'backup.db'), join(folder, 'dr-gateway.db'))
  await using second = await startDemo(folder)
  // The key is known: nothing is sent again.
  expect(await sync(second.url, id)).toBe(true)
}, 120_000)
