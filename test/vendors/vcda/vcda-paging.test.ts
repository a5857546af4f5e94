import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { listAllPages } from '../../../src/vendors/vcda/vcda-paging.ts'

interface Item {
  readonly id: string
}

const pageSize = 100
const total = 10_000

const toPage = (offset: number): { readonly items: readonly Item[]; readonly total: number } => ({
  items: Array.from({ length: pageSize }, (_, place) => ({ id: String(offset + place) })),
  total,
})

const toProblem = (why: string): Error => new Error(why)

it('asks for some pages of a long list at a time, and gives them in their order whatever order they come in', async () => {
  let under = 0
  let most = 0
  const getPage = async (offset: number) => {
    under += 1
    most = Math.max(most, under)
    // The later of those that are under way come first.
    for (let turns = 20 - ((offset / pageSize) % 7); turns > 0; turns -= 1) await turn()
    under -= 1
    return toPage(offset)
  }
  const items = await listAllPages(getPage, toProblem)
  expect(items.map(({ id }) => Number(id))).toEqual(Array.from({ length: total }, (_, number) => number))
  // Fewer than the eight places of a site: whoever else asks it does not wait behind a hundred pages.
  expect(most).toBe(6)
})

it('begins no other page after one that failed', async () => {
  const asked: number[] = []
  const getPage = async (offset: number) => {
    asked.push(offset)
    await turn()
    if (offset === 3 * pageSize) throw new Error('gone')
    return toPage(offset)
  }
  await expect(listAllPages(getPage, toProblem)).rejects.toThrow('gone')
  const askedBefore = asked.length
  for (let turns = 0; turns < 20; turns += 1) await turn()
  expect(asked).toHaveLength(askedBefore)
  expect(askedBefore).toBeLessThan(15)
})
