import type { Action, Operation } from '../../domain/actions.ts'
import type { OptionBlock, TargetInput } from '../../operations/operation.ts'
import { builder, vendorParts } from '../builder.ts'

type InputRefOf<T> = ReturnType<typeof builder.inputRef<T & object>>
type FieldBuilder = Parameters<Parameters<InputRefOf<object>['implement']>[0]['fields']>[0]

/** The members that every input of a mutation has. */
interface GivenBase {
  readonly idempotencyKey: string
  readonly reason?: string | null | undefined
}

/** The members that every input of a mutation on a target has. */
export interface GivenTarget extends GivenBase {
  readonly targetId: string
}

/** `idempotencyKey` and `reason`. */
export const keyFields = (t: FieldBuilder) => ({
  idempotencyKey: t.string({
    required: true,
    description:
      '1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key.',
  }),
  reason: t.string({ required: false, description: 'Why, for whoever looks later; up to 2,000 characters.' }),
})

/** `targetId` besides {@link keyFields}. */
export const targetFields = (t: FieldBuilder) => ({
  targetId: t.id({ required: true, description: 'A replication or a group.' }),
  ...keyFields(t),
})

/** A member for each vendor that has options of its own for the operation. */
export const optionFields = (t: FieldBuilder, operation: Operation) => {
  const fields = vendorParts().flatMap((part) => {
    const type = part.options[operation]
    const description = `Options that only ${part.vendor} has. Refused for a target of another vendor, never ignored.`
    return type === undefined ? [] : [[part.optionName, t.field({ type, required: false, description })] as const]
  })
  return Object.fromEntries(fields)
}

/** The vendor blocks that were given, each with its place. */
export const toOptionBlocks = (given: object): readonly OptionBlock[] => {
  const members = new Map<string, unknown>(Object.entries(given))
  return vendorParts().flatMap(({ vendor, optionName }) => {
    const value = members.get(optionName)
    if (typeof value !== 'object' || value === null) return []
    return [{ vendor, path: `input.${optionName}`, value: { ...value } }]
  })
}

/** What the operations room makes of any input on a target. */
export const toTargetInput = (given: GivenTarget): TargetInput => ({
  targetId: given.targetId,
  idempotencyKey: given.idempotencyKey,
  reason: given.reason ?? null,
  options: toOptionBlocks(given),
  given: { ...given },
})

/** An input on a target with nothing but the vendors' own options. */
export const optionsInput = (name: string, operation: Action, description: string) => {
  const ref = builder.inputRef<GivenTarget>(name)
  ref.implement({ description, fields: (t) => ({ ...targetFields(t), ...optionFields(t, operation) }) })
  return ref
}

/** The input of what has no options. */
export const TargetInputRef = builder.inputRef<GivenTarget>('TargetInput')
TargetInputRef.implement({ description: 'A target, and nothing to choose.', fields: targetFields })
