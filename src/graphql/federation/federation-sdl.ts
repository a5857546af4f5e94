import {
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  GraphQLObjectType,
  Kind,
  parse,
  print,
  printDirective,
  printType,
  visit,
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'

/** The types that another subgraph may refer to by id, and extend. */
export const entityTypeNames = ['Site', 'Replication', 'ProtectionGroup', 'Task'] as const

/** What Apollo Federation calls its own types and fields: they are for the machinery, not for clients. */
const isMachinery = (name: string): boolean => name.startsWith('_')

/** Every page of every subgraph has one. */
const shareableTypeNames: ReadonlySet<string> = new Set(['PageInfo'])

/** Other subgraphs have fields of these names, each for its own ids: entities are found by `_entities` instead. */
const ownRootFields: ReadonlySet<string> = new Set(['node', 'nodes'])

/** The first version with subscriptions. */
const federation = 'https://specs.apollo.dev/federation/v2.4'

const withoutFields = (type: GraphQLObjectType, isLeftOut: (name: string) => boolean): GraphQLObjectType => {
  const { fields, ...config } = type.toConfig()
  const kept = Object.entries(fields).filter(([name]) => !isLeftOut(name))
  return new GraphQLObjectType({ ...config, fields: Object.fromEntries(kept) })
}

const isPrinted = (type: GraphQLNamedType): boolean =>
  !isMachinery(type.name) && !isIntrospectionType(type) && !(isScalarType(type) && isSpecifiedScalarType(type))

/** @param isLeftOut Root fields of queries that are not printed. */
const printWithout = (schema: GraphQLSchema, isLeftOut: (name: string) => boolean): string => {
  const query = schema.getQueryType()
  const directives = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive))
  const types = Object.values(schema.getTypeMap()).filter(isPrinted)
  return [
    ...directives.map(printDirective),
    ...types.map((type) => printType(type === query && isObjectType(type) ? withoutFields(type, isLeftOut) : type)),
  ].join('\n\n')
}

/** The contract with clients as SDL: the whole schema but for what only a federation gateway asks. */
export const printPublishedSchema = (schema: GraphQLSchema): string => printWithout(schema, isMachinery)

const toDirective = (text: string): ConstDirectiveNode => {
  const [definition] = parse(`scalar Any ${text}`).definitions
  if (definition?.kind !== Kind.SCALAR_TYPE_DEFINITION || definition.directives?.[0] === undefined) {
    throw new Error(`${text} is no directive`)
  }
  return definition.directives[0]
}

const directivesOf = (typeName: string): readonly ConstDirectiveNode[] => [
  ...(entityTypeNames.some((name) => name === typeName) ? [toDirective('@key(fields: "id")')] : []),
  ...(shareableTypeNames.has(typeName) ? [toDirective('@shareable')] : []),
]

/** The same as a subgraph of Apollo Federation 2, as composition takes it. */
export const printSubgraph = (schema: GraphQLSchema): string => {
  const document = parse(printWithout(schema, (name) => isMachinery(name) || ownRootFields.has(name)))
  const marked = visit(document, {
    ObjectTypeDefinition: (node) => ({ ...node, directives: directivesOf(node.name.value) }),
  })
  return `extend schema @link(url: "${federation}", import: ["@key", "@shareable"])\n\n${print(marked)}`
}
