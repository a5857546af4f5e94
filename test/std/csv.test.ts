import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toCsvRecord } from '../../src/std/csv.ts'
import { parseCsv } from '../support/parse-csv.ts'

test('quotes what holds a comma, a quote or a line end, and nothing else', () => {
  expect(toCsvRecord(['plain', 'a,b', 'say "hi"', 'two\nlines', 7, true, null, ''])).toBe(
    'plain,"a,b","say ""hi""","two\nlines",7,true,,\r\n',
  )
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('a spreadsheet does not run %j', (text) => {
  const [[cell = ''] = []] = parseCsv(toCsvRecord([text]))
  expect(cell).toBe(`'${text}`)
})

test('a number below zero stays a number', () => {
  expect(toCsvRecord([-5])).toBe('-5\r\n')
})

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[=+\-@\t\r\n",;' a]{0,8}$/))

test('every table is read back as it was, but for what would have been run', () => {
  const table = fc.array(fc.array(anyText, { minLength: 1, maxLength: 5 }), { maxLength: 5 })
  const property = fc.property(table, (records) => {
    const read = parseCsv(records.map(toCsvRecord).join(''))
    expect(read).toEqual(records.map((cells) => cells.map((cell) => cell.replace(/^(?=[=+\-@\t\r\n])/, "'"))))
    expect(read.flat().filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([])
  })
  fc.assert(property)
})
