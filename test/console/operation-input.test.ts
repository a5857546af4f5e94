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
import { vendorParts } from '../../src/console/vendors/registry.ts'

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'))
const actions = Object.keys(operationWords).filter((action): action is Action => action in operationDocuments)
const vendors = Object.keys(vendorParts).filter((vendor): vendor is Vendor => vendor in vendorParts)

const fieldsOf = (vendor: Vendor, action: Action): OperationFields => ({
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
