import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeptList, type ReadList } from '../../src/upstream/kept-list.ts'

const runs = { numRuns: 400 }

const isObject = (json: unknown): json is object => typeof json === 'object' && json !== null

const keep = (member: string | null): KeptList<object> =>
  new KeptList({ member, parseItem: (json) => (isObject(json) ? { item: json } : null) })

const bare = keep.bind(null, null)
const paged = keep.bind(null, 'items')

/** The outermost brackets and separators in any spelling that JSON allows. */
const blank = fc.constantFrom('', '', '', ' ', '\n  ', '\t\r\n')
const item = fc.oneof(
  fc.record({ id: fc.integer({ min: 0, max: 9 }), text: fc.string(), more: fc.jsonValue({ maxDepth: 2 }) }),
  fc.constantFrom({ id: 1, text: '"],"items":[' }, { id: 2, text: '\\' }, { id: 3, text: '{[,"\\"' }, [], {}, [[]]),
)

const render = (items: readonly unknown[], gaps: readonly string[]): string => {
  const [first = '', second = ''] = gaps
  return `${first}[${items.map((each) => `${second}${JSON.stringify(each)}${first}`).join(',')}${second}]${first}`
}

const listText = fc
  .tuple(fc.array(item, { maxLength: 12 }), fc.array(blank, { minLength: 2, maxLength: 2 }))
  .map(([items, gaps]) => ({ items, text: render(items, gaps) }))

const around = fc.constantFrom(
  (list: string) => `{"items":${list},"total":3}`,
  (list: string) => ` { "total" : 3 , "more" : { "items" : [ ] } , "items" : ${list} } `,
  (list: string) => `{"text":"\\"items\\":[","items":${list}}`,
)

/** A list that begins as another one and then has objects put in, left out, changed, moved. */
const edits = fc.array(
  fc.tuple(fc.constantFrom('insert', 'remove', 'change', 'move'), fc.nat({ max: 20 }), item, fc.nat({ max: 20 })),
  { maxLength: 4 },
)

const edit = (
  items: readonly unknown[],
  changes: readonly (readonly [string, number, unknown, number])[],
): unknown[] => {
  const edited = [...items]
  for (const [what, place, value, other] of changes) {
    const at = place % (edited.length + 1)
    if (what === 'insert') edited.splice(at, 0, value)
    else if (what === 'change') edited.splice(at, 1, value)
    else {
      const [moved] = edited.splice(at, 1)
      if (what === 'move' && moved !== undefined) edited.splice(other % (edited.length + 1), 0, moved)
    }
  }
  return edited
}

const parse = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

const toPage = (read: ReadList<object>): unknown => ({ ...Object(read.around), items: read.items })

it('says of any list what JSON.parse says of it, whatever was put in, left out, changed or moved since', () => {
  fc.assert(
    fc.property(listText, edits, fc.array(blank, { minLength: 2, maxLength: 2 }), ({ items, text }, changes, gaps) => {
      const list = bare()
      expect(list.read(Buffer.from(text))?.items).toEqual(JSON.parse(text))
      for (const next of [render(edit(items, changes), gaps), text]) {
        expect(list.read(Buffer.from(next))?.items).toEqual(JSON.parse(next))
      }
    }),
    runs,
  )
})

it('says the same of a list inside an object', () => {
  fc.assert(
    fc.property(listText, listText, around, around, (one, other, aroundOne, aroundOther) => {
      const list = paged()
      for (const text of [aroundOne(one.text), aroundOther(other.text), aroundOther(one.text)]) {
        const read = list.read(Buffer.from(text))
        expect(read === null ? null : toPage(read)).toEqual(JSON.parse(text))
      }
    }),
    runs,
  )
})

// N1 to N10: an answer that is cut off or garbled.
it('takes nothing for a list that JSON.parse does not take, wherever it was cut or garbled', () => {
  const damage = fc.tuple(
    fc.nat(),
    fc.constantFrom('', ',', '"', '[', ']', '{', '}', '\\', '1', ' ', ':', 'x'),
    fc.boolean(),
  )
  fc.assert(
    fc.property(listText, around, damage, fc.boolean(), ({ text }, wrap, [at, letter, isCut], isPaged) => {
      const whole = isPaged ? wrap(text) : text
      const place = at % (whole.length + 1)
      const broken = whole.slice(0, place) + letter + (isCut ? '' : whole.slice(place + (at % 2)))
      const list = isPaged ? paged() : bare()
      list.read(Buffer.from(whole))
      const read = list.read(Buffer.from(broken))
      // Null only says that the whole is to be parsed.
      if (read === null) return
      expect(parse(broken)).toEqual({ value: isPaged ? toPage(read) : read.items })
    }),
    { numRuns: 2000 },
  )
})

it('leaves a second list of the same name to who parses the whole', () => {
  const list = paged()
  for (const text of [
    '{"items":[{"id":1}],"items":[]}',
    String.raw`{"items":[{"id":1}],"item\u0073":[]}`,
    String.raw`{"item\u0073":[],"items":[{"id":1}]}`,
    '{"items":{"id":1}}',
    '[{"id":1}]',
    'null',
    '',
  ]) {
    expect(list.read(Buffer.from(text))).toBeNull()
  }
})

it('keeps the objects whose bytes have not changed, where they stand and a little away', () => {
  const list = bare()
  const objects = Array.from({ length: 20 }, (_, id) => ({ id, name: `machine ${id}` }))
  const first = list.read(Buffer.from(JSON.stringify(objects)))?.items ?? []
  const [, ...left] = objects.map((object) => (object.id === 10 ? { ...object, name: 'renamed' } : object))
  const second = list.read(Buffer.from(JSON.stringify([{ id: 99 }, { id: 98 }, ...left])))?.items ?? []
  expect(second.filter((object) => !first.includes(object))).toEqual([
    { id: 99 },
    { id: 98 },
    { id: 10, name: 'renamed' },
  ])
})

it('keeps what it knows beyond an answer that is none', () => {
  const list = bare()
  const text = '[{"id":1},{"id":2}]'
  const first = list.read(Buffer.from(text))?.items
  for (const broken of ['[{"id":1},{"id":', '[{"id":1},3]', '<html>']) expect(list.read(Buffer.from(broken))).toBeNull()
  expect(list.read(Buffer.from(text))?.items).toBe(first)
})
