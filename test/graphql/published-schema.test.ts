import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from '@graphql-codegen/cli'
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  isIntrospectionType,
  printSchema,
} from 'graphql'
import { expect, it } from 'vitest'
import config from '../../codegen.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { registerVendorSchemas } from '../../src/vendors/registry.ts'

const root = join(import.meta.dirname, '../..')
registerVendorSchemas()
const schema = createSchema()

it('is what schema/schema.graphql says; `npm run schema` prints it anew', async () => {
  await expect(`${printSchema(schema)}\n`).toMatchFileSnapshot(join(root, 'schema/schema.graphql'))
})

it('has a description for every type, field, argument and enum value', () => {
  const bare: string[] = []
  const look = (name: string, description: string | null | undefined): void => {
    if (description === null || description === undefined || description.trim() === '') bare.push(name)
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue
    look(type.name, type.description)
    if (isEnumType(type))
      for (const { name, description } of type.getValues()) look(`${type.name}.${name}`, description)
    if (isInputObjectType(type)) {
      for (const { name, description } of Object.values(type.getFields())) look(`${type.name}.${name}`, description)
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field.description)
        for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name})`, arg.description)
      }
    }
  }
  expect(bare).toEqual([])
})

it('has the documents of test/generated generated from it; `npm run codegen` makes them anew', async () => {
  const made = await generate({ ...config, cwd: root, silent: true }, false)
  expect(made.length).toBeGreaterThan(0)
  for (const { filename, content } of made) expect(readFileSync(join(root, filename), 'utf8')).toBe(content)
})
