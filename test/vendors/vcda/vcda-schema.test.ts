import { isEnumType, isInputObjectType, isObjectType, type GraphQLSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { builder, vendorParts } from '../../../src/graphql/builder.ts'
import '../../../src/graphql/scalars.ts'
import {
  dataConnectionTypes,
  failoverOptions,
  moveOptions,
  testFailoverOptions,
  updateOptions,
} from '../../../src/vendors/vcda/vcda-options.ts'
import { ipAllocationModes } from '../../../src/vendors/vcda/vcda-networks.ts'
import {
  targetDiskTypes,
  vappTemplateWork,
  vappWork,
  vcenterVappWork,
  vcenterVmWork,
  vmWork,
} from '../../../src/vendors/vcda/vcda-work-options.ts'
import { registerVcdaSchema } from '../../../src/vendors/vcda/vcda-schema.ts'

const makeSchema = (): GraphQLSchema => {
  registerVcdaSchema()
  const [part] = vendorParts()
  if (part === undefined) throw new Error('nothing was registered')
  builder.queryType({
    fields: (t) => ({ details: t.field({ type: part.details.Replication, nullable: true, resolve: () => null }) }),
  })
  return builder.toSchema()
}

const schema = makeSchema()
const ours = Object.values(schema.getTypeMap()).filter(({ name }) => name.startsWith('Vcda'))

const membersOf = (name: string): string[] => {
  const type = schema.getType(name)
  if (isInputObjectType(type)) return Object.keys(type.getFields()).toSorted()
  if (isEnumType(type)) return type.getValues().map((value) => value.name)
  throw new Error(`${name} is no input`)
}

describe('what only VCDA has in the schema', () => {
  it.for([
    ['VcdaFailoverOptions', failoverOptions],
    ['VcdaTestFailoverOptions', testFailoverOptions],
    ['VcdaMoveOptions', moveOptions],
    ['VcdaUpdateOptions', updateOptions],
    ['VcdaVmWorkInput', vmWork],
    ['VcdaVappWorkInput', vappWork],
    ['VcdaVappTemplateWorkInput', vappTemplateWork],
    ['VcdaVcenterVmWorkInput', vcenterVmWork],
    ['VcdaVcenterVappWorkInput', vcenterVappWork],
  ] as const)('has in %s exactly the members that the adapter takes', ([name, options]) => {
    expect(membersOf(name)).toEqual(Object.keys(options.shape).toSorted())
  })

  it.for([
    ['VcdaDestinationInput', vmWork.shape.destination.shape],
    ['VcdaNetworksInput', failoverOptions.shape.networks.unwrap().unwrap().shape],
    ['VcdaNetworkSettingsInput', updateOptions.shape.networkSettings.unwrap().unwrap().shape],
    ['VcdaVcenterVmInput', vcenterVappWork.shape.vms.element.shape],
    ['VcdaStartupInput', vcenterVmWork.shape.startup.unwrap().unwrap().shape],
  ] as const)('has in %s exactly the members that the adapter takes', ([name, shape]) => {
    expect(membersOf(name)).toEqual(Object.keys(shape).toSorted())
  })

  it.for([
    ['VcdaDataConnectionType', dataConnectionTypes],
    ['VcdaTargetDiskType', targetDiskTypes],
    ['VcdaIpAllocationMode', ipAllocationModes],
  ] as const)('has in %s exactly the words that the adapter takes', ([name, words]) => {
    expect(new Set(membersOf(name))).toEqual(new Set(words))
  })

  it('describes every type, field and word', () => {
    const bare = ours.flatMap((type) => {
      const fields = isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : []
      const words = isEnumType(type) ? type.getValues() : []
      return [type, ...fields, ...words]
        .filter(({ description }) => !description)
        .map(({ name }) => `${type.name}.${name}`)
    })
    expect(ours.length).toBeGreaterThan(15)
    expect(bare).toEqual([])
  })
})
