import { describe, expect, test } from 'vitest'
import {
  countFilters,
  parseTableState,
  pressOrder,
  toGroupFilter,
  toMachineFilter,
  toMachineOrder,
  toSearch,
  wholeTable,
  type TableState,
} from '../../src/console/groups/table-state.ts'

const narrow: TableState = {
  text: 'billing, "prod" & Söhne',
  vendors: ['ZERTO'],
  healths: ['CRITICAL', 'WARNING'],
  states: ['PAUSED', 'AWAITING_COMMIT'],
  verdicts: ['VIOLATING'],
  siteIds: ['U2l0ZTpB', 'U2l0ZTpC-_'],
  flags: ['awaiting', 'untested'],
  orderField: 'RPO_VIOLATION',
  direction: 'DESC',
}

describe('the state of a table in its link', () => {
  test('is the same after a reload, whatever is in the text', () => {
    expect(parseTableState('groups', toSearch(narrow))).toEqual(narrow)
  })

  test('is nothing at all for the whole table', () => {
    expect(toSearch(wholeTable)).toBe('')
    expect(parseTableState('groups', '')).toEqual(wholeTable)
  })

  test('turns the default order round', () => {
    expect(parseTableState('groups', toSearch({ ...wholeTable, direction: 'DESC' }))).toMatchObject({
      orderField: 'HEALTH',
      direction: 'DESC',
    })
  })

  test('leaves out what it does not know, and what this kind of row does not have', () => {
    const state = parseTableState('machines', '?health=CRITICAL,PURPLE&only=testing,alone&sort=LAST_TEST&vendor=<b>')
    expect(state).toEqual({ ...wholeTable, healths: ['CRITICAL'], flags: ['alone'] })
  })
})

describe('what the gateway is asked for', () => {
  test('holds only what is filtered by', () => {
    const asked = Object.entries(toGroupFilter(wholeTable)).filter(([, value]) => value !== null)
    expect(asked).toEqual([])
    expect(toGroupFilter(narrow)).toMatchObject({ vendors: ['ZERTO'], isTested: false, isAwaitingDecision: true })
  })

  test('is both kinds when both of two opposite chips are pressed', () => {
    expect(toMachineFilter({ ...wholeTable, flags: ['grouped', 'alone'] }).isGrouped).toBeNull()
  })

  test('never orders machines by a test that only groups have', () => {
    expect(toMachineOrder({ ...wholeTable, orderField: 'LAST_TEST' }).field).toBe('NAME')
  })
})

test('a column that is pressed twice turns round; the age of data begins with the worst', () => {
  const byRpo = pressOrder(wholeTable, 'RPO')
  expect([byRpo.direction, pressOrder(byRpo, 'RPO').direction]).toEqual(['DESC', 'ASC'])
  expect(pressOrder(byRpo, 'NAME')).toMatchObject({ orderField: 'NAME', direction: 'ASC' })
})

test('the number of filters counts each word, and the text once', () => {
  expect(countFilters(wholeTable)).toBe(0)
  expect(countFilters(narrow)).toBe(11)
})
