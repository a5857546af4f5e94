import {
  isEnumType,
  isInputObjectType,
  isObjectType,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'
import { expect, test } from 'vitest'
import { builder, vendorParts } from '../../../src/graphql/builder.ts'
import {
  groupChangesSchema,
  groupPriorities,
  groupVmSchema,
  groupWorkSchema,
  ipModes,
  journalSchema,
  nicNetworkSchema,
  scriptSchema,
  vcdNetworkSchema,
} from '../../../src/vendors/zerto/zerto-group-options.ts'
import { commitPolicies, optionSchemas, shutdownPolicies } from '../../../src/vendors/zerto/zerto-options.ts'
import { registerZertoSchema } from '../../../src/vendors/zerto/zerto-schema.ts'

const makeSchema = (): GraphQLSchema => {
  registerZertoSchema()
  builder.scalarType('DateTime', { serialize: (value) => value })
  builder.scalarType('ByteCount', { serialize: (value) => value })
  builder.queryType({ fields: (t) => ({ one: t.int({ nullable: true, resolve: () => 1 }) }) })
  return builder.toSchema()
}

const schema = makeSchema()
const ownTypes = Object.values(schema.getTypeMap()).filter(({ name }) => name.startsWith('Zerto'))

const membersOf = (
  type: GraphQLNamedType,
): readonly { readonly name: string; readonly description?: string | null | undefined }[] => {
  if (isObjectType(type) || isInputObjectType(type)) return Object.values(type.getFields())
  return isEnumType(type) ? type.getValues() : []
}

const inputOf = (name: string): GraphQLInputObjectType => {
  const type = schema.getType(name)
  if (!isInputObjectType(type)) throw new Error(`${name} is no input`)
  return type
}

test('describes every type, field and enum value of its own', () => {
  expect(ownTypes.length).toBeGreaterThan(15)
  const silent = ownTypes.flatMap((type) => [
    ...((type.description ?? '') === '' ? [type.name] : []),
    ...membersOf(type)
      .filter(({ description }) => (description ?? '') === '')
      .map(({ name }) => `${type.name}.${name}`),
  ])
  expect(silent).toEqual([])
})

test.each([
  ['ZertoFailoverOptions', optionSchemas.failover],
  ['ZertoCommitFailoverOptions', optionSchemas.commitFailover],
  ['ZertoMoveOptions', optionSchemas.move],
  ['ZertoCommitMoveOptions', optionSchemas.commitMove],
  ['ZertoStopOptions', optionSchemas.stop],
  ['ZertoCloneOptions', optionSchemas.clone],
  ['ZertoUpdateOptions', groupChangesSchema],
  ['ZertoGroupWorkInput', groupWorkSchema],
  ['ZertoGroupVmInput', groupVmSchema],
  ['ZertoJournalInput', journalSchema],
  ['ZertoScriptInput', scriptSchema],
  ['ZertoVcdNetworkInput', vcdNetworkSchema],
  ['ZertoVcdNetworkMappingInput', vcdNetworkSchema.shape.mappings.unwrap().unwrap().element],
  ['ZertoNicNetworkInput', nicNetworkSchema],
  ['ZertoIpConfigInput', nicNetworkSchema.shape.ipConfig.unwrap().unwrap()],
  ['ZertoVcdNicInput', nicNetworkSchema.shape.vcd.unwrap().unwrap()],
  ['ZertoNicInput', groupVmSchema.shape.nics.unwrap().unwrap().element],
  ['ZertoVolumeInput', groupVmSchema.shape.volumes.unwrap().unwrap().element],
  ['ZertoPreseedInput', groupVmSchema.shape.volumes.unwrap().unwrap().element.shape.preseed.unwrap().unwrap()],
  ['ZertoRawDeviceInput', groupVmSchema.shape.volumes.unwrap().unwrap().element.shape.rawDevice.unwrap().unwrap()],
  ['ZertoBootGroupInput', groupWorkSchema.shape.bootGroups.unwrap().unwrap().element],
])('%s has just the members that the adapter reads', (name, members) => {
  expect(Object.keys(inputOf(name).getFields()).sort()).toEqual(Object.keys(members.shape).sort())
})

test.each([
  ['ZertoCommitPolicy', commitPolicies],
  ['ZertoShutdownPolicy', shutdownPolicies],
  ['ZertoGroupPriority', groupPriorities],
  ['ZertoIpMode', ipModes],
] as const)('%s has just the values that the adapter reads', (name, values) => {
  const type = schema.getType(name)
  const own = isEnumType(type) ? type.getValues().map(({ value }) => String(value)) : []
  expect(own.sort()).toEqual([...values].sort())
})

test('gives the common schema its details, its options and the work it can start', () => {
  const [part] = vendorParts()
  expect(part).toMatchObject({ vendor: 'ZERTO', optionName: 'zerto' })
  expect(Object.keys(part?.work ?? {})).toEqual(['zertoGroup'])
  expect(Object.keys(part?.options ?? {}).sort()).toEqual(
    ['UPDATE', 'STOP', 'FAILOVER', 'COMMIT_FAILOVER', 'MOVE', 'COMMIT_MOVE', 'START_CLONE'].sort(),
  )
})
