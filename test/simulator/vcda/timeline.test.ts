import { expect, test } from 'vitest'
import { Timeline } from '../../../src/simulator/vcda/vcda-sim-timeline.ts'
import {
  hourMs,
  minuteMs,
  secondMs,
  startRig,
  type WireInstance,
  type WirePage,
  type WireReplication,
} from './vcda-rig.ts'

const ats = (moments: readonly { readonly at: number }[]): readonly number[] => moments.map(({ at }) => at)

test('makes one instance in every period, numbered through breaks', () => {
  const timeline = new Timeline(10)
  timeline.open({ transferFrom: 50, firstAt: 100, periodMs: 100 })
  expect(timeline.latest(99)).toBeNull()
  expect(timeline.latest(350)).toEqual({ at: 300, sequence: 3 })
  timeline.close(350)
  expect(timeline.latest(10_000)).toEqual({ at: 300, sequence: 3 })
  timeline.open({ transferFrom: 1_000, firstAt: 1_030, periodMs: 100 })
  expect(timeline.latest(1_029)).toEqual({ at: 300, sequence: 3 })
  expect(timeline.latest(1_030)).toEqual({ at: 1_030, sequence: 4 })
})

test('transfers before each instance and not in between', () => {
  const timeline = new Timeline(10)
  timeline.open({ transferFrom: 50, firstAt: 100, periodMs: 100, isFull: true })
  expect(timeline.transfer(49)).toBeNull()
  expect(timeline.transfer(50)).toEqual({ from: 50, until: 100, isFull: true })
  expect(timeline.transfer(100)).toBeNull()
  expect(timeline.transfer(189)).toBeNull()
  expect(timeline.transfer(190)).toEqual({ from: 190, until: 200, isFull: false })
})

test('keeps the newest, and the oldest of each span that a rule names', () => {
  const timeline = new Timeline(0)
  timeline.open({ transferFrom: 0, firstAt: 0, periodMs: 15 * minuteMs })
  const now = 5 * hourMs + 40 * minuteMs
  expect(ats(timeline.kept(now, []))).toEqual([5 * hourMs + 30 * minuteMs])
  expect(ats(timeline.kept(now, [{ numberOfInstances: 3, distance: 60 }]))).toEqual([
    5 * hourMs + 30 * minuteMs,
    5 * hourMs,
    4 * hourMs,
    3 * hourMs,
  ])
})

test('starts a longer spacing from the last instance', () => {
  const timeline = new Timeline(1)
  timeline.open({ transferFrom: 0, firstAt: 0, periodMs: 100 })
  timeline.respace(250, 1_000)
  expect(timeline.latest(1_199)).toEqual({ at: 200, sequence: 3 })
  expect(timeline.latest(1_200)).toEqual({ at: 1_200, sequence: 4 })
})

test('lets the age of the last instance grow until the next one comes, and never past the RPO when all is well', async () => {
  await using rig = await startRig()
  const { id, settings } = await rig.east.findReplication('OK')
  const seen = new Set<number>()
  for (let minute = 0; minute <= settings.rpo * 2; minute++) {
    const { destinationState } = await rig.east.replication(id)
    const instance = destinationState.latestInstance
    seen.add(instance?.sequenceNumber ?? 0)
    expect(destinationState.currentRpoViolation).toBe(0)
    expect(rig.clock.now() - (instance?.timestamp ?? 0)).toBeLessThanOrEqual(settings.rpo * minuteMs)
    rig.clock.turn(minuteMs)
  }
  expect(seen.size).toBe(3)
})

test('counts the minutes beyond the RPO of a replication that has fallen behind, and none after it caught up', async () => {
  await using rig = await startRig()
  const late = await rig.east.get<WirePage<WireReplication>>('/vm-replications?overallHealth=YELLOW')
  const behind = late.items.find(({ isPaused }) => !isPaused)
  const violation = behind?.destinationState.currentRpoViolation ?? 0
  expect(violation).toBeGreaterThanOrEqual(40)
  rig.clock.turn(7 * minuteMs)
  expect((await rig.east.replication(behind?.id ?? '')).destinationState.currentRpoViolation).toBe(violation + 7)
  for (let quarter = 0; quarter < 8; quarter++) {
    rig.clock.turn(15 * minuteMs)
    await rig.east.get('/sessions')
  }
  const caughtUp = await rig.east.replication(behind?.id ?? '')
  expect(caughtUp.destinationState.currentRpoViolation).toBe(0)
  expect(caughtUp.overallHealth).toBe('GREEN')
})

test('lists as instances what the retention rules keep, newest first, and each one by its key', async () => {
  await using rig = await startRig()
  const { items } = await rig.east.get<WirePage<WireReplication>>('/vm-replications?dataConnectionState=OK')
  const gold = items.find(({ slaProfile }) => slaProfile?.displayName === 'Gold')
  const path = `/vm-replications/${gold?.id}/instances`
  const instances = await rig.east.get<readonly WireInstance[]>(path)
  expect(instances.length).toBeGreaterThanOrEqual(14)
  expect(instances.length).toBeLessThanOrEqual(15)
  expect(instances[0]).toEqual(gold?.destinationState.latestInstance)
  const times = instances.map(({ timestamp }) => timestamp)
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  expect(new Set(instances.map(({ key }) => key)).size).toBe(instances.length)
  const oldest = instances.at(-1)
  expect(await rig.east.get(`${path}/${oldest?.key}`)).toEqual({ ...oldest, disksInfo: [{ diskKey: 2_000 }] })
  for (let half = 0; half < 4; half++) {
    rig.clock.turn(29 * minuteMs)
    await rig.east.get('/sessions')
  }
  expect(await rig.east.refusal('GET', `${path}/${oldest?.key}`)).toEqual([404, 'InstanceNotFound'])
})

test('shows progress while it is syncing and none when it is idle', async () => {
  await using rig = await startRig()
  const { id, sourceState } = await rig.east.findReplication('OK')
  expect(sourceState).toMatchObject({ state: 'idle', progress: null })
  await rig.east.act('POST', `/vm-replications/${id}/sync`)
  rig.clock.turn(6 * secondMs)
  const syncing = await rig.east.replication(id)
  expect(syncing).toMatchObject({ dataConnectionState: 'SYNCING', sourceState: { state: 'active' } })
  expect(syncing.sourceState.progress).toMatchObject({ progress: 50, bytesTransferred: expect.any(Number) })
})
