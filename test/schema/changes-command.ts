// `npm run schema:changes`: what has changed in schema/schema.graphql since the last release, and whether it may. Exit code 1
// when a promise would be broken.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { comparePromises } from './promise-gate.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const { changes, broken } = await comparePromises({
  released: read('schema/released.graphql'),
  present: read('schema/schema.graphql'),
  changelog: read('CHANGELOG.md'),
})
process.stdout.write(changes.length === 0 ? 'Nothing has changed since the last release.\n' : `${changes.join('\n')}\n`)
if (broken.length > 0) process.stdout.write(`\nNot so:\n${broken.join('\n')}\n`)
process.exitCode = broken.length > 0 ? 1 : 0
