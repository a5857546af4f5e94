import { expect, it } from 'vitest'
import { openDatabase } from '../../src/journal/database.ts'
import { auditPlaces, findSightLookup, taskPlaces, toSightFilter } from '../../src/journal/place-rows.ts'
import { insertTask } from '../../src/journal/task-rows.ts'
import { later, sampleTask, sampleTaskId } from './sample-task.ts'

const sightOf = (organization: string) => ({
  reach: [
    { siteNames: null, organizations: [organization] },
    { siteNames: ['zvm-c'], organizations: null },
  ],
  viewerName: 'carol',
})

it('finds the same by either lookup, and takes the one that suits the number of places', async () => {
  // W12: how it is looked up is a matter of time alone.
  await using database = await openDatabase(':memory:')
  await database.transaction().execute(async (trx) => {
    for (let number = 0; number < 5_200; number += 1) {
      const organization = number % 100 === 0 ? 'Globex' : 'Acme'
      const places = [
        { siteName: 'zvm-a', organization },
        { siteName: 'zvm-b', organization },
      ]
      const task = sampleTask({ id: sampleTaskId(number), startedAt: later(number), places, request: null })
      await insertTask(trx, task, null)
    }
  })
  const listBy = async (organization: string, lookup: 'GATHER' | 'PROBE') => {
    const filter = toSightFilter(sightOf(organization), taskPlaces, lookup)
    if (typeof filter === 'string') throw new Error(filter)
    return database.selectFrom('tasks').where(filter).select('id').orderBy('id').execute()
  }
  for (const [organization, count, lookup] of [
    ['globex', 52, 'GATHER'],
    ['acme', 5_148, 'PROBE'],
  ] as const) {
    const gathered = await listBy(organization, 'GATHER')
    expect(gathered).toHaveLength(count)
    expect(await listBy(organization, 'PROBE')).toEqual(gathered)
    expect(await findSightLookup(database, sightOf(organization), taskPlaces)).toBe(lookup)
    expect(await findSightLookup(database, sightOf(organization), auditPlaces)).toBe('GATHER')
  }
})
