import { expect, it } from 'vitest'
import { KeptTexts, TextShelf } from '../../src/server/kept-texts.ts'

const text = (character: string): string => character.repeat(1000)
const repeated = { isRepeated: true }

it('keeps nothing of what was needed once', () => {
  const use = { isRepeated: false }
  const texts = new KeptTexts(new TextShelf(), use)
  const object = {}
  texts.set(object, 'a')
  expect(texts.get(object)).toBeUndefined()
  use.isRepeated = true
  texts.set(object, 'a')
  expect(texts.get(object)).toBe('a')
})

it('keeps a list that comes again, and not one that came once', () => {
  const texts = new KeptTexts(new TextShelf(), repeated)
  const list: readonly unknown[] = []
  texts.setWhenRepeated(list, 'a')
  expect(texts.get(list)).toBeUndefined()
  texts.setWhenRepeated(list, 'a')
  expect(texts.get(list)).toBe('a')
})

it('lets go of what was not asked for when there is too much', () => {
  const shelf = new TextShelf(10_000)
  const [one, other] = [new KeptTexts(shelf, repeated), new KeptTexts(shelf, repeated)]
  const [asked, forgotten] = [{}, {}]
  one.set(asked, text('a'))
  other.set(forgotten, text('b'))
  for (let count = 0; count < 40; count += 1) {
    expect(one.get(asked)).toBe(text('a'))
    one.set({}, text('c'))
  }
  expect(one.get(asked)).toBe(text('a'))
  expect(other.get(forgotten)).toBeUndefined()
})
