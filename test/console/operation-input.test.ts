import { readFileSync } from 'node:fs'
import { buildSchema, isInputObjectType, validateInputValue, type GraphQLInputObjectType } from 'graphql'
import { describe, expect, test } from 'vitest'
import {
  findFieldProblem,
  findFieldProblems,
  shownFields,
  toMembers,
  type FieldModel,
  type FieldValues,
} from '../../src/console/actions/field-model.ts'
import {
  commonFields,
  emptyEntry,
  operationDocuments,
  plannedActions,
  recoveringActions,
  toIntention,
  toOperationInput,
  toPlannedInput,
  type OperationFields,
} from '../../src/console/actions/operation-input.ts'
import { actionGroups, operationWords } from '../../src/console/actions/operation-words.ts'
import type { Action, Vendor } from '../../src/console/generated/graphql.ts'
import { emptyOwnDrafts, toOwnOptions, type OwnDrafts } from '../../src/console/vendors/own-drafts.ts'
import { vendorParts } from '../../src/console/vendors/registry.ts'

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'))
const actions = Object.keys(operationWords).filter((action): action is Action => action in operationDocuments)
const vendors = Object.keys(vendorParts).filter((vendor): vendor is Vendor => vendor in vendorParts)

const fieldsOf = (vendor: Vendor, action: Action): OperationFields => ({
  vendor,
  common: [...(commonFields[action] ?? []), ...(vendorParts[vendor].ownFields[action] ?? [])],
  options: vendorParts[vendor].options[action] ?? [],
  optionsMember: vendorParts[vendor].optionsMember,
})

const inputType = (name: string): GraphQLInputObjectType => {
  const type = schema.getType(name)
  if (!isInputObjectType(type)) throw new Error(`The schema has no input ${name}`)
  return type
}

/** The name of the input type that a document declares for its variable. */
const inputOf = (document: { toString(): string }): string =>
  /\(\$input: (?<name>\w+)!\)/.exec(document.toString())?.groups?.['name'] ?? ''

const someValue = (field: FieldModel): string | number | boolean => {
  switch (field.kind) {
    case 'switch':
      return !field.byDefault
    case 'number':
      return field.least
    case 'choice':
      return field.choices.at(-1)?.value ?? ''
    default:
      return 'text'
  }
}

/** Everything entered that can be; `reverseProtection` off, so that what depends on it is asked for, too. */
const fillIn = (fields: readonly FieldModel[]): FieldValues =>
  Object.fromEntries(fields.map((field) => [field.name, field.name === 'reverseProtection' ? false : someValue(field)]))

const problemsOf = (name: string, value: unknown): readonly string[] => {
  const problems: string[] = []
  validateInputValue(value, inputType(name), (error, path) => problems.push(`${path.join('.')}: ${error.message}`))
  return problems
}

const rows = vendors.flatMap((vendor) => actions.map((action) => ({ vendor, action })))

