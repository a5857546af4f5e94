import { describe, expect, it } from 'vitest'
import { nameDocument } from '../../src/client/gateway-document.ts'
import { createMemoryStorage, createPendingKeys, newIdempotencyKey } from '../../src/client/idempotency-keys.ts'
import { matchTaskResult } from '../../src/client/match-task-result.ts'
import { toRefreshDelayMs } from '../../src/client/session-refresh.ts'
import type { FailoverMutation } from '../generated/graphql.ts'

type Result = FailoverMutation['failover']

const refuse = (): Result => ({
  __typename: 'SplitBrainRisk',
  code: 'SPLIT_BRAIN_RISK',
  message: 'It could come to run twice',
})

describe('matchTaskResult', () => {
  it('calls what is said for the member by name', () => {
    const words = matchTaskResult(refuse(), {
      TaskStarted: () => 'started',
      SplitBrainRisk: ({ message }) => message,
      Problem: () => 'refused',
    })
    expect(words).toBe('It could come to run twice')
  })

  it('calls Problem for refusals without a name of their own', () => {
    expect(matchTaskResult(refuse(), { TaskStarted: () => '', Problem: ({ code }): string => code })).toBe(
      'SPLIT_BRAIN_RISK',
    )
  })

  it('calls Problem for a refusal that is newer than the client', () => {
    const newer: Result = JSON.parse('{ "__typename": "FutureProblem", "code": "FUTURE", "message": "Not yet" }')
    expect(matchTaskResult(newer, { TaskStarted: () => '', Problem: ({ message }) => message })).toBe('Not yet')
  })

  it('throws for a member that it does not know and nothing was said for', () => {
    const newer: Result = JSON.parse('{ "__typename": "TaskQueued" }')
    expect(() => matchTaskResult(newer, { TaskStarted: () => '', Problem: () => '' })).toThrow('TaskQueued')
  })

  it('does not compile without a member', () => {
    // @ts-expect-error -- TaskStarted is missing
    expect(() => matchTaskResult({ __typename: 'TaskStarted' }, { Problem: () => '' })).toThrow('TaskStarted')
  })
})

describe('pending keys', () => {
  it('are the same for the same intention until it is settled', () => {
    const keys = createPendingKeys(createMemoryStorage())
    const first = keys.keyOf('failover a')
    expect(keys.keyOf('failover a')).toBe(first)
    expect(keys.keyOf('failover b')).not.toBe(first)
    keys.settle('failover a')
    expect(keys.keyOf('failover a')).not.toBe(first)
  })

  it('live as long as the page where the storage is full', () => {
    const full = {
      ...createMemoryStorage(),
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }
    const keys = createPendingKeys(full)
    expect(keys.keyOf('failover a')).toBe(keys.keyOf('failover a'))
  })

  it('stay when an answer says nothing of what was asked, and go with a refusal', async () => {
    const keys = createPendingKeys(createMemoryStorage())
    await keys.press('failover a', async () => ({ data: null, errors: [] }))
    expect(keys.list()).toEqual(['failover a'])
    await keys.press('failover a', async () => ({ data: refuse(), errors: [] }))
    expect(keys.list()).toEqual([])
  })

  it('are 32 hexadecimal digits, each time others', () => {
    const keys = Array.from({ length: 100 }, newIdempotencyKey)
    expect(new Set(keys).size).toBe(100)
    for (const key of keys) expect(key).toMatch(/^[\da-f]{32}$/)
  })
})

describe('a document', () => {
  const document = Object.assign(Object('{ viewer { name } }'), { __meta__: { hash: 'sha256:abc' } })

  it('travels by its text, or by its id where it has one', () => {
    expect(nameDocument(document, 'text')).toEqual({ query: '{ viewer { name } }' })
    expect(nameDocument(document, 'id')).toEqual({ query: '', documentId: 'sha256:abc' })
    expect(nameDocument('{ viewer { name } }', 'id')).toEqual({ query: '{ viewer { name } }' })
  })
})

describe('a fresh token', () => {
  const now = new Date('2026-03-01T12:00:00Z')
  it.for([
    [3_600, 3_540],
    [60, 30],
    [10, 5],
    [-5, 0],
  ] as const)('of a session with %s s left is handed over in %s s', ([left, expected]) => {
    expect(toRefreshDelayMs(new Date(now.getTime() + left * 1_000), now)).toBe(expected * 1_000)
  })
})
