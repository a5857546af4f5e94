import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { createSiteFeed } from '../../src/inventory/site-feed.ts'
import { readListText, toListText } from '../../src/inventory/list-text.ts'
import { toDatedJson } from '../../src/std/dated-json.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { ScriptedSite } from '../tracking/scripted-site.ts'

const feed = createSiteFeed(new ScriptedSite('zvm-a'), createFakeClock(), () => {})

const toText = (value: unknown): Promise<string> => text(Readable.from(toListText(feed, value)))

const rows = (count: number, given: Readonly<Record<number, object>> = {}) =>
  Array.from({ length: count }, (_, place) => ({
    id: `id-${place}`,
    name: 'a\nb @1',
    at: new Date(5),
    ...given[place],
  }))

it('gives back the list that was written, whatever its length', async () => {
  for (const count of [0, 1, 249, 250, 251, 1_000]) {
    expect((await readListText(feed, 'groups', await toText(rows(count))))?.value).toEqual(rows(count))
  }
  const report = { local: { id: 'site' }, capabilities: {} }
  expect((await readListText(feed, 'report', await toText(report)))?.value).toEqual(report)
})

it('gives the same object for what is the same in the next list, also where others have come or gone', async () => {
  const first = await readListText(feed, 'groups', await toText(rows(600)))
  const changed = rows(600, { 300: { name: 'changed' } })
  const [, second, ...rest] = changed
  const next = [...rest.slice(0, 100), { ...rows(1)[0], id: 'new' }, ...rest.slice(100), second]
  const read = await readListText(feed, 'groups', await toText(next), first)
  expect(read?.value).toEqual(next)
  const known = new Set(first?.objects)
  const made = read?.objects.filter((object) => !known.has(object)) ?? []
  // The one that has moved far is made anew.
  expect(made).toEqual([expect.objectContaining({ id: 'new' }), changed[300], second])
})

it('reads what an older version has kept', async () => {
  const label = { shape: 1, vendor: 'ZERTO', url: 'http://site' }
  const whole = toDatedJson({ ...label, value: rows(3) })
  expect((await readListText(feed, 'groups', whole))?.value).toEqual(rows(3))
  expect(await readListText(feed, 'report', whole)).toBeNull()
})

it.each([
  ['is cut short', (written: string) => written.slice(0, -1)],
  ['is damaged', (written: string) => written.replace('"id"', 'id')],
  ['is of another site under the same name', (written: string) => written.replace('http://site', 'http://other')],
  ['is of another shape', (written: string) => written.replace('"shape":2', '"shape":3')],
  ['holds something without an id', (written: string) => written.replace('"id"', '"no"')],
])('is nothing where it %s', async (_what, spoil) => {
  expect(await readListText(feed, 'groups', spoil(await toText(rows(3))))).toBeNull()
})
