import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { findProblem } from '../../src/domain/errors.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createSqlitePlace } from './store-place.ts'
import { changeOf, sampleOf, uses } from './store-uses.ts'

describe('a store on SQLite that another process has locked', () => {
  // C5
  it.each(uses.filter(({ title }) => /^(saving|appending|thinning|pruning)/.test(title)))(
    'waits with $title, and does it when the lock is gone',
    async ({ run }) => {
      await using place = await createSqlitePlace()
      const clock = createFakeClock()
      await using store = await place.open({ clock })
      await store.rpoHistory.append([sampleOf(1)])
      using other = new DatabaseSync(place.path)
      other.exec('begin immediate')
      const ended: string[] = []
      const done = run(store).then(() => void ended.push('done'))
      await clock.untilWaiting(1)
      expect(ended).toEqual([])
      other.exec('commit')
      clock.turn(50)
      await done
    },
  )

  it('says after its tries that it is busy', async () => {
    await using place = await createSqlitePlace()
    const clock = createFakeClock()
    await using store = await place.open({ clock })
    using other = new DatabaseSync(place.path)
    other.exec('begin immediate')
    const code = store.protectionLog.append([changeOf(1)], []).then(
      () => null,
      (error: unknown) => findProblem(error)?.code,
    )
    for (let tries = 1; tries < 70; tries += 1) {
      await clock.untilWaiting(1)
      clock.turn(50)
    }
    expect(await code).toBe('STORE_BUSY')
    other.exec('commit')
    expect(await store.protectionLog.bounds()).toEqual({ first: 0, last: 0 })
  })
})
