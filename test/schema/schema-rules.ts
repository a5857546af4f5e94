import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql'

/** Whatever has a name, words and perhaps a type: a field, an argument, an input field, an enum value. */
interface Member {
  readonly name: string
  /** `Task.state`, `Query.node(id)`. */
  readonly path: string
  readonly description?: string | null | undefined
  readonly deprecationReason?: string | null | undefined
  readonly type: GraphQLType | null
  readonly kind: 'field' | 'argument' | 'input field' | 'value'
}

type Named = Omit<Member, 'path' | 'kind' | 'type'> & { readonly type?: GraphQLType | undefined }

const toMember = (
  kind: Member['kind'],
  path: string,
  { name, description, deprecationReason, type }: Named,
): Member => ({
  name,
  path,
  description,
  deprecationReason,
  type: type ?? null,
  kind,
})

const membersOf = (owner: GraphQLNamedType): readonly Member[] => {
  const pathOf = ({ name }: Named): string => `${owner.name}.${name}`
  if (isEnumType(owner)) return owner.getValues().map((value) => toMember('value', pathOf(value), value))
  if (isInputObjectType(owner)) {
    return Object.values(owner.getFields()).map((field) => toMember('input field', pathOf(field), field))
  }
  if (!isObjectType(owner) && !isInterfaceType(owner)) return []
  return Object.values(owner.getFields()).flatMap((field) => [
    toMember('field', pathOf(field), field),
    ...field.args.map((arg) => toMember('argument', `${pathOf(field)}(${arg.name})`, arg)),
  ])
}

const pascalCase = /^[A-Z][a-z0-9]*(?:[A-Z][a-z0-9]+)*$/
const camelCase = /^[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)*$/
const screamingCase = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/
/** Acronyms are words: `vmId`, not `vmID`. */
const shouting = /[A-Z]{2}/

/** A type that everybody knows by another spelling. */
const knownTypeNames: ReadonlySet<string> = new Set(['JSON'])

const units: ReadonlySet<string> = new Set('seconds minutes hours days ms bytes megabytes percent mbps iops'.split(' '))
/** What a number without a unit may end in. */
const countEndings: ReadonlySet<string> = new Set(['count', 'index', 'number'])

/** `throughputBytesPerSecond` is measured in bytes, per second. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/PerSecond$/, '')
    .split(/(?=[A-Z])/)
    .map((word) => word.toLowerCase())

/** Numbers without a unit: how many, where in an order, or what stands beside its unit. A new one needs a reason to be here. */
const bareNumbers = new Set(
  [
    'count first buckets order port sequence httpStatus firstBadSequence missedEvents',
    // The field beside it, or the type, says what they count.
    'value maxVms usedVms maxRecoveryPoints maxIncoming meeting violating neverSynced notMeasured inTime overdue never',
    // Numbers that a vendor calls something by.
    'excludedDiskKeys recoveryPointDiskKeys',
  ].flatMap((names) => names.split(' ')),
)

/** Named as the products and their users do. */
const oddUnits: ReadonlySet<string> = new Set(['bytesTransferred', 'bytesToTransfer', 'percentMeeting'])

const endsLikeMoment = /(?:At|Until|Before|Since|To)$/
const bareMoments: ReadonlySet<string> = new Set(['at', 'from', 'to', 'since', 'asOf'])

/** What a type of the vendor's own may say and a common one may not: see docs/glossary.md. */
const vendorWords = /vpg|zorg|zvm|instance|checkpoint/i
/** Ours, although a vendor has it too. */
const ownWords: ReadonlySet<string> = new Set(['CreateCheckpointInput', 'CREATE_CHECKPOINT', 'createCheckpoint'])

/** A line to a site, not a page of sites. */
const notPages: ReadonlySet<string> = new Set(['SiteConnection'])
const inputEndings = /(?:Input|Filter|Order|Options)$/

const findNameBreak = ({ name, path, kind }: Member): readonly string[] => {
  const isRight = kind === 'value' ? screamingCase.test(name) : camelCase.test(name) && !shouting.test(name)
  return isRight ? [] : [`${path}: a ${kind} is written ${kind === 'value' ? 'LIKE_THIS' : 'likeThis'}`]
}

const findWordBreaks = (path: string, text: string | null | undefined): readonly string[] => {
  if (text === null || text === undefined || text.trim() === '') return [`${path}: has no description`]
  if (text !== text.trim() || !/[.?:]$/.test(text)) return [`${path}: a description is whole sentences`]
  return []
}

const findTypeBreaks = ({ name, path, type }: Member): readonly string[] => {
  if (type === null) return []
  const typeName = getNamedType(type).name
  const breaks: string[] = []
  if (['Int', 'Float', 'ByteCount'].includes(typeName) && !oddUnits.has(name)) {
    const words = wordsOf(name)
    const last = words.at(-1) ?? ''
    if (words.slice(0, -1).some((word) => units.has(word))) breaks.push(`${path}: the unit comes last`)
    else if (!units.has(last) && !countEndings.has(last) && !bareNumbers.has(name)) {
      breaks.push(`${path}: a number says its unit`)
    }
  }
  if (typeName === 'DateTime' && !endsLikeMoment.test(name) && !bareMoments.has(name)) {
    breaks.push(`${path}: a moment ends in At, Until, Before, Since or To`)
  }
  if (typeName === 'ID' && !/(?:^id|Id)s?$/.test(name)) breaks.push(`${path}: an id is called one`)
  return breaks
}