describe('what a dialogue sends', () => {
  test.each(rows)('$action of $vendor fits the contract, with everything entered', ({ vendor, action }) => {
    const fields = fieldsOf(vendor, action)
    const entry = {
      ...emptyEntry('id'),
      common: fillIn(fields.common),
      options: fillIn(fields.options),
      recoveryPointId: recoveringActions.includes(action) ? 'point' : '',
      replicationIds: recoveringActions.includes(action) ? ['member'] : null,
      reason: ' a reason ',
      takesRisk: plannedActions.includes(action),
    }
    const planToken = plannedActions.includes(action) ? 'token' : null
    const input = toOperationInput(action, fields, entry, { idempotencyKey: 'key', planToken })
    expect(problemsOf(inputOf(operationDocuments[action]), input)).toEqual([])
    expect(input).toMatchObject({ targetId: 'id', idempotencyKey: 'key', reason: 'a reason' })
    const shown = shownFields(fields.options, { ...entry.options, recoveryPointId: entry.recoveryPointId })
    const options: unknown = Object.entries(input).find(([name]) => name === fields.optionsMember)?.[1]
    expect(Object.keys(Object(options))).toEqual(shown.map(({ name }) => name))
  })

  test.each(rows.filter(({ action }) => plannedActions.includes(action)))(
    'plans $action of $vendor by the contract',
    ({ vendor, action }) => {
      const fields = fieldsOf(vendor, action)
      const entry = { ...emptyEntry('id'), options: fillIn(fields.options) }
      const planName = action === 'MOVE' ? 'PlanMoveInput' : 'PlanFailoverInput'
      expect(problemsOf(planName, toPlannedInput(action, fields, entry))).toEqual([])
    },
  )

  test('is the target and the key alone where nothing was entered, so that every default is the vendor’s own', () => {
    for (const { vendor, action } of rows) {
      const input = toOperationInput(action, fieldsOf(vendor, action), emptyEntry('id'), {
        idempotencyKey: 'key',
        planToken: null,
      })
      expect(input).toEqual({ targetId: 'id', idempotencyKey: 'key' })
    }
  })

  test('holds no option that does not apply to the others', () => {
    const fields = fieldsOf('ZERTO', 'FAILOVER')
    const options = { commitPolicy: 'MANUAL', commitAfterSeconds: 5 }
    expect(toPlannedInput('FAILOVER', fields, { ...emptyEntry('id'), options })).toEqual({
      targetId: 'id',
      zerto: { commitPolicy: 'MANUAL' },
    })
    const waiting = { commitPolicy: 'ROLLBACK', commitAfterSeconds: 5 }
    expect(toPlannedInput('FAILOVER', fields, { ...emptyEntry('id'), options: waiting })).toMatchObject({
      zerto: { commitPolicy: 'ROLLBACK', commitAfterSeconds: 300 },
    })
  })

  test('has the same intention when pressed again, and another one when anything of it is another', () => {
    const fields = fieldsOf('ZERTO', 'FAILOVER')
    const entry = emptyEntry('id')
    expect(toIntention('FAILOVER', fields, { ...entry })).toBe(toIntention('FAILOVER', fields, entry))
    const others = [
      toIntention('FAILOVER', fields, { ...entry, recoveryPointId: 'point' }),
      toIntention('FAILOVER', fields, { ...entry, options: { reverseProtection: true } }),
      toIntention('FAILOVER', fields, { ...entry, takesRisk: true }),
      toIntention('MOVE', fields, entry),
    ]
    expect(new Set([...others, toIntention('FAILOVER', fields, entry)]).size).toBe(5)
  })
})

const production = { id: 'net-1', name: 'production' }
const isolated = { id: 'net-2', name: 'isolated' }

/** Everything that is more than one field, entered. */
const fullDrafts: OwnDrafts = {
  VCDA: {
    ...emptyOwnDrafts.VCDA,
    networks: { ...emptyOwnDrafts.VCDA.networks, mode: 'MACHINES', machines: { 'vm-1': production, 'vm-2': null } },
    failover: { ...emptyOwnDrafts.VCDA.failover, mode: 'ONE', network: production },
    testFailover: {
      ...emptyOwnDrafts.VCDA.testFailover,
      mode: 'MAPPED',
      mappings: { src: { source: { id: 'src', name: 'office' }, destination: isolated } },
    },
    storageProfileId: 'gold',
    points: { machine: 'point' },
  },
  ZERTO: {
    vdcId: '',
    failoverNetworkId: 'net-1',
    testNetworkId: 'net-2',
    cards: {
      'vm-1 a': { vmId: 'vm-1', nicId: 'a', failoverNetworkId: 'net-1', testNetworkId: '' },
      'vm-1 b': { vmId: 'vm-1', nicId: 'b', failoverNetworkId: '', testNetworkId: 'net-2' },
      'vm-2 a': { vmId: 'vm-2', nicId: 'a', failoverNetworkId: '', testNetworkId: '' },
    },
  },
}

const ofMode = (mode: 'ONE' | 'MAPPED' | 'MACHINES' | 'SOURCE') =>
  toOwnOptions('VCDA', 'TEST_FAILOVER', {
    ...emptyOwnDrafts,
    VCDA: { ...emptyOwnDrafts.VCDA, networks: { ...emptyOwnDrafts.VCDA.networks, mode } },
  })

