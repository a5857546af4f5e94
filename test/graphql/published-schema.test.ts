import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from '@graphql-codegen/cli'
import { expect, it } from 'vitest'
import config from '../../codegen.ts'
import { printPublishedSchema, printSubgraph } from '../../src/graphql/federation/federation-sdl.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { registerVendorSchemas } from '../../src/vendors/registry.ts'

const root = join(import.meta.dirname, '../..')
registerVendorSchemas()
const schema = createSchema()

it('is what schema/schema.graphql says; `npm run schema` prints it anew', async () => {
  await expect(`${printPublishedSchema(schema)}\n`).toMatchFileSnapshot(join(root, 'schema/schema.graphql'))
})

it('is, as a subgraph, what schema/subgraph.graphql says', async () => {
  await expect(`${printSubgraph(schema)}\n`).toMatchFileSnapshot(join(root, 'schema/subgraph.graphql'))
})

it('has the documents of test/generated generated from it; `npm run codegen` makes them anew', async () => {
  const made = await generate({ ...config, cwd: root, silent: true }, false)
  expect(made.length).toBeGreaterThan(0)
  for (const { filename, content } of made) expect(readFileSync(join(root, filename), 'utf8')).toBe(content)
})
