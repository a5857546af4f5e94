import { beforeEach, expect, test } from 'vitest'
import { ConfigError, type Config } from '../src/config.ts'
import { LiveConfig } from '../src/live-config.ts'
import { createJsonLogger } from '../src/telemetry/json-logger.ts'
import { sampleConfig } from './support/sample-config.ts'

let lines: Record<string, unknown>[]
let applied: Config[]
let live: LiveConfig
beforeEach(() => {
  lines = []
  applied = []
  const logger = createJsonLogger({ level: 'info', write: (line) => lines.push(JSON.parse(line)) })
  const apply = (config: Config) => {
    if (config.limits.maxDepth === 50) throw new ConfigError('documents.json', [{ path: 'x', message: 'is too deep' }])
    applied.push(config)
    return { closed: {} }
  }
  live = new LiveConfig({ first: sampleConfig(), apply, logger })
})

const withDepth = (maxDepth: number): Config => {
  const { limits } = sampleConfig()
  return sampleConfig({ limits: { ...limits, maxDepth } })
}

const fail = (message: string) => (): Config => {
  throw new ConfigError('gateway.yaml', [{ path: 'sites', message }])
}

test('puts in force what has changed, and says so once', () => {
  live.follow(() => withDepth(9), false)
  live.follow(() => withDepth(9), false)
  expect(live.current.limits.maxDepth).toBe(9)
  expect(applied.map(({ limits }) => limits.maxDepth)).toEqual([9])
  expect(lines).toMatchObject([{ level: 'info', changed: ['limits.maxDepth'], needsRestart: [], closed: {} }])
})

test('says each change, also there and back', () => {
  const { maxDepth } = live.current.limits
  for (const depth of [9, maxDepth, 9]) live.follow(() => withDepth(depth), false)
  expect(lines.map(({ changed }) => changed)).toEqual([['limits.maxDepth'], ['limits.maxDepth'], ['limits.maxDepth']])
})

test('says once what waits for a restart, and each time when it is asked', () => {
  const next = sampleConfig({ console: null })
  for (const isAsked of [false, false, true]) live.follow(() => next, isAsked)
  expect(lines.map(({ needsRestart }) => needsRestart)).toEqual([['console.login'], ['console.login']])
  expect([live.current, applied]).toEqual([sampleConfig(), []])
})

test('leaves in force what was when a configuration cannot be used, and says why once', () => {
  for (const message of ['a', 'a', 'b']) live.follow(fail(message), false)
  live.follow(() => sampleConfig(), false)
  live.follow(fail('b'), false)
  const refusals = lines.filter(({ level }) => level === 'error')
  expect(refusals.map(({ problems }) => problems)).toEqual(
    ['a', 'b', 'b'].map((message) => [{ path: 'sites', message }]),
  )
  expect([live.current, applied]).toEqual([sampleConfig(), []])
})

test('says once that a configuration which was refused is whole again, also as it was before', () => {
  live.follow(fail('a'), false)
  for (let count = 0; count < 2; count += 1) live.follow(() => sampleConfig(), false)
  expect(lines.map(({ level, changed }) => [level, changed])).toEqual([
    ['error', undefined],
    ['info', []],
  ])
})

test('leaves in force what was when something cannot be put in force', () => {
  live.follow(() => withDepth(9), false)
  live.follow(() => withDepth(50), false)
  expect(live.current.limits.maxDepth).toBe(9)
  expect(lines.at(-1)).toMatchObject({ level: 'error', problems: [{ path: 'x', message: 'is too deep' }] })
})

test('goes on after an error that nobody has thought of', () => {
  live.follow(() => {
    throw new TypeError('no')
  }, false)
  live.follow(() => withDepth(9), false)
  expect(lines.map(({ level }) => level)).toEqual(['error', 'info'])
})
