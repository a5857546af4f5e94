import { describe, expect, it } from 'vitest'
import { toRunningOperations, toTaskReading } from '../../../src/vendors/vcda/vcda-task-mapping.ts'
import { task } from '../../../src/vendors/vcda/vcda-wire.ts'
import { vappId, vmId } from './vcda-samples.ts'

const running = {
  id: 't-1',
  user: 'root',
  state: 'RUNNING',
  progress: 40,
  startTime: 1_700_000_000_000,
  endTime: -1,
  lastUpdated: -1,
  error: null,
  result: null,
  warnings: [],
  workflowInfo: { type: 'failover', resourceType: 'vmReplication', resourceId: vmId, resourceName: 'web-1' },
}

const read = (more: object) => toTaskReading(task.parse({ ...running, ...more }), 'cloud-a')

describe('a task', () => {
  it('that runs has a start, progress and a target, and no end', () => {
    expect(read({})).toEqual({
      vendorTaskId: 't-1',
      operation: 'FAILOVER',
      vendorOperation: 'failover',
      state: 'RUNNING',
      progressPercent: 40,
      stage: null,
      startedAt: new Date(1_700_000_000_000),
      endedAt: null,
      startedBy: 'root',
      target: { kind: 'Replication', vendor: 'VCDA', nativeId: vmId },
      targetName: 'web-1',
      problem: null,
      warnings: [],
    })
  })

  it('that failed says why in the words of the vendor, and shows no stack trace', () => {
    const error = {
      code: 'DatastoreFull',
      msg: 'No space.',
      args: [],
      stacktrace: 'com.vmware.h4.X: No space.\n\tat Y',
    }
    const reading = read({ state: 'FAILED', endTime: 1_700_000_060_000, error })
    expect(reading).toMatchObject({
      state: 'FAILED',
      endedAt: new Date(1_700_000_060_000),
      problem: { code: 'VENDOR_REFUSED', vendorCode: 'DatastoreFull', vendorMessage: 'No space.', siteName: 'cloud-a' },
    })
    expect(JSON.stringify(reading)).not.toContain('com.vmware')
  })

  it('that failed without a reason still has a problem', () => {
    expect(read({ state: 'FAILED' }).problem?.code).toBe('VENDOR_REFUSED')
  })

  it('that is queued is running, and says so', () => {
    expect(read({ state: 'QUEUED', progress: 0 })).toMatchObject({
      state: 'RUNNING',
      stage: 'queued',
      progressPercent: 0,
    })
  })

  it('in a state that nobody knows is UNKNOWN and has neither problem nor end', () => {
    // N2
    expect(read({ state: 'PONDERING' })).toMatchObject({ state: 'UNKNOWN', problem: null, endedAt: null })
  })

  it('of a start names what it made, in its result', () => {
    const workflowInfo = { type: 'start', resourceType: null, resourceId: null, resourceName: null }
    const result = { id: vappId, descriptor: { name: 'shop' } }
    expect(read({ state: 'SUCCEEDED', workflowInfo, result })).toMatchObject({
      operation: 'START_REPLICATION',
      target: { kind: 'ProtectionGroup', nativeId: vappId },
      targetName: 'shop',
    })
  })

  it('of work that has no operation here keeps the word of the vendor and has no target', () => {
    const workflowInfo = { type: 'health', resourceType: 'CLOUD', resourceId: null, resourceName: null }
    const result = { productName: 'VCDA', diskUsage: { '/': 3 }, vcdError: null }
    expect(read({ workflowInfo, result })).toMatchObject({
      operation: 'OTHER',
      vendorOperation: 'health',
      target: null,
    })
  })

  it('carries its warnings', () => {
    expect(read({ warnings: [{ code: 'Slow', msg: 'Slow link.' }] }).warnings).toMatchObject([
      { vendorCode: 'Slow', message: 'Slow link.' },
    ])
  })

  it('keeps its progress between 0 and 100', () => {
    expect([read({ progress: 140 }).progressPercent, read({ progress: -1 }).progressPercent]).toEqual([100, 0])
    expect(read({ progress: null }).progressPercent).toBeNull()
  })
})

it('takes the newest running task for what is being done to a replication', () => {
  const tasks = [
    task.parse({ ...running, id: 'new', startTime: 200, workflowInfo: { type: 'migrate', resourceId: vmId } }),
    task.parse({ ...running, id: 'old', startTime: 100, workflowInfo: { type: 'sync', resourceId: vmId } }),
    task.parse({ ...running, id: 'none', workflowInfo: null }),
  ]
  expect([...toRunningOperations(tasks)]).toEqual([[vmId, 'MOVE']])
})
