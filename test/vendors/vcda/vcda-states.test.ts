import { describe, expect, it } from 'vitest'
import type { Operation } from '../../../src/domain/actions.ts'
import {
  stateGravity,
  toHealth,
  toOperation,
  toProtectionState,
  toQuiesceKind,
  toRecoveryPhase,
  toTaskState,
  toTestStage,
  toVendorState,
} from '../../../src/vendors/vcda/vcda-states.ts'
import { aReplication, type Words } from './vcda-samples.ts'

const stateOf = (words: Words, runningOperation: Operation | null = null, isLinkDown = false) =>
  toProtectionState(aReplication(words), { runningOperation, isLinkDown })

describe('the state of a replication', () => {
  it.for([
    // dataConnectionState
    { words: { data: 'OK' }, state: 'PROTECTED' },
    { words: { data: 'PRUNING' }, state: 'PROTECTED' },
    { words: { data: 'POWERED_OFF' }, state: 'PROTECTED' },
    { words: { data: 'SYNCING' }, state: 'SYNCING' },
    { words: { data: 'INITIAL_SYNCING' }, state: 'INITIALIZING' },
    { words: { data: 'PAUSED' }, state: 'PAUSED' },
    { words: { data: 'ERROR' }, state: 'ERROR' },
    { words: { data: 'FINISHED' }, state: 'RECOVERED' },
    { words: { data: 'UNKNOWN' }, state: 'UNKNOWN' },
    // sourceState.state
    { words: { source: 'none' }, state: 'PROTECTED' },
    { words: { source: 'idle' }, state: 'PROTECTED' },
    { words: { source: 'paused' }, state: 'PROTECTED' },
    { words: { source: 'syncing' }, state: 'SYNCING' },
    { words: { source: 'active' }, state: 'SYNCING' },
    { words: { source: 'error' }, state: 'ERROR' },
    // destinationState.state
    { words: { destination: 'fullsync' }, state: 'INITIALIZING' },
    { words: { destination: 'idle' }, state: 'PROTECTED' },
    { words: { destination: 'lwd' }, state: 'PROTECTED' },
    { words: { destination: 'opened' }, state: 'PROTECTED' },
    { words: { destination: 'passive' }, state: 'PROTECTED' },
    { words: { destination: 'paused' }, state: 'PROTECTED' },
    { words: { destination: 'prune' }, state: 'PROTECTED' },
    { words: { destination: 'unknown' }, state: 'PROTECTED' },
    // recoveryState
    { words: { recovery: 'NOT_STARTED' }, state: 'PROTECTED' },
    { words: { recovery: null }, state: 'PROTECTED' },
    { words: { recovery: 'IN_PROGRESS' }, state: 'FAILING_OVER' },
    { words: { recovery: 'TEST' }, state: 'TESTING' },
    { words: { recovery: 'COMPLETE' }, state: 'RECOVERED' },
    // what stands beside
    { words: { isPaused: true }, state: 'PAUSED' },
    { words: { violationMinutes: 1 }, state: 'NOT_MEETING_TARGET' },
    { words: { violationMinutes: null }, state: 'PROTECTED' },
    // the first row wins
    { words: { recovery: 'TEST', isPaused: true, data: 'ERROR' }, state: 'TESTING' },
    { words: { isPaused: true, data: 'ERROR' }, state: 'PAUSED' },
    { words: { data: 'SYNCING', violationMinutes: 25 }, state: 'SYNCING' },
  ] as const)('is $state for $words', ({ words, state }) => {
    expect(stateOf(words)).toBe(state)
  })

  it.for([
    { words: { data: 'DEFRAGMENTING' } },
    { words: { data: 'DEFRAGMENTING', violationMinutes: 5 } },
    { words: { data: null } },
    { words: { recovery: 'HALF_WAY' } },
    { words: { recovery: 'HALF_WAY', data: 'PAUSED', isPaused: true } },
  ] as const)('is UNKNOWN for a word that nobody knows: $words', ({ words }) => {
    // R5, N2
    expect(stateOf(words)).toBe('UNKNOWN')
  })

  it.for([
    { running: 'FAILOVER', state: 'FAILING_OVER', phase: 'FAILING_OVER', stage: null },
    { running: 'MOVE', state: 'MOVING', phase: 'MOVING', stage: null },
    { running: 'TEST_FAILOVER', state: 'TESTING', phase: 'TESTING', stage: 'STARTING' },
    { running: 'END_TEST_FAILOVER', state: 'TESTING', phase: 'TESTING', stage: 'STOPPING' },
    { running: 'OTHER', state: 'FAILING_OVER', phase: 'FAILING_OVER', stage: null },
    { running: null, state: 'FAILING_OVER', phase: 'FAILING_OVER', stage: null },
  ] as const)('takes IN_PROGRESS for $state while the running task is $running', ({ running, state, phase, stage }) => {
    expect(stateOf({ recovery: 'IN_PROGRESS' }, running)).toBe(state)
    expect(toRecoveryPhase('IN_PROGRESS', running)).toBe(phase)
    expect(toTestStage('IN_PROGRESS', running)).toBe(stage)
  })

  it('is DISCONNECTED where the link is down, unless a person has paused it or a recovery has begun', () => {
    expect(stateOf({ data: 'ERROR' }, null, true)).toBe('DISCONNECTED')
    expect(stateOf({ isPaused: true }, null, true)).toBe('PAUSED')
    expect(stateOf({ recovery: 'TEST' }, null, true)).toBe('TESTING')
  })

  it('keeps the words of the vendor, whatever they are', () => {
    expect(toVendorState(aReplication({ data: 'OK', destination: 'opened' }))).toBe('OK/opened/NOT_STARTED')
    expect(toVendorState(aReplication({ data: 'NEW', destination: null, recovery: 'ODD' }))).toBe('NEW/-/ODD')
  })

  it('has a place in a group for every state that a member can have', () => {
    const reachable = ['OK', 'SYNCING', 'INITIAL_SYNCING', 'PAUSED', 'ERROR', 'FINISHED', 'ODD'].map((data) =>
      stateOf({ data }),
    )
    expect(stateGravity).toEqual(expect.arrayContaining([...reachable, 'FAILING_OVER', 'MOVING', 'TESTING']))
  })
})

