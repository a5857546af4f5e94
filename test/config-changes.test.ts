import { expect, test } from 'vitest'
import { changeConfig } from '../src/config-changes.ts'
import { limitNames, limitsOfStart, limitTable } from '../src/server/limit-table.ts'
import { Secret } from '../src/std/secret.ts'
import { sampleConfig, sampleSite, sampleToken } from './support/sample-config.ts'

test('the same configuration changes nothing', () => {
  expect(changeConfig(sampleConfig(), sampleConfig())).toEqual({ config: sampleConfig(), changed: [], waiting: [] })
})

test('who may call is taken over, and named without what would give him away', () => {
  const other = { ...sampleToken, name: 'portal', sha256: 'cd'.repeat(32) }
  const next = sampleConfig({ auth: { issuers: [], tokens: [{ ...sampleToken, sha256: 'ef'.repeat(32) }, other] } })
  const change = changeConfig(sampleConfig(), next)
  expect(change.config.auth).toEqual(next.auth)
  expect(change.changed).toEqual(['auth.tokens ci changed', 'auth.tokens portal added'])
  expect(changeConfig(next, sampleConfig()).changed).toEqual(['auth.tokens ci changed', 'auth.tokens portal removed'])
})

test('of two tokens of one name, one that goes is a change', () => {
  const second = { ...sampleToken, sha256: 'cd'.repeat(32) }
  const before = sampleConfig({ auth: { issuers: [], tokens: [sampleToken, second] } })
  expect(changeConfig(before, sampleConfig()).changed).toEqual(['auth.tokens ci changed'])
})

test('what a caller may cost is taken over, but for what the server is made with', () => {
  const { limits: present } = sampleConfig()
  for (const name of limitNames) {
    const limits = { ...present, [name]: limitTable[name].most }
    const change = changeConfig(sampleConfig(), sampleConfig({ limits }))
    const [changed, waiting] = limitsOfStart.includes(name) ? [[], [`limits.${name}`]] : [[`limits.${name}`], []]
    expect(change).toMatchObject({ changed, waiting })
    expect(change.config.limits).toEqual(limitsOfStart.includes(name) ? present : limits)
  }
})

test('sites are taken over, and named without what would let somebody in', () => {
  const changed = { ...sampleSite, login: { ...sampleSite.login, password: new Secret('canary-2') } }
  const next = sampleConfig({ sites: [changed, { ...sampleSite, name: 'zvm-b' }] })
  const change = changeConfig(sampleConfig(), next)
  expect(change).toEqual({ config: next, changed: ['sites zvm-a changed', 'sites zvm-b added'], waiting: [] })
  expect(JSON.stringify(change)).not.toContain('canary')
  expect(changeConfig(next, sampleConfig()).changed).toEqual(['sites zvm-a changed', 'sites zvm-b removed'])
})

test('stored documents are taken over, and so is what readiness is judged by', () => {
  const texts = { a: '{ viewer { name } }' }
  const readiness = { ...sampleConfig().readiness, testIntervalDays: 90 }
  const next = sampleConfig({ documents: { mode: 'open', texts, path: '/x.json' }, readiness })
  expect(changeConfig(sampleConfig(), next)).toEqual({
    config: next,
    changed: ['documents.texts', 'documents.path', 'readiness.testIntervalDays'],
    waiting: [],
  })
})

test('what needs a restart stays as it is, and is named each time', () => {
  const next = sampleConfig({
    listen: { host: '0.0.0.0', port: 4000 },
    store: { path: '/data/other.db' },
    documents: { mode: 'only', texts: {}, path: '/x.json' },
    console: null,
    limits: { ...sampleConfig().limits, pollIntervalMs: 500 },
  })
  const change = changeConfig(sampleConfig(), next)
  expect(change).toEqual({
    config: sampleConfig(),
    changed: [],
    waiting: [
      'listen.host',
      'store.path',
      'console.login',
      'limits.pollIntervalMs',
      'documents.mode',
      'documents.path',
    ],
  })
  expect(changeConfig(change.config, next).waiting).toEqual(change.waiting)
})
