import { CriticalityLevel, diff, type Change } from '@graphql-inspector/core'
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'

/** What is compared. */
export interface Promises {
  /** SDL of the last release. */
  readonly released: string
  /** SDL of today. */
  readonly present: string
  /** The text of CHANGELOG.md. */
  readonly changelog: string
}

/** What the comparison has found, in words for people. */
export interface GateReport {
  /** Each change, `BREAKING Task.progress: …`, the worst first. */
  readonly changes: readonly string[]
  /** What must not be released so; empty when every promise is kept. */
  readonly broken: readonly string[]
}

/** Whatever may carry `@deprecated`. */
interface Deprecatable {
  readonly deprecationReason?: string | null | undefined
}

const order = [CriticalityLevel.Breaking, CriticalityLevel.Dangerous, CriticalityLevel.NonBreaking] as const

/** The section of one heading: from behind it to the next heading of its depth or above. */
const sectionOf = (text: string, heading: string): string => {
  const lines = text.split('\n')
  const start = lines.indexOf(heading)
  if (start === -1) return ''
  const depth = heading.indexOf(' ')
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => /^#+ /.test(line) && line.indexOf(' ') <= depth)
  return rest.slice(0, end === -1 ? undefined : end).join('\n')
}

/** What stands in backticks under "Unreleased", "Breaking". */
const listNamed = (changelog: string): ReadonlySet<string> => {
  const entries = sectionOf(sectionOf(changelog, '## Unreleased'), '### Breaking')
  return new Set([...entries.matchAll(/`(?<name>[^`]+)`/g)].map(({ groups }) => groups?.['name'] ?? ''))
}

const membersOf = (type: GraphQLNamedType): Readonly<Record<string, Deprecatable>> => {
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) return type.getFields()
  return isEnumType(type) ? Object.fromEntries(type.getValues().map((value) => [value.name, value])) : {}
}

type Use = readonly [path: string, member: Deprecatable]

/** Every field, argument and input field whose type it is, as `Task.state` or `Query.task.id`. */
const listUses = (schema: GraphQLSchema, type: GraphQLNamedType): readonly Use[] =>
  Object.values(schema.getTypeMap()).flatMap((owner): readonly Use[] => {
    if (isInputObjectType(owner)) {
      const fields = Object.values(owner.getFields()).filter((field) => getNamedType(field.type) === type)
      return fields.map((field): Use => [`${owner.name}.${field.name}`, field])
    }
    if (!isObjectType(owner) && !isInterfaceType(owner)) return []
    return Object.values(owner.getFields()).flatMap((field): readonly Use[] => {
      const path = `${owner.name}.${field.name}`
      const args = field.args.filter((arg) => getNamedType(arg.type) === type)
      const own: readonly Use[] = getNamedType(field.type) === type ? [[path, field]] : []
      return [...own, ...args.map((arg): Use => [`${path}.${arg.name}`, arg])]
    })
  })

/**
 * What would have had to be deprecated before the change, and was not: the member itself, or the field of an argument that
 * is new; for a whole type every place that has it.
 */
const listUnannounced = (released: GraphQLSchema, path: string): readonly string[] => {
  const [typeName = '', memberName, argName] = path.split('.')
  const type = released.getType(typeName)
  if (type === undefined) return []
  if (memberName === undefined) {
    return listUses(released, type).flatMap(([use, { deprecationReason }]) => (deprecationReason ? [] : [use]))
  }
  const member = membersOf(type)[memberName]
  const args = isObjectType(type) || isInterfaceType(type) ? (type.getFields()[memberName]?.args ?? []) : []
  const arg = args.find(({ name }) => name === argName)
  const isAnnounced = [member, arg].some((one) => Boolean(one?.deprecationReason))
  // A member that is new, and must be given, breaks what has been valid: there was nothing to deprecate but the type.
  if (member === undefined) return listUnannounced(released, typeName)
  return isAnnounced ? [] : [path]
}

const toLine = ({ criticality, path, message }: Change): string =>
  `${criticality.level} ${path ?? 'schema'}: ${message}${criticality.reason === undefined ? '' : ` (${criticality.reason})`}`

/**
 * Compares two schemas by the promise that docs/schema.md gives: what breaks a client was deprecated in the last release,
 * and stands under "Breaking" of what is unreleased, by its name in backticks. What is only dangerous, such as a new value of
 * an enum, is reported and passes.
 *
 * @throws GraphQLError for SDL that is none.
 */
export const comparePromises = async ({ released, present, changelog }: Promises): Promise<GateReport> => {
  const before = buildSchema(released)
  const changes = await diff(before, buildSchema(present))
  const named = listNamed(changelog)
  const broken = changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .flatMap(({ path = 'schema', message }) => [
      ...(named.has(path) ? [] : [`${path}: no entry under "Breaking" in CHANGELOG.md names it. ${message}`]),
      ...listUnannounced(before, path).map(
        (one) => `${path}: ${one} was not deprecated in the last release. ${message}`,
      ),
    ])
  const sorted = changes.toSorted((a, b) => order.indexOf(a.criticality.level) - order.indexOf(b.criticality.level))
  return { changes: sorted.map(toLine), broken }
}
