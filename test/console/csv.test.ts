import { expect, test } from 'vitest'
import { toCsv } from '../../src/console/groups/csv.ts'
import { parseCsv } from '../support/parse-csv.ts'

test('a table is read back as it was, with line breaks, quotes and letters of all alphabets', () => {
  const rows = [
    ['a "quoted" name', 'two\nlines', 'Größe, Straße', '日本'],
    ['', 'plain', 'x', 'y'],
  ]
  const text = toCsv(['a', 'b', 'c', 'd'], rows)
  expect(text.startsWith('\uFEFF')).toBe(true)
  expect(parseCsv(text.slice(1))).toEqual([['a', 'b', 'c', 'd'], ...rows])
})

test('a text that a spreadsheet would run is told to be a text, a negative number stays a number', () => {
  expect(toCsv(['n'], [['=HYPERLINK("http://evil")'], ['-rm'], [-5], [null], [true]])).toBe(
    `\uFEFFn\r\n"'=HYPERLINK(""http://evil"")"\r\n'-rm\r\n-5\r\n\r\ntrue\r\n`,
  )
})
