import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoInnards, startAttackRig, type AttackRig } from './attack-rig.ts'

// D1 to D5, on both transports, as a caller who may not read the schema.

let rig: AttackRig
beforeAll(async () => {
  rig = await startAttackRig()
})
afterAll(() => rig[Symbol.asyncDispose]())

const repeat = (count: number, part: (index: number) => string, between = ' '): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(between)

const nest = (depth: number, open: string, inner: string, close: string): string =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`

/** Two sides of selections that must all be compared with each other. */
const overlapping = `{ ${repeat(150, (index) => `...f${index}`)} } ${repeat(
  150,
  (index) => `fragment f${index} on Query { a: replications(first: 1) { nodes { id } } }`,
)}`

const floods: readonly (readonly [string, string])[] = [
  [
    '1,000 aliases of a field that asks a vendor',
    `{ ${repeat(1_000, (index) => `a${index}: sites { license { key } }`)} }`,
  ],
  [
    '61 aliases spread over fragments',
    `{ ...a ...b } fragment a on Query { ${repeat(31, (index) => `a${index}: viewer { name }`)} } fragment b on Query { ${repeat(31, (index) => `b${index}: viewer { name }`)} }`,
  ],
  [
    'aliases of one mutation',
    `mutation { ${repeat(100, (index) => `a${index}: pauseReplication(input: { targetId: "x", idempotencyKey: "${index}" }) { __typename }`)} }`,
  ],
  ['5,000 equal fields', `{ ${repeat(5_000, () => '__typename')} }`],
  ['1,000 known directives', `{ viewer { ${repeat(1_000, () => '__typename @include(if: true)')} } }`],
  ['1,000 directives on one field', `{ viewer ${repeat(1_000, () => '@skip(if: false)')} { name } }`],
  ['1,000 directives that are none', `{ viewer ${repeat(1_000, (index) => `@d${index}`)} { name } }`],
  [
    'directives on operation, fragment and variable',
    `query ($a: Int ${repeat(700, () => '@x')}) ${repeat(700, () => '@y')} { ...f } fragment f on Query ${repeat(700, () => '@z')} { viewer { name } }`,
  ],
  ['a fragment that spreads itself', '{ ...a } fragment a on Query { ...a }'],
  [
    'a fragment that spreads itself in an inline fragment',
    '{ ...a } fragment a on Query { ... { ... on Query { ...a } } }',
  ],
  [
    'a cycle of three fragments',
    '{ ...a } fragment a on Query { ...b } fragment b on Query { ...c } fragment c on Query { ...a }',
  ],
  ['a cycle that nobody spreads', '{ viewer { name } } fragment a on Viewer { ...b } fragment b on Viewer { ...a }'],
  ['a long cycle', `{ ...f0 } ${repeat(200, (index) => `fragment f${index} on Query { ...f${(index + 1) % 200} }`)}`],
  ['fragments that overlap', overlapping],
  [
    '500 fragments that nobody spreads',
    `{ viewer { name } } ${repeat(500, (index) => `fragment f${index} on Viewer { name }`)}`,
  ],
  ['1,000 operations', repeat(1_000, (index) => `query q${index} { viewer { name } }`)],
  ['1,000 variables', `query (${repeat(1_000, (index) => `$v${index}: Int`)}) { viewer { name } }`],
  ['10,000 levels of selections', nest(10_000, '{ a ', '', '}')],
  ['10,000 levels of inline fragments', `{ ${nest(10_000, '... { ', '__typename', '}')} }`],
  ['10,000 levels of lists', `{ node(id: ${nest(10_000, '[', '', ']')}) { id } }`],
  ['10,000 levels of objects', `{ replications(filter: ${nest(10_000, '{a:', '1', '}')}) { totalCount } }`],
  ['10,000 levels of list types', `query ($a: ${nest(10_000, '[', 'Int', ']')}) { viewer { name } }`],
  ['a list of 50,000 ids', `{ nodes(ids: [${repeat(50_000, (index) => `"${index}"`)}]) { id } }`],
  ['a literal of 500 KB', `{ node(id: "${'x'.repeat(500_000)}") { id } }`],
  ['a block text of 500 KB', `{ node(id: """${'\n'.repeat(500_000)}""") { id } }`],
  ['a comment of 500 KB', `# ${'x'.repeat(500_000)}\n{ viewer { name } }`],
  ['a number of 500,000 digits', `{ replications(first: ${'9'.repeat(500_000)}) { totalCount } }`],
  ['500,000 commas', `{ viewer { name ${','.repeat(500_000)} } }`],
  ['a name of 500 KB', `{ ${'x'.repeat(500_000)} }`],
  ['500 KB of unfinished escapes', `{ node(id: "${'\\u{'.repeat(100_000)}") { id } }`],
  [
    'pages in pages in pages',
    '{ protectionGroups(first: 500) { nodes { replications(first: 500) { nodes { recoveryPoints(first: 500) { nodes { id } } } } } } }',
  ],
  ['circular introspection', `{ __schema { types { ${nest(20, 'fields { type { ', 'name', '} } ')} } } }`],
  ['circular introspection by types of types', `{ __type(name: "Query") { ${nest(14, 'ofType { ', 'name', '} ')} } }`],
]

