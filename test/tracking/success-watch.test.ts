import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { Task } from '../../src/domain/task.ts'
import { mostSuccessLooks } from '../../src/tracking/success-watch.ts'
import { sampleRequest, sampleTaskId } from '../journal/sample-task.ts'
import { sampleReading, sampleRecovery } from './sample-recovery.ts'
import { ScriptedSite } from './scripted-site.ts'
import { accept, start } from './tracking-rig.ts'

const createSite = (): ScriptedSite => {
  const site = new ScriptedSite()
  site.recoveries.set('group-1', sampleRecovery('NONE'))
  site.tasks.set('task-1', sampleReading({ operation: 'PAUSE', state: 'SUCCEEDED' }))
  return site
}

const startPause = (site: ScriptedSite, given: Partial<Task> = {}) =>
  start({
    sites: [site],
    before: async (journal) => void (await accept(journal, 1, { operation: 'PAUSE', ...given })),
  })

describe('a success that the vendor tells', () => {
  it('is taken at once when the target shows it, after one look', async () => {
    const site = createSite()
    site.tasks.set('task-1', sampleReading({ operation: 'PAUSE' }))
    site.recoveries.set('group-1', sampleRecovery('NONE', { isPaused: true }))
    await using gateway = await startPause(site)
    await gateway.paused()
    expect(site.targetCalls).toEqual([])
    site.tasks.set('task-1', sampleReading({ operation: 'PAUSE', state: 'SUCCEEDED' }))
    expect(await gateway.lastRound(sampleTaskId(1), 'SUCCEEDED')).toMatchObject({ warnings: [] })
    expect(site.targetCalls).toEqual(['group-1'])
  })

  it('is held while the target shows nothing of it, and taken when it does', async () => {
    const site = createSite()
    await using gateway = await startPause(site)
    await gateway.paused()
    expect(await gateway.journal.getTask(sampleTaskId(1))).toMatchObject({
      state: 'RUNNING',
      endedAt: null,
      stage: 'waiting until the target shows it',
    })
    site.recoveries.set('group-1', sampleRecovery('NONE', { isPaused: true }))
    expect(await gateway.lastRound(sampleTaskId(1), 'SUCCEEDED')).toMatchObject({ warnings: [] })
  })

  it('is taken with a warning when the target goes on as if nothing had been done', async () => {
    // N15
    const site = createSite()
    await using gateway = await startPause(site)
    for (let look = 2; look < mostSuccessLooks; look += 1) await gateway.round()
    expect(await gateway.journal.getTask(sampleTaskId(1))).toMatchObject({ state: 'RUNNING' })
    const task = await gateway.lastRound(sampleTaskId(1), 'SUCCEEDED')
    expect(task.warnings).toMatchObject([{ code: 'VENDOR_PROTOCOL' }])
    expect(task.warnings[0]?.message).toContain('says that PAUSE has succeeded, but its target is PROTECTED')
  })

  it.each<{ readonly why: string; readonly given: Partial<Task> }>([
    {
      why: 'was asked for some members only',
      given: { request: sampleRequest({ input: { replicationIds: ['one'] } }) },
    },
    { why: 'leaves nothing to be seen', given: { operation: 'CREATE_CHECKPOINT' } },
  ])('is taken without a look when it $why', async ({ given }) => {
    const site = createSite()
    site.tasks.set('task-1', sampleReading({ operation: 'PAUSE' }))
    await using gateway = await startPause(site, given)
    await gateway.paused()
    site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED' }))
    expect(await gateway.lastRound(sampleTaskId(1), 'SUCCEEDED')).toMatchObject({ warnings: [] })
    expect(site.targetCalls).toEqual([])
  })

  it('is taken when the target cannot be read', async () => {
    // A2: a failed read changes nothing
    const site = createSite()
    site.tasks.set('task-1', sampleReading({ operation: 'PAUSE' }))
    site.targetFailure = DomainError.vendor({ code: 'TIMEOUT', message: 'slow', siteName: 'zvm-a' })
    await using gateway = await startPause(site)
    await gateway.paused()
    site.tasks.set('task-1', sampleReading({ operation: 'PAUSE', state: 'SUCCEEDED' }))
    expect(await gateway.lastRound(sampleTaskId(1), 'SUCCEEDED')).toMatchObject({ warnings: [] })
  })
})
