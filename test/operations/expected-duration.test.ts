import { expect, it } from 'vitest'
import type { Sight } from '../../src/domain/sight.ts'
import type { Task } from '../../src/domain/task.ts'
import { findExpectedDuration } from '../../src/operations/expected-duration.ts'
import { sampleIntent, sampleTarget, sampleTargetId } from '../journal/sample-task.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { openJournal } from '../support/open-journal.ts'

/** A run that took so many seconds, or that began at 00:00:00 and went otherwise. */
interface Run extends Partial<Task> {
  readonly tookSeconds: number
}

const startedAt = new Date('2026-01-01T00:00:00Z')
const otherTarget = { ...sampleTarget, nativeId: 'group-2' }

const expectAfter = async (runs: readonly Run[], sight: Sight | null = null) => {
  const clock = createFakeClock()
  await using journal = await openJournal({ clock })
  for (const [index, { tookSeconds, ...given }] of runs.entries()) {
    const { task } = sampleIntent(index + 1, { startedAt, ...given })
    const intent = { ...sampleIntent(index + 1), task, exclusiveIds: [], isHindrance: () => false }
    await journal.begin(intent)
    await journal.markSent(task.id)
    const at = new Date(startedAt.getTime() + tookSeconds * 1000)
    const { state = 'SUCCEEDED', awaitingSince = null } = given
    await journal.update(task.id, { state, awaitingSince, endedAt: at }, 'STATE_CHANGE', at)
  }
  const past = { operation: 'FAILOVER', targetId: sampleTargetId, siteName: 'zvm-a', sight } as const
  return await findExpectedDuration(journal, past)
}

it.each<[string, readonly Run[], Awaited<ReturnType<typeof expectAfter>>]>([
  ['nothing after nothing', [], null],
  ['nothing after a failure', [{ tookSeconds: 60, state: 'FAILED' }], null],
  ['nothing after another operation', [{ tookSeconds: 60, operation: 'MOVE' }], null],
  ['nothing after runs at another site', [{ tookSeconds: 60, siteName: 'zvm-b', target: otherTarget }], null],
  [
    'the median of an odd number',
    [{ tookSeconds: 60 }, { tookSeconds: 600 }, { tookSeconds: 90 }],
    { seconds: 90, runCount: 3, basis: 'TARGET' },
  ],
  [
    'the middle of an even number',
    [{ tookSeconds: 60 }, { tookSeconds: 90 }],
    { seconds: 75, runCount: 2, basis: 'TARGET' },
  ],
  [
    'runs of its own before those of the site',
    [{ tookSeconds: 60 }, { tookSeconds: 900, target: otherTarget }],
    { seconds: 60, runCount: 1, basis: 'TARGET' },
  ],
  [
    'runs of the site where it has none',
    [{ tookSeconds: 900, target: otherTarget }],
    { seconds: 900, runCount: 1, basis: 'SITE' },
  ],
  [
    'no wait for a decision',
    [{ tookSeconds: 9000, awaitingSince: new Date('2026-01-01T00:02:00Z') }],
    { seconds: 120, runCount: 1, basis: 'TARGET' },
  ],
])('expects %s', async (_what, runs, expected) => {
  expect(await expectAfter(runs)).toEqual(expected)
})

it('counts no run of others that the caller may not see', async () => {
  // W12: how often and how fast a neighbour was recovered is his own business.
  const theirs = [{ siteName: 'zvm-a', organization: 'Globex' }]
  const ours = [{ siteName: 'zvm-a', organization: 'Acme' }]
  const runs = [
    { tookSeconds: 900, target: otherTarget, places: theirs },
    { tookSeconds: 60, target: { ...sampleTarget, nativeId: 'group-3' }, places: ours },
  ]
  const sight = { reach: [{ siteNames: null, organizations: ['acme'] }], viewerName: 'carol' }
  expect(await expectAfter(runs, sight)).toEqual({ seconds: 60, runCount: 1, basis: 'SITE' })
  expect(await expectAfter(runs, { ...sight, reach: [] })).toBeNull()
})
