import {
  type ColumnDefinitionNode,
  DataTypeNode,
  GeneratedNode,
  type KyselyPlugin,
  type OperationNode,
  OperationNodeTransformer,
  RawNode,
} from 'kysely'

/** Our word for a type -> PostgreSQL's. What is not here has the same word. */
const types: Readonly<Record<string, string>> = {
  // The order of texts must not hang on how somebody has set up his database: pages go by it.
  text: 'text collate "C"',
  blob: 'bytea',
  // SQLite's integers have 64 bits.
  integer: 'bigint',
}

const toType = (node: OperationNode): OperationNode => {
  const word = DataTypeNode.is(node) ? types[node.dataType] : undefined
  return word === undefined ? node : RawNode.createWithSql(word)
}

/** A number that the database gives: never again one that it has given, also where its row has gone. */
const numbered = GeneratedNode.create({ identity: true, byDefault: true })

class PostgresSchemaTransformer extends OperationNodeTransformer {
  protected override transformColumnDefinition(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformColumnDefinition']>
  ): ColumnDefinitionNode {
    const { autoIncrement = false, ...column } = super.transformColumnDefinition(node, queryId)
    const dataType = toType(column.dataType)
    return autoIncrement ? { ...column, dataType, generated: numbered } : { ...column, dataType }
  }
}

const transformer = new PostgresSchemaTransformer()

/**
 * Makes the migrations, which are written in the words of SQLite, say the same to PostgreSQL. It is the one place where the
 * tables of the two differ.
 */
export const postgresSchemaPlugin: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
  transformResult: async ({ result }) => result,
}
