import { createHash } from 'node:crypto'
import { Kind, validate, type GraphQLSchema } from 'graphql'
import { CostMeter } from './document-cost.ts'
import { parseDocument } from './document-limits.ts'
import type { ServerLimits } from './limit-table.ts'
import { findCostRefusal } from './operation-limits.ts'
import { toBareId, type DocumentSettings } from './stored-documents.ts'

/** What is wrong with one stored document. */
export interface DocumentProblem {
  /** Its id, as it stands in the file. */
  readonly path: string
  readonly message: string
}

const maxErrors = 5

const toMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Of a text that parses within the limits. */
const findCostProblems = (
  document: ReturnType<typeof parseDocument>,
  meter: CostMeter,
  limits: ServerLimits,
): readonly string[] => {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  if (operations.length === 0) return ['holds no operation']
  return operations.flatMap(({ name }) => {
    const refusal = findCostRefusal(limits, meter.measure(document, name?.value ?? null, {}))
    return refusal === null ? [] : [refusal.message]
  })
}

const findTextProblems = (
  text: string,
  schema: GraphQLSchema,
  meter: CostMeter,
  limits: ServerLimits,
): readonly string[] => {
  try {
    const document = parseDocument(text, limits)
    const errors = validate(schema, document, undefined, { maxErrors })
    return errors.length > 0 ? errors.map(toMessage) : findCostProblems(document, meter, limits)
  } catch (error) {
    return [toMessage(error)]
  }
}

/** A prefixed id says what its text hashes to: a text that was changed later is not what somebody has looked at. */
const findIdProblems = (id: string, text: string, texts: DocumentSettings['texts']): readonly string[] => {
  if (!id.startsWith('sha256:')) return []
  const bare = toBareId(id)
  const hash = createHash('sha256').update(text).digest('hex')
  const other = Object.hasOwn(texts, bare) ? texts[bare] : undefined
  return [
    ...(bare === hash ? [] : ['is not the SHA-256 of its text']),
    ...(other === undefined || other === text ? [] : [`stands there for another text without its prefix, too`]),
  ]
}

/**
 * Looks at every stored document as if a caller sent it now: its id, its size, whether it fits the schema, and what each of
 * its operations costs. Where that depends on variables, they have the values that hold when a caller gives none; what a
 * caller gives is looked at with each request, as for any document.
 */
export const findDocumentProblems = (
  { texts }: Pick<DocumentSettings, 'texts'>,
  schema: GraphQLSchema,
  limits: ServerLimits,
): readonly DocumentProblem[] => {
  const meter = new CostMeter(schema)
  return Object.entries(texts).flatMap(([id, text]) =>
    [...findIdProblems(id, text, texts), ...findTextProblems(text, schema, meter, limits)].map((message) => ({
      path: id,
      message,
    })),
  )
}
