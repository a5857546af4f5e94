import type { FieldModel } from '../actions/field-model.ts'
import type { Action, TypedDocumentString } from '../generated/graphql.ts'

/** What of a `details` document comes back: one of the two, by what the id stands for. */
export interface DetailsAnswer {
  readonly node: {
    readonly __typename: string
    readonly groupDetails?: object
    readonly machineDetails?: object
  } | null
}

/** What only one vendor has, as far as the console shows it. */
export interface VendorParts {
  /** What people call the product, in a word. */
  readonly name: string
  /** The member of an operation's input that takes its options. */
  readonly optionsMember: string
  /** Members that the contract has for all vendors, and of which this one takes these. */
  readonly ownFields: Readonly<Partial<Record<Action, readonly FieldModel[]>>>
  /** Its options of each action, in the order of the dialogue. An action without any is left out. */
  readonly options: Readonly<Partial<Record<Action, readonly FieldModel[]>>>
  /** Asks for everything that only this vendor tells of a group or machine. */
  readonly detailsDocument: TypedDocumentString<DetailsAnswer, { id: string }>
}