const findDeprecationBreaks = ({ path, deprecationReason }: Member): readonly string[] =>
  deprecationReason === null || deprecationReason === undefined || /\bUse `|\bNothing /.test(deprecationReason)
    ? []
    : [`${path}: a deprecation says what to use instead, or that there is nothing`]

const isWholeList = (type: GraphQLType): boolean => {
  const list = getNullableType(type)
  return !isListType(list) || (isNonNullType(list.ofType) && isWholeList(list.ofType))
}

const memberNames = (type: GraphQLNamedType): readonly string[] => membersOf(type).map(({ name }) => name)

const findShapeBreaks = (schema: GraphQLSchema, owner: GraphQLNamedType): readonly string[] => {
  const breaks: string[] = []
  const want = (isRight: boolean, rule: string): void => void (isRight || breaks.push(`${owner.name}: ${rule}`))
  // `InvalidInput` is an answer.
  const isProblem = isObjectType(owner) && owner.getInterfaces().some(({ name }) => name === 'Problem')
  want(
    isInputObjectType(owner) === (inputEndings.test(owner.name) && !isProblem),
    'inputs, and only they, end in Input, Filter, Order, Options',
  )
  const isPage = owner.name.endsWith('Connection') && !notPages.has(owner.name)
  if (isPage) {
    const names = memberNames(owner)
    want(
      ['edges', 'nodes', 'pageInfo'].every((name) => names.includes(name)),
      'a page has edges, nodes and pageInfo',
    )
    const item = owner.name.replace(/Connection$/, '')
    want(
      [item, `${item}Edge`].every((name) => schema.getType(name) !== undefined),
      `a page is one of ${item}, with edges`,
    )
  }
  if (isObjectType(owner) || isInterfaceType(owner)) {
    for (const { name, type, args } of Object.values(owner.getFields())) {
      const { name: typeName } = getNamedType(type)
      const isPaged = typeName.endsWith('Connection') && !notPages.has(typeName)
      want(!isPaged || args.some((arg) => arg.name === 'first'), `${name} gives a page and takes \`first\``)
      // `nodes` of Query answers in the order of the ids that it is given.
      const mayHaveGaps = owner === schema.getQueryType() && name === 'nodes'
      want(mayHaveGaps || isWholeList(type), `${name} is a list with null in it`)
    }
  }
  if (owner === schema.getMutationType() && isObjectType(owner)) {
    for (const { name, type, args } of Object.values(owner.getFields())) {
      if (getNamedType(type).name !== 'TaskResult') continue
      const [input, ...others] = args
      const isRight = input?.name === 'input' && isNonNullType(input.type) && others.length === 0
      want(isRight, `${name} takes one argument, \`input\``)
    }
  }
  return breaks
}

const findVendorWords = (owner: GraphQLNamedType, vendors: readonly string[]): readonly string[] => {
  const prefixes = vendors.map((vendor) => `${vendor.charAt(0)}${vendor.slice(1).toLowerCase()}`)
  if (prefixes.some((prefix) => owner.name.startsWith(prefix))) return []
  return (
    [owner.name, ...memberNames(owner)]
      // Work of one vendor stands in a common input behind the vendor's name.
      .filter((name) => !vendors.some((vendor) => name.toLowerCase().startsWith(vendor.toLowerCase())))
      .filter((name) => vendorWords.test(name) && !ownWords.has(name))
      .map((name) => `${owner.name}: ${name} is a word of one vendor`)
  )
}

/**
 * Holds a schema against the house rules for names, descriptions and shapes: those of CONTRIBUTING.md and docs/glossary.md.
 *
 * @returns A sentence for each break, with the place in front.
 */
export const findRuleBreaks = (schema: GraphQLSchema): readonly string[] => {
  const vendorType = schema.getType('Vendor')
  const vendors = isEnumType(vendorType) ? vendorType.getValues().map(({ name }) => name) : []
  return Object.values(schema.getTypeMap()).flatMap((owner) => {
    if (isIntrospectionType(owner) || (isScalarType(owner) && isSpecifiedScalarType(owner))) return []
    const members = membersOf(owner)
    return [
      ...(pascalCase.test(owner.name) || knownTypeNames.has(owner.name)
        ? []
        : [`${owner.name}: a type is written LikeThis`]),
      ...findWordBreaks(owner.name, owner.description),
      ...findShapeBreaks(schema, owner),
      ...findVendorWords(owner, vendors),
      ...members.flatMap((member) => [
        ...findNameBreak(member),
        ...findWordBreaks(member.path, member.description),
        ...findTypeBreaks(member),
        ...findDeprecationBreaks(member),
      ]),
    ]
  })
}
