import type { FieldNode, GraphQLAbstractType, GraphQLField, GraphQLObjectType } from 'graphql'
import type { KeptTexts } from './kept-texts.ts'
import type { WriteLeaf } from './leaf-text.ts'

/** How a value of some type becomes text. */
export type Shape =
  | { readonly kind: 'required'; readonly inner: Shape }
  | { readonly kind: 'list'; readonly item: Shape; readonly kept: KeptTexts | null }
  | { readonly kind: 'leaf'; readonly write: WriteLeaf }
  | { readonly kind: 'object'; readonly plan: ObjectPlan }
  | {
      readonly kind: 'abstract'
      readonly type: GraphQLAbstractType
      readonly planOf: (type: GraphQLObjectType) => ObjectPlan
    }

/** Which member of an answer it is, and what the document and the schema say of it. */
export interface FieldPlace {
  readonly key: string
  /** Every place of the document that asks for it. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]]
  readonly definition: GraphQLField<unknown, unknown>
  readonly parentType: GraphQLObjectType
}

/** One member of an answer. */
export interface FieldPlan extends FieldPlace {
  /** What stands before its value: its key, behind a comma unless it is the first one. */
  readonly prefix: string
  readonly shape: Shape
  /** No variable is in its arguments. */
  readonly hasConstantArgs: boolean
}

/** The text of something that is a function of one object alone. @throws for whatever is not as usual: it says nothing then. */
export type WritePure = (source: object) => string

/** Fields side by side that are functions of nothing but their object. */
export interface PureRun {
  readonly fields: readonly FieldPlan[]
  /** All fields of the object; their text has its braces, too. */
  readonly isWhole: boolean
  readonly write: WritePure
  /** Null where nothing is kept: the objects may change. */
  readonly kept: KeptTexts | null
}

/** The fields of one selection on one type, in their order. */
export interface ObjectPlan {
  readonly type: GraphQLObjectType
  readonly parts: readonly (FieldPlan | PureRun)[]
}
