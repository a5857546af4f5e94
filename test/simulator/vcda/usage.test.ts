import { expect, test } from 'vitest'
import { hourMs, secondMs, startRig, type Rig } from './vcda-rig.ts'

interface Series {
  readonly label: string
  readonly start: number
  readonly end: number
  readonly interval?: string
  readonly resolution?: number
  readonly samples: readonly { readonly bytes: number; readonly timestamp: number }[]
}

const sum = ({ samples }: Series): number => samples.reduce((total, { bytes }) => total + bytes, 0)

const findId = async (rig: Rig): Promise<string> => (await rig.east.findReplication('OK')).id

test('tells the traffic of a day by hours, every instance counted once', async () => {
  await using rig = await startRig()
  const id = await findId(rig)
  const series = await rig.east.get<Series>(`/vm-replications/${id}/traffic`)
  expect(series).toMatchObject({ label: id, interval: 'HOUR', end: rig.clock.now() })
  expect(series.samples).toHaveLength(24)
  const replication = rig.simulator.world.replications.get(id)
  const instances = replication?.timeline.between(series.start, series.end) ?? []
  expect(instances.length).toBeGreaterThan(0)
  expect(sum(series)).toBeGreaterThanOrEqual(instances.length * 1_048_576)
  for (const [index, { bytes, timestamp }] of series.samples.entries()) {
    expect(timestamp).toBe(series.start + index * hourMs)
    expect(Number.isInteger(bytes)).toBe(true)
  }
})

test('gives the same bytes by days, by hours and by the seconds of the oldest versions', async () => {
  await using rig = await startRig()
  const id = await findId(rig)
  const day = Date.UTC(2026, 0, 4)
  const read = (query: string) => rig.east.get<Series>(`/vm-replications/${id}/traffic?${query}`)
  const span = `start=${day}&end=${day + 24 * hourMs}`
  const hours = await read(span)
  const days = await read(`${span}&interval=DAY`)
  const seconds = await read(`${span}&resolution=1800`)
  expect([hours.samples.length, days.samples.length, seconds.samples.length]).toEqual([24, 1, 48])
  expect(days).toMatchObject({ interval: 'DAY', start: day, end: day + 24 * hourMs })
  expect(seconds).toMatchObject({ resolution: 1_800 })
  expect(seconds).not.toHaveProperty('interval')
  expect(sum(hours)).toBeGreaterThan(0)
  expect([sum(days), sum(seconds)]).toEqual([sum(hours), sum(hours)])
})

test('adds the traffic of an owner up, and shows a tenant its own only', async () => {
  await using rig = await startRig()
  const owner = 'Acme@cloud-west'
  const owned = [...rig.simulator.world.replications.values()].filter((item) => item.owner === owner)
  const parts = await Promise.all(owned.map(({ id }) => rig.east.get<Series>(`/vm-replications/${id}/traffic`)))
  const whole = await rig.east.get<Series>('/owner/Acme%40cloud-west/traffic')
  expect(whole.label).toBe(owner)
  expect(sum(whole)).toBeGreaterThan(0)
  expect(sum(whole)).toBe(parts.reduce((total, part) => total + sum(part), 0))
  const tenant = await rig.tenant()
  expect(await tenant.get('/owner/Acme%40cloud-west/traffic')).toEqual(whole)
  expect(await tenant.refusal('GET', '/owner/Globex%40cloud-west/traffic')).toEqual([403, 'Forbidden'])
  expect(await rig.east.refusal('GET', '/owner/Acme%40mars/traffic')).toEqual([404, 'SiteNotFound'])
  expect(await rig.east.refusal('GET', '/owner/Acme/traffic')).toEqual([400, 'BadUserInput'])
})

test('tells what a replica takes up, nothing before its first instance', async () => {
  await using rig = await startRig()
  const ready = await rig.east.get<Series>(`/vm-replications/${await findId(rig)}/disk-usage`)
  expect(ready.samples.at(-1)?.bytes).toBeGreaterThan(1_073_741_824)
  const young = await rig.east.findReplication('INITIAL_SYNCING')
  const empty = await rig.east.get<Series>(`/vm-replications/${young.id}/disk-usage?interval=HOUR`)
  expect(new Set(empty.samples.map(({ bytes }) => bytes))).toEqual(new Set([0]))
})

test('tells the traffic of this moment', async () => {
  await using rig = await startRig()
  const id = await findId(rig)
  const path = `/vm-replications/${id}/rt-traffic`
  const before = await rig.east.get<{ bytes: number }>(path)
  await rig.east.act('POST', `/vm-replications/${id}/sync`)
  rig.clock.turn(12 * secondMs)
  const { bytes, ...rest } = await rig.east.get<{ bytes: number }>(path)
  expect(bytes).toBeGreaterThan(before.bytes)
  expect(rest).toEqual({ label: id, timestamp: rig.clock.now() })
})

test('refuses an unknown interval, a span turned round and a time that is none', async () => {
  await using rig = await startRig()
  const id = await findId(rig)
  for (const [query, code] of [
    ['interval=WEEK', 'BadRequest'],
    ['start=yesterday', 'BadRequest'],
    [`start=${rig.clock.now()}&end=1000`, 'BadUserInput'],
    ['resolution=0', 'BadUserInput'],
  ] as const) {
    expect(await rig.east.refusal('GET', `/vm-replications/${id}/traffic?${query}`)).toEqual([400, code])
  }
  const long = await rig.east.get<Series>(`/vm-replications/${id}/traffic?start=0`)
  expect(long.samples).toHaveLength(2_000)
  expect(await rig.east.refusal('GET', '/vm-replications/C4-unknown/traffic')).toEqual([404, 'ReplicationNotFound'])
})
