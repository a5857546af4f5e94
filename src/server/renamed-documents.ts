import { Kind, type DocumentNode, type OperationDefinitionNode } from 'graphql'

/** A text that begins with a named query: the name is nothing but a name there, whatever follows. */
const namedQuery = /^[\s,]*query[\s,]+(?<name>[_A-Za-z][_0-9A-Za-z]*)/

/**
 * The same for all texts that differ in nothing but the name of the query that they begin with, as long as the names are
 * equally long: so every place in one is the same place in the other, and what an error says of places holds for both.
 */
export const toNamelessText = (text: string): string => {
  const match = namedQuery.exec(text)
  const name = match?.groups?.['name']
  if (match === null || name === undefined) return text
  const end = match[0].length
  return `${text.slice(0, end - name.length)}${'_'.repeat(name.length)}${text.slice(end)}`
}

const findName = (text: string): string | null => namedQuery.exec(text)?.groups?.['name'] ?? null

const documents = new WeakMap<DocumentNode, DocumentNode>()
const operations = new WeakMap<OperationDefinitionNode, OperationDefinitionNode>()

/** A document by which everything is remembered: the one that this one is but for the name of its operation. */
export const toOriginalDocument = (document: DocumentNode): DocumentNode => documents.get(document) ?? document

/** The same for an operation. */
export const toOriginalOperation = (operation: OperationDefinitionNode): OperationDefinitionNode =>
  operations.get(operation) ?? operation

/** Whether the name means nothing to the rest of the document: there is no other operation that it could be mixed up with. */
export const isRenamable = ({ definitions }: DocumentNode): boolean =>
  definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length === 1

/** A document as a text says it that has the same nameless text: everything but the operation's name is shared. */
export const toRenamed = (original: DocumentNode, text: string): DocumentNode => {
  const value = findName(text)
  const renamed: DocumentNode = {
    ...original,
    definitions: original.definitions.map((definition) => {
      if (definition.kind !== Kind.OPERATION_DEFINITION || definition.name === undefined || value === null)
        return definition
      const operation = { ...definition, name: { ...definition.name, value } }
      operations.set(operation, definition)
      return operation
    }),
  }
  documents.set(renamed, original)
  return renamed
}
