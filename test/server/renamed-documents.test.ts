import { buildSchema, getOperationAST, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { DocumentCache, validOnce } from '../../src/server/document-cache.ts'
import { usualLimits } from '../../src/server/limit-table.ts'
import { toNamelessText, toOriginalDocument, toOriginalOperation } from '../../src/server/renamed-documents.ts'

const schema = buildSchema('type Query { a(b: Int): Int }')

describe('the text without the name of its query', () => {
  it.each([
    ['query One { a }', 'query Two { a }'],
    [' ,\nquery\n\tOne($b: Int) { a(b: $b) }', ' ,\nquery\n\tTwo($b: Int) { a(b: $b) }'],
    ['query One{ One: a }', 'query Two{ One: a }'],
  ])('is the same for %s and %s', (one, other) => {
    expect(toNamelessText(one)).toBe(toNamelessText(other))
    expect(toNamelessText(one)).toHaveLength(one.length)
  })

  it.each([
    ['of another length', 'query One { a }', 'query Three { a }'],
    ['of something else', '{ query: a }', '{ other: a }'],
    ['of a mutation', 'mutation One { a }', 'mutation Two { a }'],
    ['behind something else', '# x\nquery One { a }', '# x\nquery Two { a }'],
    ['with other spaces', 'query One { a }', 'query Two  { a }'],
  ])('is another one for a name %s', (_what, one, other) => {
    expect(toNamelessText(one)).not.toBe(toNamelessText(other))
  })
})

/** Does with a text what the engine does. */
const makeEngine = () => {
  const cache = new DocumentCache(10_000, usualLimits)
  return (text: string) => {
    const known = cache.get(text)
    const document = known ?? parse(text)
    if (known === undefined) cache.set(text, document)
    const errors = cache.isValid(document) ? [] : validate(schema, document)
    if (errors.length === 0) cache.noteValid(document)
    return { document, isKnown: known !== undefined, messages: errors.map(({ message }) => message) }
  }
}

describe('a document under another name', () => {
  it('is the valid one that is known, with its own name', () => {
    const look = makeEngine()
    const first = look('query One { a }').document
    const { document, isKnown } = look('query Two { a }')
    expect(isKnown).toBe(true)
    expect(document).toEqual({ ...parse('query Two { a }'), loc: first.loc, definitions: expect.anything() })
    expect(toOriginalDocument(document)).toBe(first)
    const operation = getOperationAST(document, 'Two')
    expect(operation?.name?.value).toBe('Two')
    expect(getOperationAST(document, 'One')).toBeNull()
    expect(operation && toOriginalOperation(operation)).toBe(getOperationAST(first))
  })

  it('is itself again under the first name', () => {
    const look = makeEngine()
    const first = look('query One { a }').document
    look('query Two { a }')
    expect(look('query One { a }').document).toBe(first)
  })

  it('has every place where the first one has it', () => {
    const look = makeEngine()
    look('query One { a }')
    const [there, parsed] = [look('query Two { a }').document, parse('query Two { a }')].map((document) => {
      const node = getOperationAST(document)?.selectionSet.selections[0]
      return [node?.loc?.start, node?.loc?.startToken.line, node?.loc?.startToken.column]
    })
    expect(there).toEqual(parsed)
  })

  it('is looked at by itself where the known one is not valid, and told what is wrong with its own name', () => {
    const look = makeEngine()
    expect(look('query One($b: Int) { a }').messages).toEqual(['Variable "$b" is never used in operation "One".'])
    expect(look('query Two($b: Int) { a }').messages).toEqual(['Variable "$b" is never used in operation "Two".'])
  })

  it('is looked at by itself where another operation may have the name', () => {
    const look = makeEngine()
    expect(look('query One { a } query Two { a }').messages).toEqual([])
    expect(look('query Two { a } query Two { a }')).toMatchObject({
      isKnown: false,
      messages: ['There can be only one operation named "Two".'],
    })
  })
})

it('does not remember what others say of a valid document', () => {
  const cache = new DocumentCache(10_000, usualLimits)
  const document = parse('{ a }')
  const results: unknown[] = []
  const validateOnce = (): unknown => {
    const { onValidate } = validOnce(cache)
    const hook = { params: { documentAST: document }, setResult: (result: unknown) => results.push(result) }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that it looks at
    return onValidate?.(hook as unknown as Parameters<NonNullable<typeof onValidate>>[0])
  }
  expect(validateOnce()).toBeTypeOf('function')
  cache.noteValid(document)
  validateOnce()
  expect(results).toEqual([[]])
})