describe('the phase of a recovery', () => {
  it.for([
    { word: null, phase: 'NONE', stage: null },
    { word: 'NOT_STARTED', phase: 'NONE', stage: null },
    { word: 'TEST', phase: 'TESTING', stage: 'RUNNING' },
    { word: 'COMPLETE', phase: 'RECOVERED', stage: null },
    { word: 'HALF_WAY', phase: 'UNKNOWN', stage: null },
  ] as const)('is $phase for $word', ({ word, phase, stage }) => {
    expect(toRecoveryPhase(word, null)).toBe(phase)
    expect(toTestStage(word, null)).toBe(stage)
  })

  it('is ending where a test is being cleaned up', () => {
    expect(toTestStage('TEST', 'END_TEST_FAILOVER')).toBe('STOPPING')
  })
})

describe('small words', () => {
  it.for([
    ['GREEN', 'HEALTHY'],
    ['YELLOW', 'WARNING'],
    ['RED', 'CRITICAL'],
    ['BLUE', 'UNKNOWN'],
    [null, 'UNKNOWN'],
  ] as const)('health %s is %s', ([word, health]) => {
    expect(toHealth(word)).toBe(health)
  })

  it.for([
    ['none', 'NONE'],
    ['applicationQuiesced', 'APPLICATION'],
    ['fileSystemQuiesced', 'FILE_SYSTEM'],
    ['crashConsistent', 'UNKNOWN'],
    [null, null],
  ] as const)('quiescing %s is %s', ([word, kind]) => {
    expect(toQuiesceKind(word)).toBe(kind)
  })

  it.for([
    ['RUNNING', 'RUNNING'],
    ['QUEUED', 'RUNNING'],
    ['SUCCEEDED', 'SUCCEEDED'],
    ['FAILED', 'FAILED'],
    ['CANCELLING', 'UNKNOWN'],
    [null, 'UNKNOWN'],
  ] as const)('task state %s is %s', ([word, state]) => {
    // N2
    expect(toTaskState(word)).toBe(state)
  })

  it.for([
    ['sync', 'SYNC'],
    ['failover', 'FAILOVER'],
    ['start', 'START_REPLICATION'],
    ['stop', 'STOP'],
    ['pause', 'PAUSE'],
    ['resume', 'RESUME'],
    ['reconfigure', 'UPDATE'],
    ['failoverTest', 'TEST_FAILOVER'],
    ['failover-test', 'TEST_FAILOVER'],
    ['FAILOVER_TEST_CLEANUP', 'END_TEST_FAILOVER'],
    ['migrate', 'MOVE'],
    ['reverse', 'REVERSE'],
    ['health', 'OTHER'],
    ['constructor', 'OTHER'],
    ['', 'OTHER'],
    [null, 'OTHER'],
  ] as const)('work called %s is %s', ([word, operation]) => {
    expect(toOperation(word)).toBe(operation)
  })
})
