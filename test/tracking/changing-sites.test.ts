import { expect, it } from 'vitest'
import { ScriptedSite } from './scripted-site.ts'
import { sampleReading } from './sample-recovery.ts'
import { accept, start } from './tracking-rig.ts'

const plain = { operation: 'TEST_FAILOVER' } as const

it('follows the tasks of a site that is added with what the journal holds of it, and goes on with those of the others', async () => {
  // W2
  const [site, added] = [new ScriptedSite(), new ScriptedSite('zvm-b')]
  const sites = [site]
  site.tasks.set('task-1', sampleReading({ vendorTaskId: 'task-1' }))
  added.tasks.set('task-2', sampleReading({ vendorTaskId: 'task-2', state: 'SUCCEEDED' }))
  await using gateway = await start({
    sites,
    before: async (journal) => {
      await accept(journal, 1, plain)
      await accept(journal, 2, { ...plain, siteName: 'zvm-b' })
    },
  })
  await gateway.paused()
  expect(added.taskCalls).toEqual([])
  const ended = gateway.until((await gateway.journal.listOpenTasks('zvm-b'))[0]?.id ?? '', 'SUCCEEDED')
  sites.push(added)
  gateway.tracker.setSites()
  await ended
  expect(added.taskCalls).toEqual([['task-2']])
  expect(site.taskCalls).toEqual([['task-1']])
  await gateway.clock.untilWaiting(2)
  gateway.clock.turn(1_000)
  await gateway.paused()
  expect(site.taskCalls).toEqual([['task-1'], ['task-1']])
})

it('asks nothing of a site that is gone, and leaves its tasks as they were until it comes again', async () => {
  const site = new ScriptedSite()
  const sites = [site]
  site.tasks.set('task-1', sampleReading({ vendorTaskId: 'task-1' }))
  await using gateway = await start({ sites })
  const id = await accept(gateway.journal, 1, plain)
  await gateway.paused()
  const before = await gateway.journal.getTask(id)
  sites.pop()
  gateway.tracker.setSites()
  expect(gateway.clock.waiting()).toBe(0)
  gateway.clock.turn(86_400_000)
  await gateway.tracker.refreshForeign()
  expect(site.taskCalls).toHaveLength(1)
  expect(await gateway.journal.getTask(id)).toEqual(before)

  site.tasks.set('task-1', sampleReading({ vendorTaskId: 'task-1', state: 'SUCCEEDED' }))
  const ended = gateway.until(id, 'SUCCEEDED')
  sites.push(site)
  gateway.tracker.setSites()
  await ended
})

it('has never two seats of one name: the new one begins when the former one has been left', async () => {
  // S5
  const [former, present] = [new ScriptedSite(), new ScriptedSite()]
  const sites = [former]
  const [asked, left] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  former.tasks.set('task-1', sampleReading({ vendorTaskId: 'task-1' }))
  present.tasks.set('task-1', sampleReading({ vendorTaskId: 'task-1' }))
  await using gateway = await start({
    sites,
    before: async (journal) => void (await accept(journal, 1, plain)),
  })
  await gateway.paused()
  const read = former.readTasks.bind(former)
  former.readTasks = async (...given) => {
    asked.resolve()
    await left.promise
    return read(...given)
  }
  gateway.clock.turn(1_000)
  await asked.promise
  sites.splice(0, 1, present)
  gateway.tracker.setSites()
  await new Promise<void>((resolve) => void setImmediate(resolve))
  expect(present.taskCalls).toEqual([])
  left.resolve()
  await gateway.paused()
  expect(present.taskCalls).toEqual([['task-1']])
})