describe('networks and recovery points of single machines', () => {
  test.each(rows)('fit the contract of $action of $vendor', ({ vendor, action }) => {
    for (const own of [fullDrafts, { ...fullDrafts, ZERTO: { ...fullDrafts.ZERTO, vdcId: 'vdc' } }]) {
      const fields = fieldsOf(vendor, action)
      const entry = { ...emptyEntry('id'), common: fillIn(fields.common), own }
      const input = toOperationInput(action, fields, entry, { idempotencyKey: 'key', planToken: null })
      expect(problemsOf(inputOf(operationDocuments[action]), input)).toEqual([])
      expect(toOwnOptions(vendor, action, own).problem).toBeNull()
    }
  })

  test('are sent with each machine said, those that land nowhere too', () => {
    expect(toOwnOptions('VCDA', 'FAILOVER', fullDrafts).members).toEqual({
      networks: {
        bridgeNetworks: [production],
        vms: [
          {
            vmId: 'vm-1',
            nics: [{ index: 0, isConnected: true, networkName: 'production', ipAllocationMode: 'DHCP' }],
          },
          { vmId: 'vm-2', nics: [{ index: 0, isConnected: false }] },
        ],
      },
      recoveryPointByReplication: [{ replicationId: 'machine', recoveryPointId: 'point' }],
    })
    expect(toOwnOptions('VCDA', 'MOVE', fullDrafts).members).not.toHaveProperty('recoveryPointByReplication')
  })

  test('are stored by the half of the settings that was chosen, and card by card', () => {
    expect(toOwnOptions('VCDA', 'UPDATE', fullDrafts).members).toEqual({
      storageProfileId: 'gold',
      networkSettings: {
        failover: { connectAllNics: true, bridgeNetworks: [production] },
        testFailover: {
          bridgeNetworks: [isolated],
          mappings: [
            { sourceNetworkName: 'office', sourceNetwork: { id: 'src', name: 'office' }, destinationNetwork: isolated },
          ],
        },
      },
    })
    expect(toOwnOptions('ZERTO', 'UPDATE', fullDrafts).members).toEqual({
      failoverNetworkId: 'net-1',
      testNetworkId: 'net-2',
      changeVms: [
        {
          vmId: 'vm-1',
          nics: [
            { nicId: 'a', failover: { networkId: 'net-1' } },
            { nicId: 'b', test: { networkId: 'net-2' } },
          ],
        },
      ],
    })
  })

  test('are asked for where a way was chosen that needs them', () => {
    expect([ofMode('ONE').problem, ofMode('MAPPED').problem]).toEqual([
      'Choose the network',
      'Choose a network for at least one of the source',
    ])
    expect(ofMode('SOURCE')).toEqual({ members: { networks: { copySourceNetworks: true } }, problem: null })
  })

  test('put the synchronisation before a test out of reach: it would make another point', () => {
    const fields = fieldsOf('VCDA', 'TEST_FAILOVER')
    const entry = { ...emptyEntry('id'), options: { syncFirst: true } }
    expect(toPlannedInput('TEST_FAILOVER', fields, entry)).toMatchObject({ vcda: { syncFirst: true } })
    const own = { ...emptyOwnDrafts, VCDA: { ...emptyOwnDrafts.VCDA, points: { machine: 'point' } } }
    expect(toPlannedInput('TEST_FAILOVER', fields, { ...entry, own })['vcda']).not.toHaveProperty('syncFirst')
  })

  test('a profile and an objective of one’s own are not sent together', () => {
    const fields = fieldsOf('VCDA', 'UPDATE')
    const common = { slaProfileId: 'gold', rpoSeconds: 5 }
    expect(toPlannedInput('UPDATE', fields, { ...emptyEntry('id'), common })).toEqual({
      targetId: 'id',
      slaProfileId: 'gold',
    })
  })
})

test('every action has its place among the buttons', () => {
  expect(actionGroups.flatMap((group) => group.actions).toSorted()).toEqual(actions.toSorted())
})

describe('a field', () => {
  const minutes: FieldModel = {
    kind: 'number',
    name: 'n',
    label: 'Waiting time',
    unit: 'minutes',
    factor: 60,
    least: 1,
    most: 10,
    byDefault: 5,
  }

  test('is left out when nothing was entered, and sent in the unit of the contract', () => {
    expect(toMembers([minutes], {})).toEqual({})
    expect(toMembers([minutes], { n: 1.5 })).toEqual({ n: 90 })
  })

  test('says what is wrong with what was entered', () => {
    expect(findFieldProblem(minutes, 11)).toBe('Waiting time has to be between 1 and 10 minutes')
    expect(findFieldProblem(minutes, Number.NaN)).toBe('Waiting time has to be a number')
    expect(findFieldProblem({ ...minutes, isRequired: true }, undefined)).toBe('Waiting time is needed')
    expect(findFieldProblem(minutes, undefined)).toBeNull()
  })

  test('that is needed only with another one is not asked for without it', () => {
    const fields = vendorParts.ZERTO.options.MOVE ?? []
    expect(findFieldProblems(fields, {})).toEqual({})
    expect(findFieldProblems(fields, { reverseProtection: false })).toEqual({
      keepSourceVms: 'Machines at the source is needed',
    })
  })
})
