import { describe, expect, it } from 'vitest'
import type { Place } from '../../src/domain/reach.ts'
import type { TaskReading, TaskTarget } from '../../src/domain/task.ts'
import { everyTask, later, sampleTarget } from '../journal/sample-task.ts'
import { sampleReading } from './sample-recovery.ts'
import { ScriptedSite } from './scripted-site.ts'
import { accept, start } from './tracking-rig.ts'

const ends: readonly Place[] = [
  { siteName: 'zvm-a', organization: 'Acme' },
  { siteName: 'zvm-b', organization: 'Acme' },
]

/** What is listed, and where it stands: filled by a test when it is to be known. */
const createPlaces = () => {
  const listed = new Set<string>()
  const placesOf = ({ nativeId }: TaskTarget): readonly Place[] => (listed.has(nativeId) ? ends : [])
  return { listed, placesOf }
}

const theirs = (given: Partial<TaskReading> = {}): TaskReading =>
  sampleReading({ operation: 'PAUSE', startedBy: 'operator', startedAt: later(-10), target: sampleTarget, ...given })

const list = (site: ScriptedSite, ...readings: readonly TaskReading[]): void => {
  site.listed = readings.map((reading) => ({ reading }))
  for (const reading of readings) site.tasks.set(reading.vendorTaskId, reading)
}

const sight = { reach: [{ siteNames: null, organizations: ['acme'] }], viewerName: 'carol' }

// W5, W12
describe('who may see the work of others', () => {
  it('is told when it is found, by where its target stands', async () => {
    const site = new ScriptedSite()
    const { listed, placesOf } = createPlaces()
    listed.add(sampleTarget.nativeId)
    list(site, theirs())
    await using gateway = await start({ sites: [site], placesOf })
    await gateway.tracker.refreshForeign()
    const { tasks, totalCount } = await gateway.journal.listTasks({ ...everyTask, sight })
    expect(totalCount).toBe(1)
    expect(tasks).toMatchObject([{ dispatch: 'FOREIGN', places: ends }])
  })

  it('is nobody who is bound, as long as nobody has listed its target; and then it is told', async () => {
    const site = new ScriptedSite()
    const { listed, placesOf } = createPlaces()
    await using gateway = await start({ sites: [site], placesOf })
    const watching = gateway.tracker.watchForeign()
    await gateway.paused()
    list(site, theirs({ progressPercent: 30 }))
    await gateway.round()
    const count = async (): Promise<number> => (await gateway.journal.listTasks({ ...everyTask, sight })).totalCount
    expect((await gateway.journal.listTasks(everyTask)).tasks).toMatchObject([{ places: [] }])
    expect(await count()).toBe(0)

    listed.add(sampleTarget.nativeId)
    await gateway.round()
    expect(await count()).toBe(1)
    const told = gateway.events.at(-1)
    expect(told).toMatchObject({ kind: 'STATE_CHANGE', task: { places: ends, progressPercent: 30 } })
    // Once.
    const before = gateway.events.length
    await gateway.round()
    expect(gateway.events).toHaveLength(before)
    watching[Symbol.dispose]()
  })

  it('is whoever has the whole site, where it is about no target', async () => {
    const site = new ScriptedSite()
    list(site, theirs({ operation: 'OTHER', target: null }))
    await using gateway = await start({ sites: [site] })
    await gateway.tracker.refreshForeign()
    const { tasks } = await gateway.journal.listTasks(everyTask)
    expect(tasks).toMatchObject([{ places: [{ siteName: site.siteName, organization: null }] }])
  })
})

describe('who may see what a start makes', () => {
  it('is told by where it stands as soon as the site has named it and somebody has listed it', async () => {
    // W12
    const site = new ScriptedSite()
    const { listed, placesOf } = createPlaces()
    await using gateway = await start({
      sites: [site],
      placesOf,
      before: async (journal) => {
        const places = [{ siteName: site.siteName, organization: null }]
        await accept(journal, 1, { operation: 'START_REPLICATION', target: null, places })
      },
    })
    site.tasks.set('task-1', sampleReading({ operation: 'START_REPLICATION', target: sampleTarget }))
    await gateway.round()
    const read = async () => (await gateway.journal.listTasks(everyTask)).tasks[0]
    expect(await read()).toMatchObject({ target: sampleTarget, places: [{ organization: null }] })
    listed.add(sampleTarget.nativeId)
    await gateway.round()
    expect(await read()).toMatchObject({ target: sampleTarget, places: ends })
  })

  it('stays as it was told when its target is listed elsewhere later', async () => {
    const site = new ScriptedSite()
    const { listed, placesOf } = createPlaces()
    listed.add(sampleTarget.nativeId)
    const places = [
      { siteName: 'zvm-a', organization: 'Globex' },
      { siteName: 'zvm-b', organization: 'Globex' },
    ]
    await using gateway = await start({
      sites: [site],
      placesOf,
      before: async (journal) => void (await accept(journal, 1, { operation: 'PAUSE', places })),
    })
    site.tasks.set('task-1', sampleReading({ operation: 'PAUSE', target: sampleTarget, progressPercent: 10 }))
    await gateway.round()
    expect((await gateway.journal.listTasks(everyTask)).tasks[0]).toMatchObject({ progressPercent: 10, places })
  })
})
