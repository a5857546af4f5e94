import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { DeliveryRounds } from '../../src/server/delivery-rounds.ts'

test('serves everybody once, in the order in which they came, and not before whoever adds them is done', async () => {
  const rounds = new DeliveryRounds()
  const served: number[] = []
  for (let number = 0; number < 1_200; number += 1) rounds.add({ serve: () => served.push(number) })
  expect(served).toEqual([])
  await expect.poll(() => served.length).toBe(1_200)
  expect(served).toEqual(Array.from({ length: 1_200 }, (_, number) => number))
})

test('lets others have a turn while very many are served', async () => {
  const rounds = new DeliveryRounds()
  let served = 0
  for (let number = 0; number < 5_000; number += 1) rounds.add({ serve: () => (served += 1) })
  await turn()
  expect(served).toBeGreaterThan(0)
  expect(served).toBeLessThan(5_000)
})

test('serves who comes while others are served, and who comes again', async () => {
  const rounds = new DeliveryRounds()
  const served: string[] = []
  const late = { serve: () => served.push('late') }
  const first = {
    serve: () => {
      served.push('first')
      if (served.length === 1) for (const addressee of [late, first]) rounds.add(addressee)
    },
  }
  rounds.add(first)
  await expect.poll(() => served).toEqual(['first', 'late', 'first'])
})

test('serves all at once when it is told to, each one once, and goes on afterwards', async () => {
  const rounds = new DeliveryRounds()
  const served: number[] = []
  for (let number = 0; number < 1_200; number += 1) rounds.add({ serve: () => served.push(number) })
  rounds.flush()
  expect(served).toHaveLength(1_200)
  rounds.add({ serve: () => served.push(1_200) })
  await expect.poll(() => served.length).toBe(1_201)
  await turn()
  expect(served).toEqual(Array.from({ length: 1_201 }, (_, number) => number))
})
