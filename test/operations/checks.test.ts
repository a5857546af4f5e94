import { describe, expect, it } from 'vitest'
import type { Task } from '../../src/domain/task.ts'
import { isHindrance, toHindered } from '../../src/operations/checks.ts'
import type { ActionCommand } from '../../src/operations/operation.ts'
import { zertoCapabilities } from '../../src/vendors/zerto/zerto-capabilities.ts'
import { later, sampleTarget, sampleTask } from '../journal/sample-task.ts'
import { sampleFresh } from './sample-survey.ts'

const command = { target: sampleTarget, options: null }
const pause: ActionCommand = { operation: 'PAUSE', ...command }
const theirs = { dispatch: 'FOREIGN', request: null } as const

describe('what stands in the way of an operation on the same target', () => {
  it.each([
    { open: { state: 'RUNNING' }, hinders: true },
    { open: { state: 'RUNNING', operation: 'OTHER' }, hinders: true },
    { open: { state: 'OUTCOME_UNKNOWN' }, hinders: true },
    { open: { state: 'RUNNING', ...theirs }, hinders: true },
    { open: { state: 'UNKNOWN', ...theirs }, hinders: true },
    { open: { state: 'AWAITING_DECISION', ...theirs }, hinders: true },
    { open: { state: 'RUNNING', operation: 'OTHER', ...theirs }, hinders: false },
    { open: { state: 'OUTCOME_UNKNOWN', ...theirs }, hinders: false },
  ] satisfies { open: Partial<Task>; hinders: boolean }[])('$open: $hinders', ({ open, hinders }) => {
    // C3
    expect(isHindrance(pause, sampleTask(open), later(10))).toBe(hinders)
  })

  it('is not what others have started and what the operation decides on', () => {
    const commit: ActionCommand = { operation: 'COMMIT_FAILOVER', ...command, pendingOptions: null }
    expect(isHindrance(commit, sampleTask({ state: 'AWAITING_DECISION', ...theirs }), later(10))).toBe(false)
  })
})

describe('a refusal because something else is under way', () => {
  const other = sampleTask({ state: 'RUNNING', places: [{ siteName: 'zvm-b', organization: 'Globex' }], request: null })
  const told = (organizations: readonly string[] | null): string => {
    const sight = organizations === null ? null : { reach: [{ siteNames: null, organizations }], viewerName: 'carol' }
    return toHindered(sampleFresh(), zertoCapabilities, other, sight).message
  }

  it('names the task to whoever may see it', () => {
    for (const who of [null, ['globex']])
      expect(told(who)).toContain(`FAILOVER is still under way on it as task ${other.id}`)
  })

  it('says to others that there is one, and nothing of it', () => {
    // A3
    expect(told(['acme'])).toContain('another operation, which you may not see, is still under way on it')
    expect(told(['acme'])).not.toContain(other.id)
  })
})