const forbidden: readonly (readonly [string, string])[] = [
  ['the schema', '{ __schema { queryType { name } } }'],
  ['the schema, under another name', '{ viewer: __schema { types { name } } }'],
  ['a type', '{ __type(name: "Mutation") { fields { name } } }'],
  ['the schema by a fragment', '{ ...f } fragment f on Query { __schema { types { name } } }'],
  ['the schema by an inline fragment', '{ ... on Query { ... { __schema { types { name } } } } }'],
  ['the schema behind @include', 'query ($a: Boolean = true) { __schema @include(if: $a) { types { name } } }'],
  ['the schema in a mutation', 'mutation { __schema { types { name } } }'],
  ['the schema in a subscription', 'subscription { __schema { types { name } } }'],
  ['the schema beside what is allowed', '{ viewer { name } __schema { types { name } } }'],
  [
    'the schema in another operation of the document',
    'query a { viewer { name } } query b { __schema { types { name } } }',
  ],
  ['what a service of a federation tells', '{ _service { sdl } }'],
  ['what an old introspection asks', '{ __schema { subscriptionType { name } onOperation onFragment } }'],
]

const guesses: readonly (readonly [what: string, document: string, variables?: object])[] = [
  ['a field', '{ viewr { name } }'],
  ['a field of an object', '{ viewer { nme } }'],
  ['an argument', '{ replications(firs: 1) { totalCount } }'],
  ['a mutation', 'mutation { failove(input: {}) { __typename } }'],
  ['a subscription', 'subscription { taskProgres(id: "x") { kind } }'],
  ['a type', '{ node(id: "x") { ... on Replicatio { id } } }'],
  ['a value', '{ replications(first: 1, filter: { vendors: [ZERT] }) { totalCount } }'],
  [
    'a value in a variable',
    'query ($v: [Vendor!]) { replications(first: 1, filter: { vendors: $v }) { totalCount } }',
    { v: ['ZERT'] },
  ],
  ['a member of an input', '{ replications(first: 1, filter: { vendor: 1 }) { totalCount } }'],
  [
    'a member of an input in a variable',
    'query ($f: ReplicationFilter) { replications(first: 1, filter: $f) { totalCount } }',
    { f: { vendor: 1 } },
  ],
  ['the type of a variable', 'query ($f: ReplicationFilte) { replications(first: 1, filter: $f) { totalCount } }'],
  ['a directive', '{ viewer { name @includ(if: true) } }'],
  ['an argument of a directive', '{ viewer { name @include(is: true) } }'],
  ['an operation', 'query viewer { viewer { name } } query viewers { viewer { name } }'],
  ['a fragment', '{ ...viewe } fragment viewer on Query { viewer { name } }'],
]

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

/** The answers of both transports to the same operation. */
const askBoth = async (query: string, variables: object = {}): Promise<readonly string[]> => {
  const { status, text } = await rig.ask(query, variables)
  expect(status).toBeLessThan(500)
  const bare = await rig.openSocket()
  try {
    const [first = ''] = await bare.run({ query, variables })
    return [text, first]
  } finally {
    bare.socket.terminate()
  }
}

const isRefused = (text: string): boolean => {
  const message: Answer & { readonly type?: string; readonly payload?: Answer } = JSON.parse(text)
  // A socket says `error`, with the errors as payload, for what is no operation.
  if (message.type === 'error') return true
  const { data, errors = [] } = message.payload ?? message
  return (data ?? null) === null && errors.length > 0
}

test.each(floods)('%s: refused on both transports before anything runs, and quickly', async (_what, document) => {
  const startedAt = performance.now()
  const answers = await askBoth(document)
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  for (const answer of answers) {
    expect(isRefused(answer)).toBe(true)
    expectNoInnards(answer)
    expect(answer.length).toBeLessThan(100_000)
  }
  await rig.expectUnharmed()
})

test.each(forbidden)('%s tells a caller without dr:introspect nothing', async (_what, document) => {
  // D3
  for (const answer of await askBoth(document)) {
    expect(isRefused(answer)).toBe(true)
    expect(answer).not.toMatch(/"(?:types|queryType|fields|sdl|kind)":/)
    expectNoInnards(answer)
  }
  await rig.expectUnharmed()
})

test.each(guesses.map(([what, document, variables = {}]) => [what, document, variables] as const))(
  'whoever guesses %s is not helped',
  async (_what, document, variables) => {
    // D3
    for (const answer of await askBoth(document, variables)) {
      expect(isRefused(answer)).toBe(true)
      expect(answer).not.toMatch(/did you mean|perhaps|similar to/i)
      expectNoInnards(answer)
    }
    await rig.expectUnharmed()
  },
)
