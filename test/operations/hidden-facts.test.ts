import { describe, expect, it } from 'vitest'
import { listPlanChanges } from '../../src/operations/plan-changes.ts'
import { toPlanFacts } from '../../src/operations/plan-token.ts'
import { listPlanWarnings } from '../../src/operations/plan-warnings.ts'
import { nothingHidden, type RecoverySurvey } from '../../src/operations/recovery-survey.ts'
import {
  sampleCalls,
  sampleFailover,
  sampleForeign,
  sampleFresh,
  sampleMachine,
  sampleSurvey,
} from './sample-survey.ts'

const foreign = sampleForeign('web-01')
const own = { ...foreign, other: sampleMachine('secret-01', { groupNativeId: 'secret' }), otherGroupName: 'secret' }
const late = sampleMachine('secret-02', {
  rpo: { targetSeconds: 60, actualSeconds: 120, violationSeconds: 60, verdict: 'VIOLATING', lastSyncedAt: null },
})

const warningsOf = (survey: Partial<RecoverySurvey>) =>
  listPlanWarnings(sampleFailover, sampleFresh(), sampleSurvey(survey))

/** One thing as who sees everything is told of it, and as who may not see it is. */
const cases: readonly [string, Partial<RecoverySurvey>, Partial<RecoverySurvey>][] = [
  ['another vendor', { found: [foreign] }, { hidden: { ...nothingHidden, found: [foreign] } }],
  ['another group of the same vendor', { found: [own] }, { hidden: { ...nothingHidden, found: [own] } }],
  [
    'a site that was never seen',
    { unseenSites: ['secret-site'] },
    { hidden: { ...nothingHidden, hasUnseenSites: true } },
  ],
  [
    'a machine that misses its objective',
    { machines: [sampleMachine('web-01'), late] },
    { machines: [sampleMachine('web-01')], hidden: { ...nothingHidden, machines: [late] } },
  ],
]

describe('what may not be named', () => {
  it.each(cases)('is warned of all the same: %s', (_what, shown, hidden) => {
    // A3, W12: the risk stays, whoever asks.
    const [open, told] = [warningsOf(shown), warningsOf(hidden)]
    expect(open.length).toBeGreaterThan(0)
    expect(told.map(({ code }) => code)).toEqual(open.map(({ code }) => code))
    expect(JSON.stringify(told)).not.toContain('secret')
    expect(JSON.stringify(told)).not.toContain(foreign.other.id)
    expect(JSON.stringify(told)).toMatch(/which you may not see|that you may not see/)
  })

  it.each(cases)('makes no other plan: %s', (_what, shown, hidden) => {
    // Somebody who sees everything may plan what somebody who does not will do, and the other way round.
    const facts = [shown, hidden].map((given) =>
      toPlanFacts(sampleFailover, sampleFresh(), sampleSurvey(given), sampleCalls),
    )
    const [before, now] = facts
    if (before === undefined || now === undefined) throw new Error('there are two')
    expect(listPlanChanges(before, now)).toEqual([])
    expect(JSON.stringify(now)).not.toContain('secret')
  })

  it('is missed when it goes', () => {
    const withIt = sampleSurvey({ hidden: { ...nothingHidden, machines: [late] } })
    const [before, now] = [withIt, sampleSurvey()].map((survey) =>
      toPlanFacts(sampleFailover, sampleFresh(), survey, sampleCalls),
    )
    if (before === undefined || now === undefined) throw new Error('there are two')
    expect(listPlanChanges(before, now).join()).toContain('the machines are not the same')
  })
})
