import { expect, test } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { createJsonLogger, type LogLevel } from '../../src/telemetry/json-logger.ts'
import { Secret } from '../../src/std/secret.ts'

const collect = (level: LogLevel) => {
  const lines: string[] = []
  const logger = createJsonLogger({ level, write: (line) => lines.push(line) })
  const entries = (): unknown[] => lines.map((line) => JSON.parse(line))
  return { logger, lines, entries }
}

test('writes one JSON line with level, time, message and fields', () => {
  const { logger, lines, entries } = collect('debug')
  logger.info('The server listens', { port: 4000 })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/\n$/)
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  expect(entries()).toEqual([{ level: 'info', time, message: 'The server listens', port: 4000 }])
})

test('leaves out what is below the level', () => {
  const { logger, entries } = collect('warn')
  logger.debug('a')
  logger.info('b')
  logger.warn('c')
  logger.error('d')
  expect(entries()).toEqual([expect.objectContaining({ message: 'c' }), expect.objectContaining({ message: 'd' })])
})

test('writes an error with its type, its stack and its cause', () => {
  const { logger, entries } = collect('error')
  logger.error('It broke', { error: new TypeError('outer', { cause: new Error('inner') }) })
  const cause = expect.objectContaining({ message: 'inner' })
  const error = expect.objectContaining({ type: 'TypeError', message: 'outer', stack: expect.any(String), cause })
  expect(entries()).toEqual([expect.objectContaining({ message: 'It broke', error })])
})

test('writes a failure that was foreseen in one short line: what it is and what it came from, without a stack', () => {
  const { logger, lines, entries } = collect('warn')
  const cause = new Error('connect ECONNREFUSED')
  const unreachable = { code: 'VENDOR_UNAVAILABLE', siteName: 'acme' } as const
  logger.warn('a', { error: DomainError.vendor({ ...unreachable, message: 'site acme: no answer', cause }) })
  logger.warn('b', { error: DomainError.store('STORE_UNAVAILABLE', 'connect ECONNREFUSED: gone', cause) })
  const [a, b] = [
    { type: 'DomainError', ...unreachable, message: 'site acme: no answer', cause: 'connect ECONNREFUSED' },
    // What its own message says already is not said again.
    { type: 'DomainError', code: 'STORE_UNAVAILABLE', message: 'connect ECONNREFUSED: gone' },
  ]
  expect(entries()).toEqual([expect.objectContaining({ error: a }), expect.objectContaining({ error: b })])
  expect(lines.join('')).not.toContain('stack')
})

test('writes a secret that slipped into the fields as redacted', () => {
  const { logger, lines } = collect('info')
  // A4 of the authentication faults
  logger.info('login', { password: new Secret('canary-4711'), login: { secret: new Secret('canary-4711') } })
  expect(lines.join('')).not.toContain('canary-4711')
  expect(lines.join('')).toContain('[redacted]')
})
