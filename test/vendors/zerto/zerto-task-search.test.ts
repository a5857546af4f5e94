import { expect, test } from 'vitest'
import type { Clock } from '../../../src/domain/ports/clock.ts'
import type { ServiceReply } from '../../../src/simulator/http-service.ts'
import { json, neverAborted, startScriptedZvm, vpgId } from './scripted-zvm.ts'

const boston = '3e4cdd0d-1064-4022-921f-6265ad6d335a'
const site = { SiteIdentifier: boston, SiteName: 'Boston', Version: '10.0.60', UtcOffsetInMinutes: -240 }

const toTaskId = (number: number): string => `00000000-0000-4000-8000-00000000000${number}.${boston}`

const toTask = (number: number, started: string | null) => ({
  TaskIdentifier: toTaskId(number),
  Type: 'FailoverBeforeCommit',
  Started: started,
  Completed: null,
  InitiatedBy: 'admin',
  Status: { State: 1, Progress: 5 },
  RelatedEntities: { Vpgs: [{ identifier: vpgId }] },
})

/** A site with these tasks, whose clock is off by so much: the real time counts, as the adapter's way to it has no other. */
const startSite = (tasks: readonly unknown[], skewMs = 0) =>
  startScriptedZvm({
    answer: ({ path }): ServiceReply => {
      const { headers, ...reply } = json(path === '/v1/localsite' ? site : tasks)
      return { ...reply, headers: { ...headers, Date: new Date(Date.now() + skewMs).toUTCString() } }
    },
  })

const numbersOf = (ids: readonly { readonly vendorTaskId: string }[]): readonly number[] =>
  ids.map(({ vendorTaskId }) => Number(vendorTaskId.charAt(35)))

test('asks the site by its own clock, a minute earlier, and leaves out what began before', async () => {
  // C4
  const since = new Date()
  const skewMs = -3_600_000
  const at = (seconds: number): string => new Date(since.getTime() + skewMs + seconds * 1000).toISOString()
  await using zvm = await startSite([toTask(1, at(-30)), toTask(2, at(1)), toTask(3, at(5))], skewMs)
  const tasks = await zvm.adapter.listTasks({ since, operationId: 'ignored' }, neverAborted)
  expect(numbersOf(tasks)).toEqual([3, 2])
  const asked = zvm.calls.find(({ path }) => path === '/v1/tasks')
  const from = Date.parse(asked?.query.get('startedAfterDate') ?? '') - skewMs - since.getTime()
  expect([...(asked?.query.keys() ?? [])]).toEqual(['startedAfterDate'])
  expect(Math.abs(from + 60_000)).toBeLessThan(3000)
})

test('reads dates without a zone by the time of the site, as older versions write them', async () => {
  const since = new Date()
  const local = (seconds: number): string =>
    new Date(since.getTime() - 240 * 60_000 + seconds * 1000).toISOString().replace('Z', '')
  await using zvm = await startSite([toTask(1, local(-60)), toTask(2, local(2))])
  expect(numbersOf(await zvm.adapter.listTasks({ since, operationId: null }, neverAborted))).toEqual([2])
})

test('lists a task before all others whose beginning cannot be read: it may be any', async () => {
  const since = new Date()
  const at = (seconds: number): string => new Date(since.getTime() + seconds * 1000).toISOString()
  const tasks = [toTask(1, at(3)), toTask(2, null), toTask(3, at(3)), toTask(4, 'soon')]
  await using zvm = await startSite(tasks)
  // Of those that began together, the site names the older one first.
  expect(numbersOf(await zvm.adapter.listTasks({ since, operationId: null }, neverAborted))).toEqual([4, 2, 3, 1])
})

test('lists a task of before and after a clock was set', async () => {
  // C4
  let skewMs = 0
  const tasks: unknown[] = []
  await using zvm = await startScriptedZvm({
    answer: ({ path }): ServiceReply => {
      const { headers, ...reply } = json(path === '/v1/localsite' ? site : tasks)
      return { ...reply, headers: { ...headers, Date: new Date(Date.now() + skewMs).toUTCString() } }
    },
  })
  await zvm.adapter.readSite(neverAborted)
  // The adapter notes by its own clock when it has seen what; it stands still here.
  const clock: Clock = zvm.clock
  const since = new Date(clock.now().getTime() + 1000)
  const begin = (number: number): void =>
    void tasks.push(toTask(number, new Date(since.getTime() + skewMs + 1000).toISOString()))
  begin(1)
  zvm.clock.turn(2000)
  skewMs = 3_600_000
  begin(2)
  expect(numbersOf(await zvm.adapter.listTasks({ since, operationId: null }, neverAborted))).toEqual([2, 1])
})
