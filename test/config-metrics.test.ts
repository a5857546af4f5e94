import { expect, test } from 'vitest'
import { metricsSection } from '../src/config-metrics.ts'

test('serves no figures where nothing is said', () => {
  expect(metricsSection.parse(undefined)).toBeUndefined()
})

test('serves them to this machine alone unless told otherwise', () => {
  expect(metricsSection.parse({})).toEqual({ host: '127.0.0.1', port: 9464 })
})

test('takes a port as the text that a reference gives', () => {
  expect(metricsSection.parse({ host: '::', port: '9100' })).toEqual({ host: '::', port: 9100 })
})

test.each([{ port: 65_536 }, { port: -1 }, { port: 'x' }, { port: 1.5 }, { host: '' }, { hots: 'a' }])(
  'refuses %j',
  (given) => {
    expect(metricsSection.safeParse(given).success).toBe(false)
  },
)
