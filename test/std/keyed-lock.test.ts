import { expect, it } from 'vitest'
import { KeyedLock } from '../../src/std/keyed-lock.ts'

it('runs one at a time for each key, in the order in which they came, and lets other keys by', async () => {
  const lock = new KeyedLock()
  const log: string[] = []
  const gate = Promise.withResolvers<undefined>()
  const work = (name: string, before: Promise<unknown>) => async (): Promise<void> => {
    log.push(`${name} begins`)
    await before
    log.push(`${name} ends`)
  }
  const first = lock.run('a', work('a1', gate.promise))
  const second = lock.run('a', work('a2', Promise.resolve()))
  await lock.run('b', work('b1', Promise.resolve()))
  expect(log).toEqual(['a1 begins', 'b1 begins', 'b1 ends'])
  gate.resolve(undefined)
  await Promise.all([first, second])
  expect(log.slice(3)).toEqual(['a1 ends', 'a2 begins', 'a2 ends'])
})

it('goes on after work that failed', async () => {
  const lock = new KeyedLock()
  const failing = lock.run('a', () => Promise.reject(new Error('broken')))
  const next = lock.run('a', async () => 'fine')
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('fine')
})
