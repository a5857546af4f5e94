import { inspect, format } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import { expect, test } from 'vitest'
import { Secret } from '../../src/std/secret.ts'
import { createJsonLogger } from '../../src/telemetry/json-logger.ts'

/* oxlint-disable typescript/restrict-template-expressions, typescript/no-misused-spread -- what nobody should do is tried here */

const canary = 'c4n4ry-of-secrets'
const secret = new Secret(canary)

const logged = (fields: Readonly<Record<string, unknown>>): string => {
  let text = ''
  const logger = createJsonLogger({
    level: 'debug',
    write: (line) => {
      text += line
    },
  })
  logger.error('failed', fields)
  return text
}

test('gives its text where it is asked for, and only there', () => {
  expect(secret.reveal()).toBe(canary)
})

test.each<[string, () => unknown]>([
  ['a template', () => `${secret}`],
  ['a sum of texts', () => ['password', secret].join(': ')],
  ['JSON', () => JSON.stringify({ login: { password: secret, list: [secret] } })],
  ['an inspection', () => inspect({ login: { password: secret } }, { depth: null })],
  ['an inspection of everything hidden', () => inspect(secret, { showHidden: true, getters: true })],
  ['an inspection that leaves out its own word', () => inspect(secret, { customInspect: false, showHidden: true })],
  ['the format of the console', () => format('%s %o %O %j', secret, secret, secret, secret)],
  ['the log', () => logged({ secret, login: { password: secret }, list: [secret] })],
  [
    'the cause of a logged error',
    () => logged({ error: new Error('outer', { cause: new Error('no', { cause: secret }) }) }),
  ],
  ['a member of a logged error', () => logged({ error: Object.assign(new Error('no'), { login: { secret } }) })],
  ['the message of an error', () => String(new Error(`cannot sign in with ${secret}`))],
  [
    'the print of an error',
    () => inspect(new AggregateError([new Error('no', { cause: secret })], 'all'), { depth: null }),
  ],
  ['a structured clone', () => inspect(structuredClone({ secret }), { depth: null })],
  [
    'what is sent to another thread or written to a file',
    () => inspect(deserialize(serialize({ secret })), { depth: null }),
  ],
  [
    'its own members',
    () => inspect([Object.entries(secret), Reflect.ownKeys(secret), { ...secret }, Object.assign({}, secret)]),
  ],
])('stays out of %s', (_where, print) => {
  // S3, A4
  expect(String(print())).not.toContain(canary)
})

test('says where it was that something has been left out', () => {
  expect(`${secret} ${JSON.stringify({ secret })} ${inspect({ secret })}`).toBe(
    '[redacted] {"secret":"[redacted]"} { secret: [redacted] }',
  )
})
